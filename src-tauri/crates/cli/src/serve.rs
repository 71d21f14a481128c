//! The door over HTTP, for a browser on this machine: the journeys and work on the user interface use it.
//!
//! Owns the address, the token, the checks of host and origin, and the stream of changes. It listens on the
//! loopback interface only, and leaves out everything that the commands decide.

use crate::answer::{Answer, Failure, print_line};
use crate::arguments::Serve;
use crate::serve_files::{find_ui, read_file, respond};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use baton_core::{Caller, Error, Jobs, Store, Touched};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::BroadcastStream;

/// Largest request, in bytes: the largest import file, once more by a third for base64.
const BODY_LIMIT_BYTES: usize = 400 * 1024 * 1024;

/// How often writes by other processes are looked for.
const WATCH_INTERVAL: Duration = Duration::from_millis(500);

/// How often a backup is looked for.
const BACKUP_INTERVAL: Duration = Duration::from_secs(60 * 60);

/// What every request needs.
struct Shared {
    store: Mutex<Store>,
    caller: Caller,
    token: String,
    hosts: [String; 2],
    ui: Option<PathBuf>,
    changes: broadcast::Sender<News>,
    jobs: Jobs,
}

/// The name and the data of an event.
type News = (&'static str, String);

/// Serves until the process is told to stop.
///
/// # Errors
/// [`Failure::Address`] if the port cannot be used, and what the core says if the store is damaged or another
/// window or server has it.
pub fn serve(mut store: Store, caller: Caller, wishes: &Serve) -> Result<Answer, Failure> {
    store.hold()?;
    let unusable = |error: std::io::Error| Failure::Address {
        reason: error.to_string(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(unusable)?;
    let ui = wishes.ui.clone().or_else(find_ui);
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, wishes.port))
            .await
            .map_err(unusable)?;
        let SocketAddr::V4(address) = listener.local_addr().map_err(unusable)? else {
            return Err(Failure::Address {
                reason: "not an IPv4 address".to_owned(),
            });
        };
        let port = address.port();
        let token = make_token()?;
        let shared = Arc::new(Shared {
            store: Mutex::new(store),
            caller,
            token: token.clone(),
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            ui,
            changes: broadcast::channel(256).0,
            jobs: Jobs::default(),
        });
        tokio::spawn(watch(Arc::clone(&shared)));
        tokio::spawn(back_up(Arc::clone(&shared)));
        let url = format!("http://127.0.0.1:{port}/?token={token}");
        print_line(
            &json!({ "url": url, "port": port, "token": token, "ui": shared.ui }).to_string(),
        );
        tokio::select! {
            result = axum::serve(listener, router(shared)) => result.map_err(unusable)?,
            () = told_to_stop() => {}
        }
        Ok(Answer::Json(json!({ "stopped": true })))
    })
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/call/{name}", post(answer_call))
        .route("/cancel/{job}", post(cancel_job))
        .route("/events", get(stream_changes))
        .fallback(get(give_file))
        .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES))
        .layer(from_fn_with_state(Arc::clone(&shared), check_host))
        .with_state(shared)
}

fn make_token() -> Result<String, Failure> {
    let mut bytes = [0_u8; 24];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Address {
        reason: error.to_string(),
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Refuses requests that reached this address under a foreign name (DNS rebinding) or from a foreign page.
async fn check_host(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response<Body> {
    if is_ours(&shared.hosts, request.headers()) {
        next.run(request).await
    } else {
        let body =
            json!({ "code": "forbidden", "sentence": "This address answers its own page only." });
        respond_json(StatusCode::FORBIDDEN, &body)
    }
}

fn is_ours(hosts: &[String; 2], headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host_is_ours = text(HOST).is_some_and(|host| hosts.iter().any(|ours| ours == host));
    let origin_is_ours = match text(ORIGIN) {
        None => !headers.contains_key(ORIGIN),
        Some(origin) => hosts
            .iter()
            .any(|ours| origin.strip_prefix("http://") == Some(ours)),
    };
    host_is_ours && origin_is_ours
}

async fn give_file(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let Some(ui) = shared.ui.clone() else {
        let body = json!({ "code": "no_ui", "sentence": "The user interface is not built; name it with --ui DIR." });
        return respond_json(StatusCode::NOT_FOUND, &body);
    };
    let path = request.uri().path().to_owned();
    tokio::task::spawn_blocking(move || read_file(&ui, &path))
        .await
        .unwrap_or_else(|_| {
            respond(
                StatusCode::INTERNAL_SERVER_ERROR,
                "text/plain",
                Body::empty(),
            )
        })
}

async fn answer_call(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response<Body> {
    let token = headers
        .get("x-baton-token")
        .and_then(|value| value.to_str().ok());
    if !is_token(&shared, token) {
        return refuse_token();
    }
    let body = match body {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let error = Error::file("file_too_large", rejection.body_text());
            return respond_json(StatusCode::PAYLOAD_TOO_LARGE, &error.to_json());
        }
        Err(rejection) => {
            let failure = Failure::Usage {
                reason: rejection.body_text(),
            };
            return respond_json(StatusCode::BAD_REQUEST, &failure.to_json());
        }
    };
    let job = headers
        .get("x-baton-job")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let arguments = if body.trim_ascii().is_empty() {
        Ok(json!({}))
    } else {
        serde_json::from_slice(&body)
    };
    let arguments: Value = match arguments {
        Ok(arguments) => arguments,
        Err(_) => return respond_error(&Error::not_json(name)),
    };
    let result =
        tokio::task::spawn_blocking(move || act(&shared, &name, arguments, job.as_deref())).await;
    match result {
        Ok(response) => response,
        Err(_) => respond_error(&Error::internal("a task of the server")),
    }
}

/// Calls the core. A panic in a command becomes an internal error; its transaction was rolled back on the way.
fn act(shared: &Shared, name: &str, arguments: Value, job: Option<&str>) -> Response<Body> {
    // Before the store is free, so that a job can be cancelled while it waits.
    let job = job.map(|id| shared.jobs.begin(id));
    let hear = |done: u64, total: u64| {
        job.as_ref().is_none_or(|job| {
            job.hear(done, total, || {
                let data = json!({ "job": job.id(), "done": done, "total": total });
                let _ = shared.changes.send(("progress", data.to_string()));
            })
        })
    };
    let mut store = shared.store.lock().unwrap_or_else(PoisonError::into_inner);
    let called = std::panic::catch_unwind(AssertUnwindSafe(|| {
        baton_core::call_with(&mut store, &shared.caller, name, arguments, &hear)
    }));
    drop(store);
    match called {
        Ok(Ok(outcome)) => {
            tell(shared, &outcome.touched);
            respond_json(
                StatusCode::OK,
                &json!({ "reply": outcome.reply, "act_id": outcome.act_id }),
            )
        }
        Ok(Err(error)) => respond_error(&error),
        Err(_) => respond_error(&Error::internal(name)),
    }
}

/// Asks a job to stop; what it did so far is taken back, and its call says `cancelled`.
async fn cancel_job(
    State(shared): State<Arc<Shared>>,
    Path(job): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let token = headers
        .get("x-baton-token")
        .and_then(|value| value.to_str().ok());
    if !is_token(&shared, token) {
        return refuse_token();
    }
    respond_json(
        StatusCode::OK,
        &json!({ "cancelled": shared.jobs.cancel(&job) }),
    )
}

async fn stream_changes(
    State(shared): State<Arc<Shared>>,
    Query(query): Query<std::collections::HashMap<String, String>>,
) -> Response<Body> {
    if !is_token(&shared, query.get("token").map(String::as_str)) {
        return refuse_token();
    }
    // A reader that was too slow has missed something: it is told that everything may have changed.
    let changes = BroadcastStream::new(shared.changes.subscribe()).map(|change| {
        let (event, data) = change.unwrap_or_else(|_| ("changed", everything()));
        Ok::<_, Infallible>(Event::default().event(event).data(data))
    });
    // The first line says that the stream stands, so that nobody has to wait and guess.
    let ready = tokio_stream::once(Ok(Event::default().event("ready").data("{}")));
    Sse::new(ready.chain(changes))
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// Tells the open pages when another process wrote to the store.
async fn watch(shared: Arc<Shared>) {
    let mut ticks = tokio::time::interval(WATCH_INTERVAL);
    let mut seen = None;
    loop {
        ticks.tick().await;
        let looked = Arc::clone(&shared);
        let version = tokio::task::spawn_blocking(move || {
            looked
                .store
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .data_version()
                .ok()
        });
        let Ok(Some(version)) = version.await else {
            continue;
        };
        if seen
            .replace(version)
            .is_some_and(|before| before != version)
        {
            let _ = shared.changes.send(("changed", everything()));
        }
    }
}

/// Makes the backup of each day. One that fails says so; the next hour tries again.
async fn back_up(shared: Arc<Shared>) {
    let mut ticks = tokio::time::interval(BACKUP_INTERVAL);
    loop {
        ticks.tick().await;
        let backed = Arc::clone(&shared);
        let made = tokio::task::spawn_blocking(move || {
            let mut store = backed.store.lock().unwrap_or_else(PoisonError::into_inner);
            store.backup_daily().map(drop)
        });
        if let Ok(Err(error)) = made.await {
            let said = error.to_json();
            let sentence = said.get("sentence").and_then(Value::as_str);
            eprintln!("No backup was made. {}", sentence.unwrap_or_default());
        }
    }
}

fn tell(shared: &Shared, touched: &Touched) {
    if !touched.is_empty() {
        // Nobody listening is fine.
        let data = serde_json::to_string(&touched.view()).unwrap_or_else(|_| everything());
        let _ = shared.changes.send(("changed", data));
    }
}

fn everything() -> String {
    serde_json::to_string(&Touched::everything().view()).unwrap_or_default()
}

/// Compares without telling by its duration how much of the token was right.
fn is_token(shared: &Shared, given: Option<&str>) -> bool {
    let given = given.unwrap_or_default().as_bytes();
    let ours = shared.token.as_bytes();
    given.len() == ours.len()
        && given
            .iter()
            .zip(ours)
            .fold(0, |wrong, (a, b)| wrong | (a ^ b))
            == 0
}

fn refuse_token() -> Response<Body> {
    let body = json!({ "code": "token_wrong", "sentence": "Open the address that baton-cli printed, with its token." });
    respond_json(StatusCode::FORBIDDEN, &body)
}

fn respond_error(error: &Error) -> Response<Body> {
    let status = match error {
        error if error.is_refusal() => StatusCode::UNPROCESSABLE_ENTITY,
        error if error.code() == "internal" => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    };
    respond_json(status, &error.to_json())
}

fn respond_json(status: StatusCode, value: &Value) -> Response<Body> {
    respond(status, "application/json", Body::from(value.to_string()))
}
