//! Diaries as people write them: both languages, both orders of day and month, units, slips, and bytes of any kind.

use jiff::civil::{Date, date};
use legtrace::ingest::diary::{
    DateOrder, DecimalMark, DiaryError, DiaryOptions, DiaryReading, RecordedNight, Weight, check,
    read,
};
use legtrace::model::diary::medicine::{Amount, DayDose};
use legtrace::model::diary::{EventKind, FactorKind, FactorValue, LabTest, Rating};
use proptest::prelude::*;

fn reading(text: &str) -> DiaryReading {
    read(text.as_bytes(), &DiaryOptions::default()).expect("a diary that can be read")
}

/// Code and line of every remark.
fn remarks(reading: &DiaryReading) -> Vec<(&'static str, u64)> {
    reading
        .remarks
        .iter()
        .map(|remark| {
            (
                remark.code,
                remark.place.as_ref().map_or(0, |place| place.line),
            )
        })
        .collect()
}

fn codes(reading: &DiaryReading, nights: &[Date]) -> Vec<&'static str> {
    let nights: Vec<RecordedNight> = nights
        .iter()
        .map(|evening| RecordedNight::on(*evening))
        .collect();
    check(reading, &nights)
        .iter()
        .map(|remark| remark.code)
        .collect()
}

const GERMAN: &str = "\u{FEFF}Datum;Licht aus;Licht an;RLS-Stärke (0-10);Medikamente;Koffein (mg);Alkohol;Sport;Ferritin (µg/l);CRP (mg/dl);Vitamin D;Stichworte;Wetter\r
Mo, 04.03.2024;23.10 Uhr;6:45;6,5;\"Pramipexol 0,18 mg 21:00; Eisen 100 mg\";160;0;30 min;48;0,3;75 nmol/l;spät gegessen, Reise;Föhn\r
05.03.2024;0:20;7:00;4;Pramipexol 0,36 mg 21 Uhr;nein;2;1,5 h;;;;;\r
06.03.2024;;;7/10;keine;80;-;;;;;keine;\r
";

#[test]
fn a_german_diary_is_read_whole() {
    let reading = reading(GERMAN);
    assert_eq!(reading.remarks, []);
    assert_eq!(reading.diary.unplaced, []);
    let diary = &reading.diary;
    let first = &diary.entries[0];
    assert_eq!((first.line, first.date), (2, date(2024, 3, 4)));
    assert_eq!(first.lights_out, Some(date(2024, 3, 4).at(23, 10, 0, 0)));
    assert_eq!(first.lights_on, Some(date(2024, 3, 5).at(6, 45, 0, 0)));
    assert_eq!(first.ratings.severity, Some(6.5));
    assert_eq!(
        first.tags,
        Some(vec!["spät gegessen".to_owned(), "Reise".to_owned()])
    );
    assert_eq!(
        diary.entries[1].lights_out,
        Some(date(2024, 3, 6).at(0, 20, 0, 0))
    );
    assert_eq!(diary.entries[2].ratings.severity, Some(7.0));
    assert_eq!(diary.entries[2].tags, Some(Vec::new()));
    let amounts: Vec<(LabTest, f64)> = diary
        .laboratory
        .iter()
        .map(|value| (value.test, value.amount().unwrap()))
        .collect();
    // 0.3 mg/dL = 3 mg/L; 75 nmol/L / 2.496 = 30.048 ng/mL.
    assert_eq!(amounts[0], (LabTest::Ferritin, 48.0));
    assert_eq!(amounts[1], (LabTest::Crp, 3.0));
    assert!((amounts[2].1 - 30.048).abs() < 1e-3);
    let exercise = diary
        .factors
        .iter()
        .position(|factor| factor.kind == FactorKind::Exercise)
        .unwrap();
    let that_day = diary.entries_on(date(2024, 3, 5)).iter();
    let minutes: Vec<&FactorValue> = that_day.filter_map(|row| row.factor(exercise)).collect();
    assert_eq!(minutes, [&FactorValue::Amount(90.0)]);
}

#[test]
fn a_change_of_dose_is_an_event() {
    let diary = reading(GERMAN).diary;
    let events: Vec<(Date, String, DayDose)> = diary
        .events()
        .into_iter()
        .filter_map(|event| match event.what {
            EventKind::Medicine(change) => Some((event.date, change.name, change.to)),
            _ => None,
        })
        .collect();
    let mg = |value: f64| {
        DayDose::Amount(Amount {
            value,
            unit: "mg".to_owned(),
        })
    };
    assert_eq!(
        events,
        [
            (date(2024, 3, 5), "Pramipexol".to_owned(), mg(0.36)),
            (date(2024, 3, 5), "Eisen".to_owned(), DayDose::None),
            (date(2024, 3, 6), "Pramipexol".to_owned(), DayDose::None),
        ]
    );
}

#[test]
fn an_american_diary_is_read_whole() {
    let reading = reading(
        "Date,Bedtime,Got up,Severity,IRLS total,RLS6_3,CGI-S,pramipexole (mg),Caffeine,Notes,weather\n\
         3/12/2024,11:10 PM,6:45 AM,6.5,24,7,4,0.125,2 cups,\"late, long day\",rain\n\
         3/13/2024,12:20 AM,7:00 AM,4,,,,0.25,1 cup,,sun\n",
    );
    assert_eq!(reading.remarks, []);
    let diary = &reading.diary;
    assert_eq!(diary.entries[0].date, date(2024, 3, 12));
    assert_eq!(
        diary.entries[0].lights_out,
        Some(date(2024, 3, 12).at(23, 10, 0, 0))
    );
    assert_eq!(
        diary.entries[1].lights_out,
        Some(date(2024, 3, 14).at(0, 20, 0, 0))
    );
    assert_eq!(diary.rating_on(date(2024, 3, 12), Rating::Irls), Some(24.0));
    assert_eq!(
        diary.rating_on(date(2024, 3, 12), Rating::Rls6(3)),
        Some(7.0)
    );
    assert_eq!(diary.factors[0].unit.as_deref(), Some("cups"));
    assert_eq!(diary.factors[1].name, "weather");
    assert_eq!(diary.events().len(), 1);
    assert_eq!(diary.entries[0].notes.as_deref(), Some("late, long day"));
}

#[test]
fn an_order_that_no_cell_proves_is_asked_for() {
    let text = "date,severity\n03/04/2024,4\n04/04/2024,5\n";
    let error = read(text.as_bytes(), &DiaryOptions::default()).unwrap_err();
    assert_eq!(error.code(), "needs_date_order");
    assert_eq!(
        error.to_string(),
        "cannot tell the date order: line 2, column 1 (date) says \"03/04/2024\", and no date in the file has a number \
         above 12 as its day. Add --date-order dmy or --date-order mdy, or write dates as 2024-03-04"
    );
    let given = |order| {
        let options = DiaryOptions {
            date_order: Some(order),
            ..DiaryOptions::default()
        };
        read(text.as_bytes(), &options).unwrap().diary.entries[0].date
    };
    assert_eq!(given(DateOrder::DayFirst), date(2024, 4, 3));
    assert_eq!(given(DateOrder::MonthFirst), date(2024, 3, 4));
}

#[test]
fn recorded_nights_settle_the_order() {
    let options = DiaryOptions {
        nights: vec![date(2024, 4, 3), date(2024, 4, 4)],
        ..DiaryOptions::default()
    };
    let reading = read(b"date,severity\n03/04/2024,4\n04/04/2024,5\n", &options).unwrap();
    assert_eq!(reading.diary.entries[0].date, date(2024, 4, 3));
    assert!(
        reading
            .decisions
            .iter()
            .any(|decision| decision.what == "date order" && decision.value == "dmy")
    );
    let told: Vec<String> = reading.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "note: \"03/04/2024\" was read as 2024-04-03: only so do rows fall on recorded nights (1 of them). If that is \
          wrong, add --date-order mdy."
        ]
    );
}

#[test]
fn a_date_of_one_column_settles_another() {
    let reading = reading("date,severity,lab_date,ferritin\n03/04/2024,4,25/03/2024,48\n");
    assert_eq!(reading.diary.entries[0].date, date(2024, 4, 3));
    assert_eq!(reading.diary.laboratory[0].date, date(2024, 3, 25));
}

#[test]
fn a_vitamin_d_of_75_is_asked_about_and_kept_as_written() {
    let reading = reading("date,vitamin_d,crp\n2024-03-04,75,3\n");
    assert_eq!(
        remarks(&reading),
        [("unit_missing", 2), ("unit_missing", 2)]
    );
    assert!(
        reading
            .remarks
            .iter()
            .all(|remark| remark.weight == Weight::Question)
    );
    assert!(reading.diary.laboratory.is_empty());
    let kept: Vec<&str> = reading
        .diary
        .unplaced
        .iter()
        .map(|cell| cell.text.as_str())
        .collect();
    assert_eq!(kept, ["75", "3"]);
    assert_eq!(
        reading.remarks[0].to_string(),
        "question: line 2, column 2 (vitamin_d): saw \"75\": vitamin_d is measured in ng/mL or nmol/L, and the number alone \
         does not tell; it was not converted. Write the unit into the cell or the header, as vitamin_d (ng/mL)."
    );
    let options = DiaryOptions {
        vitamin_d_unit: Some("nmol/L".to_owned()),
        crp_unit: Some("mg/L".to_owned()),
        ..DiaryOptions::default()
    };
    let settled = read(b"date,vitamin_d,crp\n2024-03-04,75,3\n", &options).unwrap();
    assert_eq!(settled.diary.laboratory.len(), 2);
}

#[test]
fn a_unit_column_and_dates_of_single_tests_are_used() {
    let reading = reading(
        "date,severity,vitamin d,vitamin d unit,vitamin d date,ferritin,ferritin date\n\
         2024-03-04,3,75,nmol/L,2024-02-01,31,2024-02-14\n\
         ,,80,nmol/L,2024-06-01,,\n",
    );
    assert_eq!(reading.remarks, []);
    let dates: Vec<(LabTest, Date)> = reading
        .diary
        .laboratory
        .iter()
        .map(|value| (value.test, value.date))
        .collect();
    assert_eq!(
        dates,
        [
            (LabTest::VitaminD, date(2024, 2, 1)),
            (LabTest::Ferritin, date(2024, 2, 14)),
            (LabTest::VitaminD, date(2024, 6, 1)),
        ]
    );
}

#[test]
fn what_cannot_be_is_refused_with_its_place() {
    let reading = reading(
        "date;severity;irls;rls6_1;cgi_s;lights_out;transferrin saturation (%);caffeine_mg\n\
         2024-03-04;11;41;-1;8;25:10;122;-5\n\
         2024-03-05;6-7;12,5;x;0;late;0,2;1.234\n\
         ;5;;;;;;\n\
         32.03.2024;5;;;;;;\n",
    );
    assert_eq!(
        remarks(&reading),
        [
            ("out_of_range", 2),
            ("out_of_range", 2),
            ("out_of_range", 2),
            ("out_of_range", 2),
            ("not_a_time", 2),
            ("out_of_range", 2),
            ("out_of_range", 2),
            ("not_a_number", 3),
            ("out_of_range", 3),
            ("not_a_number", 3),
            ("out_of_range", 3),
            ("not_a_time", 3),
            ("no_date", 4),
            ("not_a_date", 5),
        ],
        "{:#?}",
        reading.remarks
    );
    let columns: Vec<usize> = reading
        .remarks
        .iter()
        .filter_map(|remark| remark.place.as_ref().map(|place| place.column))
        .collect();
    assert_eq!(columns, [2, 3, 4, 5, 6, 7, 8, 2, 3, 4, 5, 6, 1, 1]);
}

#[test]
fn thousands_or_decimals_are_asked_about() {
    let text = "date;ferritin\n2024-03-04;1.234\n";
    assert_eq!(remarks(&reading(text)), [("group_or_decimals", 2)]);
    for (mark, value) in [(DecimalMark::Point, 1.234), (DecimalMark::Comma, 1234.0)] {
        let options = DiaryOptions {
            decimal: Some(mark),
            ..DiaryOptions::default()
        };
        let read = read(text.as_bytes(), &options).unwrap();
        assert_eq!(read.diary.laboratory[0].amount(), Some(value));
    }
}

#[test]
fn two_date_columns_that_disagree_are_told() {
    let reading =
        reading("date,morning,severity\n2024-03-04,2024-03-05,4\n2024-03-05,2024-03-05,4\n");
    assert_eq!(remarks(&reading), [("two_dates", 3)]);
    assert_eq!(reading.diary.entries.len(), 2);
}

#[test]
fn a_morning_column_names_the_evening_before() {
    let diary =
        reading("morning,lights out,lights on,severity,ferritin\n2024-03-05,23:10,6:45,4,48\n")
            .diary;
    assert_eq!(diary.entries[0].date, date(2024, 3, 4));
    assert_eq!(
        diary.entries[0].lights_on,
        Some(date(2024, 3, 5).at(6, 45, 0, 0))
    );
    assert_eq!(diary.laboratory[0].date, date(2024, 3, 5));
}

#[test]
fn medicines_may_be_spread_over_columns() {
    let reading = reading(
        "date,medicine 1,dose 1,time 1,medicine 2,dose 2\n\
         2024-03-04,pramipexole,0.25 mg,9:30 pm,gabapentin,300 mg\n\
         2024-03-05,,0.25 mg,,,\n",
    );
    let doses = &reading.diary.entries[0].medicines.doses;
    assert_eq!(doses.len(), 2);
    assert_eq!(doses[0].time, Some(jiff::civil::time(21, 30, 0, 0)));
    assert_eq!(
        doses[1].amount,
        Some(Amount {
            value: 300.0,
            unit: "mg".to_owned()
        })
    );
    assert_eq!(remarks(&reading), [("no_medicine", 3)]);
    assert_eq!(reading.diary.unplaced[0].text, "0.25 mg");
}

#[test]
fn a_row_longer_than_the_header_keeps_its_cells() {
    let reading = reading("date,severity\n2024-03-04,4,forgotten,quotes\n");
    assert_eq!(remarks(&reading), [("beyond_header", 2)]);
    assert_eq!(reading.diary.entries[0].ratings.severity, Some(4.0));
    assert_eq!(reading.diary.unplaced.len(), 2);
    assert_eq!(reading.diary.unplaced[1].column, 4);
}

#[test]
fn a_dose_cut_at_its_comma_is_no_dose_of_nothing() {
    let found = reading(
        "date,severity,medicines,coffee\n2024-05-14,5,pramipexol 0,25 mg,2\n2024-05-15,5,pramipexol 0,25 mg\n\
         2024-05-16,6,\"pramipexol 0,25 mg\",2\n",
    );
    let days: Vec<(usize, usize)> = found
        .diary
        .entries
        .iter()
        .map(|entry| (entry.medicines.doses.len(), entry.factors.len()))
        .collect();
    assert_eq!(days, [(0, 0), (0, 0), (1, 1)]);
    assert!(
        found
            .diary
            .entries
            .iter()
            .all(|entry| entry.ratings.severity.is_some())
    );
    assert_eq!(found.diary.events(), []);
    let kept: Vec<&str> = found
        .diary
        .unplaced
        .iter()
        .map(|cell| cell.text.as_str())
        .collect();
    assert_eq!(
        kept,
        ["pramipexol 0", "25 mg", "2", "pramipexol 0", "25 mg"]
    );
    let told: Vec<String> = found.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "error: line 2, column 3 (medicines): saw \"pramipexol 0,25 mg\": the row has 5 cells and the header 4: nothing \
             from \"medicines\" on was taken. Put it in quotation marks, as \"pramipexol 0,25 mg\", or write a point: \
             pramipexol 0.25 mg.",
            "error: line 3, column 3 (medicines): saw \"pramipexol 0,25 mg\": a number looks cut in two at its comma: nothing \
             from \"medicines\" on was taken. Put it in quotation marks, as \"pramipexol 0,25 mg\", or write a point: \
             pramipexol 0.25 mg.",
        ]
    );
}

#[test]
fn a_value_that_hardly_can_be_is_taken_and_said_to_be() {
    let reading = reading(
        "Datum;Stärke;CRP (mg/l);Ferritin (µg/l);Vitamin D (ng/ml)\n14.05.2024;5;3;4000;300\n",
    );
    assert_eq!(reading.diary.laboratory.len(), 3);
    let remarks = check(&reading, &[]);
    assert!(
        remarks.iter().all(|remark| remark.weight == Weight::Doubt),
        "{remarks:#?}"
    );
    let told: Vec<String> = remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "doubt: line 2, column 4 (Ferritin (µg/l)): saw \"4000\": Ferritin of 4000 ug/L is rare. It was taken as it \
             stands. Check number and unit.",
            "doubt: line 2, column 5 (Vitamin D (ng/ml)): saw \"300\": Vitamin D of 300 ng/mL is above 150, where it is \
             toxic. It was taken as it stands. Was it nmol/L?",
        ]
    );
}

#[test]
fn a_laboratory_value_is_kept_as_its_cell_says_with_the_unit_beside_it() {
    let values = reading(
        "date,ferritin_ug_l,tsat percent,vitamin d (nmol/L),crp\n2024-05-14,38,17,75,\"<0,6 mg/dL\"\n",
    )
    .diary
    .laboratory;
    let written: Vec<(&str, Option<&str>)> = values
        .iter()
        .map(|value| (value.as_written.as_str(), value.stated_unit.as_deref()))
        .collect();
    assert_eq!(
        written,
        [
            ("38", Some("ug/l")),
            ("17", Some("%")),
            ("75", Some("nmol/l")),
            ("<0,6 mg/dL", None)
        ]
    );
}

#[test]
fn a_medicine_without_a_name_is_asked_for() {
    let found = reading("date,medicines,supplements\n2024-05-14,ja,x\n2024-05-15,nein,n\n");
    assert_eq!(remarks(&found), [("no_name", 2), ("no_name", 2)]);
    assert!(
        found
            .remarks
            .iter()
            .all(|remark| remark.weight == Weight::Question)
    );
    assert_eq!(found.diary.entries.len(), 1);
    assert!(found.diary.entries[0].medicines.whole_day);
    assert_eq!(found.diary.entries[0].medicines.doses, []);
}

#[test]
fn two_spellings_of_one_medicine_are_asked_about() {
    let found = reading(
        "date,severity,medicines,pramipexole (mg)\n2024-05-14,4,Pramipexol 0.25 mg,\n2024-05-15,4,ropinirole 1 mg,0.25\n",
    );
    let told: Vec<String> = check(&found, &[]).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "doubt: line 3, column 4 (pramipexole (mg)): saw \"0.25\": \"pramipexole\" and the \"Pramipexol\" of line 2 count \
             as two medicines. It was taken as it stands. If they are one, write both the same way."
        ]
    );
}

#[test]
fn lights_on_before_lights_out_are_not_taken() {
    let text =
        "date,severity,lights out,lights on\n2024-03-04,4,2024-03-04 23:10,2024-03-04 06:45\n";
    let found = reading(text);
    assert_eq!(remarks(&found), [("time_in_bed", 2)]);
    assert_eq!(found.remarks[0].seen, "2024-03-04 06:45");
    assert_eq!(found.diary.entries[0].lights_on, None);
    assert!(found.diary.entries[0].lights_out.is_some());
}

#[test]
fn a_doubt_quotes_the_cell_as_it_stands() {
    let found = reading(
        "date,severity,lights out,lights on,pramipexole (mg)\n2024-03-04,4,06:45,23.10 Uhr,\"0,25\"\n\
         2024-03-05,4,23:00,7:00,\"2,50\"\n",
    );
    let seen: Vec<(&str, String)> = check(&found, &[])
        .into_iter()
        .map(|remark| (remark.code, remark.seen))
        .collect();
    assert_eq!(
        seen,
        [
            ("time_in_bed", "23.10 Uhr".to_owned()),
            ("dose_tenfold", "2,50".to_owned())
        ]
    );
}

#[test]
fn what_a_diary_lacks_is_said() {
    assert_eq!(codes(&reading("date,severity\n"), &[]), ["no_rows"]);
    let found = reading("night,how bad\n2024-05-14,5\n");
    assert_eq!(codes(&found, &[]), ["unknown_column", "no_rating"]);
    let told = check(&found, &[]).pop().expect("a remark").to_string();
    assert!(told.contains("\"severity\" (0 to 10)"), "{told}");
    let words = |cells: [&str; 3]| {
        let rows = (4..)
            .zip(cells)
            .map(|(day, cell)| format!("2024-03-{day:02},4,{cell}\n"));
        let text = format!("date,severity,gut\n{}", rows.collect::<String>());
        codes(&reading(&text), &[])
    };
    assert_eq!(words(["bad", "good", "Bad"]), Vec::<&str>::new());
    for cells in [
        ["bad", "good", "fair"],
        ["bad", "", "bad"],
        ["bad", "3", "4"],
    ] {
        assert_eq!(words(cells), ["words_not_compared"], "{cells:?}");
    }
}

#[test]
fn a_folder_is_no_diary() {
    let error =
        legtrace::ingest::diary::open("src".as_ref(), &DiaryOptions::default()).unwrap_err();
    assert_eq!(error.code(), "is_folder");
}

#[test]
fn a_quotation_mark_without_partner_is_told() {
    let mut text = "date,notes\n2024-03-04,\"slept well\n".to_owned();
    for day in 5..30 {
        text.push_str(&format!("2024-03-{day:02},fine\n"));
    }
    assert_eq!(remarks(&reading(&text)), [("quote_not_closed", 2)]);
}

#[test]
fn checking_finds_slips() {
    let reading = reading(
        "date,lights_out,lights_on,serverity,severity,vitamin d (nmol/L),crp (mg/dL),ferritin,caffeine,pramipexole (mg)\n\
         2024-03-04,10:30,6:45,4,5,30.1,60,48,2,0.25\n\
         2024-03-04,22:30,6:45,4,6,,,,,\n\
         2024-03-05,22:30,23:15,4,5,,,,200,2.5\n\
         2024-06-05,,,,,75.1,,3000,,\n",
    );
    assert_eq!(reading.remarks, []);
    let mut found = codes(&reading, &[]);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "dose_tenfold",
            "ferritin_without_crp",
            "lights_out_by_day",
            "night_twice",
            "time_in_bed",
            "time_in_bed",
            "unit_mixed_up",
            "unit_mixed_up",
            "unit_mixed_up",
            "unit_mixed_up",
            "unknown_column",
        ]
    );
}

#[test]
fn a_sound_diary_has_no_remarks() {
    let nights = [date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 6)];
    let found = codes(&reading(GERMAN), &nights);
    assert_eq!(
        found,
        ["unknown_column", "words_not_compared"],
        "the weather is nobody's but the wearer's, and a single word of it"
    );
}

#[test]
fn dates_that_meet_no_night_name_the_nearest() {
    let text = "date,severity\n2024-03-04,4\n2023-03-05,5\n2024-03-20,5\n";
    let nights: Vec<RecordedNight> = (4..=6)
        .map(|day| RecordedNight::on(date(2024, 3, day)))
        .collect();
    let told: Vec<String> = check(&reading(text), &nights)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "note: line 3, column 1 (date): saw \"2023-03-05\": no recorded night begins on the evening of 2023-03-05. \
             The night of 2024-03-05 was recorded: is the year a slip?",
            "note: line 4, column 1 (date): saw \"2024-03-20\": no recorded night begins on the evening of 2024-03-20. \
             The nearest recorded night is that of 2024-03-06, 14 days away; a row without a recording does no harm.",
            "note: 2 of 3 recorded nights have no row: 2024-03-05, 2024-03-06.",
        ]
    );
}

#[test]
fn mornings_written_as_dates_are_found_as_a_whole() {
    let mut text = "date,severity\n".to_owned();
    for day in [5, 6, 8, 9, 12] {
        text.push_str(&format!("2024-03-{day:02},4\n"));
    }
    let nights: Vec<Date> = [4, 5, 7, 8, 11]
        .iter()
        .map(|day| date(2024, 3, *day))
        .collect();
    assert_eq!(codes(&reading(&text), &nights), ["dates_shifted"]);
}

#[test]
fn errors_say_what_to_do() {
    let code = |bytes: &[u8]| read(bytes, &DiaryOptions::default()).unwrap_err().code();
    assert_eq!(code(b"PK\x03\x04"), "not_text");
    assert_eq!(code(b""), "empty");
    assert_eq!(code(b"a,b,c\n1,2,3\n"), "no_date_column");
    assert_eq!(
        code(b"date,x\n25/12/2023,1\n12/25/2023,1\n"),
        "date_order_contradicts"
    );
    let missing = legtrace::ingest::diary::open("no such file".as_ref(), &DiaryOptions::default());
    assert!(matches!(missing, Err(DiaryError::Io(_))));
}

/// Headers that lead to every kind of cell.
const HEADERS: [&str; 24] = [
    "severity",
    "irls",
    "rls6_2",
    "cgi",
    "lights_out",
    "lights_on",
    "ferritin",
    "vitamin d",
    "crp date",
    "sibo",
    "gut",
    "caffeine",
    "exercise",
    "cycle",
    "medicines",
    "supplements",
    "pramipexole (mg)",
    "medicine 1",
    "dose 1",
    "tags",
    "events",
    "notes",
    "weather",
    "morning",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes, &DiaryOptions::default());
    }

    #[test]
    fn no_cells_make_it_panic(rows in proptest::collection::vec(proptest::collection::vec("[0-9.,:;/ xmgµ½é\"<>+-]{0,12}", 25), 0..6)) {
        let mut text = format!("date,{}\n", HEADERS.join(","));
        for row in rows {
            text.push_str("2024-03-04,");
            text.push_str(&row.join(","));
            text.push('\n');
        }
        if let Ok(reading) = read(text.as_bytes(), &DiaryOptions::default()) {
            let _ = check(&reading, &[RecordedNight::on(date(2024, 3, 5))]);
            let _ = reading.diary.events();
        }
    }

    #[test]
    fn no_word_is_lost(words in proptest::collection::vec("q[b-z]{7}", 24), dated in any::<bool>()) {
        let day = if dated { "2024-03-04" } else { "" };
        let text = format!("date,{}\n{day},{}\n", HEADERS.join(","), words.join(","));
        let reading = read(text.as_bytes(), &DiaryOptions::default()).expect("a table with a date column");
        let kept = format!("{:?}", reading.diary);
        for (word, header) in words.iter().zip(HEADERS) {
            prop_assert!(kept.contains(word.as_str()), "{word} under {header} is lost: {kept}");
        }
    }
}
