//! Mood checks: how a client and our own team feel, from 1 to 5, and when to ask again.
//!
//! The rhythm of product.md section 6: the first check 14 days after the kick-off was held, then every 14 days up
//! to day 60, then every month on the same day, clamped to the month's end. The worked table stands in
//! docs/moods.md. Only dates are counted here, never instants, so that a changed clock changes nothing.

use super::calendar::Calendar;
use super::engagement::{Engagement, Record};
use super::kinds::Side;
use super::refusal::Refusal;
use super::{Actor, Change, Reader, typed};
use crate::ids::PersonId;
use crate::log::registry::{ENGAGEMENT, engagement as field};
use crate::log::{Dot, Kind, Operation, Value};
use chrono::{Datelike, Days, Months, NaiveDate};

/// When to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rhythm {
    /// Days from the kick-off to the first check.
    pub first_days: u32,
    /// Days between checks while the engagement is young.
    pub every_days: u32,
    /// The last day, counted from the kick-off, on which a check of that first run can fall.
    pub until_day: u32,
    /// Months between checks afterwards.
    pub then_months: u32,
}

impl Rhythm {
    /// The usual one: after 14 days, every 14 days up to day 60, then every month.
    pub const USUAL: Self = Self {
        first_days: 14,
        every_days: 14,
        until_day: 60,
        then_months: 1,
    };

    /// The four numbers as they are kept.
    #[must_use]
    pub fn words(self) -> Value {
        let numbers = [
            self.first_days,
            self.every_days,
            self.until_day,
            self.then_months,
        ];
        Value::List(
            numbers
                .iter()
                .map(|number| Value::from(number.to_string()))
                .collect(),
        )
    }

    /// Reads the four numbers. None: something else stands there, which only another app can have written.
    #[must_use]
    pub fn of_value(value: &Value) -> Option<Self> {
        let Value::List(words) = value else {
            return None;
        };
        let numbers: Vec<u32> = words
            .iter()
            .map(|word| word.as_text()?.parse().ok())
            .collect::<Option<_>>()?;
        let [first_days, every_days, until_day, then_months] = numbers[..] else {
            return None;
        };
        let rhythm = Self {
            first_days,
            every_days,
            until_day,
            then_months,
        };
        rhythm.is_sound().then_some(rhythm)
    }

    /// It goes forward, and not by centuries.
    #[must_use]
    pub fn is_sound(self) -> bool {
        (1..=3_660).contains(&self.first_days)
            && (1..=3_660).contains(&self.every_days)
            && self.until_day <= 3_660
            && (1..=120).contains(&self.then_months)
    }

    /// The first check.
    #[must_use]
    pub fn first_after(self, kick_off_on: NaiveDate) -> NaiveDate {
        later(kick_off_on, self.first_days)
    }

    /// The check after one that stood in the rhythm on `base`. `same_day` is the day of the month that monthly
    /// checks keep: one clamped to 28 February is followed by one on 31 March.
    fn next_after(self, kick_off_on: NaiveDate, base: NaiveDate, same_day: Option<u32>) -> Due {
        let soon = later(base, self.every_days);
        if soon <= later(kick_off_on, self.until_day) {
            return Due {
                on: soon,
                same_day: None,
            };
        }
        let day = same_day.unwrap_or(base.day());
        let clamped = base
            .checked_add_months(Months::new(self.then_months))
            .unwrap_or(base);
        // Adding months clamps; the same day is tried again, and stays clamped where the month is short.
        let on = (clamped.day()..=day)
            .rev()
            .find_map(|day| clamped.with_day(day))
            .unwrap_or(clamped);
        Due {
            on,
            same_day: Some(day),
        }
    }
}

/// A check to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Due {
    on: NaiveDate,
    /// The day of the month that monthly checks keep.
    same_day: Option<u32>,
}

fn later(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(day)
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The entry.
    pub dot: Dot,
    /// Who wrote it down.
    pub person: Option<PersonId>,
    /// When it was written down.
    pub at: i64,
    /// 1 to 5.
    pub score: i64,
    /// What was said.
    pub note: Option<String>,
}

/// One check: the answers of a side on a day, or why there were none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The day.
    pub on: NaiveDate,
    /// Answers; of a team one per member, the latest.
    pub answers: Vec<Answer>,
    /// Why it was skipped; then there are no answers.
    pub skipped: Option<(Dot, Option<PersonId>, String)>,
}

impl Check {
    /// The reading in tenths, 35 for 3.5: of several members the median.
    #[must_use]
    pub fn tenths(&self) -> Option<i64> {
        let mut scores: Vec<i64> = self.answers.iter().map(|answer| answer.score).collect();
        scores.sort_unstable();
        let middle = scores.len() / 2;
        match scores.len() {
            0 => None,
            length if length % 2 == 1 => Some(scores[middle] * 10),
            _ => Some((scores[middle - 1] + scores[middle]) * 5),
        }
    }
}

/// What is known of one side's mood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SideMood {
    /// Checks in order of their days.
    pub checks: Vec<Check>,
    /// The next check by the rhythm, before holidays and absences move it. None before the kick-off, and when the
    /// engagement ended.
    pub due_on: Option<NaiveDate>,
    /// The day that the next check comes after: of the check before it, else of the kick-off.
    pub after_on: Option<NaiveDate>,
}

impl SideMood {
    /// The last reading in tenths.
    #[must_use]
    pub fn tenths(&self) -> Option<i64> {
        self.checks.iter().rev().find_map(Check::tenths)
    }

    /// The day on which the next check is due, holidays and absences counted.
    #[must_use]
    pub fn asked_on(&self, calendar: &Calendar) -> Option<NaiveDate> {
        Some(calendar.moved_earlier(self.due_on?, self.after_on?))
    }
}

/// A reading of up to this needs a note, and hurts.
pub const LOW_SCORE: i64 = 2;

/// The last mood up to which an engagement is among those with a low one, in tenths: 25 lies between a 2 and a 3, and
/// a team's median of 2.5 is low too.
pub const LOW_TENTHS: i64 = LOW_SCORE * 10 + 5;

/// A team member who answers within these days of the first one answers the same check, or answers it again.
const SAME_CHECK_DAYS: i64 = 6;

struct MoodEntry<'a> {
    record: &'a Record,
    on: NaiveDate,
    due_on: Option<NaiveDate>,
}

impl Engagement {
    /// When the kick-off was held; for an engagement taken over at a later stage, when that was said.
    #[must_use]
    pub fn kick_off_on(&self) -> Option<NaiveDate> {
        let ticked = self.item(self.template.kick_off_item);
        ticked
            .and_then(|head| head.value.value.as_text())
            .and_then(|date| date.parse().ok())
            .or(self.taken_over_on)
    }

    /// When to ask.
    #[must_use]
    pub fn mood_rhythm(&self) -> Rhythm {
        self.own_rhythm.unwrap_or(self.template.mood_rhythm)
    }

    /// What is known of a side's mood, and when to ask next.
    #[must_use]
    pub fn mood(&self, side: Side) -> SideMood {
        let mut entries: Vec<MoodEntry<'_>> = self
            .events_of(Kind::Append, field::MOOD)
            .filter(|record| !self.retracted.contains(&record.dot))
            .filter_map(|record| {
                let value = &record.operation.value;
                let date = |name| value.part(name)?.as_text()?.parse::<NaiveDate>().ok();
                (value.part("side")?.as_text() == Some(side.word())).then_some(MoodEntry {
                    record,
                    on: date("on")?,
                    due_on: date("due_on"),
                })
            })
            .collect();
        entries.sort_by_key(|entry| (entry.on, entry.record.at, entry.record.dot));
        let rhythm = self.mood_rhythm();
        let kick_off_on = self.kick_off_on();
        let mut due = kick_off_on.map(|day| Due {
            on: rhythm.first_after(day),
            same_day: None,
        });
        let mut after_on = kick_off_on;
        let mut checks: Vec<Check> = Vec::new();
        for MoodEntry {
            record,
            on,
            due_on: answered,
        } in entries
        {
            let text = |name: &str| record.operation.value.part(name).and_then(Value::as_text);
            let kept = due.filter(|due| answered == Some(due.on));
            if let Some(reason) = text("skipped") {
                checks.push(Check {
                    on,
                    answers: Vec::new(),
                    skipped: Some((record.dot, record.person, reason.to_owned())),
                });
                // Skipping keeps the next date.
                if let (Some(kick_off_on), Some(kept)) = (kick_off_on, kept) {
                    due = Some(rhythm.next_after(kick_off_on, kept.on, kept.same_day));
                    after_on = Some(kept.on);
                }
                continue;
            }
            let score = record.operation.value.part("score").and_then(Value::as_int);
            let Some(score) = score.filter(|score| (1..=5).contains(score)) else {
                continue;
            };
            let answer = Answer {
                dot: record.dot,
                person: record.person,
                at: record.at,
                score,
                note: text("note").map(str::to_owned),
            };
            // A short rhythm asks again within the week; that answer is of the next check.
            let is_next = kept.is_some() || due.is_some_and(|due| due.on <= on);
            let last = checks.last_mut().filter(|check| {
                side == Side::Team
                    && check.skipped.is_none()
                    && (on - check.on).num_days() <= SAME_CHECK_DAYS
                    && !is_next
            });
            if let Some(check) = last {
                // Whoever answers again changed their mind: the answer before it no longer counts.
                check.answers.retain(|given| given.person != record.person);
                check.answers.push(answer);
                continue;
            }
            checks.push(Check {
                on,
                answers: vec![answer],
                skipped: None,
            });
            // A reading from before the kick-off is shown and does not move the rhythm.
            if let Some(kick_off_on) = kick_off_on.filter(|day| *day <= on) {
                due = Some(match kept {
                    Some(kept) => rhythm.next_after(kick_off_on, kept.on, kept.same_day),
                    None => rhythm.next_after(kick_off_on, on, None),
                });
                after_on = Some(on);
            }
        }
        let is_active = self.status() == super::kinds::Status::Active;
        SideMood {
            checks,
            due_on: due.map(|due| due.on).filter(|_| is_active),
            after_on: after_on.filter(|_| is_active),
        }
    }
}

/// What was said about the team's mood is read by who wrote it and by a lead; what a client said, by everybody.
#[must_use]
pub fn reads_note(reader: &Reader, side: Side, author: Option<PersonId>) -> bool {
    side == Side::Client
        || reader.is_alone
        || reader.stands_in
        || (author.is_some() && author == reader.person)
}

/// The side of a reading whose note is not for everybody.
fn internal_side(operation: &Operation) -> Option<Side> {
    let is_reading = operation.kind == Kind::Append && operation.field == field::MOOD;
    let of_client = operation.value.part("side")?.as_text() == Some(Side::Client.word());
    (is_reading && !of_client && operation.value.part("note").is_some()).then_some(Side::Team)
}

/// What `operation` wrote as the reader may see it. Where a note is not theirs to read, it only says that there is one.
#[must_use]
pub fn value_for(operation: &Operation, author: Option<PersonId>, reader: &Reader) -> Value {
    match internal_side(operation) {
        Some(side) if !reads_note(reader, side, author) => {
            with_note_as(&operation.value, "note_hidden", Value::Bool(true))
        }
        _ => operation.value.clone(),
    }
}

/// What `operation` wrote for comparing two stores: the same note gives the same mark, from which nobody reads it.
#[must_use]
pub fn value_to_compare(operation: &Operation) -> Value {
    let note = operation.value.part("note").and_then(Value::as_text);
    match (internal_side(operation), note) {
        (Some(_), Some(note)) => {
            let mark = blake3::hash(note.as_bytes()).to_hex().to_string();
            with_note_as(&operation.value, "note_mark", mark.into())
        }
        _ => operation.value.clone(),
    }
}

fn with_note_as(value: &Value, name: &str, instead: Value) -> Value {
    let Value::Record(parts) = value else {
        return value.clone();
    };
    let others = parts.iter().filter(|(part, _)| part != "note").cloned();
    Value::Record(others.chain([(name.to_owned(), instead)]).collect())
}

/// A reading as typed.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// Whose.
    pub side: Side,
    /// 1 to 5.
    pub score: i64,
    /// What was said; 1 and 2 need it.
    pub note: Option<&'a str>,
    /// The day it is about.
    pub on: NaiveDate,
}

/// Keeps a reading.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for a score outside 1 to 5 or a day to come; [`Refusal::NoteMissing`] for a 1 or 2
/// without a note; [`Refusal::EngagementDeleted`].
pub fn decide_mood(
    engagement: &Engagement,
    reading: &Reading<'_>,
    today: NaiveDate,
    calendar: &Calendar,
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_alive()?;
    if !(1..=5).contains(&reading.score) {
        return Err(Refusal::value_invalid("score", "score"));
    }
    if reading.on > today {
        return Err(Refusal::value_invalid("on", "past_date"));
    }
    let note = typed::optional(reading.note);
    if reading.score <= LOW_SCORE && note.is_none() {
        return Err(Refusal::NoteMissing);
    }
    let mood = engagement.mood(reading.side);
    // Asked on the very day that was shown: the rhythm stays, although a holiday had moved that day.
    let is_asked = mood.asked_on(calendar) == Some(reading.on);
    let kept = mood.due_on.filter(|_| is_asked);
    let mut parts = vec![
        ("side".to_owned(), reading.side.word().into()),
        ("score".to_owned(), Value::Int(reading.score)),
        ("on".to_owned(), reading.on.to_string().into()),
    ];
    parts.extend(note.map(|note| ("note".to_owned(), note.into())));
    parts.extend(kept.map(|due_on| ("due_on".to_owned(), due_on.to_string().into())));
    Ok(vec![entry(engagement, Value::Record(parts))])
}

/// Skips the check that is due next, with a reason; the date after it stays as it was.
///
/// # Errors
/// [`Refusal::ReasonMissing`]; [`Refusal::NoCheckDue`] before the kick-off and after the end.
pub fn decide_skip(
    engagement: &Engagement,
    side: Side,
    reason: &str,
    today: NaiveDate,
) -> Result<Vec<Change>, Refusal> {
    engagement.must_be_alive()?;
    let reason = typed::reason(reason)?;
    let due_on = engagement.mood(side).due_on.ok_or(Refusal::NoCheckDue)?;
    let parts = vec![
        ("side".to_owned(), side.word().into()),
        ("skipped".to_owned(), reason.into()),
        ("on".to_owned(), due_on.min(today).to_string().into()),
        ("due_on".to_owned(), due_on.to_string().into()),
    ];
    Ok(vec![entry(engagement, Value::Record(parts))])
}

fn entry(engagement: &Engagement, value: Value) -> Change {
    Change::append(ENGAGEMENT, engagement.id.0, field::MOOD, Vec::new(), value)
        .seeing(engagement.tip())
}

/// Gives the engagement a rhythm of its own.
///
/// # Errors
/// [`Refusal::ValueInvalid`] for one that does not go forward; [`Refusal::NotYourRole`].
pub fn decide_rhythm(
    engagement: &Engagement,
    actor: &Actor,
    rhythm: Option<Rhythm>,
) -> Result<Vec<Change>, Refusal> {
    use super::kinds::Role;
    engagement.must_be_alive()?;
    let needed = [Role::ProjectManager, Role::AccountManager];
    super::handover::must_own_or_have(engagement, actor, &needed)?;
    if rhythm.is_some_and(|rhythm| !rhythm.is_sound()) {
        return Err(Refusal::value_invalid("rhythm", "rhythm"));
    }
    let value = rhythm.map_or(Value::Null, Rhythm::words);
    let change = Change::set(ENGAGEMENT, engagement.id.0, field::MOOD_RHYTHM, value);
    Ok(vec![change.seeing(engagement.tip())])
}
