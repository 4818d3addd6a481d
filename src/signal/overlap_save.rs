//! Long convolutions in the frequency domain, block by block (overlap-save; Oppenheim & Schafer, section 8.7.3).
//!
//! Several kernels of one length share the forward transform. Block borders depend on the plan alone, never on how the
//! samples arrived or on threads, so the same samples give the same bits.

use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

/// A planned bank of FIR kernels of equal length.
pub struct FilterBank {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    /// Spectra of the kernels, with the transform's factor 1 / length in them.
    spectra: Vec<Vec<Complex<f32>>>,
    kernel_len: usize,
    fft_len: usize,
    time: Vec<f32>,
    product: Vec<Complex<f32>>,
    spectrum: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
}

impl FilterBank {
    /// Plans a bank; blocks are about eight kernels long, where the cost of a sample is near its least.
    ///
    /// # Panics
    /// When there is no kernel, one is empty, or their lengths differ.
    pub fn plan(kernels: &[Vec<f32>]) -> Self {
        let kernel_len = kernels.first().map_or(0, Vec::len);
        assert!(kernel_len > 0, "a bank needs a kernel");
        let fft_len = (8 * kernel_len).next_power_of_two();
        let mut planner = RealFftPlanner::<f32>::new();
        let forward = planner.plan_fft_forward(fft_len);
        let inverse = planner.plan_fft_inverse(fft_len);
        let mut scratch =
            vec![Complex::default(); forward.get_scratch_len().max(inverse.get_scratch_len())];
        let mut time = vec![0.0; fft_len];
        let mut spectra = Vec::with_capacity(kernels.len());
        for kernel in kernels {
            assert_eq!(
                kernel.len(),
                kernel_len,
                "kernels of one bank are equally long"
            );
            time.fill(0.0);
            for (slot, &tap) in time.iter_mut().zip(kernel) {
                *slot = tap / fft_len as f32;
            }
            let mut spectrum = forward.make_output_vec();
            run_forward(&*forward, &mut time, &mut spectrum, &mut scratch);
            spectra.push(spectrum);
        }
        Self {
            product: inverse.make_input_vec(),
            spectrum: forward.make_output_vec(),
            forward,
            inverse,
            spectra,
            kernel_len,
            fft_len,
            time,
            scratch,
        }
    }

    /// How many samples a block takes.
    pub fn input_len(&self) -> usize {
        self.fft_len
    }

    /// How many results a block gives: `input_len() - kernel_len() + 1`.
    pub fn output_len(&self) -> usize {
        self.fft_len - self.kernel_len + 1
    }

    /// Length of the kernels.
    pub fn kernel_len(&self) -> usize {
        self.kernel_len
    }

    /// How many kernels there are.
    pub fn n_kernels(&self) -> usize {
        self.spectra.len()
    }

    /// Filters one block with every kernel.
    ///
    /// `outputs[k][i]` is the sum over `j` of `kernel_k[j] * input[i + kernel_len - 1 - j]`: the convolution where the
    /// kernel lies wholly on the input. With a symmetric kernel result `i` belongs to input `i + kernel_len / 2`.
    /// Scale: that of the kernels.
    ///
    /// # Panics
    /// When a slice has another length than the plan says.
    pub fn filter_block(&mut self, input: &[f32], outputs: &mut [&mut [f32]]) {
        assert_eq!(input.len(), self.fft_len, "a block as long as the plan");
        assert_eq!(outputs.len(), self.spectra.len(), "an output a kernel");
        self.time.copy_from_slice(input);
        run_forward(
            &*self.forward,
            &mut self.time,
            &mut self.spectrum,
            &mut self.scratch,
        );
        for (kernel, output) in self.spectra.iter().zip(outputs) {
            for ((slot, &a), &b) in self.product.iter_mut().zip(&self.spectrum).zip(kernel) {
                *slot = a * b;
            }
            // The ends of a real signal's spectrum are real; rounding must not say otherwise.
            self.product[0].im = 0.0;
            self.product[self.fft_len / 2].im = 0.0;
            self.inverse
                .process_with_scratch(&mut self.product, &mut self.time, &mut self.scratch)
                .expect("lengths are the plan's own and both ends are real");
            output.copy_from_slice(&self.time[self.kernel_len - 1..]);
        }
    }
}

fn run_forward(
    forward: &dyn RealToComplex<f32>,
    time: &mut [f32],
    spectrum: &mut [Complex<f32>],
    scratch: &mut [Complex<f32>],
) {
    forward
        .process_with_scratch(time, spectrum, scratch)
        .expect("lengths are the plan's own");
}

/// Filters a whole slice with one symmetric kernel, centred: no delay, as many results as samples.
///
/// Beyond its ends the signal is taken to keep its first and its last value.
pub fn filter_centred(signal: &[f32], kernel: &[f32]) -> Vec<f32> {
    let (Some(&first), Some(&last)) = (signal.first(), signal.last()) else {
        return Vec::new();
    };
    let mut bank = FilterBank::plan(&[kernel.to_vec()]);
    let half = kernel.len() / 2;
    let mut result = Vec::with_capacity(signal.len());
    let mut block = vec![0.0; bank.input_len()];
    let mut out = vec![0.0; bank.output_len()];
    while result.len() < signal.len() {
        for (i, slot) in block.iter_mut().enumerate() {
            let at = result.len() + i;
            *slot = match at.checked_sub(half) {
                None => first,
                Some(at) => signal.get(at).copied().unwrap_or(last),
            };
        }
        bank.filter_block(&block, &mut [&mut out]);
        let take = out.len().min(signal.len() - result.len());
        result.extend_from_slice(&out[..take]);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::noise::Noise;

    /// The definition, in f64.
    fn plainly(input: &[f32], kernel: &[f32]) -> Vec<f64> {
        (0..=input.len() - kernel.len())
            .map(|i| {
                kernel
                    .iter()
                    .enumerate()
                    .map(|(j, &tap)| f64::from(tap) * f64::from(input[i + kernel.len() - 1 - j]))
                    .sum()
            })
            .collect()
    }

    /// Samples and taps within 1: a result is a sum of `taps` products, and a transform's relative error grows with
    /// log2 of its length (here under 14).
    fn tolerance(taps: usize) -> f64 {
        f64::from(f32::EPSILON) * 14.0 * (taps as f64).sqrt() * 2.0
    }

    #[test]
    fn a_block_is_the_plain_convolution() {
        let mut noise = Noise::new(1);
        for _ in 0..12 {
            let taps = noise.between(1, 130);
            let kernels: Vec<Vec<f32>> = (0..3).map(|_| noise.samples(taps)).collect();
            let mut bank = FilterBank::plan(&kernels);
            // Twice: what the first block leaves in the scratch must not show in the second.
            for _ in 0..2 {
                let input = noise.samples(bank.input_len());
                let mut outputs = vec![vec![f32::NAN; bank.output_len()]; 3];
                let mut slices: Vec<&mut [f32]> =
                    outputs.iter_mut().map(Vec::as_mut_slice).collect();
                bank.filter_block(&input, &mut slices);
                for (kernel, output) in kernels.iter().zip(&outputs) {
                    let expected = plainly(&input, kernel);
                    assert_eq!(expected.len(), output.len());
                    for (a, b) in expected.iter().zip(output) {
                        assert!((a - f64::from(*b)).abs() < tolerance(taps), "{a} {b}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_whole_slice_is_filtered_without_delay() {
        let mut noise = Noise::new(2);
        for _ in 0..20 {
            let half = noise.between(0, 40);
            let kernel = noise.samples(2 * half + 1);
            let n = noise.between(1, 3000);
            let signal = noise.samples(n);
            let mut padded = vec![signal[0]; half];
            padded.extend(&signal);
            padded.extend(vec![signal[n - 1]; half]);
            let expected = plainly(&padded, &kernel);
            let result = filter_centred(&signal, &kernel);
            assert_eq!(result.len(), n);
            for (a, b) in expected.iter().zip(&result) {
                assert!((a - f64::from(*b)).abs() < tolerance(kernel.len()));
            }
        }
    }

    #[test]
    fn nothing_filtered_is_nothing() {
        assert!(filter_centred(&[], &[1.0]).is_empty());
    }
}
