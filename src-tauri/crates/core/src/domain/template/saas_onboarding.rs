//! *SaaS onboarding*: the stages of product.md section 3 for software that a client learns to use. Sale, kick-off,
//! closure and renewal are those of *Service delivery*; execution has eight stages.

use super::service_delivery::{CLOSURE, KICK_OFF, POINTS, POST_SALES, RENEWAL};
use super::{Item, Rule, Stage, Step, Template, tick};
use crate::domain::kinds::{ItemInput, Role, StageKind};
use crate::domain::mood::Rhythm;

const PM: Role = Role::ProjectManager;

/// Recurring work is on the list and never blocks.
const fn recurring(id: &'static str, label: &'static str) -> Item {
    Item {
        id,
        label,
        role: PM,
        mandatory: false,
        rule: Rule::Tick(ItemInput::Text, &[]),
    }
}

/// Software that a client learns to use.
pub static SAAS_ONBOARDING: Template = Template {
    id: "saas_onboarding",
    label: "SaaS onboarding",
    stages: &[
        POST_SALES,
        KICK_OFF,
        DEPLOYMENT,
        GOALS,
        STORIES,
        DATA,
        FIRST_AUTOMATION,
        ADVANCED_AUTOMATION,
        OPTIMISATION,
        EDUCATION,
        CLOSURE,
        RENEWAL,
    ],
    points: POINTS,
    kick_off_item: "kick_off_held",
    mood_rhythm: Rhythm::USUAL,
};

const DEPLOYMENT: Stage = Stage {
    id: "saas-deployment",
    kind: StageKind::Execution,
    label: "Technical deployment",
    goal: "The client can log in and works on their own data",
    expected_days: 10,
    stuck_days: 15,
    steps: &[Step {
        id: "deployment",
        label: "Deployment",
        items: &[
            tick(
                "environment_ready",
                "Environment set up and secured",
                PM,
                ItemInput::Tick,
            ),
            tick("access_tested", "Client logged in on", PM, ItemInput::Date),
        ],
    }],
};

const GOALS: Stage = Stage {
    id: "saas-goals",
    kind: StageKind::Execution,
    label: "Operational goals",
    goal: "It is agreed what will be measured",
    expected_days: 7,
    stuck_days: 14,
    steps: &[Step {
        id: "goals",
        label: "Goals",
        items: &[tick(
            "goals_agreed",
            "Operational goals and how they are measured",
            PM,
            ItemInput::Text,
        )],
    }],
};

const STORIES: Stage = Stage {
    id: "saas-stories",
    kind: StageKind::Execution,
    label: "User stories and channels",
    goal: "It is clear who uses it for what, and where",
    expected_days: 7,
    stuck_days: 14,
    steps: &[Step {
        id: "stories",
        label: "User stories",
        items: &[
            tick(
                "stories_collected",
                "User stories collected",
                PM,
                ItemInput::Text,
            ),
            tick(
                "story_channels_agreed",
                "Channels agreed",
                PM,
                ItemInput::Text,
            ),
        ],
    }],
};

const DATA: Stage = Stage {
    id: "saas-data",
    kind: StageKind::Execution,
    label: "Data structure and integrations",
    goal: "The data arrives and is right",
    expected_days: 14,
    stuck_days: 25,
    steps: &[Step {
        id: "data",
        label: "Data",
        items: &[
            tick(
                "data_structure_agreed",
                "Data structure agreed",
                PM,
                ItemInput::Tick,
            ),
            tick(
                "integrations_tested",
                "Integrations tested on",
                PM,
                ItemInput::Date,
            ),
        ],
    }],
};

const FIRST_AUTOMATION: Stage = Stage {
    id: "saas-first-automation",
    kind: StageKind::Execution,
    label: "First quick automation",
    goal: "The client sees a first result early",
    expected_days: 7,
    stuck_days: 14,
    steps: &[Step {
        id: "first_automation",
        label: "First result",
        items: &[
            tick(
                "first_automation_live",
                "First automation live on",
                PM,
                ItemInput::Date,
            ),
            tick(
                "first_result_shown",
                "First result shown to the client",
                PM,
                ItemInput::Text,
            ),
        ],
    }],
};

const ADVANCED_AUTOMATION: Stage = Stage {
    id: "saas-advanced-automation",
    kind: StageKind::Execution,
    label: "Advanced automation",
    goal: "What was sold works every day",
    expected_days: 30,
    stuck_days: 45,
    steps: &[Step {
        id: "advanced_automation",
        label: "Advanced automation",
        items: &[tick(
            "advanced_automation_live",
            "Advanced automation live on",
            PM,
            ItemInput::Date,
        )],
    }],
};

const OPTIMISATION: Stage = Stage {
    id: "saas-optimisation",
    kind: StageKind::Execution,
    label: "Optimisation",
    goal: "It gets better with use",
    expected_days: 20,
    stuck_days: 40,
    steps: &[Step {
        id: "optimisation",
        label: "Optimisation",
        items: &[
            tick(
                "usage_reviewed",
                "Usage reviewed with the client",
                PM,
                ItemInput::Tick,
            ),
            recurring("optimisation_again", "Next optimisation planned"),
        ],
    }],
};

const EDUCATION: Stage = Stage {
    id: "saas-education",
    kind: StageKind::Execution,
    label: "Education",
    goal: "The client’s people know how to use it",
    expected_days: 10,
    stuck_days: 20,
    steps: &[Step {
        id: "education",
        label: "Education",
        items: &[
            tick("users_trained", "Users trained on", PM, ItemInput::Date),
            recurring("education_again", "Next training planned"),
        ],
    }],
};
