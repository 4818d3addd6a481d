//! Packets that a link kept back and handed over at once as the recording ended.
//!
//! A link that is slower than its sensor is always behind. The stamps of receipt then say how fast the link is; what it still
//! holds at the end comes within no time. No sample is made after it was received, so the rows must have been made within the
//! stamps: all rows over all of the time is the rate.

/// The rows at the end came so much faster than those before, and within so much of the time: a sensor that was set to
/// another rate hardly makes such a step, and not just before its end.
const FASTER: f64 = 5.0;
const WITHIN: f64 = 0.05;
/// They would have taken so much of the time; less bends no rate.
const SHARE: f64 = 0.02;
/// And so many times the longest step between two stamps before: the last packet, or the last second, comes at once as well.
const PACKETS: f64 = 3.0;
/// So much of the largest is the same: some of what was kept back comes at the pace of the rest.
const NEARLY: f64 = 0.7;
/// Rows before that say how fast they come.
const FEWEST: usize = 100;

/// What came at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct KeptBack {
    pub rows: usize,
    pub within_ns: i64,
    /// Of all rows over all of the time.
    pub period_ns: f64,
}

/// What a whole recording's stamps of receipt say was kept back until its end.
pub(super) fn seen(ns: &[i64]) -> Option<KeptBack> {
    let (first, last) = (*ns.first()?, *ns.last()?);
    let span = last.saturating_sub(first) as f64;
    // how far the rows from each on are ahead of what those before them make believe, and within which time they came
    let ahead = |from: usize| {
        let usual = ns[from].saturating_sub(first) as f64 / from as f64;
        let within = last.saturating_sub(ns[from]) as f64;
        ((ns.len() - from) as f64 * usual - within, within)
    };
    let second_half = FEWEST.max(ns.len() / 2)..ns.len();
    let most = second_half
        .clone()
        .map(|from| ahead(from).0)
        .fold(0.0, f64::max);
    // that is the same for all rows before those that were kept back
    let from = second_half
        .rev()
        .find(|from| ahead(*from).0 > NEARLY * most)?;
    let (ahead, within) = ahead(from);
    let longest = ns[..from]
        .windows(2)
        .map(|pair| pair[1].saturating_sub(pair[0]));
    let longest = longest.max().unwrap_or(0) as f64;
    let taken = ahead + within;
    if within * FASTER >= taken
        || within >= WITHIN * span
        || taken <= SHARE * span
        || taken <= PACKETS * longest
    {
        return None;
    }
    Some(KeptBack {
        rows: ns.len() - from,
        within_ns: last.saturating_sub(ns[from]),
        period_ns: span / (ns.len() - 1) as f64,
    })
    .filter(|seen| seen.period_ns > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 190 rows a second are made, 172 a second get through, ten at a time, and the rest at the end.
    fn slow_link() -> Vec<i64> {
        let end = 40_000_000_000;
        (0..7_600i64)
            .map(|row| (row / 10 * 58_000_000).min(end))
            .collect()
    }

    #[test]
    fn the_rows_that_come_at_the_end_were_made_before() {
        let seen = seen(&slow_link()).unwrap();
        // 40 s at 172.4 a second are 6900 rows: 700 were kept back
        assert!((450..750).contains(&seen.rows), "{seen:?}");
        assert!((1e9 / seen.period_ns - 190.0).abs() < 0.1, "{seen:?}");
    }

    #[test]
    fn packets_whole_seconds_and_another_rate_keep_nothing_back() {
        let packets: Vec<i64> = (0..4_000).map(|row| row / 25 * 250_000_000).collect();
        assert_eq!(seen(&packets), None);
        let seconds: Vec<i64> = (0..4_000).map(|row| row / 100 * 1_000_000_000).collect();
        assert_eq!(seen(&seconds), None);
        let rate = |row: i64| {
            if row < 2_000 {
                row * 20
            } else {
                40_000 + (row - 2_000) * 10
            }
        };
        let faster: Vec<i64> = (0..4_000).map(|row| rate(row) * 1_000_000).collect();
        assert_eq!(seen(&faster), None);
        assert_eq!(seen(&[0; 500]), None);
    }
}
