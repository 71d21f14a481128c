//! The desktop shell of Baton.
fn main() {}
