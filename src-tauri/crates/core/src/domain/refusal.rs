//! What the rules say no to: guidance with data, not faults. The sentence is made where it is read.

use super::kinds::{Block, ItemInput, OpenItem, Role};
use serde::Serialize;
use ts_rs::TS;

/// A refused act. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// The gate of the current stage is closed.
    GateClosed {
        /// The engagement.
        engagement_id: String,
        /// The stage that cannot be left.
        stage: String,
        /// Where it should have gone.
        to: String,
        /// What is open, and who holds it.
        open_items: Vec<OpenItem>,
        /// What else closes the gate.
        blocks: Vec<Block>,
    },
    /// No person acts. Choose one, or name one with `--as`.
    WhoAreYou,
    /// The named person is not known here.
    PersonUnknown {
        /// As typed.
        person: String,
    },
    /// Several people have the name; an id names one of them.
    PersonAmbiguous {
        /// As typed.
        person: String,
    },
    /// The acting person has none of the roles that this needs.
    NotYourRole {
        /// Any of these would do.
        needed: Vec<Role>,
        /// Who tried.
        person: String,
    },
    /// The engagement is in that stage already.
    AlreadyThere {
        /// The stage.
        stage: String,
    },
    /// Stages are not skipped.
    NotNextStage {
        /// Where it stands.
        from: String,
        /// Where it should have gone.
        to: String,
        /// Where it can go.
        next: Option<String>,
    },
    /// Mandatory points are empty.
    HandoverIncomplete {
        /// Their ids.
        missing_points: Vec<String>,
    },
    /// Nothing was submitted that could be returned, accepted or withdrawn.
    HandoverNotSubmitted,
    /// It waits for its receiver.
    HandoverAlreadySubmitted,
    /// It was accepted; reopen it first.
    HandoverAlreadyAccepted,
    /// It was not accepted, so there is nothing to reopen.
    HandoverNotAccepted,
    /// No handover belongs to this stage.
    NoHandoverHere {
        /// The stage.
        stage: String,
    },
    /// Only the named receiver can do this.
    NotTheReceiver {
        /// Whom it was offered to.
        receiver: String,
    },
    /// The brief is not verified.
    NotVerified {
        /// `missing`, or `lapsed` when a verified point was edited since.
        why: NotVerifiedBecause,
    },
    /// The writer, the submitter or the last editor must not verify.
    VerifyOwn {
        /// Who tried.
        person: String,
    },
    /// A return needs a comment on at least one point.
    CommentsMissing,
    /// A reason must be typed.
    ReasonMissing,
    /// The receiver lacks the role that receives.
    ReceiverCannotReceive {
        /// Whom it was offered to.
        person: String,
        /// The role needed.
        needed: Role,
    },
    /// Nothing was done that could be undone or redone.
    NothingToUndo,
    /// The act cannot be undone.
    CannotUndo {
        /// Why not.
        why: CannotUndoBecause,
    },
    /// The item becomes done in another way.
    ItemNotTickedByHand {
        /// The item.
        item_id: String,
        /// How it is filled.
        how: ItemInput,
    },
    /// The value does not fit the field.
    ValueInvalid {
        /// Field, item or point.
        field: String,
        /// What would fit: `yes`, `date`, `text`, `choice`, `score`, `amount`, `currency` …
        expected: String,
    },
    /// A name must be typed.
    NameMissing,
    /// The gate is open.
    NoOverrideNeeded,
    /// A sample book and a rehearsal need a store of their own.
    StoreNotEmpty {
        /// What should have gone into it.
        why: NeedsEmptyStore,
    },
    /// The engagement was deleted; restore it first.
    EngagementDeleted,
    /// Somebody decided about its stage or owner already; take over is for engagements that just came.
    AlreadyUnderWay,
    /// A low reading needs a note.
    NoteMissing,
    /// No mood check is due: the kick-off was not held, or the engagement ended.
    NoCheckDue,
    /// The engagement ended.
    AlreadyEnded,
    /// A renewal is decided in the stage of that name.
    NotInRenewal {
        /// Where it stands.
        stage: String,
    },
    /// The clock can be set in a store for rehearsals only.
    NotARehearsal,
    /// A name of a file would stand for one that neither the book nor the file has.
    AliasUnknown {
        /// As in the file.
        typed: String,
        /// What it would stand for.
        known: String,
    },
}

/// What goes into an empty store only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NeedsEmptyStore {
    /// The sample book.
    Sample,
    /// A rehearsal.
    Rehearsal,
}

/// Why an act cannot be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CannotUndoBecause {
    /// It is another person's decision.
    AnotherPerson,
    /// A later decision rests on it.
    DecidedSince,
    /// Every value was changed since.
    EverythingChangedSince,
    /// It was undone already.
    AlreadyUndone,
    /// It set the workspace up.
    Foundation,
    /// Rows of the import that it would bring back were imported again since.
    ImportedAgain,
}

/// Why the brief does not count as verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NotVerifiedBecause {
    /// Nobody verified it.
    Missing,
    /// A verified point was edited since.
    Lapsed,
}

impl Refusal {
    /// A value that does not fit: the field, item or point, and a word for what would fit.
    #[must_use]
    pub fn value_invalid(field: &str, expected: &str) -> Self {
        Self::ValueInvalid {
            field: field.to_owned(),
            expected: expected.to_owned(),
        }
    }

    /// The code on the wire.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::GateClosed { .. } => "gate_closed",
            Self::WhoAreYou => "who_are_you",
            Self::PersonUnknown { .. } => "person_unknown",
            Self::PersonAmbiguous { .. } => "person_ambiguous",
            Self::NotYourRole { .. } => "not_your_role",
            Self::AlreadyThere { .. } => "already_there",
            Self::NotNextStage { .. } => "not_next_stage",
            Self::HandoverIncomplete { .. } => "handover_incomplete",
            Self::HandoverNotSubmitted => "handover_not_submitted",
            Self::HandoverAlreadySubmitted => "handover_already_submitted",
            Self::HandoverAlreadyAccepted => "handover_already_accepted",
            Self::HandoverNotAccepted => "handover_not_accepted",
            Self::NoHandoverHere { .. } => "no_handover_here",
            Self::NotTheReceiver { .. } => "not_the_receiver",
            Self::NotVerified { .. } => "not_verified",
            Self::VerifyOwn { .. } => "verify_own",
            Self::CommentsMissing => "comments_missing",
            Self::ReasonMissing => "reason_missing",
            Self::ReceiverCannotReceive { .. } => "receiver_cannot_receive",
            Self::NothingToUndo => "nothing_to_undo",
            Self::CannotUndo { .. } => "cannot_undo",
            Self::ItemNotTickedByHand { .. } => "item_not_ticked_by_hand",
            Self::ValueInvalid { .. } => "value_invalid",
            Self::NameMissing => "name_missing",
            Self::NoOverrideNeeded => "no_override_needed",
            Self::StoreNotEmpty { .. } => "store_not_empty",
            Self::EngagementDeleted => "engagement_deleted",
            Self::AlreadyUnderWay => "already_under_way",
            Self::NoteMissing => "note_missing",
            Self::NoCheckDue => "no_check_due",
            Self::AlreadyEnded => "already_ended",
            Self::NotInRenewal { .. } => "not_in_renewal",
            Self::NotARehearsal => "not_a_rehearsal",
            Self::AliasUnknown { .. } => "alias_unknown",
        }
    }
}
