//! `study`: the figures of all nights together.

use super::row;

row! {
    /// A figure over the nights of a study.
    #[derive(Debug, Clone, PartialEq)]
    OverNightsRow in "study" {
        /// Whose nights, where they are of several people: each person has rows of their own. Empty where they are one's.
        person: Option<String> = "text",
        /// The figure, by its column in `nights`.
        figure: String = "text",
        /// Nights that have it, among those that the study is told by: of grade A to C and on a leg where there are any.
        n_nights: u32 = "count",
        /// Their median.
        median: f64 = "as figure" 4,
        /// Lower end of its 95 % interval, bootstrap over nights; empty below six nights.
        median_low: Option<f64> = "as figure" 4,
        /// Upper end of its 95 % interval.
        median_high: Option<f64> = "as figure" 4,
        /// Their mean: one restless night moves it, not the median.
        mean: f64 = "as figure" 4,
        /// 25th percentile.
        q25: f64 = "as figure" 4,
        /// 75th percentile.
        q75: f64 = "as figure" 4,
        /// The lowest night.
        lowest: f64 = "as figure" 4,
        /// The highest night.
        highest: f64 = "as figure" 4,
        /// How many more nights would halve the interval of the median, if they are like these; empty below six nights.
        more_nights: Option<u32> = "count",
        /// Which nights: `sound` (grade A to C), `doubtful only` (grade D, there is no better), `off the legs`.
        basis: String = "text",
        /// Whether one of them gives a lower bound only, so that the figure does, too.
        at_least: bool = "true/false",
    }
}
