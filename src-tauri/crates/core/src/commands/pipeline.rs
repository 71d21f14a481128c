//! The board, the list, one engagement, and moving it through its gates.

use super::OfEngagement;
use super::context::{Context, parse_id};
use super::session::{currency_code, optional_person, workspace_currency};
use super::view::{card_view, engagement_view, money_view};
use super::wire::value_of_json;
use crate::domain::calendar::LAST_DAY;
use crate::domain::gate::{decide_move, decide_override};
use crate::domain::item::{decide_tick, decide_untick};
use crate::domain::kinds::{StageKind, Status};
use crate::domain::mood::LOW_TENTHS;
use crate::domain::ownership::first_owner;
use crate::domain::refusal::CannotUndoBecause;
use crate::domain::{Change, Refusal, template, typed};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::log::registry::{ACCOUNT, ENGAGEMENT, account, engagement as field};
use crate::store::accounts;
use crate::store::again;
use crate::store::fold::fold;
use crate::store::list::{self, Filter, Sort};
use crate::store::read;
use crate::views::{BoardColumn, BoardView, CardView, EngagementView, Window};
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Rows of one window at the most.
const LARGEST_WINDOW: u32 = 500;

/// Arguments of `board`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardFilter {
    /// Only engagements of this owner.
    #[ts(optional)]
    pub owner_id: Option<String>,
    /// Only engagements with these words.
    #[ts(optional)]
    pub search: Option<String>,
}

/// Arguments of `board_cards`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardCards {
    /// The column.
    pub kind: StageKind,
    /// Index of the first card.
    pub from: u32,
    /// How many cards, at most 500.
    pub count: u32,
    /// Only engagements of this owner.
    #[ts(optional)]
    pub owner_id: Option<String>,
    /// Only engagements with these words.
    #[ts(optional)]
    pub search: Option<String>,
}

/// A column to sort the list by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// Name.
    Name,
    /// Client company's name.
    Account,
    /// Owner's name.
    Owner,
    /// Stage, in pipeline order.
    Stage,
    /// Date of signature.
    SignedOn,
    /// Value.
    Value,
}

/// Arguments of `list_engagements`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListEngagements {
    /// Only engagements with these words.
    #[ts(optional)]
    pub search: Option<String>,
    /// Only stages of this kind.
    #[ts(optional)]
    pub kind: Option<StageKind>,
    /// Only engagements of this owner.
    #[ts(optional)]
    pub owner_id: Option<String>,
    /// Only engagements sold by this person.
    #[serde(default)]
    #[ts(optional)]
    pub seller_id: Option<String>,
    /// Only engagements of this client company.
    #[serde(default)]
    #[ts(optional)]
    pub account_id: Option<String>,
    /// Only engagements that came to this.
    #[serde(default)]
    #[ts(optional)]
    pub status: Option<Status>,
    /// Only those with a gate that no longer holds.
    #[serde(default)]
    #[ts(optional)]
    pub breached: Option<bool>,
    /// Only those whose handover came back.
    #[serde(default)]
    #[ts(optional)]
    pub returned: Option<bool>,
    /// Only those with a last mood of client or team of 2 or lower.
    #[serde(default)]
    #[ts(optional)]
    pub low_mood: Option<bool>,
    /// Only those whose contract ends within so many days.
    #[serde(default)]
    #[ts(optional)]
    pub ends_within_days: Option<u32>,
    /// Column; by name if absent.
    #[ts(optional)]
    pub sort: Option<SortBy>,
    /// The other way round.
    #[ts(optional)]
    pub descending: Option<bool>,
    /// Index of the first row.
    pub from: u32,
    /// How many rows, at most 500.
    pub count: u32,
}

/// Arguments of `create_engagement`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateEngagement {
    /// The client company's name; a new one is made if none has it.
    pub account: String,
    /// The engagement's name.
    pub name: String,
    /// A template's id; null for the product's, else the default.
    #[serde(default)]
    pub template_id: Option<String>,
    /// The product as sold; one of the catalogue brings its template.
    #[serde(default)]
    #[ts(optional)]
    pub product: Option<String>,
    /// Contract value in minor units.
    #[serde(default)]
    #[ts(type = "number | null")]
    pub value_minor: Option<i64>,
    /// ISO 4217 code; the workspace's if null.
    #[serde(default)]
    pub currency: Option<String>,
    /// Signed on, ISO date.
    #[serde(default)]
    pub signed_on: Option<String>,
}

/// Arguments of `rename_engagement`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameEngagement {
    /// The engagement.
    pub engagement_id: String,
    /// Its new name.
    pub name: String,
}

/// Arguments of `tick_item`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TickItem {
    /// The engagement.
    pub engagement_id: String,
    /// The item.
    pub item_id: String,
    /// `true`, an ISO date, text, a choice or a score, as the item asks.
    #[ts(type = "string | number | boolean")]
    pub value: serde_json::Value,
}

/// Arguments of `untick_item`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UntickItem {
    /// The engagement.
    pub engagement_id: String,
    /// The item.
    pub item_id: String,
}

/// Arguments of `move_stage`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveStage {
    /// The engagement.
    pub engagement_id: String,
    /// The stage's id.
    pub to: String,
}

/// Arguments of `override_gate`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideGate {
    /// The engagement.
    pub engagement_id: String,
    /// Why the gate is opened although items are open.
    pub reason: String,
}

pub(super) fn board(context: &mut Context<'_>, args: BoardFilter) -> Result<BoardView> {
    let owner = optional_person(args.owner_id.as_deref())?;
    let filter = Filter {
        owner,
        search: words(args.search),
        ..Filter::default()
    };
    let sums = list::kind_sums(context.connection, &filter)?;
    let columns = StageKind::ALL.iter().map(|kind| {
        let of_kind = || sums.iter().filter(|sum| sum.kind == *kind);
        BoardColumn {
            kind: *kind,
            count: of_kind().map(|sum| sum.count).sum(),
            value_sums: of_kind()
                .filter_map(|sum| Some(money_view(sum.value_minor, sum.currency.clone()?)))
                .collect(),
        }
    });
    Ok(BoardView {
        columns: columns.collect(),
    })
}

pub(super) fn board_cards(context: &mut Context<'_>, args: BoardCards) -> Result<Window<CardView>> {
    let owner = optional_person(args.owner_id.as_deref())?;
    let filter = Filter {
        kind: Some(args.kind),
        owner,
        search: words(args.search),
        ..Filter::default()
    };
    window(
        context,
        &filter,
        Sort::SignedOn,
        true,
        args.from,
        args.count,
    )
}

pub(super) fn list_engagements(
    context: &mut Context<'_>,
    args: ListEngagements,
) -> Result<Window<CardView>> {
    let owner = optional_person(args.owner_id.as_deref())?;
    let filter = Filter {
        kind: args.kind,
        owner,
        search: words(args.search),
        seller: optional_person(args.seller_id.as_deref())?,
        account: args
            .account_id
            .as_deref()
            .map(|id| parse_id("account", id).map(AccountId))
            .transpose()?,
        status: args.status,
        breached: args.breached == Some(true),
        returned: args.returned == Some(true),
        mood_up_to: (args.low_mood == Some(true)).then_some(LOW_TENTHS),
        ends_by: args.ends_within_days.map(|days| {
            let today = context.environment.clock.today();
            let day = today.checked_add_days(chrono::Days::new(days.into()));
            day.map_or(LAST_DAY, |day| day.min(LAST_DAY)).to_string()
        }),
    };
    let sort = match args.sort.unwrap_or(SortBy::Name) {
        SortBy::Name => Sort::Name,
        SortBy::Account => Sort::Account,
        SortBy::Owner => Sort::Owner,
        SortBy::Stage => Sort::Stage,
        SortBy::SignedOn => Sort::SignedOn,
        SortBy::Value => Sort::Value,
    };
    window(
        context,
        &filter,
        sort,
        args.descending.unwrap_or(false),
        args.from,
        args.count,
    )
}

fn words(search: Option<String>) -> Option<String> {
    search.filter(|search| !search.trim().is_empty())
}

fn window(
    context: &Context<'_>,
    filter: &Filter,
    sort: Sort,
    descending: bool,
    from: u32,
    count: u32,
) -> Result<Window<CardView>> {
    let rows = list::cards(
        context.connection,
        filter,
        sort,
        descending,
        from,
        count.min(LARGEST_WINDOW),
    )?;
    Ok(Window {
        count: list::count(context.connection, filter)?,
        from,
        rows: rows.into_iter().map(card_view).collect(),
    })
}

pub(super) fn engagement(context: &mut Context<'_>, args: OfEngagement) -> Result<EngagementView> {
    engagement_view(context, &args.engagement_id)
}

pub(super) fn create_engagement(
    context: &mut Context<'_>,
    args: CreateEngagement,
) -> Result<String> {
    let account_name = typed::name(&args.account)?;
    let name = typed::name(&args.name)?;
    let me = context.person()?.map(|person| person.id);
    let admin = read::workspace(context.connection)?.and_then(|workspace| workspace.admin);
    let owner = first_owner(None, me, admin)?;
    let product_name = typed::line("product", args.product.as_deref())?;
    let product = match &product_name {
        Some(name) => accounts::product_named(context.connection, &fold(name))?,
        None => None,
    };
    let by_product = product
        .as_ref()
        .and_then(|product| product.template.as_deref());
    let template_id = template::choose(args.template_id.as_deref(), by_product);
    let template = template::shipped(template_id).ok_or_else(|| Error::NotFound {
        what: "template",
        id: template_id.to_owned(),
    })?;
    let currency = match (&args.currency, args.value_minor) {
        (Some(currency), _) => Some(currency_code(currency)?),
        (None, Some(_)) => Some(workspace_currency(context)?),
        (None, None) => None,
    };
    let value = typed::amount("value_minor", args.value_minor)?;
    let signed_on = typed::optional_date("signed_on", args.signed_on.as_deref())?;
    let mut changes = Vec::new();
    let account_id = match read::account_named(context.connection, &fold(&account_name))? {
        Some(account) => account.0,
        None => {
            let id = context.environment.new_id();
            changes.push(Change::create(
                ACCOUNT,
                id,
                vec![(account::NAME, account_name.into())],
            ));
            id
        }
    };
    let id = context.environment.new_id();
    changes.push(Change::create(
        ENGAGEMENT,
        id,
        vec![
            (field::NAME, name.into()),
            (field::ACCOUNT, account_id.into()),
            (
                field::PRODUCT,
                product.as_ref().map(|product| product.id.0).into(),
            ),
            (field::PRODUCT_NAME, product_name.into()),
            (field::TEMPLATE, template.id.into()),
            (field::VALUE_MINOR, value.into()),
            (field::CURRENCY, currency.into()),
            (field::SIGNED_ON, signed_on.into()),
            (field::SELLER, owner.0.into()),
        ],
    ));
    context.record(changes)?;
    Ok(id.text())
}

pub(super) fn rename_engagement(
    context: &mut Context<'_>,
    args: RenameEngagement,
) -> Result<EngagementView> {
    let name = typed::name(&args.name)?;
    let engagement = context.engagement(&args.engagement_id)?;
    engagement.must_be_alive()?;
    context.actor()?;
    if read::engagement_facts(context.connection, engagement.id)?.name != name {
        context.record(vec![Change::set(
            ENGAGEMENT,
            engagement.id.0,
            field::NAME,
            name,
        )])?;
    }
    engagement_view(context, &args.engagement_id)
}

pub(super) fn delete_engagement(
    context: &mut Context<'_>,
    args: OfEngagement,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    engagement.must_be_alive()?;
    context.actor()?;
    context.record(vec![Change::delete(ENGAGEMENT, engagement.id.0)])?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn restore_engagement(
    context: &mut Context<'_>,
    args: OfEngagement,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    context.actor()?;
    if !engagement.alive {
        if again::is_there_again(context.connection, ENGAGEMENT, engagement.id.0)? {
            return Err(Refusal::CannotUndo {
                why: CannotUndoBecause::ImportedAgain,
            }
            .into());
        }
        context.record(vec![Change::restore(ENGAGEMENT, engagement.id.0)])?;
    }
    engagement_view(context, &args.engagement_id)
}

pub(super) fn tick_item(context: &mut Context<'_>, args: TickItem) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let value = value_of_json(&args.item_id, &args.value)?;
    let changes = decide_tick(&engagement, &context.actor()?, &args.item_id, &value)?;
    context.record(changes)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn untick_item(context: &mut Context<'_>, args: UntickItem) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let changes = decide_untick(&engagement, &context.actor()?, &args.item_id)?;
    context.record(changes)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn move_stage(context: &mut Context<'_>, args: MoveStage) -> Result<EngagementView> {
    context.actor()?;
    let engagement = context.engagement(&args.engagement_id)?;
    let changes = decide_move(
        &engagement,
        &args.to,
        &read::colleagues(context.connection)?,
    )?;
    context.record(changes)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn override_gate(
    context: &mut Context<'_>,
    args: OverrideGate,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let changes = decide_override(&engagement, &context.actor()?, &args.reason)?;
    context.record(changes)?;
    engagement_view(context, &args.engagement_id)
}
