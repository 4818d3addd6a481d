//! `movements`: one row a movement of one leg, every class kept.

use jiff::Timestamp;

use super::row;
use super::time::LocalTime;
use crate::model::body::Leg;
use crate::model::movement::MovementClass;

row! {
    /// A movement that was found, with what scoring made of it.
    #[derive(Debug, Clone, PartialEq)]
    MovementRow in "movements" {
        /// Identifier of the night, as in `nights`.
        night: String = "text",
        /// Leg of the sensor: `L` or `R`; empty when nobody said.
        leg: Option<Leg> = "L or R",
        /// What it looks like: `lm` (leg movement of 0.5 to 10 s), `long` (longer), `gross` (whole body), `posture`
        /// (the limb came to lie otherwise), `rhythmic` (part of a rhythmic train), `knock` (a blow to bed or sensor),
        /// `off_leg`.
        class: MovementClass = "text",
        /// Onset as an instant; empty without a zone.
        onset_utc: Option<Timestamp> = "RFC 3339",
        /// Onset on the wall clock, with the offset where a zone is known; empty without a clock.
        onset_local: Option<LocalTime> = "RFC 3339",
        /// Onset since the first sample of the recording, in whole milliseconds.
        onset_s: f64 = "s" 3,
        /// End since the first sample of the recording, in whole milliseconds.
        end_s: f64 = "s" 3,
        /// From onset to end.
        duration_s: f64 = "s" 3,
        /// Largest value of the movement envelope in it. No standard for amplitude exists; the filter is in the manifest.
        peak_mg: Option<f64> = "mg" 1,
        /// Area under the movement envelope.
        area_mg_s: Option<f64> = "mg·s" 1,
        /// Noise floor under it, from which the threshold in force follows.
        floor_mg: Option<f64> = "mg" 2,
        /// Angle between gravity before and after; empty when gravity is not in the data.
        net_tilt_deg: Option<f64> = "deg" 1,
        /// Largest angle of gravity during it from gravity before; empty when gravity is not in the data.
        held_tilt_deg: Option<f64> = "deg" 1,
        /// Share of its energy above 4 Hz, 0 to 1; empty at low rates.
        fast_share: Option<f64> = "ratio" 3,
        /// How many bursts it is made of.
        bursts: Option<u16> = "count",
        /// Whether its onset lies between lights out and lights on.
        in_bed: bool = "true/false",
        /// Sleep stage at its onset: `W`, `N1`, `N2`, `N3`, `R`, `light`, `asleep`; empty when no stages are known.
        stage: Option<String> = "text",
        /// Whether it is (part of) a candidate leg movement (CLM) by WASM 2016.
        candidate: bool = "true/false",
        /// Whether it is (part of) a periodic leg movement (PLM) by WASM 2016.
        plm: bool = "true/false",
        /// Whether it is (part of) a periodic leg movement by AASM.
        plm_aasm: bool = "true/false",
        /// Number of its series of periodic movements by WASM 2016, from 1; empty outside a series.
        series: Option<u32> = "count",
        /// Number of its series by AASM, from 1; empty outside a series.
        series_aasm: Option<u32> = "count",
        /// Onset-to-onset interval (IMI) from the candidate before, of either leg, by WASM 2016; empty where it is not
        /// measured: the first, after a gap, after a non-candidate.
        imi_s: Option<f64> = "s" 3,
        /// Number of the movement that it was joined into by WASM 2016, from 1 in order of onset: both legs' parts
        /// share it. Empty for what is not scored.
        combined_id: Option<u32> = "count",
        /// Why it is what it is by WASM 2016: `IMI 8.3 s`, `longer than 10 s`, `series of 5`.
        why: String = "text",
        /// The same by AASM.
        why_aasm: String = "text",
    }
}
