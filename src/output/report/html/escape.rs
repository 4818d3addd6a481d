//! Text for HTML: what a user wrote is shown and never obeyed.

/// Text for between tags and for quoted attributes. Signs that turn the direction of what follows are left out, control
/// characters become spaces; joiners and variants stay, since emoji and scripts need them.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text from outside among ours: in its own direction.
pub(super) fn foreign(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_html_reads_is_left() {
        let wild = "<script>alert('1')</script> \"a\" & b\u{0}\u{7}\u{202e}x";
        let tame = escaped(wild);
        assert_eq!(
            tame,
            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &quot;a&quot; &amp; b  x"
        );
    }

    #[test]
    fn letters_of_all_scripts_and_emoji_stay() {
        for text in ["Ünïcödé", "ليلة", "לילה", "睡眠", "👩\u{200d}⚕\u{fe0f}"] {
            assert_eq!(escaped(text), text);
        }
    }
}
