//! *Service delivery*: the default template, as product.md section 3 describes it.

use super::{Leg, Point, Rule, Stage, Step, Template, item, optional_point, point, tick};
use crate::domain::kinds::{ItemInput, PointInput, Role, StageKind};
use crate::domain::mood::Rhythm;

const SALES: Role = Role::Sales;
const PM: Role = Role::ProjectManager;
const AM: Role = Role::AccountManager;

/// The default template, as product.md section 3 describes it.
pub static SERVICE_DELIVERY: Template = Template {
    id: "service_delivery",
    label: "Service delivery",
    stages: &[POST_SALES, KICK_OFF, EXECUTION, CLOSURE, RENEWAL],
    points: POINTS,
    kick_off_item: "kick_off_held",
    mood_rhythm: Rhythm::USUAL,
};

pub(super) const POST_SALES: Stage = Stage {
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

pub(super) const KICK_OFF: Stage = Stage {
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

pub(super) const CLOSURE: Stage = Stage {
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

pub(super) const RENEWAL: Stage = Stage {
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

/// The handover form of product.md section 4.
pub(super) const POINTS: &[Point] = &[
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
];
