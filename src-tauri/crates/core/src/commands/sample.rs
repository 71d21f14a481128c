//! The sample book: engagements in every stage, made through the same rules as real ones.

use super::context::Context;
use crate::clock::SeededRandomness;
use crate::domain::kinds::Role;
use crate::domain::template::SERVICE_DELIVERY;
use crate::domain::{Change, Refusal};
use crate::error::Result;
use crate::ids::Id;
use crate::log::registry::{ACCOUNT, ENGAGEMENT, account, engagement as field};
use crate::store::{read, setting};
use crate::views::SampleReport;
use chrono::Days;
use schemars::JsonSchema;
use serde::Deserialize;
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
const PRODUCTS: &[&str] = &[
    "Support desk",
    "Onboarding",
    "Data platform",
    "Website",
    "Training",
];

pub(super) fn load_sample(context: &mut Context<'_>, args: LoadSample) -> Result<SampleReport> {
    if read::has_operations(context.connection)? {
        return Err(Refusal::StoreNotEmpty.into());
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
    for ((name, roles), id) in PEOPLE.iter().zip(&people) {
        transactions.push(vec![context.new_person(*id, name, roles)]);
    }
    let today = context.environment.clock.today();
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
    for _ in 0..count {
        let (account, account_name) = &accounts[draw(accounts.len())];
        let product = PRODUCTS[draw(PRODUCTS.len())];
        let signed_on = today
            .checked_sub_days(Days::new(draw(300) as u64))
            .unwrap_or(today);
        let value = 50_000 + i64::try_from(draw(400)).unwrap_or(0) * 12_500;
        let fields = vec![
            (
                field::NAME,
                format!("{account_name} \u{2013} {product}").into(),
            ),
            (field::ACCOUNT, (*account).into()),
            (field::PRODUCT_NAME, product.into()),
            (field::TEMPLATE, SERVICE_DELIVERY.id.into()),
            (field::VALUE_MINOR, value.into()),
            (field::CURRENCY, "EUR".into()),
            (field::SIGNED_ON, signed_on.to_string().into()),
            (field::SELLER, people[draw(2)].into()),
        ];
        transactions.push(vec![Change::create(
            ENGAGEMENT,
            context.environment.new_id(),
            fields,
        )]);
    }
    context.record_all(transactions, None)?;
    Ok(SampleReport { created: count })
}
