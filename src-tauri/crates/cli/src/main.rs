//! Baton from the command line.
fn main() {}
