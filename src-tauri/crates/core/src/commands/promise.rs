//! Promises: what the client was told that they would get.

use super::context::{Context, parse_id};
use super::view::engagement_view;
use crate::domain::Engagement;
use crate::domain::kinds::{PromiseKind, PromiseState, PromiseVerdict};
use crate::domain::promise::{
    TypedPromise, decide_delete, decide_log, decide_settle, decide_verdict,
};
use crate::error::{Error, Result};
use crate::ids::Id;
use crate::store::read;
use crate::views::EngagementView;
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Arguments of `log_promise`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogPromise {
    /// The engagement.
    pub engagement_id: String,
    /// What it is about.
    pub kind: PromiseKind,
    /// The words.
    pub wording: String,
    /// Who promised; the acting person if absent.
    #[serde(default)]
    #[ts(optional)]
    pub promised_by: Option<String>,
    /// To whom.
    #[serde(default)]
    #[ts(optional)]
    pub promised_to: Option<String>,
    /// Where: call, mail, offer, meeting.
    #[serde(default)]
    #[ts(optional)]
    pub channel: Option<String>,
    /// When, ISO date.
    #[serde(default)]
    #[ts(optional)]
    pub promised_on: Option<String>,
    /// Due, ISO date.
    #[serde(default)]
    #[ts(optional)]
    pub due_on: Option<String>,
    /// The client sees it in the summary; yes if absent.
    #[serde(default)]
    #[ts(optional)]
    pub visible_to_client: Option<bool>,
}

/// Names one promise.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfPromise {
    /// The promise.
    pub promise_id: String,
}

/// Arguments of `judge_promise`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JudgePromise {
    /// The promise.
    pub promise_id: String,
    /// Delivery's word.
    pub verdict: PromiseVerdict,
}

/// Arguments of `settle_promise`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettlePromise {
    /// The promise.
    pub promise_id: String,
    /// What became of it.
    pub state: PromiseState,
    /// New words, if it was renegotiated.
    #[serde(default)]
    #[ts(optional)]
    pub wording: Option<String>,
}

pub(super) fn log_promise(context: &mut Context<'_>, args: LogPromise) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let promise = TypedPromise {
        kind: args.kind,
        wording: &args.wording,
        promised_by: args.promised_by.as_deref(),
        promised_to: args.promised_to.as_deref(),
        channel: args.channel.as_deref(),
        promised_on: args.promised_on.as_deref(),
        due_on: args.due_on.as_deref(),
        visible_to_client: args.visible_to_client.unwrap_or(true),
    };
    let id = context.environment.new_id();
    context.record(decide_log(&engagement, &context.actor()?, id, &promise)?)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn judge_promise(
    context: &mut Context<'_>,
    args: JudgePromise,
) -> Result<EngagementView> {
    let (engagement, id) = engagement_of_promise(context, &args.promise_id)?;
    let actor = context.actor()?;
    context.record(decide_verdict(&engagement, &actor, id, args.verdict)?)?;
    engagement_view(context, &engagement.id.to_string())
}

pub(super) fn settle_promise(
    context: &mut Context<'_>,
    args: SettlePromise,
) -> Result<EngagementView> {
    let (engagement, id) = engagement_of_promise(context, &args.promise_id)?;
    let (actor, wording) = (context.actor()?, args.wording.as_deref());
    context.record(decide_settle(&engagement, &actor, id, args.state, wording)?)?;
    engagement_view(context, &engagement.id.to_string())
}

pub(super) fn delete_promise(context: &mut Context<'_>, args: OfPromise) -> Result<EngagementView> {
    let (engagement, id) = engagement_of_promise(context, &args.promise_id)?;
    context.record(decide_delete(&engagement, &context.actor()?, id)?)?;
    engagement_view(context, &engagement.id.to_string())
}

/// The engagement that a promise belongs to, and the promise's id.
fn engagement_of_promise(context: &Context<'_>, id: &str) -> Result<(Engagement, Id)> {
    let promise = parse_id("promise", id)?;
    let of = read::promise(context.connection, promise.into())?.engagement;
    let engagement = of.ok_or_else(|| Error::NotFound {
        what: "promise",
        id: id.to_owned(),
    })?;
    Ok((read::engagement(context.connection, engagement)?, promise))
}
