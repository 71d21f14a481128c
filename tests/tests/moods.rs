//! Mood checks: the worked table of docs/moods.md, a slow and obvious model beside it, and what is refused.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use baton_tests::laptop::Laptop;
use baton_tests::program::repository;
use baton_tests::rhythm::{Numbers, SlowRhythm};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::{Value, json};

const DAY: i64 = 86_400_000;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text} is a date"))
}

/// A laptop of one person with one engagement whose kick-off can be held.
struct Book {
    laptop: Laptop,
    ann: String,
    engagement: String,
}

impl Book {
    fn new(seed: u64) -> Self {
        let mut laptop = Laptop::new(seed);
        let roles = ["sales", "project_manager", "account_manager", "lead"];
        let ann = laptop.call(
            "",
            "create_person",
            json!({ "name": "Ann", "roles": roles }),
        );
        let args = json!({ "account": "Gekko", "name": "Support desk", "template_id": null });
        let engagement = laptop.call("Ann", "create_engagement", args);
        Self {
            laptop,
            ann: ann.as_str().unwrap().to_owned(),
            engagement: engagement.as_str().unwrap().to_owned(),
        }
    }

    fn call(&mut self, name: &str, mut args: Value) -> Value {
        args["engagement_id"] = json!(self.engagement);
        self.laptop.call("Ann", name, args)
    }

    fn refused(&mut self, name: &str, mut args: Value) -> Value {
        args["engagement_id"] = json!(self.engagement);
        self.laptop.refused("Ann", name, args)
    }

    fn set_day(&mut self, day: NaiveDate) {
        let noon = day.and_hms_opt(12, 0, 0).unwrap().and_utc();
        self.laptop.clock.set(noon.timestamp_millis());
    }

    fn kick_off(&mut self, on: NaiveDate) {
        let args = json!({ "item_id": "kick_off_held", "value": on.to_string() });
        self.call("tick_item", args);
    }

    fn free(&mut self, holidays: &[NaiveDate], absences: &[String]) {
        let holidays: Vec<String> = holidays.iter().map(NaiveDate::to_string).collect();
        let args = json!({ "weekend": [6, 7], "holidays": holidays });
        self.laptop.call("Ann", "set_calendar", args);
        let args = json!({ "person_id": self.ann, "absences": absences });
        self.laptop.call("Ann", "set_absences", args);
    }

    fn hold(&mut self, on: NaiveDate) {
        self.set_day(on);
        self.call("record_mood", json!({ "side": "client", "score": 4 }));
    }

    fn set_rhythm(&mut self, numbers: Numbers) {
        let rhythm = json!({
            "first_days": numbers.first_days, "every_days": numbers.every_days, "until_day": numbers.until_day,
            "then_months": 1,
        });
        self.call("set_mood_rhythm", json!({ "rhythm": rhythm }));
    }

    fn skip(&mut self) {
        let args = json!({ "side": "client", "reason": "They are at a fair" });
        self.call("skip_mood", args);
    }

    /// The next check of the client as the page shows it.
    fn due_on(&mut self) -> NaiveDate {
        let moods = self.call("moods", json!({}));
        day(moods["client"]["due_on"].as_str().unwrap())
    }

    /// The client's check is on the list up to a day.
    fn is_listed(&mut self, until: NaiveDate) -> bool {
        let args = json!({ "until": until.to_string() });
        let list = self.laptop.call("Ann", "list_due", args);
        let rows = list["rows"].as_array().unwrap();
        rows.iter().any(|row| row["side"] == "client")
    }

    /// The client's check stands in Today on a day; the date it names.
    fn in_today(&mut self, on: NaiveDate) -> Option<NaiveDate> {
        self.set_day(on);
        let today = self
            .laptop
            .call("Ann", "today", json!({ "kind": "mood_check" }));
        let rows = today["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["side"] == "client")?;
        row["on"].as_str().map(day)
    }
}

#[test]
fn the_worked_table_of_the_documentation_holds() {
    let text = std::fs::read_to_string(repository().join("docs/moods.md")).unwrap();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1)
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() >= 12, "the table is there");
    for (seed, row) in (700..).zip(&rows) {
        let [case, rhythm, kick_off, free, held, next] = row[..] else {
            panic!("{row:?} has six columns");
        };
        let mut book = Book::new(seed);
        if !rhythm.is_empty() {
            let numbers: Vec<u32> = rhythm
                .split(' ')
                .map(|number| number.parse().unwrap())
                .collect();
            let [first_days, every_days, until_day] = numbers[..] else {
                panic!("{rhythm} has three numbers");
            };
            book.set_rhythm(Numbers {
                first_days,
                every_days,
                until_day,
            });
        }
        book.kick_off(day(kick_off));
        let (absences, holidays): (Vec<&str>, Vec<&str>) =
            free.split_whitespace().partition(|line| line.contains('/'));
        let absences: Vec<String> = absences.into_iter().map(str::to_owned).collect();
        let holidays: Vec<NaiveDate> = holidays.into_iter().map(day).collect();
        book.free(&holidays, &absences);
        for what in held.split_whitespace() {
            match what {
                "skip" => book.skip(),
                on => book.hold(day(on)),
            }
        }
        assert_eq!(book.due_on(), day(next), "{case}");
        assert!(book.is_listed(day(next)), "{case}: it is listed on its day");
        let before = day(next).pred_opt().unwrap();
        assert!(!book.is_listed(before), "{case}: it is not listed before");
        assert_eq!(
            book.in_today(day(next)),
            Some(day(next)),
            "{case}: it stands in Today on its day"
        );
        assert_eq!(
            book.in_today(before),
            None,
            "{case}: it does not stand in Today before"
        );
        book.laptop.check();
    }
}

#[derive(Debug, Clone)]
enum Event {
    OnTime,
    DaysOff(i64),
    Skip,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => Just(Event::OnTime),
        2 => (-10_i64..25).prop_map(Event::DaysOff),
        1 => Just(Event::Skip),
    ]
}

fn numbers() -> impl Strategy<Value = Numbers> {
    let short = (1_u32..15, 1_u32..15, 0_u32..80);
    prop_oneof![
        1 => Just(Numbers::USUAL),
        2 => short.prop_map(|(first_days, every_days, until_day)| Numbers { first_days, every_days, until_day }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_rhythm_and_the_slow_model_say_the_same(
        start in 0_u64..1_500,
        numbers in numbers(),
        holidays in proptest::collection::vec(0_u64..500, 0..20),
        away in proptest::collection::vec((1_u64..120, 0_u64..30), 0..4),
        events in proptest::collection::vec(event(), 1..14),
    ) {
        let kick_off = day("2026-01-01") + Days::new(start);
        let mut holidays: Vec<NaiveDate> =
            holidays.iter().map(|days| kick_off + Days::new(*days)).collect();
        let absences: Vec<String> = away
            .iter()
            .map(|(first, length)| {
                let first = kick_off + Days::new(*first);
                format!("{first}/{}", first + Days::new(*length))
            })
            .collect();
        let mut book = Book::new(start);
        book.set_rhythm(numbers);
        book.kick_off(kick_off);
        book.free(&holidays, &absences);
        for (first, length) in away {
            holidays.extend((0..=length).map(|days| kick_off + Days::new(first + days)));
        }
        let mut model = SlowRhythm::new(kick_off, numbers, holidays);
        let mut last = kick_off;
        for event in events {
            match event {
                Event::Skip => {
                    book.skip();
                    model.skip();
                }
                Event::OnTime | Event::DaysOff(_) => {
                    let off = if let Event::DaysOff(off) = event { off } else { 0 };
                    let on = model.shown() + chrono::Duration::days(off);
                    // A second talk on the same day, or one written down late, is not what this is about.
                    let on = on.max(last.succ_opt().unwrap());
                    book.hold(on);
                    model.hold(on);
                    last = on;
                }
            }
            let due_on = book.due_on();
            prop_assert_eq!(due_on, model.shown());
            prop_assert!(due_on > last, "asked again on {}, after a check on {}", due_on, last);
            prop_assert!(book.is_listed(due_on));
            prop_assert!(!book.is_listed(due_on.pred_opt().unwrap()));
        }
    }
}

#[test]
fn a_one_and_a_two_need_a_note_and_a_three_does_not() {
    let mut book = Book::new(760);
    book.kick_off(day("2026-10-01"));
    for score in [1, 2] {
        let refusal = book.refused("record_mood", json!({ "side": "client", "score": score }));
        assert_eq!(refusal["code"], "note_missing");
        let blank = json!({ "side": "client", "score": score, "note": "  " });
        assert_eq!(book.refused("record_mood", blank)["code"], "note_missing");
    }
    book.call("record_mood", json!({ "side": "client", "score": 3 }));
    let noted = json!({ "side": "client", "score": 1, "note": "They wait for the accesses" });
    let view = book.call("record_mood", noted);
    assert_eq!(view["moods"]["client"]["tenths"], 10);
}

#[test]
fn a_score_of_six_and_a_day_to_come_are_refused() {
    let mut book = Book::new(761);
    for (args, field) in [
        (json!({ "side": "client", "score": 6 }), "score"),
        (json!({ "side": "client", "score": 0 }), "score"),
        (
            json!({ "side": "client", "score": 4, "on": "2026-11-03" }),
            "on",
        ),
        (
            json!({ "side": "client", "score": 4, "on": "yesterday" }),
            "on",
        ),
    ] {
        let refusal = book.refused("record_mood", args);
        assert_eq!(
            (&refusal["code"], &refusal["field"]),
            (&json!("value_invalid"), &json!(field))
        );
    }
}

#[test]
fn a_list_up_to_any_day_of_the_calendar_holds_what_is_due() {
    let mut book = Book::new(764);
    book.kick_off(day("2026-10-01"));
    // 2 January 10000 is a Sunday: what is free after the last day must not reach past it.
    for until in ["2026-12-31", "9999-12-30", "9999-12-31"] {
        assert!(book.is_listed(day(until)), "{until}");
    }
    let holidays = [day("2199-12-31")];
    book.free(&holidays, &["2026-12-24/2199-12-31".to_owned()]);
    assert!(book.is_listed(day("9999-12-31")));
    let args = json!({ "on": "2027-02-01" });
    book.call("set_contract_end", args);
    for days in [400, 3_000_000, u32::MAX] {
        let args = json!({ "ends_within_days": days, "from": 0, "count": 10 });
        let list = book.laptop.call("Ann", "list_engagements", args);
        assert_eq!(list["count"], 1, "{days}");
    }
}

#[test]
fn a_date_of_another_age_is_refused_wherever_it_is_typed() {
    let mut book = Book::new(765);
    for on in ["-001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"] {
        let args = json!({ "account": "Gekko", "name": "Desk", "signed_on": on });
        let refused = book.laptop.refused("Ann", "create_engagement", args);
        assert_eq!(refused["expected"], "date", "{on}");
        for (name, args) in [
            (
                "tick_item",
                json!({ "item_id": "kick_off_held", "value": on }),
            ),
            ("set_contract_end", json!({ "on": on })),
            (
                "fill_handover",
                json!({ "points": { "schedule": { "start_on": on, "end_on": "2026-12-31" } } }),
            ),
        ] {
            let refused = book.refused(name, args);
            assert_eq!(refused["code"], "value_invalid", "{name} {on}: {refused}");
            assert_eq!(refused["expected"], "date", "{name} {on}");
        }
        let absences = json!({ "person_id": book.ann, "absences": [format!("2026-12-24/{on}")] });
        let refused = book.laptop.refused("Ann", "set_absences", absences);
        assert_eq!(refused["expected"], "date", "{on}");
    }
    // A day to come is no mistake.
    book.call("set_contract_end", json!({ "on": "2199-12-31" }));
}

#[test]
fn a_skip_needs_a_reason_and_a_check_that_is_due() {
    let mut book = Book::new(762);
    let args = json!({ "side": "client", "reason": "On holiday" });
    assert_eq!(book.refused("skip_mood", args)["code"], "no_check_due");
    book.kick_off(day("2026-10-01"));
    let blank = json!({ "side": "client", "reason": " " });
    assert_eq!(book.refused("skip_mood", blank)["code"], "reason_missing");
}

#[test]
fn answers_of_the_team_within_a_week_are_one_check_and_the_median_counts() {
    let mut book = Book::new(763);
    book.kick_off(day("2026-09-01"));
    for name in ["Ben", "Cleo", "Dan"] {
        let args = json!({ "name": name, "roles": ["project_manager"] });
        book.laptop.call("Ann", "create_person", args);
    }
    book.set_day(day("2026-09-15"));
    for (person, score) in [("Ann", 5), ("Ben", 2), ("Cleo", 4)] {
        let args = json!({ "engagement_id": book.engagement, "side": "team", "score": score, "note": "so so" });
        book.laptop.call(person, "record_mood", args);
        let noon = book.laptop.store.environment().clock.now();
        book.laptop.clock.set(noon + DAY);
    }
    let team = book.call("moods", json!({}))["team"].clone();
    assert_eq!(team["checks"].as_array().unwrap().len(), 1);
    assert_eq!(team["tenths"], 40);
    assert_eq!(team["due_on"], "2026-09-29");
    let args = json!({ "engagement_id": book.engagement, "side": "team", "score": 3 });
    book.laptop.call("Dan", "record_mood", args);
    assert_eq!(book.call("moods", json!({}))["team"]["tenths"], 35);
}

#[test]
fn an_undone_reading_gives_the_date_before_back() {
    let mut book = Book::new(764);
    book.kick_off(day("2026-09-01"));
    let before = book.due_on();
    book.hold(day("2026-09-15"));
    assert_ne!(book.due_on(), before);
    book.laptop.call("Ann", "undo", json!({}));
    assert_eq!(book.due_on(), before);
    book.laptop.check();
}

#[test]
fn an_engagement_can_have_a_rhythm_of_its_own_and_give_it_back() {
    let mut book = Book::new(765);
    book.kick_off(day("2026-09-01"));
    let rhythm = json!({ "first_days": 7, "every_days": 7, "until_day": 30, "then_months": 3 });
    book.call("set_mood_rhythm", json!({ "rhythm": rhythm }));
    assert_eq!(book.due_on(), day("2026-09-08"));
    book.hold(day("2026-09-30"));
    assert_eq!(book.due_on(), day("2026-12-30"));
    let still = json!({ "first_days": 0, "every_days": 7, "until_day": 30, "then_months": 3 });
    let refusal = book.refused("set_mood_rhythm", json!({ "rhythm": still }));
    assert_eq!(refusal["code"], "value_invalid");
    book.call("set_mood_rhythm", json!({ "rhythm": null }));
    assert_eq!(book.call("moods", json!({}))["has_own_rhythm"], false);
    book.laptop.check();
}

#[test]
fn a_deleted_engagement_and_one_that_ended_are_not_asked_about() {
    let mut book = Book::new(766);
    book.kick_off(day("2026-09-01"));
    assert!(book.is_listed(day("2027-01-01")));
    book.call("delete_engagement", json!({}));
    assert!(!book.is_listed(day("2027-01-01")));
    book.call("restore_engagement", json!({}));
    book.call(
        "decide_renewal",
        json!({ "outcome": "churned", "churn_reason": "price" }),
    );
    assert!(!book.is_listed(day("2027-01-01")));
    assert_eq!(
        book.call("moods", json!({}))["client"]["due_on"],
        Value::Null
    );
    book.laptop.check();
}

#[test]
fn readings_of_two_laptops_meet_in_one_order() {
    let mut book = Book::new(767);
    book.kick_off(day("2026-09-01"));
    let mut other = Laptop::new(768);
    let bundle = book.laptop.bundle();
    other.receive(&bundle);
    book.hold(day("2026-09-15"));
    other
        .clock
        .set(book.laptop.store.environment().clock.now() - 30 * DAY);
    let args = json!({ "engagement_id": book.engagement, "side": "client", "score": 2, "note": "late", "on": "2026-09-17" });
    other
        .clock
        .set(book.laptop.store.environment().clock.now() + 3 * DAY);
    other.call("Ann", "record_mood", args);
    let (ours, theirs) = (book.laptop.bundle(), other.bundle());
    book.laptop.receive(&theirs);
    other.receive(&ours);
    assert!(book.laptop.dump() == other.dump());
    assert_eq!(book.due_on(), day("2026-10-01"));
    book.laptop.check();
    other.check();
}

/// The note of a team reading of Ann's, and a client's: the answer as shown, the client's
/// note, and whether history and the JSON of everything have the text.
fn notes_as(book: &mut Book, person: &str) -> (Value, Value, bool, bool) {
    use base64::Engine;
    let of = json!({ "engagement_id": book.engagement });
    let moods = book.laptop.call(person, "moods", of.clone());
    let page = book.laptop.call(person, "engagement", of.clone());
    assert_eq!(page["moods"], moods);
    let history = book.laptop.call(person, "history", of);
    let everything = json!({ "kind": "everything", "format": "json" });
    let file = book.laptop.call(person, "export_file", everything);
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(file["content_base64"].as_str().unwrap())
        .unwrap();
    let secret = "Worn out";
    (
        moods["team"]["checks"][0]["answers"][0].clone(),
        moods["client"]["checks"][0]["answers"][0]["note"].clone(),
        history.to_string().contains(secret),
        String::from_utf8(bytes).unwrap().contains(secret),
    )
}

#[test]
fn a_note_on_the_teams_mood_is_for_who_wrote_it_and_for_a_lead() {
    let mut book = Book::new(769);
    book.kick_off(day("2026-09-01"));
    let reading = json!({ "side": "client", "score": 2, "note": "They wait" });
    book.call("record_mood", reading);
    let reading = json!({ "side": "team", "score": 2, "note": "Worn out", "on": "2026-10-30" });
    book.call("record_mood", reading);
    let (alone, ..) = notes_as(&mut book, "");
    assert_eq!(alone["note"], "Worn out", "one person has no secrets");

    for (name, role) in [("Ben", "project_manager"), ("Cleo", "lead")] {
        let args = json!({ "name": name, "roles": [role] });
        book.laptop.call("Ann", "create_person", args);
    }
    let own = json!({ "engagement_id": book.engagement, "side": "team", "score": 1, "note": "Mine", "on": "2026-10-31" });
    book.laptop.call("Ben", "record_mood", own);
    for person in ["Ann", "Cleo"] {
        let (answer, of_client, in_history, in_export) = notes_as(&mut book, person);
        assert_eq!(answer["note"], "Worn out", "{person}");
        assert_eq!(answer["note_hidden"], false, "{person}");
        assert_eq!(of_client, "They wait", "{person}");
        assert!(in_history && in_export, "{person}");
    }
    for person in ["Ben", ""] {
        let of = json!({ "engagement_id": book.engagement });
        let answers = book.laptop.call(person, "moods", of)["team"]["checks"][0]["answers"].clone();
        let mine = (person == "Ben").then_some("Mine");
        assert_eq!(answers[1]["note"], json!(mine), "{person:?}");
        let (answer, of_client, in_history, in_export) = notes_as(&mut book, person);
        assert_eq!(answer["note"], Value::Null, "{person:?}");
        assert_eq!(
            (&answer["note_hidden"], &answer["score"]),
            (&json!(true), &json!(2))
        );
        assert_eq!(of_client, "They wait", "{person:?}");
        assert!(!in_history && !in_export, "{person:?}");
    }
    let of = json!({ "engagement_id": book.engagement });
    let history = book.laptop.call("Ben", "history", of);
    assert!(
        history.to_string().contains("\"note_hidden\":true"),
        "it says that there is a note"
    );
    assert!(!book.laptop.dump().contains("Worn out"));
    book.laptop.check();
}

#[test]
fn who_answers_again_in_the_same_check_replaces_their_answer() {
    let mut book = Book::new(770);
    book.kick_off(day("2026-09-01"));
    for name in ["Petra", "Bob"] {
        let args = json!({ "name": name, "roles": ["project_manager"] });
        book.laptop.call("Ann", "create_person", args);
    }
    book.set_day(day("2026-09-15"));
    let mut other = Laptop::new(771);
    other.receive(&book.laptop.bundle());
    let engagement = book.engagement.clone();
    let answer = |laptop: &mut Laptop, person: &str, score: u8, hours: i64| {
        let noon = day("2026-09-15").and_hms_opt(12, 0, 0).unwrap().and_utc();
        laptop.clock.set(noon.timestamp_millis() + hours * DAY / 24);
        let args =
            json!({ "engagement_id": engagement, "side": "team", "score": score, "note": "so so" });
        laptop.call(person, "record_mood", args);
    };
    // Ann's second answer is on her own laptop and Petra's between the two on another one.
    answer(&mut book.laptop, "Ann", 2, 0);
    answer(&mut other, "Petra", 5, 1);
    answer(&mut other, "Bob", 4, 2);
    answer(&mut book.laptop, "Ann", 5, 3);
    let alone = book.call("moods", json!({}))["team"].clone();
    assert_eq!(
        (&alone["checks"].as_array().unwrap().len(), &alone["tenths"]),
        (&1, &json!(50))
    );
    let (ours, theirs) = (book.laptop.bundle(), other.bundle());
    book.laptop.receive(&theirs);
    other.receive(&ours);
    let of = json!({ "engagement_id": book.engagement });
    let team = book.laptop.call("Ann", "moods", of.clone())["team"].clone();
    assert_eq!(
        team,
        other.call("Ann", "moods", of)["team"],
        "whatever came first"
    );
    assert_eq!(team["checks"].as_array().unwrap().len(), 1, "{team}");
    assert_eq!(team["tenths"], 50, "of 5, 5 and 4");
    assert_eq!(team["due_on"], "2026-09-29");
    answer(&mut book.laptop, "Petra", 4, 24);
    let team = book.call("moods", json!({}))["team"].clone();
    assert_eq!(
        (&team["tenths"], &team["due_on"]),
        (&json!(40), &json!("2026-09-29"))
    );
    book.laptop.call("Petra", "undo", json!({}));
    assert_eq!(
        book.call("moods", json!({}))["team"]["tenths"],
        50,
        "the answer before counts again"
    );
    book.laptop.check();
}

#[test]
fn a_rhythm_of_a_few_days_asks_the_team_again_within_the_week() {
    let mut book = Book::new(772);
    book.kick_off(day("2026-09-01"));
    book.set_rhythm(Numbers {
        first_days: 3,
        every_days: 3,
        until_day: 60,
    });
    for (on, due) in [
        ("2026-09-04", "2026-09-07"),
        ("2026-09-07", "2026-09-10"),
        ("2026-09-11", "2026-09-14"),
    ] {
        book.set_day(day(on));
        book.call("record_mood", json!({ "side": "team", "score": 4 }));
        let team = book.call("moods", json!({}))["team"].clone();
        assert_eq!(team["due_on"], due);
    }
}
