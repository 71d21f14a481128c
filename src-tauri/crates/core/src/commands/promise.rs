//! Promises: what the client was told that they would get.

use super::context::{Context, parse_id};
use super::pipeline::engagement_of_promise;
use super::view::engagement_view;
use crate::domain::kinds::{PromiseKind, PromiseState, PromiseVerdict, Role};
use crate::domain::{Change, Refusal};
use crate::error::Result;
use crate::log::Value;
use crate::log::registry::{PROMISE, promise as field};
use crate::views::EngagementView;
use chrono::NaiveDate;
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
    engagement.must_be_alive()?;
    let actor = context.actor()?;
    let wording = text("wording", &args.wording)?;
    for (name, date) in [("promised_on", &args.promised_on), ("due_on", &args.due_on)] {
        if date
            .as_deref()
            .is_some_and(|date| date.parse::<NaiveDate>().is_err())
        {
            return Err(Refusal::ValueInvalid {
                field: name.to_owned(),
                expected: "date".to_owned(),
            }
            .into());
        }
    }
    let said = |text: Option<String>| {
        text.map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty())
    };
    let promised_by = said(args.promised_by).unwrap_or(actor.person.name);
    let change = Change::create(
        PROMISE,
        context.environment.new_id(),
        vec![
            (field::ENGAGEMENT, engagement.id.0.into()),
            (field::KIND, args.kind.word().into()),
            (field::WORDING, wording.into()),
            (field::PROMISED_BY, promised_by.into()),
            (field::PROMISED_TO, said(args.promised_to).into()),
            (field::CHANNEL, said(args.channel).into()),
            (field::PROMISED_ON, args.promised_on.into()),
            (field::DUE_ON, args.due_on.into()),
            (
                field::VISIBLE_TO_CLIENT,
                Value::Bool(args.visible_to_client.unwrap_or(true)),
            ),
        ],
    );
    context.record(vec![change.seeing(engagement.tip())])?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn judge_promise(
    context: &mut Context<'_>,
    args: JudgePromise,
) -> Result<EngagementView> {
    change_promise(
        context,
        &args.promise_id,
        who_may_change(field::VERDICT),
        vec![(field::VERDICT, args.verdict.word().into())],
    )
}

pub(super) fn settle_promise(
    context: &mut Context<'_>,
    args: SettlePromise,
) -> Result<EngagementView> {
    let mut values = vec![(field::STATE, Value::from(args.state.word()))];
    if let Some(wording) = &args.wording {
        values.push((field::WORDING, text("wording", wording)?.into()));
    }
    change_promise(context, &args.promise_id, Role::ALL, values)
}

/// The roles of which one is needed to change this field of a promise.
pub(super) fn who_may_change(number: u32) -> &'static [Role] {
    match number {
        // A verdict is delivery's: feasible or not is not for the side that promised to say.
        field::VERDICT => &[Role::ProjectManager, Role::AccountManager, Role::Support],
        _ => Role::ALL,
    }
}

fn change_promise(
    context: &mut Context<'_>,
    promise_id: &str,
    needed: &[Role],
    values: Vec<(u32, Value)>,
) -> Result<EngagementView> {
    let engagement = engagement_of_promise(context, promise_id)?;
    engagement.must_be_alive()?;
    context.actor()?.must_have(needed)?;
    let id = parse_id("promise", promise_id)?;
    let tip = engagement.tip();
    let changes = values
        .into_iter()
        .map(|(field, value)| Change::set(PROMISE, id, field, value).seeing(tip))
        .collect();
    context.record(changes)?;
    engagement_view(context, &engagement.id.to_string())
}

pub(super) fn delete_promise(context: &mut Context<'_>, args: OfPromise) -> Result<EngagementView> {
    let engagement = engagement_of_promise(context, &args.promise_id)?;
    engagement.must_be_alive()?;
    let actor = context.actor()?;
    let id = parse_id("promise", &args.promise_id)?;
    let promise = engagement
        .promises
        .iter()
        .find(|promise| promise.id.0 == id);
    if promise.is_some_and(|promise| promise.logged_by != Some(actor.person.id)) {
        // A promise that somebody else noted is withdrawn, not made to vanish.
        actor.must_have(&[Role::Lead])?;
    }
    if promise.is_some() {
        context.record(vec![Change::delete(PROMISE, id).seeing(engagement.tip())])?;
    }
    engagement_view(context, &engagement.id.to_string())
}

fn text(name: &str, typed: &str) -> Result<String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Refusal::ValueInvalid {
            field: name.to_owned(),
            expected: "text".to_owned(),
        }
        .into());
    }
    Ok(typed.to_owned())
}
