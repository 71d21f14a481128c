//! Journeys without a mouse: only keys, as a person who does not use one.

use super::Journey;
use baton_tests::program::Cli;
use baton_tests::screen::{Name, Screen};

/// Only keys from here on: a field is reached with Tab and filled by typing.
async fn key_in(screen: &Screen, field: &str, text: &str) {
    screen.walk_to("textbox", field, "Tab").await;
    screen.type_text(text).await;
}

async fn key_press(screen: &Screen, role: &str, name: impl Into<Name<'_>>, key: &str) {
    screen.walk_to(role, name, "Tab").await;
    screen.press(key).await;
}

/// Somebody else sits down, without touching the mouse.
async fn key_work_as(screen: &Screen, name: &str) {
    key_press(screen, "button", Name::Starts("Working as"), "Enter").await;
    screen.walk_to("menuitem", Name::Starts(name), "Down").await;
    screen.press("Enter").await;
    screen
        .get("button", Name::Is(&format!("Working as {name}")))
        .await;
}

pub async fn the_same_way_is_gone_by_keyboard_alone(here: &Journey) {
    let screen = &here.screen;
    screen.get("heading", "Welcome to Baton").await;
    key_in(screen, "Your name", "Iris Holm").await;
    key_press(screen, "checkbox", "Sales", "Space").await;
    key_press(screen, "button", "Continue", "Enter").await;
    key_press(screen, "button", Name::Starts("Start empty"), "Enter").await;

    // A colleague, and a deal that was won by mail.
    screen.get("heading", Name::Starts("Today")).await;
    screen.press("g").await;
    screen.press("p").await;
    key_press(screen, "button", Name::Starts("Add a colleague"), "Enter").await;
    screen.get("dialog", "Add a colleague").await;
    key_in(screen, "Name", "Maja Berg").await;
    key_press(screen, "checkbox", "Project manager", "Space").await;
    key_press(screen, "button", "Add", "Enter").await;
    screen.gone("dialog", "Add a colleague").await;
    screen.press("g").await;
    screen.press("b").await;
    screen.sees("Nothing is in the pipeline yet").await;
    screen.press("c").await;
    key_in(screen, "Client", "Kaleva Paper").await;
    key_in(screen, "Name", "Beacon for the mill").await;
    key_in(screen, "Contract value", "7500").await;
    key_press(screen, "button", "Create engagement", "Enter").await;
    screen.get("heading", "Beacon for the mill").await;

    // The board refuses the move from the keyboard, says why, and gives the focus back.
    screen.press("g").await;
    screen.press("b").await;
    let card = Name::Has("Beacon for the mill");
    screen.walk_to("link", card, "Tab").await;
    screen.press("Shift+Right").await;
    screen.get("dialog", Name::Has("moves to Kick-off")).await;
    screen.sees("Brief verified by a second person").await;
    screen.press("Escape").await;
    screen.gone("dialog", Name::Has("moves to Kick-off")).await;
    screen.has_focus("link", card).await;
    screen.press("Enter").await;

    // The handover, field after field.
    screen.get("heading", "Beacon for the mill").await;
    screen.press("h").await;
    for (point, name) in [
        ("Decision maker", "Ewa Nowak"),
        ("Daily contact", "Jan Kos"),
    ] {
        key_in(screen, &format!("{point} > Name"), name).await;
        key_in(screen, &format!("{point} > Role"), "Operations").await;
        key_in(screen, &format!("{point} > Language"), "Polish").await;
        key_in(screen, &format!("{point} > E-mail"), "client@example.com").await;
    }
    for point in ["Business need", "Expected result", "Scope", "Out of scope"] {
        key_in(
            screen,
            &format!("{point} > {point}"),
            "As the client said it.",
        )
        .await;
    }
    key_in(screen, "Schedule > Starts on", "2026-12-01").await;
    key_in(screen, "Schedule > Ends on", "2027-02-26").await;
    key_in(screen, "Commercial terms > Value", "7500").await;
    key_in(screen, "Commercial terms > Currency", "EUR").await;
    key_in(screen, "Commercial terms > Billing", "Monthly").await;
    key_press(screen, "checkbox", "No promises were made", "Space").await;
    for point in ["Concerns and risks", "Order description"] {
        key_in(
            screen,
            &format!("{point} > {point}"),
            "As the client said it.",
        )
        .await;
    }
    screen.walk_to("combobox", "Hand over to", "Tab").await;
    screen.type_text("M").await;
    screen.sees("All 11 points are filled").await;
    key_press(screen, "button", "Submit", "Enter").await;
    screen.sees("Waits for Maja Berg").await;

    // Verified, returned with a comment, corrected, accepted.
    key_work_as(screen, "Maja Berg").await;
    key_press(screen, "button", "Verify the brief", "Enter").await;
    screen.sees("Maja Berg verified the brief").await;
    key_press(screen, "button", "Return…", "Enter").await;
    screen
        .walk_to("textbox", Name::Starts("Scope > Comment on Scope"), "Tab")
        .await;
    screen.type_text("Which site?").await;
    key_press(screen, "button", "Return with 1 comment", "Enter").await;
    screen.sees("Returned with comments").await;

    key_work_as(screen, "Iris Holm").await;
    key_in(screen, "Scope > Scope", "The mill only. ").await;
    key_press(screen, "button", "Submit again", "Enter").await;
    screen.sees("Waits for Maja Berg").await;

    key_work_as(screen, "Maja Berg").await;
    key_press(screen, "button", "Verify the brief", "Enter").await;
    screen.sees("Maja Berg verified the brief").await;
    key_press(screen, "button", "Accept…", "Enter").await;
    key_in(screen, "Who was there", "Iris Holm, Maja Berg").await;
    key_in(screen, "Minutes or link to the recording", "Agreed.").await;
    key_press(screen, "button", "Accept the handover", "Enter").await;
    screen.sees("Maja Berg accepted it").await;

    screen.press("l").await;
    key_in(
        screen,
        "Scope meeting > Scope meeting held on",
        "2026-11-18",
    )
    .await;
    screen.press("Enter").await;
    screen
        .gone("button", "Scope meeting > Save: Scope meeting held on")
        .await;
    screen
        .walk_to(
            "combobox",
            "Scope meeting > Scope confirmed or redefined",
            "Tab",
        )
        .await;
    screen.type_text("C").await;
    key_press(
        screen,
        "button",
        "Scope meeting > Save: Scope confirmed or redefined",
        "Enter",
    )
    .await;
    screen
        .gone(
            "button",
            "Scope meeting > Save: Scope confirmed or redefined",
        )
        .await;
    screen.press("m").await;
    screen.get("checkbox", "Team prepared to start").await;

    let list = Cli::new(here.store()).done(&["engagements", "--stage", "kick-off"]);
    assert_eq!(list[0]["owner"], "Maja Berg", "{list}");
}

pub async fn a_morning_of_an_account_manager_is_gone_through_by_keyboard_alone(here: &Journey) {
    let screen = &here.screen;
    screen.get("heading", "Welcome to Baton").await;
    key_in(screen, "Your name", "Rita Falk").await;
    key_press(screen, "checkbox", "Account manager", "Space").await;
    key_press(screen, "button", "Continue", "Enter").await;
    key_press(screen, "button", Name::Starts("Start empty"), "Enter").await;
    screen.get("heading", Name::Starts("Today")).await;
    // Five clients whose kick-off was three weeks ago, written by another process meanwhile.
    let cli = Cli::new(here.store()).as_person("Rita Falk");
    let kick_off = (chrono::Local::now().date_naive() - chrono::Days::new(21)).to_string();
    for client in ["Lumen", "Ostrava Glass", "Marlow", "Fjord", "Kaleva"] {
        let args = serde_json::json!({ "account": client, "name": format!("{client} desk"), "template_id": null });
        let id = cli.call("create_engagement", &args);
        let args = serde_json::json!({ "engagement_id": id, "item_id": "kick_off_held", "value": kick_off });
        cli.call("tick_item", &args);
    }
    screen.sees("Go through all 10").await;

    // The pass: ten moods, one of them low, one promise on the way.
    screen.press("p").await;
    screen.get("heading", Name::Starts("Mood checks")).await;
    for at in 1..=10 {
        screen.sees(&format!("{at} of 10")).await;
        if at == 6 {
            screen.press("p").await;
            key_in(screen, "What do you promise?", "A call on Friday").await;
            screen.press("Enter").await;
            screen.gone("textbox", "What do you promise?").await;
        }
        if at == 3 {
            screen.press("2").await;
            screen.type_text("They wait for the accesses").await;
        } else {
            screen.press("4").await;
        }
        screen.press("Enter").await;
    }
    screen.sees("All checks are gone through").await;
    screen.sees("10 written down").await;
    screen.press("Enter").await;
    screen.get("heading", Name::Starts("Today")).await;
    screen.sees_no_more("Go through all").await;

    let due = cli.call("list_due", &serde_json::json!({}));
    assert_eq!(due["count"], 0, "{due}");
    let found = cli.call("search", &serde_json::json!({ "words": "call friday" }));
    assert_eq!(found["groups"][0]["kind"], "promise", "{found}");
}
