//! Ratings of severity that a diary can hold. Totals and items are stored; the wording of IRLS and RLS-6 is under
//! copyright and stays with its owners.

/// A rating scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rating {
    /// Numeric rating of the night's complaints, 0 (none) to 10 (the worst imaginable).
    Severity,
    /// International Restless Legs Scale (IRLS), total 0 to 40 (IRLSSG 2003).
    Irls,
    /// RLS-6, item 1 to 6, each 0 to 10 (Kohnen 2016): 1 satisfaction with sleep, 2 falling asleep, 3 during the night,
    /// 4 by day at rest, 5 by day in motion, 6 tiredness by day.
    Rls6(u8),
    /// Clinical Global Impression of severity (CGI-S), 1 to 7 (Guy 1976).
    CgiSeverity,
    /// Clinical Global Impression of change (CGI-I), 1 (very much better) to 7 (very much worse) (Guy 1976).
    CgiChange,
}

impl Rating {
    /// All, in the order of the tables.
    pub const ALL: [Self; 10] = [
        Self::Severity,
        Self::Irls,
        Self::Rls6(1),
        Self::Rls6(2),
        Self::Rls6(3),
        Self::Rls6(4),
        Self::Rls6(5),
        Self::Rls6(6),
        Self::CgiSeverity,
        Self::CgiChange,
    ];

    /// As in tables: `severity`, `irls`, `rls6_1` … `rls6_6`, `cgi_severity`, `cgi_change`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Irls => "irls",
            Self::Rls6(1) => "rls6_1",
            Self::Rls6(2) => "rls6_2",
            Self::Rls6(3) => "rls6_3",
            Self::Rls6(4) => "rls6_4",
            Self::Rls6(5) => "rls6_5",
            Self::Rls6(_) => "rls6_6",
            Self::CgiSeverity => "cgi_severity",
            Self::CgiChange => "cgi_change",
        }
    }

    /// Lowest and highest value of the scale.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::Severity | Self::Rls6(_) => (0.0, 10.0),
            Self::Irls => (0.0, 40.0),
            Self::CgiSeverity | Self::CgiChange => (1.0, 7.0),
        }
    }

    /// Whether the scale has whole numbers only. A severity of 6.5 is a rating that people give.
    pub fn is_whole(self) -> bool {
        self != Self::Severity
    }
}

/// The ratings of one row.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Ratings {
    /// 0 to 10.
    pub severity: Option<f64>,
    /// 0 to 40.
    pub irls: Option<f64>,
    /// Items 1 to 6, 0 to 10 each.
    pub rls6: [Option<f64>; 6],
    /// 1 to 7.
    pub cgi_severity: Option<f64>,
    /// 1 to 7.
    pub cgi_change: Option<f64>,
}

impl Ratings {
    /// The value on a scale.
    pub fn value(&self, rating: Rating) -> Option<f64> {
        match rating {
            Rating::Severity => self.severity,
            Rating::Irls => self.irls,
            Rating::Rls6(item) => *self.rls6.get(usize::from(item).checked_sub(1)?)?,
            Rating::CgiSeverity => self.cgi_severity,
            Rating::CgiChange => self.cgi_change,
        }
    }

    /// Puts a value on a scale; an item beyond the sixth is no item, and `false` says so.
    pub fn set(&mut self, rating: Rating, value: f64) -> bool {
        let place = match rating {
            Rating::Severity => &mut self.severity,
            Rating::Irls => &mut self.irls,
            Rating::Rls6(item) => {
                let Some(place) = usize::from(item)
                    .checked_sub(1)
                    .and_then(|index| self.rls6.get_mut(index))
                else {
                    return false;
                };
                place
            }
            Rating::CgiSeverity => &mut self.cgi_severity,
            Rating::CgiChange => &mut self.cgi_change,
        };
        *place = Some(value);
        true
    }

    /// Whether the row rates nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_is_found_again() {
        for (n, rating) in Rating::ALL.into_iter().enumerate() {
            let mut ratings = Ratings::default();
            assert!(ratings.set(rating, n as f64));
            assert_eq!(ratings.value(rating), Some(n as f64), "{}", rating.name());
            assert!(!ratings.is_empty());
        }
    }

    #[test]
    fn there_is_no_seventh_item() {
        let mut ratings = Ratings::default();
        assert!(!ratings.set(Rating::Rls6(7), 1.0));
        assert!(!ratings.set(Rating::Rls6(0), 1.0));
        assert_eq!(ratings.value(Rating::Rls6(7)), None);
        assert!(ratings.is_empty());
    }
}
