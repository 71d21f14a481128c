//! Text as the people and programs that read it take it. Rules, readers of files and writers of files share it.

use std::borrow::Cow;

/// Nothing of it is to be seen: white space, and letters that only say how others are set. What is blank counts as
/// empty everywhere. Such letters between others belong to the word and stay.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_unseen)
}

fn is_unseen(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            // The soft hyphen, joiners, marks of direction, fillers, selectors of a variant, tags.
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// How a cell begins that a spreadsheet takes for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell for a spreadsheet, which would work out what a stranger typed: an apostrophe before what begins like a
/// formula keeps it text.
#[must_use]
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A cell without the apostrophe of [`guarded`].
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// What spreadsheets write where a formula failed, in English and in the languages of the app.
const FORMULA_ERRORS: &[&str] = &[
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    "#N/D!",
    "#ADR!",
    "#ARG!",
    "#DZIEL/0!",
    "#NAZWA?",
    "#ZERO!",
    "#LICZBA!",
    "#Н/Д",
    "#ССЫЛКА!",
    "#ЗНАЧ!",
    "#ДЕЛ/0!",
    "#ИМЯ?",
    "#ПУСТО!",
    "#ЧИСЛО!",
    "#PUUTTUU!",
    "#VIITTAUS!",
    "#ARVO!",
    "#JAKO/0!",
    "#NIMI?",
    "#TYHJÄ!",
    "#LUKU!",
];

/// A spreadsheet's formula failed here and left its error as text.
#[must_use]
pub fn is_formula_error(cell: &str) -> bool {
    cell.starts_with('#') && FORMULA_ERRORS.contains(&cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_guarded_once_and_reads_back() {
        for cell in ["=1+1", "+48", "-5", "@a", "\tx", "\rx"] {
            let kept = guarded(cell).into_owned();
            assert_eq!(kept, format!("'{cell}"));
            assert_eq!(guarded(&kept), kept);
            assert_eq!(unguarded(&kept), cell);
        }
        for cell in ["a=b", "'tis", "'", ""] {
            assert_eq!((&*guarded(cell), unguarded(cell)), (cell, cell));
        }
    }

    #[test]
    fn an_error_of_a_formula_is_told_from_a_name() {
        for cell in [
            "#N/A",
            "#REF!",
            "#VALUE!",
            "#DIV/0!",
            "#NAME?",
            "#NULL!",
            "#NUM!",
            "#ЗНАЧ!",
        ] {
            assert!(is_formula_error(cell), "{cell}");
        }
        for cell in ["#1 Bakery", "N/A", "#ref!", "", "#"] {
            assert!(!is_formula_error(cell), "{cell}");
        }
    }

    #[test]
    fn text_of_which_nothing_is_seen_is_blank() {
        for text in [
            "",
            " \t\n\u{a0}",
            "\u{200b}",
            "\u{200c}\u{200d}",
            "\u{2060} \u{feff}",
            "\u{ad}",
            "\u{0}\u{1b}",
            "\u{202e}\u{2069}",
            "\u{3164}\u{2800}",
            "\u{e0020}",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
    }

    #[test]
    fn one_letter_sign_or_picture_is_not_blank() {
        for text in ["x", "\u{feff}x", "می\u{200c}خواهم", "-", "0", "❤\u{fe0f}"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
