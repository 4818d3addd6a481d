//! Bytes to text: what spreadsheets and phones write, without losing a byte's meaning to a wrong guess.

/// How the bytes of a text file were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-16 with a byte order mark: a spreadsheet's "Unicode text".
    Utf16,
    /// Windows-1252: what spreadsheets of western Europe write; taken when the bytes are no UTF-8.
    Windows1252,
}

impl Encoding {
    /// As in decisions.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// Windows-1252 from 0x80 to 0x9F; five places are unassigned and become U+FFFD.
const WINDOWS_1252_C1: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž',
    '\u{FFFD}', '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}',
    'ž', 'Ÿ',
];

/// The text of a whole file, without its byte order mark, and how it was read. Never fails: bytes that no encoding
/// explains become U+FFFD.
pub fn decode(bytes: &[u8]) -> (String, Encoding) {
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return (utf16(rest, u16::from_le_bytes), Encoding::Utf16);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return (utf16(rest, u16::from_be_bytes), Encoding::Utf16);
    }
    let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(rest) {
        Ok(text) => (text.to_owned(), Encoding::Utf8),
        Err(_) => (
            rest.iter().map(|&byte| from_windows_1252(byte)).collect(),
            Encoding::Windows1252,
        ),
    }
}

/// One cell of a table that is read as bytes: UTF-8, else Windows-1252.
pub fn decode_cell(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| from_windows_1252(byte)).collect(),
    }
}

fn from_windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252_C1[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_in_four_encodings() {
        let word = "Präparat µg";
        let utf8 = word.as_bytes().to_vec();
        let marked = [b"\xEF\xBB\xBF".as_slice(), &utf8].concat();
        let little: Vec<u8> = std::iter::once(0xFEFF_u16)
            .chain(word.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = std::iter::once(0xFEFF_u16)
            .chain(word.encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect();
        let western = b"Pr\xE4parat \xB5g".to_vec();
        for bytes in [utf8, marked, little, big, western] {
            assert_eq!(decode(&bytes).0, word, "{bytes:?}");
        }
    }

    #[test]
    fn no_byte_is_too_strange() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&all).0.chars().count(), 256);
        assert_eq!(decode_cell(b"\x80\x99"), "€™");
        assert_eq!(decode(b"\xFF\xFE\x00\xD8\x41").0, "\u{FFFD}");
    }
}
