//! A laptop: a real store in a folder of its own, reached through the door only, with a clock that tests set.

use baton_core::clock::{SeededRandomness, SetClock};
use baton_core::{Caller, Environment, Error, Store, call};
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;

/// Noon on 2 November 2026, UTC.
pub const NOON: i64 = 1_793_620_800_000;

/// A laptop with its store.
pub struct Laptop {
    /// The store.
    pub store: Store,
    /// Its clock.
    pub clock: SetClock,
    /// Its folder.
    pub folder: TempDir,
}

impl Laptop {
    /// A new laptop. The seed gives its ids, so that a failing test fails the same way again.
    ///
    /// # Panics
    /// If the store cannot be made.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let folder = TempDir::new().expect("a folder for the test");
        let clock = SetClock::at(NOON);
        let environment = Environment {
            clock: Arc::new(clock.clone()),
            randomness: Arc::new(SeededRandomness::new(seed)),
        };
        let store = Store::open_with(folder.path(), environment).expect("a store");
        Self {
            store,
            clock,
            folder,
        }
    }

    /// Asks as a person (`""` for nobody).
    ///
    /// # Errors
    /// What the door says.
    pub fn try_call(&mut self, person: &str, name: &str, args: Value) -> Result<Value, Error> {
        self.try_act(person, name, args).map(|(reply, _)| reply)
    }

    /// Asks as a person and gives the act's id too.
    ///
    /// # Errors
    /// What the door says.
    pub fn try_act(
        &mut self,
        person: &str,
        name: &str,
        args: Value,
    ) -> Result<(Value, Option<String>), Error> {
        let caller = if person.is_empty() {
            Caller::Nobody
        } else {
            Caller::Person(person.to_owned())
        };
        call(&mut self.store, &caller, name, args).map(|outcome| (outcome.reply, outcome.act_id))
    }

    /// Asks as a person for something that must be done.
    ///
    /// # Panics
    /// If it is refused.
    pub fn call(&mut self, person: &str, name: &str, args: Value) -> Value {
        match self.try_call(person, name, args) {
            Ok(reply) => reply,
            Err(error) => panic!("{name} as {person:?}: {}", error.to_json()),
        }
    }

    /// Asks for something that must be refused, and checks that the store stays byte for byte as it was.
    ///
    /// # Panics
    /// If it is done, or if anything was written.
    pub fn refused(&mut self, person: &str, name: &str, args: Value) -> Value {
        let before = self.store.dump().expect("a dump");
        let error = match self.try_call(person, name, args) {
            Ok(reply) => panic!("{name} as {person:?} must be refused and gave {reply}"),
            Err(error) => error.to_json(),
        };
        assert!(
            before == self.store.dump().expect("a dump"),
            "a refused {name} wrote something"
        );
        error
    }

    /// The act's id of something that must be done.
    ///
    /// # Panics
    /// If it is refused or recorded nothing.
    pub fn act(&mut self, person: &str, name: &str, args: Value) -> String {
        match self.try_act(person, name, args) {
            Ok((_, act)) => act.expect("an act was recorded"),
            Err(error) => panic!("{name} as {person:?}: {}", error.to_json()),
        }
    }

    /// The dump.
    ///
    /// # Panics
    /// If the store cannot be read.
    pub fn dump(&mut self) -> String {
        self.store.dump().expect("a dump")
    }

    /// A bundle with everything, base64.
    pub fn bundle(&mut self) -> String {
        let reply = self.call("", "export_bundle", json!({}));
        reply["content_base64"].as_str().expect("bytes").to_owned()
    }

    /// Imports a colleague's bundle.
    pub fn receive(&mut self, bundle: &str) -> Value {
        self.call("", "import_bundle", json!({ "content_base64": bundle }))
    }

    /// Checks that the store is whole.
    ///
    /// # Panics
    /// If it is not.
    pub fn check(&mut self) {
        let report = self.call("", "check", json!({}));
        assert_eq!(report["ok"], json!(true), "{report}");
    }
}

/// Ola of sales, Mikko the project manager, Jo of sales, Maryam the account manager, and one engagement of Ola's.
pub struct Team {
    /// The laptop.
    pub laptop: Laptop,
    /// The engagement.
    pub engagement: String,
    /// Mikko's id.
    pub mikko: String,
    /// Maryam's id.
    pub maryam: String,
}

/// Sales, who set the workspace up and so is its admin, is somebody else than the people of the story: an admin
/// may act for anybody, which would hide what the rules say no to.
impl Team {
    /// A laptop with the team and the engagement.
    ///
    /// # Panics
    /// If it cannot be made.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut laptop = Laptop::new(seed);
        let mut person = |name: &str, roles: &[&str]| {
            let id = laptop.call("", "create_person", json!({ "name": name, "roles": roles }));
            id.as_str().expect("an id").to_owned()
        };
        person("Liisa", &["lead"]);
        person("Ola", &["sales"]);
        person("Jo", &["sales"]);
        let mikko = person("Mikko", &["project_manager"]);
        let maryam = person("Maryam", &["account_manager"]);
        let args = json!({
            "account": "Gekko & Co", "name": "Support desk", "template_id": null,
            "value_minor": 1_250_000, "currency": "EUR", "signed_on": "2026-10-30",
        });
        let engagement = laptop.call("Ola", "create_engagement", args);
        let engagement = engagement.as_str().expect("an id").to_owned();
        Self {
            laptop,
            engagement,
            mikko,
            maryam,
        }
    }

    /// Arguments that name the engagement, with others beside.
    #[must_use]
    pub fn of(&self, mut args: Value) -> Value {
        args["engagement_id"] = json!(self.engagement);
        args
    }

    /// Asks something about the engagement.
    pub fn call(&mut self, person: &str, name: &str, args: Value) -> Value {
        let args = self.of(args);
        self.laptop.call(person, name, args)
    }

    /// Asks something about the engagement that must be refused.
    pub fn refused(&mut self, person: &str, name: &str, args: Value) -> Value {
        let args = self.of(args);
        self.laptop.refused(person, name, args)
    }

    /// The act's id of something about the engagement.
    pub fn act(&mut self, person: &str, name: &str, args: Value) -> String {
        let args = self.of(args);
        self.laptop.act(person, name, args)
    }

    /// The engagement's view.
    pub fn view(&mut self) -> Value {
        self.call("Ola", "engagement", json!({}))
    }

    /// Ids of the open items.
    pub fn open_items(&mut self) -> Vec<String> {
        ids(&self.view()["open_items"])
    }

    /// Fills the whole form as Ola.
    pub fn fill(&mut self) {
        self.call("Ola", "fill_handover", json!({ "points": full_form() }));
    }

    /// Everything that opens the first gate: filled, verified by Jo, submitted to Mikko and accepted by him.
    pub fn hand_over(&mut self) {
        self.fill();
        self.call("Jo", "verify_brief", json!({}));
        self.call(
            "Ola",
            "tick_item",
            json!({ "item_id": "scope_meeting_held", "value": "2026-11-01" }),
        );
        self.call(
            "Ola",
            "tick_item",
            json!({ "item_id": "scope_confirmed", "value": "confirmed" }),
        );
        let receiver = self.mikko.clone();
        self.call("Ola", "submit_handover", json!({ "receiver_id": receiver }));
        self.call("Mikko", "accept_handover", acceptance());
    }

    /// Handed over and moved to kick-off.
    pub fn reach_kick_off(&mut self) {
        self.hand_over();
        self.call("Mikko", "move_stage", json!({ "to": "kick-off" }));
    }

    /// Ticks the whole kick-off checklist as Mikko.
    pub fn tick_kick_off(&mut self) {
        for (item, value) in [
            ("prepared_to_start", json!(true)),
            ("kick_off_held", json!("2026-11-02")),
            ("scope_reconfirmed", json!(true)),
            ("accesses_received", json!(true)),
            ("channels_agreed", json!("mail and phone")),
            ("reporting_agreed", json!("one page every second Friday")),
            ("team_introduced", json!("2026-11-02, by phone")),
        ] {
            self.call(
                "Mikko",
                "tick_item",
                json!({ "item_id": item, "value": value }),
            );
        }
    }
}

/// How Mikko accepts.
#[must_use]
pub fn acceptance() -> Value {
    json!({ "held_on": "2026-11-02", "people": ["Ola", "Mikko"], "minutes": "Scope as sold; start on Monday." })
}

/// Every mandatory point, filled.
#[must_use]
pub fn full_form() -> Value {
    json!({
        "decision_maker": { "name": "Ada Gekko", "role": "CEO", "email": "ada@gekko.example", "language": "en" },
        "daily_contact": { "name": "Max Gekko", "role": "Head of support", "phone": "+48 600 100 200", "language": "pl" },
        "business_need": "Answers take two days",
        "expected_result": "First answer within an hour, nine of ten times",
        "scope": "Desk of four people, mail and chat",
        "out_of_scope": "Phone at night",
        "schedule": { "start_on": "2026-11-16", "end_on": "2027-02-28" },
        "commercial_terms": { "value_minor": 1_250_000, "currency": "EUR", "billing": "monthly, 30 days" },
        "promises": { "none_made": true },
        "concerns": "Their IT is slow with accesses",
        "order_description": "Support desk, four seats, twelve months",
    })
}

/// The ids in a list of objects.
#[must_use]
pub fn ids(list: &Value) -> Vec<String> {
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item["id"].as_str())
        .map(str::to_owned)
        .collect()
}
