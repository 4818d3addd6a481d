//! Several files of one vendor in a folder.

use legtrace::ingest::sleep::{MaskOptions, SleepOptions, open};
use legtrace::model::clock::RecordingClock;
use legtrace::model::recording::StampKind;

use super::instant;
use crate::made::Folder;

const STAGES: &str = "com.samsung.health.sleep_stage,6307003,7\n\
start_time,stage,time_offset,deviceuuid,end_time\n\
2025-02-21 23:40:00.000,40002,UTC+0100,ZY,2025-02-22 05:50:00.000,\n";

const NIGHTS: &str = "com.samsung.shealth.sleep,6307003,7\n\
com.samsung.health.sleep.start_time,com.samsung.health.sleep.time_offset,com.samsung.health.sleep.deviceuuid,com.samsung.health.sleep.end_time\n\
2019-07-01 22:00:00.000,UTC+0200,ZY,2019-07-02 06:00:00.000,\n\
2025-02-21 23:30:00.000,UTC+0100,ZY,2025-02-22 06:00:00.000,\n";

#[test]
fn a_vendors_nights_and_stages_are_read_together() {
    let folder = Folder::new();
    folder.file("com.samsung.shealth.sleep.1.csv", NIGHTS);
    folder.file("com.samsung.health.sleep_stage.1.csv", STAGES);
    let export = open(folder.path(), &SleepOptions::default()).expect("a sleep export");
    assert_eq!((export.nights.len(), export.intervals.len()), (2, 1));
    let lay = |start: &str| {
        let clock = RecordingClock::new(instant(start), StampKind::Utc, None);
        let length = jiff::SignedDuration::from_hours(8);
        export
            .mask(&clock, length, &MaskOptions::default())
            .expect("a fit")
    };
    let old = lay("2019-07-01T22:00:00Z");
    assert!(old.stages.is_empty());
    let length = |(from, to): (jiff::SignedDuration, jiff::SignedDuration)| (to - from).as_mins();
    assert_eq!(old.period.map(length), Some(480));
    let new = lay("2025-02-21T23:00:00Z");
    assert_eq!(new.stages.len(), 1);
    assert_eq!(new.period.map(length), Some(390));
}
