//! Physics Toolbox Sensor Suite: several sensors in one table, a row at every event of any of them.

use std::io;

use super::export::STANDARD_GRAVITY;
use super::{Clock, Dialect, Expect, Export, Members, Packing};

const MULTI: Dialect = Dialect {
    name: "physics_toolbox",
    made_by: "Physics Toolbox, multi record",
    packing: Packing::Files,
    rate_hz: 50.0,
    resolution_g: 0.000_1,
    range_g: 4.0,
    idle_sleep: None,
    expect: Expect::in_g("physics_toolbox", Clock::Elapsed),
    write: multi,
};

pub(super) const DIALECTS: &[Dialect] = &[
    MULTI,
    Dialect {
        name: "physics_toolbox_g",
        made_by: "Physics Toolbox, g-force meter",
        write: |e, m| g_force(e, m, ",", "."),
        ..MULTI
    },
    Dialect {
        name: "physics_toolbox_decimal_comma",
        made_by: "Physics Toolbox, g-force meter on a phone with decimal commas",
        write: |e, m| g_force(e, m, ";", ","),
        ..MULTI
    },
    Dialect {
        name: "physics_toolbox_linear",
        made_by: "Physics Toolbox, linear accelerometer",
        expect: Expect::linear("physics_toolbox", Clock::Elapsed),
        write: |e, m| {
            m.begin(&file(e))?;
            writeln!(m, "time,ax (m/s^2),ay (m/s^2),az (m/s^2),aT (m/s^2)")?;
            e.each_with_fusion(|s| {
                let [x, y, z] = s.linear_g().map(|g| g * STANDARD_GRAVITY);
                let total = (x * x + y * y + z * z).sqrt();
                writeln!(
                    m,
                    "{:.6},{x:.4},{y:.4},{z:.4},{total:.4}",
                    s.since_s() + LEAD_S
                )
            })
        },
        ..MULTI
    },
];

const LEAD_S: f64 = 0.039_88;

fn file(e: &Export) -> String {
    let shown = e.phone_clock().at(0);
    format!("{}{}.csv", shown.date(), shown.clock().replace(':', "."))
}

/// The g-force of a row is the last one that came; the gyroscope writes a row of its own a little later.
fn multi(e: &Export, m: &mut dyn Members) -> io::Result<u64> {
    m.begin(&file(e))?;
    writeln!(m, "\ntime,gFx,gFy,gFz,ax,ay,az,wx,wy,wz,")?;
    let mut r = e.random("events");
    let mut n = 0;
    let mut turned = [0.0; 3];
    e.each_with_fusion(|s| {
        let [x, y, z] = s.g;
        let linear = s
            .linear_g()
            .map(|g| format!("{:.4}", g * STANDARD_GRAVITY))
            .join(",");
        for event in 0..2 {
            let late = if event == 0 {
                0.0
            } else {
                r.between(0.000_3, 0.012)
            };
            let [a, b, c] = turned.map(f64::to_radians);
            let at = s.since_s() + LEAD_S + late;
            writeln!(
                m,
                "{at:.6},{x:.4},{y:.4},{z:.4},{linear},{a:.4},{b:.4},{c:.4},"
            )?;
            turned = s.turning;
            n += 1;
        }
        Ok(())
    })?;
    Ok(n)
}

fn g_force(e: &Export, m: &mut dyn Members, d: &str, decimal: &str) -> io::Result<u64> {
    m.begin(&file(e))?;
    writeln!(m, "{}", ["time", "gFx", "gFy", "gFz", "TgF"].join(d))?;
    e.each(|s| {
        let [x, y, z] = s.g;
        let total = (x * x + y * y + z * z).sqrt();
        let cells = [x, y, z, total].map(|v| format!("{v:.4}"));
        let row = format!("{:.6}{d}{}", s.since_s() + LEAD_S, cells.join(d));
        writeln!(
            m,
            "{}",
            if decimal == "." {
                row
            } else {
                row.replace('.', decimal)
            }
        )
    })
}
