//! A diary to fill in: a header that is read as it stands, and comments that say what goes where.

/// The language of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateLanguage {
    /// English: commas between cells, a point before decimals.
    English,
    /// German: semicolons between cells, a comma before decimals, as German spreadsheets write CSV.
    German,
}

const ENGLISH: &str = "\
# Diary for legtrace. One row a night. Leave empty what you do not know; delete columns you do not need; add columns of
# your own. Lines that begin with # are not read. Save as CSV (UTF-8).
# date: the evening on which the night begins, as 2024-03-04. If you write in the morning, call the column morning.
# lights_out and lights_on: when you meant to sleep and when you got up, as 23:10 and 06:45.
# severity: how bad the legs were, 0 (not at all) to 10 (as bad as can be).
# irls: total of the IRLS questionnaire, 0 to 40. rls6_1 to rls6_6: RLS-6 items, 0 to 10.
# cgi_s: severity 1 to 7. cgi_change: 1 (very much better) to 7 (very much worse).
# medicines: all of the day, as pramipexole 0.25 mg 21:00; gabapentin 300 mg 20:00. Write none if there were none.
# supplements: the same way. caffeine_mg, alcohol_drinks, exercise_min: numbers, 0 for none.
# gut_symptoms: 0 to 10, yes or no, or words. menstrual_cycle: the day of the cycle, yes or no, or words.
# tags: words with a semicolon between them. events: what happened (journey, infection). notes: anything.
# Laboratory values belong to lab_date, or to the row's date. Write the unit: vitamin D as 30 ng/mL or 75 nmol/L,
# CRP as 3 mg/L or 0.3 mg/dL. ferritin in ug/L (ng/mL is the same number). sibo and ibs: positive, negative, unclear.
# Example (without the #):
# 2024-03-04,23:10,06:45,6,,,,,,,,,,pramipexole 0.25 mg 21:00,iron 100 mg,160,1,30,2,,late meal;travel,,,2024-03-01,48,21,75 nmol/L,3 mg/L,negative,
date,lights_out,lights_on,severity,irls,rls6_1,rls6_2,rls6_3,rls6_4,rls6_5,rls6_6,cgi_s,cgi_change,medicines,supplements,caffeine_mg,alcohol_drinks,exercise_min,gut_symptoms,menstrual_cycle,tags,events,notes,lab_date,ferritin_ug_l,transferrin_saturation_percent,vitamin_d,crp,sibo,ibs
";

const GERMAN: &str = "\
# Tagebuch für legtrace. Eine Zeile je Nacht. Was Sie nicht wissen, bleibt leer; Spalten dürfen fehlen; eigene Spalten
# dürfen dazu. Zeilen, die mit # beginnen, werden nicht gelesen. Als CSV (UTF-8) speichern.
# Datum: der Abend, an dem die Nacht beginnt, als 04.03.2024. Wer morgens schreibt, nennt die Spalte Morgen.
# Licht aus und Licht an: wann Sie schlafen wollten und wann Sie aufstanden, als 23:10 und 06:45.
# Stärke: wie schlimm die Beine waren, 0 (gar nicht) bis 10 (schlimmer geht es nicht).
# IRLS: Summe des IRLS-Fragebogens, 0 bis 40. RLS6_1 bis RLS6_6: Fragen der RLS-6, 0 bis 10.
# CGI_S: Schwere 1 bis 7. CGI_Veränderung: 1 (sehr viel besser) bis 7 (sehr viel schlechter).
# Medikamente: alle des Tages, als Pramipexol 0,25 mg 21:00; Gabapentin 300 mg 20:00 (in Anführungszeichen, wenn ein
# Semikolon darin steht). keine, wenn es keine gab. Nahrungsergänzung: ebenso.
# Koffein (mg), Alkohol (Getränke), Sport (min): Zahlen, 0 für nichts.
# Darmbeschwerden: 0 bis 10, ja oder nein, oder Worte. Zyklus: Zyklustag, ja oder nein, oder Worte.
# Stichworte: mit Komma dazwischen. Ereignisse: was geschah (Reise, Infekt). Notizen: alles andere.
# Laborwerte gelten am Labordatum, sonst am Datum der Zeile. Bitte mit Einheit: Vitamin D als 30 ng/ml oder 75 nmol/l,
# CRP als 3 mg/l oder 0,3 mg/dl. Ferritin in µg/l (ng/ml ist dieselbe Zahl). SIBO und Reizdarm: positiv, negativ, unklar.
# Beispiel (ohne das #):
# 04.03.2024;23:10;06:45;6;;;;;;;;;;Pramipexol 0,25 mg 21:00;Eisen 100 mg;160;1;30;2;;spätes Essen, Reise;;;01.03.2024;48;21;75 nmol/l;3 mg/l;negativ;
Datum;Licht aus;Licht an;Stärke;IRLS;RLS6_1;RLS6_2;RLS6_3;RLS6_4;RLS6_5;RLS6_6;CGI_S;CGI_Veränderung;Medikamente;Nahrungsergänzung;Koffein (mg);Alkohol (Getränke);Sport (min);Darmbeschwerden;Zyklus;Stichworte;Ereignisse;Notizen;Labordatum;Ferritin (µg/l);Transferrinsättigung (%);Vitamin D;CRP;SIBO;Reizdarm
";

/// A commented diary without rows, ready to fill in.
pub fn template(language: TemplateLanguage) -> &'static str {
    match language {
        TemplateLanguage::English => ENGLISH,
        TemplateLanguage::German => GERMAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::diary::column::Role;
    use crate::ingest::diary::{DiaryOptions, check, read};
    use crate::model::diary::{FactorKind, LabTest};

    /// The template with its example row put to work.
    fn filled(language: TemplateLanguage) -> String {
        let text = template(language);
        let example = text
            .lines()
            .find_map(|line| {
                line.strip_prefix("# ")
                    .filter(|line| line.starts_with("20") || line.starts_with("04"))
            })
            .expect("an example");
        format!("{text}{example}\n")
    }

    #[test]
    fn every_column_of_a_template_is_known() {
        for language in [TemplateLanguage::English, TemplateLanguage::German] {
            let reading = read(template(language).as_bytes(), &DiaryOptions::default()).unwrap();
            assert_eq!(reading.columns.len(), 30, "{language:?}");
            for column in &reading.columns {
                assert_ne!(
                    column.role,
                    Role::Factor(FactorKind::Other),
                    "{}",
                    column.header
                );
            }
            assert!(reading.diary.entries.is_empty());
            let codes: Vec<&str> = check(&reading, &[])
                .iter()
                .map(|remark| remark.code)
                .collect();
            assert_eq!(codes, ["no_rows"]);
        }
    }

    #[test]
    fn the_example_rows_say_the_same_in_both_languages() {
        let of = |language| {
            let reading = read(filled(language).as_bytes(), &DiaryOptions::default()).unwrap();
            assert_eq!(reading.remarks, [], "{language:?}");
            assert_eq!(reading.diary.unplaced, []);
            reading.diary
        };
        let english = of(TemplateLanguage::English);
        let german = of(TemplateLanguage::German);
        let (a, b) = (&english.entries[0], &german.entries[0]);
        assert_eq!(
            (a.date, a.lights_out, a.lights_on),
            (b.date, b.lights_out, b.lights_on)
        );
        assert_eq!(a.ratings, b.ratings);
        assert_eq!(a.factors, b.factors);
        assert_eq!(a.medicines.doses[0].amount, b.medicines.doses[0].amount);
        assert_eq!(a.tags.as_ref().map(Vec::len), Some(2));
        assert_eq!(b.tags.as_ref().map(Vec::len), Some(2));
        for (x, y) in english.laboratory.iter().zip(&german.laboratory) {
            assert_eq!((x.test, x.result, x.date), (y.test, y.result, y.date));
        }
        let vitamin_d = english
            .laboratory
            .iter()
            .find(|value| value.test == LabTest::VitaminD);
        let found = vitamin_d.and_then(|value| value.amount()).unwrap();
        assert!((found - 75.0 / 2.496).abs() < 1e-9, "{found}");
    }
}
