//! Templates: the stages, steps and items that an engagement goes through, and the points of its handover form.
//!
//! A template is a document. The shipped one is compiled in with fixed ids; its labels are English and the
//! screens translate them by id. Ids of stages, steps, items and points are permanent.

mod saas_onboarding;
mod service_delivery;

pub use saas_onboarding::SAAS_ONBOARDING;
pub use service_delivery::SERVICE_DELIVERY;

use super::kinds::{ItemInput, PointInput, Role, StageKind};
use super::mood::Rhythm;
use super::refusal::Refusal;
use super::{Actor, Change};
use crate::ids::ProductId;
use crate::log::registry::{PRODUCT, product};

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

    /// Where an engagement that runs in a stage of this kind is taken over; none where it begins anyway.
    #[must_use]
    pub fn taken_over_at(&self, kind: StageKind) -> Option<&'static Stage> {
        let place = self.stages.iter().position(|stage| stage.kind == kind)?;
        self.stages.get(place).filter(|_| place > 0)
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
pub const SHIPPED: &[&Template] = &[&SERVICE_DELIVERY, &SAAS_ONBOARDING];

/// The shipped template of this id.
#[must_use]
pub fn shipped(id: &str) -> Option<&'static Template> {
    SHIPPED.iter().copied().find(|template| template.id == id)
}

/// The id of the template that a new engagement follows: the one asked for, else its product's, else the default.
#[must_use]
pub fn choose<'a>(asked: Option<&'a str>, of_product: Option<&'a str>) -> &'a str {
    asked.or(of_product).unwrap_or(SERVICE_DELIVERY.id)
}

/// Chooses the template that a product's new engagements follow, which is the lead's to do; `now` is the one that they
/// follow now, and none stands for the default.
///
/// # Errors
/// [`Refusal::NotYourRole`].
pub fn decide_template_of(
    id: ProductId,
    now: Option<&str>,
    actor: &Actor,
    wanted: Option<&str>,
) -> Result<Vec<Change>, Refusal> {
    actor.must_have(&[Role::Lead])?;
    if now == wanted {
        return Ok(Vec::new());
    }
    let wanted = wanted.map(str::to_owned);
    Ok(vec![Change::set(PRODUCT, id.0, product::TEMPLATE, wanted)])
}

/// The template of this id; one that only a newer version knows reads as the default.
#[must_use]
pub fn find(id: Option<&str>) -> &'static Template {
    id.and_then(shipped).unwrap_or(&SERVICE_DELIVERY)
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

#[cfg(test)]
mod tests {
    use super::super::story::actor;
    use super::*;
    use crate::ids::Id;
    use std::collections::BTreeSet;

    #[test]
    fn a_new_engagement_follows_what_is_asked_for_else_its_product_s_template() {
        let [asked, of_product] = [Some("asked"), Some("of the product")];
        assert_eq!(choose(asked, of_product), "asked");
        assert_eq!(choose(None, of_product), "of the product");
        assert_eq!(choose(None, None), SERVICE_DELIVERY.id);
    }

    #[test]
    fn only_a_lead_chooses_the_template_of_a_product() {
        let decide = |role, wanted| {
            let now = Some(SERVICE_DELIVERY.id);
            decide_template_of(ProductId(Id([4; 16])), now, &actor("Ola", &[role]), wanted)
        };
        assert_eq!(decide(Role::Lead, None).map(|changes| changes.len()), Ok(1));
        assert_eq!(
            decide(Role::Lead, Some(SERVICE_DELIVERY.id)),
            Ok(Vec::new())
        );
        let refused = decide(Role::Sales, None);
        assert!(matches!(refused, Err(Refusal::NotYourRole { .. })));
    }

    #[test]
    fn nothing_is_taken_over_where_it_begins_anyway() {
        for template in SHIPPED {
            assert_eq!(template.taken_over_at(StageKind::PostSales), None);
            let renewal = template.taken_over_at(StageKind::Renewal);
            assert_eq!(renewal.map(|stage| stage.kind), Some(StageKind::Renewal));
        }
    }

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
