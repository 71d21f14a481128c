//! Who acts, and what their roles allow.

use super::kinds::Role;
use super::refusal::Refusal;
use crate::ids::PersonId;

/// A person as the rules see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// The person.
    pub id: PersonId,
    /// Name as typed.
    pub name: String,
    /// Roles held.
    pub roles: Vec<Role>,
}

/// The person who acts, with the workspace around them.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Who.
    pub person: Colleague,
    /// Set the workspace up; may act for an owner who is not there, like a lead.
    pub is_admin: bool,
    /// Nobody else is in the workspace.
    pub is_alone: bool,
}

impl Actor {
    /// Holds the role.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.person.roles.contains(&role)
    }

    /// May act in somebody's place; the history says so.
    #[must_use]
    pub fn stands_in(&self) -> bool {
        self.is_admin || self.has(Role::Lead)
    }

    /// Holds one of the roles, or stands in for somebody who does.
    ///
    /// # Errors
    /// [`Refusal::NotYourRole`] otherwise.
    pub fn must_have(&self, needed: &[Role]) -> Result<(), Refusal> {
        if self.stands_in() || needed.iter().any(|role| self.has(*role)) {
            Ok(())
        } else {
            Err(Refusal::NotYourRole {
                needed: needed.to_vec(),
                person: self.person.name.clone(),
            })
        }
    }
}

/// Whoever looks, known or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// Who, if known.
    pub person: Option<PersonId>,
    /// May act in somebody's place, and so reads what is meant for a lead.
    pub stands_in: bool,
    /// The workspace has no two people, and so nothing to keep from anybody.
    pub is_alone: bool,
}
