//! The person of one night: habits drawn once, from the ranges that the literature gives, and kept all night.

use super::random::Random;
use super::spec::NightSpec;
use crate::model::body::Placement;

/// Habits of one sleeper. Every field may be set; [`Sleeper::drawn`] draws them from a seed.
#[derive(Debug, Clone, PartialEq)]
pub struct Sleeper {
    /// Median interval between the onsets of periodic movements, in seconds: 24–28 before 55 years, 14–16 after 65
    /// (Ferri 2006, Sleep 29:759; Ferri 2015), straight between, shorter with more of them.
    pub imi_median_s: f64,
    /// Standard deviation of its logarithm: 0.25–0.45.
    pub imi_sigma: f64,
    /// How many movements a series has in the median; log-normal with sigma 0.7, four at least.
    pub series_length: f64,
    /// How much fewer periodic movements the last hour has than the first, 0 to 1: they grow fewer as the night goes on
    /// until about 75 years.
    pub decline: f64,
    /// Median duration of a leg movement in seconds: 2.5–3; log-normal with sigma 0.5, kept to 0.5–10.
    pub duration_median_s: f64,
    /// Share of one leg's movements without a partner in the other leg: 0.42 (Ferri 2015).
    pub one_sided: f64,
    /// Share of the one-sided movements that the left leg makes.
    pub left_share: f64,
    /// Share of the movements in the electromyogram in which the limb does not move: mean 0.39, 0.05–0.70 (Terrill 2013).
    pub hidden: f64,
    /// Weights of tonic, clonic and single movements.
    pub forms: [f64; 3],
    /// Median peak of the smooth part of a visible movement at the sensor, in g.
    pub peak_median_g: f64,
    /// Standard deviation of that peak's logarithm within the night.
    pub peak_sigma: f64,
    /// Height of the jerky 2–12 Hz content against the smooth peak.
    pub jerk: f64,
    /// Median rise time of a movement in seconds: 0.15–0.5.
    pub rise_s: f64,
    /// From the joint to the sensor, in metres.
    pub lever_m: f64,
    /// Isolated leg movements per hour of sleep and leg.
    pub isolated_per_h: f64,
    /// Movements of the whole body per hour of sleep, turning over not counted.
    pub gross_per_h: f64,
    /// Turnings over per hour: 1.6, SD 0.7.
    pub posture_per_h: f64,
    /// Movements of any kind per hour awake in bed.
    pub restless_per_h: f64,
    /// Median duration of a gross movement in seconds.
    pub gross_median_s: f64,
    /// Rhythmic foot movements per hour awake or in light sleep; nothing for most people (7–33 % have them).
    pub rhythmic_per_h: f64,
    /// Blows and swaying by a partner per hour.
    pub knocks_per_h: f64,
    /// What reaches one leg's sensor of the other leg's movement, through mattress and pelvis.
    pub coupling: f64,
    /// Height of breathing at the sensor in g: 0.0005–0.004.
    pub breath_g: f64,
    /// Breaths per second.
    pub breath_hz: f64,
    /// Height of the pulse at the sensor in g.
    pub pulse_g: f64,
    /// Heart beats per second.
    pub pulse_hz: f64,
    /// Walks to the bathroom during the night.
    pub walks: usize,
    /// Spells in which the sensor is not on the leg.
    pub off_leg_spells: usize,
}

impl Sleeper {
    /// Draws a person for this night from the stream `sleeper` of its seed.
    pub fn drawn(spec: &NightSpec) -> Self {
        let mut r = Random::stream(spec.seed, "sleeper");
        let hidden = r.normal_within(0.39, 0.16, 0.05, 0.70);
        let tonic = r.between(0.3, 0.7);
        let clonic = (1.0 - tonic) * r.between(0.3, 0.7);
        let (lever_m, peak_factor) = lever(spec.placement, &mut r);
        Self {
            imi_median_s: imi_median_s(spec.age_years, spec.plm_per_h, &mut r),
            imi_sigma: r.between(0.25, 0.45),
            series_length: r.log_normal(14.0, 0.3),
            decline: if spec.age_years < 75.0 {
                r.between(0.3, 0.8)
            } else {
                r.between(0.0, 0.2)
            },
            duration_median_s: r.between(2.5, 3.0),
            one_sided: r.normal_within(0.42, 0.10, 0.10, 0.75),
            left_share: r.between(0.3, 0.7),
            hidden,
            forms: [tonic, clonic, 1.0 - tonic - clonic],
            peak_median_g: r.log_normal(PEAK_MEDIAN_G, 0.35) * peak_factor,
            peak_sigma: r.between(0.5, 0.9),
            jerk: r.between(JERK.0, JERK.1),
            rise_s: r.between(0.22, 0.40),
            lever_m,
            isolated_per_h: r.log_normal(3.8, 0.4),
            gross_per_h: r.log_normal(4.4, 0.35),
            posture_per_h: r.normal_within(1.6, 0.7, 0.3, 3.5),
            restless_per_h: r.log_normal(30.0, 0.3),
            gross_median_s: r.between(7.5, 10.0),
            rhythmic_per_h: if r.chance(0.2) {
                r.between(1.0, 5.0)
            } else {
                0.0
            },
            knocks_per_h: if r.chance(0.5) {
                r.log_normal(3.0, 0.6)
            } else {
                0.0
            },
            coupling: r.between(0.005, 0.06),
            breath_g: r.log_normal(0.0015, 0.5).clamp(0.0005, 0.004),
            breath_hz: r.between(0.20, 0.30),
            pulse_g: r.log_normal(0.0008, 0.4).clamp(0.0003, 0.003),
            pulse_hz: r.between(0.85, 1.20),
            walks: r.pick([0.45, 0.40, 0.15]),
            off_leg_spells: usize::from(r.chance(0.12)),
        }
    }
}

/// Median of the smooth peak over sleepers, in g; fixed by the Actiwatch-like count of `tests/it/simulator.rs`.
const PEAK_MEDIAN_G: f64 = 0.45;

/// Range over sleepers of the jerky content's height against the smooth peak; fixed by the same count.
const JERK: (f64, f64) = (0.15, 0.35);

/// Median interval by age and severity.
fn imi_median_s(age_years: f64, plm_per_h: f64, r: &mut Random) -> f64 {
    let old = ((age_years - 55.0) / 10.0).clamp(0.0, 1.0);
    let long = 28.0 + old * (16.0 - 28.0);
    let short = 24.0 + old * (14.0 - 24.0);
    let severity = (plm_per_h / 60.0).clamp(0.0, 1.0);
    (long + (short - long) * severity + 0.6 * r.normal()).clamp(short, long)
}

/// Distance from the joint that turns, and how much stronger than at the ankle a leg movement is felt there.
///
/// At the ankle the shank turns about the knee: 0.22–0.38 m. The foot turns about the ankle besides (Kemlink 2008 saw more
/// at the toe). Off the legs only what the mattress and the trunk pass on is felt: a few hundredths.
fn lever(placement: Placement, r: &mut Random) -> (f64, f64) {
    match placement {
        Placement::Ankle | Placement::NotStated => (r.between(0.22, 0.38), 1.0),
        Placement::Foot => (r.between(0.30, 0.48), 1.6),
        Placement::Shin => (r.between(0.12, 0.24), 0.6),
        Placement::Thigh => (r.between(0.10, 0.25), 0.35),
        Placement::Waist | Placement::Trunk => (r.between(0.05, 0.15), 0.03),
        Placement::Wrist | Placement::Arm => (r.between(0.20, 0.35), 0.02),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_sleepers_move_at_shorter_intervals() {
        for seed in 1..50 {
            let young = Sleeper::drawn(&NightSpec {
                seed,
                age_years: 40.0,
                ..NightSpec::default()
            });
            let old = Sleeper::drawn(&NightSpec {
                seed,
                age_years: 72.0,
                ..NightSpec::default()
            });
            assert!((24.0..=28.0).contains(&young.imi_median_s));
            assert!((14.0..=16.0).contains(&old.imi_median_s));
            assert!((0.05..=0.70).contains(&young.hidden));
        }
    }
}
