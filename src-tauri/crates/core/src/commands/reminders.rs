//! Reminders of due mood checks: what to say now, what was said, and when not to disturb.
//!
//! The shell asks every minute. It asks for what to show, shows it, and then notes that it was shown: whatever
//! happens in between (sleep, a restart, a clock set back), a check is shown once and never lost.

use super::Nothing;
use super::context::{Context, parse_id};
use super::moods::due_check_view;
use crate::domain::kinds::Side;
use crate::domain::reminder::QuietHours;
use crate::domain::typed;
use crate::error::Result;
use crate::ids::{Id, PersonId};
use crate::store::due::{self, Calendars, DueCheck, DueFilter};
use crate::store::setting;
use crate::views::{ReminderSettingsView, ReminderView};
use crate::words;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::HashSet;
use ts_rs::TS;

/// Arguments of `set_reminders`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetReminders {
    /// Reminders are shown.
    pub on: bool,
    /// Minutes after midnight at which quiet hours begin.
    pub quiet_from: u32,
    /// Minutes after midnight at which quiet hours end.
    pub quiet_to: u32,
    /// Start hidden when the person logs in to this computer.
    pub start_at_login: bool,
}

/// Names a check that a reminder was shown for.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemindedCheck {
    /// The engagement.
    pub engagement_id: String,
    /// Whose mood.
    pub side: Side,
    /// Its day in the rhythm, as `due_reminders` gave it.
    pub rhythm_on: String,
}

/// Arguments of `mark_reminded`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkReminded {
    /// The checks.
    pub checks: Vec<RemindedCheck>,
}

/// Checks of one notice at the most; what is over comes with the next one, a minute later.
const MOST: u32 = 10_000;

const ON: &str = "reminders_off";
const QUIET_FROM: &str = "quiet_from";
const QUIET_TO: &str = "quiet_to";
const START_AT_LOGIN: &str = "start_at_login";

pub(super) fn reminder_settings(
    context: &mut Context<'_>,
    _: Nothing,
) -> Result<ReminderSettingsView> {
    read_settings(context)
}

fn read_settings(context: &Context<'_>) -> Result<ReminderSettingsView> {
    let number = |key| setting::number(context.connection, key);
    let quiet = quiet_hours(context)?;
    Ok(ReminderSettingsView {
        on: number(ON)?.is_none_or(|off| off == 0),
        quiet_from: quiet.from,
        quiet_to: quiet.to,
        start_at_login: number(START_AT_LOGIN)? == Some(1),
    })
}

fn quiet_hours(context: &Context<'_>) -> Result<QuietHours> {
    let number = |key| setting::number(context.connection, key);
    Ok(QuietHours::kept(number(QUIET_FROM)?, number(QUIET_TO)?))
}

pub(super) fn set_reminders(
    context: &mut Context<'_>,
    args: SetReminders,
) -> Result<ReminderSettingsView> {
    let quiet = QuietHours::typed(args.quiet_from, args.quiet_to)?;
    let keep = |key, value: i64| setting::keep(context.connection, key, value);
    keep(ON, i64::from(!args.on))?;
    keep(QUIET_FROM, i64::from(quiet.from))?;
    keep(QUIET_TO, i64::from(quiet.to))?;
    keep(START_AT_LOGIN, i64::from(args.start_at_login))?;
    read_settings(context)
}

pub(super) fn due_reminders(context: &mut Context<'_>, _: Nothing) -> Result<ReminderView> {
    let nothing = ReminderView {
        checks: Vec::new(),
        count: 0,
        title: None,
        body: None,
    };
    let settings = read_settings(context)?;
    let clock = context.environment.clock.as_ref();
    let Some(me) = context.person()? else {
        return Ok(nothing);
    };
    if !settings.on || quiet_hours(context)?.hold_at(clock.minute_of_day()) {
        return Ok(nothing);
    }
    let today = clock.today();
    let checks = waiting(context, me.id, today)?;
    if checks.is_empty() {
        return Ok(nothing);
    }
    let accounts: Vec<&str> = checks.iter().map(|check| check.account.as_str()).collect();
    let (title, body) = words::reminder(&accounts);
    Ok(ReminderView {
        count: u32::try_from(checks.len()).unwrap_or(u32::MAX),
        title: Some(title),
        body: Some(body),
        checks: checks
            .into_iter()
            .map(|check| due_check_view(check, today))
            .collect(),
    })
}

/// Due checks of a person that no reminder was shown for on this laptop.
fn waiting(context: &Context<'_>, of: PersonId, today: NaiveDate) -> Result<Vec<DueCheck>> {
    let filter = DueFilter {
        owner: Some(of),
        unreminded: true,
    };
    let calendars = Calendars::load(context.connection)?;
    due::checks(context.connection, &calendars, filter, today, 0, MOST)
}

/// A check that does not wait for a reminder here is left out: noted ahead of its day it would never be shown.
pub(super) fn mark_reminded(context: &mut Context<'_>, args: MarkReminded) -> Result<u32> {
    let today = context.environment.clock.today();
    let waiting = match context.person()? {
        Some(me) => waiting(context, me.id, today)?,
        None => Vec::new(),
    };
    let waiting: HashSet<(Id, Side, NaiveDate)> = waiting
        .iter()
        .map(|check| (check.engagement.0, check.side, check.rhythm_on))
        .collect();
    let mut news = 0;
    for check in &args.checks {
        let engagement = parse_id("engagement", &check.engagement_id)?;
        let rhythm_on = typed::day_asked_about("rhythm_on", &check.rhythm_on)?;
        if waiting.contains(&(engagement, check.side, rhythm_on)) {
            let noted = due::note_reminded(context.connection, engagement, check.side, rhythm_on)?;
            news += u32::from(noted);
        }
    }
    Ok(news)
}
