//! Bundles out and in.

use super::Nothing;
use super::context::Context;
use super::import::decode_content;
use crate::error::{BundleFault, Error, Result};
use crate::ids::WorkspaceId;
use crate::store::record::merge;
use crate::store::{log, read, setting};
use crate::sync::bundle::{Bundle, decode, encode};
use crate::views::{BundleAct, BundleFile, BundlePreview};
use base64::Engine;
use chrono::DateTime;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeSet;
use ts_rs::TS;

/// Arguments of `import_bundle`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportBundle {
    /// The file's name, for messages.
    #[serde(default)]
    #[ts(optional)]
    pub file_name: Option<String>,
    /// The bytes, base64.
    pub content_base64: String,
    /// Only say what it holds.
    #[serde(default)]
    pub preview: bool,
}

/// Acts that a preview lists at the most.
const LISTED_ACTS: usize = 100;

pub(super) fn export_bundle(context: &mut Context<'_>, _: Nothing) -> Result<BundleFile> {
    let workspace =
        read::workspace_id(context.connection)?.unwrap_or(WorkspaceId(crate::ids::Id([0; 16])));
    let mut acts = Vec::new();
    log::each_act(context.connection, |act| {
        acts.push(act);
        Ok(())
    })?;
    let exported_at = context.environment.clock.now();
    let operations: usize = acts.iter().map(|act| act.operations.len()).sum();
    let bytes = encode(&Bundle {
        workspace,
        exported_at,
        acts,
    })?;
    let on = DateTime::from_timestamp_millis(exported_at)
        .map(|at| at.format("%Y-%m-%d-%H%M").to_string());
    Ok(BundleFile {
        file_name: format!("baton-{}.btn", on.unwrap_or_default()),
        content_base64: base64::engine::general_purpose::STANDARD.encode(&bytes),
        operations: u32::try_from(operations).unwrap_or(u32::MAX),
    })
}

pub(super) fn import_bundle(
    context: &mut Context<'_>,
    args: ImportBundle,
) -> Result<BundlePreview> {
    let bytes = decode_content(context, &args.content_base64)?;
    let bundle = decode(&bytes)?;
    match read::workspace_id(context.connection)? {
        Some(ours) if ours != bundle.workspace => {
            return Err(BundleFault::NotOurs {
                theirs: bundle.workspace.to_string(),
                ours: ours.to_string(),
            }
            .into());
        }
        Some(_) => {}
        // A store without operations joins the workspace of the first bundle it imports.
        None if bundle.acts.is_empty() => return Err(malformed("it is empty")),
        None => setting::keep(context.connection, setting::WORKSPACE, bundle.workspace.0.0)?,
    }
    context.is_preview = args.preview;
    let new: Vec<&crate::log::Act> = bundle
        .acts
        .iter()
        .filter_map(|act| match log::has_act(context.connection, act) {
            Ok(true) => None,
            Ok(false) => Some(Ok(act)),
            Err(error) => Some(Err(error)),
        })
        .collect::<Result<_>>()?;
    let conflicts_before = log::conflict_count(context.connection)?;
    let (new_operations, touched) = merge(context.connection, &bundle.acts, context.progress)?;
    let conflicts_after = log::conflict_count(context.connection)?;
    context.touched = touched;
    let mut listed: Vec<BundleAct> = new
        .iter()
        .map(|act| {
            Ok(BundleAct {
                command: act.header.command.clone(),
                person: read::person_name(context.connection, act.header.person)?,
                at: act.header.at,
                operations: u32::try_from(act.operations.len()).unwrap_or(u32::MAX),
            })
        })
        .collect::<Result<_>>()?;
    listed.sort_by_key(|act| std::cmp::Reverse(act.at));
    listed.truncate(LISTED_ACTS);
    let operations: usize = bundle.acts.iter().map(|act| act.operations.len()).sum();
    let devices: BTreeSet<_> = bundle.acts.iter().map(|act| act.header.device).collect();
    Ok(BundlePreview {
        operations: u32::try_from(operations).unwrap_or(u32::MAX),
        new_operations,
        acts: listed,
        conflict_count: conflicts_after.saturating_sub(conflicts_before),
        devices: u32::try_from(devices.len()).unwrap_or(u32::MAX),
        exported_at: bundle.exported_at,
        preview: args.preview,
    })
}

fn malformed(reason: &str) -> Error {
    BundleFault::Malformed {
        reason: reason.to_owned(),
    }
    .into()
}
