//! What the stage column of another system says.
//!
//! Owns the words for won and lost, and the words for the stage at which a running engagement stands. It leaves
//! out what becomes of an engagement at that stage.

/// What became of a deal in the system that exported it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DealOutcome {
    /// The client said yes.
    Won,
    /// Not decided yet.
    Open,
    /// The client said no.
    Lost,
}

const WON: &[&str] = &[
    "won",
    "closedwon",
    "wonclosed",
    "dealwon",
    "wygrana",
    "wygrany",
    "wygrane",
    "wygrano",
    "выиграна",
    "выигран",
    "выиграно",
    "gewonnen",
    "voitettu",
];

const LOST: &[&str] = &[
    "lost",
    "closedlost",
    "lostclosed",
    "deallost",
    "disqualified",
    "abandoned",
    "cancelled",
    "przegrana",
    "przegrany",
    "przegrane",
    "przegrano",
    "utracona",
    "utracony",
    "anulowana",
    "проиграна",
    "проигран",
    "проиграно",
    "verloren",
    "hävitty",
];

const NOT_YET: &[&str] = &[
    "not",
    "almost",
    "nearly",
    "to",
    "be",
    "if",
    "un",
    "nie",
    "prawie",
    "не",
    "почти",
    "nicht",
    "fast",
    "ei",
    "melkein",
];

/// What a stage cell says: `Won`, `closed won` and `5 - Won` are won, `almost won` is not.
pub fn read_outcome(stage: &str) -> DealOutcome {
    let lower = stage.to_lowercase();
    let has = |known: &[&str]| words(&lower).any(|word| known.contains(&word));
    if has(LOST) {
        DealOutcome::Lost
    } else if has(WON) && !has(NOT_YET) {
        DealOutcome::Won
    } else {
        DealOutcome::Open
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Kinds of stages with the words that others use for them.
const RUNNING: &[(&str, &[&str])] = &[
    (
        "post-sales",
        &[
            "post-sales",
            "post sales",
            "after sales",
            "handover",
            "hand over",
            "signed",
            "new",
            "po sprzedaży",
            "przekazanie",
            "po sprzedazy",
            "передача",
            "после продажи",
            "myynnin jälkeen",
        ],
    ),
    (
        "kick-off",
        &[
            "kick-off",
            "kick off",
            "kickoff",
            "onboarding",
            "start",
            "starting",
            "preparation",
            "set-up",
            "set up",
            "setup",
            "rozpoczęcie",
            "start projektu",
            "wdrożenie wstępne",
            "старт",
            "запуск",
            "aloitus",
        ],
    ),
    (
        "execution",
        &[
            "execution",
            "delivery",
            "implementation",
            "in progress",
            "in delivery",
            "running",
            "production",
            "active",
            "live project",
            "realizacja",
            "w realizacji",
            "w trakcie",
            "wdrożenie",
            "выполнение",
            "в работе",
            "реализация",
            "внедрение",
            "toteutus",
            "käynnissä",
        ],
    ),
    (
        "closure",
        &[
            "closure",
            "closing",
            "acceptance",
            "delivered",
            "completed",
            "complete",
            "done",
            "finished",
            "zamknięcie",
            "zakończenie",
            "odbiór",
            "zakończone",
            "закрытие",
            "завершение",
            "завершено",
            "päättäminen",
            "valmis",
        ],
    ),
    (
        "renewal",
        &[
            "renewal",
            "renewing",
            "renewals",
            "maintenance",
            "retention",
            "support",
            "customer success",
            "odnowienie",
            "przedłużenie",
            "utrzymanie",
            "opieka",
            "продление",
            "поддержка",
            "сопровождение",
            "uusiminen",
            "ylläpito",
        ],
    ),
];

/// The kind of the stage at which a running engagement stands, if the cell names one: `3. Onboarding` is `kick-off`.
pub fn read_running(stage: &str) -> Option<&'static str> {
    let lower = stage.to_lowercase();
    let typed: Vec<&str> = words(&lower)
        .filter(|word| !word.chars().all(|letter| letter.is_ascii_digit()))
        .collect();
    RUNNING
        .iter()
        .find(|(_, known)| {
            known
                .iter()
                .any(|known| words(known).eq(typed.iter().copied()))
        })
        .map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_won_however_it_is_written_and_never_by_mistake() {
        let cases = [
            ("Won", DealOutcome::Won),
            ("won", DealOutcome::Won),
            ("WON ", DealOutcome::Won),
            ("Closed Won", DealOutcome::Won),
            ("closedwon", DealOutcome::Won),
            ("5 - Won", DealOutcome::Won),
            ("Won (signed)", DealOutcome::Won),
            ("Wygrana", DealOutcome::Won),
            ("Сделка выиграна", DealOutcome::Won),
            ("Lost", DealOutcome::Lost),
            ("closed-lost", DealOutcome::Lost),
            ("Przegrana", DealOutcome::Lost),
            ("6 - Lost to competitor, once won", DealOutcome::Lost),
            ("Almost won", DealOutcome::Open),
            ("Not won", DealOutcome::Open),
            ("Nie wygrana", DealOutcome::Open),
            ("To be won", DealOutcome::Open),
            ("Wonderful", DealOutcome::Open),
            ("Closed", DealOutcome::Open),
            ("", DealOutcome::Open),
        ];
        for (stage, expected) in cases {
            assert_eq!(read_outcome(stage), expected, "{stage}");
        }
    }

    #[test]
    fn a_running_stage_is_known_by_its_kind_and_by_common_words() {
        let cases = [
            ("post-sales", Some("post-sales")),
            ("Kick-off", Some("kick-off")),
            ("KICKOFF", Some("kick-off")),
            ("2. Onboarding", Some("kick-off")),
            ("In progress", Some("execution")),
            ("W realizacji", Some("execution")),
            ("Completed", Some("closure")),
            ("Продление", Some("renewal")),
            ("Won", None),
            ("Execution risk", None),
            ("3", None),
            ("", None),
        ];
        for (stage, expected) in cases {
            assert_eq!(read_running(stage), expected, "{stage}");
        }
    }
}
