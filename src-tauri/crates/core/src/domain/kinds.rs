//! The words of the trade as types: roles, stage kinds, kinds of input, states.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A role a person can have.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Hands won deals over.
    Sales,
    /// Runs kick-off and delivery.
    ProjectManager,
    /// Keeps the client.
    AccountManager,
    /// Answers cases.
    Support,
    /// Documents and money.
    BackOffice,
    /// Sees where the line is stuck.
    Lead,
}

/// A stage's kind. Every template builds its stages of these five.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum StageKind {
    /// Sales and delivery agree on what was sold.
    PostSales,
    /// The client knows the team and the plan.
    KickOff,
    /// What was sold is delivered.
    Execution,
    /// Both sides know what was achieved.
    Closure,
    /// The client stays and grows.
    Renewal,
}

/// An open mandatory item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenItem {
    /// The item's permanent id.
    pub id: String,
    /// What must be true, in English; the UI translates by id.
    pub label: String,
    /// Who holds it: a person's name, else the role's name.
    pub holder: String,
    /// The person, if one is known.
    pub holder_id: Option<String>,
    /// The role that fills it.
    pub holder_role: Role,
    /// The handover points that are missing, if the item stands for several.
    pub missing_points: Vec<String>,
    /// How it is filled.
    pub input: ItemInput,
    /// Choices, if the input is one.
    pub choices: Vec<String>,
}

/// How an item is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ItemInput {
    /// Done or not done: `tick_item` with `true`.
    Tick,
    /// A civil date: `tick_item` with an ISO date.
    Date,
    /// A line of text: `tick_item` with text.
    Text,
    /// One of `choices`: `tick_item` with the choice.
    Choice,
    /// A number from 1 to 5.
    Score,
    /// Filled in the handover form: `fill_handover`.
    Handover,
    /// Filled by verifying the brief: `verify_brief`.
    Verification,
    /// Filled by submitting: `submit_handover`.
    Submission,
    /// Filled by accepting: `accept_handover`.
    Acceptance,
    /// Filled by deciding how it goes on: `decide_renewal`.
    Decision,
}

/// Something that closes a gate although every item is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Block {
    /// The handover came back and was not submitted again.
    HandoverReturned {
        /// Points with a comment.
        points: Vec<String>,
    },
    /// A promise was judged not feasible and not renegotiated.
    PromiseNotFeasible {
        /// The promise.
        promise_id: String,
        /// Its wording.
        wording: String,
    },
    /// An earlier gate no longer holds.
    GateBreached {
        /// The stage whose gate broke.
        stage: String,
        /// The items it broke on.
        item_ids: Vec<String>,
    },
}

/// Where a handover stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum HandoverState {
    /// Being written.
    Draft,
    /// Waits for the receiver.
    Submitted,
    /// Came back with comments.
    Returned,
    /// Accepted; responsibility passed.
    Accepted,
}

/// Shape of a point's value. Any point also takes one line of plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PointInput {
    /// Several lines of text.
    Text,
    /// `{name, role, email, phone, language}`; e-mail or phone is enough.
    Contact,
    /// `{start_on, end_on, note}`.
    Schedule,
    /// `{value_minor, currency, discount, intro_price, intro_until_on, later_price, package, billing}`.
    Terms,
    /// Promises are entries of their own; `{none_made: true}` states that there are none.
    Promises,
}

/// What a promise is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PromiseKind {
    /// Something to deliver.
    Delivery,
    /// A date.
    Date,
    /// A price.
    Price,
    /// A channel or a response time.
    Channel,
    /// A trial.
    Trial,
}

/// Delivery's word on a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PromiseVerdict {
    /// Can be kept.
    Feasible,
    /// Can be kept if something changes.
    FeasibleWithChanges,
    /// Cannot be kept as worded; blocks the gate until renegotiated or withdrawn.
    NotFeasible,
}

/// What became of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    /// Not settled yet.
    Open,
    /// Kept.
    Kept,
    /// Broken.
    Broken,
    /// Agreed anew with the client.
    Renegotiated,
    /// Taken back.
    Withdrawn,
}

/// Where an engagement stands towards a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StageState {
    /// Its gate was passed.
    Passed,
    /// The engagement is here.
    Current,
    /// Not reached yet.
    Ahead,
    /// Before the stage at which it was taken over: its gate was never run here.
    NotRun,
}

/// Whose mood.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The client's, as we hear it.
    Client,
    /// Our own team's.
    Team,
}

/// What became of an engagement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is worked on.
    Active,
    /// It ended without a decision about its renewal.
    Ended,
    /// It opened the next one.
    Renewed,
    /// The client left.
    Churned,
}

/// How it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// On the same terms.
    Renewed,
    /// The client buys more.
    Expanded,
    /// The client buys less.
    Reduced,
    /// The client leaves.
    Churned,
    /// It is over, and nothing was decided about the client.
    Ended,
}

/// Why a client leaves (product.md section 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChurnReason {
    /// What we sell was not what they needed.
    Misfit,
    /// A promise was broken.
    BrokenPromise,
    /// The price.
    Price,
    /// They felt unappreciated.
    NoAppreciation,
    /// Nobody could solve it.
    NobodyCouldSolveIt,
    /// Somebody was rude.
    Rudeness,
    /// They were passed around.
    PassedAround,
    /// They waited too long.
    Waiting,
    /// They closed down.
    ClosedDown,
    /// Something else, said in the note.
    Other,
}

/// Why a row stands in Today, in the order of what hurts first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum TodayKind {
    /// An earlier gate of mine no longer holds.
    Breach,
    /// My handover came back.
    ReturnedHandover,
    /// A handover waits for my answer.
    HandoverToAccept,
    /// A mood check of mine is due.
    MoodCheck,
    /// A contract of mine ends within 90 days.
    Renewal,
    /// Items that I hold keep a gate closed.
    OpenItems,
    /// My handover waits for somebody's answer. Not mine to do: it is listed apart.
    WaitingForAnswer,
}

/// Where a client company stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Nothing was sold to it yet.
    New,
    /// An engagement is worked on.
    Active,
    /// Every engagement ended without a decision.
    Dormant,
    /// Its last engagement ended with the client leaving.
    Churned,
}

/// What a contact is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// Decides.
    DecisionMaker,
    /// Speaks for us inside.
    Champion,
    /// Knows their systems.
    Technical,
    /// Pays.
    Billing,
    /// Uses what was sold.
    User,
}

macro_rules! words {
    ($($name:ident { $($variant:ident $word:literal,)* })*) => { $(
        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in operations, JSON and SQL. Permanent.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The value of this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }
    )* };
}

words! {
    Role {
        Sales "sales", ProjectManager "project_manager", AccountManager "account_manager",
        Support "support", BackOffice "back_office", Lead "lead",
    }
    StageKind {
        PostSales "post-sales", KickOff "kick-off", Execution "execution", Closure "closure", Renewal "renewal",
    }
    TodayKind {
        Breach "breach", ReturnedHandover "returned_handover", HandoverToAccept "handover_to_accept",
        MoodCheck "mood_check", Renewal "renewal", OpenItems "open_items", WaitingForAnswer "waiting_for_answer",
    }
    AccountState { New "new", Active "active", Dormant "dormant", Churned "churned", }
    ContactKind {
        DecisionMaker "decision_maker", Champion "champion", Technical "technical", Billing "billing", User "user",
    }
    Side { Client "client", Team "team", }
    Status { Active "active", Ended "ended", Renewed "renewed", Churned "churned", }
    Outcome {
        Renewed "renewed", Expanded "expanded", Reduced "reduced", Churned "churned", Ended "ended",
    }
    ChurnReason {
        Misfit "misfit", BrokenPromise "broken_promise", Price "price", NoAppreciation "no_appreciation",
        NobodyCouldSolveIt "nobody_could_solve_it", Rudeness "rudeness", PassedAround "passed_around",
        Waiting "waiting", ClosedDown "closed_down", Other "other",
    }
    PromiseKind { Delivery "delivery", Date "date", Price "price", Channel "channel", Trial "trial", }
    PromiseVerdict {
        Feasible "feasible", FeasibleWithChanges "feasible_with_changes", NotFeasible "not_feasible",
    }
    PromiseState {
        Open "open", Kept "kept", Broken "broken", Renegotiated "renegotiated", Withdrawn "withdrawn",
    }
}
