//! What stands against a recording, once its rows are read: refusals, and warnings that go with the result.

use super::error::{ReadError, ReadResult, Refusal};
use super::survey::Idle;
use super::time::timeline::{Notes, Timeline};
use crate::model::recording::{Gap, RowCounts, StampKind};
use crate::model::units::SampleRate;

/// Slower recordings cannot show a leg movement of half a second (FORMATS.md, "Bounds of reading").
const SLOWEST_HZ: f64 = 4.5;
/// Laboratory sensors of the muscles' sound reach 4000 Hz; what is faster is a wrong clock.
const FASTEST_HZ: f64 = 4000.0;
/// More broken rows than this are a broken file.
const BROKEN_SHARE: f64 = 0.01;
/// More rows out of order than this are two recordings, or none.
const BACKWARD_SHARE: f64 = 0.20;
/// Of rows after a counter that began anew, so many are no mere trial before the night.
const ANEW_SHARE: f64 = 0.01;
/// More stamps equal to the one before, where the head had none, were rounded.
const EQUAL_SHARE: f64 = 0.30;

/// Why there are hardly any samples.
pub(super) fn too_few(timeline: &Timeline) -> ReadError {
    let counts = timeline.counts;
    if let Some((line, seen)) = &timeline.notes.unparsable {
        return ReadError::new(
            Refusal::NoSamples,
            format!(
                "No row could be read: {} rows hold something else than numbers (first: {seen}). Check --delimiter, \
                 --decimal and --columns.",
                counts.unparsable
            ),
        )
        .at_line(*line);
    }
    ReadError::new(
        Refusal::NoSamples,
        format!(
            "The file holds {} of acceleration, which is no recording. Check the export on the device.",
            match counts.parsed {
                0 => "no sample".to_owned(),
                1 => "one sample".to_owned(),
                n => format!("{n} samples"),
            }
        ),
    )
}

/// Refuses rates that leg movements cannot be seen at.
pub(super) fn check_rate(rate: SampleRate) -> ReadResult<()> {
    if rate.hz() > FASTEST_HZ {
        return Err(ReadError::new(
            Refusal::NeedsTimeFormat,
            format!(
                "The samples would come at {:.0} Hz, which no wearable does: the time counts something else than it was taken for \
                 (inspect says what). Add --time-format, as elapsed-ms, or --time-format none with --rate HZ.",
                rate.hz()
            ),
        ));
    }
    if rate.hz() >= SLOWEST_HZ {
        return Ok(());
    }
    let every_s = 1.0 / rate.hz();
    if every_s > 2.0 {
        return Err(ReadError::new(
            Refusal::TooSlow,
            format!(
                "There is a row every {every_s:.0} s: averages or single values, which hold no movements. Export the raw samples, 25 a \
                 second or more."
            ),
        ));
    }
    Err(ReadError::new(
        Refusal::TooSlow,
        format!(
            "The samples come at {:.2} Hz. A leg movement lasts half a second to ten; below {SLOWEST_HZ} Hz it cannot be \
             seen. Record at 25 Hz or more (in most apps a setting). If the time column counts finer steps than \
             it was taken for (inspect says which), add --time-format, as elapsed-ms.",
            rate.hz()
        ),
    ))
}

/// What shows in the rows only once all are read.
pub(super) fn check_rows(timeline: &Timeline) -> ReadResult<()> {
    let counts = timeline.counts;
    let notes = &timeline.notes;
    let rows = (counts.parsed + counts.unparsable).max(1) as f64;
    // what begins below the last row of samples is something else that the export says
    if let Some((line, seen)) = &notes.unparsable
        && *line < notes.last_line
        && counts.unparsable as f64 > (BROKEN_SHARE * rows).max(1.0)
    {
        return Err(ReadError::new(
            Refusal::Damaged,
            format!(
                "{} of {} rows hold something else than numbers (first: {seen}). Check --delimiter, --decimal and --columns, or \
                 export the file again.",
                counts.unparsable,
                counts.parsed + counts.unparsable
            ),
        )
        .at_line(*line));
    }
    if let Some(line) = notes.began_anew
        && counts.backward as f64 > ANEW_SHARE * rows
    {
        return Err(ReadError::new(
            Refusal::Contradiction,
            "The time begins anew here, and no clock says how much later: several recordings in one file, or a device that started \
             again. Cut the file at this line and give the parts one by one.",
        )
        .at_line(line));
    }
    if let Some((line, by)) = notes.first_backward
        && counts.backward as f64 > BACKWARD_SHARE * rows
    {
        return Err(ReadError::new(
            Refusal::Contradiction,
            format!(
                "The time steps back by {:.3} s here, and {} of {} rows lie before rows already read: several recordings in one \
                 file, or rows in no order. Cut the file at this line, or sort it by time.",
                by as f64 * 1e-9,
                counts.backward,
                counts.parsed
            ),
        )
        .at_line(line));
    }
    if notes.equal_stamps as f64 > EQUAL_SHARE * rows {
        return Err(ReadError::new(
            Refusal::DamagedBySpreadsheet,
            format!(
                "{} of {} rows have the time of the row before, though the first rows have not: a spreadsheet program rounded the \
                 times. Export the file again and do not open it in between.",
                notes.equal_stamps, counts.parsed
            ),
        ));
    }
    Ok(())
}

/// A night that goes on a month later had its days taken for months.
pub(super) fn check_months(gaps: &[Gap], stamps: StampKind) -> ReadResult<()> {
    if stamps == StampKind::Elapsed {
        return Ok(());
    }
    let day = 86_400.0;
    for gap in gaps {
        let days = gap.length.as_secs_f64() / day;
        // from the third of one month to the third of the next, less the seconds before midnight
        if (27.5..31.5).contains(&days) && (days - days.round()).abs() * day < 5.0 {
            return Err(ReadError::new(
                Refusal::NeedsDateOrder,
                format!(
                    "The samples go on {:.0} days later, {:.1} h after the start, without a pause on the clock: day and month were taken \
                     for each other. Add --date-order dmy or --date-order mdy.",
                    days.round(),
                    gap.start.as_secs_f64() / 3600.0
                ),
            ));
        }
    }
    Ok(())
}

/// What the reader of the results should know, one sentence each.
pub(super) fn warnings(
    rate: SampleRate,
    change_of_rate: Option<[f64; 3]>,
    counts: RowCounts,
    notes: &Notes,
    idle: Idle,
) -> Vec<String> {
    let mut warnings = Vec::new();
    if rate.hz() < 8.0 {
        warnings.push(format!(
            "{:.1} Hz is unreliable for leg movements.",
            rate.hz()
        ));
    } else if rate.hz() < 15.0 {
        warnings.push(format!(
            "{:.1} Hz is a limited rate for leg movements.",
            rate.hz()
        ));
    }
    if let Some([lowest, mean, highest]) = change_of_rate {
        warnings.push(format!(
            "The rate changes within the recording: {lowest:.1} to {highest:.1} Hz from one time to another, {mean:.2} Hz in the mean."
        ));
    }
    if counts.duplicate > 0 {
        warnings.push(format!(
            "{} rows repeat a row before them and were left out.",
            counts.duplicate
        ));
    }
    if let Some((line, _)) = notes.first_backward {
        warnings.push(format!(
            "{} rows step back in time and were left out (first at line {line}).",
            counts.backward
        ));
    }
    if let Some((line, seen)) = &notes.unparsable {
        warnings.push(format!(
            "{} rows hold something else than numbers and were left out (first at line {line}: {seen}).",
            counts.unparsable
        ));
    }
    // in a table of several sensors most rows hold nothing of this one
    if counts.missing > 0 && counts.missing < counts.parsed {
        warnings.push(format!(
            "{} rows have no value for one axis or say so (as NaN), and were left out.",
            counts.missing
        ));
    }
    if counts.lost > 0 {
        warnings.push(format!(
            "{} rows hold one number in all axes where gravity should be, as for lost packets, and were left out.",
            counts.lost
        ));
    }
    for (line, seconds) in &notes.clock_changes {
        warnings.push(format!(
            "The clock follows the change of time: it jumps by {seconds} s at line {line}; the samples go on."
        ));
    }
    if notes.midnights > 0 {
        warnings.push(format!(
            "The clock shows the time of day without a date; midnights that it passed: {}.",
            notes.midnights
        ));
    }
    if notes.wraps > 0 {
        warnings.push(format!(
            "The device's counter began anew {} times, as counters of its width do.",
            notes.wraps
        ));
    }
    if notes.restarts > 0 {
        warnings.push(format!(
            "The device's clock restarted {} times; the wall clock carried on.",
            notes.restarts
        ));
    }
    if idle.n > 0 {
        warnings.push(format!(
            "The device repeated its last value in {} stretches of 10 s and more, {:.1} min together (idle sleep): small \
             movements may be lost there.",
            idle.n,
            idle.total_ns as f64 / 60e9
        ));
    }
    warnings
}

/// No two samples at different times.
pub(super) fn no_samples() -> ReadError {
    ReadError::new(
        Refusal::NoSamples,
        "The file holds no two samples at different times.",
    )
}
