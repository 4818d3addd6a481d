//! `laboratory`: laboratory values beside the nights of the weeks around them. A value or two a year allow no statistics.

use jiff::civil::Date;

use super::row;

row! {
    /// A laboratory value and a measure of the nights around it.
    #[derive(Debug, Clone, PartialEq, Default)]
    LaboratoryRow in "laboratory" {
        /// When the sample was taken.
        date: Date = "date",
        /// Which test: `ferritin`, `transferrin_saturation`, `vitamin_d`, `crp`, `sibo`, `ibs`.
        test: String = "text",
        /// Its value in the unit beside it; empty for a finding.
        value: Option<f64> = "as unit" 3,
        /// What a number does not say: `<` or `>` before a bound, or the finding.
        words: Option<String> = "text",
        /// `ug/L`, `%`, `ng/mL`, `mg/L`; empty for a finding.
        unit: Option<String> = "text",
        /// The cell, word for word.
        as_written: String = "text",
        /// The unit of that cell, where another column, the header or the command line says it; empty where the cell does.
        stated_unit: Option<String> = "text",
        /// Nights from so many days before to as many after stand beside it.
        around_days: u32 = "days",
        /// Column of `nights`, or the rating.
        measure: String = "text",
        /// Nights in these days that have the measure.
        n: u32 = "count",
        /// Their median.
        median: Option<f64> = "as measure" 3,
        /// Their lower quartile.
        p25: Option<f64> = "as measure" 3,
        /// Their upper quartile.
        p75: Option<f64> = "as measure" 3,
        /// CRP within a week of a ferritin, which rises with inflammation: `known` or `missing`; empty for other tests.
        crp: Option<String> = "text",
        /// That CRP.
        crp_mg_per_l: Option<f64> = "mg/L" 2,
        /// When it was taken.
        crp_date: Option<Date> = "date",
        /// It in a plain sentence.
        sentence: String = "text",
    }
}
