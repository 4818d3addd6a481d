//! Binary formats by their first bytes, and the usual way from each to CSV.

/// A format that is not read, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) struct Foreign {
    pub name: &'static str,
    pub advice: &'static str,
}

/// One row: what must stand where, the name, the way to CSV.
type Row = (usize, &'static [u8], &'static str, &'static str);

const KNOWN: &[Row] = &[
    (
        0,
        b"SQLite format 3\0",
        "an SQLite database",
        "From Health Connect it holds sleep: give it with --sleep. Else export the table with the samples to CSV (ActiLife: \"Export raw data\" from the .gt3x, not from the .agd).",
    ),
    (
        0,
        b"MATLAB 5.0 MAT-file",
        "a MATLAB file",
        "In MATLAB: writetimetable(Acceleration, \"acceleration.csv\").",
    ),
    (
        0,
        b"MATLAB 7.3 MAT-file",
        "a MATLAB file",
        "In MATLAB: writetimetable(Acceleration, \"acceleration.csv\").",
    ),
    (
        0,
        b"\x89HDF\r\n\x1a\n",
        "an HDF5 file",
        "Write the table with the samples to CSV, for instance with h5py or pandas.",
    ),
    (
        8,
        b".FIT",
        "a Garmin FIT file",
        "Convert it with Garmin's FIT SDK (FitCSVTool) and keep the accelerometer_data messages.",
    ),
    (
        0,
        b"Obj\x01",
        "an Avro file",
        "Empatica's own script turns it into accelerometer.csv (see the EmbracePlus data guide).",
    ),
    (
        0,
        b"PAR1",
        "a Parquet file",
        "Write it as CSV, for instance with pandas: read_parquet(...).to_csv(...).",
    ),
    (
        0,
        b"ARROW1",
        "a Feather file",
        "Write it as CSV, for instance with pandas: read_feather(...).to_csv(...).",
    ),
    (
        0,
        b"MD\xFC\x03",
        "an Axivity CWA file",
        "Export it as CSV with OmGui (Export > Raw CSV), cwa-convert or omconvert.",
    ),
    (
        0,
        b"Device Identity\r\n",
        "a GENEActiv .bin file",
        "Export it as raw CSV with the GENEActiv PC software, or with omconvert.",
    ),
    (
        0,
        b"Device Identity\n",
        "a GENEActiv .bin file",
        "Export it as raw CSV with the GENEActiv PC software, or with omconvert.",
    ),
    (
        0,
        b"\x55\x61",
        "a WitMotion binary log",
        "Open it in WitMotion's PC program and save it as a text or CSV file.",
    ),
    (
        0,
        b"\x55\x51",
        "a WitMotion binary log",
        "Open it in WitMotion's PC program and save it as a text or CSV file.",
    ),
    (
        0,
        b"0       ",
        "an EDF recording",
        "Export the accelerometer channels as CSV with a time column, for instance with EDFbrowser.",
    ),
    (
        0,
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an Excel workbook",
        "Ask the device for its original CSV; opening it in a spreadsheet and saving it again rounds the times.",
    ),
    (
        0,
        b"BZh",
        "a bzip2 archive",
        "Unpack it first, or pack it as .gz or .zip.",
    ),
    (
        0,
        b"\xFD7zXZ\0",
        "an xz archive",
        "Unpack it first, or pack it as .gz or .zip.",
    ),
    (
        0,
        b"\x28\xB5\x2F\xFD",
        "a zstd archive",
        "Unpack it first, or pack it as .gz or .zip.",
    ),
    (
        0,
        b"7z\xBC\xAF\x27\x1C",
        "a 7z archive",
        "Unpack it first, or pack it as .gz or .zip.",
    ),
    (
        0,
        b"Rar!\x1A\x07",
        "a RAR archive",
        "Unpack it first, or pack it as .gz or .zip.",
    ),
    (
        257,
        b"ustar",
        "a tar archive",
        "Unpack it first and give the folder.",
    ),
    (
        0,
        b"%PDF",
        "a PDF document",
        "Samples are needed, not a report: export raw data from the device's app.",
    ),
    (
        0,
        b"\x89PNG",
        "a picture",
        "Samples are needed, not a picture.",
    ),
    (
        0,
        b"\xFF\xD8\xFF",
        "a picture",
        "Samples are needed, not a picture.",
    ),
    (
        4,
        b"ftyp",
        "a video or sound file",
        "Samples of an accelerometer are needed.",
    ),
    (
        0,
        b"RIFF",
        "a video or sound file",
        "Samples of an accelerometer are needed.",
    ),
    (
        0,
        b"\x93NUMPY",
        "a NumPy array",
        "Write it as CSV with numpy.savetxt, with a time column.",
    ),
    (
        0,
        b"\x80\x04\x95",
        "a Python pickle",
        "Write it as CSV, for instance with pandas: to_csv(...).",
    ),
    (
        0,
        b"bplist00",
        "a binary property list",
        "Export CSV from the app that wrote it.",
    ),
    (
        0,
        b"\x7FELF",
        "a program",
        "Samples of an accelerometer are needed.",
    ),
];

/// The binary format that the first bytes belong to, if it is a known one.
pub(in crate::ingest) fn foreign(head: &[u8]) -> Option<Foreign> {
    KNOWN
        .iter()
        .find(|(at, magic, ..)| head.get(*at..).is_some_and(|rest| rest.starts_with(magic)))
        .map(|(_, _, name, advice)| Foreign { name, advice })
}

/// The office document or device file that a zip archive with these members is, if it is one.
pub(in crate::ingest) fn foreign_zip(names: &[String]) -> Option<Foreign> {
    let has = |what: &dyn Fn(&str) -> bool| names.iter().any(|name| what(name));
    if has(&|name| name.starts_with("xl/")) {
        return Some(Foreign {
            name: "an Excel workbook",
            advice: "Ask the device for its original CSV; opening it in a spreadsheet and saving it again rounds the times.",
        });
    }
    // the older kind holds activity.bin, the newer log.bin
    if has(&|name| name == "log.bin") || has(&|name| name == "activity.bin") {
        return Some(Foreign {
            name: "an ActiGraph .gt3x file",
            advice: "Export raw data as CSV with ActiLife (File > Export > Raw), or with pygt3x.",
        });
    }
    if has(&|name| name == "content.xml" || name.starts_with("word/")) {
        return Some(Foreign {
            name: "an office document",
            advice: "Ask the device for its original CSV.",
        });
    }
    None
}

/// Whether bytes are no text: control characters beyond the odd one.
pub(in crate::ingest) fn looks_binary(head: &[u8]) -> bool {
    let sample = &head[..head.len().min(8 * 1024)];
    let control = sample
        .iter()
        .filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127))
        .count();
    control > 0 && control * 50 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn device_files_are_known_by_name() {
        assert_eq!(
            foreign(b"MD\xFC\x03rest").unwrap().name,
            "an Axivity CWA file"
        );
        assert_eq!(
            foreign(b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT")
                .unwrap()
                .name,
            "a Garmin FIT file"
        );
        assert_eq!(foreign(b"time,x,y,z\n"), None);
        let names = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            foreign_zip(&names(&["[Content_Types].xml", "xl/workbook.xml"]))
                .unwrap()
                .name,
            "an Excel workbook"
        );
        for activity in ["log.bin", "activity.bin"] {
            assert_eq!(
                foreign_zip(&names(&["info.txt", activity])).unwrap().name,
                "an ActiGraph .gt3x file"
            );
        }
        assert_eq!(foreign_zip(&names(&["Accelerometer.csv"])), None);
    }

    #[test]
    fn text_with_a_stray_byte_is_still_text() {
        let mut text = b"1,2,3\n".repeat(100);
        assert!(!looks_binary(&text));
        text[7] = 1;
        assert!(!looks_binary(&text));
        assert!(looks_binary(&[0x55, 0, 1, 2, 3, 200, 17, 90]));
    }
}
