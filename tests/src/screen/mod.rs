//! A screen to drive: Chromium on `baton-cli serve`, or the real window with its own web engine.
//!
//! Owns starting and stopping of drivers and programs, and finding controls as a person finds them: by role and
//! name. Everything waits for a condition; nothing waits for a time. Both engines run the same journeys.

mod engine;
mod keys;

pub use engine::Engine;

use engine::Running;
use fantoccini::Client;
use fantoccini::elements::Element;
use serde_json::{Value, json};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The longest that anything may take to show, on a busy machine of two cores.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(40);

/// How a name has to fit.
#[derive(Debug, Clone, Copy)]
pub enum Name<'a> {
    /// It is exactly this.
    Is(&'a str),
    /// This stands in it.
    Has(&'a str),
    /// It starts with this.
    Starts(&'a str),
}

impl<'a> From<&'a str> for Name<'a> {
    fn from(name: &'a str) -> Self {
        Self::Is(name)
    }
}

impl<'a> Name<'a> {
    fn parts(self) -> (&'a str, &'static str) {
        match self {
            Self::Is(name) => (name, "is"),
            Self::Has(name) => (name, "has"),
            Self::Starts(name) => (name, "starts"),
        }
    }
}

/// An open app.
pub struct Screen {
    client: Client,
    engine: Engine,
    running: Running,
    photographs: std::cell::Cell<u32>,
}

impl Screen {
    /// Opens the app on the store in `dir`.
    ///
    /// # Panics
    /// If a program is missing or does not start.
    pub async fn open(engine: Engine, store: &Path) -> Self {
        let (running, client) = engine::start(engine, store).await;
        Self {
            client,
            engine,
            running,
            photographs: std::cell::Cell::new(0),
        }
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Closes the app and everything that was started for it.
    pub async fn close(self) {
        let _ = tokio::time::timeout(PATIENCE, self.client.close()).await;
        self.running.stop();
    }

    /// Ends everything that was started for the app without asking it, as when it is dead already.
    pub fn end(self) {
        self.running.stop();
    }

    /// Looks until `look` finds something.
    ///
    /// # Panics
    /// With what the page says, if it does not in time.
    pub async fn wait<T, F>(&self, what: &str, mut look: impl FnMut() -> F) -> T
    where
        F: Future<Output = Option<T>>,
    {
        let started = Instant::now();
        let mut ticks = tokio::time::interval(LOOK);
        loop {
            ticks.tick().await;
            if let Some(found) = look().await {
                return found;
            }
            if started.elapsed() > PATIENCE {
                self.give_up(what).await;
            }
        }
    }

    async fn give_up(&self, what: &str) -> ! {
        let outline = self.run(include_str!("outline.js"), vec![]).await;
        let photograph = self.photograph("failed").await;
        panic!(
            "{:?}: waited in vain for {what}\nphotograph: {}\n{}",
            self.engine,
            photograph
                .map(|path| path.display().to_string())
                .unwrap_or_default(),
            outline.as_str().unwrap_or_default()
        );
    }

    /// Runs a script in the page; null if the page was just being replaced.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client
            .execute(script, arguments)
            .await
            .unwrap_or_default()
    }

    async fn look_for(&self, role: &str, name: Name<'_>, everywhere: bool) -> Vec<Element> {
        let (name, how) = name.parts();
        let found = self
            .run(
                include_str!("find.js"),
                vec![json!(role), json!(name), json!(how), json!(everywhere)],
            )
            .await;
        let elements = found.as_array().cloned().unwrap_or_default();
        elements
            .into_iter()
            .filter_map(|element| {
                let id = element.as_object()?.values().next()?.as_str()?.to_owned();
                Some(Element::from_element_id(self.client.clone(), id.into()))
            })
            .collect()
    }

    /// The first element of this role and name; inside the open dialog, if there is one.
    pub async fn get<'a>(&self, role: &str, name: impl Into<Name<'a>>) -> Element {
        let name = name.into();
        self.wait(&format!("{role} {name:?}"), || async move {
            self.look_for(role, name, false).await.into_iter().next()
        })
        .await
    }

    /// How many elements of this role and name there are now.
    pub async fn count<'a>(&self, role: &str, name: impl Into<Name<'a>>) -> usize {
        self.look_for(role, name.into(), false).await.len()
    }

    /// Waits until there is no such element.
    pub async fn gone<'a>(&self, role: &str, name: impl Into<Name<'a>>) {
        let name = name.into();
        self.wait(&format!("{role} {name:?} to go"), || async move {
            self.look_for(role, name, false)
                .await
                .is_empty()
                .then_some(())
        })
        .await;
    }

    /// Clicks an element.
    pub async fn click<'a>(&self, role: &str, name: impl Into<Name<'a>>) {
        let name = name.into();
        self.wait(&format!("{role} {name:?} to click"), || async move {
            let element = self.look_for(role, name, false).await.into_iter().next()?;
            // One that is closed with a reason is not what a journey wants to click.
            if element
                .attr("aria-disabled")
                .await
                .ok()
                .flatten()
                .as_deref()
                == Some("true")
            {
                return None;
            }
            self.click_in_view(&element).await
        })
        .await;
    }

    /// Clicks, or brings what cannot be clicked into the middle of its scroller for the next try.
    async fn click_in_view(&self, element: &Element) -> Option<()> {
        if element.click().await.is_ok() {
            return Some(());
        }
        let script = "arguments[0].scrollIntoView({ block: 'center' }); return true";
        self.run(script, vec![json!(element)]).await;
        None
    }

    /// Replaces the text of a field by typing.
    pub async fn fill<'a>(&self, name: impl Into<Name<'a>>, text: &str) {
        let name = name.into();
        let field = self.get("textbox", name).await;
        if !field
            .prop("value")
            .await
            .ok()
            .flatten()
            .unwrap_or_default()
            .is_empty()
        {
            field.clear().await.expect("a field can be cleared");
        }
        field
            .send_keys(text)
            .await
            .expect("a field can be typed into");
        self.wait(&format!("{name:?} to say {text:?}"), || async {
            (field.prop("value").await.ok().flatten().as_deref() == Some(text)).then_some(())
        })
        .await;
    }

    /// Chooses an option of a select by its text.
    pub async fn choose<'a>(&self, name: impl Into<Name<'a>>, option: &str) {
        let name = name.into();
        let select = self.get("combobox", name).await;
        if select.tag_name().await.ok().as_deref() == Some("select") {
            self.wait(&format!("option {option:?} of {name:?}"), || async {
                self.run(
                    include_str!("choose.js"),
                    vec![json!(select), json!(option)],
                )
                .await
                .as_bool()
                .filter(|&done| done)
            })
            .await;
        } else {
            select.click().await.expect("a combobox can be clicked");
            self.click("option", Name::Starts(option)).await;
        }
    }

    /// Ticks a checkbox, or picks a radio button.
    pub async fn tick<'a>(&self, role: &str, name: impl Into<Name<'a>>) {
        let name = name.into();
        let control = self.get(role, name).await;
        let ticked = || async {
            let checked = control.is_selected().await.unwrap_or(false);
            let aria = control.attr("aria-checked").await.ok().flatten();
            (checked || aria.as_deref() == Some("true")).then_some(())
        };
        if ticked().await.is_none() {
            // A message may lie over it for a moment.
            let what = format!("{role} {name:?} to click");
            self.wait(&what, || self.click_in_view(&control)).await;
        }
        self.wait(&format!("{name:?} to be ticked"), ticked).await;
    }

    /// Chooses a file, as the system's dialog would.
    pub async fn choose_file<'a>(&self, name: impl Into<Name<'a>>, file: &Path) {
        let input = self.get("file", name).await;
        input
            .send_keys(&file.display().to_string())
            .await
            .expect("a file can be chosen");
    }

    /// Everything that can be read on the page, in one line.
    pub async fn text(&self) -> String {
        let text = self.run("return document.body.innerText", vec![]).await;
        let text: String = text
            .as_str()
            .unwrap_or_default()
            .chars()
            .filter(|c| !('\u{2066}'..='\u{2069}').contains(c))
            .collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Waits until a text can be read.
    pub async fn sees(&self, words: &str) {
        self.wait(&format!("the text {words:?}"), || async {
            self.text().await.contains(words).then_some(())
        })
        .await;
    }

    /// Waits until a text can no longer be read.
    pub async fn sees_no_more(&self, words: &str) {
        self.wait(&format!("the text {words:?} to go"), || async {
            (!self.text().await.contains(words)).then_some(())
        })
        .await;
    }

    /// Photographs the page into `target/test-logs/photographs`.
    pub async fn photograph(&self, name: &str) -> Option<PathBuf> {
        self.photographs.set(self.photographs.get() + 1);
        let file = format!(
            "{:?}-{}-{:02}-{name}.png",
            self.engine,
            std::process::id(),
            self.photographs.get()
        );
        let path = crate::program::repository()
            .join("target/test-logs/photographs")
            .join(file.to_lowercase());
        self.photograph_to(&path).await.then_some(path)
    }

    /// Photographs the page into a file; false if that is not possible here.
    pub async fn photograph_to(&self, path: &Path) -> bool {
        let Some(Ok(())) = path.parent().map(std::fs::create_dir_all) else {
            return false;
        };
        match self.engine {
            Engine::Browser => match self.client.screenshot().await {
                Ok(bytes) => std::fs::write(path, bytes).is_ok(),
                Err(_) => false,
            },
            // WebKitWebDriver never answers this while drawing goes through the processor: photograph the screen.
            Engine::Window => {
                let mut import = std::process::Command::new("import");
                import
                    .args(["-window", "root", "-crop", "1280x800+0+0", "+repage"])
                    // The same picture is the same file, whenever it was taken.
                    .args(["-define", "png:exclude-chunks=date,time"])
                    .arg(path);
                import.status().is_ok_and(|status| status.success())
            }
        }
    }

    /// Waits until the page was drawn twice.
    pub async fn drawn(&self) {
        let script = "const done = arguments[arguments.length - 1]; \
                      requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        let _ = self.client.execute_async(script, vec![]).await;
    }

    /// Sets the theme for this page.
    pub async fn set_theme(&self, theme: &str) {
        self.run(
            "document.documentElement.dataset.theme = arguments[0]",
            vec![json!(theme)],
        )
        .await;
    }

    /// Looks for accessibility defects in light and in dark.
    ///
    /// # Panics
    /// With the defects, if there are any.
    pub async fn is_accessible(&self, page: &str) {
        let axe = std::fs::read_to_string(
            crate::program::repository().join("ui/node_modules/axe-core/axe.min.js"),
        )
        .expect("axe-core is installed in ui/node_modules");
        if self.run("return typeof window.axe", vec![]).await == json!("undefined") {
            self.run(&axe, vec![]).await;
        }
        let before = self
            .run(
                "return document.documentElement.dataset.theme ?? null",
                vec![],
            )
            .await;
        for theme in ["light", "dark"] {
            self.set_theme(theme).await;
            let found = self
                .client
                .execute_async(include_str!("axe.js"), vec![])
                .await;
            let found = found.expect("axe runs in the page");
            assert_eq!(
                found,
                json!([]),
                "{:?}: {page} in {theme}: {found:#}",
                self.engine
            );
        }
        self.run(
            "if (arguments[0] === null) delete document.documentElement.dataset.theme; \
             else document.documentElement.dataset.theme = arguments[0];",
            vec![before],
        )
        .await;
    }
}
