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

/// Names shown at the most.
const SIMILAR_NAMES: usize = 5;

/// Which of `names` a person may mean who has typed so much of one: the same one first, then those of which one begins
/// with the other. Less than three letters mean nothing yet. Each comes with whether it is the same.
pub fn similar_names<T>(typed: &str, names: Vec<(T, String)>) -> Vec<((T, String), bool)> {
    let typed = fold(typed);
    if typed.chars().count() < 3 {
        return Vec::new();
    }
    let mut similar: Vec<((T, String), bool)> = names
        .into_iter()
        .filter_map(|named| {
            let letters = fold(&named.1);
            let begins = letters.starts_with(&typed)
                || (letters.chars().count() > 3 && typed.starts_with(&letters));
            begins.then(|| (named, letters == typed))
        })
        .collect();
    similar.sort_by_key(|(_, is_same)| !is_same);
    similar.truncate(SIMILAR_NAMES);
    similar
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

    #[test]
    fn a_name_being_typed_finds_the_same_one_first_and_those_that_begin_alike() {
        let found = |typed| -> Vec<(&str, bool)> {
            let names = ["Gekko & Co", "Gekko", "Gek", "Lumen"].map(|name| (name, name.to_owned()));
            let similar = similar_names(typed, names.to_vec()).into_iter();
            similar
                .map(|((name, _), is_same)| (name, is_same))
                .collect()
        };
        assert_eq!(found("gekko"), [("Gekko", true), ("Gekko & Co", false)]);
        assert_eq!(
            found("gek"),
            [("Gek", true), ("Gekko & Co", false), ("Gekko", false)]
        );
        assert!(found("ge").is_empty());
    }
}
