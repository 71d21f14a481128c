//! Merging as algebra: the order, the number of times and the packing in which acts arrive change nothing.
//!
//! The simulation tells long stories; here short ones are taken apart in every way, and a failing one shrinks to
//! the few acts that matter.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_core::clock::{SeededRandomness, SetClock};
use baton_core::log::Act;
use baton_core::sync::bundle::{Bundle, decode, encode};
use baton_core::{Caller, Environment, Store, call};
use baton_tests::laptop::{NOON, acceptance, full_form};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

const PEOPLE: [(&str, &str); 3] = [
    ("Ola", "sales"),
    ("Jo", "sales"),
    ("Mikko", "project_manager"),
];
const STAGES: [&str; 3] = ["post-sales", "kick-off", "execution"];
const LAPTOPS: usize = 3;

struct Laptop {
    store: Store,
    clock: SetClock,
}

fn laptop(seed: u64) -> Laptop {
    let clock = SetClock::at(NOON);
    let environment = Environment {
        clock: Arc::new(clock.clone()),
        randomness: Arc::new(SeededRandomness::new(seed)),
    };
    let store = Store::in_memory(environment).unwrap();
    Laptop { store, clock }
}

/// Acts as somebody; a refusal is as good an outcome as any.
fn attempt(laptop: &mut Laptop, person: &str, name: &str, args: Value) -> Option<Value> {
    let caller = if person.is_empty() {
        Caller::Nobody
    } else {
        Caller::Person(person.to_owned())
    };
    match call(&mut laptop.store, &caller, name, args) {
        Ok(outcome) => Some(outcome.reply),
        Err(error) if error.is_refusal() => None,
        Err(error) => panic!("{name}: {}", error.to_json()),
    }
}

fn bundle(laptop: &mut Laptop) -> Bundle {
    let reply = attempt(laptop, "", "export_bundle", json!({})).unwrap();
    let bytes = BASE64.decode(reply["content_base64"].as_str().unwrap());
    decode(&bytes.unwrap()).unwrap()
}

fn receive(laptop: &mut Laptop, bundle: &Bundle) -> u64 {
    let content = BASE64.encode(encode(bundle).unwrap());
    let reply = attempt(
        laptop,
        "",
        "import_bundle",
        json!({ "content_base64": content }),
    );
    reply.expect("a whole bundle is never refused")["new_operations"]
        .as_u64()
        .unwrap()
}

/// One step of a story: which laptop, what it does, and with what.
type Step = (usize, u8, u8);

fn run(laptops: &mut [Laptop], engagement: &str, mikko: &str, (at, what, with): Step) {
    let person = PEOPLE[usize::from(with) % PEOPLE.len()].0;
    let with = usize::from(with);
    let (name, mut args) = match what {
        0 => ("rename_engagement", json!({ "name": format!("N{with}") })),
        1 => (
            "fill_handover",
            json!({ "points": { "scope": format!("v{}", with % 4) } }),
        ),
        2 => ("fill_handover", json!({ "points": full_form() })),
        3 => (
            "tick_item",
            json!({ "item_id": "scope_confirmed", "value": "confirmed" }),
        ),
        4 => ("untick_item", json!({ "item_id": "scope_confirmed" })),
        5 => ("verify_brief", json!({})),
        6 => ("submit_handover", json!({ "receiver_id": mikko })),
        7 => ("accept_handover", acceptance()),
        8 => ("override_gate", json!({ "reason": "it must go on" })),
        9 => ("move_stage", json!({ "to": STAGES[with % STAGES.len()] })),
        10 => ("delete_engagement", json!({})),
        11 => ("restore_engagement", json!({})),
        12 => (
            "log_promise",
            json!({ "kind": "date", "wording": "by March" }),
        ),
        13 => {
            attempt(&mut laptops[at], person, "undo", json!({}));
            return;
        }
        14 => {
            // Clocks go wrong by days, both ways.
            let days = i64::try_from(with % 9).unwrap() - 4;
            laptops[at].clock.set(NOON + days * 86_400_000);
            return;
        }
        _ => {
            let from = bundle(&mut laptops[with % LAPTOPS]);
            receive(&mut laptops[at], &from);
            return;
        }
    };
    args["engagement_id"] = json!(engagement);
    attempt(&mut laptops[at], person, name, args);
}

/// What each laptop knows after the story.
fn tell(steps: &[Step]) -> Vec<Bundle> {
    let mut laptops: Vec<Laptop> = (0..LAPTOPS as u64).map(|seed| laptop(seed + 1)).collect();
    let mut people = PEOPLE.iter().map(|(name, role)| {
        let args = json!({ "name": name, "roles": [role] });
        let id = attempt(&mut laptops[0], "", "create_person", args).unwrap();
        id.as_str().unwrap().to_owned()
    });
    let mikko = people.by_ref().last().unwrap();
    drop(people);
    let args = json!({ "account": "Gekko & Co", "name": "Support desk", "template_id": null });
    let engagement = attempt(&mut laptops[0], "Ola", "create_engagement", args).unwrap();
    let first = bundle(&mut laptops[0]);
    for laptop in &mut laptops[1..] {
        receive(laptop, &first);
    }
    for step in steps {
        run(&mut laptops, engagement.as_str().unwrap(), &mikko, *step);
    }
    laptops.iter_mut().map(bundle).collect()
}

/// A new laptop that receives these bundles, one after the other.
fn after(bundles: &[&Bundle]) -> Laptop {
    let mut new = laptop(99);
    for bundle in bundles {
        receive(&mut new, bundle);
    }
    new
}

fn dump(laptop: &mut Laptop) -> String {
    laptop.store.dump().unwrap()
}

fn story() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((0..LAPTOPS, 0..17_u8, 0..24_u8), 1..24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bundles_in_any_order_and_repeated_give_the_same_store(steps in story()) {
        let told = tell(&steps);
        let [a, b, c] = [&told[0], &told[1], &told[2]];
        let mut one_way = after(&[a, b, c]);
        let expected = dump(&mut one_way);
        prop_assert!(expected == dump(&mut after(&[c, b, a])), "the order of bundles shows");
        prop_assert!(expected == dump(&mut after(&[b, b, c, a, c])), "a repeated bundle shows");
        for again in [a, b, c] {
            prop_assert_eq!(receive(&mut one_way, again), 0, "a known bundle brought something");
        }
        prop_assert!(expected == dump(&mut one_way), "a known bundle changed something");
    }

    #[test]
    fn acts_in_any_order_and_packing_give_the_same_store(steps in story(), dice in any::<u64>()) {
        let told = tell(&steps);
        let mut expected = after(&told.iter().collect::<Vec<_>>());
        let mut acts: BTreeMap<_, Act> = BTreeMap::new();
        for act in told.iter().flat_map(|bundle| &bundle.acts) {
            acts.insert((act.header.device, act.header.first_seq), act.clone());
        }
        let mut acts: Vec<Act> = acts.into_values().collect();
        let random = SeededRandomness::new(dice);
        for index in (1..acts.len()).rev() {
            acts.swap(index, usize::try_from(random.next() % (index as u64 + 1)).unwrap());
        }
        let mut packed = laptop(99);
        let mut rest = acts.as_slice();
        while !rest.is_empty() {
            let size = usize::try_from(random.next() % 4 + 1).unwrap().min(rest.len());
            let (some, others) = rest.split_at(size);
            receive(&mut packed, &Bundle { acts: some.to_vec(), ..told[0].clone() });
            rest = others;
        }
        prop_assert!(dump(&mut expected) == dump(&mut packed), "the packing shows");
        let report = packed.store.check().unwrap();
        prop_assert!(report.ok, "{:?}", report.differences);
    }
}
