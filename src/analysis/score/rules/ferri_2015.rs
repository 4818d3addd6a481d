//! The first alternative set of Ferri 2015.

use jiff::SignedDuration;

use super::{ScoringRules, aasm};

/// Alternative 1 ("Alt1", Ferri et al., Sleep Med 2015;16:1229-1235): the AASM procedure with intervals of 10-90 s.
pub fn alt1() -> ScoringRules {
    ScoringRules {
        name: "alt1",
        citation: "Ferri R et al. Putting the periodicity back into the periodic leg movement index: an alternative \
                   data-driven algorithm for the computation of this index during sleep and wakefulness. Sleep Med \
                   2015;16:1229-1235",
        shortest_interval: SignedDuration::from_secs(10),
        ..aasm()
    }
}
