//! Reminders of due mood checks: what to say now, what was said, and when not to disturb.
//!
//! The shell asks every minute. It asks for what to show, shows it, and then notes that it was shown: whatever
//! happens in between (sleep, a restart, a clock set back), a check is shown once and never lost.

use super::Nothing;
use super::context::{Context, parse_id};
use super::moods::due_check_view;
use crate::domain::Refusal;
use crate::domain::kinds::Side;
use crate::error::Result;
use crate::store::due::{self, Calendars, DueFilter};
use crate::store::setting;
use crate::views::{ReminderSettingsView, ReminderView};
use crate::words;
use schemars::JsonSchema;
use serde::Deserialize;
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
/// Nobody wants to hear of moods before eight in the morning or after six in the evening.
const USUAL_QUIET: (i64, i64) = (18 * 60, 8 * 60);

pub(super) fn reminder_settings(
    context: &mut Context<'_>,
    _: Nothing,
) -> Result<ReminderSettingsView> {
    read_settings(context)
}

fn read_settings(context: &Context<'_>) -> Result<ReminderSettingsView> {
    let number = |key| setting::number(context.connection, key);
    let minutes = |value: Option<i64>, usual: i64| {
        u32::try_from(value.unwrap_or(usual).clamp(0, 24 * 60 - 1)).unwrap_or(0)
    };
    Ok(ReminderSettingsView {
        on: number(ON)?.is_none_or(|off| off == 0),
        quiet_from: minutes(number(QUIET_FROM)?, USUAL_QUIET.0),
        quiet_to: minutes(number(QUIET_TO)?, USUAL_QUIET.1),
        start_at_login: number(START_AT_LOGIN)? == Some(1),
    })
}

pub(super) fn set_reminders(
    context: &mut Context<'_>,
    args: SetReminders,
) -> Result<ReminderSettingsView> {
    for (field, minutes) in [("quiet_from", args.quiet_from), ("quiet_to", args.quiet_to)] {
        if minutes >= 24 * 60 {
            return Err(Refusal::ValueInvalid {
                field: field.to_owned(),
                expected: "time".to_owned(),
            }
            .into());
        }
    }
    let keep = |key, value: i64| setting::keep(context.connection, key, value);
    keep(ON, i64::from(!args.on))?;
    keep(QUIET_FROM, i64::from(args.quiet_from))?;
    keep(QUIET_TO, i64::from(args.quiet_to))?;
    keep(START_AT_LOGIN, i64::from(args.start_at_login))?;
    read_settings(context)
}

/// `from` to `to` may go over midnight; the same minute twice means never.
fn is_quiet(settings: ReminderSettingsView, minute: u32) -> bool {
    let (from, to) = (settings.quiet_from, settings.quiet_to);
    match from.cmp(&to) {
        std::cmp::Ordering::Equal => false,
        std::cmp::Ordering::Less => (from..to).contains(&minute),
        std::cmp::Ordering::Greater => minute >= from || minute < to,
    }
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
    if !settings.on || is_quiet(settings, clock.minute_of_day()) {
        return Ok(nothing);
    }
    let today = clock.today();
    let filter = DueFilter {
        owner: Some(me.id),
        unreminded: true,
    };
    let calendars = Calendars::load(context.connection)?;
    let checks = due::checks(context.connection, &calendars, filter, today, 0, MOST)?;
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

pub(super) fn mark_reminded(context: &mut Context<'_>, args: MarkReminded) -> Result<u32> {
    let mut news = 0;
    for check in &args.checks {
        let engagement = parse_id("engagement", &check.engagement_id)?;
        let rhythm_on = check.rhythm_on.parse().map_err(|_| Refusal::ValueInvalid {
            field: "rhythm_on".to_owned(),
            expected: "date".to_owned(),
        })?;
        news += u32::from(due::note_reminded(
            context.connection,
            engagement,
            check.side,
            rhythm_on,
        )?);
    }
    Ok(news)
}
