//! What each piece of [`Evidence`] says, in log odds, and what all of it says together.
//!
//! The numbers are fitted, and this repository cannot fit them again: of the six generators of nights that they come from
//! only `lab/simulate` is in it, and no program that fits. What is known of how they were made stands below and in
//! docs/DETECTOR.md, "The weights cannot be made again"; what they reach is what `legtrace bench` measures.

use super::evidence::Evidence;

/// One thing that is weighed: how it is read, the bounds beyond which more of it says no more, where it says nothing,
/// and the log odds of one unit.
struct Weight {
    read: fn(&Evidence) -> f64,
    low: f64,
    high: f64,
    neutral: f64,
    per_unit: f64,
}

/// Things that are weighed together, and the log odds of what is neutral in every respect.
pub(super) struct Weighing<const N: usize> {
    at_neutral: f64,
    weights: [Weight; N],
}

/// By itself. Fitted by ridge-penalised logistic regression on 72 tuning nights of six generators, each at 50, 25 and 12.5
/// Hz and in steps of 15.6 mg, every generator with the same say; docs/DETECTOR.md tells of them and of how weights fitted
/// on five do on the sixth.
pub(super) const BY_ITSELF: Weighing<7> = Weighing {
    at_neutral: 1.57,
    weights: [
        // The limb lies as before: within half a degree, or a dozen off.
        Weight {
            read: |e| e.net_deg.max(0.05).ln(),
            low: -0.7,
            high: 2.5,
            neutral: 0.08,
            per_unit: -1.73,
        },
        // It sets in at once: against energy that is spread evenly, however long it lasts.
        Weight {
            read: |e| (e.early_share.max(0.01) * e.duration_s.max(1.0)).ln(),
            low: -1.5,
            high: 1.5,
            neutral: 0.24,
            per_unit: 1.45,
        },
        // The limb turned; what comes through the mattress turns it by a few tenths of a degree at most.
        Weight {
            read: |e| e.held_deg.max(0.05).ln(),
            low: -1.0,
            high: 1.0,
            neutral: 0.80,
            per_unit: 1.45,
        },
        // Between 20 and 100 mg; above, strength says nothing.
        Weight {
            read: |e| e.peak_g.max(0.001).ln(),
            low: -4.0,
            high: -2.3,
            neutral: -2.55,
            per_unit: 1.58,
        },
        // Beyond four seconds a body's movement becomes the likelier the longer it lasts; below, length says nothing.
        Weight {
            read: |e| e.duration_s.max(0.1).ln(),
            low: 1.4,
            high: 2.4,
            neutral: 1.56,
            per_unit: -3.13,
        },
        // It stands apart by some seconds: what is close to others is a piece of a longer movement.
        Weight {
            read: |e| e.ln_pause(),
            low: -0.7,
            high: 2.1,
            neutral: 1.77,
            per_unit: 0.67,
        },
        // The limb went and came on one way, as at a hinge.
        Weight {
            read: |e| e.straightness,
            low: 0.75,
            high: 1.0,
            neutral: 0.92,
            per_unit: 9.4,
        },
    ],
};

/// Among the others of the night. Fitted the same way, with the resemblance that the weights above give.
pub(super) const AMONG_OTHERS: Weighing<5> = Weighing {
    at_neutral: 1.53,
    weights: [
        // The limb lies as before ...
        Weight {
            read: |e| e.net_deg.max(0.05).ln(),
            low: -0.7,
            high: 2.5,
            neutral: 0.08,
            per_unit: -0.52,
        },
        // ... or at least nearer to that than it was meanwhile; turns below three degrees tell nothing.
        Weight {
            read: |e| (e.net_deg.max(0.5) / e.held_deg.max(3.0)).ln(),
            low: -2.5,
            high: 0.0,
            neutral: -1.83,
            per_unit: -0.85,
        },
        // It is like the leg's other movements of the night.
        Weight {
            read: |e| e.resemblance,
            low: -3.0,
            high: 3.0,
            neutral: 0.44,
            per_unit: 3.47,
        },
        // It stands apart and goes one way, as above.
        Weight {
            read: |e| e.ln_pause(),
            low: -0.7,
            high: 2.1,
            neutral: 1.77,
            per_unit: 0.50,
        },
        Weight {
            read: |e| e.straightness,
            low: 0.75,
            high: 1.0,
            neutral: 0.92,
            per_unit: 3.05,
        },
    ],
};

impl<const N: usize> Weighing<N> {
    /// What all of it says together.
    pub(super) fn log_odds(&self, evidence: &Evidence) -> f64 {
        let weighed = |weight: &Weight| {
            let value = (weight.read)(evidence);
            if value.is_nan() {
                0.0
            } else {
                weight.per_unit * (value.clamp(weight.low, weight.high) - weight.neutral)
            }
        };
        self.at_neutral + self.weights.iter().map(weighed).sum::<f64>()
    }
}
