//! Days on which nobody asks a client how they feel: weekends, holidays, absences.
//!
//! A date that falls on such a day moves to the last working day before it, never to a later one.

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
        let mut reach = Reach {
            until,
            furthest: until,
            moved_to: until,
        };
        while let Some(next) = reach.furthest.succ_opt()
            && self.is_free(next)
            && let Some(moved_to) = self.working_day_before(next)
        {
            reach.furthest = next;
            reach.moved_to = moved_to;
        }
        reach
    }

    /// Reads a holiday's or absence's line, `2026-12-24` or `2026-12-24/2026-12-31`.
    #[must_use]
    pub fn read_days(line: &str) -> Option<(NaiveDate, NaiveDate)> {
        let (first, last) = line.split_once('/').unwrap_or((line, line));
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        (first <= last).then_some((first, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
