//! `pairs`, `associations`, `comparisons`: nights beside ratings and factors. What goes together is no cause.
//!
//! `told` is what may be said: `too_few` nights, `nothing_varies`, `not_seen` (beyond chance, after correction: the usual
//! answer), `seen_higher` or `seen_lower`.

use jiff::civil::Date;

use super::row;

row! {
    /// A night beside a rating.
    #[derive(Debug, Clone, PartialEq)]
    PairRow in "pairs" {
        /// Column of `nights` that stands for the night: `plm_per_h`, `periodicity_index_wasm`, …
        measure: String = "text",
        /// What was rated, as in `ratings`.
        rating: String = "text",
        /// Which day's rating: `same_night` or `next_day`, fixed before looking.
        lag: String = "text",
        /// Identifier of the night.
        night: String = "text",
        /// Date of the evening on which the night begins.
        date: Option<Date> = "date",
        /// The night's measure.
        value: f64 = "as measure" 4,
        /// The rating.
        rated: f64 = "points" 2,
    }
}

row! {
    /// What the pairs of one measure and one rating say together.
    #[derive(Debug, Clone, PartialEq, Default)]
    AssociationRow in "associations" {
        /// Column of `nights`.
        measure: String = "text",
        /// What was rated.
        rating: String = "text",
        /// Which day's rating: `same_night` or `next_day`.
        lag: String = "text",
        /// Pairs.
        n: u32 = "count",
        /// Spearman's rank correlation; empty below 10 pairs.
        rho: Option<f64> = "-1 to 1" 3,
        /// Lower end of its 95 % interval, bootstrap over nights.
        rho_low: Option<f64> = "-1 to 1" 3,
        /// Upper end of its 95 % interval.
        rho_high: Option<f64> = "-1 to 1" 3,
        /// The same with drift over the dates taken out of both: the partial rank correlation that holds the date fixed.
        rho_without_drift: Option<f64> = "-1 to 1" 3,
        /// Lower end of its 95 % interval.
        rho_without_drift_low: Option<f64> = "-1 to 1" 3,
        /// Upper end of its 95 % interval.
        rho_without_drift_high: Option<f64> = "-1 to 1" 3,
        /// Probability of `rho` under permutation.
        p_plain: Option<f64> = "0 to 1" 4,
        /// Probability under permutation with drift taken out: the one that counts. Empty below 10 pairs.
        p: Option<f64> = "0 to 1" 4,
        /// The same corrected for the number of questions asked (Benjamini-Hochberg).
        p_corrected: Option<f64> = "0 to 1" 4,
        /// How many more nights would narrow the interval to 0.3 to either side; 0 when it is.
        n_more: Option<u32> = "count",
        /// What may be said: `too_few`, `nothing_varies`, `not_seen`, `seen_higher`, `seen_lower`.
        told: String = "text",
        /// It in a plain sentence.
        sentence: String = "text",
    }
}

row! {
    /// Nights with a factor beside nights without.
    #[derive(Debug, Clone, PartialEq, Default)]
    ComparisonRow in "comparisons" {
        /// Column of `nights`, or the rating.
        measure: String = "text",
        /// Name of the factor; of a column of two words with the rarer one, `weather: rain`.
        factor: String = "text",
        /// What it is about, as in `factors`; `laboratory` for a test that was done on most nights.
        kind: String = "text",
        /// How nights were told apart: `with_without`, `above_below` (its own median), `before_after` (all nights of one
        /// side lie before all of the other).
        how: String = "text",
        /// Nights above this value of the factor are those with it; empty when all are alike.
        cut: Option<f64> = "as unit" 3,
        /// Nights with it, above it, or after it.
        n_with: u32 = "count",
        /// The other nights.
        n_without: u32 = "count",
        /// Median of the measure with it; empty without nights.
        median_with: Option<f64> = "as measure" 3,
        /// Median of the measure without it.
        median_without: Option<f64> = "as measure" 3,
        /// Difference, with less without, with drift over the dates taken out (Hodges and Lehmann's shift): the one that
        /// counts. Empty below 10 nights, or 3 on a side.
        difference: Option<f64> = "as measure" 3,
        /// Lower end of its 95 % interval.
        difference_low: Option<f64> = "as measure" 3,
        /// Upper end of its 95 % interval.
        difference_high: Option<f64> = "as measure" 3,
        /// The difference as it stands, drift not taken out.
        difference_plain: Option<f64> = "as measure" 3,
        /// Lower end of its 95 % interval.
        difference_plain_low: Option<f64> = "as measure" 3,
        /// Upper end of its 95 % interval.
        difference_plain_high: Option<f64> = "as measure" 3,
        /// Rank correlation of the factor's values with the measure, drift taken out, which `p` is of.
        rho_without_drift: Option<f64> = "-1 to 1" 3,
        /// Probability under permutation with drift taken out.
        p: Option<f64> = "0 to 1" 4,
        /// The same corrected for the number of questions asked (Benjamini-Hochberg).
        p_corrected: Option<f64> = "0 to 1" 4,
        /// How many more nights, in the same mixture, would narrow the interval to half the scatter of single nights;
        /// 0 when it is, empty when it cannot be told.
        n_more: Option<u32> = "count",
        /// What may be said: `too_few`, `nothing_varies`, `not_seen`, `seen_higher`, `seen_lower`.
        told: String = "text",
        /// It in a plain sentence.
        sentence: String = "text",
    }
}
