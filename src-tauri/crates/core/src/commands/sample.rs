//! The sample book: engagements in every stage, made through the same rules as real ones.

use super::context::{Caller, Context};
use super::run_within;
use crate::clock::SeededRandomness;
use crate::domain::kinds::Role;
use crate::domain::refusal::NeedsEmptyStore;
use crate::domain::template::SERVICE_DELIVERY;
use crate::domain::{Change, Refusal};
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::log::registry::{
    ACCOUNT, ENGAGEMENT, PRODUCT, account, engagement as field, product, workspace,
};
use crate::store::{read, setting};
use crate::views::SampleReport;
use chrono::Days;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use ts_rs::TS;

/// Arguments of `load_sample`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoadSample {
    /// How many engagements; 12 if absent.
    #[serde(default)]
    #[ts(optional)]
    pub engagements: Option<u32>,
    /// The same seed gives the same book.
    #[serde(default)]
    #[ts(optional, type = "number")]
    pub seed: Option<u64>,
}

/// The currency of the book.
const CURRENCY: &str = "EUR";

/// Made-up people of the sample book.
const PEOPLE: &[(&str, &[Role])] = &[
    ("Ola Nowak", &[Role::Sales]),
    ("Jo Blake", &[Role::Sales]),
    ("Mikko Virtanen", &[Role::ProjectManager]),
    ("Дарья Петрова", &[Role::ProjectManager]),
    ("مریم رضایی", &[Role::AccountManager]),
    ("Liisa Korhonen", &[Role::Lead]),
];

const FIRST: &[&str] = &[
    "Baltica", "Aurora", "Vistula", "Kaleva", "Helios", "Orion", "Saimaa", "Tundra", "Zephyr",
    "Amber",
];
const SECOND: &[&str] = &[
    "Foods",
    "Logistics",
    "Energy",
    "Telecom",
    "Steel",
    "Care",
    "Media",
    "Bank",
    "Water",
    "Labs",
];
/// Products of the catalogue with their list prices in minor units.
const PRODUCTS: &[(&str, i64)] = &[
    ("Support desk", 1_200_000),
    ("Onboarding", 450_000),
    ("Data platform", 3_800_000),
    ("Website", 900_000),
    ("Training", 180_000),
];

pub(super) fn load_sample(context: &mut Context<'_>, args: LoadSample) -> Result<SampleReport> {
    if read::has_operations(context.connection)? {
        let why = NeedsEmptyStore::Sample;
        return Err(Refusal::StoreNotEmpty { why }.into());
    }
    // Marked as a rehearsal, so that a sample book is never taken for the real one.
    setting::keep(context.connection, setting::REHEARSAL, 1)?;
    let count = args.engagements.unwrap_or(12);
    let dice = SeededRandomness::new(args.seed.unwrap_or(1));
    let draw = |sides: usize| usize::try_from(dice.next() % sides.max(1) as u64).unwrap_or(0);
    let people: Vec<Id> = PEOPLE
        .iter()
        .map(|_| context.environment.new_id())
        .collect();
    let mut transactions = context.appoint_admin(people[5])?;
    // The amounts of the book are euros, and so is what its people type.
    if let Some(Change { fields, .. }) = transactions.iter_mut().flatten().next() {
        fields.push((workspace::CURRENCY, CURRENCY.into()));
    }
    for ((name, roles), id) in PEOPLE.iter().zip(&people) {
        transactions.push(vec![context.new_person(*id, name, roles)]);
    }
    let today = context.environment.clock.today();
    let mut products: Vec<Id> = Vec::with_capacity(PRODUCTS.len());
    for (name, price) in PRODUCTS {
        let id = context.environment.new_id();
        let fields = vec![
            (product::NAME, (*name).into()),
            (product::PRICE_MINOR, (*price).into()),
            (product::CURRENCY, CURRENCY.into()),
        ];
        transactions.push(vec![Change::create(PRODUCT, id, fields)]);
        products.push(id);
    }
    let account_count = (count as usize / 3).max(1);
    let mut accounts: Vec<(Id, String)> = Vec::with_capacity(account_count);
    for index in 0..account_count {
        let (first, second) = (
            FIRST[index % FIRST.len()],
            SECOND[index / FIRST.len() % SECOND.len()],
        );
        let suffix = index / (FIRST.len() * SECOND.len());
        let name = if suffix == 0 {
            format!("{first} {second}")
        } else {
            format!("{first} {second} {}", suffix + 1)
        };
        let id = context.environment.new_id();
        transactions.push(vec![Change::create(
            ACCOUNT,
            id,
            vec![(account::NAME, name.as_str().into())],
        )]);
        accounts.push((id, name));
    }
    let mut engagements: Vec<Id> = Vec::with_capacity(count as usize);
    for _ in 0..count {
        let (account, account_name) = &accounts[draw(accounts.len())];
        let sold = draw(PRODUCTS.len());
        let (product_name, _) = PRODUCTS[sold];
        let signed_on = today
            .checked_sub_days(Days::new(draw(300) as u64))
            .unwrap_or(today);
        let value = 50_000 + i64::try_from(draw(400)).unwrap_or(0) * 12_500;
        let id = context.environment.new_id();
        engagements.push(id);
        let fields = vec![
            (
                field::NAME,
                format!("{account_name} \u{2013} {product_name}").into(),
            ),
            (field::ACCOUNT, (*account).into()),
            (field::PRODUCT_NAME, product_name.into()),
            (field::PRODUCT, products[sold].into()),
            (field::TEMPLATE, SERVICE_DELIVERY.id.into()),
            (field::VALUE_MINOR, value.into()),
            (field::CURRENCY, CURRENCY.into()),
            (field::SIGNED_ON, signed_on.to_string().into()),
            (field::SELLER, people[draw(2)].into()),
        ];
        transactions.push(vec![Change::create(ENGAGEMENT, id, fields)]);
    }
    context.record_all(transactions, None)?;
    let kicked_off = today
        .checked_sub_days(Days::new(16))
        .unwrap_or(today)
        .to_string();
    let today = today.to_string();
    for (index, id) in engagements.iter().take(MOVED_ON).enumerate() {
        Walk {
            context,
            id: id.text(),
            today: &today,
            kicked_off: &kicked_off,
        }
        .to(index % 6)?;
    }
    Ok(SampleReport { created: count })
}

/// Engagements of the book that were worked on; the others wait in the first stage.
const MOVED_ON: usize = 60;

/// One engagement on its way, acted on by the people of the book through the same commands as everybody's.
struct Walk<'a, 'b> {
    context: &'a Context<'b>,
    id: String,
    today: &'a str,
    /// Long enough ago that the first mood check is due.
    kicked_off: &'a str,
}

impl Walk<'_, '_> {
    /// 0 leaves it as it came; 1 to 5 end in the stage of that number, 1 with a handover that was sent back.
    fn to(&self, end: usize) -> Result<()> {
        if end == 0 {
            return Ok(());
        }
        self.act(
            "Ola Nowak",
            "fill_handover",
            json!({ "points": sample_form() }),
        )?;
        let promise = json!({ "kind": "channel", "wording": "An answer within two hours", "promised_to": "Max Berg", "channel": "call" });
        self.act("Ola Nowak", "log_promise", promise)?;
        let receiver = self.person("Mikko Virtanen")?;
        self.act(
            "Ola Nowak",
            "submit_handover",
            json!({ "receiver_id": receiver }),
        )?;
        if end == 1 {
            let comments = json!({ "comments": { "scope": "How many seats, and from when?" } });
            return self.act("Mikko Virtanen", "return_handover", comments);
        }
        self.act("Jo Blake", "verify_brief", json!({}))?;
        self.tick(
            "Liisa Korhonen",
            &[
                ("scope_meeting_held", json!(self.today)),
                ("scope_confirmed", json!("confirmed")),
            ],
        )?;
        self.act("Mikko Virtanen", "accept_handover", self.acceptance())?;
        self.act("Mikko Virtanen", "move_stage", json!({ "to": "kick-off" }))?;
        if end == 2 {
            return self.tick("Mikko Virtanen", &[("prepared_to_start", json!(true))]);
        }
        self.tick(
            "Mikko Virtanen",
            &[
                ("prepared_to_start", json!(true)),
                ("kick_off_held", json!(self.kicked_off)),
                ("scope_reconfirmed", json!(true)),
                ("accesses_received", json!(true)),
                ("channels_agreed", json!("Mail; phone when it is urgent")),
                ("reporting_agreed", json!("One page every second Friday")),
                (
                    "team_introduced",
                    json!(format!("{}, by phone", self.today)),
                ),
            ],
        )?;
        self.act("Mikko Virtanen", "move_stage", json!({ "to": "execution" }))?;
        self.tick(
            "Mikko Virtanen",
            &[
                ("milestones_dated", json!(true)),
                ("hours_reviewed", json!(true)),
            ],
        )?;
        if end == 3 {
            return Ok(());
        }
        self.tick(
            "Mikko Virtanen",
            &[
                ("milestones_done", json!(true)),
                ("budget_reviewed", json!(true)),
                ("client_sign_off", json!(self.today)),
            ],
        )?;
        self.act("Mikko Virtanen", "move_stage", json!({ "to": "closure" }))?;
        self.tick(
            "Mikko Virtanen",
            &[
                (
                    "metrics_recorded",
                    json!("First answer within an hour in 92 %"),
                ),
                ("final_invoice_sent", json!(true)),
            ],
        )?;
        if end == 4 {
            return Ok(());
        }
        self.tick(
            "Mikko Virtanen",
            &[
                ("targets_met", json!("Both")),
                ("summary_meeting_held", json!(self.today)),
                ("retrospective_held", json!(self.today)),
                ("documents_delivered", json!(true)),
                ("csat_asked", json!(self.today)),
                ("reference_asked", json!(true)),
            ],
        )?;
        let receiver = self.person("مریم رضایی")?;
        self.act(
            "Mikko Virtanen",
            "submit_handover",
            json!({ "receiver_id": receiver }),
        )?;
        self.act("مریم رضایی", "accept_handover", self.acceptance())?;
        self.act("مریم رضایی", "move_stage", json!({ "to": "renewal" }))
    }

    fn acceptance(&self) -> Json {
        json!({ "held_on": self.today, "people": ["Ola Nowak", "Mikko Virtanen"], "minutes": "Scope as sold." })
    }

    fn tick(&self, person: &str, items: &[(&str, Json)]) -> Result<()> {
        items.iter().try_for_each(|(item, value)| {
            self.act(
                person,
                "tick_item",
                json!({ "item_id": item, "value": value }),
            )
        })
    }

    fn person(&self, name: &str) -> Result<String> {
        let colleagues = read::colleagues(self.context.connection)?;
        let colleague = colleagues
            .into_iter()
            .find(|colleague| colleague.name == name);
        colleague
            .map(|colleague| colleague.id.to_string())
            .ok_or_else(|| Error::internal("the sample book lacks a person"))
    }

    fn act(&self, person: &str, name: &'static str, mut args: Json) -> Result<()> {
        args["engagement_id"] = json!(self.id);
        run_within(self.context, &Caller::Person(person.to_owned()), name, args)
    }
}

fn sample_form() -> Json {
    json!({
        "decision_maker": { "name": "Ada Berg", "role": "Managing director", "email": "ada@example.com", "language": "English" },
        "daily_contact": { "name": "Max Berg", "role": "Head of service", "phone": "+358 40 123 4567", "language": "Finnish" },
        "business_need": "Customers wait two days for an answer.",
        "expected_result": "A first answer within an hour, nine times of ten.",
        "scope": "Four seats, mail and chat, on working days.",
        "out_of_scope": "Phone at night and on holidays.",
        "schedule": { "note": "Start in two weeks, review after a quarter." },
        "commercial_terms": "As signed; monthly invoices, 30 days.",
        "concerns": "Their IT is slow with accesses.",
        "order_description": "Service desk with four seats for twelve months.",
    })
}
