//! Bytes into text.
//!
//! Owns byte order marks, UTF-16 without one, and the guess between the code pages that spreadsheets still write.
//! A guess is always said in a notice, and made only where the letters spell words of a language; it leaves out
//! what the text means.

use super::{FileError, NotATable};
use std::borrow::Cow;

/// How the text was encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little endian ("Unicode text" of spreadsheets).
    Utf16Le,
    /// UTF-16, big endian.
    Utf16Be,
    /// Windows code page of Central Europe.
    Windows1250,
    /// Windows code page of Cyrillic letters.
    Windows1251,
    /// Windows code page of Western Europe.
    Windows1252,
    /// ISO code page of Central Europe.
    Iso88592,
    /// A workbook, whose text is UTF-8 inside.
    Workbook,
}

impl Encoding {
    /// Every encoding that a person can ask for.
    pub const NAMED: [Self; 7] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Windows1250,
        Self::Windows1251,
        Self::Windows1252,
        Self::Iso88592,
    ];

    /// The encoding's name as standards write it, in lower case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1250 => "windows-1250",
            Self::Windows1251 => "windows-1251",
            Self::Windows1252 => "windows-1252",
            Self::Iso88592 => "iso-8859-2",
            Self::Workbook => "workbook",
        }
    }

    /// The encoding of that name, if it is one that is read.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_lowercase();
        Self::NAMED
            .into_iter()
            .find(|encoding| encoding.code() == code)
    }

    fn decoder(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 | Self::Workbook => encoding_rs::UTF_8,
            Self::Utf16Le => encoding_rs::UTF_16LE,
            Self::Utf16Be => encoding_rs::UTF_16BE,
            Self::Windows1250 => encoding_rs::WINDOWS_1250,
            Self::Windows1251 => encoding_rs::WINDOWS_1251,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::Iso88592 => encoding_rs::ISO_8859_2,
        }
    }

    fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        self.decoder()
            .decode_without_bom_handling_and_without_replacement(bytes)
    }
}

/// Text with how it was encoded.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// How it was encoded.
    pub encoding: Encoding,
    /// Nothing in the file says so: it is a guess.
    pub guessed: bool,
}

/// Decodes a file of text; `asked` is what the person says it is.
///
/// # Errors
/// [`FileError::NotATable`] for bytes that no text has, and for text in an encoding that is not known.
pub(super) fn decode(bytes: &[u8], asked: Option<Encoding>) -> Result<Decoded<'_>, FileError> {
    let refuse = |reason| Err(FileError::NotATable { reason });
    let done = |text, encoding, guessed| {
        Ok(Decoded {
            text,
            encoding,
            guessed,
        })
    };
    let (marked, mark) = match bytes {
        [0xff, 0xfe, ..] => (Some(Encoding::Utf16Le), 2),
        [0xfe, 0xff, ..] => (Some(Encoding::Utf16Be), 2),
        [0xef, 0xbb, 0xbf, ..] => (Some(Encoding::Utf8), 3),
        _ => (None, 0),
    };
    let body = bytes.get(mark..).unwrap_or_default();
    if let Some(encoding) = marked.or(asked) {
        return match encoding.decode(body) {
            Some(text) if text.contains('\0') => refuse(NotATable::Binary),
            Some(text) => done(text, encoding, false),
            None => refuse(NotATable::Encoding),
        };
    }
    if body.contains(&0) {
        return match decode_unmarked_utf_16(body) {
            Some((text, encoding)) => done(text, encoding, true),
            None => refuse(NotATable::Binary),
        };
    }
    if let Some(text) = Encoding::Utf8.decode(body) {
        return done(text, Encoding::Utf8, false);
    }
    match guess_code_page(body) {
        Some(encoding) => match encoding.decode(body) {
            Some(text) => done(text, encoding, true),
            None => refuse(NotATable::Encoding),
        },
        None => refuse(NotATable::Encoding),
    }
}

/// UTF-16 without a byte order mark: delimiters, digits and line ends have a null beside them, always on one side.
fn decode_unmarked_utf_16(bytes: &[u8]) -> Option<(Cow<'_, str>, Encoding)> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let nulls_at = |side: usize| {
        bytes
            .iter()
            .skip(side)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let encoding = match (nulls_at(0), nulls_at(1)) {
        (0, right) if right > 0 => Encoding::Utf16Le,
        (left, 0) if left > 0 => Encoding::Utf16Be,
        _ => return None,
    };
    let text = encoding.decode(bytes)?;
    let is_text = !text
        .chars()
        .any(|letter| letter.is_control() && !matches!(letter, '\t' | '\r' | '\n'));
    // Any even number of bytes is some Chinese: a table has line ends and delimiters.
    let is_table = text.contains(['\t', ',', ';', '|']) && text.contains(['\r', '\n']);
    (is_text && is_table).then_some((text, encoding))
}

/// A language with the code page that it is written in, and its letters beyond ASCII.
struct Language {
    encoding: Encoding,
    letters: &'static str,
}

/// Of languages that explain a file equally well the first one wins.
const LANGUAGES: &[Language] = &[
    language(Encoding::Windows1250, "ąćęłńóśźż"),
    language(Encoding::Windows1250, "áčďéěíňóřšťúůýž"),
    language(Encoding::Windows1250, "áäčďéíĺľňóôŕšťúýž"),
    language(Encoding::Windows1250, "áéíóöőúüű"),
    language(Encoding::Windows1250, "čćđšž"),
    language(Encoding::Windows1252, "äöüß"),
    language(Encoding::Windows1252, "äåöšž"),
    language(Encoding::Windows1252, "æøåéü"),
    language(Encoding::Windows1252, "àâæçèéêëîïôœùûüÿ"),
    language(Encoding::Windows1252, "áéíñóúü"),
    language(Encoding::Windows1252, "àáâãçéêíóôõúü"),
    language(Encoding::Windows1252, "àèéìíîòóùú"),
    language(Encoding::Windows1251, "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    language(Encoding::Windows1251, "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    language(Encoding::Iso88592, "ąćęłńóśźż"),
    language(Encoding::Iso88592, "áčďéěíňóřšťúůýž"),
    language(Encoding::Iso88592, "áéíóöőúüű"),
];

const fn language(encoding: Encoding, letters: &'static str) -> Language {
    Language { encoding, letters }
}

/// Bytes of a large file that are looked at.
const LOOKED_AT_BYTES: usize = 1 << 20;

/// The code page under which most words beyond ASCII are spelled with the letters of one language.
fn guess_code_page(bytes: &[u8]) -> Option<Encoding> {
    let looked_at = bytes
        .get(..bytes.len().min(LOOKED_AT_BYTES))
        .unwrap_or_default();
    let mut best: Option<(u64, &Language)> = None;
    for language in LANGUAGES {
        let Some(text) = language.encoding.decode(looked_at) else {
            continue;
        };
        let (mut well, mut total) = (0_u64, 0_u64);
        for word in text.split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric())
        {
            if word.is_ascii() {
                continue;
            }
            total += 1;
            well += u64::from(is_spelled(word, language));
        }
        // Money signs, dashes and quotes stand in no alphabet; a third may be of them or foreign names.
        let share = (well * 1_000).checked_div(total).unwrap_or(0);
        if share >= 667 && best.is_none_or(|(most, _)| share > most) {
            best = Some((share, language));
        }
    }
    best.map(|(_, language)| language.encoding)
}

/// Every letter of the word is of the language, capitals stand where capitals do, and alphabets are not mixed.
fn is_spelled(word: &str, language: &Language) -> bool {
    let is_cyrillic = language.encoding == Encoding::Windows1251;
    let mut before_is_small = false;
    let mut letters = 0;
    for letter in word.chars() {
        if letter.is_ascii() {
            if letter.is_ascii_digit() || is_cyrillic {
                return false;
            }
        } else if matches!(
            letter,
            '\u{2013}' | '\u{2014}' | '„' | '”' | '“' | '’' | '\u{a0}' | '«' | '»' | '№'
        ) {
            before_is_small = false;
            continue;
        } else {
            let mut small = letter.to_lowercase();
            if !small
                .next()
                .is_some_and(|small| language.letters.contains(small))
            {
                return false;
            }
        }
        letters += 1;
        if letter.is_uppercase() && before_is_small {
            return false;
        }
        before_is_small = letter.is_lowercase();
    }
    letters > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
        match encoding {
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            other => other.decoder().encode(text).0.into_owned(),
        }
    }

    #[test]
    fn a_code_page_is_known_by_the_words_that_it_spells() {
        let cases = [
            (
                Encoding::Windows1250,
                "firma;kwota\nŻółw Plus;10\nŁódzka Wełna;20\nKęty;5\n",
            ),
            (
                Encoding::Windows1250,
                "firma;částka\nŠkoda Příbram;10\nŘemeslo;5\n",
            ),
            (
                Encoding::Windows1251,
                "Клиент;Сумма\nСеверный ветер;10\nООО «Ромашка»;7\n",
            ),
            (
                Encoding::Windows1251,
                "Клієнт;Сума\nКиїв Єдність;10\nҐанок;7\n",
            ),
            (
                Encoding::Windows1252,
                "Kunde;Wert\nMüller & Söhne;10\nStraßenbau;5\n",
            ),
            (Encoding::Windows1252, "asiakas;arvo\nJärvenpään Sähkö;10\n"),
            (
                Encoding::Windows1252,
                "client;montant\nCrédit Forêt;10\nGarçon;5\n",
            ),
            (
                Encoding::Iso88592,
                "firma;kwota\nŚwiąteczna Źródło;10\nŁąka;20\nKęty;5\n",
            ),
        ];
        for (encoding, text) in cases {
            let bytes = encode(text, encoding);
            let decoded = decode(&bytes, None).unwrap();
            assert_eq!(
                (decoded.encoding, decoded.guessed),
                (encoding, true),
                "{text}"
            );
            assert_eq!(decoded.text, text);
        }
    }

    #[test]
    fn utf_16_is_known_without_a_byte_order_mark() {
        for text in ["a\tb\r\nŁódź\t2\r\n", "Клиент\tСумма\r\nРомашка\t10\r\n"]
        {
            for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
                let bytes = encode(text, encoding);
                let decoded = decode(&bytes, None).unwrap();
                assert_eq!((decoded.encoding, decoded.guessed), (encoding, true));
                assert_eq!(decoded.text, text);
            }
        }
    }

    #[test]
    fn what_the_person_says_wins_over_the_guess_but_not_over_a_mark() {
        let bytes = encode("a;b\nMuńoz;1\n", Encoding::Windows1250);
        let decoded = decode(&bytes, Some(Encoding::Windows1252)).unwrap();
        assert_eq!((&*decoded.text, decoded.guessed), ("a;b\nMuñoz;1\n", false));
        let marked = decode(b"\xef\xbb\xbfa,b\n", Some(Encoding::Windows1251)).unwrap();
        assert_eq!(marked.encoding, Encoding::Utf8);
    }

    #[test]
    fn bytes_that_spell_nothing_are_not_guessed() {
        let refused = decode(b"a,b\n\x81\x8d\x90,1\n\xa4\xa6\xb0,2\n", None).unwrap_err();
        let reason = NotATable::Encoding;
        assert_eq!(refused, FileError::NotATable { reason });
    }
}
