//! How the web view draws.
//!
//! Owns one choice, made before the toolkit starts: without a graphics device WebKitGTK draws four times faster
//! when it does not try to use one.

use std::path::Path;

const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Starts this program again with accelerated drawing switched off, if the machine has no graphics device and
/// nobody has chosen. Comes back if there is nothing to do.
pub fn choose() {
    if cfg!(target_os = "linux")
        && std::env::var_os(SWITCH).is_none()
        && !has_render_device(Path::new("/dev/dri"))
    {
        start_again();
    }
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

/// Replaces this process by itself with the switch set: a process must not change its own environment once it
/// may have threads.
#[cfg(unix)]
fn start_again() {
    use std::os::unix::process::CommandExt;
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let error = std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(SWITCH, "1")
        .exec();
    eprintln!("drawing could not be made faster: {error}");
}

#[cfg(not(unix))]
fn start_again() {}

#[cfg(test)]
mod tests {
    use super::*;

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
