//! The names by which columns are known, folded: lower case, ä as ae, signs as blanks.

use super::{DateMeaning, Remedy, Role};
use crate::model::diary::{FactorKind, LabTest, Rating};

/// A role and its names, with a bar between them.
pub(super) const NAMES: &[(Role, &str)] = &[
    (
        Role::Date(DateMeaning::Evening),
        "date|night|night of|day|evening|evening date|night date|datum|nacht|nacht vom|tag|abend",
    ),
    (
        Role::Date(DateMeaning::Morning),
        "morning|morning date|wake date|morgen|aufwachdatum",
    ),
    (
        Role::LabDate(None),
        "lab date|laboratory date|blood test date|labordatum|datum labor|blutabnahme",
    ),
    (
        Role::LightsOut,
        "lights out|lights off|bedtime|bed time|to bed|went to bed|licht aus|licht ausgemacht|zu bett|ins bett|bettzeit",
    ),
    (
        Role::LightsOn,
        "lights on|got up|out of bed|wake time|wake up|licht an|aufgestanden|aufstehen|aufstehzeit",
    ),
    (
        Role::Rating(Rating::Severity),
        "severity|rls severity|severity rating|nrs|rating|schwere|schweregrad|staerke|rls staerke|beschwerden|rls beschwerden",
    ),
    (
        Role::Rating(Rating::Irls),
        "irls|irls total|irls score|irls sum|irls summe|irls gesamt|irlss",
    ),
    (
        Role::Rating(Rating::CgiSeverity),
        "cgi|cgi s|cgi severity|cgi schwere|cgi schweregrad",
    ),
    (
        Role::Rating(Rating::CgiChange),
        "cgi i|cgi c|cgi change|cgi improvement|cgi veraenderung|cgi aenderung",
    ),
    (
        Role::Lab(LabTest::Ferritin),
        "ferritin|serum ferritin|s ferritin",
    ),
    (
        Role::Lab(LabTest::TransferrinSaturation),
        "transferrin saturation|tsat|transferrinsaettigung|tfs",
    ),
    (
        Role::Lab(LabTest::VitaminD),
        "vitamin d|vit d|25 oh d|25ohd|25 oh vitamin d|25 hydroxyvitamin d|vitamin d 25 oh d|vitamin d 25 oh|vitamin d3 25 oh|calcidiol",
    ),
    (
        Role::Lab(LabTest::Crp),
        "crp|hs crp|hscrp|c reactive protein|c reaktives protein",
    ),
    (
        Role::Lab(LabTest::Sibo),
        "sibo|sibo test|sibo result|breath test|atemtest|duenndarmfehlbesiedlung",
    ),
    (
        Role::Lab(LabTest::Ibs),
        "ibs|ibs test|ibs result|reizdarm|rds",
    ),
    (
        Role::Factor(FactorKind::Gut),
        "gut|gut symptoms|bowel|bowel symptoms|bloating|diarrhoea|diarrhea|constipation|abdominal pain|darm|darmbeschwerden|darmsymptome|blaehungen|durchfall|verstopfung|bauchschmerzen",
    ),
    (
        Role::Factor(FactorKind::Caffeine),
        "caffeine|coffee|koffein|kaffee",
    ),
    (Role::Factor(FactorKind::Alcohol), "alcohol|alkohol"),
    (
        Role::Factor(FactorKind::Exercise),
        "exercise|sport|training|bewegung",
    ),
    (
        Role::Factor(FactorKind::Cycle),
        "cycle|cycle day|menstrual cycle|menstruation|period|zyklus|zyklustag|periode",
    ),
    (
        Role::Tags,
        "tags|tag list|schlagworte|schlagwoerter|stichworte",
    ),
    (Role::Events, "event|events|ereignis|ereignisse"),
    (
        Role::Notes,
        "notes|note|comment|comments|remarks|notiz|notizen|bemerkung|bemerkungen|kommentar",
    ),
    (
        Role::Remedies(Remedy::Supplement),
        "supplements|supplement|nahrungsergaenzung|nahrungsergaenzungsmittel",
    ),
    (
        Role::OneRemedy(Remedy::Supplement),
        "iron|eisen|magnesium|vitamin d3",
    ),
    // Medicines that the guidelines on RLS name (IRLSSG 2016, AASM 2025): a column of that name holds its dose.
    (
        Role::OneRemedy(Remedy::Medicine),
        "pramipexole|pramipexol|ropinirole|ropinirol|rotigotine|rotigotin|levodopa|gabapentin|gabapentin enacarbil|pregabalin|oxycodone|oxycodon|oxycodone naloxone|methadone|methadon|buprenorphine|buprenorphin|tramadol|codeine|codein|tilidine|tilidin|clonazepam|dipyridamole|dipyridamol|cabergoline|cabergolin",
    ),
];

/// The name of a remedy that has columns for dose and time beside it.
pub(super) const REMEDY: &str = "medicine|medicines|medication|medications|meds|drug|drugs|medikament|medikamente|medikation|arznei|arzneimittel";
/// Its dose.
pub(super) const DOSE: &str = "dose|dosis|dosage|dosierung";
/// When it was taken.
pub(super) const TIME: &str = "time|time taken|uhrzeit|einnahmezeit|dose time";

/// Units of factors behind a name, beside those of medicines and of the laboratory.
pub(super) const UNITS: &str = "min|mins|minutes|minuten|h|hours|stunden|std|cups|tassen|cup|drinks|drink|glasses|glaeser|units|getraenke|servings|portionen|ppm";
