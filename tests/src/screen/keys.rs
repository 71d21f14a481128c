//! The keyboard: real key events to whatever has the focus.

use super::Screen;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::json;

impl Screen {
    /// Presses keys together: `"Enter"`, `"Shift+Tab"`, `"Ctrl+z"`, `"g"`.
    ///
    /// # Panics
    /// For a key that is not known here.
    pub async fn press(&self, keys: &str) {
        let codes: Vec<char> = keys.split('+').map(code).collect();
        let mut actions = KeyActions::new("keyboard".to_owned());
        for &value in &codes {
            actions = actions.then(KeyAction::Down { value });
        }
        for &value in codes.iter().rev() {
            actions = actions.then(KeyAction::Up { value });
        }
        self.client
            .perform_actions(actions)
            .await
            .unwrap_or_else(|error| panic!("{keys} cannot be pressed: {error}"));
    }

    /// Types a text, key by key.
    ///
    /// # Panics
    /// If the driver refuses.
    pub async fn type_text(&self, text: &str) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            actions = actions
                .then(KeyAction::Down { value })
                .then(KeyAction::Up { value });
        }
        self.client
            .perform_actions(actions)
            .await
            .unwrap_or_else(|error| panic!("{text:?} cannot be typed: {error}"));
    }

    /// Waits until the control of this role and name has the focus.
    pub async fn has_focus<'a>(&self, role: &str, name: impl Into<super::Name<'a>>) {
        let name = name.into();
        self.wait(&format!("the focus on {role} {name:?}"), || async move {
            for element in self.look_for(role, name, false).await {
                if self.is_focused(&element).await {
                    return Some(());
                }
            }
            None
        })
        .await;
    }

    async fn is_focused(&self, element: &Element) -> bool {
        let script = "return arguments[0] === document.activeElement";
        self.run(script, vec![json!(element)]).await == json!(true)
    }

    /// Presses Tab (or another key) until the control of this role and name has the focus.
    pub async fn walk_to<'a>(&self, role: &str, name: impl Into<super::Name<'a>>, key: &str) {
        let name = name.into();
        self.get(role, name).await;
        for _ in 0..200 {
            for element in self.look_for(role, name, false).await {
                if self.is_focused(&element).await {
                    return;
                }
            }
            self.press(key).await;
        }
        self.give_up(&format!("{role} {name:?} to be reached with {key}"))
            .await;
    }
}

fn code(key: &str) -> char {
    let named = match key {
        "Enter" => Key::Enter,
        "Tab" => Key::Tab,
        "Shift" => Key::Shift,
        "Ctrl" => Key::Control,
        "Alt" => Key::Alt,
        "Escape" => Key::Escape,
        "Space" => return ' ',
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "Backspace" => Key::Backspace,
        "F6" => Key::F6,
        letter if letter.chars().count() == 1 => return letter.chars().next().unwrap_or_default(),
        other => panic!("no key is called {other}"),
    };
    named.into()
}
