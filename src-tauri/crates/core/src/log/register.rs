//! Registers: which of several values of a field wins, and which stay visible.
//!
//! A *head* is a value that no later one names as seen. One head wins: the one whose writer had seen the
//! longest chain of earlier values (depth), then the later clock, then the greater device, then the greater
//! sequence. So a value that its writer had seen and overwrote never comes back, however clocks are set.

use super::operation::Dot;

/// The order of values of one register; the greatest wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// How many values by others (or by a clock set back) its writer had seen one after the other.
    pub depth: u64,
    /// The act's instant, UTC milliseconds.
    pub at: i64,
    /// Which operation.
    pub dot: Dot,
}

/// A value of a register that no other value has overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head<T> {
    /// Its place in the order.
    pub version: Version,
    /// What it says.
    pub value: T,
}

/// The depth of a value whose writer overwrote `parents`, at `at` on the laptop of `dot`.
///
/// One's own later value adds nothing, so ten edits in a row do not outrank a colleague's one.
#[must_use]
pub fn depth(dot: Dot, at: i64, parents: &[Version]) -> u64 {
    parents
        .iter()
        .map(|parent| {
            let own_and_later = parent.dot.device == dot.device && parent.at < at;
            parent.depth.saturating_add(u64::from(!own_and_later))
        })
        .max()
        .unwrap_or(0)
}

/// The head that wins.
#[must_use]
pub fn winner<T>(heads: &[Head<T>]) -> Option<&Head<T>> {
    heads.iter().max_by_key(|head| head.version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{DeviceId, Id};

    fn version(depth: u64, at: i64, device: u8, seq: u64) -> Version {
        Version {
            depth,
            at,
            dot: Dot {
                device: DeviceId(Id([device; 16])),
                seq,
            },
        }
    }

    #[test]
    fn a_value_that_had_seen_the_other_wins_whatever_the_clocks_say() {
        let seen = version(0, 9_000_000, 1, 1);
        let dot = Dot {
            device: DeviceId(Id([2; 16])),
            seq: 1,
        };
        let later = Version {
            depth: depth(dot, 5, &[seen]),
            at: 5,
            dot,
        };
        assert!(later > seen);
    }

    #[test]
    fn own_edits_in_a_row_do_not_outrank_a_colleague() {
        let mut own = version(0, 10, 1, 1);
        for step in 2..12 {
            let dot = Dot {
                seq: step,
                ..own.dot
            };
            own = Version {
                depth: depth(dot, 10 + step as i64, &[own]),
                at: 10 + step as i64,
                dot,
            };
        }
        assert!(version(0, 100, 2, 1) > own);
    }

    #[test]
    fn an_own_edit_after_the_clock_was_set_back_still_wins() {
        let before = version(0, 1_000, 1, 1);
        let dot = Dot {
            seq: 2,
            ..before.dot
        };
        assert!(
            Version {
                depth: depth(dot, 900, &[before]),
                at: 900,
                dot
            } > before
        );
    }

    #[test]
    fn ties_go_to_the_later_clock_then_the_greater_device_then_the_greater_sequence() {
        assert!(version(1, 0, 1, 1) > version(0, 9, 9, 9));
        assert!(version(0, 2, 1, 1) > version(0, 1, 9, 9));
        assert!(version(0, 1, 2, 1) > version(0, 1, 1, 9));
        assert!(version(0, 1, 1, 2) > version(0, 1, 1, 1));
    }
}
