//! Generates the Tauri context from tauri.conf.json, and one permission per command of the shell.
fn main() {
    let commands = tauri_build::AppManifest::new().commands(&[
        "call",
        "cancel",
        "recover",
        "save_file",
        "quit",
        "zoom",
        "take_route",
    ]);
    let attributes = tauri_build::Attributes::new().app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    }
}
