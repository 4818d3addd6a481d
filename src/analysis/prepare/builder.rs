//! The builder: takes blocks of raw samples in the order of the file and makes a [`NightTrace`].

use jiff::SignedDuration;

use super::chain::{Chain, Series};
use super::gathered::{Gathered, TooLong};
use super::grid::{GridSink, Gridder, Hole};
use super::idle::IdleRuns;
use super::plan::{Bands, ChainPlan, PlanError};
use super::raw_windows::RawWindows;
use super::resolution::Resolution;
use crate::model::recording::RawBlock;
use crate::model::span::{Span, SpanKind};
use crate::model::trace::NightTrace;
use crate::model::units::{GravityState, SampleRate};
use crate::signal::lanes::Lanes;

/// Makes a trace of a recording as its samples stream by.
///
/// How the samples are split into blocks does not matter: the same samples give the same bits. Samples that are not
/// finite are passed over, as are stamps that do not advance.
pub struct TraceBuilder {
    plan: ChainPlan,
    gathered: Gathered,
    gridder: Gridder,
    sink: Sink,
    idle: IdleRuns,
    windows: RawWindows,
    resolution: Resolution,
}

impl TraceBuilder {
    /// Plans the chain for samples at about `rate` (what the head of the file shows; drift, jitter and segments at
    /// other rates are taken as they come).
    pub fn plan(rate: SampleRate) -> Result<Self, PlanError> {
        Self::with_bands(rate, &Bands::default())
    }

    /// The same with bands of one's own, for a detector that was made for others.
    pub fn with_bands(rate: SampleRate, bands: &Bands) -> Result<Self, PlanError> {
        let plan = ChainPlan::for_rate(rate, bands)?;
        Ok(Self {
            gathered: Gathered::default(),
            gridder: Gridder::new(rate.hz()),
            sink: Sink {
                chain: Chain::new(&plan),
                series: Series::for_plan(&plan),
                spans: Vec::new(),
                source_hz: rate.hz(),
                blind_ns: (bands.blind_s() * 1e9) as i64,
                begun: 0,
                given: 0,
            },
            idle: IdleRuns::default(),
            windows: RawWindows::default(),
            resolution: Resolution::default(),
            plan,
        })
    }

    /// Takes the next block.
    pub fn push(&mut self, block: &RawBlock) -> Result<(), TooLong> {
        let mut from = 0;
        while from < block.len() {
            from = self.gathered.take(block, from)?;
            if self.gathered.is_full() {
                self.run();
            }
        }
        Ok(())
    }

    /// Works on what was gathered.
    fn run(&mut self) {
        let (ns, axes) = (self.gathered.ns(), self.gathered.axes());
        self.idle.take(ns, axes);
        self.windows.take(ns, self.gathered.vectors());
        self.resolution.take(axes);
        self.gridder
            .take(ns, self.gathered.vectors(), &mut self.sink);
        self.gathered.clear();
    }

    /// The trace of all samples so far, in the file's unit. Whether gravity is in them is known by now; without it the
    /// trace holds no posture.
    pub fn finish(mut self, gravity: GravityState) -> NightTrace {
        self.run();
        self.gridder.finish(&mut self.sink);
        let mut spans = self.sink.spans;
        spans.extend(
            self.idle
                .finish()
                .into_iter()
                .map(|(from, to)| span(SpanKind::Idle, from, to)),
        );
        spans.sort_by_key(|span| (span.start, span.end, span.kind));
        let series = self.sink.series;
        NightTrace {
            start_ns: self.gathered.start_ns().unwrap_or(0),
            rate: self.plan.envelope_rate(),
            envelope: series.envelope,
            gravity_rate: self.plan.gravity_rate(),
            gravity: match gravity {
                GravityState::Included => series.gravity,
                GravityState::Removed => Vec::new(),
            },
            motion: series.motion,
            spans,
            gravity_state: gravity,
            source_rate: self.plan.source,
            resolution: self.resolution.finish(),
            windows: self.windows.finish(),
        }
    }
}

/// A span between two instants in nanoseconds, on whole milliseconds.
fn span(kind: SpanKind, from_ns: i64, to_ns: i64) -> Span {
    let ms = |ns: i64| SignedDuration::from_millis((ns + 500_000).div_euclid(1_000_000));
    Span::new(kind, ms(from_ns), ms(to_ns))
}

/// Where the grid's samples go.
struct Sink {
    chain: Chain,
    series: Series,
    spans: Vec<Span>,
    source_hz: f64,
    /// How long a segment's ends are blind.
    blind_ns: i64,
    /// Grid index of the open segment's first sample.
    begun: u64,
    /// Samples of the open segment.
    given: u64,
}

impl Sink {
    fn ns(&self, index: u64) -> i64 {
        (index as f64 / self.source_hz * 1e9).round() as i64
    }
}

impl GridSink for Sink {
    fn begin(&mut self, index: u64) {
        self.begun = index;
        self.given = 0;
        self.chain.begin(index);
    }

    fn take(&mut self, samples: &[Lanes]) {
        self.given += samples.len() as u64;
        self.chain.take(samples, &mut self.series);
    }

    fn end(&mut self) {
        self.chain.end(&mut self.series);
        let (from, to) = (self.ns(self.begun), self.ns(self.begun + self.given));
        let blind = self.blind_ns;
        if to - from <= 2 * blind {
            self.spans.push(span(SpanKind::Blind, from, to));
        } else {
            self.spans.push(span(SpanKind::Blind, from, from + blind));
            self.spans.push(span(SpanKind::Blind, to - blind, to));
        }
    }

    fn hole(&mut self, hole: Hole, from_ns: i64, to_ns: i64) {
        let kind = match hole {
            Hole::Bridged => SpanKind::Blind,
            Hole::Gap => SpanKind::Gap,
        };
        self.spans.push(span(kind, from_ns, to_ns));
    }
}
