//! The built user interface, as files.
//!
//! Owns where it is found, what a request path may name, and the headers that keep the page to itself. It leaves
//! out the commands.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use std::path::{Component, Path, PathBuf};

/// What the page may do: load its own files, talk to its own address, nothing else.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src-elem 'self'; \
     style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self' data:; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `ui/dist` in the working directory or above the program, if it was built.
pub fn find_ui() -> Option<PathBuf> {
    let program = std::env::current_exe().ok();
    let here = std::env::current_dir().ok();
    let places = here
        .iter()
        .chain(&program)
        .flat_map(|place| place.ancestors());
    places
        .map(|place| place.join("ui/dist"))
        .find(|ui| ui.join("index.html").is_file())
}

/// Reads the file that a request path names; the page itself for `/`.
pub fn read_file(ui: &Path, request_path: &str) -> Response<Body> {
    let wanted = request_path.trim_start_matches('/');
    let relative = Path::new(if wanted.is_empty() {
        "index.html"
    } else {
        wanted
    });
    let plain = relative
        .components()
        .all(|component| matches!(component, Component::Normal(_)));
    let path = ui.join(relative);
    // A link inside the directory must not lead out of it.
    let inside = match (path.canonicalize(), ui.canonicalize()) {
        (Ok(path), Ok(ui)) => path.starts_with(ui),
        _ => false,
    };
    if !plain || wanted.contains('%') || !inside {
        return respond(StatusCode::NOT_FOUND, "text/plain", Body::from("not found"));
    }
    match std::fs::read(&path) {
        Ok(bytes) => {
            let kind = mime_guess::from_path(&path).first_or_octet_stream();
            let kind = match kind.type_().as_str() {
                "text" => format!("{kind}; charset=utf-8"),
                _ => kind.to_string(),
            };
            respond(StatusCode::OK, &kind, Body::from(bytes))
        }
        Err(_) => respond(StatusCode::NOT_FOUND, "text/plain", Body::from("not found")),
    }
}

/// A response with the headers that every one carries.
pub fn respond(status: StatusCode, kind: &str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(kind) {
        headers.insert(CONTENT_TYPE, kind);
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    for (name, value) in [
        ("content-security-policy", CONTENT_SECURITY_POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_interface_are_given_out() {
        let dir = tempfile::tempdir().unwrap();
        let ui = dir.path().join("dist");
        std::fs::create_dir_all(ui.join("assets")).unwrap();
        std::fs::write(ui.join("index.html"), "page").unwrap();
        std::fs::write(ui.join("assets/app.js"), "script").unwrap();
        std::fs::write(dir.path().join("secret"), "secret").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(dir.path().join("secret"), ui.join("link")).unwrap();
        let cases = [
            ("/", 200),
            ("/index.html", 200),
            ("/assets/app.js", 200),
            ("/assets", 404),
            ("/nothing", 404),
            ("/../secret", 404),
            ("/assets/../../secret", 404),
            ("/%2e%2e/secret", 404),
            ("//etc/passwd", 404),
            ("/link", 404),
        ];
        for (path, status) in cases {
            let response = read_file(&ui, path);
            assert_eq!(response.status().as_u16(), status, "{path}");
            assert!(
                response.headers().contains_key("content-security-policy"),
                "{path}"
            );
        }
        let script = read_file(&ui, "/assets/app.js");
        assert_eq!(
            script.headers()[CONTENT_TYPE],
            "text/javascript; charset=utf-8"
        );
    }
}
