//! Mood checks: keeping a reading, skipping one, what is due, and the days on which nobody is asked.

use super::OfEngagement;
use super::context::Context;
use super::view::{Names, engagement_view};
use crate::domain::calendar::{Calendar, FreeDays, decide_absences, decide_calendar};
use crate::domain::kinds::Side;
use crate::domain::mood::{
    Answer, Check, Reading, Rhythm, decide_mood, decide_rhythm, decide_skip, reads_note,
};
use crate::domain::{Engagement, typed};
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::store::due::{self, Calendars, DueCheck, DueFilter};
use crate::store::read;
use crate::views::{
    CalendarView, DueCheckView, EngagementView, MoodAnswerView, MoodCheckView, MoodView, MoodsView,
    RhythmView, Window,
};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;
use ts_rs::TS;

/// Arguments of `record_mood`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordMood {
    /// The engagement.
    pub engagement_id: String,
    /// Whose mood.
    pub side: Side,
    /// 1 to 5.
    #[ts(type = "number")]
    pub score: i64,
    /// What was said; 1 and 2 need it.
    #[serde(default)]
    #[ts(optional)]
    pub note: Option<String>,
    /// The day it is about, ISO date; today if absent.
    #[serde(default)]
    #[ts(optional)]
    pub on: Option<String>,
}

/// Arguments of `skip_mood`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkipMood {
    /// The engagement.
    pub engagement_id: String,
    /// Whose mood.
    pub side: Side,
    /// Why nobody asks this time.
    pub reason: String,
}

/// Arguments of `list_due`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListDue {
    /// Up to this day, ISO date; today if absent.
    #[serde(default)]
    #[ts(optional)]
    pub until: Option<String>,
    /// Only checks of this owner's engagements.
    #[serde(default)]
    #[ts(optional)]
    pub owner_id: Option<String>,
    /// Index of the first row; 0 if absent.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<u32>,
    /// How many rows, at most 500.
    #[serde(default)]
    #[ts(optional)]
    pub count: Option<u32>,
}

/// Arguments of `set_mood_rhythm`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMoodRhythm {
    /// The engagement.
    pub engagement_id: String,
    /// Four numbers, or null for the template's rhythm.
    pub rhythm: Option<RhythmArgs>,
}

/// When to ask.
#[derive(Debug, Clone, Copy, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RhythmArgs {
    /// Days from the kick-off to the first check.
    pub first_days: u32,
    /// Days between checks of the first run.
    pub every_days: u32,
    /// The first run ends on this day after the kick-off.
    pub until_day: u32,
    /// Months between checks afterwards.
    pub then_months: u32,
}

/// Arguments of `set_calendar`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetCalendar {
    /// Free days of the week, 1 for Monday to 7 for Sunday.
    pub weekend: Vec<u8>,
    /// Holidays, ISO dates.
    pub holidays: Vec<String>,
}

/// Arguments of `set_absences`.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAbsences {
    /// The person.
    pub person_id: String,
    /// Days away, `2026-12-24` or `2026-12-24/2026-12-31`.
    pub absences: Vec<String>,
}

/// Rows of one window at the most.
const LARGEST_WINDOW: u32 = 500;

/// A day as typed, or today.
pub(super) fn day_or_today(
    context: &Context<'_>,
    field: &str,
    typed: Option<&str>,
) -> Result<NaiveDate> {
    match typed {
        Some(typed) => Ok(typed::date(field, typed)?),
        None => Ok(context.environment.clock.today()),
    }
}

pub(super) fn record_mood(context: &mut Context<'_>, args: RecordMood) -> Result<EngagementView> {
    context.actor()?;
    let engagement = context.engagement(&args.engagement_id)?;
    let reading = Reading {
        side: args.side,
        score: args.score,
        note: args.note.as_deref(),
        on: day_or_today(context, "on", args.on.as_deref())?,
    };
    let calendars = Calendars::load(context.connection)?;
    let calendar = calendars.of(engagement.ownership.owner);
    let today = context.environment.clock.today();
    context.record(decide_mood(&engagement, &reading, today, calendar)?)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn skip_mood(context: &mut Context<'_>, args: SkipMood) -> Result<EngagementView> {
    context.actor()?;
    let engagement = context.engagement(&args.engagement_id)?;
    let today = context.environment.clock.today();
    context.record(decide_skip(&engagement, args.side, &args.reason, today)?)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn set_mood_rhythm(
    context: &mut Context<'_>,
    args: SetMoodRhythm,
) -> Result<EngagementView> {
    let engagement = context.engagement(&args.engagement_id)?;
    let rhythm = args.rhythm.map(|rhythm| Rhythm {
        first_days: rhythm.first_days,
        every_days: rhythm.every_days,
        until_day: rhythm.until_day,
        then_months: rhythm.then_months,
    });
    context.record(decide_rhythm(&engagement, &context.actor()?, rhythm)?)?;
    engagement_view(context, &args.engagement_id)
}

pub(super) fn list_due(context: &mut Context<'_>, args: ListDue) -> Result<Window<DueCheckView>> {
    let until = match args.until.as_deref() {
        Some(until) => typed::day_asked_about("until", until)?,
        None => context.environment.clock.today(),
    };
    let filter = DueFilter {
        owner: super::session::optional_person(args.owner_id.as_deref())?,
        unreminded: false,
    };
    let from = args.from.unwrap_or(0);
    let most = args.count.unwrap_or(LARGEST_WINDOW).min(LARGEST_WINDOW);
    let calendars = Calendars::load(context.connection)?;
    let today = context.environment.clock.today();
    let checks = due::checks(context.connection, &calendars, filter, until, from, most)?;
    Ok(Window {
        count: due::count(context.connection, &calendars, filter, until)?,
        from,
        rows: checks
            .into_iter()
            .map(|check| due_check_view(check, today))
            .collect(),
    })
}

pub(super) fn due_check_view(check: DueCheck, today: NaiveDate) -> DueCheckView {
    DueCheckView {
        engagement_id: check.engagement.to_string(),
        engagement: check.name,
        account: check.account,
        side: check.side,
        due_on: check.due_on.to_string(),
        rhythm_on: check.rhythm_on.to_string(),
        days_late: days_late(check.due_on, today),
        tenths: check.tenths,
        owner: check.owner_name,
        owner_id: check.owner.map(|owner| owner.to_string()),
    }
}

fn days_late(due_on: NaiveDate, today: NaiveDate) -> u32 {
    u32::try_from((today - due_on).num_days()).unwrap_or(0)
}

pub(super) fn moods_view(
    context: &Context<'_>,
    engagement: &Engagement,
    names: &Names,
) -> Result<MoodsView> {
    let calendars = Calendars::load(context.connection)?;
    let calendar = calendars.of(engagement.ownership.owner);
    let today = context.environment.clock.today();
    let side = |side| mood_view(engagement, side, calendar, today, names);
    let rhythm = engagement.mood_rhythm();
    Ok(MoodsView {
        kick_off_on: engagement.kick_off_on().map(|day| day.to_string()),
        client: side(Side::Client),
        team: side(Side::Team),
        rhythm: RhythmView {
            first_days: rhythm.first_days,
            every_days: rhythm.every_days,
            until_day: rhythm.until_day,
            then_months: rhythm.then_months,
        },
        has_own_rhythm: engagement.own_rhythm.is_some(),
    })
}

fn mood_view(
    engagement: &Engagement,
    side: Side,
    calendar: &Calendar,
    today: NaiveDate,
    names: &Names,
) -> MoodView {
    let mood = engagement.mood(side);
    let due_on = mood.asked_on(calendar);
    MoodView {
        due_on: due_on.map(|day| day.to_string()),
        days_late: due_on.map_or(0, |day| days_late(day, today)),
        tenths: mood.tenths(),
        checks: mood
            .checks
            .iter()
            .map(|check| check_view(check, side, names))
            .collect(),
    }
}

fn check_view(check: &Check, side: Side, names: &Names) -> MoodCheckView {
    let skipped = check.skipped.as_ref();
    MoodCheckView {
        on: check.on.to_string(),
        tenths: check.tenths(),
        answers: check
            .answers
            .iter()
            .map(|answer| answer_view(answer, side, names))
            .collect(),
        skipped: skipped.map(|(_, _, reason)| reason.clone()),
        skipped_by: skipped.and_then(|(_, person, _)| names.of(*person)),
    }
}

fn answer_view(answer: &Answer, side: Side, names: &Names) -> MoodAnswerView {
    let is_read = reads_note(&names.reader, side, answer.person);
    MoodAnswerView {
        score: answer.score,
        note: answer.note.clone().filter(|_| is_read),
        note_hidden: answer.note.is_some() && !is_read,
        by: names.of(answer.person),
    }
}

pub(super) fn calendar(context: &mut Context<'_>, _: super::Nothing) -> Result<CalendarView> {
    let FreeDays { weekend, holidays } = read::calendar(context.connection)?.free_days();
    Ok(CalendarView { weekend, holidays })
}

pub(super) fn set_calendar(context: &mut Context<'_>, args: SetCalendar) -> Result<CalendarView> {
    let actor = context.actor()?;
    let id = read::workspace_id(context.connection)?
        .ok_or_else(|| Error::internal("an actor without a workspace"))?;
    let now = read::calendar(context.connection)?;
    let typed = FreeDays {
        weekend: args.weekend,
        holidays: args.holidays,
    };
    context.record(decide_calendar(id, &now, &actor, &typed)?)?;
    calendar(context, super::Nothing {})
}

pub(super) fn set_absences(context: &mut Context<'_>, args: SetAbsences) -> Result<Vec<String>> {
    let of = context.colleague(&args.person_id)?.id;
    let (now, actor) = (absences_of(context, of)?, context.actor()?);
    context.record(decide_absences(of, &now, &actor, &args.absences)?)?;
    absences_of(context, of)
}

/// When a person is away, as typed.
pub(super) fn absences_of(context: &Context<'_>, id: PersonId) -> Result<Vec<String>> {
    read::absences(context.connection, id)
}

/// The checks of one engagement that are due today, for its page.
pub(super) fn moods(context: &mut Context<'_>, args: OfEngagement) -> Result<MoodsView> {
    let engagement = context.engagement(&args.engagement_id)?;
    moods_view(context, &engagement, &Names::load(context)?)
}
