//! When a laptop keeps quiet about due mood checks.

use super::refusal::Refusal;

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// Hours in which nobody is reminded, from one minute of the day up to another; they may go over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// The first quiet minute.
    pub from: u32,
    /// The first minute that is not quiet any more.
    pub to: u32,
}

impl QuietHours {
    /// Nobody wants to hear of moods before eight in the morning or after six in the evening.
    pub const USUAL: Self = Self {
        from: 18 * 60,
        to: 8 * 60,
    };

    /// Quiet hours as typed.
    ///
    /// # Errors
    /// [`Refusal::ValueInvalid`] for a minute that no day has.
    pub fn typed(from: u32, to: u32) -> Result<Self, Refusal> {
        for (field, minute) in [("quiet_from", from), ("quiet_to", to)] {
            if minute >= DAY {
                return Err(Refusal::value_invalid(field, "time"));
            }
        }
        Ok(Self { from, to })
    }

    /// Quiet hours as kept, the usual ones where nothing is; what no day has becomes its last minute.
    #[must_use]
    pub fn kept(from: Option<i64>, to: Option<i64>) -> Self {
        let minute = |kept: Option<i64>, usual| {
            kept.map_or(usual, |kept| {
                u32::try_from(kept.clamp(0, i64::from(DAY) - 1)).unwrap_or(usual)
            })
        };
        Self {
            from: minute(from, Self::USUAL.from),
            to: minute(to, Self::USUAL.to),
        }
    }

    /// Nobody is reminded at this minute of the day. From a minute to the same one means never.
    #[must_use]
    pub fn hold_at(self, minute: u32) -> bool {
        if self.from <= self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quiet(from: u32, to: u32) -> Vec<u32> {
        let hours = QuietHours::typed(from, to).expect("minutes of a day");
        let minutes = [0, 479, 480, 720, 1079, 1080, 1439];
        minutes
            .into_iter()
            .filter(|minute| hours.hold_at(*minute))
            .collect()
    }

    #[test]
    fn quiet_hours_go_over_midnight_and_end_on_their_minute() {
        let QuietHours { from, to } = QuietHours::USUAL;
        assert_eq!(quiet(from, to), [0, 479, 1080, 1439]);
        assert_eq!(quiet(480, 1080), [480, 720, 1079]);
    }

    #[test]
    fn from_a_minute_to_the_same_one_is_never_quiet() {
        assert!(quiet(480, 480).is_empty());
    }

    #[test]
    fn a_minute_that_no_day_has_is_refused_when_typed_and_mended_when_kept() {
        assert_eq!(
            QuietHours::typed(0, 1440),
            Err(Refusal::value_invalid("quiet_to", "time"))
        );
        let kept = QuietHours::kept(Some(-5), Some(9_000));
        assert_eq!((kept.from, kept.to), (0, 1439));
        assert_eq!(QuietHours::kept(None, None), QuietHours::USUAL);
    }
}
