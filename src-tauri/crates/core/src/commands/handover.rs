//! The handover form and its two sides.

use super::OfEngagement;
use super::context::Context;
use super::view::engagement_view;
use super::wire::value_of_json;
use crate::domain::Engagement;
use crate::domain::handover::{
    Acceptance, decide_accept, decide_fill, decide_reopen, decide_return, decide_submit,
    decide_verify, decide_withdraw,
};
use crate::error::Result;
use crate::store::read;
use crate::views::EngagementView;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use ts_rs::TS;

/// Arguments of `fill_handover`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FillHandover {
    /// The engagement.
    pub engagement_id: String,
    /// Values by point id: text, or an object of the point's parts. Null empties a point.
    #[ts(type = "Record<string, PointValue>")]
    pub points: serde_json::Map<String, serde_json::Value>,
}

/// Arguments of `submit_handover`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmitHandover {
    /// The engagement.
    pub engagement_id: String,
    /// Who shall accept it.
    pub receiver_id: String,
}

/// Arguments of `return_handover`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnHandover {
    /// The engagement.
    pub engagement_id: String,
    /// A comment per point id.
    pub comments: BTreeMap<String, String>,
}

/// Arguments of `accept_handover`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptHandover {
    /// The engagement.
    pub engagement_id: String,
    /// When the handover meeting was held, ISO date.
    pub held_on: String,
    /// Who was there.
    pub people: Vec<String>,
    /// Recording link or minutes.
    pub minutes: String,
    /// How good the handover was, 1 to 5.
    #[serde(default)]
    #[ts(optional, type = "number")]
    pub rating: Option<i64>,
}

/// Arguments of `reopen_handover`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenHandover {
    /// The engagement.
    pub engagement_id: String,
    /// Why.
    pub reason: String,
}

pub(super) fn fill_handover(
    context: &mut Context<'_>,
    args: FillHandover,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let points = args
        .points
        .iter()
        .map(|(id, value)| Ok((id.clone(), value_of_json(id, value)?)))
        .collect::<Result<Vec<_>>>()?;
    let changes = decide_fill(&engagement, &context.actor()?, &points)?;
    context.record(changes)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn submit_handover(
    context: &mut Context<'_>,
    args: SubmitHandover,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let receiver = context.colleague(&args.receiver_id)?;
    let changes = decide_submit(&engagement, &context.actor()?, &receiver)?;
    context.record(changes)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn withdraw_handover(
    context: &mut Context<'_>,
    args: OfEngagement,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let changes = decide_withdraw(&engagement, &context.actor()?)?;
    context.record(changes)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn verify_brief(
    context: &mut Context<'_>,
    args: OfEngagement,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let changes = decide_verify(&engagement, &context.actor()?)?;
    context.record(changes)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn return_handover(
    context: &mut Context<'_>,
    args: ReturnHandover,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let receiver = receiver_name(context, &engagement)?;
    let comments: Vec<(String, String)> = args.comments.into_iter().collect();
    let changes = decide_return(&engagement, &context.actor()?, &receiver, &comments)?;
    context.record(changes)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn accept_handover(
    context: &mut Context<'_>,
    args: AcceptHandover,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let receiver = receiver_name(context, &engagement)?;
    let acceptance = Acceptance {
        held_on: args.held_on,
        people: args.people,
        minutes: args.minutes,
        rating: args.rating,
    };
    let changes = decide_accept(&engagement, &context.actor()?, &receiver, &acceptance)?;
    context.record(changes)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn reopen_handover(
    context: &mut Context<'_>,
    args: ReopenHandover,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let changes = decide_reopen(&engagement, &context.actor()?, &args.reason)?;
    context.record(changes)?;
    engagement_view(context, &args.engagement_id)
}

fn receiver_name(context: &Context<'_>, engagement: &Engagement) -> Result<String> {
    let receiver = engagement.handover(engagement.current_leg()).receiver;
    Ok(read::person_name(context.connection, receiver)?.unwrap_or_default())
}
