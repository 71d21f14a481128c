//! What holds for everybody in a workspace: who gives rights, and the currency of amounts typed without one.

use super::actor::Actor;
use super::kinds::Role;
use super::refusal::Refusal;

/// The currency of a workspace that chose none.
pub const USUAL_CURRENCY: &str = "USD";

/// Rights are the lead's to give, and the admin's; a workspace without an admin is being set up, by anybody.
///
/// # Errors
/// [`Refusal::WhoAreYou`] or [`Refusal::NotYourRole`].
pub fn may_set_roles(actor: Option<&Actor>, has_admin: bool) -> Result<(), Refusal> {
    if has_admin {
        actor.ok_or(Refusal::WhoAreYou)?.must_have(&[Role::Lead])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::story::actor;
    use super::*;

    #[test]
    fn rights_are_given_by_a_lead_or_the_admin_once_there_is_one() {
        let ola = actor("Ola", &[Role::Sales]);
        assert!(may_set_roles(None, false).is_ok());
        assert_eq!(may_set_roles(None, true), Err(Refusal::WhoAreYou));
        assert!(matches!(
            may_set_roles(Some(&ola), true),
            Err(Refusal::NotYourRole { .. })
        ));
        assert!(may_set_roles(Some(&actor("Liisa", &[Role::Lead])), true).is_ok());
        let admin = Actor {
            is_admin: true,
            ..ola
        };
        assert!(may_set_roles(Some(&admin), true).is_ok());
    }
}
