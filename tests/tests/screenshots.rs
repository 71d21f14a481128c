//! Photographs of every screen, for the documentation: `make screenshots`.

#[test]
fn every_screen_is_photographed() {}
