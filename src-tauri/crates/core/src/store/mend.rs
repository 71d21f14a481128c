//! Closes the gaps that damage left in the log, so that what was recorded after a gap applies.
//!
//! An act of which a part is lost comes back with the operations that still read; the others are replaced by
//! operations that do nothing. No hash vouches for such an act, so its header says that it was mended, and the act
//! as it was recorded takes its place wherever it turns up (see [`super::log::append_act`]). Gaps are between proven
//! acts, so their ends are right even where everything in between is gone.

use super::salvage::{Remains, Salvage};
use crate::ids::{ActId, DeviceId, Id};
use crate::log::operation::{Decoded, decode};
use crate::log::{Act, ActHeader, Dot, Operation};
use std::collections::{BTreeMap, BTreeSet};

/// What was mended.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mended {
    /// Acts that came back in part.
    pub(super) acts: u64,
    /// Operations in them that read.
    pub(super) kept: u64,
    /// Operations in gaps that do not.
    pub(super) lost: u64,
}

/// The longest gap that is closed, in operations: more than any act has. What is further off waits.
const LONGEST: u64 = 1 << 20;

/// Puts a mended act into every gap between acts and, where something reads, behind the last.
pub(super) fn mend(found: &mut Salvage, mut random_id: impl FnMut() -> Id) -> Mended {
    let remains = std::mem::take(&mut found.remains);
    let devices: BTreeSet<DeviceId> = found.acts.keys().map(|(device, _)| *device).collect();
    let devices: BTreeSet<DeviceId> = devices.into_iter().chain(remains.devices()).collect();
    let named = named(found);
    let devices: BTreeSet<DeviceId> = devices.into_iter().chain(named.keys().copied()).collect();
    let ends: BTreeMap<DeviceId, u64> = devices
        .iter()
        .map(|device| {
            let end = end(found, &remains, *device);
            let named = named.get(device).copied().unwrap_or(0);
            // What proven acts name was there, even if nothing of it reads.
            let far = named > end && named - end <= LONGEST;
            (*device, if far { named } else { end })
        })
        .collect();
    let latest = found.acts.values().map(|act| act.header.at).max();
    let mut mended = Mended::default();
    for device in devices {
        for (first, last) in gaps(found, device, ends[&device]) {
            // The last first: whether anything waits for a piece depends on those behind it.
            for (first, last) in pieces(&remains, device, first, last).into_iter().rev() {
                let operations: Vec<Option<Vec<u8>>> = (first..=last)
                    .map(|seq| remains.operation(Dot { device, seq }, &ends))
                    .collect();
                let kept = operations.iter().flatten().count() as u64;
                let is_last = found
                    .acts
                    .range((device, last)..=(device, u64::MAX))
                    .next()
                    .is_none();
                mended.acts += u64::from(kept > 0);
                mended.kept += kept;
                mended.lost += operations.len() as u64 - kept;
                if kept == 0 && is_last && named.get(&device).is_none_or(|named| *named < first) {
                    // Nothing waits for it.
                    continue;
                }
                let header = header(found, &remains, (device, first), latest, &mut random_id);
                let lost = Operation::lost().encode(device);
                let operations = operations
                    .into_iter()
                    .map(|body| body.unwrap_or_else(|| lost.clone()));
                let act = Act {
                    header_bytes: header.encode(),
                    header,
                    operations: operations.collect(),
                };
                found.acts.insert((device, first), act);
            }
        }
    }
    mended
}

/// The highest sequence of each laptop that whole acts name.
fn named(found: &Salvage) -> BTreeMap<DeviceId, u64> {
    let mut named = BTreeMap::new();
    for act in found.acts.values() {
        for body in &act.operations {
            let needs = match decode(body, act.header.device) {
                Some(Decoded::Known(operation)) => operation.needs().copied().collect(),
                Some(Decoded::Deferred { needs, .. }) => needs,
                None => Vec::new(),
            };
            for dot in needs {
                let highest = named.entry(dot.device).or_insert(0);
                *highest = dot.seq.max(*highest);
            }
        }
    }
    named
}

impl Remains {
    fn devices(&self) -> BTreeSet<DeviceId> {
        let places = self.headers.keys().chain(self.operations.keys());
        places.map(|(device, _)| *device).collect()
    }

    /// The operation at a place, if it reads and nothing in it would keep it from applying.
    fn operation(&self, dot: Dot, ends: &BTreeMap<DeviceId, u64>) -> Option<Vec<u8>> {
        let body = self.operations.get(&(dot.device, dot.seq))?;
        let needs = match decode(body, dot.device)? {
            Decoded::Known(operation) => operation.needs().copied().collect(),
            Decoded::Deferred { needs, .. } => needs,
        };
        let comes = |need: &Dot| {
            let end = match need.device == dot.device {
                true => dot.seq - 1,
                false => ends.get(&need.device).copied().unwrap_or(0),
            };
            (1..=end).contains(&need.seq)
        };
        needs.iter().all(comes).then(|| body.clone())
    }
}

/// The last sequence of a laptop that anything tells of without a jump.
fn end(found: &Salvage, remains: &Remains, device: DeviceId) -> u64 {
    let of_device = (device, 0)..=(device, u64::MAX);
    let mut end = found
        .acts
        .range(of_device.clone())
        .map(|(_, act)| act.last_seq())
        .max()
        .unwrap_or(0);
    // A sequence may be the damage itself: an operation counts where the last one ends, or inside of an act.
    let inside = |seq: u64| {
        let mut until = remains.headers.range((device, 0)..=(device, seq)).rev();
        until
            .next()
            .is_some_and(|(_, (_, last))| last.is_some_and(|last| seq <= last))
    };
    for ((_, seq), _) in remains.operations.range((device, end)..=(device, u64::MAX)) {
        if *seq == end + 1 || (inside(*seq) && *seq - end <= LONGEST) {
            end = *seq;
        }
    }
    // Behind the last operation that reads there may be more of its act.
    let last = remains.headers.range(of_device).next_back();
    if let Some(((_, first), (_, Some(last)))) = last
        && *first <= end + 1
        && *last > end
        && *last - end <= LONGEST
    {
        end = *last;
    }
    end
}

/// What no act of the laptop covers up to `end`, first and last sequence.
fn gaps(found: &Salvage, device: DeviceId, end: u64) -> Vec<(u64, u64)> {
    let mut gaps = Vec::new();
    let mut next = 1;
    for ((_, first), act) in found.acts.range((device, 0)..=(device, u64::MAX)) {
        if *first > next {
            gaps.push((next, first - 1));
        }
        next = next.max(act.last_seq() + 1);
    }
    if next <= end {
        gaps.push((next, end));
    }
    gaps.retain(|(first, last)| last - first < LONGEST);
    gaps
}

/// A gap as the acts that filled it, as far as their rows read.
fn pieces(remains: &Remains, device: DeviceId, first: u64, last: u64) -> Vec<(u64, u64)> {
    let mut firsts = BTreeSet::from([first]);
    for ((_, start), (_, end)) in remains.headers.range((device, first)..=(device, last)) {
        firsts.insert(*start);
        firsts.extend(
            end.filter(|end| (first..last).contains(end))
                .map(|end| end + 1),
        );
    }
    let firsts: Vec<u64> = firsts.into_iter().collect();
    let lasts = firsts.iter().skip(1).map(|first| first - 1).chain([last]);
    firsts.iter().copied().zip(lasts).collect()
}

/// The header at a place, or one that says what is known: whose it was, and not before the act before it.
fn header(
    found: &Salvage,
    remains: &Remains,
    (device, first_seq): (DeviceId, u64),
    latest: Option<i64>,
    random_id: &mut impl FnMut() -> Id,
) -> ActHeader {
    let before = found
        .acts
        .range((device, 0)..(device, first_seq))
        .next_back();
    let after = found
        .acts
        .range((device, first_seq)..=(device, u64::MAX))
        .next();
    let (before, after) = (
        before.map(|(_, act)| act.header.at),
        after.map(|(_, act)| act.header.at),
    );
    let header = match remains.headers.get(&(device, first_seq)) {
        Some((header, _)) => header.clone(),
        None => ActHeader {
            id: ActId(random_id()),
            device,
            first_seq,
            at: before.or(after).unwrap_or(0),
            person: None,
            command: "recover".to_owned(),
            undo_of: None,
            is_mended: true,
        },
    };
    // A laptop's acts are in order of time.
    let at = header
        .at
        .max(before.unwrap_or(i64::MIN))
        .min(after.or(latest).unwrap_or(i64::MAX));
    ActHeader {
        at,
        is_mended: true,
        ..header
    }
}
