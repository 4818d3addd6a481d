//! What is told of each file that a night was made of.

use jiff::SignedDuration;

use super::FileTold;
use crate::model::body::Leg;
use crate::model::clock::RecordingClock;
use crate::model::recording::{SourceInfo, Survey};
use crate::output::rows::{FileRow, LocalTime, hours};
use crate::pipeline::night::Worn;

/// Of each file: leg by leg, piece by piece.
pub(super) fn told(worn: &[Worn]) -> Vec<FileTold> {
    let mut all = Vec::new();
    for one in worn {
        let info: &SourceInfo = &one.recording.info;
        for survey in &one.recording.surveys {
            all.push(file_told(info, survey, one.leg));
        }
    }
    all
}

fn file_told(info: &SourceInfo, survey: &Survey, leg: Option<Leg>) -> FileTold {
    let clock = RecordingClock::new(
        survey.first_stamp_ns.unwrap_or_default(),
        info.stamps,
        info.zone.clone(),
    );
    let rows = &survey.rows;
    FileTold {
        row: FileRow {
            outcome: "analysed".to_owned(),
            member: info.member.clone(),
            format: Some(info.format.clone()),
            device: info.device.clone(),
            leg,
            placement: Some(info.placement),
            start_utc: clock.instant(SignedDuration::ZERO),
            start_local: LocalTime::at(&clock, SignedDuration::ZERO),
            duration_h: Some(hours(survey.duration())),
            n_samples: Some(rows.parsed),
            n_rows_left_out: Some(rows.unparsable + rows.duplicate + rows.backward),
            rate_hz: Some(survey.rate.hz()),
            n_gaps: u32::try_from(survey.gaps.len()).ok(),
            unit: Some(survey.unit.name().to_owned()),
            gravity: Some(survey.gravity.name().to_owned()),
            ..FileRow::default()
        },
        decisions: survey
            .decisions
            .iter()
            .map(|d| (d.what.clone(), d.value.clone(), d.because.clone()))
            .collect(),
    }
}
