//! Bias and limits of agreement as a row.

use crate::lab::evaluate::Agreement;
use crate::model::summary::Interval;
use crate::output::rows::AgreementLimitsRow;

/// The figures of pairs (reference, measured) of that measure.
pub fn agreement_limits_row(agreement: &Agreement, measure: &str) -> AgreementLimitsRow {
    let low = |interval: Option<Interval>| interval.map(|interval| interval.low);
    let high = |interval: Option<Interval>| interval.map(|interval| interval.high);
    AgreementLimitsRow {
        measure: measure.to_owned(),
        n: u32::try_from(agreement.n).unwrap_or(u32::MAX),
        bias: agreement.limits.bias,
        bias_low: low(agreement.bias_interval),
        bias_high: high(agreement.bias_interval),
        lower: agreement.limits.lower,
        lower_low: low(agreement.lower_interval),
        lower_high: high(agreement.lower_interval),
        upper: agreement.limits.upper,
        upper_low: low(agreement.upper_interval),
        upper_high: high(agreement.upper_interval),
    }
}
