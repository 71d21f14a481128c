//! Client companies, their people, products with templates, filters, and search over everything.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use baton_tests::laptop::{Laptop, Team};
use serde_json::{Value, json};

fn account_of(team: &mut Team) -> String {
    team.view()["account_id"].as_str().unwrap().to_owned()
}

fn found(laptop: &mut Laptop, words: &str) -> Vec<(String, String)> {
    let view = laptop.call("", "search", json!({ "words": words }));
    let groups = view["groups"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    groups
        .iter()
        .flat_map(|group| {
            let rows = group["rows"].as_array().unwrap();
            rows.iter()
                .map(|row| (text(&group["kind"]), text(&row["name"])))
        })
        .collect()
}

#[test]
fn a_contact_is_added_changed_found_and_removed() {
    let mut team = Team::new(831);
    let account = account_of(&mut team);
    let contact =
        json!({ "name": "Łucja Wiśniewska", "kind": "champion", "email": "lucja@gekko.example" });
    let args = json!({ "account_id": account, "contact": contact });
    let id = team.laptop.call("Ola", "create_contact", args);
    assert_eq!(
        found(&mut team.laptop, "lucja"),
        [("contact".to_owned(), "Łucja Wiśniewska".to_owned())]
    );
    let change =
        json!({ "contact_id": id, "contact": { "position": "Head of service", "email": "" } });
    team.laptop.call("Ola", "update_contact", change);
    let page = team
        .laptop
        .call("", "account", json!({ "account_id": account }));
    assert_eq!(page["contacts"][0]["position"], "Head of service");
    assert_eq!(page["contacts"][0]["email"], Value::Null);
    assert_eq!(found(&mut team.laptop, "head serv").len(), 1);
    team.laptop
        .call("Ola", "delete_contact", json!({ "contact_id": id }));
    assert!(found(&mut team.laptop, "lucja").is_empty());
    team.laptop.call("Ola", "undo", json!({}));
    assert_eq!(found(&mut team.laptop, "lucja").len(), 1);
    team.laptop.check();
}

#[test]
fn what_is_known_of_a_contact_stays_unless_it_is_said_and_goes_when_it_is_empty_or_null() {
    let mut team = Team::new(830);
    let account = account_of(&mut team);
    let known = json!({
        "name": "Max Gekko", "kind": "champion", "position": "Head of support", "email": "max@gekko.example",
        "phone": "+48 600 100 200", "language": "pl", "note": "Mornings only",
    });
    let args = json!({ "account_id": account, "contact": known });
    let id = team.laptop.call("Ola", "create_contact", args);
    let changed = |team: &mut Team, contact: Value| {
        let args = json!({ "contact_id": id, "contact": contact });
        team.laptop.call("Ola", "update_contact", args);
        let page = json!({ "account_id": account });
        team.laptop.call("", "account", page)["contacts"][0].clone()
    };
    let same = changed(&mut team, json!({ "name": "Max Gekko" }));
    for (field, value) in known.as_object().unwrap() {
        assert_eq!(same[field], *value, "{field} stays");
    }
    let other = changed(&mut team, json!({ "kind": "billing" }));
    assert_eq!(other["kind"], "billing");
    for field in ["kind", "position", "email", "phone", "language", "note"] {
        let contact = changed(&mut team, json!({ field: null }));
        assert_eq!(contact[field], Value::Null, "{field} is cleared");
        assert_eq!(contact["name"], "Max Gekko", "{field} alone is cleared");
    }
    team.laptop.check();
}

#[test]
fn people_of_a_handover_stand_on_the_page_of_their_company_until_they_are_contacts() {
    let mut team = Team::new(832);
    team.fill();
    let account = account_of(&mut team);
    let page = team
        .laptop
        .call("", "account", json!({ "account_id": account }));
    let named = page["from_handovers"].as_array().unwrap().clone();
    assert!(!named.is_empty());
    let contact = json!({ "name": named[0]["name"] });
    let args = json!({ "account_id": account, "contact": contact });
    team.laptop.call("Ola", "create_contact", args);
    let page = team
        .laptop
        .call("", "account", json!({ "account_id": account }));
    assert_eq!(
        page["from_handovers"].as_array().unwrap().len(),
        named.len() - 1
    );
}

#[test]
fn search_finds_every_kind_by_the_beginning_of_words_in_any_script() {
    let mut team = Team::new(833);
    let promise =
        json!({ "kind": "date", "wording": "Zielone światło do maja", "channel": "call" });
    team.call("Ola", "log_promise", promise);
    for (words, kind) in [
        ("GEKKO", "account"),
        ("supp desk", "engagement"),
        ("zielone swiatlo", "promise"),
        ("mik", "person"),
    ] {
        let found = found(&mut team.laptop, words);
        assert!(found.iter().any(|(of, _)| of == kind), "{words}: {found:?}");
    }
    assert!(
        found(&mut team.laptop, "ekko").is_empty(),
        "not from the middle of a word"
    );
    for nothing in ["  \"' * ", "\u{e003}"] {
        assert_eq!(found(&mut team.laptop, nothing), Vec::new(), "{nothing:?}");
    }
}

#[test]
fn a_renamed_engagement_is_found_by_its_new_name_only_and_a_rebuild_changes_nothing() {
    let mut team = Team::new(834);
    team.call(
        "Ola",
        "rename_engagement",
        json!({ "name": "Quiet phones" }),
    );
    assert!(found(&mut team.laptop, "support desk").is_empty());
    assert_eq!(found(&mut team.laptop, "quiet").len(), 1);
    let mut other = Laptop::new(835);
    let bundle = team.laptop.bundle();
    other.receive(&bundle);
    assert_eq!(found(&mut other, "quiet").len(), 1);
    other.check();
}

#[test]
fn a_name_that_is_close_to_a_known_client_is_hinted_at() {
    let mut team = Team::new(836);
    let similar = |team: &mut Team, name: &str| {
        team.laptop
            .call("", "similar_accounts", json!({ "name": name }))
    };
    assert_eq!(similar(&mut team, "gekko&co.")[0]["is_same"], true);
    assert_eq!(similar(&mut team, "Gekko")[0]["is_same"], false);
    assert_eq!(similar(&mut team, "Lumen"), json!([]));
}

#[test]
fn a_product_brings_its_template_and_only_a_lead_chooses_it() {
    let mut team = Team::new(837);
    let file = "bmFtZSxwcmljZQpIYXJib3VyLDEwCg==";
    team.laptop.call(
        "Liisa",
        "import_products",
        json!({ "content_base64": file }),
    );
    let list = team
        .laptop
        .call("", "list_products", json!({ "from": 0, "count": 5 }));
    let product = list["rows"][0]["id"].clone();
    let args = json!({ "product_id": product, "template_id": "saas_onboarding" });
    let refusal = team
        .laptop
        .refused("Ola", "set_product_template", args.clone());
    assert_eq!(refusal["code"], "not_your_role");
    team.laptop.call("Liisa", "set_product_template", args);
    let args = json!({ "account": "Lumen", "name": "Harbour for Lumen", "template_id": null, "product": "HARBOUR" });
    let id = team.laptop.call("Ola", "create_engagement", args);
    let view = team
        .laptop
        .call("Ola", "engagement", json!({ "engagement_id": id }));
    assert_eq!(view["template_id"], "saas_onboarding");
    assert_eq!(view["stages"].as_array().unwrap().len(), 12);
}

#[test]
fn the_list_is_filtered_by_seller_mood_breach_and_end_of_contract() {
    let mut team = Team::new(838);
    team.hand_over();
    let ola = team.laptop.call("", "people", json!({}));
    let ola = ola
        .as_array()
        .unwrap()
        .iter()
        .find(|person| person["name"] == "Ola")
        .unwrap()["id"]
        .clone();
    let count = |team: &mut Team, mut filter: Value| {
        filter["from"] = json!(0);
        filter["count"] = json!(5);
        team.laptop.call("", "list_engagements", filter)["count"]
            .as_u64()
            .unwrap()
    };
    assert_eq!(count(&mut team, json!({ "seller_id": ola })), 1);
    assert_eq!(count(&mut team, json!({ "owner_id": ola })), 0);
    assert_eq!(count(&mut team, json!({ "low_mood": true })), 0);
    team.call(
        "Mikko",
        "record_mood",
        json!({ "side": "client", "score": 2, "note": "They wait" }),
    );
    assert_eq!(count(&mut team, json!({ "low_mood": true })), 1);
    assert_eq!(count(&mut team, json!({ "ends_within_days": 90 })), 0);
    team.call("Mikko", "set_contract_end", json!({ "on": "2026-12-01" }));
    assert_eq!(count(&mut team, json!({ "ends_within_days": 90 })), 1);
    assert_eq!(count(&mut team, json!({ "ends_within_days": 10 })), 0);
    assert_eq!(count(&mut team, json!({ "status": "churned" })), 0);
    assert_eq!(count(&mut team, json!({ "breached": true })), 0);
    assert_eq!(count(&mut team, json!({ "returned": true })), 0);
}

#[test]
fn an_account_is_made_changed_and_named_apart_from_what_is_not_there() {
    let mut team = Team::new(839);
    let args = json!({ "name": "Lumen & Sons", "country": "Finland" });
    let id = team.laptop.call("Ola", "create_account", args);
    let args = json!({ "account_id": id, "sector": "Light", "country": "" });
    let view = team.laptop.call("Ola", "update_account", args);
    assert_eq!(
        (&view["account"]["sector"], &view["account"]["country"]),
        (&json!("Light"), &Value::Null)
    );
    assert_eq!(view["account"]["state"], "new");
    let refusal = team
        .laptop
        .refused("Ola", "create_account", json!({ "name": " " }));
    assert_eq!(refusal["code"], "name_missing");
    let missing = team
        .laptop
        .refused("Ola", "account", json!({ "account_id": "nowhere" }));
    assert_eq!(missing["code"], "not_found");
}

/// Letters that nobody sees.
const UNSEEN: &str = "\u{200b}\u{feff}\u{ad}";

#[test]
fn a_name_that_nobody_sees_is_no_name() {
    let mut team = Team::new(841);
    let account = account_of(&mut team);
    let engagement = team.engagement.clone();
    let person = team.mikko.clone();
    for (command, args) in [
        ("create_account", json!({ "name": UNSEEN })),
        (
            "update_account",
            json!({ "account_id": account, "name": UNSEEN }),
        ),
        (
            "create_contact",
            json!({ "account_id": account, "contact": { "name": UNSEEN } }),
        ),
        ("create_person", json!({ "name": UNSEEN, "roles": [] })),
        (
            "update_person",
            json!({ "person_id": person, "name": UNSEEN }),
        ),
        (
            "create_engagement",
            json!({ "account": UNSEEN, "name": "Desk" }),
        ),
        (
            "create_engagement",
            json!({ "account": "Lumen", "name": UNSEEN }),
        ),
        (
            "rename_engagement",
            json!({ "engagement_id": engagement, "name": UNSEEN }),
        ),
    ] {
        let refused = team.laptop.refused("Liisa", command, args);
        assert_eq!(refused["code"], "name_missing", "{command}");
    }
}

#[test]
fn a_line_that_nobody_could_read_is_refused() {
    let mut team = Team::new(842);
    let account = account_of(&mut team);
    let engagement = team.engagement.clone();
    let long = "x".repeat(10_000);
    for (command, field, args) in [
        ("create_account", "name", json!({ "name": long })),
        (
            "create_account",
            "sector",
            json!({ "name": "Lumen", "sector": long }),
        ),
        (
            "update_account",
            "parent_name",
            json!({ "account_id": account, "parent_name": long }),
        ),
        (
            "create_contact",
            "email",
            json!({ "account_id": account, "contact": { "name": "Max", "email": long } }),
        ),
        (
            "create_person",
            "name",
            json!({ "name": long, "roles": [] }),
        ),
        (
            "rename_engagement",
            "name",
            json!({ "engagement_id": engagement, "name": long }),
        ),
    ] {
        let refused = team.laptop.refused("Liisa", command, args);
        assert_eq!(
            (&refused["expected"], &refused["field"]),
            (&json!("shorter_line"), &json!(field)),
            "{command}"
        );
    }
}

#[test]
fn a_word_keeps_the_joiners_inside_it() {
    let mut team = Team::new(843);
    let name = "می\u{200c}خواهم";
    let args = json!({ "name": name });
    let id = team.laptop.call("Liisa", "create_account", args);
    let page = team.laptop.call("", "account", json!({ "account_id": id }));
    assert_eq!(page["account"]["name"], name);
}

#[test]
fn a_company_belongs_neither_to_itself_nor_to_one_below_it() {
    let mut team = Team::new(844);
    let mut company = |name: &str| {
        team.laptop
            .call("Liisa", "create_account", json!({ "name": name }))
    };
    let (top, below) = (company("Lumen"), company("Lumen Nord"));
    let change = |id: &Value, what: &str, to: &str| json!({ "account_id": id, what: to });
    let parent = change(&below, "parent_name", "lumen");
    team.laptop.call("Liisa", "update_account", parent);
    for args in [
        change(&top, "parent_name", "LUMEN"),
        change(&top, "parent_name", "Lumen Nord"),
        change(&below, "name", "Lumen"),
    ] {
        let refused = team.laptop.refused("Liisa", "update_account", args.clone());
        assert_eq!(refused["expected"], "other_company", "{args}");
    }
}
