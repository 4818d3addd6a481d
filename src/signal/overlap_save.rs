//! Long convolutions in the frequency domain, block by block (overlap-save; Oppenheim & Schafer, section 8.7.3), for
//! vectors of up to four axes.
//!
//! Several kernels of one length share the forward transform. All are symmetric, so their spectra about the middle tap
//! are real, and two blocks pass as the real and the imaginary part of one complex signal without meeting. Block borders
//! depend on the plan alone, never on how the samples arrived or on threads, so the same samples give the same bits.

use super::fourier::{Fourier, Point, fours_back, fours_there};
use super::lanes::Lanes;

/// A planned bank of symmetric FIR kernels of equal length.
pub struct FilterBank {
    fourier: Fourier,
    fft_len: usize,
    kernel_len: usize,
    /// Spectra of the kernels, four bins together, with the transform's factor 1 / length in them.
    spectra: Vec<Vec<[f32; 4]>>,
    points: Vec<Point>,
    /// The product of the signal's spectrum and each kernel's.
    products: Vec<Vec<Point>>,
    /// Real and imaginary part of each kernel's results, with what wrapped round at both ends.
    results: Vec<[Vec<Lanes>; 2]>,
}

impl FilterBank {
    /// Plans a bank; transforms are at least four kernels long, where the cost of a sample is near its least.
    ///
    /// # Panics
    /// When there is no kernel, their lengths differ or are even, or one is not symmetric (to rounding).
    pub fn plan(kernels: &[Vec<f32>]) -> Self {
        let kernel_len = kernels.first().map_or(0, Vec::len);
        assert!(kernel_len % 2 == 1, "a bank needs kernels of odd length");
        let mut fft_len = 16;
        while fft_len < 4 * kernel_len {
            fft_len *= 4;
        }
        let fourier = Fourier::plan(fft_len);
        let mut points = vec![Point::default(); fft_len];
        let spectra = kernels
            .iter()
            .map(|kernel| {
                assert_eq!(
                    kernel.len(),
                    kernel_len,
                    "kernels of one bank are equally long"
                );
                spectrum(&fourier, kernel, &mut points)
            })
            .collect();
        let results = [
            vec![Lanes::default(); fft_len],
            vec![Lanes::default(); fft_len],
        ];
        Self {
            results: vec![results; kernels.len()],
            products: vec![points.clone(); kernels.len()],
            points,
            fourier,
            fft_len,
            kernel_len,
            spectra,
        }
    }

    /// How many samples a run takes: two blocks, one half of the results apart.
    pub fn input_len(&self) -> usize {
        self.output_len() + self.kernel_len - 1
    }

    /// How many results a run gives: `input_len() - kernel_len() + 1`, an even number.
    pub fn output_len(&self) -> usize {
        2 * self.block_len()
    }

    fn block_len(&self) -> usize {
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

    /// Filters one run of samples with every kernel. What comes of it is read by [`results`](Self::results).
    ///
    /// # Panics
    /// When the input has another length than the plan says.
    pub fn filter(&mut self, input: &[Lanes]) {
        assert_eq!(input.len(), self.input_len(), "a run as long as the plan");
        let first = &input[..self.fft_len];
        let second = &input[self.block_len()..];
        for ((point, &re), &im) in self.points.iter_mut().zip(first).zip(second) {
            *point = Point { re, im };
        }
        self.fourier.first_there(&mut self.points);
        let quarter = self.fft_len / 4;
        for (at, points) in self.points.chunks_exact_mut(quarter).enumerate() {
            self.fourier.quarter_there(points);
            for (spectrum, products) in self.spectra.iter().zip(&mut self.products) {
                let spectrum = &spectrum[at * quarter / 4..];
                let products = &mut products[at * quarter..(at + 1) * quarter];
                multiply(points, spectrum, products);
                self.fourier.quarter_back(products);
            }
        }
        for (products, [re, im]) in self.products.iter().zip(&mut self.results) {
            self.fourier.last_back(products, re, im);
        }
    }

    /// The results of a kernel for the last run, the first half and the second.
    ///
    /// Result `i` is the sum over `j` of `kernel[j] * input[i + j]`: the convolution where the kernel lies wholly on the
    /// input. It belongs to input `i + kernel_len / 2`. Scale: that of the kernels.
    pub fn results(&self, kernel: usize) -> [&[Lanes]; 2] {
        let half = self.kernel_len / 2;
        let valid = half..half + self.block_len();
        let [re, im] = &self.results[kernel];
        [&re[valid.clone()], &im[valid]]
    }
}

/// The last stage there, times the spectrum, and the first stage back. The first of them is done again for every kernel:
/// cheaper than to store what it gives and fetch it.
fn multiply(points: &[Point], spectrum: &[[f32; 4]], products: &mut [Point]) {
    let (points, _) = points.as_chunks::<4>();
    let (products, _) = products.as_chunks_mut::<4>();
    for ((product, &point), bins) in products.iter_mut().zip(points).zip(spectrum) {
        let [a, b, c, d] = fours_there(point);
        *product = fours_back([
            scaled(a, bins[0]),
            scaled(b, bins[1]),
            scaled(c, bins[2]),
            scaled(d, bins[3]),
        ]);
    }
}

#[inline(always)]
fn scaled(point: Point, factor: f32) -> Point {
    Point {
        re: point.re * factor,
        im: point.im * factor,
    }
}

/// The real spectrum of a symmetric kernel about its middle tap, in the transform's own order.
fn spectrum(fourier: &Fourier, kernel: &[f32], points: &mut [Point]) -> Vec<[f32; 4]> {
    let half = kernel.len() / 2;
    let len = points.len();
    points.fill(Point::default());
    let largest = kernel.iter().fold(0.0f32, |most, tap| most.max(tap.abs()));
    for (j, (&tap, &mirrored)) in kernel.iter().zip(kernel.iter().rev()).enumerate() {
        assert!(
            (tap - mirrored).abs() <= 1e-5 * largest,
            "a kernel of the bank is not symmetric"
        );
        points[(len + j - half) % len].re = Lanes([0.5 * (tap + mirrored) / len as f32; 4]);
    }
    fourier.first_there(points);
    for quarter in points.chunks_exact_mut(len / 4) {
        fourier.quarter_there(quarter);
    }
    let (fours, _) = points.as_chunks::<4>();
    fours
        .iter()
        .map(|&four| fours_there(four).map(|point| point.re.0[0]))
        .collect()
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
    let mut result = Vec::with_capacity(signal.len() + bank.output_len());
    let mut run = vec![Lanes::default(); bank.input_len()];
    while result.len() < signal.len() {
        for (i, slot) in run.iter_mut().enumerate() {
            slot.0[0] = match (result.len() + i).checked_sub(half) {
                None => first,
                Some(at) => signal.get(at).copied().unwrap_or(last),
            };
        }
        bank.filter(&run);
        for part in bank.results(0) {
            result.extend(part.iter().map(|lanes| lanes.0[0]));
        }
    }
    result.truncate(signal.len());
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

    fn symmetric(noise: &mut Noise, half: usize) -> Vec<f32> {
        let side = noise.samples(half + 1);
        side.iter()
            .chain(side[..half].iter().rev())
            .copied()
            .collect()
    }

    /// Samples and taps within 1: a result is a sum of `taps` products, and a transform's relative error grows with
    /// log2 of its length (here under 14).
    fn tolerance(taps: usize) -> f64 {
        f64::from(f32::EPSILON) * 14.0 * (taps as f64).sqrt() * 2.0
    }

    #[test]
    fn a_run_is_the_plain_convolution_of_every_lane() {
        let mut noise = Noise::new(1);
        for _ in 0..12 {
            let half = noise.between(0, 70);
            let kernels: Vec<Vec<f32>> = (0..3).map(|_| symmetric(&mut noise, half)).collect();
            let mut bank = FilterBank::plan(&kernels);
            // Twice: what the first run leaves in the scratch must not show in the second.
            for _ in 0..2 {
                let lanes: Vec<Vec<f32>> =
                    (0..4).map(|_| noise.samples(bank.input_len())).collect();
                let input: Vec<Lanes> = (0..bank.input_len())
                    .map(|i| Lanes([0, 1, 2, 3].map(|lane| lanes[lane][i])))
                    .collect();
                bank.filter(&input);
                for (k, kernel) in kernels.iter().enumerate() {
                    let found = bank.results(k).concat();
                    assert_eq!(found.len(), bank.output_len());
                    for (lane, signal) in lanes.iter().enumerate() {
                        let expected = plainly(signal, kernel);
                        assert_eq!(expected.len(), found.len());
                        for (a, b) in expected.iter().zip(&found) {
                            let b = f64::from(b.0[lane]);
                            assert!((a - b).abs() < tolerance(2 * half + 1), "{a} {b}");
                        }
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
            let kernel = symmetric(&mut noise, half);
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

    #[test]
    #[should_panic(expected = "not symmetric")]
    fn a_kernel_that_leans_is_refused() {
        FilterBank::plan(&[vec![0.0, 0.5, 0.25]]);
    }
}
