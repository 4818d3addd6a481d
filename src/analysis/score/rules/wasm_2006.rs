//! WASM/IRLSSG 2006: the standard before the present one.

use jiff::SignedDuration;

use super::{Joining, NonCandidates, ScoringRules, ShortInterval, wasm2016};

/// WASM/IRLSSG 2006 (Zucconi et al., Sleep Med 2006;7:175-183): as 2016, but any number of components, intervals of
/// 5-90 s, candidates that come too soon passed over, and movements that are no candidates breaking nothing.
pub fn wasm2006() -> ScoringRules {
    ScoringRules {
        name: "wasm2006",
        citation: "Zucconi M et al. The official World Association of Sleep Medicine (WASM) standards for recording \
                   and scoring periodic leg movements in sleep and wakefulness. Sleep Med 2006;7:175-183",
        joining: Joining::ByGap {
            within: SignedDuration::from_millis(500),
            longest: SignedDuration::from_secs(15),
            components: None,
        },
        non_candidates: NonCandidates::Ignored,
        shortest_interval: SignedDuration::from_secs(5),
        short_interval: ShortInterval::PassedOver,
        ..wasm2016()
    }
}
