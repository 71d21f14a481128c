//! The least window that the toolkit can open: what `make bench` holds the start of Baton against.

fn main() {
    let opened = tauri::Builder::default()
        .setup(|app| {
            tauri::WebviewWindowBuilder::new(
                app,
                "main",
                tauri::WebviewUrl::App("layers.css".into()),
            )
            .title("Empty")
            .inner_size(1280.0, 800.0)
            .build()?;
            Ok(())
        })
        .run(tauri::generate_context!());
    if let Err(error) = opened {
        eprintln!("the empty window does not open: {error}");
    }
}
