//! Sentences for the command line and notifications, from the same texts that the screens use.
//!
//! Domain, log and store never name this module: they answer with data.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde_json::{Map, Value as Json};

const TEXTS: &[&str] = &[
    include_str!("../../../../../ui/locales/en/errors.ftl"),
    include_str!("../../../../../ui/locales/en/domain.ftl"),
    include_str!("../../../../../ui/locales/en/notices.ftl"),
    include_str!("../../../../../ui/locales/en/firstrun.ftl"),
];

type Bundle = FluentBundle<FluentResource>;

fn bundle() -> Bundle {
    let mut bundle = FluentBundle::new(vec!["en".parse().unwrap_or_default()]);
    // A terminal shows the isolating marks as noise; texts here are in one direction.
    bundle.set_use_isolating(false);
    for text in TEXTS {
        // A part with a mistake still gives its other sentences; a test reads every file without one.
        let resource =
            FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

fn text(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    Some(
        bundle
            .format_pattern(pattern, Some(args), &mut Vec::new())
            .into_owned(),
    )
}

/// A text without placeholders.
#[must_use]
pub fn say(key: &str) -> String {
    text(&bundle(), key, &FluentArgs::new()).unwrap_or_else(|| key.to_owned())
}

/// The notice about due mood checks: of one client by name, of several with the first two named.
#[must_use]
pub fn reminder(accounts: &[&str]) -> (String, String) {
    let bundle = bundle();
    let mut names: Vec<&str> = Vec::new();
    for account in accounts {
        if !names.contains(account) && names.len() < 3 {
            names.push(account);
        }
    }
    let mut args = FluentArgs::new();
    args.set("count", i64::try_from(accounts.len()).unwrap_or(i64::MAX));
    args.set(
        "first",
        names.first().copied().unwrap_or_default().to_owned(),
    );
    args.set(
        "second",
        names.get(1).copied().unwrap_or_default().to_owned(),
    );
    args.set("clients", i64::try_from(names.len()).unwrap_or(3));
    let say = |key: &str| text(&bundle, key, &args).unwrap_or_default();
    (say("notice-moods-title"), say("notice-moods-body"))
}

/// What a recovery did, from its fields on the wire.
#[must_use]
pub fn recovery_sentence(recovery: &Map<String, Json>) -> String {
    let bundle = bundle();
    let mut args = FluentArgs::new();
    for (name, value) in recovery {
        args.set(name.clone(), argument(&bundle, name, value));
    }
    let number = |name: &str| recovery.get(name).and_then(Json::as_u64).unwrap_or(0);
    let how = recovery
        .get("how")
        .and_then(Json::as_str)
        .unwrap_or("intact");
    let mut keys = vec![format!("notice-recovered-{}", hyphens(how))];
    if how != "intact" {
        let is_mended = number("acts_mended") > 0;
        if is_mended {
            keys.push("notice-recovered-mended".to_owned());
        }
        match recovery.get("acts_lost").and_then(Json::as_u64) {
            Some(0) if is_mended => {}
            Some(0) => keys.push("notice-recovered-nothing-lost".to_owned()),
            Some(_) => keys.push("notice-recovered-lost".to_owned()),
            None => keys.push("notice-recovered-lost-unknown".to_owned()),
        }
        if recovery.get("kept_as").is_some_and(Json::is_string) {
            keys.push("notice-recovered-kept".to_owned());
        }
    }
    if number("waiting") > 0 {
        keys.push("notice-recovered-waiting".to_owned());
    }
    let sentences: Vec<String> = keys
        .iter()
        .filter_map(|key| text(&bundle, key, &args))
        .collect();
    sentences.join(" ")
}

/// Why rows of a file were not imported, for the file that gives them back.
pub struct RejectionSentences(Bundle);

impl RejectionSentences {
    /// Reads the texts once for all rows.
    #[must_use]
    pub fn new() -> Self {
        Self(bundle())
    }

    /// The sentence of one row: its line, the column if one cell is to blame, and why.
    #[must_use]
    pub fn of(&self, code: &str, line: u32, column: Option<&str>) -> String {
        let mut args = FluentArgs::new();
        args.set("code", code.to_owned());
        let reason = text(&self.0, &format!("rejection-{}", hyphens(code)), &args)
            .or_else(|| text(&self.0, "rejection-other", &args))
            .unwrap_or_else(|| code.to_owned());
        args.set("line", line.to_string());
        args.set("reason", reason.clone());
        args.set("column", column.unwrap_or_default().to_owned());
        let key = match column {
            Some(_) => "rejected-cell",
            None => "rejected-row",
        };
        text(&self.0, key, &args).unwrap_or(reason)
    }
}

fn hyphens(word: &str) -> String {
    word.replace('_', "-")
}

/// The sentence of an error, from its code and fields. It says what to do next.
#[must_use]
pub fn error_sentence(error: &Map<String, Json>) -> String {
    let bundle = bundle();
    let code = error
        .get("code")
        .and_then(Json::as_str)
        .unwrap_or("unknown");
    let mut args = FluentArgs::new();
    for (name, value) in error {
        args.set(name.clone(), argument(&bundle, name, value));
    }
    let open = error
        .get("open_items")
        .and_then(Json::as_array)
        .map_or(0, Vec::len);
    args.set("open_count", i64::try_from(open).unwrap_or(i64::MAX));
    args.set("code", code.to_owned());
    let specific = ["why", "how", "reason", "expected"]
        .iter()
        .filter_map(|field| {
            let word = error.get(*field)?.as_str()?;
            Some(format!("error-{}-{}", hyphens(code), hyphens(word)))
        });
    let keys = specific.chain([
        format!("error-{}", hyphens(code)),
        "error-unknown".to_owned(),
    ]);
    let mut sentence = keys
        .into_iter()
        .find_map(|key| text(&bundle, &key, &args))
        .unwrap_or_else(|| code.replace('_', " "));
    if let Some(items) = error
        .get("open_items")
        .and_then(Json::as_array)
        .filter(|items| !items.is_empty())
    {
        let named: Vec<String> = items
            .iter()
            .map(|item| {
                let part = |name: &str| {
                    item.get(name)
                        .and_then(Json::as_str)
                        .unwrap_or_default()
                        .to_owned()
                };
                format!("{} ({})", part("label"), part("holder"))
            })
            .collect();
        sentence = format!("{sentence} {}", named.join("; "));
    }
    sentence
}

/// How a field of an error reads: ids of stages, roles, points and items become their names.
fn argument(bundle: &Bundle, name: &str, value: &Json) -> FluentValue<'static> {
    let prefix = match name {
        "stage" | "from" | "to" | "next" => Some("stage"),
        "needed" => Some("role"),
        "missing_points" => Some("point"),
        "item_id" => Some("item"),
        "expected" => Some("expected"),
        _ => None,
    };
    let word = |value: &Json| {
        let word = match value {
            Json::String(word) => word.clone(),
            other => other.to_string(),
        };
        prefix
            .and_then(|prefix| {
                text(
                    bundle,
                    &format!("{prefix}-{}", hyphens(&word)),
                    &FluentArgs::new(),
                )
            })
            .unwrap_or(word)
    };
    match value {
        Json::Null => FluentValue::from("\u{2013}".to_owned()),
        Json::Number(number) => FluentValue::from(number.as_i64().unwrap_or_default()),
        Json::Array(values) => {
            FluentValue::from(values.iter().map(word).collect::<Vec<_>>().join(", "))
        }
        other => FluentValue::from(word(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_text_reads_without_a_mistake() {
        for text in TEXTS {
            assert!(FluentResource::try_new((*text).to_owned()).is_ok());
        }
    }

    #[test]
    fn a_closed_gate_names_the_open_items_and_who_holds_them() {
        let Json::Object(error) = json!({
            "code": "gate_closed", "stage": "post-sales", "to": "kick-off", "blocks": [],
            "open_items": [{ "id": "brief", "label": "Brief", "holder": "Ann" }],
        }) else {
            panic!("an object")
        };
        let sentence = error_sentence(&error);
        assert!(
            sentence.contains("Brief (Ann)") && sentence.contains("Kick-off"),
            "{sentence}"
        );
    }

    #[test]
    fn an_unknown_code_still_gives_a_sentence() {
        let Json::Object(error) = json!({ "code": "never_heard_of" }) else {
            panic!("an object")
        };
        assert!(!error_sentence(&error).is_empty());
    }
}
