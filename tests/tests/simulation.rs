//! Many laptops, a bad network and clocks years off: whatever is dropped, repeated, reordered, split, forged or
//! crashed, laptops that hold the same operations show the same, byte for byte.
//!
//! Each seed is one story, and gives the same story again. `BATON_SEEDS` sets how many; the failing one is named.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_core::clock::{SeededRandomness, SetClock};
use baton_core::ids::{ActId, DeviceId, Id};
use baton_core::log::{Act, ActHeader, Dot, Kind, Operation, Value};
use baton_core::sync::bundle::{Bundle, decode, encode};
use baton_core::{Caller, Environment, Store, call};
use baton_tests::laptop::{NOON, acceptance, full_form};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::sync::Arc;

const PEOPLE: [(&str, &str); 5] = [
    ("Ola", "sales"),
    ("Jo", "sales"),
    ("Mikko", "project_manager"),
    ("Petra", "project_manager"),
    ("Liisa", "lead"),
];
const POINTS: [&str; 4] = ["scope", "concerns", "order_description", "business_need"];
const ITEMS: [(&str, &str); 3] = [
    ("scope_meeting_held", "2026-11-01"),
    ("scope_confirmed", "confirmed"),
    ("kick_off_held", "2026-11-03"),
];
const STAGES: [&str; 3] = ["post-sales", "kick-off", "execution"];

struct Replica {
    store: Store,
    clock: SetClock,
}

impl Replica {
    fn new(seed: u64) -> Self {
        let clock = SetClock::at(NOON);
        let environment = Environment {
            clock: Arc::new(clock.clone()),
            randomness: Arc::new(SeededRandomness::new(seed)),
        };
        Self {
            store: Store::in_memory(environment).unwrap(),
            clock,
        }
    }

    /// Acts as somebody; a refusal is as good an outcome as any.
    fn attempt(&mut self, person: &str, name: &str, args: Json) -> Option<Json> {
        let caller = if person.is_empty() {
            Caller::Nobody
        } else {
            Caller::Person(person.to_owned())
        };
        match call(&mut self.store, &caller, name, args) {
            Ok(outcome) => Some(outcome.reply),
            Err(error) if error.is_refusal() || error.code() == "not_found" => None,
            Err(error) => panic!("{name}: {}", error.to_json()),
        }
    }

    fn bundle(&mut self) -> Bundle {
        let reply = self.attempt("", "export_bundle", json!({})).unwrap();
        decode(
            &BASE64
                .decode(reply["content_base64"].as_str().unwrap())
                .unwrap(),
        )
        .unwrap()
    }

    fn receive(&mut self, bundle: &Bundle, preview: bool) {
        let content = BASE64.encode(encode(bundle).unwrap());
        self.attempt(
            "",
            "import_bundle",
            json!({ "content_base64": content, "preview": preview }),
        );
    }
}

/// One story.
struct Story {
    dice: SeededRandomness,
    replicas: Vec<Replica>,
    engagements: Vec<String>,
    people: Vec<String>,
    /// Bundles on their way.
    mail: Vec<Bundle>,
    /// Names that somebody saw and overwrote: none of them may ever win again.
    overwritten: BTreeSet<String>,
    names: u64,
    forged: u64,
}

impl Story {
    fn begin(seed: u64) -> Self {
        let dice = SeededRandomness::new(seed ^ 0x5eed);
        let count = 2 + usize::try_from(dice.next() % 4).unwrap();
        let mut replicas: Vec<Replica> = (0..count)
            .map(|index| Replica::new(seed * 31 + index as u64))
            .collect();
        let mut people = Vec::new();
        for (name, role) in PEOPLE {
            let id = replicas[0]
                .attempt(
                    "",
                    "create_person",
                    json!({ "name": name, "roles": [role] }),
                )
                .unwrap();
            people.push(id.as_str().unwrap().to_owned());
        }
        let mut engagements = Vec::new();
        for index in 0..2 {
            let args = json!({ "account": "Gekko & Co", "name": format!("E{index}"), "template_id": null });
            let id = replicas[0]
                .attempt("Ola", "create_engagement", args)
                .unwrap();
            engagements.push(id.as_str().unwrap().to_owned());
        }
        let first = replicas[0].bundle();
        for replica in &mut replicas[1..] {
            replica.receive(&first, false);
        }
        Self {
            dice,
            replicas,
            engagements,
            people,
            mail: Vec::new(),
            overwritten: BTreeSet::new(),
            names: 0,
            forged: 0,
        }
    }

    fn roll(&self, sides: usize) -> usize {
        usize::try_from(self.dice.next() % sides as u64).unwrap()
    }

    fn step(&mut self) {
        let at = self.roll(self.replicas.len());
        match self.roll(20) {
            0..=8 => self.act(at),
            9..=10 => {
                // Clocks are years off, jump forwards and are set back.
                let years = self.roll(21) as i64 - 10;
                self.replicas[at]
                    .clock
                    .set(NOON + years * 31_557_600_000 + self.roll(86_400_000) as i64);
            }
            11..=13 => {
                let bundle = self.replicas[at].bundle();
                self.mail.push(bundle);
            }
            14..=16 => self.deliver(at, false),
            17 => {
                // A crash: everything was written but the transaction never committed.
                self.deliver(at, true);
            }
            18 => self.forge(at),
            _ => {
                let id = self.engagements[self.roll(2)].clone();
                let history = self.replicas[at]
                    .attempt("", "history", json!({ "engagement_id": id }))
                    .unwrap();
                let rows = history["rows"].as_array().unwrap();
                let act = rows[self.roll(rows.len())].clone();
                let person = act["person"].as_str().unwrap_or_default().to_owned();
                // An undo brings a value back on purpose; names must tell by themselves whether one came back.
                if act["command"] != "rename_engagement" {
                    self.replicas[at].attempt(&person, "undo", json!({ "act_id": act["act_id"] }));
                }
            }
        }
    }

    fn deliver(&mut self, at: usize, preview: bool) {
        if self.mail.is_empty() {
            return;
        }
        let picked = self.roll(self.mail.len());
        let mut bundle = self.mail[picked].clone();
        if self.roll(3) == 0 {
            // Split anywhere between two acts, and shuffled.
            bundle.acts.retain(|_| !self.dice.next().is_multiple_of(3));
            for index in (1..bundle.acts.len()).rev() {
                let other = self.roll(index + 1);
                bundle.acts.swap(index, other);
            }
        }
        self.replicas[at].receive(&bundle, preview);
        // Some are dropped from the mail, the others come again.
        if self.roll(4) == 0 {
            self.mail.swap_remove(picked);
        }
    }

    fn act(&mut self, at: usize) {
        let person = PEOPLE[self.roll(PEOPLE.len())].0;
        let id = self.engagements[self.roll(2)].clone();
        let of = |mut args: Json| {
            args["engagement_id"] = json!(id);
            args
        };
        let draw = self.roll(14);
        let (name, args) = match draw {
            0..=2 => return self.rename(at, person, &id),
            3 => {
                let point = POINTS[self.roll(POINTS.len())];
                (
                    "fill_handover",
                    of(json!({ "points": { point: format!("v{}", self.roll(5)) } })),
                )
            }
            4 => ("fill_handover", of(json!({ "points": full_form() }))),
            5 => {
                let (item, value) = ITEMS[self.roll(ITEMS.len())];
                ("tick_item", of(json!({ "item_id": item, "value": value })))
            }
            6 => (
                "untick_item",
                of(json!({ "item_id": ITEMS[self.roll(ITEMS.len())].0 })),
            ),
            7 => ("verify_brief", of(json!({}))),
            8 => (
                "submit_handover",
                of(json!({ "receiver_id": self.people[2 + self.roll(2)] })),
            ),
            9 => ("accept_handover", of(acceptance())),
            10 => (
                "return_handover",
                of(json!({ "comments": { "scope": "?" } })),
            ),
            11 => (
                "move_stage",
                of(json!({ "to": STAGES[self.roll(STAGES.len())] })),
            ),
            12 => ("override_gate", of(json!({ "reason": "it must go on" }))),
            _ => {
                if self.roll(2) == 0 {
                    (
                        "log_promise",
                        of(json!({ "kind": "date", "wording": "by March" })),
                    )
                } else if self.roll(2) == 0 {
                    ("delete_engagement", of(json!({})))
                } else {
                    ("restore_engagement", of(json!({})))
                }
            }
        };
        self.replicas[at].attempt(person, name, args);
    }

    fn rename(&mut self, at: usize, person: &str, id: &str) {
        let before = self.name(at, id);
        self.names += 1;
        let name = format!("N{}", self.names);
        let args = json!({ "engagement_id": id, "name": name });
        if self.replicas[at]
            .attempt(person, "rename_engagement", args)
            .is_some()
        {
            self.overwritten.insert(before);
        }
    }

    fn name(&mut self, at: usize, id: &str) -> String {
        let view = self.replicas[at]
            .attempt("", "engagement", json!({ "engagement_id": id }))
            .unwrap();
        view["name"].as_str().unwrap().to_owned()
    }

    /// A hostile laptop names parents that are missing, its own, later or somebody else's business.
    fn forge(&mut self, at: usize) {
        self.forged += 1;
        let known = self.replicas[at].bundle();
        let picked = &known.acts[self.roll(known.acts.len())];
        let device = DeviceId(Id([u8::try_from(200 + self.forged % 50).unwrap(); 16]));
        let parents = match self.roll(4) {
            0 => vec![Dot { device, seq: 1 }],
            1 => vec![Dot {
                device: DeviceId(Id([255; 16])),
                seq: 1 + self.roll(9) as u64,
            }],
            2 => vec![Dot {
                device: picked.header.device,
                seq: picked.header.first_seq,
            }],
            _ => vec![Dot {
                device: picked.header.device,
                seq: picked.header.first_seq + 1_000,
            }],
        };
        let (kind, field, value) = match self.roll(3) {
            0 => (Kind::Move, 5301, Value::from(STAGES[self.roll(3)])),
            1 => (Kind::Tick, 5101, Value::from("confirmed")),
            _ => (Kind::Accept, 5302, Value::Null),
        };
        let operation = Operation {
            kind,
            entity_kind: 5,
            entity: self.engagements[self.roll(2)].parse().unwrap(),
            field,
            key: if kind == Kind::Tick {
                "scope_confirmed".into()
            } else {
                String::new()
            },
            evidence: parents.clone(),
            parents,
            context: None,
            value,
            fields: Vec::new(),
            ends_transaction: self.roll(2) == 0,
        };
        // Another story's forger must not fork this one: one act per hostile laptop.
        if self.forged > 50 {
            return;
        }
        let header = ActHeader {
            id: ActId(Id([u8::try_from(self.forged).unwrap(); 16])),
            device,
            first_seq: 1,
            at: NOON + self.roll(1_000_000) as i64,
            person: None,
            command: "forged".into(),
            undo_of: None,
            is_mended: false,
        };
        self.mail.push(Bundle {
            acts: vec![Act::new(header, &[operation])],
            ..known
        });
    }

    /// Everybody gets everything, in whatever order.
    fn settle(&mut self) {
        let mail = std::mem::take(&mut self.mail);
        for _ in 0..2 {
            for from in 0..self.replicas.len() {
                let bundle = self.replicas[from].bundle();
                for to in 0..self.replicas.len() {
                    self.replicas[to].receive(&bundle, false);
                }
            }
            for bundle in &mail {
                for replica in &mut self.replicas {
                    replica.receive(bundle, false);
                }
            }
        }
    }

    fn end(mut self, seed: u64) {
        self.settle();
        let dumps: Vec<String> = self
            .replicas
            .iter_mut()
            .map(|replica| replica.store.dump().unwrap())
            .collect();
        for dump in &dumps[1..] {
            assert!(
                *dump == dumps[0],
                "seed {seed}: laptops with the same operations differ"
            );
        }
        for id in self.engagements.clone() {
            let name = self.name(0, &id);
            assert!(
                !self.overwritten.contains(&name),
                "seed {seed}: {name} was seen and overwritten, and won again"
            );
        }
        for replica in &mut self.replicas {
            let report = replica.store.check().unwrap();
            assert!(report.ok, "seed {seed}: {:?}", report.differences);
        }
        self.heads_agree_with_the_model(seed, &dumps[0]);
    }

    /// The slow, obvious model folds all operations of an engagement at once; the store kept its heads one by one.
    fn heads_agree_with_the_model(&mut self, seed: u64, dump: &str) {
        for id in self.engagements.clone() {
            let view = self.replicas[0]
                .attempt("", "engagement", json!({ "engagement_id": id }))
                .unwrap();
            let line = dump.lines().find(|line| {
                line.contains("\"engagement\"") && line.contains(&format!("\"id\":\"{id}\""))
            });
            let kept: Json =
                serde_json::from_str(line.expect("the engagement is in the dump")).unwrap();
            for point in view["handover"]["points"].as_array().unwrap() {
                let heads = &kept["fields"][format!("point/{}", point["id"].as_str().unwrap())];
                let Some(heads) = heads.as_array() else {
                    continue;
                };
                assert_eq!(
                    heads[0]["value"], point["value"],
                    "seed {seed}: {}",
                    point["id"]
                );
                let mut others: Vec<String> = heads[1..]
                    .iter()
                    .map(|head| &head["value"])
                    .filter(|value| **value != point["value"])
                    .map(Json::to_string)
                    .collect();
                others.sort();
                let shown = point["other_values"].as_array().unwrap();
                let mut shown: Vec<String> = shown.iter().map(Json::to_string).collect();
                shown.sort();
                assert_eq!(others, shown, "seed {seed}: {}", point["id"]);
            }
        }
    }
}

#[test]
fn laptops_that_hold_the_same_operations_show_the_same_whatever_happened() {
    let seeds: u64 = std::env::var("BATON_SEEDS")
        .ok()
        .and_then(|seeds| seeds.parse().ok())
        .unwrap_or(200);
    for seed in 0..seeds {
        let mut story = Story::begin(seed);
        for _ in 0..60 {
            story.step();
        }
        story.end(seed);
    }
}
