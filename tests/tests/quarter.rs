//! A quarter in simulated time with the book of a real team: every due check raised once, none early, none lost,
//! while the laptop sleeps, restarts and has its clock set back.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_core::Store;
use baton_core::clock::{Randomness, SeededRandomness};
use baton_tests::laptop::{Laptop, NOON, Team};
use baton_tests::rhythm::{Numbers, SlowRhythm};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ENGAGEMENTS: usize = 4_238;
/// Engagements whose client answers; the others wait, and must not be raised a second time.
const ANSWERED: usize = 150;
const DAYS: u64 = 92;
const HOUR: i64 = 3_600_000;

fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 10, 1).unwrap()
}

fn midnight(day: NaiveDate) -> i64 {
    day.and_hms_opt(0, 0, 0)
        .unwrap()
        .and_utc()
        .timestamp_millis()
}

struct Dice(SeededRandomness);

impl Dice {
    fn below(&self, sides: u64) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_be_bytes(bytes) % sides
    }
}

/// A laptop whose person owns the whole book, with kick-offs before and within the quarter.
fn book(dice: &Dice) -> (Laptop, Vec<(String, NaiveDate)>) {
    let mut laptop = Laptop::new(900);
    let roles = ["sales", "project_manager", "account_manager", "lead"];
    let ann = laptop.call(
        "",
        "create_person",
        json!({ "name": "Ann", "roles": roles }),
    );
    laptop.call("", "choose_person", json!({ "person_id": ann }));
    let rows: String = (0..ENGAGEMENTS)
        .map(|row| format!("D-{row},Client {},Ann,Won,2026-09-01,100\n", row % 85))
        .collect();
    let csv = format!("deal id,account,owner,stage,close date,amount\n{rows}");
    let content = json!({ "content_base64": BASE64.encode(csv) });
    laptop.call("Ann", "import_deals", content);
    let mut engagements = Vec::new();
    for from in (0..ENGAGEMENTS).step_by(500) {
        let args = json!({ "from": from, "count": 500 });
        let list = laptop.call("", "list_engagements", args);
        for row in list["rows"].as_array().unwrap() {
            let id = row["id"].as_str().unwrap().to_owned();
            let kick_off = start() + Days::new(dice.below(130)) - Days::new(60);
            engagements.push((id, kick_off));
        }
    }
    for (id, kick_off) in &engagements {
        let args = json!({ "engagement_id": id, "item_id": "kick_off_held", "value": kick_off.to_string() });
        laptop.call("Ann", "tick_item", args);
    }
    (laptop, engagements)
}

/// A check: engagement, side, day of the rhythm.
type Key = (String, String, String);

struct Quarter {
    laptop: Laptop,
    /// Day on which each check was raised, as often as it was.
    raised: BTreeMap<Key, Vec<NaiveDate>>,
    /// Notices that were shown.
    notices: usize,
}

impl Quarter {
    /// What the app does every minute.
    fn look(&mut self) -> Vec<Key> {
        let clock = self.laptop.store.environment().clock.clone();
        let due = self.ask("due_reminders", json!({}));
        if due["title"].is_null() {
            return Vec::new();
        }
        self.notices += 1;
        let checks = due["checks"].as_array().unwrap().clone();
        let mut keys = Vec::new();
        let mut marks = Vec::new();
        for check in &checks {
            let text = |name: &str| check[name].as_str().unwrap().to_owned();
            let key = (text("engagement_id"), text("side"), text("rhythm_on"));
            assert!(
                text("due_on") <= clock.today().to_string(),
                "{key:?} was raised early"
            );
            self.raised
                .entry(key.clone())
                .or_default()
                .push(clock.today());
            marks.push(json!({ "engagement_id": key.0, "side": key.1, "rhythm_on": key.2 }));
            keys.push(key);
        }
        self.ask("mark_reminded", json!({ "checks": marks }));
        keys
    }

    fn ask(&mut self, name: &str, args: Value) -> Value {
        let caller = baton_core::Caller::Window;
        let outcome = baton_core::call(&mut self.laptop.store, &caller, name, args);
        outcome
            .unwrap_or_else(|error| panic!("{name}: {}", error.to_json()))
            .reply
    }

    fn restart(&mut self) {
        let environment = self.laptop.store.environment().clone();
        self.laptop.store = Store::open_with(self.laptop.folder.path(), environment).unwrap();
    }
}

#[test]
fn every_due_check_of_a_quarter_is_raised_once_none_early_and_none_lost() {
    let dice = Dice(SeededRandomness::new(901));
    let (laptop, engagements) = book(&dice);
    let mut models: BTreeMap<(String, String), SlowRhythm> = BTreeMap::new();
    for (id, kick_off) in &engagements {
        for side in ["client", "team"] {
            let model = SlowRhythm::new(*kick_off, Numbers::USUAL, Vec::new());
            models.insert((id.clone(), side.to_owned()), model);
        }
    }
    let answering: Vec<&String> = engagements
        .iter()
        .take(ANSWERED)
        .map(|(id, _)| id)
        .collect();
    let mut quarter = Quarter {
        laptop,
        raised: BTreeMap::new(),
        notices: 0,
    };
    // Every check that the slow model has on its way: key, and the day on which it is due.
    let mut expected: BTreeMap<Key, NaiveDate> = models
        .iter()
        .map(|((id, side), model)| {
            let key = (id.clone(), side.clone(), model.due.to_string());
            (key, model.shown())
        })
        .collect();
    let mut day = 0;
    let mut longest_gap = 0;
    while day < DAYS {
        let today = start() + Days::new(day);
        for hour in [2, 7, 9, 12, 15, 20] {
            quarter.laptop.clock.set(midnight(today) + hour * HOUR);
            match dice.below(12) {
                0 => quarter.restart(),
                1 => {
                    // The clock goes back for a while: nothing new is due then, and nothing is said twice.
                    quarter.laptop.clock.set(midnight(today) - 26 * HOUR);
                    assert!(quarter.look().is_empty(), "nothing is due in the past");
                    quarter.laptop.clock.set(midnight(today) + hour * HOUR);
                }
                _ => {}
            }
            let quiet = !(8..18).contains(&hour);
            let keys = quarter.look();
            assert!(!quiet || keys.is_empty(), "quiet hours are quiet");
            for (id, side, _) in keys {
                if answering.contains(&&id) && dice.below(3) > 0 {
                    let args = json!({ "engagement_id": id, "side": side, "score": 4 });
                    quarter.laptop.call("Ann", "record_mood", args);
                    let model = models.get_mut(&(id.clone(), side.clone())).unwrap();
                    model.hold(today);
                    expected.insert((id, side, model.due.to_string()), model.shown());
                }
            }
        }
        // The laptop sleeps for up to a week now and then.
        let slept = if dice.below(15) == 0 {
            1 + dice.below(6)
        } else {
            0
        };
        longest_gap = longest_gap.max(slept);
        day += 1 + slept;
    }
    let last_look = start() + Days::new(DAYS - 1 - longest_gap.min(1));
    for (key, days) in &quarter.raised {
        assert_eq!(days.len(), 1, "{key:?} was raised {} times", days.len());
        let due_on = expected
            .get(key)
            .unwrap_or_else(|| panic!("{key:?} is no check of the model"));
        assert!(days[0] >= *due_on, "{key:?} was raised early");
    }
    let lost: Vec<&Key> = expected
        .iter()
        .filter(|(key, due_on)| {
            **due_on < last_look - Days::new(longest_gap) && !quarter.raised.contains_key(*key)
        })
        .map(|(key, _)| key)
        .collect();
    assert!(
        lost.is_empty(),
        "{} checks were lost: {:?}",
        lost.len(),
        lost.first()
    );
    assert!(longest_gap > 0, "the laptop slept");
    assert!(
        quarter.raised.len() > ENGAGEMENTS,
        "there was something to raise"
    );
    assert!(
        quarter.notices < 92 * 6,
        "what came together was said together"
    );
    quarter.laptop.check();
}

#[test]
fn a_check_that_waits_for_no_reminder_cannot_be_marked_as_shown() {
    let mut team = Team::new(902);
    team.reach_kick_off();
    team.tick_kick_off();
    let mark = |team: &mut Team, person: &str, engagement: &str, on: &str| {
        let check = json!({ "engagement_id": engagement, "side": "client", "rhythm_on": on });
        let args = json!({ "checks": [check] });
        team.laptop.call(person, "mark_reminded", args)
    };
    let (engagement, nobody) = (team.engagement.clone(), team.mikko.clone());
    let due_on = "2026-11-16";
    assert_eq!(
        mark(&mut team, "Mikko", &engagement, due_on),
        0,
        "ahead of its day"
    );
    team.laptop.clock.set(NOON + 14 * 24 * HOUR);
    for (person, engagement, on) in [
        ("Mikko", nobody.as_str(), due_on),
        ("Mikko", &engagement, "2026-11-30"),
        ("Ola", &engagement, due_on),
    ] {
        assert_eq!(
            mark(&mut team, person, engagement, on),
            0,
            "{person} on {on}"
        );
    }
    let due = team.laptop.call("Mikko", "due_reminders", json!({}));
    assert_eq!(
        due["checks"][0]["rhythm_on"], due_on,
        "it is shown none the less"
    );
    assert_eq!(mark(&mut team, "Mikko", &engagement, due_on), 1);
    assert_eq!(
        mark(&mut team, "Mikko", &engagement, due_on),
        0,
        "it is no news any more"
    );
}
