//! One figure of each night, measured another way: a sleep laboratory's index, or a study's `nights.csv`.

use std::io::Read;
use std::path::Path;

use jiff::civil::Date;

use super::error::ListError;
use super::source;
use super::table::Table;

const HEADER: &str = "the column date or night, and one named as the figure is";

/// A night's figure.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedFigure {
    /// The night's identifier; its date where it has none.
    pub night: String,
    /// Its date: by the column `date`, else by an identifier that is one.
    pub date: Option<Date>,
    /// Whose it is; `None` where nobody says.
    pub person: Option<String>,
    /// The figure; `None` where the cell is empty.
    pub value: Option<f64>,
}

/// The figures in order of the file, from the column `name` beside `night`, `date` or both. Dates are written 2024-05-12.
///
/// ```
/// use legtrace::ingest::lists::read_figures;
/// let nights = read_figures("date;plm_per_h\n2024-05-12;7,5\n".as_bytes(), "lab.csv", "plm_per_h").unwrap();
/// assert_eq!((nights[0].night.as_str(), nights[0].value), ("2024-05-12", Some(7.5)));
/// ```
pub fn read_figures(
    from: impl Read,
    file: &str,
    name: &str,
) -> Result<Vec<ListedFigure>, ListError> {
    let mut table = Table::new(from, file)?;
    let (night, date) = (table.find(&["night"])?, table.find(&["date"])?);
    let first = match night.clone().or_else(|| date.clone()) {
        Some(column) => column,
        None => table.need(&["date"], HEADER)?,
    };
    let figure = table.need(&[name], HEADER)?;
    let person = table.find(&["person"])?;
    let (mut figures, mut row) = (Vec::new(), Vec::new());
    while table.next(&mut row)? {
        let night = table.cell(&row, &first);
        let dated = match &date {
            Some(column) => match table.cell(&row, column) {
                "" => None,
                cell => match cell.parse() {
                    Ok(date) => Some(date),
                    Err(_) => return Err(table.wrong(cell, column, "a date such as 2024-05-12")),
                },
            },
            None => night.parse().ok(),
        };
        figures.push(ListedFigure {
            night: night.to_owned(),
            date: dated,
            person: person
                .as_ref()
                .map(|column| table.cell(&row, column).to_owned())
                .filter(|person| !person.is_empty()),
            value: table.figure(&row, &figure)?,
        });
    }
    Ok(figures)
}

/// The figures of a file.
pub fn open_figures(path: &Path, name: &str) -> Result<Vec<ListedFigure>, ListError> {
    let (stream, file) = source::open(path)?;
    read_figures(stream, &file, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<ListedFigure>, ListError> {
        read_figures(text.as_bytes(), "lab.csv", "plm_per_h")
    }

    #[test]
    fn nights_are_told_by_date_or_name() {
        let text = "person,night,date,plm_per_h\nP1,2024-05-12-2,2024-05-12,7.5\n,second,,\n";
        let nights = read(text).unwrap();
        assert_eq!(nights[0].date, Some(jiff::civil::date(2024, 5, 12)));
        assert_eq!(nights[0].person.as_deref(), Some("P1"));
        assert_eq!((nights[1].date, nights[1].value), (None, None));
        assert_eq!(nights[1].person, None);
        let by_name = read("night,plm_per_h\n2024-05-12,7.5\n").unwrap();
        assert_eq!(by_name[0].date, nights[0].date);
    }

    #[test]
    fn what_is_missing_or_no_number_is_said_with_its_place() {
        for (text, expect) in [
            ("when,plm_per_h\nx,1\n", "date or night"),
            ("night,plmi\nx,1\n", "named as the figure"),
            ("date,plm_per_h\n12.05.2024,1\n", "line 2"),
            ("night,plm_per_h\nx,1\ny,many\n", "line 3"),
            ("night,plm_per_h\nx,inf\n", "a number"),
        ] {
            let told = read(text).unwrap_err().to_string();
            assert!(told.contains(expect), "{told}");
        }
    }
}
