//! Four numbers that are worked on together: the three axes of a sample and one to spare, or four kernels.
//!
//! Every target has registers of four `f32`, so what is written with them is fast without leave to reorder and without
//! asking what the machine can do: the same sums in the same order, and the same bits, everywhere.

use std::ops::{Add, AddAssign, Mul, Sub};

/// Four numbers side by side.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C, align(16))]
pub struct Lanes(pub [f32; 4]);

impl Lanes {
    /// The three axes of a sample; the fourth lane is zero.
    #[inline(always)]
    pub fn of_axes([x, y, z]: [f32; 3]) -> Self {
        Self([x, y, z, 0.0])
    }

    /// The three axes again.
    #[inline(always)]
    pub fn axes(self) -> [f32; 3] {
        [self.0[0], self.0[1], self.0[2]]
    }
}

/// The lanes of two samples side by side.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C, align(32))]
pub struct Eight(pub [f32; 8]);

impl Eight {
    /// One sample beside another.
    #[inline(always)]
    pub fn of(Lanes([a, b, c, d]): Lanes, Lanes([e, f, g, h]): Lanes) -> Self {
        Self([a, b, c, d, e, f, g, h])
    }

    /// The two samples again.
    #[inline(always)]
    pub fn both(self) -> [Lanes; 2] {
        let [a, b, c, d, e, f, g, h] = self.0;
        [Lanes([a, b, c, d]), Lanes([e, f, g, h])]
    }
}

impl Add for Lanes {
    type Output = Self;
    #[inline(always)]
    fn add(self, Self(b): Self) -> Self {
        let Self(a) = self;
        Self([a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]])
    }
}

impl Sub for Lanes {
    type Output = Self;
    #[inline(always)]
    fn sub(self, Self(b): Self) -> Self {
        let Self(a) = self;
        Self([a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3]])
    }
}

impl Mul for Lanes {
    type Output = Self;
    #[inline(always)]
    fn mul(self, Self(b): Self) -> Self {
        let Self(a) = self;
        Self([a[0] * b[0], a[1] * b[1], a[2] * b[2], a[3] * b[3]])
    }
}

impl Mul<f32> for Lanes {
    type Output = Self;
    #[inline(always)]
    fn mul(self, b: f32) -> Self {
        self * Self([b; 4])
    }
}

impl AddAssign for Lanes {
    #[inline(always)]
    fn add_assign(&mut self, b: Self) {
        *self = *self + b;
    }
}
