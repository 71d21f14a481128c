//! Decision chains: stage and ownership are not fields but a row of steps, each naming the one it follows.
//!
//! Two laptops may each add a step after the same one. Steps to the same target are one and the same; of
//! different targets the earliest decision counts (lowest instant, then device, then sequence) and the other
//! is kept aside with everything that hangs on it. A step that is not valid is passed over, never an error.

use super::operation::Dot;
use std::collections::{BTreeMap, BTreeSet};

/// One recorded step of a chain.
#[derive(Debug, Clone)]
pub struct Step<T> {
    /// Which operation.
    pub dot: Dot,
    /// When, UTC milliseconds by the writer's clock.
    pub at: i64,
    /// The step it follows; `None` for the first.
    pub parent: Option<Dot>,
    /// What it decides. Equal targets after the same step are the same decision.
    pub target: T,
}

/// A place on the chain: one decision, recorded by one or more laptops.
#[derive(Debug, Clone)]
pub struct Place<T> {
    /// The operations that recorded it, the earliest first.
    pub dots: Vec<Dot>,
    /// What was decided.
    pub target: T,
}

/// Follows the chain from its root. `is_valid` sees the places so far and says whether a step may follow.
///
/// Returns the places in order and the steps that count for nothing (lost or invalid).
pub fn follow<T: Clone + Ord>(
    steps: &[Step<T>],
    mut is_valid: impl FnMut(&[Place<T>], &Step<T>) -> bool,
) -> (Vec<Place<T>>, Vec<Dot>) {
    let mut by_parent: BTreeMap<Option<Dot>, Vec<&Step<T>>> = BTreeMap::new();
    for step in steps {
        by_parent.entry(step.parent).or_default().push(step);
    }
    let mut places: Vec<Place<T>> = Vec::new();
    let mut counted = BTreeSet::new();
    let mut ends: Vec<Option<Dot>> = vec![None];
    loop {
        let mut candidates: Vec<&Step<T>> = ends
            .iter()
            .filter_map(|end| by_parent.get(end))
            .flatten()
            .copied()
            .filter(|step| !counted.contains(&step.dot) && is_valid(&places, step))
            .collect();
        candidates.sort_by_key(|step| (step.at, step.dot));
        let Some(first) = candidates.first() else {
            break;
        };
        let target = first.target.clone();
        let dots: Vec<Dot> = candidates
            .iter()
            .filter(|step| step.target == target)
            .map(|step| step.dot)
            .collect();
        counted.extend(dots.iter().copied());
        ends = dots.iter().copied().map(Some).collect();
        places.push(Place { dots, target });
    }
    let passed_over = steps
        .iter()
        .map(|step| step.dot)
        .filter(|dot| !counted.contains(dot))
        .collect();
    (places, passed_over)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{DeviceId, Id};

    fn dot(device: u8, seq: u64) -> Dot {
        Dot {
            device: DeviceId(Id([device; 16])),
            seq,
        }
    }

    fn step(
        device: u8,
        seq: u64,
        at: i64,
        parent: Option<Dot>,
        target: &'static str,
    ) -> Step<&'static str> {
        Step {
            dot: dot(device, seq),
            at,
            parent,
            target,
        }
    }

    fn targets(steps: &[Step<&'static str>]) -> Vec<&'static str> {
        follow(steps, |_, _| true)
            .0
            .into_iter()
            .map(|place| place.target)
            .collect()
    }

    #[test]
    fn the_earlier_of_two_different_decisions_counts_and_takes_its_followers_along() {
        let steps = [
            step(1, 1, 50, None, "a"),
            step(2, 1, 40, None, "b"),
            step(1, 2, 60, Some(dot(1, 1)), "a2"),
            step(2, 2, 70, Some(dot(2, 1)), "b2"),
        ];
        assert_eq!(targets(&steps), ["b", "b2"]);
    }

    #[test]
    fn the_same_decision_on_two_laptops_is_one_and_both_may_go_on() {
        let steps = [
            step(1, 1, 50, None, "a"),
            step(2, 1, 40, None, "a"),
            step(1, 2, 60, Some(dot(1, 1)), "next"),
        ];
        assert_eq!(targets(&steps), ["a", "next"]);
    }

    #[test]
    fn steps_that_name_each_other_or_themselves_count_for_nothing() {
        let steps = [
            step(1, 1, 1, Some(dot(2, 1)), "a"),
            step(2, 1, 1, Some(dot(1, 1)), "b"),
            step(3, 1, 1, Some(dot(3, 1)), "c"),
        ];
        assert_eq!(targets(&steps), Vec::<&str>::new());
    }

    #[test]
    fn an_invalid_step_is_passed_over_with_all_that_follows_it() {
        let steps = [
            step(1, 1, 1, None, "forged"),
            step(1, 2, 2, Some(dot(1, 1)), "after"),
        ];
        let (places, passed_over) = follow(&steps, |_, step| step.target != "forged");
        assert!(places.is_empty());
        assert_eq!(passed_over.len(), 2);
    }
}
