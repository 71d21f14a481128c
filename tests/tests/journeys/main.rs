//! What a person does from the first start on, in both engines: the browser on `baton-cli serve`, and the app's own
//! window. Controls are found by role and name, as a screen reader finds them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use baton_tests::book;
use baton_tests::program::Cli;
use baton_tests::screen::{Engine, Name, Screen};
use serde_json::Value;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

mod keyboard;
mod start;

use keyboard::{
    a_morning_of_an_account_manager_is_gone_through_by_keyboard_alone,
    the_same_way_is_gone_by_keyboard_alone,
};

/// Writes a journey once and runs it in both engines.
macro_rules! journeys {
    ($($(#[doc = $doc:literal])* $name:ident)*) => {
        mod in_the_browser {
            $(#[tokio::test] async fn $name() { super::travel(super::Engine::Browser, super::$name).await })*
        }
        mod in_the_window {
            $(#[tokio::test] async fn $name() { super::travel(super::Engine::Window, super::$name).await })*
        }
    };
}

journeys! {
    a_deal_comes_from_a_file_to_the_board_and_its_gate_says_what_is_open
    an_engagement_lives_from_its_handover_to_its_renewal_and_the_one_that_follows
    a_morning_of_an_account_manager_is_gone_through_by_keyboard_alone
    the_same_way_is_gone_by_keyboard_alone
    every_screen_is_accessible_in_light_and_in_dark
}

/// Where a journey takes place.
struct Journey {
    screen: Screen,
    dir: TempDir,
}

impl Journey {
    fn store(&self) -> PathBuf {
        self.dir.path().join("store")
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }
}

async fn travel(engine: Engine, journey: impl AsyncFnOnce(&Journey)) {
    let dir = tempfile::tempdir().unwrap();
    let screen = Screen::open(engine, &dir.path().join("store")).await;
    let here = Journey { screen, dir };
    journey(&here).await;
    let Journey { screen, dir } = here;
    screen.close().await;
    let check = Cli::new(dir.path().join("store")).done(&["check"]);
    assert_eq!(check["ok"], true, "{check}");
}

/// First run: says who works here and takes in the made-up export; ends on the board.
async fn begin_with_import(here: &Journey) {
    let screen = &here.screen;
    screen.get("heading", "Welcome to Baton").await;
    screen.fill("Your name", "Iris Holm").await;
    screen.tick("checkbox", "Sales").await;
    screen.click("button", "Continue").await;
    screen
        .click("button", Name::Starts("Import won deals"))
        .await;
    screen
        .choose_file("File", &book::write_deals(here.path()))
        .await;
    screen
        .get("heading", Name::Starts("What the import will do"))
        .await;
    screen.sees("€141,050.50").await;
    screen.click("button", "Import 5 rows").await;
    screen.get("heading", Name::Starts("Imported")).await;
    screen.click("button", "Go to the board").await;
    screen.get("region", Name::Starts("Post-sales")).await;
}

async fn a_deal_comes_from_a_file_to_the_board_and_its_gate_says_what_is_open(here: &Journey) {
    let screen = &here.screen;
    begin_with_import(here).await;
    screen.get("link", Name::Has("Lumen & Sons")).await;
    assert_eq!(
        screen.count("link", Name::Has("Gate")).await
            + screen.count("link", Name::Has("left")).await,
        5
    );
    assert_eq!(
        Cli::new(here.store())
            .done(&["engagements"])
            .as_array()
            .map(Vec::len),
        Some(book::WON as usize)
    );

    // Moving a card with open items is refused, and the refusal names them.
    screen.click("link", Name::Has("Lumen & Sons")).await;
    screen
        .click("button", Name::Starts("Move to Kick-off"))
        .await;
    screen.get("dialog", Name::Has("moves to Kick-off")).await;
    screen.sees("Scope meeting held on").await;
    screen.sees("Brief verified by a second person").await;
    screen.click("button", "Close").await;
    screen.gone("dialog", Name::Has("moves to Kick-off")).await;

    // What is done by hand can be undone from the message that says so.
    screen
        .fill("Scope meeting > Scope meeting held on", "2026-11-18")
        .await;
    screen
        .click("button", "Scope meeting > Save: Scope meeting held on")
        .await;
    screen
        .click("button", "Done: Scope meeting held on > Undo")
        .await;
    screen
        .get("textbox", "Scope meeting > Scope meeting held on")
        .await;
}

/// Fills every mandatory point of the handover form.
async fn fill_handover(screen: &Screen) {
    for (point, name) in [
        ("Decision maker", "Ewa Nowak"),
        ("Daily contact", "Jan Kos"),
    ] {
        screen.fill(format!("{point} > Name").as_str(), name).await;
        screen
            .fill(format!("{point} > Role").as_str(), "Head of operations")
            .await;
        screen
            .fill(format!("{point} > Language").as_str(), "Polish")
            .await;
        screen
            .fill(format!("{point} > E-mail").as_str(), "client@example.com")
            .await;
    }
    for point in [
        "Business need",
        "Expected result",
        "Scope",
        "Out of scope",
        "Concerns and risks",
        "Order description",
    ] {
        screen
            .fill(
                format!("{point} > {point}").as_str(),
                &format!("{point}, as the client said it."),
            )
            .await;
    }
    screen.fill("Schedule > Starts on", "2026-12-01").await;
    screen.fill("Schedule > Ends on", "2027-02-26").await;
    screen.fill("Commercial terms > Value", "12500").await;
    screen.fill("Commercial terms > Currency", "EUR").await;
    screen
        .fill("Commercial terms > Billing", "Half in advance")
        .await;
    screen.tick("checkbox", "No promises were made").await;
    screen.sees("All 11 points are filled").await;
}

/// Somebody else sits down at this laptop.
async fn work_as(screen: &Screen, name: &str) {
    screen.click("button", Name::Starts("Working as")).await;
    screen.click("menuitem", Name::Starts(name)).await;
    screen
        .get("button", Name::Is(&format!("Working as {name}")))
        .await;
}

async fn a_handover_is_written_verified_returned_corrected_accepted_and_kicked_off(here: &Journey) {
    let screen = &here.screen;
    begin_with_import(here).await;
    // A colleague is added by another process while the app is open.
    Cli::new(here.store())
        .as_person("Iris Holm")
        .create_person("Maja Berg", &["project_manager"]);
    screen.click("link", Name::Has("Lumen & Sons")).await;
    screen.click("tab", Name::Starts("Handover")).await;
    fill_handover(screen).await;
    screen.choose("Hand over to", "Maja Berg").await;
    screen.click("button", "Submit").await;
    screen.sees("Waits for Maja Berg").await;

    work_as(screen, "Maja Berg").await;
    screen.click("button", "Verify the brief").await;
    screen.sees("Maja Berg verified the brief").await;
    screen.click("button", "Return…").await;
    screen
        .fill(
            Name::Starts("Scope > Comment on Scope"),
            "Which of the two sites?",
        )
        .await;
    screen.click("button", "Return with 1 comment").await;
    screen.sees("Returned with comments").await;

    work_as(screen, "Iris Holm").await;
    screen.sees("Which of the two sites?").await;
    screen
        .fill("Scope > Scope", "The site in Gdynia only.")
        .await;
    screen.click("button", "Submit again").await;
    screen.sees("Waits for Maja Berg").await;

    work_as(screen, "Maja Berg").await;
    screen.click("button", "Verify the brief").await;
    screen.click("button", "Accept…").await;
    screen.fill("Handover meeting held on", "2026-11-19").await;
    screen.fill("Who was there", "Iris Holm, Maja Berg").await;
    screen
        .fill(
            "Minutes or link to the recording",
            "Scope agreed, start on 1 December.",
        )
        .await;
    screen.click("button", "Accept the handover").await;
    screen.gone("dialog", Name::Has("Accept")).await;
    screen.sees("Maja Berg accepted it").await;

    screen.click("tab", Name::Starts("Checklist")).await;
    fill_item(
        screen,
        "Scope meeting",
        "Scope meeting held on",
        "2026-11-18",
    )
    .await;
    // One item is forgotten: the refusal lets it be filled there and then.
    screen
        .click("button", Name::Starts("Move to Kick-off"))
        .await;
    screen.get("dialog", Name::Has("moves to Kick-off")).await;
    screen
        .choose("Scope confirmed or redefined", "Confirmed")
        .await;
    screen.click("button", "Save and move").await;
    screen.tick("checkbox", "Team prepared to start").await;
    fill_item(screen, "Kick-off held", "Kick-off held on", "2026-12-01").await;
    screen
        .tick("checkbox", "Scope re-confirmed by the client")
        .await;
    screen.tick("checkbox", "Accesses received").await;
    fill_item(
        screen,
        "Set-up",
        "Channels agreed",
        "Mail, and a call on Mondays",
    )
    .await;
    fill_item(
        screen,
        "Set-up",
        "Form and rhythm of reporting agreed",
        "One page every second Friday",
    )
    .await;
    let introduced = "Client told by name who is responsible (date and channel)";
    fill_item(
        screen,
        "Team introduced",
        introduced,
        "2026-12-01, in the call",
    )
    .await;
    screen
        .click("button", Name::Starts("Move to Execution"))
        .await;
    screen.sees("Moved to Execution").await;

    let list = Cli::new(here.store()).done(&["engagements", "--stage", "execution"]);
    assert_eq!(list.as_array().map(Vec::len), Some(1), "{list}");
    assert_eq!(list[0]["owner"], "Maja Berg");
    assert_eq!(list[0]["effective_stage"], "execution");
}

async fn an_engagement_lives_from_its_handover_to_its_renewal_and_the_one_that_follows(
    here: &Journey,
) {
    let screen = &here.screen;
    a_handover_is_written_verified_returned_corrected_accepted_and_kicked_off(here).await;
    Cli::new(here.store())
        .as_person("Iris Holm")
        .create_person("Rita Falk", &["account_manager"]);

    // Execution.
    for item in [
        "Milestones have dates",
        "Milestones done",
        "Hours reviewed",
        "Budget reviewed",
    ] {
        screen.tick("checkbox", item).await;
    }
    fill_item(screen, "Acceptance", "Client signed off on", "2026-12-20").await;
    screen
        .click("button", Name::Starts("Move to Closure"))
        .await;
    screen.sees("Moved to Closure").await;

    // Closure, and the handover to the account manager.
    fill_item(screen, "Results", "Metrics recorded", "92 % within an hour").await;
    fill_item(screen, "Results", "Targets met", "Both").await;
    let summary = "Summary meeting with the client held on";
    fill_item(screen, "Summary meeting", summary, "2027-01-10").await;
    fill_item(
        screen,
        "Retrospective",
        "Retrospective held on",
        "2027-01-11",
    )
    .await;
    screen.tick("checkbox", "Final invoice sent").await;
    screen.tick("checkbox", "Documents delivered").await;
    fill_item(
        screen,
        "Farewell",
        "Client satisfaction asked on",
        "2027-01-12",
    )
    .await;
    screen
        .tick("checkbox", "Reference or referral asked for")
        .await;
    screen.click("tab", Name::Starts("Handover")).await;
    screen.choose("Hand over to", "Rita Falk").await;
    screen.click("button", Name::Starts("Submit")).await;
    screen.sees("Waits for Rita Falk").await;
    work_as(screen, "Rita Falk").await;
    screen.click("button", "Accept…").await;
    screen.fill("Handover meeting held on", "2027-01-13").await;
    screen.fill("Who was there", "Maja Berg, Rita Falk").await;
    screen
        .fill("Minutes or link to the recording", "The client stays.")
        .await;
    screen.click("button", "Accept the handover").await;
    screen.gone("dialog", Name::Has("Accept")).await;
    screen.click("tab", Name::Starts("Checklist")).await;
    screen
        .click("button", Name::Starts("Move to Renewal"))
        .await;
    screen.sees("Moved to Renewal").await;

    // Renewal, and the engagement that follows.
    screen
        .tick("checkbox", "Client is on “contact next quarter”")
        .await;
    let satisfaction = "Satisfaction checked (1 to 5)";
    screen
        .choose(format!("Satisfaction > {satisfaction}").as_str(), "5")
        .await;
    screen
        .click(
            "button",
            format!("Satisfaction > Save: {satisfaction}").as_str(),
        )
        .await;
    fill_item(
        screen,
        "Upsell",
        "Upsell reviewed",
        "A second site in spring",
    )
    .await;
    screen.click("button", Name::Has("Renewal decision")).await;
    screen.get("dialog", Name::Has("How does it end")).await;
    screen.tick("radio", Name::Starts("Expanded")).await;
    screen
        .fill(Name::Starts("Contract ends on"), "2028-01-31")
        .await;
    screen.click("button", "Decide").await;
    screen.gone("dialog", Name::Has("How does it end")).await;
    screen.sees("Renewed").await;
    screen
        .click("link", Name::Has("Open the next engagement"))
        .await;
    screen.get("button", Name::Starts("Move to Kick-off")).await;

    let list = Cli::new(here.store()).done(&["engagements", "--stage", "post-sales"]);
    let next: Vec<&Value> = list
        .as_array()
        .unwrap()
        .iter()
        .filter(|engagement| engagement["owner"] == "Rita Falk")
        .collect();
    assert_eq!(next.len(), 1, "{list}");
}

/// Fills an item that takes a date or a line of text.
async fn fill_item(screen: &Screen, step: &str, item: &str, value: &str) {
    screen
        .fill(format!("{step} > {item}").as_str(), value)
        .await;
    screen
        .click("button", format!("{step} > Save: {item}").as_str())
        .await;
    screen
        .gone("button", format!("{step} > Save: {item}").as_str())
        .await;
}

async fn every_screen_is_accessible_in_light_and_in_dark(here: &Journey) {
    let screen = &here.screen;
    screen.get("heading", "Welcome to Baton").await;
    screen.is_accessible("first run").await;
    begin_with_import(here).await;
    Cli::new(here.store())
        .as_person("Iris Holm")
        .create_person("Maja Berg", &["project_manager"]);
    screen.get("link", Name::Has("Lumen & Sons")).await;
    screen.is_accessible("board").await;
    for place in [
        "Today",
        "Engagements",
        "Clients",
        "People",
        "Products",
        "Exchange",
        "Settings",
    ] {
        screen.click("link", Name::Starts(place)).await;
        screen.get("heading", Name::Starts(place)).await;
        screen.is_accessible(place).await;
    }
    screen.click("link", Name::Starts("Board")).await;
    screen.click("link", Name::Has("Lumen & Sons")).await;
    for tab in ["Checklist", "Handover", "Promises", "Moods", "History"] {
        screen.click("tab", Name::Starts(tab)).await;
        screen.is_accessible(tab).await;
    }
    screen
        .click("button", Name::Starts("Move to Kick-off"))
        .await;
    screen.get("dialog", Name::Has("moves to Kick-off")).await;
    screen.is_accessible("closed gate").await;
}
