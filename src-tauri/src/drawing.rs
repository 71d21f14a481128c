//! How the web view draws.
//!
//! Owns what is chosen before the toolkit starts: without a graphics device WebKitGTK draws four times faster when
//! it does not try to use one, and NVIDIA's driver shows an empty window under Wayland unless it is told to wait
//! for nothing. A choice that somebody made in the environment stands.

use std::ffi::OsString;
use std::path::Path;

/// Starts this program again with the settings that this machine needs. Comes back if it needs none.
pub fn choose() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let needed = settings(
        has_render_device(Path::new("/dev/dri")),
        Path::new("/proc/driver/nvidia").exists(),
        |name| std::env::var_os(name),
    );
    if !needed.is_empty() {
        start_again(&needed);
    }
}

/// The settings that a machine needs and nobody has made.
fn settings(
    can_render: bool,
    is_nvidia: bool,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Vec<&'static str> {
    let mut needed = Vec::new();
    if !can_render {
        needed.push("WEBKIT_DISABLE_DMABUF_RENDERER");
    }
    if is_nvidia && variable("WAYLAND_DISPLAY").is_some() {
        needed.push("__NV_DISABLE_EXPLICIT_SYNC");
    }
    needed.retain(|name| variable(name).is_none());
    needed
}

/// A device under `dir` can render.
fn has_render_device(dir: &Path) -> bool {
    let Ok(entries) = dir.read_dir() else {
        return false;
    };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("render"))
}

/// Replaces this process by itself with the settings made: a process must not change its own environment once it
/// may have threads.
#[cfg(unix)]
fn start_again(settings: &[&str]) {
    use std::os::unix::process::CommandExt;
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let error = std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .envs(settings.iter().map(|name| (name, "1")))
        .exec();
    eprintln!("drawing could not be made faster: {error}");
}

#[cfg(not(unix))]
fn start_again(_: &[&str]) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_machine_needs_and_nobody_chose_is_set() {
        let none = |_: &str| None;
        let wayland = |name: &str| (name == "WAYLAND_DISPLAY").then(|| OsString::from("wayland-0"));
        let chosen = |_: &str| Some(OsString::from("0"));
        let renderer = "WEBKIT_DISABLE_DMABUF_RENDERER";
        assert!(settings(true, false, none).is_empty());
        assert_eq!(settings(false, false, none), [renderer]);
        assert!(settings(true, true, none).is_empty());
        assert_eq!(
            settings(true, true, wayland),
            ["__NV_DISABLE_EXPLICIT_SYNC"]
        );
        assert!(settings(false, true, chosen).is_empty());
    }

    #[test]
    fn a_render_node_is_a_render_device() {
        let dir = std::env::temp_dir().join(format!("baton-drawing-{}", std::process::id()));
        assert!(!has_render_device(&dir));
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join("card0"), "").unwrap();
        assert!(!has_render_device(&dir));
        std::fs::write(dir.join("renderD128"), "").unwrap();
        assert!(has_render_device(&dir));
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
