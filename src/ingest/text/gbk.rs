//! The words of a sensor's table in GBK, as Chinese Windows writes them: names only, so a few fixed ones do.

/// Words as bytes and as text; of two that begin alike the longer first.
const WORDS: [(&[u8], &str); 13] = [
    (b"\xCA\xB1\xBC\xE4", "时间"),
    (b"\xC9\xE8\xB1\xB8\xC3\xFB\xB3\xC6", "设备名称"),
    (b"\xC6\xAC\xC9\xCF\xCA\xB1\xBC\xE4", "片上时间"),
    (b"\xBC\xD3\xCB\xD9\xB6\xC8", "加速度"),
    (b"\xBD\xC7\xCB\xD9\xB6\xC8", "角速度"),
    (b"\xBD\xC7\xB6\xC8", "角度"),
    (b"\xB4\xC5\xB3\xA1", "磁场"),
    (b"\xCE\xC2\xB6\xC8", "温度"),
    (b"\xCB\xC4\xD4\xAA\xCA\xFD", "四元数"),
    (b"\xC6\xF8\xD1\xB9", "气压"),
    (b"\xB5\xE7\xC1\xBF", "电量"),
    (b"\xA1\xE3", "°"),
    (b"\xB0\xE6\xB1\xBE\xBA\xC5", "版本号"),
];

/// The text, where every letter beyond ASCII belongs to one of the words.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        if first.is_ascii() {
            text.push(char::from(*first));
            rest = after;
            continue;
        }
        let (raw, word) = WORDS.iter().find(|(raw, _)| rest.starts_with(raw))?;
        text.push_str(word);
        rest = &rest[raw.len()..];
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn words_of_the_table_are_read_and_nothing_else() {
        let speed = b"\xBD\xC7\xCB\xD9\xB6\xC8X(\xA1\xE3/s)";
        assert_eq!(decode(speed).as_deref(), Some("角速度X(°/s)"));
        assert_eq!(decode(b"X (m/s\xB2)"), None);
        assert_eq!(decode(b"\xBD\xC7\xCB"), None);
    }
}
