//! How an engagement ends: renewed into the next one, churned or ended; when its contract ends; and taking over a
//! running one.

use super::context::Context;
use super::session::{currency_code, workspace_currency};
use super::view::engagement_view;
use super::wire::{Said, said};
use crate::domain::kinds::{ChurnReason, Outcome};
use crate::domain::renewal::{
    Decision, Next, Sold, decide_contract_end, decide_renewal as decide, open_next,
};
use crate::domain::stage::decide_take_over;
use crate::error::Result;
use crate::ids::EngagementId;
use crate::store::read;
use crate::views::{EngagementView, RenewalView};
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
    /// Its currency; that of this one if absent. Another one needs the value in it, or null.
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
        let sold = Sold {
            name: facts.name,
            account: facts.account,
            product: facts.product,
            product_name: facts.product_name,
            value_minor: facts.value_minor,
            currency: facts.currency,
        };
        let next = Next {
            id: next,
            name: args.name.as_deref(),
            value_minor: args.value_minor,
            currency: args.currency.as_deref().map(currency_code).transpose()?,
            usual_currency: workspace_currency(context)?,
            contract_end_on: args.contract_end_on.as_deref(),
        };
        let today = context.environment.clock.today();
        changes.push(open_next(&engagement, &actor, sold, next, today)?);
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
    let now = read::engagement_facts(context.connection, engagement.id)?.contract_end_on;
    let (now, on) = (now.as_deref(), args.on.as_deref());
    context.record(decide_contract_end(
        &engagement,
        now,
        &context.actor()?,
        on,
    )?)?;
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
