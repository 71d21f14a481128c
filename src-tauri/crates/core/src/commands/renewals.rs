//! How an engagement ends: renewed into the next one, churned or ended; when its contract ends; and taking over a
//! running one.

use super::context::Context;
use super::people::typed_name;
use super::session::{currency_code, workspace_currency};
use super::view::engagement_view;
use super::wire::{Said, said};
use crate::domain::kinds::{ChurnReason, Outcome, Role};
use crate::domain::renewal::{Decision, decide_renewal as decide};
use crate::domain::stage::decide_take_over;
use crate::domain::{Change, Refusal};
use crate::error::Result;
use crate::ids::EngagementId;
use crate::log::registry::{ENGAGEMENT, engagement as field};
use crate::store::read;
use crate::views::{EngagementView, RenewalView};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Arguments of `decide_renewal`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideRenewal {
    /// The engagement.
    pub engagement_id: String,
    /// How it ends.
    pub outcome: Outcome,
    /// Why the client leaves, if it does.
    #[serde(default)]
    #[ts(optional)]
    pub churn_reason: Option<ChurnReason>,
    /// What else is to be said; needed for `ended` and for the reason `other`.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
    /// Name of the next engagement; that of this one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub name: Option<String>,
    /// Its value in minor units; that of this one if absent, null if it is not known yet.
    #[serde(default, deserialize_with = "said")]
    #[ts(optional, type = "number | null")]
    pub value_minor: Said<i64>,
    /// Its currency; that of this one if absent.
    #[serde(default)]
    #[ts(optional)]
    pub currency: Option<String>,
    /// Its contract ends on, ISO date.
    #[serde(default)]
    #[ts(optional)]
    pub contract_end_on: Option<String>,
}

/// Arguments of `set_contract_end`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetContractEnd {
    /// The engagement.
    pub engagement_id: String,
    /// The contract ends on, ISO date; null if it has no end.
    pub on: Option<String>,
}

/// Arguments of `take_over`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeOver {
    /// The engagement.
    pub engagement_id: String,
    /// The stage at which it truly stands.
    pub stage: String,
}

fn date(field: &str, typed: Option<&str>) -> Result<Option<String>> {
    let Some(typed) = typed else { return Ok(None) };
    let date: NaiveDate = typed.parse().map_err(|_| Refusal::ValueInvalid {
        field: field.to_owned(),
        expected: "date".to_owned(),
    })?;
    Ok(Some(date.to_string()))
}

pub(super) fn decide_renewal(
    context: &mut Context<'_>,
    args: DecideRenewal,
) -> Result<RenewalView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let actor = context.actor()?;
    let next = args
        .outcome
        .goes_on()
        .then(|| EngagementId(context.environment.new_id()));
    let decision = Decision {
        outcome: args.outcome,
        churn_reason: args.churn_reason,
        note: args.note.as_deref(),
        next,
    };
    let colleagues = read::colleagues(context.connection)?;
    let mut changes = decide(&engagement, &actor, &decision, &colleagues)?;
    if let Some(next) = next {
        let facts = read::engagement_facts(context.connection, engagement.id)?;
        let value = args.value_minor.unwrap_or(facts.value_minor);
        if value.is_some_and(|value| value < 0) {
            return Err(Refusal::ValueInvalid {
                field: "value_minor".to_owned(),
                expected: "amount".to_owned(),
            }
            .into());
        }
        let currency = match (&args.currency, value) {
            (Some(currency), _) => Some(currency_code(currency)?),
            (None, Some(_)) => match facts.currency {
                Some(currency) => Some(currency),
                None => Some(workspace_currency(context)?),
            },
            (None, None) => None,
        };
        let name = match &args.name {
            Some(name) => typed_name(name)?,
            None => facts.name,
        };
        let end_on = date("contract_end_on", args.contract_end_on.as_deref())?;
        // The account manager who kept the client hands the next engagement over.
        let owner = engagement.ownership.owner.unwrap_or(actor.person.id);
        changes.push(Change::create(
            ENGAGEMENT,
            next.0,
            vec![
                (field::NAME, name.into()),
                (
                    field::ACCOUNT,
                    facts.account.map(|account| account.0).into(),
                ),
                (
                    field::PRODUCT,
                    facts.product.map(|product| product.0).into(),
                ),
                (field::PRODUCT_NAME, facts.product_name.into()),
                (field::TEMPLATE, engagement.template.id.into()),
                (field::VALUE_MINOR, value.into()),
                (field::CURRENCY, currency.into()),
                (
                    field::SIGNED_ON,
                    context.environment.clock.today().to_string().into(),
                ),
                (field::SELLER, owner.0.into()),
                (field::PREVIOUS, engagement.id.0.into()),
                (field::CONTRACT_END_ON, end_on.into()),
            ],
        ));
    }
    context.record(changes)?;
    Ok(RenewalView {
        engagement: engagement_view(context, &args.engagement_id)?,
        next_id: next.map(|next| next.to_string()),
    })
}

pub(super) fn set_contract_end(
    context: &mut Context<'_>,
    args: SetContractEnd,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    engagement.must_be_alive()?;
    let actor = context.actor()?;
    if engagement.ownership.owner != Some(actor.person.id) {
        actor.must_have(&[Role::Sales, Role::AccountManager, Role::BackOffice])?;
    }
    let on = date("contract_end_on", args.on.as_deref())?;
    if read::engagement_facts(context.connection, engagement.id)?.contract_end_on != on {
        let change = Change::set(ENGAGEMENT, engagement.id.0, field::CONTRACT_END_ON, on);
        context.record(vec![change.seeing(engagement.tip())])?;
    }
    engagement_view(context, &args.engagement_id)
}

pub(super) fn take_over(context: &mut Context<'_>, args: TakeOver) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    context.record(decide_take_over(
        &engagement,
        &context.actor()?,
        &args.stage,
    )?)?;
    engagement_view(context, &args.engagement_id)
}
