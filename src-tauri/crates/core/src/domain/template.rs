//! Templates: the stages, steps and items that an engagement goes through, and the points of its handover form.
//!
//! A template is a document. The shipped one is compiled in with fixed ids; its labels are English and the
//! screens translate them by id. Ids of stages, steps, items and points are permanent.

use super::kinds::{ItemInput, PointInput, Role, StageKind};
use super::mood::Rhythm;

/// A way of working: what must be true in which order.
#[derive(Debug, PartialEq, Eq)]
pub struct Template {
    /// Permanent id.
    pub id: &'static str,
    /// Name as shown.
    pub label: &'static str,
    /// Stages in order.
    pub stages: &'static [Stage],
    /// The points of the handover form in order.
    pub points: &'static [Point],
    /// The item whose date is the day on which the kick-off was held.
    pub kick_off_item: &'static str,
    /// When to ask how client and team feel.
    pub mood_rhythm: Rhythm,
}

/// A place in the pipeline.
#[derive(Debug, PartialEq, Eq)]
pub struct Stage {
    /// Permanent id.
    pub id: &'static str,
    /// Its kind.
    pub kind: StageKind,
    /// Name as shown.
    pub label: &'static str,
    /// What it is for.
    pub goal: &'static str,
    /// Expected days.
    pub expected_days: u32,
    /// Stuck after these days.
    pub stuck_days: u32,
    /// Steps in order. They group items and never gate by themselves.
    pub steps: &'static [Step],
}

/// An ordered part of a stage.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// Permanent id.
    pub id: &'static str,
    /// Name as shown.
    pub label: &'static str,
    /// What must be true in it.
    pub items: &'static [Item],
}

/// What must be true in a step.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    /// Permanent id, unique in the template.
    pub id: &'static str,
    /// What must be true.
    pub label: &'static str,
    /// The role that fills it.
    pub role: Role,
    /// Closes the gate while open.
    pub mandatory: bool,
    /// How it becomes true.
    pub rule: Rule,
}

/// How an item becomes true.
#[derive(Debug, PartialEq, Eq)]
pub enum Rule {
    /// A person says so.
    Tick(ItemInput, &'static [&'static str]),
    /// Every mandatory one of these handover points is filled.
    Points(&'static [&'static str]),
    /// Somebody else than the writer verified what the form says now.
    Verified,
    /// The handover of this leg waits for its receiver or was accepted.
    Submitted(Leg),
    /// The handover of this leg was accepted.
    Accepted(Leg),
    /// It was decided how the engagement goes on.
    Decided,
}

/// Between whom a handover passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leg {
    /// From sales to the project manager.
    Delivery,
    /// From the project manager to the account manager.
    Account,
}

impl Leg {
    /// The word in operations. Permanent.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Delivery => "delivery",
            Self::Account => "account",
        }
    }

    /// The leg of this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Delivery, Self::Account]
            .into_iter()
            .find(|leg| leg.word() == word)
    }

    /// The role that receives.
    #[must_use]
    pub fn receiver(self) -> Role {
        match self {
            Self::Delivery => Role::ProjectManager,
            Self::Account => Role::AccountManager,
        }
    }

    /// The role that hands over.
    #[must_use]
    pub fn giver(self) -> Role {
        match self {
            Self::Delivery => Role::Sales,
            Self::Account => Role::ProjectManager,
        }
    }
}

/// A point of the handover form.
#[derive(Debug, PartialEq, Eq)]
pub struct Point {
    /// Permanent id.
    pub id: &'static str,
    /// Name as shown.
    pub label: &'static str,
    /// Shape of its value.
    pub input: PointInput,
    /// Must be filled before the handover can be accepted.
    pub mandatory: bool,
}

impl Template {
    /// The stage of this id with its place in the order.
    #[must_use]
    pub fn stage(&self, id: &str) -> Option<(usize, &'static Stage)> {
        self.stages
            .iter()
            .enumerate()
            .find(|(_, stage)| stage.id == id)
    }

    /// The item of this id with its stage.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<(&'static Stage, &'static Item)> {
        self.stages.iter().find_map(|stage| {
            stage
                .items()
                .find(|item| item.id == id)
                .map(|item| (stage, item))
        })
    }

    /// The point of this id.
    #[must_use]
    pub fn point(&self, id: &str) -> Option<&'static Point> {
        self.points.iter().find(|point| point.id == id)
    }
}

impl Stage {
    /// Its items over all steps.
    pub fn items(&self) -> impl Iterator<Item = &'static Item> + use<> {
        self.steps.iter().flat_map(|step| step.items)
    }

    /// The handover that is written in this stage.
    #[must_use]
    pub fn leg(&self) -> Option<Leg> {
        self.items().find_map(|item| match item.rule {
            Rule::Submitted(leg) | Rule::Accepted(leg) => Some(leg),
            _ => None,
        })
    }
}

impl Item {
    /// How the screens let a person fill it.
    #[must_use]
    pub fn input(&self) -> ItemInput {
        match self.rule {
            Rule::Tick(input, _) => input,
            Rule::Points(_) => ItemInput::Handover,
            Rule::Verified => ItemInput::Verification,
            Rule::Submitted(_) => ItemInput::Submission,
            Rule::Accepted(_) => ItemInput::Acceptance,
            Rule::Decided => ItemInput::Decision,
        }
    }

    /// The choices, if it is a choice.
    #[must_use]
    pub fn choices(&self) -> &'static [&'static str] {
        if let Rule::Tick(_, choices) = self.rule {
            choices
        } else {
            &[]
        }
    }
}

/// Every template that this version ships.
pub const SHIPPED: &[&Template] = &[&SERVICE_DELIVERY];

/// The template of this id; one that only a newer version knows reads as the default.
#[must_use]
pub fn find(id: Option<&str>) -> &'static Template {
    SHIPPED
        .iter()
        .copied()
        .find(|template| Some(template.id) == id)
        .unwrap_or(&SERVICE_DELIVERY)
}

const fn item(id: &'static str, label: &'static str, role: Role, rule: Rule) -> Item {
    Item {
        id,
        label,
        role,
        mandatory: true,
        rule,
    }
}

const fn tick(id: &'static str, label: &'static str, role: Role, input: ItemInput) -> Item {
    item(id, label, role, Rule::Tick(input, &[]))
}

const fn point(id: &'static str, label: &'static str, input: PointInput) -> Point {
    Point {
        id,
        label,
        input,
        mandatory: true,
    }
}

const fn optional_point(id: &'static str, label: &'static str) -> Point {
    Point {
        id,
        label,
        input: PointInput::Text,
        mandatory: false,
    }
}

const SALES: Role = Role::Sales;
const PM: Role = Role::ProjectManager;
const AM: Role = Role::AccountManager;

/// The default template, as product.md section 3 describes it.
pub static SERVICE_DELIVERY: Template = Template {
    id: "service_delivery",
    label: "Service delivery",
    stages: &[POST_SALES, KICK_OFF, EXECUTION, CLOSURE, RENEWAL],
    points: &[
        point("decision_maker", "Decision maker", PointInput::Contact),
        point("daily_contact", "Daily contact", PointInput::Contact),
        point("business_need", "Business need", PointInput::Text),
        point(
            "expected_result",
            "Expected result and its quality",
            PointInput::Text,
        ),
        point("scope", "Scope", PointInput::Text),
        point("out_of_scope", "Out of scope", PointInput::Text),
        point("schedule", "Schedule", PointInput::Schedule),
        point("commercial_terms", "Commercial terms", PointInput::Terms),
        point("promises", "Promises", PointInput::Promises),
        point("concerns", "Concerns and risks", PointInput::Text),
        point("order_description", "Order description", PointInput::Text),
        optional_point("technical_data", "Technical data"),
        optional_point("purchase_history", "Purchase history"),
        optional_point("competing_offers", "Competing offers"),
        optional_point("links", "Links"),
    ],
    kick_off_item: "kick_off_held",
    mood_rhythm: Rhythm::USUAL,
};

const POST_SALES: Stage = Stage {
    id: "post-sales",
    kind: StageKind::PostSales,
    label: "Post-sales",
    goal: "Sales and delivery agree on what was sold",
    expected_days: 5,
    stuck_days: 10,
    steps: &[
        Step {
            id: "brief_received",
            label: "Brief received",
            items: &[
                item(
                    "brief",
                    "Brief",
                    SALES,
                    Rule::Points(&[
                        "decision_maker",
                        "daily_contact",
                        "business_need",
                        "expected_result",
                        "scope",
                        "out_of_scope",
                        "schedule",
                        "commercial_terms",
                        "promises",
                        "concerns",
                    ]),
                ),
                item(
                    "order_description",
                    "Order description",
                    SALES,
                    Rule::Points(&["order_description"]),
                ),
            ],
        },
        Step {
            id: "brief_verified",
            label: "Brief verified",
            items: &[item(
                "brief_verified",
                "Brief verified by a second person",
                SALES,
                Rule::Verified,
            )],
        },
        Step {
            id: "scope_meeting",
            label: "Scope meeting",
            items: &[
                tick(
                    "scope_meeting_held",
                    "Scope meeting held on",
                    SALES,
                    ItemInput::Date,
                ),
                item(
                    "scope_confirmed",
                    "Scope confirmed or redefined",
                    SALES,
                    Rule::Tick(ItemInput::Choice, &["confirmed", "redefined"]),
                ),
            ],
        },
        Step {
            id: "handover",
            label: "Handover",
            items: &[
                item(
                    "handover_submitted",
                    "Handover submitted",
                    SALES,
                    Rule::Submitted(Leg::Delivery),
                ),
                item(
                    "handover_accepted",
                    "Handover accepted",
                    PM,
                    Rule::Accepted(Leg::Delivery),
                ),
                item(
                    "handover_held",
                    "Date of the handover",
                    PM,
                    Rule::Accepted(Leg::Delivery),
                ),
                item(
                    "handover_people",
                    "People at the handover",
                    PM,
                    Rule::Accepted(Leg::Delivery),
                ),
                item(
                    "handover_minutes",
                    "Recording link or minutes",
                    PM,
                    Rule::Accepted(Leg::Delivery),
                ),
            ],
        },
    ],
};

const KICK_OFF: Stage = Stage {
    id: "kick-off",
    kind: StageKind::KickOff,
    label: "Kick-off",
    goal: "The client knows the team and the plan",
    expected_days: 10,
    stuck_days: 15,
    steps: &[
        Step {
            id: "prepare",
            label: "Prepare to start",
            items: &[tick(
                "prepared_to_start",
                "Team is prepared to start",
                PM,
                ItemInput::Tick,
            )],
        },
        Step {
            id: "kick_off",
            label: "Kick-off held",
            items: &[tick(
                "kick_off_held",
                "Kick-off held on",
                PM,
                ItemInput::Date,
            )],
        },
        Step {
            id: "scope_reconfirmed",
            label: "Scope re-confirmed",
            items: &[tick(
                "scope_reconfirmed",
                "Client re-confirmed the scope",
                PM,
                ItemInput::Tick,
            )],
        },
        Step {
            id: "set_up",
            label: "Set-up",
            items: &[
                tick(
                    "accesses_received",
                    "Accesses received",
                    PM,
                    ItemInput::Tick,
                ),
                tick("channels_agreed", "Channels agreed", PM, ItemInput::Text),
                tick(
                    "reporting_agreed",
                    "Form and rhythm of reporting agreed",
                    PM,
                    ItemInput::Text,
                ),
            ],
        },
        Step {
            id: "introduction",
            label: "Team introduced",
            items: &[tick(
                "team_introduced",
                "Client told by name who is responsible",
                PM,
                ItemInput::Text,
            )],
        },
    ],
};

const EXECUTION: Stage = Stage {
    id: "execution",
    kind: StageKind::Execution,
    label: "Execution",
    goal: "What was sold is delivered, early where possible",
    expected_days: 60,
    stuck_days: 90,
    steps: &[
        Step {
            id: "plan",
            label: "Plan",
            items: &[tick(
                "milestones_dated",
                "Milestones dated",
                PM,
                ItemInput::Tick,
            )],
        },
        Step {
            id: "delivery",
            label: "Delivery",
            items: &[tick(
                "milestones_done",
                "Each milestone done",
                PM,
                ItemInput::Tick,
            )],
        },
        Step {
            id: "control",
            label: "Control",
            items: &[
                tick("hours_reviewed", "Hours reviewed", PM, ItemInput::Tick),
                tick("budget_reviewed", "Budget reviewed", PM, ItemInput::Tick),
            ],
        },
        Step {
            id: "acceptance",
            label: "Acceptance",
            items: &[tick(
                "client_sign_off",
                "Client's sign-off on",
                PM,
                ItemInput::Date,
            )],
        },
    ],
};

const CLOSURE: Stage = Stage {
    id: "closure",
    kind: StageKind::Closure,
    label: "Closure",
    goal: "Both sides know what was achieved",
    expected_days: 10,
    stuck_days: 20,
    steps: &[
        Step {
            id: "results",
            label: "Results",
            items: &[
                tick("metrics_recorded", "Metrics", PM, ItemInput::Text),
                tick("targets_met", "Met targets", PM, ItemInput::Text),
            ],
        },
        Step {
            id: "summary",
            label: "Summary meeting",
            items: &[tick(
                "summary_meeting_held",
                "Summary meeting with the client held on",
                PM,
                ItemInput::Date,
            )],
        },
        Step {
            id: "retrospective",
            label: "Retrospective",
            items: &[tick(
                "retrospective_held",
                "Retrospective of sales, delivery and support held on",
                PM,
                ItemInput::Date,
            )],
        },
        Step {
            id: "money",
            label: "Money",
            items: &[
                tick(
                    "final_invoice_sent",
                    "Final invoice sent",
                    PM,
                    ItemInput::Tick,
                ),
                tick(
                    "documents_delivered",
                    "Documents delivered",
                    PM,
                    ItemInput::Tick,
                ),
            ],
        },
        Step {
            id: "farewell",
            label: "Farewell",
            items: &[
                tick("csat_asked", "Satisfaction asked on", PM, ItemInput::Date),
                tick(
                    "reference_asked",
                    "Reference or referral asked",
                    PM,
                    ItemInput::Tick,
                ),
                item(
                    "account_handover_accepted",
                    "Handover to the account manager accepted",
                    AM,
                    Rule::Accepted(Leg::Account),
                ),
            ],
        },
    ],
};

const RENEWAL: Stage = Stage {
    id: "renewal",
    kind: StageKind::Renewal,
    label: "Renewal",
    goal: "The client stays and grows",
    expected_days: 90,
    stuck_days: 120,
    steps: &[
        Step {
            id: "next_quarter",
            label: "Contact next quarter",
            items: &[tick(
                "contact_next_quarter",
                "On the list \u{201c}contact next quarter\u{201d}",
                AM,
                ItemInput::Tick,
            )],
        },
        Step {
            id: "satisfaction",
            label: "Satisfaction",
            items: &[tick(
                "satisfaction_checked",
                "Satisfaction checked, 1 to 5",
                AM,
                ItemInput::Score,
            )],
        },
        Step {
            id: "upsell",
            label: "Upsell",
            items: &[tick(
                "upsell_reviewed",
                "Upsell reviewed",
                AM,
                ItemInput::Text,
            )],
        },
        Step {
            id: "decision",
            label: "Decision",
            items: &[item("renewal_decision", "Decision", AM, Rule::Decided)],
        },
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_every_named_point_exists() {
        for template in SHIPPED {
            let mut ids = BTreeSet::new();
            for item in template.stages.iter().flat_map(Stage::items) {
                assert!(ids.insert(item.id), "{} stands twice", item.id);
                if let Rule::Points(points) = item.rule {
                    assert!(
                        points.iter().all(|id| template.point(id).is_some()),
                        "{} names an unknown point",
                        item.id
                    );
                }
            }
        }
    }

    #[test]
    fn every_mandatory_point_stands_behind_a_gate() {
        for template in SHIPPED {
            let gated: BTreeSet<_> = template
                .stages
                .iter()
                .flat_map(Stage::items)
                .filter_map(|item| {
                    if let Rule::Points(points) = item.rule {
                        Some(points)
                    } else {
                        None
                    }
                })
                .flatten()
                .collect();
            for point in template.points.iter().filter(|point| point.mandatory) {
                assert!(
                    gated.contains(&point.id),
                    "{} is mandatory but gates nothing",
                    point.id
                );
            }
        }
    }

    #[test]
    fn stages_come_in_the_order_of_their_kinds() {
        for template in SHIPPED {
            assert!(template.stages.is_sorted_by_key(|stage| stage.kind));
        }
    }
}
