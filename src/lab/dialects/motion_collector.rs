//! MotionCollector for iOS: more cells than names, epoch seconds, g with iOS's signs.

use std::io;

use super::{Clock, Dialect, Expect, Export, Members, Packing};

pub(super) const DIALECTS: &[Dialect] = &[Dialect {
    name: "motion_collector",
    made_by: "MotionCollector on iPhone",
    packing: Packing::Files,
    rate_hz: 60.0,
    resolution_g: 0.000_5,
    range_g: 8.0,
    idle_sleep: None,
    expect: Expect::in_g("motion_collector", Clock::Zoned),
    write: session,
}];

fn session(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin("session.csv")?;
    writeln!(
        m,
        "SessionID,SessionDate,SessionDuration,SessionFrequency,RecordID,Timestamp,timeIntervalSince1970,GyroX,GyroY,GyroZ,\
AccX,AccY,AccZ,MagX,MagY,MagZ,WatchTimestamp,WatchtImeIntervalSince1970,WatchGyroX,WatchGyroY,WatchGyroZ,WatchAccX,\
WatchAccY,WatchAccZ"
    )?;
    let mut clock = e.phone_clock();
    let session = clock.rounded(0).stamp(' ', '.') + "0";
    let rate = e.rate_hz();
    e.each_with_fusion(|s| {
        let us = (e.start_ns() + s.since_ns) / 1_000;
        let shown = clock.rounded(s.since_ns).stamp(' ', '.');
        let turning = s.turning.map(|v| v.to_radians().to_string()).join(",");
        let g = s.g.map(|g| (-g).to_string()).join(",");
        writeln!(
            m,
            "0,{session},00:30,{rate},{},{shown}0,{}.{:06},{turning},{g},37.4,16.9,-69.6,,,,,,,,,,",
            s.number,
            us / 1_000_000,
            us % 1_000_000
        )
    })
}
