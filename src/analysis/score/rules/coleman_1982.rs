//! Coleman 1982, taken over by the ASDA in 1993: what older studies were scored by.

use jiff::SignedDuration;

use super::{ScoringRules, aasm};

/// Coleman (in: Guilleminault C, ed. Sleeping and Waking Disorders, 1982, pp. 265-295) and the ASDA atlas (Sleep
/// 1993;16:748-759): the AASM procedure with movements of 0.5-5 s and intervals of 4-90 s.
pub fn coleman() -> ScoringRules {
    ScoringRules {
        name: "coleman",
        citation: "Coleman RM. Periodic movements in sleep (nocturnal myoclonus) and restless legs syndrome. In: \
                   Guilleminault C, ed. Sleeping and Waking Disorders. Addison-Wesley 1982:265-295; ASDA, Sleep \
                   1993;16:748-759",
        longest: SignedDuration::from_secs(5),
        shortest_interval: SignedDuration::from_secs(4),
        ..aasm()
    }
}
