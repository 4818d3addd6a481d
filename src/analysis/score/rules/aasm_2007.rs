//! The AASM manual, unchanged in these rules from 2007 to version 3: the second set, reported beside the default.

use jiff::SignedDuration;

use super::{AtGaps, Joining, NonCandidates, ScoringRules, ShortInterval, ShortStart};
use crate::model::movement::ShortGross;

/// AASM manual (Iber et al. 2007; v2.x; v3, Troester et al. 2023): each leg's movements of 0.5-10 s, legs joined when
/// their onsets lie less than 5 s apart, at least four at periods of 5-90 s.
///
/// The manual is silent about a movement that comes less than 5 s after the last: it is passed over by default.
pub fn aasm() -> ScoringRules {
    ScoringRules {
        name: "aasm",
        citation: "Iber C et al. The AASM manual for the scoring of sleep and associated events. American Academy of \
                   Sleep Medicine 2007; version 3, Troester MM et al. 2023",
        merge_within: SignedDuration::from_millis(500),
        shortest: SignedDuration::from_millis(500),
        longest: SignedDuration::from_secs(10),
        joining: Joining::NextOnset {
            within: SignedDuration::from_secs(5),
        },
        non_candidates: NonCandidates::LeftOut,
        shortest_interval: SignedDuration::from_secs(5),
        longest_interval: SignedDuration::from_secs(90),
        short_interval: ShortInterval::PassedOver,
        short_start: ShortStart::Allow,
        series_length: 4,
        gaps: AtGaps::Restart,
        short_gross: ShortGross::default(),
    }
}
