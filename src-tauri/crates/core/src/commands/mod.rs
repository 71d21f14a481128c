//! Everything that can be asked of Baton, behind one door: a name, arguments, a typed reply.
//!
//! The window, HTTP, the command line, imports and tests all come through [`call`]. A command loads, asks the
//! domain, records and builds a view; it has no rules of its own. A write runs in one transaction, and a refusal
//! rolls it back.

mod accounts;
mod arguments;
mod contacts;
mod context;
mod exchange;
mod export;
mod handover;
mod history;
mod import;
mod import_deals;
mod import_memory;
mod import_rows;
mod import_screen;
mod moods;
mod people;
mod pipeline;
mod products;
mod promise;
mod reminders;
mod renewals;
mod sample;
mod search;
mod session;
mod today;
mod view;
pub mod wire;

pub use context::Caller;
pub use import::FileContent;

use crate::error::{Error, Result};
use crate::progress::{Progress, Silent};
use crate::store::Store;
use crate::store::check::CheckReport;
use crate::store::record::Recorded;
use crate::store::touched::Touched;
use crate::views::*;
use arguments::read_arguments;
use context::Context;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use ts_rs::TS;

/// A reply, and what the act changed.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The command's reply.
    pub reply: Json,
    /// The act that was recorded, to undo it.
    pub act_id: Option<String>,
    /// What the screens load again; empty after reading.
    pub touched: Touched,
}

/// No arguments.
#[derive(Debug, Clone, Default, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Names one engagement.
#[derive(Debug, Clone, Deserialize, TS, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfEngagement {
    /// The engagement.
    pub engagement_id: String,
}

/// Arguments and reply of a command, for TypeScript.
#[derive(TS)]
pub struct Signature<A, R> {
    /// What is asked.
    pub args: A,
    /// What comes back.
    pub reply: R,
}

macro_rules! commands {
    ($($(#[doc = $doc:literal])* $way:ident $module:ident::$name:ident($args:ty) -> $reply:ty;)*) => {
        /// Every command with its arguments and reply.
        #[derive(TS)]
        #[ts(export)]
        pub struct Commands {
            $($(#[doc = $doc])* pub $name: Signature<$args, $reply>,)*
        }

        /// Runs a command on a store.
        ///
        /// # Errors
        /// The refusal or error of the command; then nothing was written.
        pub fn call(store: &mut Store, caller: &Caller, name: &str, args: Json) -> Result<Outcome> {
            call_with(store, caller, name, args, &Silent)
        }

        /// The same, telling how far a long command is.
        ///
        /// # Errors
        /// As [`call`], and [`Error::Cancelled`] if `progress` wishes to stop.
        pub fn call_with(
            store: &mut Store,
            caller: &Caller,
            name: &str,
            args: Json,
            progress: &dyn Progress,
        ) -> Result<Outcome> {
            match name {
                $(stringify!($name) => $way(store, caller, stringify!($name), args, progress, $module::$name),)*
                _ => Err(Error::UnknownCommand { name: name.to_owned() }),
            }
        }

        /// Names, descriptions and argument schemas of every command, as JSON.
        #[must_use]
        pub fn describe() -> Json {
            let commands = vec![$(
                json!({
                    "name": stringify!($name),
                    "description": concat!($($doc),*).trim(),
                    "arguments": schemars::schema_for!($args),
                }),
            )*];
            Json::Array(commands)
        }
    };
}

commands! {
    /// Who uses this store, and what it holds.
    reads session::session(Nothing) -> SessionView;
    /// Chooses the person who acts in this window.
    sets session::choose_person(session::ChoosePerson) -> SessionView;
    /// Sets the currency of amounts typed without one.
    writes session::choose_currency(session::ChooseCurrency) -> SessionView;
    /// Fills an empty store with a sample book.
    writes sample::load_sample(sample::LoadSample) -> SampleReport;
    /// Everybody in the workspace.
    reads people::people(Nothing) -> Vec<PersonView>;
    /// Adds a person; the first one sets the workspace up. Replies with the id.
    writes people::create_person(people::CreatePerson) -> String;
    /// Changes a person's name or roles.
    writes people::update_person(people::UpdatePerson) -> PersonView;
    /// The columns of the board.
    reads pipeline::board(pipeline::BoardFilter) -> BoardView;
    /// A window of one column's cards.
    reads pipeline::board_cards(pipeline::BoardCards) -> Window<CardView>;
    /// A window of the list of engagements.
    reads pipeline::list_engagements(pipeline::ListEngagements) -> Window<CardView>;
    /// Everything about one engagement.
    reads pipeline::engagement(OfEngagement) -> EngagementView;
    /// Adds an engagement in the first stage of its template. Replies with the id.
    writes pipeline::create_engagement(pipeline::CreateEngagement) -> String;
    /// Renames an engagement.
    writes pipeline::rename_engagement(pipeline::RenameEngagement) -> EngagementView;
    /// Hides an engagement; it can be restored.
    writes pipeline::delete_engagement(OfEngagement) -> EngagementView;
    /// Shows a deleted engagement again.
    writes pipeline::restore_engagement(OfEngagement) -> EngagementView;
    /// Says that a checklist item is done.
    writes pipeline::tick_item(pipeline::TickItem) -> EngagementView;
    /// Says that a checklist item is not done after all.
    writes pipeline::untick_item(pipeline::UntickItem) -> EngagementView;
    /// Moves an engagement back, or forward through an open gate.
    writes pipeline::move_stage(pipeline::MoveStage) -> EngagementView;
    /// Opens the gate of the current stage with a reason; counted for ever.
    writes pipeline::override_gate(pipeline::OverrideGate) -> EngagementView;
    /// Writes points of the handover form.
    writes handover::fill_handover(handover::FillHandover) -> EngagementView;
    /// Offers the handover to a receiver.
    writes handover::submit_handover(handover::SubmitHandover) -> EngagementView;
    /// Takes a submission back before it was answered.
    writes handover::withdraw_handover(OfEngagement) -> EngagementView;
    /// Verifies the brief as it stands, by a second person.
    writes handover::verify_brief(OfEngagement) -> EngagementView;
    /// Sends the handover back with a comment per point.
    writes handover::return_handover(handover::ReturnHandover) -> EngagementView;
    /// Accepts the handover; responsibility passes to the receiver.
    writes handover::accept_handover(handover::AcceptHandover) -> EngagementView;
    /// Reopens an accepted handover; responsibility goes back.
    writes handover::reopen_handover(handover::ReopenHandover) -> EngagementView;
    /// Logs a promise made to the client.
    writes promise::log_promise(promise::LogPromise) -> EngagementView;
    /// Gives delivery's verdict on a promise.
    writes promise::judge_promise(promise::JudgePromise) -> EngagementView;
    /// Says what became of a promise.
    writes promise::settle_promise(promise::SettlePromise) -> EngagementView;
    /// Removes a promise that was logged by mistake; it can be undone.
    writes promise::delete_promise(promise::OfPromise) -> EngagementView;
    /// Takes an act back; without an id the last one of the acting person.
    writes history::undo(history::OfAct) -> UndoReply;
    /// Takes an undo back; without an id the last one of the acting person.
    writes history::redo(history::OfAct) -> UndoReply;
    /// A window of the acts that touched an engagement, the newest first.
    reads history::history(history::History) -> Window<HistoryEntry>;
    /// Gives a field the value of an earlier operation again.
    writes history::restore(history::OfOperation) -> Option<EngagementView>;
    /// A window of the client companies.
    reads accounts::list_accounts(accounts::ListAccounts) -> Window<AccountRowView>;
    /// A client company with its people.
    reads accounts::account(accounts::OfAccount) -> AccountView;
    /// Client companies whose name is close to one that is typed.
    reads accounts::similar_accounts(accounts::SimilarAccounts) -> Vec<SimilarAccountView>;
    /// Adds a client company. Replies with the id.
    writes accounts::create_account(accounts::CreateAccount) -> String;
    /// Changes what is known of a client company.
    writes accounts::update_account(accounts::UpdateAccount) -> AccountView;
    /// A window of people at client companies.
    reads contacts::list_contacts(contacts::ListContacts) -> Window<ContactView>;
    /// Adds a person at a client company. Replies with the id.
    writes contacts::create_contact(contacts::CreateContact) -> String;
    /// Changes what is known of a contact.
    writes contacts::update_contact(contacts::UpdateContact) -> ();
    /// Removes a contact; it can be undone.
    writes contacts::delete_contact(contacts::OfContact) -> ();
    /// A window of the catalogue.
    reads products::list_products(products::ListProducts) -> Window<ProductView>;
    /// The ways of working that ship with the app.
    reads products::templates(Nothing) -> Vec<TemplateView>;
    /// Chooses the template that a product's new engagements follow.
    writes products::set_product_template(products::SetProductTemplate) -> ProductView;
    /// Searches accounts, contacts, engagements, promises, people and products.
    reads search::search(search::Search) -> SearchView;
    /// What waits for the acting person, what hurts first.
    reads today::today(today::Today) -> TodayView;
    /// Mood checks that are due up to a day.
    reads moods::list_due(moods::ListDue) -> Window<DueCheckView>;
    /// How client and team of an engagement feel.
    reads moods::moods(OfEngagement) -> MoodsView;
    /// Keeps a reading of the client's or the team's mood.
    writes moods::record_mood(moods::RecordMood) -> EngagementView;
    /// Skips the mood check that is due next, with a reason.
    writes moods::skip_mood(moods::SkipMood) -> EngagementView;
    /// Gives an engagement a rhythm of mood checks of its own.
    writes moods::set_mood_rhythm(moods::SetMoodRhythm) -> EngagementView;
    /// Days on which nobody is asked.
    reads moods::calendar(Nothing) -> CalendarView;
    /// Sets weekend and holidays of the workspace.
    writes moods::set_calendar(moods::SetCalendar) -> CalendarView;
    /// Sets when a person is away.
    writes moods::set_absences(moods::SetAbsences) -> Vec<String>;
    /// What a reminder says now, if anything.
    reads reminders::due_reminders(Nothing) -> ReminderView;
    /// Notes that a reminder was shown; replies with how many were news. What waits for none is left out.
    sets reminders::mark_reminded(reminders::MarkReminded) -> u32;
    /// When this laptop reminds.
    reads reminders::reminder_settings(Nothing) -> ReminderSettingsView;
    /// Changes when this laptop reminds.
    sets reminders::set_reminders(reminders::SetReminders) -> ReminderSettingsView;
    /// Decides how an engagement ends; a renewal opens the next one.
    writes renewals::decide_renewal(renewals::DecideRenewal) -> RenewalView;
    /// Says when the contract ends.
    writes renewals::set_contract_end(renewals::SetContractEnd) -> EngagementView;
    /// Takes a running engagement over at its true stage.
    writes renewals::take_over(renewals::TakeOver) -> EngagementView;
    /// Imports won deals from a CRM's export.
    writes import::import_deals(import::ImportDeals) -> ImportReport;
    /// The columns of a deals file, and what they are taken for.
    reads import_screen::import_columns(import::ImportDeals) -> ImportColumnsView;
    /// A window of the rows of a deals file, and what would become of each.
    reads import_screen::import_rows(import_screen::ImportRows) -> ImportRowsView;
    /// The rejected rows of a deals file as a file to correct and import again.
    reads import_screen::rejected_rows(import::ImportDeals) -> RejectedFile;
    /// Imports client companies.
    writes import::import_accounts(import::ImportAccounts) -> ImportReport;
    /// Imports products.
    writes import::import_products(import::ImportProducts) -> ImportReport;
    /// A bundle with everything this laptop knows.
    reads exchange::export_bundle(Nothing) -> BundleFile;
    /// Takes over what a colleague's bundle knows.
    writes exchange::import_bundle(exchange::ImportBundle) -> BundlePreview;
    /// A file for other programs: a table, or everything as JSON.
    reads export::export_file(export::ExportFile) -> ExportedFile;
    /// The backups that Baton made by itself.
    checks session::backups(Nothing) -> BackupsView;
    /// Checks that the store is whole.
    checks session::check(Nothing) -> CheckReport;
}

/// Runs one of the commands that the sample book is made with, as somebody, within the same transaction.
fn run_within(
    context: &Context<'_>,
    caller: &Caller,
    name: &'static str,
    args: Json,
) -> Result<()> {
    let mut context = Context::new(
        context.connection,
        context.environment,
        caller,
        name,
        context.directory,
        context.progress,
    );
    match name {
        "fill_handover" => {
            handover::fill_handover(&mut context, read_arguments(name, args)?).map(drop)
        }
        "submit_handover" => {
            handover::submit_handover(&mut context, read_arguments(name, args)?).map(drop)
        }
        "return_handover" => {
            handover::return_handover(&mut context, read_arguments(name, args)?).map(drop)
        }
        "verify_brief" => {
            handover::verify_brief(&mut context, read_arguments(name, args)?).map(drop)
        }
        "accept_handover" => {
            handover::accept_handover(&mut context, read_arguments(name, args)?).map(drop)
        }
        "log_promise" => promise::log_promise(&mut context, read_arguments(name, args)?).map(drop),
        "tick_item" => pipeline::tick_item(&mut context, read_arguments(name, args)?).map(drop),
        "move_stage" => pipeline::move_stage(&mut context, read_arguments(name, args)?).map(drop),
        _ => Err(Error::UnknownCommand {
            name: name.to_owned(),
        }),
    }
}

fn write_reply<R: Serialize>(reply: &R) -> Result<Json> {
    serde_json::to_value(reply).map_err(|error| Error::Internal {
        place: error.to_string(),
    })
}

fn reads<A: DeserializeOwned + JsonSchema, R: Serialize>(
    store: &mut Store,
    caller: &Caller,
    name: &'static str,
    args: Json,
    progress: &dyn Progress,
    command: fn(&mut Context<'_>, A) -> Result<R>,
) -> Result<Outcome> {
    let args = read_arguments(name, args)?;
    let directory = store.directory().to_owned();
    // Reading commands take the same context; their transaction is rolled back, so that none can write.
    let reply = store.view(|transaction, environment| {
        command(
            &mut Context::new(transaction, environment, caller, name, &directory, progress),
            args,
        )
    })?;
    Ok(Outcome {
        reply: write_reply(&reply)?,
        act_id: None,
        touched: Touched::default(),
    })
}

fn writes<A: DeserializeOwned + JsonSchema, R: Serialize>(
    store: &mut Store,
    caller: &Caller,
    name: &'static str,
    args: Json,
    progress: &dyn Progress,
    command: fn(&mut Context<'_>, A) -> Result<R>,
) -> Result<Outcome> {
    let args = read_arguments(name, args)?;
    let directory = store.directory().to_owned();
    let (reply, recorded, touched) = store.write_unless(|transaction, environment| {
        let mut context =
            Context::new(transaction, environment, caller, name, &directory, progress);
        let reply = write_reply(&command(&mut context, args)?)?;
        let keep = !context.is_preview;
        Ok((
            (
                reply,
                // What was not kept has no act and touched nothing.
                context.recorded.take().filter(|_| keep),
                if keep {
                    std::mem::take(&mut context.touched)
                } else {
                    Touched::default()
                },
            ),
            keep,
        ))
    })?;
    let act_id = recorded.map(|recorded: Recorded| recorded.act.to_string());
    Ok(Outcome {
        reply,
        act_id,
        touched,
    })
}

/// A local setting: written, but no act.
fn sets<A: DeserializeOwned + JsonSchema, R: Serialize>(
    store: &mut Store,
    caller: &Caller,
    name: &'static str,
    args: Json,
    progress: &dyn Progress,
    command: fn(&mut Context<'_>, A) -> Result<R>,
) -> Result<Outcome> {
    let outcome = writes(store, caller, name, args, progress, command)?;
    Ok(Outcome {
        touched: Touched::everything(),
        ..outcome
    })
}

fn checks<A: DeserializeOwned + JsonSchema, R: Serialize>(
    store: &mut Store,
    _caller: &Caller,
    name: &'static str,
    args: Json,
    _progress: &dyn Progress,
    command: fn(&mut Store, A) -> Result<R>,
) -> Result<Outcome> {
    let reply = command(store, read_arguments(name, args)?)?;
    Ok(Outcome {
        reply: write_reply(&reply)?,
        act_id: None,
        touched: Touched::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ui/` compiles against these files; `git diff` after this test shows whether they are fresh.
    #[test]
    fn bindings_for_typescript_are_written() {
        let config = ts_rs::Config::from_env();
        Commands::export_all(&config).expect("commands");
        crate::domain::Refusal::export_all(&config).expect("refusals");
        crate::error::BundleFault::export_all(&config).expect("bundle faults");
        crate::store::touched::TouchedView::export_all(&config).expect("event");
    }

    #[test]
    fn every_command_describes_itself() {
        let Json::Array(commands) = describe() else {
            panic!("a list")
        };
        for command in commands {
            assert!(
                command["description"]
                    .as_str()
                    .is_some_and(|text| text.ends_with('.') || text.contains('.')),
                "{command}"
            );
        }
    }
}
