//! Long convolutions in the frequency domain, block by block (overlap-save; Oppenheim & Schafer, section 8.7.3), for
//! vectors of up to four axes.
//!
//! Several kernels of one length share the forward transform. All are symmetric, so their spectra about the middle tap
//! are real, and two blocks pass as the real and the imaginary part of one complex signal without meeting; two such pairs
//! lie side by side in a register of eight. Block borders depend on the plan alone, never on how the samples arrived, on
//! threads or on the machine, so the same samples give the same bits.

use fearless_simd::{Level, Simd, dispatch};
use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use super::fourier::{Fourier, Held, Point, fours_back, fours_there, held, stored};
use super::lanes::{Eight, Lanes};

/// Blocks of a run.
pub const BLOCKS: usize = 4;

/// A planned bank of symmetric FIR kernels of equal length.
pub struct FilterBank {
    level: Level,
    fourier: Fourier,
    fft_len: usize,
    kernel_len: usize,
    /// Spectra of the kernels, four bins together, with the transform's factor 1 / length in them.
    spectra: Vec<Vec<[f32; 4]>>,
    points: Vec<Point>,
    /// The product of the signal's spectrum and a kernel's.
    products: Vec<Point>,
    /// Each kernel's results of each block, with what wrapped round at both ends.
    results: Vec<[Vec<Lanes>; BLOCKS]>,
}

impl FilterBank {
    /// Plans a bank; transforms are at least two kernels long. Longer ones take fewer steps a sample (by a fifth, four
    /// kernels long) and leave the fastest cache, which costs more (as much again, for 113 taps).
    ///
    /// # Panics
    /// When there is no kernel, their lengths differ or are even, or one is not symmetric (to rounding).
    pub fn plan(kernels: &[Vec<f32>]) -> Self {
        let kernel_len = kernels.first().map_or(0, Vec::len);
        assert!(kernel_len % 2 == 1, "a bank needs kernels of odd length");
        let mut fft_len = 16;
        while fft_len < 2 * kernel_len {
            fft_len *= 4;
        }
        let spectra = kernels
            .iter()
            .map(|kernel| {
                assert_eq!(
                    kernel.len(),
                    kernel_len,
                    "kernels of one bank are equally long"
                );
                spectrum(kernel, fft_len)
            })
            .collect();
        let results = std::array::from_fn(|_| vec![Lanes::default(); fft_len]);
        Self {
            level: Level::new(),
            fourier: Fourier::plan(fft_len),
            results: vec![results; kernels.len()],
            points: vec![Point::default(); fft_len],
            products: vec![Point::default(); fft_len],
            fft_len,
            kernel_len,
            spectra,
        }
    }

    /// How many samples a run takes.
    pub fn input_len(&self) -> usize {
        self.output_len() + self.kernel_len - 1
    }

    /// How many results a run gives: `input_len() - kernel_len() + 1`, a multiple of [`BLOCKS`].
    pub fn output_len(&self) -> usize {
        BLOCKS * self.block_len()
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
        let level = self.level;
        dispatch!(level, simd => self.filter_on(simd, input));
    }

    #[inline(always)]
    fn filter_on<S: Simd>(&mut self, simd: S, input: &[Lanes]) {
        let (len, step) = (self.fft_len, self.block_len());
        let [a, b, c, d] =
            [0, 1, 2, 3].map(|block: usize| &input[block * step..block * step + len]);
        let point = |k: usize| Held::of(simd, Eight::of(a[k], c[k]).0, Eight::of(b[k], d[k]).0);
        self.fourier.there(simd, point, &mut self.points);
        for (spectrum, results) in self.spectra.iter().zip(&mut self.results) {
            multiply(simd, &self.points, spectrum, &mut self.products);
            let [a, b, c, d] = results.each_mut().map(|block| &mut block[..len]);
            self.fourier.back(simd, &mut self.products, |k, point| {
                let Point { re, im } = point.store();
                [a[k], c[k]] = re.both();
                [b[k], d[k]] = im.both();
            });
        }
    }

    /// The results of a kernel for the last run, block by block.
    ///
    /// Result `i` is the sum over `j` of `kernel[j] * input[i + j]`: the convolution where the kernel lies wholly on the
    /// input. It belongs to input `i + kernel_len / 2`. Scale: that of the kernels.
    pub fn results(&self, kernel: usize) -> [&[Lanes]; BLOCKS] {
        let half = self.kernel_len / 2;
        let valid = half..half + self.block_len();
        self.results[kernel]
            .each_ref()
            .map(|block| &block[valid.clone()])
    }
}

/// The last stage there, times the spectrum, and the first stage back. The first of them is done again for every kernel:
/// cheaper than to store what it gives and fetch it.
#[inline(always)]
fn multiply<S: Simd>(simd: S, points: &[Point], spectrum: &[[f32; 4]], products: &mut [Point]) {
    let (points, _) = points.as_chunks::<4>();
    let (products, _) = products.as_chunks_mut::<4>();
    for ((product, four), bins) in products.iter_mut().zip(points).zip(spectrum) {
        let [a, b, c, d] = four;
        let [a, b, c, d] = fours_there(held(simd, [a, b, c, d]));
        let four = fours_back([
            a.scaled(bins[0]),
            b.scaled(bins[1]),
            c.scaled(bins[2]),
            d.scaled(bins[3]),
        ]);
        *product = stored(four);
    }
}

/// The real spectrum of a symmetric kernel about its middle tap, in the transform's own order.
fn spectrum(kernel: &[f32], fft_len: usize) -> Vec<[f32; 4]> {
    let half = kernel.len() / 2;
    let largest = kernel.iter().fold(0.0f32, |most, tap| most.max(tap.abs()));
    let mut points = vec![Complex::default(); fft_len];
    for (j, (&tap, &mirrored)) in kernel.iter().zip(kernel.iter().rev()).enumerate() {
        assert!(
            (tap - mirrored).abs() <= 1e-5 * largest,
            "a kernel of the bank is not symmetric"
        );
        let tap = 0.5 * (f64::from(tap) + f64::from(mirrored));
        points[(fft_len + j - half) % fft_len].re = tap / fft_len as f64;
    }
    let fft = FftPlanner::<f64>::new().plan_fft_forward(fft_len);
    fft.process(&mut points);
    let mut bins = vec![[0.0; 4]; fft_len / 4];
    for (frequency, point) in points.iter().enumerate() {
        let place = Fourier::place(frequency, fft_len);
        bins[place / 4][place % 4] = point.re as f32;
    }
    bins
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

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn every_width_gives_the_same_bits() {
        let mut noise = Noise::new(3);
        let kernels: Vec<Vec<f32>> = (0..2).map(|_| symmetric(&mut noise, 40)).collect();
        let mut bank = FilterBank::plan(&kernels);
        let input: Vec<Lanes> = (0..bank.input_len())
            .map(|_| Lanes([0; 4].map(|_| noise.sample())))
            .collect();
        let best = bank.level;
        let narrow = best.as_sse2().map(Level::Sse2);
        let wide = best.as_avx2().map(Level::Avx2);
        let mut of_each = Vec::new();
        for level in [narrow, wide, Some(best)].into_iter().flatten() {
            bank.level = level;
            bank.filter(&input);
            of_each.push([0, 1].map(|kernel| bank.results(kernel).concat()));
        }
        assert!(of_each.len() >= 2);
        assert!(of_each.iter().all(|one| *one == of_each[0]));
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
