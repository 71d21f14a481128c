//! What Today lists for a person, and what of it hurts first.

use super::actor::Colleague;
use super::kinds::{Role, TodayKind};
use chrono::{Days, NaiveDate};

/// A contract that ends within these days is prepared for.
pub const RENEWAL_DAYS: u64 = 90;

/// Contracts that end up to this day are on the list.
#[must_use]
pub fn renewals_until(today: NaiveDate) -> NaiveDate {
    today
        .checked_add_days(Days::new(RENEWAL_DAYS))
        .unwrap_or(today)
}

/// The place of a row among the others, the least first: what came apart or came back, then whom somebody waits for,
/// then what is late, then what is due, then what is merely open.
#[must_use]
pub fn hurts(kind: TodayKind, is_late: bool) -> u8 {
    match kind {
        TodayKind::Breach => 0,
        TodayKind::ReturnedHandover => 1,
        TodayKind::HandoverToAccept => 2,
        TodayKind::MoodCheck | TodayKind::Renewal if is_late => 3,
        TodayKind::MoodCheck => 4,
        TodayKind::Renewal => 5,
        TodayKind::OpenItems => 6,
        TodayKind::WaitingForAnswer => 7,
    }
}

/// It is the person's own to do; what waits for somebody else's answer is listed apart.
#[must_use]
pub fn is_own(kind: TodayKind) -> bool {
    kind != TodayKind::WaitingForAnswer
}

/// Breaches of everybody's engagements are a lead's to settle.
#[must_use]
pub fn settles_every_breach(person: &Colleague) -> bool {
    person.roles.contains(&Role::Lead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_late_hurts_more_than_what_is_due_and_less_than_what_somebody_waits_for() {
        for kind in [TodayKind::MoodCheck, TodayKind::Renewal] {
            assert!(hurts(kind, true) < hurts(TodayKind::MoodCheck, false));
            assert!(hurts(kind, true) > hurts(TodayKind::HandoverToAccept, false));
            assert!(hurts(kind, false) < hurts(TodayKind::OpenItems, false));
        }
    }

    #[test]
    fn rows_come_in_the_order_of_their_kinds_unless_one_is_late() {
        let places: Vec<u8> = TodayKind::ALL
            .iter()
            .map(|kind| hurts(*kind, false))
            .collect();
        assert!(
            places.is_sorted_by(|before, after| before < after),
            "{places:?}"
        );
    }

    #[test]
    fn a_contract_is_prepared_for_a_quarter_ahead() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(renewals_until(day("2026-11-02")), day("2027-01-31"));
    }
}
