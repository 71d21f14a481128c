//! The rhythm of mood checks once more, day by day and without any cleverness: what the quick rules are held to.

use chrono::{Datelike, Days, NaiveDate};

/// The numbers of a rhythm.
#[derive(Debug, Clone, Copy)]
pub struct Numbers {
    /// Days from the kick-off to the first check.
    pub first_days: u32,
    /// Days between checks of the first run.
    pub every_days: u32,
    /// The first run ends on this day after the kick-off; then it is every month.
    pub until_day: u32,
}

impl Numbers {
    /// Those that the app ships with.
    pub const USUAL: Self = Self {
        first_days: 14,
        every_days: 14,
        until_day: 60,
    };
}

/// What is known of one side of an engagement.
#[derive(Debug, Clone)]
pub struct SlowRhythm {
    /// When the kick-off was held.
    pub kick_off: NaiveDate,
    /// Holidays, and days on which the owner is away.
    pub holidays: Vec<NaiveDate>,
    /// The next check before holidays move it.
    pub due: NaiveDate,
    numbers: Numbers,
    /// The check before it, or the kick-off: it is not asked again on that day or earlier.
    before: NaiveDate,
    same_day: Option<u32>,
}

impl SlowRhythm {
    /// Before the first check.
    #[must_use]
    pub fn new(kick_off: NaiveDate, numbers: Numbers, holidays: Vec<NaiveDate>) -> Self {
        Self {
            kick_off,
            holidays,
            due: kick_off + Days::new(numbers.first_days.into()),
            numbers,
            before: kick_off,
            same_day: None,
        }
    }

    /// The day on which it is due.
    ///
    /// # Panics
    /// At the end of the calendar.
    #[must_use]
    pub fn shown(&self) -> NaiveDate {
        let mut day = self.due;
        for _ in 0..=13 {
            if day == self.before {
                break;
            }
            let is_free = day.weekday().number_from_monday() >= 6 || self.holidays.contains(&day);
            if !is_free {
                return day;
            }
            day = day.pred_opt().expect("a day before");
        }
        self.due
    }

    fn go_on_from(&mut self, base: NaiveDate, same_day: u32) {
        let every_days = i64::from(self.numbers.every_days);
        if (base - self.kick_off).num_days() + every_days <= i64::from(self.numbers.until_day) {
            self.due = base + Days::new(self.numbers.every_days.into());
            self.same_day = None;
            return;
        }
        // Into the next month, and on to the day of the same number or to the last day there is.
        let mut day = base;
        while day.month() == base.month() {
            day = day.succ_opt().expect("a day after");
        }
        let month = day.month();
        while day.day() != same_day && day.succ_opt().expect("a day after").month() == month {
            day = day.succ_opt().expect("a day after");
        }
        self.due = day;
        self.same_day = Some(same_day);
    }

    /// A check was held.
    pub fn hold(&mut self, on: NaiveDate) {
        if on == self.shown() {
            let same_day = self.same_day.unwrap_or(self.due.day());
            self.go_on_from(self.due, same_day);
        } else {
            self.go_on_from(on, on.day());
        }
        self.before = on;
    }

    /// A check was skipped.
    pub fn skip(&mut self) {
        let same_day = self.same_day.unwrap_or(self.due.day());
        self.before = self.due;
        self.go_on_from(self.due, same_day);
    }
}
