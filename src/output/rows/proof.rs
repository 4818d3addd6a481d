//! `periodogram`, `autocorrelation`, `agreement`, `agreement_limits`: how far figures can be trusted.

use super::row;

row! {
    /// A period in the movements of a night.
    #[derive(Debug, Clone, PartialEq)]
    PeriodogramRow in "periodogram" {
        /// Identifier of the night.
        night: String = "text",
        /// What it is of: `onsets` (of candidates) or `envelope` (of movement), both second by second in bed.
        series: String = "text",
        /// The period.
        period_s: f64 = "s" 3,
        /// Its power, 1 being the mean of all periods of the series; that of the envelope over what its movements give by
        /// chance.
        power: f64 = "ratio" 4,
        /// The power that the strongest period of 95 in 100 nights stays below when the movements are scattered within
        /// three minutes of where they are; empty without a test.
        limit: Option<f64> = "ratio" 4,
        /// The same when the intervals are shuffled; empty for the envelope.
        limit_shuffled: Option<f64> = "ratio" 4,
    }
}

row! {
    /// How alike a night is to itself some seconds later.
    #[derive(Debug, Clone, PartialEq)]
    AutocorrelationRow in "autocorrelation" {
        /// Identifier of the night.
        night: String = "text",
        /// What it is of: `onsets` (of candidates) or `envelope` (of movement), both second by second in bed.
        series: String = "text",
        /// How much later.
        lag_s: u32 = "s",
        /// Autocorrelation, 1 at lag 0.
        r: f64 = "-1 to 1" 4,
    }
}

row! {
    /// A night beside a reference.
    #[derive(Debug, Clone, PartialEq)]
    AgreementRow in "agreement" {
        /// Identifier of the night.
        night: String = "text",
        /// What is compared: `plm_per_h`, …
        measure: String = "text",
        /// The reference's value.
        reference: f64 = "as measure" 3,
        /// Our value.
        measured: f64 = "as measure" 3,
        /// Mean of the two.
        mean: f64 = "as measure" 3,
        /// Ours less the reference's.
        difference: f64 = "as measure" 3,
    }
}

row! {
    /// Bias and limits of agreement (Bland and Altman).
    #[derive(Debug, Clone, PartialEq)]
    AgreementLimitsRow in "agreement_limits" {
        /// What is compared.
        measure: String = "text",
        /// Nights.
        n: u32 = "count",
        /// Mean difference.
        bias: f64 = "as measure" 3,
        /// Lower end of its 95 % interval.
        bias_low: Option<f64> = "as measure" 3,
        /// Upper end of its 95 % interval.
        bias_high: Option<f64> = "as measure" 3,
        /// Lower limit of agreement: bias less 1.96 standard deviations.
        lower: Option<f64> = "as measure" 3,
        /// Lower end of its 95 % interval.
        lower_low: Option<f64> = "as measure" 3,
        /// Upper end of its 95 % interval.
        lower_high: Option<f64> = "as measure" 3,
        /// Upper limit of agreement: bias plus 1.96 standard deviations.
        upper: Option<f64> = "as measure" 3,
        /// Lower end of its 95 % interval.
        upper_low: Option<f64> = "as measure" 3,
        /// Upper end of its 95 % interval.
        upper_high: Option<f64> = "as measure" 3,
    }
}
