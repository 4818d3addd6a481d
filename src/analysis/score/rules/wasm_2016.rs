//! WASM/IRLSSG 2016: the default.

use jiff::SignedDuration;

use super::{AtGaps, Joining, NonCandidates, ScoringRules, ShortInterval, ShortStart};
use crate::model::movement::ShortGross;

/// WASM/IRLSSG 2016 (Ferri et al., Sleep Med 2016;26:86-95): candidates of 0.5-10 s, joined ones of up to 15 s and four
/// components; at least four at intervals of 10-90 s; a movement that is no candidate ends a series.
pub fn wasm2016() -> ScoringRules {
    ScoringRules {
        name: "wasm2016",
        citation: "Ferri R et al. World Association of Sleep Medicine (WASM) 2016 standards for recording and scoring \
                   leg movements in polysomnograms. Sleep Med 2016;26:86-95",
        merge_within: SignedDuration::from_millis(500),
        shortest: SignedDuration::from_millis(500),
        longest: SignedDuration::from_secs(10),
        joining: Joining::ByGap {
            within: SignedDuration::from_millis(500),
            longest: SignedDuration::from_secs(15),
            components: Some(4),
        },
        non_candidates: NonCandidates::BreakSeries,
        shortest_interval: SignedDuration::from_secs(10),
        longest_interval: SignedDuration::from_secs(90),
        short_interval: ShortInterval::EndsSeries,
        short_start: ShortStart::Allow,
        series_length: 4,
        gaps: AtGaps::Restart,
        short_gross: ShortGross::default(),
    }
}
