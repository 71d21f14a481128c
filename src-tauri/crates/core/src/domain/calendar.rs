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

/// A date does not move further back than this, so that it never moves past the check before it, which in the usual
/// rhythm was 14 days earlier. Somebody who is away longer is asked on the date itself.
pub const FURTHEST_DAYS: u64 = 13;

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

    /// The last working day up to `day`, or `day` itself if there is none within [`FURTHEST_DAYS`].
    #[must_use]
    pub fn moved_earlier(&self, day: NaiveDate) -> NaiveDate {
        self.working_day_before(day).unwrap_or(day)
    }

    fn working_day_before(&self, day: NaiveDate) -> Option<NaiveDate> {
        (0..=FURTHEST_DAYS)
            .filter_map(|back| day.checked_sub_days(Days::new(back)))
            .find(|day| !self.is_free(*day))
    }

    /// The last date that [`moved_earlier`](Self::moved_earlier) does not leave after `until`: what is due up to
    /// `until` is what stands in the rhythm up to here.
    #[must_use]
    pub fn reach(&self, until: NaiveDate) -> NaiveDate {
        let mut reach = until;
        while let Some(next) = reach.succ_opt()
            && self.is_free(next)
            && self.moved_earlier(next) <= until
        {
            reach = next;
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
        assert_eq!(calendar.moved_earlier(day("2026-12-27")), day("2026-12-24"));
        assert_eq!(calendar.moved_earlier(day("2026-12-28")), day("2026-12-28"));
    }

    #[test]
    fn somebody_who_is_away_for_long_is_asked_on_the_date_itself() {
        let calendar = Calendar {
            absences: vec![(day("2026-01-01"), day("2026-12-31"))],
            ..Calendar::default()
        };
        assert_eq!(calendar.moved_earlier(day("2026-06-15")), day("2026-06-15"));
    }

    proptest! {
        /// The quick answer for lists and the plain one for a single date say the same.
        #[test]
        fn what_is_due_is_what_the_rhythm_has_up_to_the_reach(
            weekend in proptest::collection::vec(0_u8..7, 0..4),
            holidays in proptest::collection::vec(0_u64..120, 0..12),
            away in proptest::collection::vec((0_u64..120, 0_u64..60), 0..3),
            until in 0_u64..120,
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
                let moved = calendar.moved_earlier(at(days));
                prop_assert!(moved <= at(days));
                if at(days) <= reach {
                    prop_assert!(moved <= at(until).max(at(days)) );
                }
                prop_assert_eq!(moved <= at(until), at(days) <= reach, "day {}", days);
            }
        }
    }
}
