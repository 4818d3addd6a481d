//! Why a movement is what it is, as a value; its `Display` is the `why` column of `movements.csv`.

use std::fmt;

use jiff::SignedDuration;

use crate::model::movement::MovementClass;

/// The reason for a movement's standing under a rule set.
///
/// Times are printed to the millisecond without trailing zeros: an interval of 9.999 s never reads "10 s".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Periodic: member of a series of so many.
    Series {
        /// Movements in the series.
        length: usize,
    },
    /// In step with its neighbours, but they are too few.
    ShortSeries {
        /// Movements in the run.
        length: usize,
        /// How many a series needs.
        needed: usize,
    },
    /// Alone, because the interval before it is out of range (and so is the one after, or there is none).
    Interval(SignedDuration),
    /// Its interval is too short for it to open a series (`short_imi_start = forbid`).
    OpensNone(SignedDuration),
    /// Came too soon after the last movement that counts, and is passed over.
    PassedOver(SignedDuration),
    /// Alone, and no interval is measured before it: the first candidate of the list.
    AloneFirst,
    /// Alone, and no interval is measured before it: the recording has a gap there.
    AloneAfterGap,
    /// Alone, and no interval is measured before it: a leg movement that is no candidate lies between.
    AloneAfterNonCandidate,
    /// A movement of one leg longer than a candidate may be.
    LongerThan(SignedDuration),
    /// Both legs joined, one component longer than a candidate may be.
    ComponentLongerThan(SignedDuration),
    /// Both legs joined, longer together than a candidate may be.
    TogetherLongerThan(SignedDuration),
    /// Both legs joined from more components than a candidate may have.
    Components {
        /// How many it has.
        n: usize,
        /// How many are allowed.
        at_most: usize,
    },
    /// Of a class, or with a part of a class, that is never a candidate.
    NeverCandidate(MovementClass),
    /// Shorter than a leg movement is: left out.
    ShorterThan(SignedDuration),
    /// Of a class that is no leg movement: left out.
    NotScored(MovementClass),
}

/// A span as `8.3 s`, to the millisecond, without trailing zeros.
struct Seconds(SignedDuration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = self.0.as_millis();
        let sign = if ms < 0 { "-" } else { "" };
        let (whole, rest) = (ms.unsigned_abs() / 1000, ms.unsigned_abs() % 1000);
        let decimals = format!("{rest:03}");
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole} s"),
            digits => write!(f, "{sign}{whole}.{digits} s"),
        }
    }
}

/// `one`, `two`, `three`: small numbers are words.
fn in_words(n: usize) -> String {
    match n {
        1 => "one".to_owned(),
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        n => n.to_string(),
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Series { length } => write!(f, "series of {length}"),
            Self::ShortSeries { length, needed } => {
                let missing = in_words(needed.saturating_sub(length));
                write!(f, "series of {length}: {missing} short")
            }
            Self::Interval(interval) => write!(f, "IMI {}", Seconds(interval)),
            Self::OpensNone(interval) => write!(f, "IMI {}: opens no series", Seconds(interval)),
            Self::PassedOver(interval) => write!(f, "IMI {}: passed over", Seconds(interval)),
            Self::AloneFirst => f.write_str("alone: the first candidate"),
            Self::AloneAfterGap => f.write_str("alone: after a gap"),
            Self::AloneAfterNonCandidate => {
                f.write_str("alone: after a movement that is no candidate")
            }
            Self::LongerThan(limit) => write!(f, "longer than {}", Seconds(limit)),
            Self::ComponentLongerThan(limit) => {
                write!(f, "a component longer than {}", Seconds(limit))
            }
            Self::TogetherLongerThan(limit) => {
                write!(f, "both legs together longer than {}", Seconds(limit))
            }
            Self::Components { n, at_most } => write!(f, "{n} components, {at_most} at most"),
            Self::NeverCandidate(class) => write!(f, "{}: never a candidate", class.name()),
            Self::ShorterThan(limit) => write!(f, "shorter than {}", Seconds(limit)),
            Self::NotScored(class) => write!(f, "{}: not scored", class.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_read_as_plain_words() {
        let ms = SignedDuration::from_millis;
        let cases = [
            (Why::Interval(ms(8_300)), "IMI 8.3 s"),
            (Why::Interval(ms(9_999)), "IMI 9.999 s"),
            (Why::LongerThan(ms(10_000)), "longer than 10 s"),
            (
                Why::ShortSeries {
                    length: 3,
                    needed: 4,
                },
                "series of 3: one short",
            ),
            (
                Why::ShortSeries {
                    length: 2,
                    needed: 4,
                },
                "series of 2: two short",
            ),
            (Why::Series { length: 12 }, "series of 12"),
            (Why::PassedOver(ms(50)), "IMI 0.05 s: passed over"),
            (Why::ShorterThan(ms(500)), "shorter than 0.5 s"),
            (
                Why::Components { n: 5, at_most: 4 },
                "5 components, 4 at most",
            ),
            (Why::NotScored(MovementClass::Knock), "knock: not scored"),
        ];
        for (why, text) in cases {
            assert_eq!(why.to_string(), text);
        }
    }

    #[test]
    fn a_negative_span_keeps_its_sign() {
        assert_eq!(
            Seconds(SignedDuration::from_millis(-50)).to_string(),
            "-0.05 s"
        );
    }
}
