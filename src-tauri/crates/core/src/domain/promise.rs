//! Promises: what the client was told that they would get, and whose word on it counts.

use super::kinds::{PromiseKind, PromiseState, PromiseVerdict, Role};
use super::refusal::Refusal;
use super::{Actor, Change, Engagement, typed};
use crate::ids::Id;
use crate::log::Value;
use crate::log::registry::{PROMISE, promise as field};

/// A promise as typed.
#[derive(Debug, Clone)]
pub struct TypedPromise<'a> {
    /// What it is about.
    pub kind: PromiseKind,
    /// The words.
    pub wording: &'a str,
    /// Who promised; the acting person if absent.
    pub promised_by: Option<&'a str>,
    /// To whom.
    pub promised_to: Option<&'a str>,
    /// Where.
    pub channel: Option<&'a str>,
    /// When, ISO date.
    pub promised_on: Option<&'a str>,
    /// Due, ISO date.
    pub due_on: Option<&'a str>,
    /// The client sees it.
    pub visible_to_client: bool,
}

/// Keeps a promise under a new id. Anybody may have heard one.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for blank words, what is no date, or a line that is too long; [`Refusal::EngagementDeleted`].
pub fn decide_log(
    engagement: &Engagement,
    actor: &Actor,
    id: Id,
    promise: &TypedPromise<'_>,
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_alive()?;
    let wording = typed::text("wording", promise.wording)?;
    let promised_on = typed::optional_date("promised_on", promise.promised_on)?;
    let due_on = typed::optional_date("due_on", promise.due_on)?;
    let promised_by = typed::line("promised_by", promise.promised_by)?
        .unwrap_or_else(|| actor.person.name.clone());
    let change = Change::create(
        PROMISE,
        id,
        vec![
            (field::ENGAGEMENT, engagement.id.0.into()),
            (field::KIND, promise.kind.word().into()),
            (field::WORDING, wording.into()),
            (field::PROMISED_BY, promised_by.into()),
            (
                field::PROMISED_TO,
                typed::line("promised_to", promise.promised_to)?.into(),
            ),
            (
                field::CHANNEL,
                typed::line("channel", promise.channel)?.into(),
            ),
            (field::PROMISED_ON, promised_on.into()),
            (field::DUE_ON, due_on.into()),
            (
                field::VISIBLE_TO_CLIENT,
                Value::Bool(promise.visible_to_client),
            ),
        ],
    );
    Ok(vec![change.seeing(engagement.tip())])
}

/// The roles of which one is needed to change this field of a promise, by hand or from the history.
#[must_use]
pub fn who_may_change(number: u32) -> &'static [Role] {
    match number {
        // A verdict is delivery's: feasible or not is not for the side that promised to say.
        field::VERDICT => &[Role::ProjectManager, Role::AccountManager, Role::Support],
        _ => Role::ALL,
    }
}

/// Delivery's word on a promise.
///
/// # Errors
/// [`Refusal::NotYourRole`]; [`Refusal::EngagementDeleted`].
pub fn decide_verdict(
    engagement: &Engagement,
    actor: &Actor,
    id: Id,
    verdict: PromiseVerdict,
) -> Result<Vec<Change>, Refusal> {
    change(
        engagement,
        actor,
        id,
        vec![(field::VERDICT, verdict.word().into())],
    )
}

/// What became of a promise, with new words if it was agreed anew.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for blank words; [`Refusal::NotYourRole`]; [`Refusal::EngagementDeleted`].
pub fn decide_settle(
    engagement: &Engagement,
    actor: &Actor,
    id: Id,
    state: PromiseState,
    wording: Option<&str>,
) -> Result<Vec<Change>, Refusal> {
    let mut values = vec![(field::STATE, Value::from(state.word()))];
    if let Some(wording) = wording {
        values.push((field::WORDING, typed::text("wording", wording)?.into()));
    }
    change(engagement, actor, id, values)
}

fn change(
    engagement: &Engagement,
    actor: &Actor,
    id: Id,
    values: Vec<(u32, Value)>,
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_alive()?;
    for (number, _) in &values {
        actor.must_have(who_may_change(*number))?;
    }
    let set = |(number, value)| Change::set(PROMISE, id, number, value).seeing(engagement.tip());
    Ok(values.into_iter().map(set).collect())
}

/// Removes a promise that was logged by mistake. One that somebody else noted is withdrawn, not made to vanish,
/// unless by a lead.
///
/// # Errors
/// [`Refusal::NotYourRole`]; [`Refusal::EngagementDeleted`].
pub fn decide_delete(
    engagement: &Engagement,
    actor: &Actor,
    id: Id,
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_alive()?;
    let promise = engagement
        .promises
        .iter()
        .find(|promise| promise.id.0 == id);
    let Some(promise) = promise else {
        return Ok(Vec::new());
    };
    if promise.logged_by != Some(actor.person.id) {
        actor.must_have(&[Role::Lead])?;
    }
    Ok(vec![Change::delete(PROMISE, id).seeing(engagement.tip())])
}

#[cfg(test)]
mod tests {
    use super::super::story::{actor, engagement_of};
    use super::*;

    #[test]
    fn a_verdict_is_delivery_s_and_not_of_the_side_that_promised() {
        let engagement = engagement_of("Ola");
        let verdict = |role| {
            let actor = actor("Mikko", &[role]);
            decide_verdict(&engagement, &actor, Id([7; 16]), PromiseVerdict::Feasible)
        };
        for role in [
            Role::ProjectManager,
            Role::AccountManager,
            Role::Support,
            Role::Lead,
        ] {
            assert!(verdict(role).is_ok(), "{role:?}");
        }
        for role in [Role::Sales, Role::BackOffice] {
            assert!(
                matches!(verdict(role), Err(Refusal::NotYourRole { .. })),
                "{role:?}"
            );
        }
    }

    #[test]
    fn a_promise_needs_words_and_dates_that_are_dates() {
        let engagement = engagement_of("Ola");
        let promise = TypedPromise {
            kind: PromiseKind::Date,
            wording: "Live before Christmas",
            promised_by: Some(" "),
            promised_to: None,
            channel: None,
            promised_on: Some("2026-10-01"),
            due_on: None,
            visible_to_client: true,
        };
        let log = |promise: TypedPromise<'_>| {
            decide_log(&engagement, &actor("Jo", &[]), Id([7; 16]), &promise)
        };
        let changes = log(promise.clone()).expect("a promise");
        assert!(
            changes[0]
                .fields
                .contains(&(field::PROMISED_BY, "Jo".into()))
        );
        let blank = TypedPromise {
            wording: " ",
            ..promise.clone()
        };
        assert_eq!(log(blank), Err(Refusal::value_invalid("wording", "text")));
        let soon = TypedPromise {
            due_on: Some("soon"),
            ..promise
        };
        assert_eq!(log(soon), Err(Refusal::value_invalid("due_on", "date")));
    }
}
