//! The benchmark as a table on the terminal.

use std::fmt::Write as _;

use super::Benchmark;
use crate::output::rows::BenchmarkRow;

impl Benchmark {
    /// A table for each set, against what the sensor could see, and one of speed.
    pub fn in_words(&self) -> String {
        let mut out = String::new();
        for set in &self.sets {
            // Writing to a String cannot fail.
            let _ = writeln!(
                out,
                "{}: {}; {} nights",
                set.name,
                set.about,
                set.nights.len()
            );
            out.push_str(&columns(&self.lines(set.name)));
            out.push('\n');
        }
        if let Some(first) = self.speed.first() {
            let _ = writeln!(
                out,
                "Speed on one core: a night of {} h at {} Hz",
                first.recorded_h, first.rate_hz
            );
            let mut lines = vec![cells([
                "detector",
                "nights/h",
                "prepare s",
                "detect s",
                "trace MB",
                "peak MB",
            ])];
            for row in &self.speed {
                lines.push(cells([
                    &row.method,
                    &format!("{:.0}", row.nights_per_h),
                    &format!("{:.3}", row.prepare_s),
                    &format!("{:.3}", row.detect_s),
                    &format!("{:.1}", row.trace_mb),
                    &number(row.peak_mb, 1),
                ]));
            }
            out.push_str(&columns(&lines));
        }
        out.push_str(
            "\nIn brackets: 95 % interval, nights resampled. Gain: F1 of the first detector less this one's, mean over nights.\n",
        );
        out
    }

    fn lines(&self, set: &str) -> Vec<Vec<String>> {
        let of = |method: &str, events: &str| {
            self.rows.iter().find(|row| {
                row.set == set
                    && row.truth == "visible"
                    && row.events == events
                    && row.method == method
            })
        };
        let mut lines = vec![cells([
            "detector",
            "LM F1",
            "PLM P",
            "PLM R",
            "PLM F1",
            "gain in PLM F1",
            "count",
            "bias/h",
            "limits/h",
            "MAE/h",
            "ICC",
            "false/h",
            "onset s",
        ])];
        for lm in self
            .rows
            .iter()
            .filter(|row| row.set == set && row.truth == "visible" && row.events == "lm")
        {
            if let Some(plm) = of(&lm.method, "plm") {
                lines.push(line(lm, plm));
            }
        }
        lines
    }
}

fn line(lm: &BenchmarkRow, plm: &BenchmarkRow) -> Vec<String> {
    let limits = match (plm.index_lower_per_h, plm.index_upper_per_h) {
        (Some(lower), Some(upper)) => format!("{lower:+.1} to {upper:+.1}"),
        _ => "–".to_owned(),
    };
    cells([
        &lm.method,
        &with_interval(lm.f1, lm.f1_low, lm.f1_high),
        &number(plm.precision, 3),
        &number(plm.sensitivity, 3),
        &with_interval(plm.f1, plm.f1_low, plm.f1_high),
        &with_interval(plm.f1_gain, plm.f1_gain_low, plm.f1_gain_high),
        &plm.count_bias
            .map_or("–".to_owned(), |bias| format!("{:+.0} %", bias * 100.0)),
        &plm.index_bias_per_h
            .map_or("–".to_owned(), |bias| format!("{bias:+.2}")),
        &limits,
        &number(plm.index_mae_per_h, 2),
        &number(plm.index_icc, 3),
        &number(plm.false_per_h, 2),
        &number(lm.onset_error_s, 2),
    ])
}

fn cells<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn number(value: Option<f64>, decimals: usize) -> String {
    value.map_or("–".to_owned(), |value| format!("{value:.decimals$}"))
}

fn with_interval(value: Option<f64>, low: Option<f64>, high: Option<f64>) -> String {
    match (value, low, high) {
        (Some(value), Some(low), Some(high)) => format!("{value:.3} [{low:.3}, {high:.3}]"),
        _ => number(value, 3),
    }
}

/// Lines of cells under each other: the first column to the left, the others to the right.
pub(super) fn columns(lines: &[Vec<String>]) -> String {
    let n = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..n).map(width).collect();
    let mut out = String::new();
    for line in lines {
        for (column, cell) in line.iter().enumerate() {
            let width = widths[column];
            let _ = match column {
                0 => write!(out, "  {cell:<width$}"),
                _ => write!(out, "  {cell:>width$}"),
            };
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let lines = [cells(["a", "1"]), cells(["long", "22 –"])];
        assert_eq!(columns(&lines), "  a        1\n  long  22 –\n");
    }

    #[test]
    fn what_is_missing_is_a_dash() {
        assert_eq!(with_interval(None, None, None), "–");
        assert_eq!(with_interval(Some(0.5), None, None), "0.500");
        assert_eq!(
            with_interval(Some(0.5), Some(0.4), Some(0.6)),
            "0.500 [0.400, 0.600]"
        );
    }
}
