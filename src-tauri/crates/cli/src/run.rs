//! One task after the other: arguments into commands of the core, replies into answers.
//!
//! Owns which command a task calls. It leaves out the rules and the words; both are the core's.

use crate::answer::{Answer, Failure};
use crate::arguments::{Arguments, Export, Import, TableFile, Task};
use crate::{files, serve};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use baton_core::import_file::FILE_LIMIT_BYTES;
use baton_core::{Caller, Environment, Error, Store};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// Largest mapping file and largest JSON of `call`, in bytes.
const JSON_LIMIT_BYTES: u64 = 64 * 1024 * 1024;

/// Rows of one window when a list is read whole.
const WINDOW_ROWS: usize = 500;

/// Does what the arguments say.
///
/// # Errors
/// Whatever the core, the file system or the arguments refuse.
pub fn run(arguments: &Arguments) -> Result<Answer, Failure> {
    if let Task::Commands = arguments.task {
        return Ok(Answer::Json(baton_core::commands::describe()));
    }
    if let Task::Recover = arguments.task {
        let dir = find_store(arguments)?;
        let recovery = baton_core::store::recover::recover(&dir, Environment::system())?;
        return Ok(Answer::Json(recovery.to_json()));
    }
    let mut store = open(arguments)?;
    let caller = match &arguments.person {
        Some(person) => Caller::Person(person.clone()),
        None => Caller::Nobody,
    };
    let mut door = Door {
        store: &mut store,
        caller: &caller,
    };
    match &arguments.task {
        Task::Commands | Task::Recover => Ok(Answer::Json(baton_core::commands::describe())),
        Task::Import { what } => door.import(what),
        Task::Call { name, json } => door
            .call(name, read_arguments(name, json)?)
            .map(Answer::Json),
        Task::Engagements { stage } => door.list_engagements(stage.map(|stage| stage.code())),
        Task::Export { what } => match what {
            Export::Bundle { file } => door.export_bundle(file),
            Export::Engagements(table) => door.export_table("engagements", table),
            Export::Accounts(table) => door.export_table("accounts", table),
            Export::Handovers(table) => door.export_table("handovers", table),
            Export::Json { file } => {
                door.export_file(file, json!({ "kind": "everything", "format": "json" }))
            }
        },
        Task::Backups => door.call("backups", json!({})).map(Answer::Json),
        Task::Backup { file } => door.back_up(file),
        Task::Check => door.check(),
        Task::Dump => Ok(Answer::Text(door.store.dump()?)),
        Task::Rehearsal => {
            door.store.mark_rehearsal()?;
            Ok(Answer::Json(json!({ "rehearsal": true })))
        }
        Task::Sample { engagements, seed } => {
            let mut wishes = Map::new();
            put(&mut wishes, "engagements", *engagements);
            put(&mut wishes, "seed", *seed);
            door.call("load_sample", Value::Object(wishes))
                .map(Answer::Json)
        }
        Task::Serve(wishes) => {
            let caller = arguments
                .person
                .clone()
                .map_or(Caller::Window, Caller::Person);
            serve::serve(store, caller, wishes)
        }
    }
}

/// The directory of the store that was named.
fn find_store(arguments: &Arguments) -> Result<PathBuf, Failure> {
    match &arguments.store {
        Some(dir) => Ok(dir.clone()),
        None => {
            baton_core::places::find_store_dir(|name| std::env::var_os(name)).ok_or_else(|| {
                Failure::Usage {
                    reason: "no home directory is known: name a store with --store DIR".to_owned(),
                }
            })
        }
    }
}

/// Opens the store that was named, at the time that was named.
fn open(arguments: &Arguments) -> Result<Store, Failure> {
    let dir = find_store(arguments)?;
    match &arguments.now {
        None => Ok(Store::open(&dir)?),
        Some(now) => Ok(Store::open_at(&dir, now)?),
    }
}

/// The store, and who asks.
struct Door<'a> {
    store: &'a mut Store,
    caller: &'a Caller,
}

impl Door<'_> {
    fn call(&mut self, name: &str, arguments: Value) -> Result<Value, Failure> {
        Ok(baton_core::call(self.store, self.caller, name, arguments)?.reply)
    }

    fn import(&mut self, what: &Import) -> Result<Answer, Failure> {
        let (command, file, preview) = match what {
            Import::Deals { file, preview, .. } => ("import_deals", file, *preview),
            Import::Accounts { file, preview } => ("import_accounts", file, *preview),
            Import::Products { file, preview, .. } => ("import_products", file, *preview),
            Import::Bundle { file, preview } => ("import_bundle", file, *preview),
        };
        let mut wishes = Map::new();
        match what {
            Import::Deals {
                mapping,
                date_order,
                currency,
                encoding,
                alias,
                take_over,
                ..
            } => {
                if let Some(mapping) = mapping {
                    put(&mut wishes, "mapping", Some(read_mapping(mapping)?));
                }
                put(
                    &mut wishes,
                    "date_order",
                    date_order.map(|order| order.code()),
                );
                put(&mut wishes, "currency", currency.clone());
                put(&mut wishes, "encoding", encoding.clone());
                put(&mut wishes, "take_over", take_over.then_some(true));
                if !alias.is_empty() {
                    put(&mut wishes, "aliases", Some(read_aliases(alias)?));
                }
            }
            Import::Products { currency, .. } => put(&mut wishes, "currency", currency.clone()),
            Import::Accounts { .. } | Import::Bundle { .. } => {}
        }
        let content = BASE64.encode(files::read(file, FILE_LIMIT_BYTES)?);
        put(&mut wishes, "file_name", Some(files::name_of(file)));
        put(&mut wishes, "content_base64", Some(content));
        put(&mut wishes, "preview", Some(preview));
        let Import::Deals {
            rejected: Some(out),
            ..
        } = what
        else {
            return self.call(command, Value::Object(wishes)).map(Answer::Json);
        };
        // Before anything is imported, so that a bad name is found in time.
        files::reserve(out)?;
        let mut report = self.call(command, Value::Object(wishes.clone()))?;
        let rejected = self.call("rejected_rows", Value::Object(wishes))?;
        let has_rows = rejected.get("rows").and_then(Value::as_u64) > Some(0);
        if let (true, Some(csv)) = (has_rows, rejected.get("csv").and_then(Value::as_str)) {
            files::write(out, csv.as_bytes())?;
        }
        if let Some(report) = report.as_object_mut() {
            let path = has_rows.then(|| absolute(out));
            report.insert("rejected_file".to_owned(), json!(path));
        }
        Ok(Answer::Json(report))
    }

    fn list_engagements(&mut self, kind: Option<&str>) -> Result<Answer, Failure> {
        let mut list = Vec::new();
        loop {
            let mut wishes = Map::new();
            put(&mut wishes, "kind", kind);
            put(&mut wishes, "sort", Some("name"));
            put(&mut wishes, "from", Some(list.len()));
            put(&mut wishes, "count", Some(WINDOW_ROWS));
            let mut window = self.call("list_engagements", Value::Object(wishes))?;
            let rows = window
                .get_mut("rows")
                .and_then(Value::as_array_mut)
                .map(std::mem::take)
                .unwrap_or_default();
            let count = window.get("count").and_then(Value::as_u64).unwrap_or(0);
            let last = rows.is_empty();
            list.extend(rows.iter().map(line_of));
            if last || list.len() as u64 >= count {
                return Ok(Answer::Json(Value::Array(list)));
            }
        }
    }

    fn export_bundle(&mut self, file: &Path) -> Result<Answer, Failure> {
        self.write_reply(file, "export_bundle", json!({}), "operations")
    }

    fn export_table(&mut self, kind: &str, table: &TableFile) -> Result<Answer, Failure> {
        let ending = table
            .file
            .extension()
            .map(|ending| ending.to_string_lossy().to_lowercase());
        let format = match ending.as_deref() {
            Some("csv") => "csv",
            Some("xlsx") => "xlsx",
            _ => {
                return Err(Failure::Usage {
                    reason: format!(
                        "{} ends neither in .csv nor in .xlsx: name a file that does",
                        table.file.display()
                    ),
                });
            }
        };
        let wishes = json!({ "kind": kind, "format": format, "bom": table.bom });
        self.export_file(&table.file, wishes)
    }

    fn export_file(&mut self, file: &Path, wishes: Value) -> Result<Answer, Failure> {
        self.write_reply(file, "export_file", wishes, "rows")
    }

    /// Writes the file that a command gives, and says how many of what are in it.
    fn write_reply(
        &mut self,
        file: &Path,
        command: &str,
        wishes: Value,
        counted: &str,
    ) -> Result<Answer, Failure> {
        files::reserve(file)?;
        let reply = self.call(command, wishes)?;
        let content = reply
            .get("content_base64")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let bytes = BASE64.decode(content).map_err(|error| Failure::Usage {
            reason: error.to_string(),
        })?;
        files::write(file, &bytes)?;
        let mut answer = Map::new();
        put(
            &mut answer,
            "path",
            Some(absolute(file).display().to_string()),
        );
        put(&mut answer, "bytes", Some(bytes.len()));
        put(&mut answer, counted, reply.get(counted).cloned());
        Ok(Answer::Json(Value::Object(answer)))
    }

    fn back_up(&mut self, file: &Path) -> Result<Answer, Failure> {
        let bytes = self.store.backup(file)?;
        Ok(Answer::Json(
            json!({ "path": absolute(file), "bytes": bytes }),
        ))
    }

    fn check(&mut self) -> Result<Answer, Failure> {
        let report = self.call("check", json!({}))?;
        let whole = report.get("ok").and_then(Value::as_bool).unwrap_or(false);
        Ok(if whole {
            Answer::Json(report)
        } else {
            Answer::BadNews(report)
        })
    }
}

fn read_aliases(typed: &[String]) -> Result<Value, Failure> {
    let pairs = typed.iter().map(|alias| {
        let (typed, known) = alias.split_once('=').ok_or_else(|| Failure::Usage {
            reason: format!("--alias {alias}: write it as TYPED=KNOWN"),
        })?;
        Ok((typed.to_owned(), known.into()))
    });
    Ok(Value::Object(pairs.collect::<Result<_, Failure>>()?))
}

/// What `engagements` prints of a card.
fn line_of(card: &Value) -> Value {
    let field = |name: &str| card.get(name).cloned().unwrap_or_default();
    let money = |name: &str| {
        card.get("value")
            .and_then(|value| value.get(name))
            .cloned()
            .unwrap_or_default()
    };
    json!({
        "id": field("id"),
        "account": field("account"),
        "account_id": field("account_id"),
        "name": field("name"),
        "stage": field("stage"),
        "effective_stage": field("effective_stage"),
        "owner": field("owner"),
        "owner_id": field("owner_id"),
        "value_minor": money("minor"),
        "currency": money("currency"),
        "signed_on": field("signed_on"),
    })
}

fn put(wishes: &mut Map<String, Value>, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        wishes.insert(key.to_owned(), value.into());
    }
}

/// The arguments of a command as typed, or from standard input.
fn read_arguments(command: &str, text: &str) -> Result<Value, Failure> {
    let not_json = || Failure::Core(Error::not_json(command));
    match text {
        "-" => parse_json(&files::read(Path::new("-"), JSON_LIMIT_BYTES)?).ok_or_else(not_json),
        _ => serde_json::from_str(text).map_err(|_| not_json()),
    }
}

fn read_mapping(path: &Path) -> Result<Value, Failure> {
    parse_json(&files::read(path, JSON_LIMIT_BYTES)?).ok_or_else(|| Failure::Usage {
        reason: format!(
            "{} is not JSON: correct it, as in the import guide",
            path.display()
        ),
    })
}

/// JSON out of a file, where nothing stands for an empty object.
fn parse_json(bytes: &[u8]) -> Option<Value> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.trim_ascii().is_empty() {
        return Some(json!({}));
    }
    serde_json::from_slice(bytes).ok()
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
