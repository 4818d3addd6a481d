//! The sources of sleep data that are known.

#[cfg(feature = "health-connect")]
use super::health_connect;
use super::{
    Head, SleepErrorKind, SleepExport, Source, apple_csv, apple_xml, clock_table, domino,
    eight_sleep, epochs, fitbit_csv, fitbit_json, garmin, hypnogram, intervals_json, luna,
    mi_fitness, oura, plain, polar, qs_access, remlogic, samsung, sleep_as_android, snooz,
    withings, zeo, zepp,
};

/// A source of sleep data.
pub(super) struct Format {
    /// Its short name.
    pub(super) name: &'static str,
    /// Whether it has the times of stages: of an archive's files those are read.
    pub(super) stages: bool,
    /// Whether its files can be JSON.
    pub(super) json: bool,
    pub(super) recognises: fn(&Head) -> bool,
    pub(super) read: fn(&mut Source) -> Result<SleepExport, SleepErrorKind>,
}

impl Format {
    /// A vendor's table of nights and its table of stages complete each other: they are of one family.
    pub(super) fn family(&self) -> &'static str {
        match self.name {
            "sleep_withings_raw" | "sleep_withings_summary" => "sleep_withings",
            name => name,
        }
    }

    /// Whether it is a table or a list that names no vendor: read only where nothing else is there.
    pub(super) fn is_plain(&self) -> bool {
        matches!(
            self.name,
            "sleep_plain" | "sleep_epochs" | "sleep_clock_table"
        )
    }
}

/// Sources in the order in which they are tried: the more special first.
pub(super) const FORMATS: &[Format] = &[
    Format {
        name: "sleep_apple_xml",
        stages: true,
        json: false,
        recognises: apple_xml::recognises,
        read: apple_xml::read,
    },
    Format {
        name: "sleep_apple_csv",
        stages: true,
        json: false,
        recognises: apple_csv::recognises,
        read: apple_csv::read,
    },
    Format {
        name: "sleep_qs_access",
        stages: true,
        json: false,
        recognises: qs_access::recognises,
        read: qs_access::read,
    },
    Format {
        name: "sleep_fitbit_json",
        stages: true,
        json: true,
        recognises: fitbit_json::recognises,
        read: fitbit_json::read,
    },
    Format {
        name: "sleep_fitbit_csv",
        stages: false,
        json: false,
        recognises: fitbit_csv::recognises,
        read: fitbit_csv::read,
    },
    Format {
        name: "sleep_garmin",
        stages: true,
        json: true,
        recognises: garmin::recognises,
        read: garmin::read,
    },
    Format {
        name: "sleep_oura",
        stages: true,
        json: true,
        recognises: oura::recognises,
        read: oura::read,
    },
    Format {
        name: "sleep_polar",
        stages: true,
        json: true,
        recognises: polar::recognises,
        read: polar::read,
    },
    Format {
        name: "sleep_eight_sleep",
        stages: true,
        json: true,
        recognises: eight_sleep::recognises,
        read: eight_sleep::read,
    },
    Format {
        name: "sleep_intervals_json",
        stages: true,
        json: true,
        recognises: intervals_json::recognises,
        read: intervals_json::read,
    },
    Format {
        name: "sleep_mi_fitness",
        stages: true,
        json: false,
        recognises: mi_fitness::recognises,
        read: mi_fitness::read,
    },
    Format {
        name: "sleep_withings_raw",
        stages: true,
        json: false,
        recognises: withings::recognises_raw,
        read: withings::read_raw,
    },
    Format {
        name: "sleep_withings_summary",
        stages: false,
        json: false,
        recognises: withings::recognises_summary,
        read: withings::read_summary,
    },
    Format {
        name: "sleep_samsung",
        stages: true,
        json: false,
        recognises: samsung::recognises_stages,
        read: samsung::read,
    },
    Format {
        name: "sleep_samsung",
        stages: false,
        json: false,
        recognises: samsung::recognises_nights,
        read: samsung::read,
    },
    Format {
        name: "sleep_as_android",
        stages: true,
        json: false,
        recognises: sleep_as_android::recognises,
        read: sleep_as_android::read,
    },
    Format {
        name: "sleep_zepp",
        stages: false,
        json: false,
        recognises: zepp::recognises,
        read: zepp::read,
    },
    Format {
        name: "sleep_zeo",
        stages: true,
        json: false,
        recognises: zeo::recognises,
        read: zeo::read,
    },
    Format {
        name: "sleep_remlogic",
        stages: true,
        json: false,
        recognises: remlogic::recognises,
        read: remlogic::read,
    },
    Format {
        name: "sleep_domino",
        stages: true,
        json: false,
        recognises: domino::recognises,
        read: domino::read,
    },
    Format {
        name: "sleep_snooz",
        stages: true,
        json: false,
        recognises: snooz::recognises,
        read: snooz::read,
    },
    Format {
        name: "sleep_luna",
        stages: true,
        json: false,
        recognises: luna::recognises,
        read: luna::read,
    },
    Format {
        name: "sleep_accel_labels",
        stages: true,
        json: false,
        recognises: hypnogram::recognises,
        read: hypnogram::read,
    },
    #[cfg(feature = "health-connect")]
    Format {
        name: "sleep_health_connect",
        stages: true,
        json: false,
        recognises: health_connect::recognises,
        read: health_connect::read,
    },
    Format {
        name: "sleep_clock_table",
        stages: true,
        json: false,
        recognises: clock_table::recognises,
        read: clock_table::read,
    },
    Format {
        name: "sleep_plain",
        stages: true,
        json: false,
        recognises: plain::recognises,
        read: plain::read,
    },
    Format {
        name: "sleep_epochs",
        stages: true,
        json: false,
        recognises: epochs::recognises,
        read: epochs::read,
    },
];

pub(super) fn format_of(head: &Head) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.recognises)(head))
}
