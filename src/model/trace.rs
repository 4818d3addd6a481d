//! What is kept of a night's samples: a movement envelope, gravity, and where there is nothing to see.

use jiff::SignedDuration;

use super::span::Span;
use super::units::{GravityState, SampleRate};

/// A night condensed while its samples stream by: about 4 MB, whatever the file's rate.
///
/// All series lie on uniform grids that begin at the first sample (index 0 is 0 s; index `i` is `i / rate` seconds).
/// Where there were no samples the values are `NaN`. Values are in the file's unit until
/// [`scaled`](Self::scaled) brings them to g: the chain that makes them is linear, so the scale may come last.
#[derive(Debug, Clone)]
pub struct NightTrace {
    /// Stamp of index 0 in nanoseconds.
    pub start_ns: i64,
    /// Rate of `envelope` and `fast`, 40 Hz at most.
    pub rate: SampleRate,
    /// Movement envelope: RMS of the band-passed vector's norm.
    pub envelope: Vec<f32>,
    /// Rate of `gravity` and of `motion`, 5 Hz or a little more.
    pub gravity_rate: SampleRate,
    /// Low-passed acceleration, three axes; `NaN` where there is none. Empty when gravity was removed by the device.
    pub gravity: Vec<[f32; 3]>,
    /// What the band-passed vector did between one value of `gravity` and the next.
    pub motion: Vec<MotionCell>,
    /// Gaps, blind stretches and idle spans, in order of start.
    pub spans: Vec<Span>,
    /// Whether `gravity` is gravity.
    pub gravity_state: GravityState,
    /// Rate of the samples it was made from.
    pub source_rate: SampleRate,
    /// Step of the sensor's values, in the unit of the trace; 0 when unknown.
    pub resolution: f32,
    /// Mean and spread of the raw samples in stretches of [`WINDOW_S`] seconds: what calibration and non-wear read.
    pub windows: Vec<RawWindow>,
}

/// Second moments of the band-passed acceleration over one step of [`NightTrace::gravity_rate`]: how strong a movement
/// was, along which axes, and how much of it was fast. In the squared unit of the trace; `NaN` where there are no samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MotionCell {
    /// Means of xx, yy, zz, xy, xz, yz; the first three add up to the mean square of the envelope.
    pub moments: [f32; 6],
    /// Mean square of the part above 4 Hz, where knocks and jerks live and slow movements do not; `NaN` at low rates.
    pub fast: f32,
}

impl MotionCell {
    /// A cell without samples.
    pub const EMPTY: Self = Self {
        moments: [f32::NAN; 6],
        fast: f32::NAN,
    };
}

/// Length of a [`RawWindow`] in seconds (van Hees 2014, calibration to gravity; actipy's non-wear).
pub const WINDOW_S: u32 = 10;

/// Raw samples of [`WINDOW_S`] seconds, window `k` from `k * WINDOW_S` after the first sample.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RawWindow {
    /// How many samples fell into it.
    pub n: u32,
    /// Mean of each axis; meaningless when `n` is 0.
    pub mean: [f32; 3],
    /// Standard deviation of each axis.
    pub deviation: [f32; 3],
}

impl NightTrace {
    /// Length in seconds, by the envelope.
    pub fn duration_s(&self) -> f64 {
        self.envelope.len() as f64 / self.rate.hz()
    }

    /// The same trace with every value times `factor`.
    pub fn scaled(mut self, factor: f32) -> Self {
        if factor == 1.0 {
            return self;
        }
        for value in &mut self.envelope {
            *value *= factor;
        }
        for cell in &mut self.motion {
            for value in cell.moments.iter_mut().chain([&mut cell.fast]) {
                *value *= factor * factor;
            }
        }
        for vector in &mut self.gravity {
            for value in vector {
                *value *= factor;
            }
        }
        for window in &mut self.windows {
            for value in window.mean.iter_mut().chain(&mut window.deviation) {
                *value *= factor;
            }
        }
        self.resolution *= factor;
        self
    }

    /// The trace up to `end` after its first sample; what lies later is dropped.
    pub fn truncated(mut self, end: SignedDuration) -> Self {
        let samples = |rate: SampleRate| (end.as_secs_f64() * rate.hz()).ceil().max(0.0) as usize;
        self.envelope.truncate(samples(self.rate));
        self.gravity.truncate(samples(self.gravity_rate));
        self.motion.truncate(samples(self.gravity_rate));
        let windows = end.as_secs_f64() / f64::from(WINDOW_S);
        self.windows.truncate(windows.ceil().max(0.0) as usize);
        self.spans.retain(|span| span.start < end);
        for span in &mut self.spans {
            span.end = span.end.min(end);
        }
        self.shrunk()
    }

    /// The same without room to grow: nights of a long recording wait for its end.
    pub fn shrunk(mut self) -> Self {
        self.envelope.shrink_to_fit();
        self.gravity.shrink_to_fit();
        self.motion.shrink_to_fit();
        self.windows.shrink_to_fit();
        self
    }
}
