//! What a command works with: one transaction, the injected clock and ids, and who asks.

use crate::domain::{Actor, Change, Colleague, Engagement, Reader, Refusal};
use crate::error::{Error, Result};
use crate::ids::{ActId, EngagementId, Id, PersonId};
use crate::log::registry::{PERSON, WORKSPACE, person, workspace};
use crate::progress::{Progress, Rest};
use crate::store::fold::fold;
use crate::store::record::{Deed, Recorded, record};
use crate::store::touched::Touched;
use crate::store::{Environment, read, setting};
use rusqlite::Transaction;
use std::path::Path;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// The person chosen in the window.
    Window,
    /// The person of this id or name (`--as`).
    Person(String),
    /// Nobody: imports, exports and checks need no person.
    Nobody,
}

/// What a command works with.
pub struct Context<'a> {
    /// The store, in one transaction.
    pub connection: &'a Transaction<'a>,
    /// Clock and ids.
    pub environment: &'a Environment,
    /// Who asks.
    pub caller: &'a Caller,
    /// Where the store stands.
    pub directory: &'a Path,
    /// The act, once recorded.
    pub recorded: Option<Recorded>,
    /// What was touched.
    pub touched: Touched,
    /// Nothing of this is kept.
    pub is_preview: bool,
    /// Who is told how far a long command is.
    pub progress: &'a dyn Progress,
    /// Steps done before recording, and of how many in all; 0 if recording is all there is.
    pub steps: (u64, u64),
    /// What is being done.
    pub command: &'static str,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        connection: &'a Transaction<'a>,
        environment: &'a Environment,
        caller: &'a Caller,
        command: &'static str,
        directory: &'a Path,
        progress: &'a dyn Progress,
    ) -> Self {
        Self {
            connection,
            environment,
            caller,
            directory,
            recorded: None,
            touched: Touched::default(),
            is_preview: false,
            progress,
            steps: (0, 0),
            command,
        }
    }

    /// The acting person, if one is known.
    pub fn person(&self) -> Result<Option<Colleague>> {
        match self.caller {
            Caller::Nobody => Ok(None),
            Caller::Window => {
                let chosen = setting::bytes(self.connection, setting::PERSON)?
                    .and_then(|bytes| Id::from_slice(&bytes));
                chosen.map_or(Ok(None), |id| {
                    read::colleague(self.connection, PersonId(id))
                })
            }
            Caller::Person(name) => {
                let colleagues = read::colleagues(self.connection)?;
                let by_id = name.parse::<Id>().ok();
                let folded = fold(name);
                let mut matching = colleagues.into_iter().filter(|colleague| {
                    Some(colleague.id.0) == by_id || fold(&colleague.name) == folded
                });
                match (matching.next(), matching.next()) {
                    (Some(colleague), None) => Ok(Some(colleague)),
                    (Some(_), Some(_)) => Err(Refusal::PersonAmbiguous {
                        person: name.clone(),
                    }
                    .into()),
                    (None, _) => Err(Refusal::PersonUnknown {
                        person: name.clone(),
                    }
                    .into()),
                }
            }
        }
    }

    /// The acting person with the workspace around them.
    ///
    /// # Errors
    /// [`Refusal::WhoAreYou`].
    pub fn actor(&self) -> Result<Actor> {
        let person = self.person()?.ok_or(Refusal::WhoAreYou)?;
        let admin = read::workspace(self.connection)?.and_then(|workspace| workspace.admin);
        let is_alone = read::colleagues(self.connection)?.len() == 1;
        Ok(Actor {
            is_admin: admin == Some(person.id),
            is_alone,
            person,
        })
    }

    /// Whoever looks. Looking needs no known person: an unknown `--as` is refused where it would act.
    pub fn reader(&self) -> Result<Reader> {
        let person = self.person().ok().flatten().map(|person| person.id);
        let actor = match person {
            Some(_) => Some(self.actor()?),
            None => None,
        };
        Ok(Reader {
            person,
            stands_in: actor.is_some_and(|actor| actor.stands_in()),
            is_alone: read::colleagues(self.connection)?.len() <= 1,
        })
    }

    /// An engagement by its id as text.
    pub fn engagement(&self, id: &str) -> Result<Engagement> {
        read::engagement(self.connection, EngagementId(parse_id("engagement", id)?))
    }

    /// A colleague by id as text.
    pub fn colleague(&self, id: &str) -> Result<Colleague> {
        let not_found = || Error::NotFound {
            what: "person",
            id: id.to_owned(),
        };
        read::colleague(self.connection, PersonId(parse_id("person", id)?))?.ok_or_else(not_found)
    }

    /// Records changes as one transaction of the act.
    pub fn record(&mut self, changes: Vec<Change>) -> Result<()> {
        self.record_all(vec![changes], None)
    }

    /// Records several transactions as one act. The first act of a store sets the workspace up.
    pub fn record_all(
        &mut self,
        mut transactions: Vec<Vec<Change>>,
        undo_of: Option<ActId>,
    ) -> Result<()> {
        debug_assert!(self.recorded.is_none(), "a command is one act");
        if transactions.iter().all(Vec::is_empty) {
            return Ok(());
        }
        let person = self.person()?.map(|person| person.id);
        if read::workspace_id(self.connection)?.is_none() {
            let id = self.environment.new_id();
            setting::keep(self.connection, setting::WORKSPACE, id.0)?;
            transactions.insert(0, vec![Change::create(WORKSPACE, id, Vec::new())]);
        }
        let deed = Deed {
            command: self.command,
            person,
            undo_of,
        };
        let (done, total) = self.steps;
        let rest = Rest::new(self.progress, done, total);
        let recorded = record(
            self.connection,
            self.environment,
            &deed,
            transactions,
            &rest,
        )?;
        if let Some(recorded) = recorded {
            self.touched = recorded.touched.clone();
            self.recorded = Some(recorded);
        }
        Ok(())
    }

    /// A new person; the first one that anybody adds is the workspace's admin.
    pub fn new_person(&self, id: Id, name: &str, roles: &[crate::domain::kinds::Role]) -> Change {
        let roles = roles.iter().map(|role| role.word().into()).collect();
        Change::create(
            PERSON,
            id,
            vec![
                (person::NAME, name.into()),
                (person::ROLES, crate::log::Value::List(roles)),
            ],
        )
    }

    /// Makes a person the admin, in a workspace without one.
    pub fn appoint_admin(&mut self, admin: Id) -> Result<Vec<Vec<Change>>> {
        if let Some(workspace) = read::workspace(self.connection)? {
            return Ok(match workspace.admin {
                Some(_) => Vec::new(),
                None => vec![vec![Change::set(
                    WORKSPACE,
                    workspace.id.0,
                    workspace::ADMIN,
                    admin,
                )]],
            });
        }
        let id = self.environment.new_id();
        setting::keep(self.connection, setting::WORKSPACE, id.0)?;
        Ok(vec![vec![Change::create(
            WORKSPACE,
            id,
            vec![(workspace::ADMIN, admin.into())],
        )]])
    }
}

/// An id as text.
///
/// # Errors
/// [`Error::NotFound`]: what is no id names nothing.
pub(super) fn parse_id(what: &'static str, text: &str) -> Result<Id> {
    text.parse().map_err(|_| Error::NotFound {
        what,
        id: text.to_owned(),
    })
}
