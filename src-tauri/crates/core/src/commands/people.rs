//! Colleagues: adding them, their names and roles.

use super::Nothing;
use super::context::Context;
use super::view::person_view;
use crate::domain::kinds::Role;
use crate::domain::workspace::may_set_roles;
use crate::domain::{Change, typed};
use crate::error::Result;
use crate::log::Value;
use crate::log::registry::{PERSON, person};
use crate::store::{read, setting};
use crate::views::PersonView;
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Arguments of `create_person`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePerson {
    /// Name as people know them.
    pub name: String,
    /// One or more roles.
    pub roles: Vec<Role>,
}

/// Arguments of `update_person`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdatePerson {
    /// The person.
    pub person_id: String,
    /// New name.
    #[ts(optional)]
    pub name: Option<String>,
    /// New roles.
    #[ts(optional)]
    pub roles: Option<Vec<Role>>,
}

pub(super) fn people(context: &mut Context<'_>, _: Nothing) -> Result<Vec<PersonView>> {
    let me = context.person()?.map(|person| person.id);
    read::colleagues(context.connection)?
        .iter()
        .map(|colleague| person_view(context, colleague, me))
        .collect()
}

pub(super) fn create_person(context: &mut Context<'_>, args: CreatePerson) -> Result<String> {
    let name = typed::name(&args.name)?;
    let id = context.environment.new_id();
    let mut transactions = context.appoint_admin(id)?;
    transactions.push(vec![context.new_person(id, &name, &distinct(&args.roles))]);
    let is_first = read::colleagues(context.connection)?.is_empty();
    context.record_all(transactions, None)?;
    if is_first {
        setting::keep(context.connection, setting::PERSON, id.0)?;
    }
    Ok(id.text())
}

pub(super) fn update_person(context: &mut Context<'_>, args: UpdatePerson) -> Result<PersonView> {
    let colleague = context.colleague(&args.person_id)?;
    let mut changes = Vec::new();
    if let Some(name) = &args.name {
        let name = typed::name(name)?;
        if name != colleague.name {
            changes.push(Change::set(PERSON, colleague.id.0, person::NAME, name));
        }
    }
    if let Some(roles) = &args.roles {
        let roles = distinct(roles);
        if roles != colleague.roles {
            must_set_roles(context)?;
            let words = roles.iter().map(|role| Value::from(role.word())).collect();
            changes.push(Change::set(
                PERSON,
                colleague.id.0,
                person::ROLES,
                Value::List(words),
            ));
        }
    }
    if !changes.is_empty() {
        context.actor()?;
        context.record(changes)?;
    }
    let me = context.person()?.map(|person| person.id);
    person_view(context, &context.colleague(&args.person_id)?, me)
}

/// Refuses who may not give rights.
fn must_set_roles(context: &Context<'_>) -> Result<()> {
    let has_admin = has_admin(context)?;
    let actor = has_admin.then(|| context.actor()).transpose()?;
    Ok(may_set_roles(actor.as_ref(), has_admin)?)
}

/// The workspace was set up.
pub(super) fn has_admin(context: &Context<'_>) -> Result<bool> {
    let workspace = read::workspace(context.connection)?;
    Ok(workspace.is_some_and(|workspace| workspace.admin.is_some()))
}

fn distinct(roles: &[Role]) -> Vec<Role> {
    let mut roles = roles.to_vec();
    roles.sort_unstable();
    roles.dedup();
    roles
}
