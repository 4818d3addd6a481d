//! Published movement monitors, written down plainly: what the simulator is held against.

use legtrace::analysis::detect::MovementDetector;
use legtrace::analysis::prepare::TraceBuilder;
use legtrace::lab::simulate::{SampleBlock, SimulatedNight};
use legtrace::model::body::Leg;
use legtrace::model::units::{GravityState, SampleRate};

/// A stretch above threshold: onset and end in seconds.
pub type Event = (f64, f64);

/// A movement monitor: a band, a threshold to begin, one to go on, and how long it waits below that.
#[derive(Clone, Copy)]
pub struct Chain {
    pub high_pass_hz: f64,
    pub low_pass_hz: f64,
    pub on_g: f64,
    pub off_g: f64,
    pub patience_s: f64,
}

/// Actiwatch as used for PLM: 3–11 Hz, 50 mg (Gschliesser 2009; the manufacturer's band).
pub const ACTIWATCH: Chain = Chain {
    high_pass_hz: 3.0,
    low_pass_hz: 11.0,
    on_g: 0.050,
    off_g: 0.050,
    patience_s: 0.5,
};

/// PAM-RL: 0.3–20 Hz, begins at 200 mg, ends after 1 s below 100 mg (Sforza 2005).
pub const PAM_RL: Chain = Chain {
    high_pass_hz: 0.3,
    low_pass_hz: 20.0,
    on_g: 0.200,
    off_g: 0.100,
    patience_s: 1.0,
};

/// What each chain, written down here, and each of the library's rivals records on one leg's sensor over the whole
/// recording, from one pass over the samples.
pub fn record<const N: usize>(
    chains: [Chain; N],
    rivals: &[&dyn MovementDetector],
    night: &SimulatedNight,
    leg: Leg,
) -> ([Vec<Event>; N], Vec<Vec<Event>>) {
    let hz = night.spec().sensor.rate_hz;
    let mut monitors = chains.map(|chain| Monitor::new(chain, hz));
    let rate = SampleRate::from_hz(hz).expect("a rate above zero");
    let mut builders: Vec<TraceBuilder> = rivals
        .iter()
        .map(|rival| TraceBuilder::with_bands(rate, &rival.bands()).expect("a usual rate"))
        .collect();
    let mut samples = night.samples(leg);
    let mut block = SampleBlock::default();
    while samples.next_block(&mut block) {
        let a = &block.acceleration;
        for n in 0..a.len() {
            let t = a.stamp_ns[n] as f64 * 1e-9;
            for monitor in &mut monitors {
                monitor.feed(t, [a.x[n], a.y[n], a.z[n]]);
            }
        }
        for builder in &mut builders {
            builder.push(a).expect("a night");
        }
    }
    let found = builders.into_iter().zip(rivals).map(|(builder, rival)| {
        let trace = builder.finish(GravityState::Included);
        let movements = rival.detect(&trace, leg).movements;
        let seconds = movements
            .iter()
            .map(|m| (m.onset.as_secs_f64(), m.end.as_secs_f64()));
        seconds.collect()
    });
    let found = found.collect();
    (
        monitors.map(|monitor| monitor.events.into_iter().chain(monitor.open).collect()),
        found,
    )
}

struct Monitor {
    chain: Chain,
    filters: [[Biquad; 2]; 3],
    settled: bool,
    open: Option<Event>,
    events: Vec<Event>,
}

impl Monitor {
    fn new(chain: Chain, rate: f64) -> Self {
        let axis = [
            Biquad::high_pass(chain.high_pass_hz / rate),
            Biquad::low_pass((chain.low_pass_hz / rate).min(0.45)),
        ];
        Self {
            chain,
            filters: [axis, axis, axis],
            settled: false,
            open: None,
            events: Vec::new(),
        }
    }

    fn feed(&mut self, t: f64, v: [f32; 3]) {
        let mut square = 0.0;
        for (axis, value) in v.into_iter().enumerate() {
            let [high_pass, low_pass] = &mut self.filters[axis];
            if !self.settled {
                high_pass.settle(f64::from(value));
            }
            let moved = low_pass.run(high_pass.run(f64::from(value)));
            square += moved * moved;
        }
        self.settled = true;
        let moved = square.sqrt();
        match &mut self.open {
            None if moved > self.chain.on_g => self.open = Some((t, t)),
            Some((_, end)) if moved > self.chain.off_g => *end = t,
            Some((_, end)) if t - *end > self.chain.patience_s => {
                self.events.extend(self.open.take());
            }
            _ => {}
        }
    }
}

/// A second-order Butterworth section (bilinear transform; Oppenheim & Schafer, Discrete-Time Signal Processing, ch. 7).
#[derive(Clone, Copy)]
struct Biquad {
    b: [f64; 3],
    a: [f64; 2],
    z: [f64; 2],
}

impl Biquad {
    fn high_pass(cycles_per_sample: f64) -> Self {
        let (cos, alpha) = Self::warp(cycles_per_sample);
        let b0 = (1.0 + cos) / 2.0;
        Self::scaled([b0, -2.0 * b0, b0], cos, alpha)
    }

    fn low_pass(cycles_per_sample: f64) -> Self {
        let (cos, alpha) = Self::warp(cycles_per_sample);
        let b0 = (1.0 - cos) / 2.0;
        Self::scaled([b0, 2.0 * b0, b0], cos, alpha)
    }

    fn warp(cycles_per_sample: f64) -> (f64, f64) {
        let w = std::f64::consts::TAU * cycles_per_sample;
        (w.cos(), w.sin() / std::f64::consts::SQRT_2)
    }

    fn scaled(b: [f64; 3], cos: f64, alpha: f64) -> Self {
        let a0 = 1.0 + alpha;
        Self {
            b: b.map(|v| v / a0),
            a: [-2.0 * cos / a0, (1.0 - alpha) / a0],
            z: [0.0; 2],
        }
    }

    /// As if the value had stood there for ever (a high-pass: nothing comes out).
    fn settle(&mut self, value: f64) {
        self.z[1] = self.b[2] * value;
        self.z[0] = (self.b[1] + self.b[2]) * value;
    }

    fn run(&mut self, x: f64) -> f64 {
        let y = self.b[0] * x + self.z[0];
        self.z[0] = self.b[1] * x - self.a[0] * y + self.z[1];
        self.z[1] = self.b[2] * x - self.a[1] * y;
        y
    }
}

/// How many periodic movements a list holds by the plainest reading (AASM; the monitors' own): each of 0.5 to 10 s, onsets 5
/// to 90 s apart, four or more in a row; what begins within 5 s of the last one is passed over.
pub fn n_periodic(events: &[Event]) -> usize {
    let (mut n, mut run, mut last) = (0, 0, f64::NEG_INFINITY);
    for (start, end) in events {
        if !(0.5..=10.0).contains(&(end - start)) || start - last < 5.0 {
            continue;
        }
        if start - last > 90.0 {
            n += if run >= 4 { run } else { 0 };
            run = 0;
        }
        run += 1;
        last = *start;
    }
    n + if run >= 4 { run } else { 0 }
}

/// Two legs' movements as one list: what overlaps or lies within 0.5 s is one movement (WASM 2016, bilateral movements).
pub fn joined(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut joined: Vec<Event> = Vec::new();
    for event in events {
        match joined.last_mut() {
            Some(last) if event.0 - last.1 < 0.5 => last.1 = last.1.max(event.1),
            _ => joined.push(event),
        }
    }
    joined
}
