//! Says whether two names are the same but for spaces, punctuation, case and accents.
//!
//! Owns the folding of names for comparison. It leaves out what becomes of a close name: that is a proposal
//! to a person, never a correction.

use unicode_normalization::UnicodeNormalization;

/// A name without accents, case, spaces and punctuation: `GTX Pro` and `gtx-pró` both give `gtxpro`.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for character in name
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|character| character.is_alphanumeric())
    {
        match character {
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            // Persian and Arabic keyboards write the same letter with different code points.
            'ي' | 'ى' => folded.push('ی'),
            'ك' => folded.push('ک'),
            other => folded.push(other),
        }
    }
    folded
}

/// Two names that are the same but for case, accents, spaces and punctuation.
#[must_use]
pub fn are_close(left: &str, right: &str) -> bool {
    fold(left) == fold(right)
}

/// The known name that `typed` is close to, if it is not itself a known name.
///
/// Gives `None` if `typed` is known as it stands, if it folds to nothing, or if no known name folds to the same.
pub fn find_close<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(typed);
    if folded.is_empty() {
        return None;
    }
    let mut close = None;
    for name in known {
        if name == typed {
            return None;
        }
        if close.is_none() && fold(name) == folded {
            close = Some(name);
        }
    }
    close
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_close_to_the_one_that_differs_in_spaces_case_or_accents_only() {
        let known = ["GTX Pro", "GTX Plus Pro", "MG Special", "Żółw Plus"];
        let cases = [
            ("GTXPro", Some("GTX Pro")),
            ("gtx-pro", Some("GTX Pro")),
            ("GTX Pro", None),
            ("GTX Plus", None),
            ("mgspecial ", Some("MG Special")),
            ("zolw plus", Some("Żółw Plus")),
            ("", None),
            ("--", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(find_close(typed, known), expected, "{typed}");
        }
    }

    #[test]
    fn a_known_name_is_not_close_to_its_twin() {
        assert_eq!(find_close("GTXPro", ["GTX Pro", "GTXPro"]), None);
    }
}
