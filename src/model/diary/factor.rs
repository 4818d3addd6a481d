//! Factors: what may go together with a night, one column each.

/// What a factor column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactorKind {
    /// Gut symptoms: a rating, yes or no, or words.
    Gut,
    /// Caffeine: mg, or cups.
    Caffeine,
    /// Alcohol: drinks, or g. A drink is 14 g in the US, 8 g in the UK, 10 to 12 g elsewhere: never converted.
    Alcohol,
    /// Exercise, in minutes.
    Exercise,
    /// Menstrual cycle: its day, yes or no, or a word.
    Cycle,
    /// A column that is ours by no name, kept under its own.
    Other,
}

impl FactorKind {
    /// As in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gut => "gut",
            Self::Caffeine => "caffeine",
            Self::Alcohol => "alcohol",
            Self::Exercise => "exercise",
            Self::Cycle => "cycle",
            Self::Other => "other",
        }
    }
}

/// A factor column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// What it is about.
    pub kind: FactorKind,
    /// What the header calls it, without the unit.
    pub name: String,
    /// The unit its numbers are in; `None` when nobody said.
    pub unit: Option<String>,
}

/// A factor's value on one day.
#[derive(Debug, Clone, PartialEq)]
pub enum FactorValue {
    /// A number in the column's unit.
    Amount(f64),
    /// Yes or no.
    Present(bool),
    /// A word or a sentence.
    Words(String),
}

/// What the words of a factor column are to a comparison of nights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactorWords {
    /// There are none.
    None,
    /// One word only, so that no night is without it.
    One(String),
    /// Two words, the rarer first: nights with it and nights without.
    Two([String; 2]),
    /// More than two; how many.
    Many(usize),
    /// So many cells of words beside numbers, or beside yes and no.
    BesideNumbers(usize),
}

impl FactorWords {
    /// Of the values of a column in the order of the file. Large and small letters make no other word.
    pub fn of<'a>(values: impl IntoIterator<Item = &'a FactorValue>) -> Self {
        let mut words: Vec<(&str, usize)> = Vec::new();
        let mut numbers = 0;
        for value in values {
            let FactorValue::Words(word) = value else {
                numbers += 1;
                continue;
            };
            match words
                .iter_mut()
                .find(|(known, _)| is_same_word(known, word))
            {
                Some((_, n)) => *n += 1,
                None => words.push((word, 1)),
            }
        }
        match words.as_slice() {
            [] => Self::None,
            _ if numbers > 0 => Self::BesideNumbers(words.iter().map(|(_, n)| n).sum()),
            [(word, _)] => Self::One((*word).to_owned()),
            [(a, n), (b, m)] if n < m => Self::Two([(*a).to_owned(), (*b).to_owned()]),
            [(a, _), (b, _)] => Self::Two([(*b).to_owned(), (*a).to_owned()]),
            _ => Self::Many(words.len()),
        }
    }
}

/// Whether two cells say the same word.
pub fn is_same_word(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

impl FactorValue {
    /// The value as a number: an amount, or 1 and 0 for yes and no.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Amount(amount) => Some(*amount),
            Self::Present(present) => Some(f64::from(u8::from(*present))),
            Self::Words(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str]) -> FactorWords {
        let values: Vec<FactorValue> = cells
            .iter()
            .map(|cell| match cell.parse() {
                Ok(amount) => FactorValue::Amount(amount),
                Err(_) => FactorValue::Words((*cell).to_owned()),
            })
            .collect();
        FactorWords::of(&values)
    }

    #[test]
    fn two_words_make_two_kinds_of_night_and_others_do_not() {
        let two = |a: &str, b: &str| FactorWords::Two([a.to_owned(), b.to_owned()]);
        assert_eq!(of(&["sunny", "rain", "Sunny"]), two("rain", "sunny"));
        assert_eq!(of(&["rain", "sunny"]), two("sunny", "rain"));
        assert_eq!(of(&["rain", "rain"]), FactorWords::One("rain".to_owned()));
        assert_eq!(of(&["rain", "sunny", "fog"]), FactorWords::Many(3));
        assert_eq!(of(&["3", "some", "some"]), FactorWords::BesideNumbers(2));
        assert_eq!(of(&["3", "4"]), FactorWords::None);
    }
}
