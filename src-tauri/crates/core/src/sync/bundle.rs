//! The bundle: a file with everything one laptop knows, for another.
//!
//! ```text
//! "BTBN" 01 | u32 length | header | u64 length | zstd(acts) | blake3 of all before
//! ```
//!
//! It is checked whole before anything is written, and written in one transaction: a bundle that is cut,
//! altered, foreign or newer leaves the store as it was. Importing one twice, or an older one after a newer,
//! changes nothing. Signatures and encryption come with enrolment (docs/bundle.md).

use crate::error::{BundleFault, Result};
use crate::ids::{Id, WorkspaceId};
use crate::log::{Act, ActHeader};
use prost::Message;
use std::collections::BTreeSet;
use std::io::Read;

const MAGIC: &[u8; 4] = b"BTBN";
const VERSION: u8 = 1;
const HASH: usize = 32;

/// A bundle may unpack to this many bytes; more is refused before unpacking.
pub const LARGEST: u64 = 1 << 30;

/// What stands before the acts.
#[derive(Clone, PartialEq, Message)]
struct Header {
    #[prost(bytes, tag = "1")]
    workspace: Vec<u8>,
    /// Bytes of the acts before compression.
    #[prost(uint64, tag = "2")]
    raw_length: u64,
    #[prost(uint64, tag = "3")]
    operation_count: u64,
    /// By the exporter's clock, UTC milliseconds.
    #[prost(sint64, tag = "4")]
    exported_at: i64,
    /// Oldest format version that can read it.
    #[prost(uint32, tag = "5")]
    min_reader: u32,
}

#[derive(Clone, PartialEq, Message)]
struct WireAct {
    #[prost(bytes, tag = "1")]
    header: Vec<u8>,
    #[prost(bytes, repeated, tag = "2")]
    operations: Vec<Vec<u8>>,
}

/// A bundle that was read and found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Whose it is.
    pub workspace: WorkspaceId,
    /// By the exporter's clock, UTC milliseconds.
    pub exported_at: i64,
    /// The acts, by laptop and sequence.
    pub acts: Vec<Act>,
}

/// The bytes of a bundle.
///
/// # Errors
/// The acts are too large for one bundle.
pub fn encode(bundle: &Bundle) -> Result<Vec<u8>> {
    let mut raw = Vec::new();
    for act in &bundle.acts {
        let wire = WireAct {
            header: act.header_bytes.clone(),
            operations: act.operations.clone(),
        };
        raw.extend(wire.encode_length_delimited_to_vec());
    }
    if raw.len() as u64 > LARGEST {
        return Err(BundleFault::TooLarge.into());
    }
    let packed = zstd::bulk::compress(&raw, 3).map_err(|error| malformed(error.to_string()))?;
    let header = Header {
        workspace: bundle.workspace.0.0.to_vec(),
        raw_length: raw.len() as u64,
        operation_count: bundle
            .acts
            .iter()
            .map(|act| act.operations.len() as u64)
            .sum(),
        exported_at: bundle.exported_at,
        min_reader: u32::from(VERSION),
    }
    .encode_to_vec();
    let header_length = u32::try_from(header.len()).map_err(|_| BundleFault::TooLarge)?;
    let mut bytes = Vec::with_capacity(packed.len() + header.len() + 64);
    bytes.extend_from_slice(MAGIC);
    bytes.push(VERSION);
    bytes.extend_from_slice(&header_length.to_le_bytes());
    bytes.extend_from_slice(&header);
    bytes.extend_from_slice(&(packed.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&packed);
    let hash = blake3::hash(&bytes);
    bytes.extend_from_slice(hash.as_bytes());
    Ok(bytes)
}

/// Reads a bundle whole, or says why not.
///
/// # Errors
/// Every [`BundleFault`] but `NotOurs` and `Fork`, which only a store can tell.
pub fn decode(bytes: &[u8]) -> Result<Bundle> {
    let (header, packed) = open(bytes)?;
    let workspace = Id::from_slice(&header.workspace).ok_or_else(|| malformed("no workspace"))?;
    if header.raw_length > LARGEST {
        return Err(BundleFault::TooLarge.into());
    }
    let mut raw = Vec::new();
    let decoder =
        zstd::stream::read::Decoder::new(packed).map_err(|error| malformed(error.to_string()))?;
    decoder
        .take(header.raw_length + 1)
        .read_to_end(&mut raw)
        .map_err(|error| malformed(error.to_string()))?;
    if raw.len() as u64 != header.raw_length {
        return Err(malformed("the acts are not as long as the header says").into());
    }
    let mut acts = Vec::new();
    let mut rest = raw.as_slice();
    while !rest.is_empty() {
        let wire = WireAct::decode_length_delimited(&mut rest)
            .map_err(|error| malformed(error.to_string()))?;
        acts.push(read_act(wire)?);
    }
    let operations: u64 = acts.iter().map(|act| act.operations.len() as u64).sum();
    if operations != header.operation_count {
        return Err(malformed("not as many operations as the header says").into());
    }
    let places: BTreeSet<_> = acts
        .iter()
        .map(|act| (act.header.device, act.header.first_seq))
        .collect();
    if places.len() != acts.len() {
        return Err(malformed("an act stands twice").into());
    }
    Ok(Bundle {
        workspace: WorkspaceId(workspace),
        exported_at: header.exported_at,
        acts,
    })
}

/// The frame: from outside in, nothing is unpacked before the hash over all of it is right.
fn open(bytes: &[u8]) -> Result<(Header, &[u8])> {
    let is_prefix = bytes.len() < MAGIC.len() && MAGIC.starts_with(bytes);
    if is_prefix {
        return Err(BundleFault::Torn.into());
    }
    let Some(after_magic) = bytes.strip_prefix(MAGIC) else {
        return Err(BundleFault::NotABundle.into());
    };
    let (&version, after_version) = after_magic.split_first().ok_or(BundleFault::Torn)?;
    if version > VERSION {
        return Err(BundleFault::NewerVersion {
            needs: u32::from(version),
        }
        .into());
    }
    let (header_length, rest) = after_version
        .split_first_chunk::<4>()
        .ok_or(BundleFault::Torn)?;
    let header_length = u32::from_le_bytes(*header_length) as usize;
    if header_length > 1 << 20 {
        return Err(BundleFault::Altered.into());
    }
    let (header, rest) = rest
        .split_at_checked(header_length)
        .ok_or(BundleFault::Torn)?;
    let (packed_length, rest) = rest.split_first_chunk::<8>().ok_or(BundleFault::Torn)?;
    let packed_length = u64::from_le_bytes(*packed_length);
    if packed_length > LARGEST {
        return Err(BundleFault::Altered.into());
    }
    let expected = usize::try_from(packed_length).map_err(|_| BundleFault::TooLarge)? + HASH;
    if rest.len() < expected {
        return Err(BundleFault::Torn.into());
    }
    let (body, hash) = bytes.split_at(bytes.len() - HASH);
    if rest.len() > expected || blake3::hash(body).as_bytes() != hash {
        return Err(BundleFault::Altered.into());
    }
    let header = Header::decode(header).map_err(|error| malformed(error.to_string()))?;
    if header.min_reader > u32::from(VERSION) {
        return Err(BundleFault::NewerVersion {
            needs: header.min_reader,
        }
        .into());
    }
    Ok((header, &rest[..expected - HASH]))
}

fn read_act(wire: WireAct) -> Result<Act> {
    let header = ActHeader::decode(&wire.header)
        .ok_or_else(|| malformed("an act's header does not read"))?;
    if wire.operations.is_empty() {
        return Err(malformed("an act without operations").into());
    }
    for bytes in &wire.operations {
        if crate::log::operation::decode(bytes, header.device).is_none() {
            return Err(malformed("an operation does not read").into());
        }
    }
    Ok(Act {
        header,
        header_bytes: wire.header,
        operations: wire.operations,
    })
}

fn malformed(reason: impl Into<String>) -> BundleFault {
    BundleFault::Malformed {
        reason: reason.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::ids::{ActId, DeviceId, PersonId};
    use crate::log::{Kind, Operation, Value};

    fn bundle() -> Bundle {
        let device = DeviceId(Id([3; 16]));
        let operation = Operation {
            kind: Kind::Create,
            entity_kind: 3,
            entity: Id([4; 16]),
            field: 0,
            key: String::new(),
            parents: Vec::new(),
            evidence: Vec::new(),
            context: None,
            value: Value::Null,
            fields: vec![(3001, "Gekko & Co".into())],
            ends_transaction: true,
        };
        let header = ActHeader {
            id: ActId(Id([5; 16])),
            device,
            first_seq: 1,
            at: 1_750_000_000_000,
            person: Some(PersonId(Id([6; 16]))),
            command: "create_engagement".into(),
            undo_of: None,
            is_mended: false,
        };
        let acts = vec![Act::new(header, &[operation])];
        Bundle {
            workspace: WorkspaceId(Id([1; 16])),
            exported_at: 1_750_000_000_001,
            acts,
        }
    }

    fn fault(bytes: &[u8]) -> BundleFault {
        match decode(bytes) {
            Err(Error::Bundle(fault)) => fault,
            other => panic!("expected a fault, got {other:?}"),
        }
    }

    #[test]
    fn a_bundle_comes_back_from_its_bytes() {
        assert_eq!(
            decode(&encode(&bundle()).expect("encodes")).expect("decodes"),
            bundle()
        );
    }

    #[test]
    fn every_cut_is_torn() {
        let bytes = encode(&bundle()).expect("encodes");
        for length in 0..bytes.len() {
            assert_eq!(
                fault(&bytes[..length]),
                BundleFault::Torn,
                "cut at {length}"
            );
        }
    }

    #[test]
    fn every_altered_byte_is_refused_by_name() {
        let bytes = encode(&bundle()).expect("encodes");
        for place in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[place] ^= 0x55;
            let fault = fault(&altered);
            let named = matches!(
                fault,
                BundleFault::Altered
                    | BundleFault::Torn
                    | BundleFault::NotABundle
                    | BundleFault::NewerVersion { .. }
            );
            assert!(named, "byte {place} gave {fault:?}");
        }
    }

    #[test]
    fn bytes_behind_the_end_are_an_alteration() {
        let mut bytes = encode(&bundle()).expect("encodes");
        bytes.push(0);
        assert_eq!(fault(&bytes), BundleFault::Altered);
    }

    #[test]
    fn another_file_is_no_bundle_and_a_later_format_is_newer() {
        assert_eq!(
            fault(b"opportunity_id,sales_agent"),
            BundleFault::NotABundle
        );
        let mut bytes = encode(&bundle()).expect("encodes");
        bytes[4] = 2;
        assert_eq!(fault(&bytes), BundleFault::NewerVersion { needs: 2 });
    }

    /// Bundles are in users' mail boxes and on their sticks: this one must read for ever.
    #[test]
    fn a_bundle_of_the_first_format_still_reads() {
        let hex = include_str!("golden/bundle-v1.hex");
        let digits: Vec<char> = hex.trim().chars().collect();
        let bytes: Vec<u8> = digits
            .chunks(2)
            .map(|pair| {
                u8::from_str_radix(&pair.iter().collect::<String>(), 16).expect("hexadecimal")
            })
            .collect();
        assert_eq!(decode(&bytes).expect("decodes"), bundle());
    }
}
