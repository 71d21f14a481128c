//! How client and team feel, as the screens see it.

use super::Side;
use serde::Serialize;
use ts_rs::TS;

/// Both sides' moods of an engagement.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MoodsView {
    /// When the kick-off was held; checks begin after it.
    pub kick_off_on: Option<String>,
    /// The client's.
    pub client: MoodView,
    /// Our team's.
    pub team: MoodView,
    /// When to ask.
    pub rhythm: RhythmView,
    /// The rhythm is this engagement's own, not its template's.
    pub has_own_rhythm: bool,
}

/// When to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct RhythmView {
    /// Days from the kick-off to the first check.
    pub first_days: u32,
    /// Days between checks of the first run.
    pub every_days: u32,
    /// The first run ends on this day after the kick-off.
    pub until_day: u32,
    /// Months between checks afterwards.
    pub then_months: u32,
}

/// One side's mood.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MoodView {
    /// The next check, ISO date; absent before the kick-off and after the end.
    pub due_on: Option<String>,
    /// Days since that date; 0 if it is today or to come.
    pub days_late: u32,
    /// The last reading in tenths: 35 is 3.5.
    #[ts(type = "number | null")]
    pub tenths: Option<i64>,
    /// Every check, the oldest first.
    pub checks: Vec<MoodCheckView>,
}

/// One check of one side.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MoodCheckView {
    /// The day, ISO date.
    pub on: String,
    /// The reading in tenths; of several team members the median. Absent if it was skipped.
    #[ts(type = "number | null")]
    pub tenths: Option<i64>,
    /// The answers; of a team one per member.
    pub answers: Vec<MoodAnswerView>,
    /// Why it was skipped.
    pub skipped: Option<String>,
    /// Who skipped it.
    pub skipped_by: Option<String>,
}

/// One answer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MoodAnswerView {
    /// 1 to 5.
    #[ts(type = "number")]
    pub score: i64,
    /// What was said; absent too where it is not for whoever looks.
    pub note: Option<String>,
    /// There is a note, and it is internal: for who wrote it and for a lead.
    pub note_hidden: bool,
    /// Who wrote it down.
    pub by: Option<String>,
}

/// A mood check that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DueCheckView {
    /// The engagement's id.
    pub engagement_id: String,
    /// Its name.
    pub engagement: String,
    /// The client company's name.
    pub account: String,
    /// Whose mood.
    pub side: Side,
    /// Due on this day, holidays and absences counted; ISO date.
    pub due_on: String,
    /// The day of the rhythm before holidays and absences moved it; names the check in `mark_reminded`.
    pub rhythm_on: String,
    /// Days since it was due; 0 if it is today or to come.
    pub days_late: u32,
    /// The last reading in tenths.
    #[ts(type = "number | null")]
    pub tenths: Option<i64>,
    /// The owner's name.
    pub owner: Option<String>,
    /// The owner's id.
    pub owner_id: Option<String>,
}

/// What a reminder says: one notice, however many checks it is about.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReminderView {
    /// Due checks that no reminder was shown for on this laptop; empty in quiet hours.
    pub checks: Vec<DueCheckView>,
    /// How many there are.
    pub count: u32,
    /// The notice's title; absent if there is nothing to say.
    pub title: Option<String>,
    /// The notice's text.
    pub body: Option<String>,
}

/// When this laptop reminds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct ReminderSettingsView {
    /// Reminders are shown.
    pub on: bool,
    /// Minutes after midnight at which quiet hours begin.
    pub quiet_from: u32,
    /// Minutes after midnight at which quiet hours end.
    pub quiet_to: u32,
    /// Baton starts hidden when the person logs in to this computer.
    pub start_at_login: bool,
}

/// Days on which nobody is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CalendarView {
    /// Free days of the week, 1 for Monday to 7 for Sunday.
    pub weekend: Vec<u8>,
    /// Holidays, ISO dates in order.
    pub holidays: Vec<String>,
}
