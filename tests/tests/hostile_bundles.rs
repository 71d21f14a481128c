//! Bundles that are whole by their hash and yet not as a bundle must be: each is refused whole, by name, and what
//! merges in spite of everything leaves a store that a rebuild from its log does not change.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_core::Store;
use baton_core::ids::{ActId, DeviceId, Id};
use baton_core::log::registry::{ACCOUNT, PROMISE, account, engagement, promise};
use baton_core::log::{Act, ActHeader, Dot, EntityKind, Kind, Operation, Value};
use baton_core::sync::bundle::{Bundle, LARGEST, decode, encode};
use baton_tests::laptop::{Laptop, NOON, Team};
use serde_json::{Value as Json, json};

fn read(laptop: &mut Laptop) -> Bundle {
    decode(&BASE64.decode(laptop.bundle()).unwrap()).unwrap()
}

fn content(bytes: &[u8]) -> Json {
    json!({ "content_base64": BASE64.encode(bytes) })
}

fn operation(kind: Kind, entity_kind: EntityKind, entity: Id) -> Operation {
    Operation {
        kind,
        entity_kind: entity_kind.number,
        entity,
        field: 0,
        key: String::new(),
        parents: Vec::new(),
        evidence: Vec::new(),
        context: None,
        value: Value::Null,
        fields: Vec::new(),
        ends_transaction: true,
    }
}

fn act(device: u8, first_seq: u64, operation: Operation) -> Act {
    let header = ActHeader {
        id: ActId(Id([device; 16])),
        device: DeviceId(Id([device; 16])),
        first_seq,
        at: NOON,
        person: None,
        command: "create_engagement".into(),
        undo_of: None,
        is_mended: false,
    };
    Act::new(header, &[operation])
}

fn new_account(device: u8, name: &str) -> Act {
    let create = operation(Kind::Create, ACCOUNT, Id([device; 16]));
    let fields = vec![(account::NAME, name.into())];
    act(device, 1, Operation { fields, ..create })
}

/// A whole bundle with a header of the forger's own, and so much of its packed acts.
fn framed(bundle: &Bundle, header: &[(u8, u64)], part: f64) -> Vec<u8> {
    let good = encode(bundle).unwrap();
    let header_length = u32::from_le_bytes(good[5..9].try_into().unwrap()) as usize;
    let packed = &good[9 + header_length + 8..good.len() - 32];
    let packed = &packed[..(packed.len() as f64 * part) as usize];
    let mut fields = vec![0x0a, 16];
    fields.extend(bundle.workspace.0.0);
    for (number, value) in header {
        fields.push(number << 3);
        let mut rest = *value;
        while rest > 0x7f {
            fields.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        fields.push(rest as u8);
    }
    let mut bytes = good[..5].to_vec();
    bytes.extend(u32::try_from(fields.len()).unwrap().to_le_bytes());
    bytes.extend(&fields);
    bytes.extend((packed.len() as u64).to_le_bytes());
    bytes.extend(packed);
    let hash = blake3::hash(&bytes);
    bytes.extend(hash.as_bytes());
    bytes
}

/// What a good bundle's header says of its acts; it stands behind the workspace.
fn raw_length(good: &[u8]) -> u64 {
    let bytes = &good[9 + 18 + 1..];
    let last = bytes.iter().position(|byte| byte & 0x80 == 0).unwrap();
    let seven = bytes[..=last].iter().rev();
    seven.fold(0, |length, byte| length << 7 | u64::from(byte & 0x7f))
}

const RAW_LENGTH: u8 = 2;
const OPERATION_COUNT: u8 = 3;
const MIN_READER: u8 = 5;

#[test]
fn a_bundle_that_unpacks_to_more_than_it_says_is_not_unpacked_further() {
    let mut team = Team::new(501);
    let mut bundle = read(&mut team.laptop);
    let mut noise = blake3::Hasher::new().finalize_xof();
    let mut bytes = vec![0; 400_000];
    noise.fill(&mut bytes);
    let long: String = bytes
        .iter()
        .map(|byte| char::from(b'a' + byte % 26))
        .collect();
    bundle.acts = vec![new_account(0xee, &long)];
    // The packed acts break off far behind what the header announces: only who reads on can see it.
    let bytes = framed(&bundle, &[(RAW_LENGTH, 10), (OPERATION_COUNT, 1)], 0.5);
    let error = team.laptop.refused("", "import_bundle", content(&bytes));
    assert_eq!(
        (&error["code"], &error["reason"]),
        (
            &json!("malformed"),
            &json!("the acts are not as long as the header says")
        )
    );
}

#[test]
fn headers_that_lie_are_refused_by_name() {
    let mut team = Team::new(502);
    let bundle = read(&mut team.laptop);
    let operations: usize = bundle.acts.iter().map(|act| act.operations.len()).sum();
    let count = (OPERATION_COUNT, operations as u64);
    let cases = [
        (vec![(RAW_LENGTH, LARGEST + 1), count], "too_large"),
        (
            vec![(RAW_LENGTH, 1 << 20), count, (MIN_READER, 2)],
            "newer_version",
        ),
        (vec![(RAW_LENGTH, 1 << 20), count], "malformed"),
    ];
    for (header, code) in cases {
        let bytes = framed(&bundle, &header, 1.0);
        let error = team.laptop.refused("", "import_bundle", content(&bytes));
        assert_eq!(error["code"], code);
    }
}

#[test]
fn a_wrong_count_of_operations_and_an_act_that_stands_twice_are_refused() {
    let mut team = Team::new(503);
    let mut bundle = read(&mut team.laptop);
    bundle.acts = vec![new_account(0xee, "Once")];
    let raw = raw_length(&encode(&bundle).unwrap());
    let bytes = framed(&bundle, &[(RAW_LENGTH, raw), (OPERATION_COUNT, 1)], 1.0);
    assert!(decode(&bytes).is_ok(), "the test builds good bundles");
    let bytes = framed(&bundle, &[(RAW_LENGTH, raw), (OPERATION_COUNT, 7)], 1.0);
    let error = team.laptop.refused("", "import_bundle", content(&bytes));
    assert_eq!(error["code"], "malformed");
    bundle.acts.push(bundle.acts[0].clone());
    let error = team
        .laptop
        .refused("", "import_bundle", content(&encode(&bundle).unwrap()));
    assert_eq!(error["code"], "malformed");
}

#[test]
fn a_fork_is_refused_with_the_good_acts_that_came_before_it() {
    let mut team = Team::new(504);
    let mut bundle = read(&mut team.laptop);
    bundle.acts = vec![new_account(0x01, "Known")];
    team.laptop
        .receive(&BASE64.encode(encode(&bundle).unwrap()));
    bundle.acts = vec![new_account(0x02, "Good"), new_account(0x01, "Forked")];
    let error = team
        .laptop
        .refused("", "import_bundle", content(&encode(&bundle).unwrap()));
    assert_eq!(error["code"], "fork");
}

/// What the list says of the engagement's gate.
fn gate_is_open(team: &mut Team) -> Json {
    let args = json!({ "from": 0, "count": 10 });
    let list = team.laptop.call("Ola", "list_engagements", args);
    let rows = list["rows"].as_array().unwrap();
    let row = rows
        .iter()
        .find(|row| row["id"] == team.engagement.as_str());
    row.unwrap()["gate_open"].clone()
}

#[test]
fn a_promise_that_another_app_moves_to_another_engagement_settles_both() {
    let mut team = Team::new(505);
    team.hand_over();
    let second = json!({ "account": "Gekko & Co", "name": "Second", "template_id": null });
    let second = team.laptop.call("Ola", "create_engagement", second);
    let view = team.call(
        "Ola",
        "log_promise",
        json!({ "kind": "date", "wording": "by March" }),
    );
    let id = view["promises"][0]["id"].as_str().unwrap().to_owned();
    team.laptop.call(
        "Mikko",
        "judge_promise",
        json!({ "promise_id": id, "verdict": "not_feasible" }),
    );
    let mut bundle = read(&mut team.laptop);
    let created = bundle
        .acts
        .iter()
        .find(|act| act.header.command == "log_promise")
        .unwrap();
    let parents = vec![Dot {
        device: created.header.device,
        seq: created.header.first_seq,
    }];
    let to: Id = second.as_str().unwrap().parse().unwrap();
    let set = operation(Kind::Set, PROMISE, id.parse().unwrap());
    let set = Operation {
        field: promise::ENGAGEMENT,
        parents,
        value: Value::Id(to),
        ..set
    };
    bundle.acts = vec![act(0xee, 1, set)];
    assert_eq!(gate_is_open(&mut team), json!(false));
    team.laptop
        .receive(&BASE64.encode(encode(&bundle).unwrap()));
    assert_eq!(gate_is_open(&mut team), json!(true));
    team.laptop.check();
}

#[test]
fn an_engagement_that_two_laptops_created_under_one_id_is_one_and_survives_a_rebuild() {
    let mut team = Team::new(506);
    let mut bundle = read(&mut team.laptop);
    let twin = operation(
        Kind::Create,
        baton_core::log::registry::ENGAGEMENT,
        team.engagement.parse().unwrap(),
    );
    let fields = vec![(5001, "Written elsewhere".into()), (5004, "Desk".into())];
    bundle.acts = vec![act(0xee, 1, Operation { fields, ..twin })];
    team.laptop
        .receive(&BASE64.encode(encode(&bundle).unwrap()));
    let view = team.view();
    assert_eq!(
        (&view["name"], &view["product"]),
        (&json!("Support desk"), &json!("Desk")),
        "the later name, and what only the other one said"
    );
    team.laptop.check();
}

#[test]
fn amounts_that_add_up_to_more_than_a_number_holds_leave_the_board_and_the_lists_open() {
    let mut team = Team::new(508);
    let mut bundle = read(&mut team.laptop);
    let sold = |device: u8, minor: i64, currency: &str| {
        let create = operation(
            Kind::Create,
            baton_core::log::registry::ENGAGEMENT,
            Id([device; 16]),
        );
        let fields = vec![
            (5001, "Written elsewhere".into()),
            (engagement::VALUE_MINOR, minor.into()),
            (engagement::CURRENCY, currency.into()),
        ];
        act(device, 1, Operation { fields, ..create })
    };
    bundle.acts = vec![
        sold(0xe1, i64::MAX, "PLN"),
        sold(0xe2, i64::MAX, "PLN"),
        sold(0xe3, i64::MIN, "USD"),
        sold(0xe4, i64::MIN, "USD"),
        sold(0xe5, i64::MAX, "CHF"),
        sold(0xe6, -5, "CHF"),
    ];
    team.laptop
        .receive(&BASE64.encode(encode(&bundle).unwrap()));
    let board = team.laptop.call("Ola", "board", json!({}));
    let sums: Vec<(&str, i64)> = board["columns"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|column| column["value_sums"].as_array().unwrap())
        .map(|sum| {
            (
                sum["currency"].as_str().unwrap(),
                sum["minor"].as_i64().unwrap(),
            )
        })
        .collect();
    for sum in [("PLN", i64::MAX), ("USD", i64::MIN), ("CHF", i64::MAX - 5)] {
        assert!(sums.contains(&sum), "{sum:?} is not in {sums:?}");
    }
    for name in ["list_engagements", "list_accounts"] {
        let args = json!({ "from": 0, "count": 50 });
        team.laptop.call("Ola", name, args);
    }
    team.laptop.check();
}

#[test]
fn a_change_that_named_our_next_act_before_we_wrote_it_applies_with_it() {
    let mut team = Team::new(507);
    let mut bundle = read(&mut team.laptop);
    let last = bundle.acts.last().unwrap();
    let next = Dot {
        device: last.header.device,
        seq: last.last_seq() + 1,
    };
    let engagement = baton_core::log::registry::ENGAGEMENT;
    let set = operation(Kind::Set, engagement, team.engagement.parse().unwrap());
    let set = Operation {
        field: 5001,
        parents: vec![next],
        value: "Waited".into(),
        ..set
    };
    bundle.acts = vec![act(0xee, 1, set)];
    team.laptop
        .receive(&BASE64.encode(encode(&bundle).unwrap()));
    assert_eq!(team.view()["name"], "Support desk");
    team.call("Ola", "rename_engagement", json!({ "name": "Next" }));
    assert_eq!(team.view()["name"], "Waited");
    team.laptop.check();
}

#[test]
fn a_laptop_that_was_set_back_and_got_its_own_acts_with_a_gap_goes_on_under_a_new_name() {
    let mut team = Team::new(508);
    let copy = team.laptop.folder.path().join("copy.sqlite");
    team.laptop.store.backup(&copy).unwrap();
    team.call("Ola", "rename_engagement", json!({ "name": "Lost" }));
    team.call("Ola", "rename_engagement", json!({ "name": "Came back" }));
    let mut bundle = read(&mut team.laptop);
    bundle.acts = bundle.acts.split_off(bundle.acts.len() - 1);
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::copy(&copy, folder.path().join("baton.sqlite")).unwrap();
    let mut restored = Laptop::new(509);
    restored.store = Store::open_with(folder.path(), restored.store.environment().clone()).unwrap();
    restored.receive(&BASE64.encode(encode(&bundle).unwrap()));
    let args = team.of(json!({ "name": "Written after the copy" }));
    restored.call("Ola", "rename_engagement", args);
    let written = restored.bundle();
    team.laptop.receive(&written);
    let whole = team.laptop.bundle();
    restored.receive(&whole);
    assert!(team.laptop.dump() == restored.dump());
    restored.check();
}
