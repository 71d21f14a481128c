//! Text as the people and programs that read it take it. Rules, readers of files and writers of files share it.

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

#[cfg(test)]
mod tests {
    use super::*;

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
