//! How rhythmic a night's movements are, as a spectrum sees it. It decides no single movement.

use jiff::SignedDuration;

/// The rhythm of a night.
#[derive(Debug, Clone, PartialEq)]
pub struct NightRhythm {
    /// Of the onsets of candidates.
    pub events: Rhythm,
    /// Of the movement envelope, one value a second; `None` for a list without a recording.
    pub envelope: Option<Rhythm>,
    /// Of the onsets, hour by hour since lights out.
    pub hours: Vec<HourRhythm>,
}

/// Spectrum and autocorrelation of one second-by-second series.
#[derive(Debug, Clone, PartialEq)]
pub struct Rhythm {
    /// Power by frequency from 1/90 to 1/8 Hz, relative to its mean over this band; empty when there is nothing to see.
    pub spectrum: Vec<BandPower>,
    /// Autocorrelation at lags of 0, 1, 2 … 120 s, 1 at lag 0; empty when there is nothing to see.
    pub autocorrelation: Vec<f64>,
    /// The strongest period; `None` with too few movements or without a peak.
    pub peak: Option<RhythmPeak>,
    /// The power that the strongest peak of 95 in 100 nights stays below when the movements are scattered within three
    /// minutes of where they are.
    pub limit_scattered: Option<f64>,
    /// The same when the intervals are shuffled; `None` where there are no intervals.
    pub limit_shuffled: Option<f64>,
}

/// One point of a spectrum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BandPower {
    /// Frequency in Hz.
    pub hz: f64,
    /// Power, the band's mean being 1.
    pub power: f64,
}

/// The strongest period of a series, and what chance makes of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RhythmPeak {
    /// The period in seconds.
    pub period_s: f64,
    /// Power of the highest peak over the mean of the band.
    pub strength: f64,
    /// Probability of such a strength when the movements are scattered within three minutes of where they are: the
    /// course of the night is kept and any rhythm in the band is gone. Small: there is a rhythm.
    pub p_scattered: f64,
    /// Probability of such a strength when the intervals are shuffled: every interval is kept and their order is gone.
    /// Small: like intervals follow one another. A rhythm that never changes is as strong when shuffled. `None` where
    /// there are no intervals (the envelope, and single hours).
    pub p_shuffled: Option<f64>,
}

/// The rhythm of one hour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HourRhythm {
    /// Since the first sample.
    pub start: SignedDuration,
    /// Since the first sample.
    pub end: SignedDuration,
    /// The strongest period; `None` with too few movements or without a peak.
    pub peak: Option<RhythmPeak>,
}
