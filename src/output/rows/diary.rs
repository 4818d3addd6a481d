//! `ratings`, `events`, `factors`: the diary on the time axis of the study.

use jiff::civil::Date;

use super::row;

row! {
    /// A rating of severity.
    #[derive(Debug, Clone, PartialEq)]
    RatingRow in "ratings" {
        /// Date of the evening on which the night begins.
        date: Date = "date",
        /// The night of that date, as in `nights`; empty when none was recorded.
        night: Option<String> = "text",
        /// What was rated: `severity` (0 to 10), `irls` (total, 0 to 40), `rls6_1` to `rls6_6`, `cgi_severity`,
        /// `cgi_change`.
        rating: String = "text",
        /// The rating.
        value: f64 = "points" 2,
        /// Lowest value of the scale.
        scale_low: f64 = "points" 0,
        /// Highest value of the scale.
        scale_high: f64 = "points" 0,
    }
}

row! {
    /// Something that belongs on a time axis.
    #[derive(Debug, Clone, PartialEq)]
    EventRow in "events" {
        /// The day from which it holds.
        date: Date = "date",
        /// What it is: `medicine`, `supplement` (begun, ended, or another dose), `noted` (as the wearer wrote).
        kind: String = "text",
        /// What happened, in words.
        label: String = "text",
    }
}

row! {
    /// A factor's value on a day.
    #[derive(Debug, Clone, PartialEq)]
    FactorRow in "factors" {
        /// The day.
        date: Date = "date",
        /// Name of the factor.
        factor: String = "text",
        /// What it is about: `gut`, `caffeine`, `alcohol`, `exercise`, `cycle`, `medicine`, `supplement`, `tag`,
        /// `laboratory`, `other`.
        kind: String = "text",
        /// Its unit; empty for yes or no, and for words.
        unit: Option<String> = "text",
        /// Its value, 1 and 0 for yes and no; empty for words.
        value: Option<f64> = "as unit" 3,
        /// The value as it was written, where a number does not say it all: words, `<0.6`.
        words: Option<String> = "text",
    }
}
