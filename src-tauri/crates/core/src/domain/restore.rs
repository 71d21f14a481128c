//! Giving a field a value again that it had before: through the rules that it would be typed through.

use super::calendar::may_set_absences;
use super::change::Parents;
use super::handover::decide_fill;
use super::item::{decide_tick, decide_untick};
use super::kinds::Role;
use super::mood::{Rhythm, decide_rhythm};
use super::promise::who_may_change;
use super::refusal::Refusal;
use super::renewal::may_set_contract_end;
use super::workspace::may_set_roles;
use super::{Actor, Change, Engagement};
use crate::ids::PersonId;
use crate::log::Operation;
use crate::log::registry::{self, PROMISE, engagement, person, product};

/// Restores the value that `operation` wrote, a restorable one. `about` is the engagement that it is about, if it is
/// about one, and `has_admin` whether the workspace has been set up.
///
/// # Errors
/// [`Refusal::EngagementDeleted`], and whatever typing the value by hand would be refused with.
pub fn decide_restore(
    operation: &Operation,
    about: Option<&Engagement>,
    actor: &Actor,
    has_admin: bool,
) -> Result<Vec<Change>, Refusal> {
    let Some((entity_kind, _)) = registry::entity(operation.entity_kind) else {
        return Ok(Vec::new());
    };
    about.map_or(Ok(()), Engagement::must_be_alive)?;
    let (field, value) = (operation.field, &operation.value);
    let set = || Change::set(entity_kind, operation.entity, field, value.clone());
    let changes = match (field, about) {
        (engagement::ITEM, Some(about)) if value.is_filled() => {
            decide_tick(about, actor, &operation.key, value)?
        }
        (engagement::ITEM, Some(about)) => decide_untick(about, actor, &operation.key)?,
        (engagement::POINT, Some(about)) => {
            decide_fill(about, actor, &[(operation.key.clone(), value.clone())])?
        }
        (engagement::MOOD_RHYTHM, Some(about)) => {
            decide_rhythm(about, actor, Rhythm::of_value(value))?
        }
        (engagement::CONTRACT_END_ON, Some(about)) => {
            about.must_be_running()?;
            may_set_contract_end(about, actor)?;
            vec![set()]
        }
        _ => {
            match field {
                person::ROLES => may_set_roles(Some(actor), has_admin)?,
                person::ABSENCES => may_set_absences(actor, PersonId(operation.entity))?,
                product::TEMPLATE => actor.must_have(&[Role::Lead])?,
                _ if entity_kind == PROMISE => actor.must_have(who_may_change(field))?,
                _ => {}
            }
            vec![set()]
        }
    };
    // Whoever restores has seen every value in the history and decides between them.
    let seen = changes.into_iter().map(|change| Change {
        parents: Parents::AllHeads,
        ..change
    });
    Ok(seen.collect())
}

#[cfg(test)]
mod tests {
    use super::super::story::{actor, engagement_of};
    use super::*;
    use crate::ids::Id;
    use crate::log::registry::{ENGAGEMENT, EntityKind, PERSON, PRODUCT, promise};
    use crate::log::{Kind, Value};

    fn written(entity_kind: EntityKind, field: u32, value: Value) -> Operation {
        let about = engagement_of("Ola");
        let created = about.records.values().next().expect("its creation");
        Operation {
            kind: Kind::Set,
            entity_kind: entity_kind.number,
            entity: if entity_kind == ENGAGEMENT {
                about.id.0
            } else {
                Id([9; 16])
            },
            field,
            value,
            fields: Vec::new(),
            ..created.operation.clone()
        }
    }

    #[test]
    fn what_one_may_not_set_one_may_not_restore() {
        let about = engagement_of("Ola");
        let on = Value::from("2027-12-31");
        let lines = Value::List(Vec::new());
        for (kind, field, value, right, wrong) in [
            (
                ENGAGEMENT,
                engagement::CONTRACT_END_ON,
                on,
                Role::BackOffice,
                Role::Support,
            ),
            (
                ENGAGEMENT,
                engagement::MOOD_RHYTHM,
                Rhythm::USUAL.words(),
                Role::AccountManager,
                Role::Sales,
            ),
            (
                PERSON,
                person::ROLES,
                lines.clone(),
                Role::Lead,
                Role::Sales,
            ),
            (PERSON, person::ABSENCES, lines, Role::Lead, Role::Sales),
            (
                PRODUCT,
                product::TEMPLATE,
                Value::Null,
                Role::Lead,
                Role::Sales,
            ),
            (
                PROMISE,
                promise::VERDICT,
                "feasible".into(),
                Role::Support,
                Role::Sales,
            ),
        ] {
            let operation = written(kind, field, value.clone());
            let of = (kind == ENGAGEMENT).then_some(&about);
            let restore = |role| decide_restore(&operation, of, &actor("Jo", &[role]), true);
            let changes = restore(right).expect("the right role");
            assert_eq!(
                (&changes[0].value, &changes[0].parents),
                (&value, &Parents::AllHeads)
            );
            let refused = restore(wrong);
            assert!(
                matches!(refused, Err(Refusal::NotYourRole { .. })),
                "{field} by {wrong:?}"
            );
        }
    }
}
