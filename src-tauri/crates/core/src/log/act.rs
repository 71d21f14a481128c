//! What a person did in one go: its header, the operations in it, and the bytes of both.

use super::operation::{LARGEST_SEQ, Operation};
use crate::ids::{ActId, DeviceId, Id, PersonId};
use prost::Message;

/// What is known about an act besides its operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActHeader {
    /// The act.
    pub id: ActId,
    /// The laptop that wrote it.
    pub device: DeviceId,
    /// Sequence of its first operation.
    pub first_seq: u64,
    /// When, in UTC milliseconds by the writer's clock, but never before the writer's last act.
    pub at: i64,
    /// Who, as claimed; absent for an import from the command line.
    pub person: Option<PersonId>,
    /// The command's name.
    pub command: String,
    /// The act that this one takes back.
    pub undo_of: Option<ActId>,
    /// A recovery put it together out of a damaged store: it may lack operations, and no hash vouches for the rest.
    /// The act as it was recorded, wherever it turns up, takes its place.
    pub is_mended: bool,
}

/// An act with the bytes of its operations: the unit that is written and exchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The header.
    pub header: ActHeader,
    /// The header's bytes, verbatim.
    pub header_bytes: Vec<u8>,
    /// The operations' bytes, verbatim, in order of sequence.
    pub operations: Vec<Vec<u8>>,
}

impl Act {
    /// A new act of this laptop.
    #[must_use]
    pub fn new(header: ActHeader, operations: &[Operation]) -> Self {
        let header_bytes = header.encode();
        let operations = operations
            .iter()
            .map(|operation| operation.encode(header.device))
            .collect();
        Self {
            header,
            header_bytes,
            operations,
        }
    }

    /// Sequence of the last operation.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        self.header.first_seq + self.operations.len() as u64 - 1
    }

    /// BLAKE3 over header and operations: two acts at the same place with different hashes are a fork.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        for bytes in std::iter::once(&self.header_bytes).chain(&self.operations) {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        }
        *hasher.finalize().as_bytes()
    }
}

impl ActHeader {
    /// The header's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        WireActHeader {
            id: self.id.0.0.to_vec(),
            device: self.device.0.0.to_vec(),
            first_seq: self.first_seq,
            at: self.at,
            person: self
                .person
                .map(|person| person.0.0.to_vec())
                .unwrap_or_default(),
            command: self.command.clone(),
            undo_of: self.undo_of.map(|act| act.0.0.to_vec()).unwrap_or_default(),
            is_mended: self.is_mended,
        }
        .encode_to_vec()
    }

    /// Reads a header. `None`: these bytes are none, or out of bounds.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let wire = WireActHeader::decode(bytes).ok()?;
        let optional = |bytes: &[u8]| {
            if bytes.is_empty() {
                Some(None)
            } else {
                Id::from_slice(bytes).map(Some)
            }
        };
        let in_bounds = (1..LARGEST_SEQ).contains(&wire.first_seq)
            && (-(LARGEST_SEQ as i64)..LARGEST_SEQ as i64).contains(&wire.at)
            && wire.command.len() <= 200;
        if !in_bounds {
            return None;
        }
        Some(Self {
            id: ActId(Id::from_slice(&wire.id)?),
            device: DeviceId(Id::from_slice(&wire.device)?),
            first_seq: wire.first_seq,
            at: wire.at,
            person: optional(&wire.person)?.map(PersonId),
            command: wire.command,
            undo_of: optional(&wire.undo_of)?.map(ActId),
            is_mended: wire.is_mended,
        })
    }
}

#[derive(Clone, PartialEq, Message)]
struct WireActHeader {
    #[prost(bytes, tag = "1")]
    id: Vec<u8>,
    #[prost(bytes, tag = "2")]
    device: Vec<u8>,
    #[prost(uint64, tag = "3")]
    first_seq: u64,
    #[prost(sint64, tag = "4")]
    at: i64,
    #[prost(bytes, tag = "5")]
    person: Vec<u8>,
    #[prost(string, tag = "6")]
    command: String,
    #[prost(bytes, tag = "7")]
    undo_of: Vec<u8>,
    #[prost(bool, tag = "8")]
    is_mended: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_out_of_bounds_is_refused() {
        let header = ActHeader {
            id: ActId(Id([1; 16])),
            device: DeviceId(Id([1; 16])),
            first_seq: 0,
            at: 0,
            person: None,
            command: "x".into(),
            undo_of: None,
            is_mended: false,
        };
        assert_eq!(ActHeader::decode(&header.encode()), None);
        assert_eq!(
            ActHeader::decode(
                &ActHeader {
                    at: i64::MAX,
                    first_seq: 1,
                    ..header.clone()
                }
                .encode()
            ),
            None
        );
        let good = ActHeader {
            first_seq: 1,
            ..header
        };
        assert_eq!(ActHeader::decode(&good.encode()), Some(good));
    }
}
