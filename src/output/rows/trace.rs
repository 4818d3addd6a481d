//! `trace`: the movement envelope, second by second.

use super::row;
use crate::model::body::Leg;

row! {
    /// A second of a night at one leg.
    #[derive(Debug, Clone, PartialEq)]
    TraceRow in "trace" {
        /// Identifier of the night, as in `nights`.
        night: String = "text",
        /// Leg of the sensor: `L` or `R`; empty when nobody said.
        leg: Option<Leg> = "L or R",
        /// Start of the second since the first sample of the night.
        second_s: u32 = "s",
        /// Largest movement envelope in it; empty where there is no data.
        max_mg: Option<f64> = "mg" 2,
        /// Median movement envelope in it; empty where there is no data.
        median_mg: Option<f64> = "mg" 2,
    }
}

/// The seconds of one night at one leg, as columns: 8 bytes a second, since charts and tables hold whole nights of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Identifier of the night.
    pub night: String,
    /// Leg of the sensor.
    pub leg: Option<Leg>,
    /// Largest movement envelope in each second since the first sample, in mg; `NaN` where there is no data.
    pub max_mg: Vec<f32>,
    /// Median movement envelope in each second, in mg; as long as `max_mg`.
    pub median_mg: Vec<f32>,
}

impl Trace {
    /// The seconds of one night; `None` when the two columns differ in length.
    pub fn new(
        night: impl Into<String>,
        leg: Option<Leg>,
        max_mg: Vec<f32>,
        median_mg: Vec<f32>,
    ) -> Option<Self> {
        let mut trace = Self {
            night: night.into(),
            leg,
            max_mg,
            median_mg,
        };
        trace.settle();
        (trace.max_mg.len() == trace.median_mg.len()).then_some(trace)
    }

    /// How many seconds it has.
    pub fn len(&self) -> usize {
        self.max_mg.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.max_mg.is_empty()
    }

    /// A hundredth of a mg is finer than any sensor of the kind resolves, and makes short cells.
    fn settle(&mut self) {
        for value in self.max_mg.iter_mut().chain(self.median_mg.iter_mut()) {
            *value = (*value * 100.0).round() / 100.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_different_lengths_are_refused() {
        assert!(Trace::new("1", None, vec![1.0], vec![]).is_none());
        let trace = Trace::new("1", None, vec![1.234, f32::NAN], vec![0.5, f32::NAN]).unwrap();
        assert_eq!(trace.max_mg[0], 1.23);
        assert!(trace.max_mg[1].is_nan());
    }
}
