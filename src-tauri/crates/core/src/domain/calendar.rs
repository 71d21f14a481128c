//! Days on which nobody asks a client how they feel: weekends, holidays, absences.
//!
//! A date that falls on such a day moves to the last working day before it, never to a later one.

use super::kinds::Role;
use super::refusal::Refusal;
use super::{Actor, Change, typed};
use crate::ids::{PersonId, WorkspaceId};
use crate::log::Value;
use crate::log::registry::{PERSON, WORKSPACE, person, workspace};
use chrono::{Days, NaiveDate, Weekday};
use std::collections::BTreeSet;

/// Working days of a workspace, seen by one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Days of the week that are free.
    pub weekend: Vec<Weekday>,
    /// Holidays.
    pub holidays: BTreeSet<NaiveDate>,
    /// When the person is away, first and last day.
    pub absences: Vec<(NaiveDate, NaiveDate)>,
}

/// A date does not move further back than this: somebody who is away longer is asked on the date itself.
pub const FURTHEST_DAYS: u64 = 13;

/// The last day that is looked at: as text, later ones would stand before all others.
pub const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// Which dates [`Calendar::moved_earlier`] leaves up to a day, said in a way that a query can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// The day.
    pub until: NaiveDate,
    /// Between `until` and this date every day is free.
    pub furthest: NaiveDate,
    /// The working day to which the dates in between move, if that is later than what they come after.
    pub moved_to: NaiveDate,
}

impl Reach {
    /// The date `day`, which comes after the day `after`, is due up to the day that was asked about.
    #[must_use]
    pub fn holds(self, day: NaiveDate, after: NaiveDate) -> bool {
        day <= self.until || (day <= self.furthest && after < self.moved_to)
    }
}

impl Calendar {
    /// Nobody works on that day.
    #[must_use]
    pub fn is_free(&self, day: NaiveDate) -> bool {
        use chrono::Datelike;
        self.weekend.contains(&day.weekday())
            || self.holidays.contains(&day)
            || self
                .absences
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&day))
    }

    /// The last working day up to `day`, or `day` itself if there is none within [`FURTHEST_DAYS`] or none later than
    /// `after`: what was asked on a day is not asked again on that day or before it.
    #[must_use]
    pub fn moved_earlier(&self, day: NaiveDate, after: NaiveDate) -> NaiveDate {
        self.working_day_before(day)
            .filter(|moved| *moved > after)
            .unwrap_or(day)
    }

    fn working_day_before(&self, day: NaiveDate) -> Option<NaiveDate> {
        (0..=FURTHEST_DAYS)
            .filter_map(|back| day.checked_sub_days(Days::new(back)))
            .find(|day| !self.is_free(*day))
    }

    /// What is due up to `until`, for lists that look at many dates at once.
    #[must_use]
    pub fn reach(&self, until: NaiveDate) -> Reach {
        let until = until.min(LAST_DAY);
        let mut reach = Reach {
            until,
            furthest: until,
            moved_to: until,
        };
        while let Some(next) = reach.furthest.succ_opt()
            && next <= LAST_DAY
            && self.is_free(next)
            && let Some(moved_to) = self.working_day_before(next)
        {
            reach.furthest = next;
            reach.moved_to = moved_to;
        }
        reach
    }

    /// Reads the line of a free day of the week, 1 for Monday to 7 for Sunday.
    #[must_use]
    pub fn read_weekday(line: &str) -> Option<Weekday> {
        let number: u8 = line.parse().ok()?;
        Weekday::try_from(number.checked_sub(1)?).ok()
    }

    /// Its free days as they are typed.
    #[must_use]
    pub fn free_days(&self) -> FreeDays {
        let weekend = self.weekend.iter().map(Weekday::number_from_monday);
        let weekend: BTreeSet<u8> = weekend.filter_map(|day| u8::try_from(day).ok()).collect();
        FreeDays {
            weekend: weekend.into_iter().collect(),
            holidays: self.holidays.iter().map(NaiveDate::to_string).collect(),
        }
    }

    /// Reads an absence's line, `2026-12-24` or `2026-12-24/2026-12-31`.
    #[must_use]
    pub fn read_days(line: &str) -> Option<(NaiveDate, NaiveDate)> {
        let (first, last) = line.split_once('/').unwrap_or((line, line));
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        (first <= last).then_some((first, last))
    }
}

/// The days of a workspace on which nobody works, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreeDays {
    /// Free days of the week, 1 for Monday to 7 for Sunday.
    pub weekend: Vec<u8>,
    /// Holidays, ISO dates.
    pub holidays: Vec<String>,
}

/// Sets the free days of a workspace, which is the lead's to do. A week keeps at least one working day.
///
/// # Errors
/// [`Refusal::NotYourRole`]; [`Refusal::ValueInvalid`] for a week without a working day and for what is no date.
pub fn decide_calendar(
    id: WorkspaceId,
    now: &Calendar,
    actor: &Actor,
    typed: &FreeDays,
) -> Result<Vec<Change>, Refusal> {
    actor.must_have(&[Role::Lead])?;
    let weekend: BTreeSet<u8> = typed.weekend.iter().copied().collect();
    if weekend.iter().any(|day| !(1..=7).contains(day)) || weekend.len() > 6 {
        return Err(Refusal::value_invalid("weekend", "weekend"));
    }
    let holidays = typed.holidays.iter();
    let holidays: BTreeSet<NaiveDate> = holidays
        .map(|line| typed::date("holidays", line))
        .collect::<Result<_, _>>()?;
    let now = now.free_days();
    let mut changes = Vec::new();
    let mut set = |number, now: Vec<String>, typed: Vec<String>| {
        if now != typed {
            changes.push(Change::set(WORKSPACE, id.0, number, words(&typed)));
        }
    };
    let lines = |days: &mut dyn Iterator<Item = u8>| days.map(|day| day.to_string()).collect();
    set(
        workspace::WEEKEND,
        lines(&mut now.weekend.into_iter()),
        lines(&mut weekend.into_iter()),
    );
    let holidays = holidays.iter().map(NaiveDate::to_string).collect();
    set(workspace::HOLIDAYS, now.holidays, holidays);
    Ok(changes)
}

/// Says when a person is away: they themselves, or a lead.
///
/// # Errors
/// [`Refusal::NotYourRole`].
pub fn may_set_absences(actor: &Actor, of: PersonId) -> Result<(), Refusal> {
    if actor.person.id == of {
        Ok(())
    } else {
        actor.must_have(&[Role::Lead])
    }
}

/// Sets when a person is away, a line for each time; `now` is what stands there.
///
/// # Errors
/// As [`may_set_absences`]; [`Refusal::ValueInvalid`] for a line that does not read.
pub fn decide_absences(
    of: PersonId,
    now: &[String],
    actor: &Actor,
    lines: &[String],
) -> Result<Vec<Change>, Refusal> {
    may_set_absences(actor, of)?;
    for line in lines {
        let (first, last) = line.split_once('/').unwrap_or((line, line));
        typed::date("absences", first)?;
        typed::date("absences", last)?;
        if Calendar::read_days(line).is_none() {
            return Err(Refusal::value_invalid("absences", "date"));
        }
    }
    let lines: BTreeSet<String> = lines.iter().cloned().collect();
    let lines: Vec<String> = lines.into_iter().collect();
    if lines == now {
        return Ok(Vec::new());
    }
    Ok(vec![Change::set(
        PERSON,
        of.0,
        person::ABSENCES,
        words(&lines),
    )])
}

fn words(lines: &[String]) -> Value {
    Value::List(lines.iter().map(|line| line.as_str().into()).collect())
}

#[cfg(test)]
mod tests {
    use super::super::story::{actor, person};
    use super::*;
    use crate::ids::Id;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_date_on_a_weekend_before_a_holiday_moves_to_the_last_working_day_before_both() {
        let calendar = Calendar {
            weekend: vec![Weekday::Sat, Weekday::Sun],
            holidays: [day("2026-12-25")].into(),
            absences: vec![],
        };
        let moved = |from| calendar.moved_earlier(day(from), day("2026-12-01"));
        assert_eq!(moved("2026-12-27"), day("2026-12-24"));
        assert_eq!(moved("2026-12-28"), day("2026-12-28"));
    }

    #[test]
    fn somebody_who_is_away_for_long_is_asked_on_the_date_itself() {
        let calendar = Calendar {
            absences: vec![(day("2026-01-01"), day("2026-12-31"))],
            ..Calendar::default()
        };
        let asked_on = calendar.moved_earlier(day("2026-06-15"), day("2026-06-01"));
        assert_eq!(asked_on, day("2026-06-15"));
    }

    #[test]
    fn a_date_moves_neither_to_the_day_that_it_comes_after_nor_before_it() {
        let calendar = Calendar {
            absences: vec![(day("2026-06-10"), day("2026-06-17"))],
            ..Calendar::default()
        };
        let moved = |after| calendar.moved_earlier(day("2026-06-17"), day(after));
        assert_eq!(moved("2026-06-08"), day("2026-06-09"));
        assert_eq!(moved("2026-06-09"), day("2026-06-17"));
        assert_eq!(moved("2026-06-12"), day("2026-06-17"));
    }

    #[test]
    fn free_days_are_the_lead_s_to_set_and_leave_a_working_day() {
        let now = Calendar {
            weekend: vec![Weekday::Sun, Weekday::Sat],
            ..Calendar::default()
        };
        let decide = |actor: &Actor, weekend: &[u8], holidays: &[&str]| {
            let typed = FreeDays {
                weekend: weekend.to_vec(),
                holidays: holidays.iter().map(|line| (*line).to_owned()).collect(),
            };
            decide_calendar(WorkspaceId(Id([1; 16])), &now, actor, &typed)
        };
        let lead = actor("Liisa", &[Role::Lead]);
        assert_eq!(decide(&lead, &[7, 6, 6], &[]), Ok(Vec::new()), "as it is");
        assert_eq!(
            decide(&lead, &[5, 6], &["2026-12-25"]).map(|changes| changes.len()),
            Ok(2)
        );
        let no_week = Err(Refusal::value_invalid("weekend", "weekend"));
        assert_eq!(decide(&lead, &[1, 2, 3, 4, 5, 6, 7], &[]), no_week);
        assert_eq!(decide(&lead, &[0], &[]), no_week);
        let no_date = Err(Refusal::value_invalid("holidays", "date"));
        assert_eq!(decide(&lead, &[6, 7], &["Christmas"]), no_date);
        let refused = decide(&actor("Ola", &[Role::Sales]), &[6, 7], &[]);
        assert!(matches!(refused, Err(Refusal::NotYourRole { .. })));
    }

    #[test]
    fn a_person_says_when_they_are_away_and_a_lead_says_it_for_them() {
        let decide = |actor: &Actor, lines: &[&str]| {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            let now = ["2026-12-24".to_owned()];
            decide_absences(person("Ola"), &now, actor, &lines).map(|changes| changes.len())
        };
        let ola = actor("Ola", &[Role::Sales]);
        assert_eq!(
            decide(&ola, &["2026-12-24", "2026-12-24"]),
            Ok(0),
            "as it is"
        );
        assert_eq!(decide(&ola, &["2026-12-24/2026-12-31"]), Ok(1));
        assert_eq!(decide(&actor("Liisa", &[Role::Lead]), &[]), Ok(1));
        let backwards = Err(Refusal::value_invalid("absences", "date"));
        assert_eq!(decide(&ola, &["2026-12-31/2026-12-24"]), backwards);
        let refused = decide(&actor("Jo", &[Role::Sales]), &[]);
        assert!(matches!(refused, Err(Refusal::NotYourRole { .. })));
    }

    proptest! {
        /// The quick answer for lists and the plain one for a single date say the same.
        #[test]
        fn what_is_due_is_what_the_rhythm_has_up_to_the_reach(
            weekend in proptest::collection::vec(0_u8..7, 0..4),
            holidays in proptest::collection::vec(0_u64..120, 0..12),
            away in proptest::collection::vec((0_u64..120, 0_u64..60), 0..3),
            until in 0_u64..120,
            before in 1_u64..40,
        ) {
            let start = day("2026-01-01");
            let at = |days: u64| start + Days::new(days);
            let calendar = Calendar {
                weekend: weekend.iter().map(|number| Weekday::try_from(*number).unwrap()).collect(),
                holidays: holidays.iter().map(|days| at(*days)).collect(),
                absences: away.iter().map(|(first, length)| (at(*first), at(first + length))).collect(),
            };
            let reach = calendar.reach(at(until));
            for days in 0..200 {
                let after = at(days) - Days::new(before);
                let moved = calendar.moved_earlier(at(days), after);
                prop_assert!(after < moved && moved <= at(days));
                prop_assert_eq!(moved <= at(until), reach.holds(at(days), after), "day {}", days);
            }
        }
    }
}
