//! Who said when a night was.

use crate::model::night::WindowSource;
use crate::output::rows::NightRow;
use crate::output::words::Words;

/// The source of a night's ends, or both where they have one each; `None` for a table that does not say it.
pub fn window_source(night: &NightRow, words: &Words) -> Option<String> {
    let name = |source: WindowSource| words.say(&format!("source.{}", source.name())).to_owned();
    let (out, on) = night.window_sources()?;
    if out == on {
        return Some(name(out));
    }
    let (out, on) = (name(out), name(on));
    Some(words.fill("night.source_of_ends", &[("out", &out), ("on", &on)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::words::Language;

    #[test]
    fn an_estimate_is_named_beside_what_was_typed() {
        let words = Words::of(Language::English);
        let mut night = NightRow::default();
        assert_eq!(window_source(&night, &words), None);
        night.window_source = Some(WindowSource::Estimate);
        assert_eq!(window_source(&night, &words).as_deref(), Some("estimated"));
        night.lights_out_source = Some(WindowSource::Flags);
        night.lights_on_source = Some(WindowSource::Estimate);
        assert_eq!(
            window_source(&night, &words).as_deref(),
            Some("from: as given, to: estimated")
        );
    }
}
