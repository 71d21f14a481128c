//! Who uses this store, and the settings of the workspace and of this window.

use super::Nothing;
use super::context::{Context, parse_id};
use super::view::person_view;
use crate::domain::workspace::USUAL_CURRENCY;
use crate::domain::{Change, Refusal};
use crate::error::Result;
use crate::ids::PersonId;
use crate::import_file::currency_digits;
use crate::log::registry::{WORKSPACE, workspace};
use crate::store::backups::{FOLDER, list as backup_files};
use crate::store::check::CheckReport;
use crate::store::{Store, read, setting};
use crate::views::{BackupView, BackupsView, SessionView, WorkspaceView};
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Arguments of `choose_person`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChoosePerson {
    /// The person; null for nobody.
    pub person_id: Option<String>,
}

/// Arguments of `choose_currency`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChooseCurrency {
    /// ISO 4217 code.
    pub currency: String,
}

pub(super) fn session(context: &mut Context<'_>, _: Nothing) -> Result<SessionView> {
    let connection = context.connection;
    let (engagement_count, pending_count, deferred_count) = read::counts(connection)?;
    let person = match context.person()? {
        Some(colleague) => Some(person_view(context, &colleague, Some(colleague.id))?),
        None => None,
    };
    let workspace = read::workspace(connection)?.map(|workspace| WorkspaceView {
        id: workspace.id.to_string(),
        currency: workspace
            .currency
            .unwrap_or_else(|| USUAL_CURRENCY.to_owned()),
        admin_id: workspace.admin.map(|admin| admin.to_string()),
    });
    Ok(SessionView {
        workspace,
        person,
        people_count: u32::try_from(read::colleagues(connection)?.len()).unwrap_or(u32::MAX),
        engagement_count,
        pending_count,
        deferred_count,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        rehearsal: setting::number(connection, setting::REHEARSAL)?.is_some(),
        store: context.directory.display().to_string(),
    })
}

pub(super) fn choose_person(context: &mut Context<'_>, args: ChoosePerson) -> Result<SessionView> {
    let person = match &args.person_id {
        Some(id) => Some(context.colleague(id)?.id),
        None => None,
    };
    setting::keep(
        context.connection,
        setting::PERSON,
        person.map(|person: PersonId| person.0.0),
    )?;
    session(context, Nothing {})
}

pub(super) fn choose_currency(
    context: &mut Context<'_>,
    args: ChooseCurrency,
) -> Result<SessionView> {
    let currency = currency_code(&args.currency)?;
    let known = read::workspace(context.connection)?;
    if known
        .as_ref()
        .and_then(|workspace| workspace.currency.as_deref())
        != Some(&currency)
    {
        match known {
            Some(known) => {
                context.record(vec![Change::set(
                    WORKSPACE,
                    known.id.0,
                    workspace::CURRENCY,
                    currency,
                )])?;
            }
            None => {
                let id = context.environment.new_id();
                setting::keep(context.connection, setting::WORKSPACE, id.0)?;
                context.record(vec![Change::create(
                    WORKSPACE,
                    id,
                    vec![(workspace::CURRENCY, currency.into())],
                )])?;
            }
        }
    }
    session(context, Nothing {})
}

/// An ISO 4217 code, upper case.
pub(super) fn currency_code(typed: &str) -> Result<String> {
    let code = typed.trim().to_uppercase();
    if currency_digits(&code).is_some() {
        Ok(code)
    } else {
        Err(Refusal::value_invalid("currency", "currency").into())
    }
}

/// The currency of amounts typed without one.
pub(super) fn workspace_currency(context: &Context<'_>) -> Result<String> {
    let workspace = read::workspace(context.connection)?;
    Ok(workspace
        .and_then(|workspace| workspace.currency)
        .unwrap_or_else(|| USUAL_CURRENCY.to_owned()))
}

/// A person's id that may be missing.
pub(super) fn optional_person(id: Option<&str>) -> Result<Option<PersonId>> {
    id.map(|id| parse_id("person", id).map(PersonId))
        .transpose()
}

pub(super) fn check(store: &mut Store, _: Nothing) -> Result<CheckReport> {
    store.check()
}

pub(super) fn backups(store: &mut Store, _: Nothing) -> Result<BackupsView> {
    let listed = backup_files(store.directory())?
        .into_iter()
        .map(|backup| BackupView {
            file_name: backup
                .path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
            path: backup.path.display().to_string(),
            on: backup.on.to_string(),
            bytes: backup.bytes,
        })
        .collect();
    Ok(BackupsView {
        folder: store.directory().join(FOLDER).display().to_string(),
        backups: listed,
        failure: store.backup_failure().map(str::to_owned),
    })
}
