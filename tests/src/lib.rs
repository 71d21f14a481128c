//! Shared parts of the tests: the programs as they are built, a made-up book, and a screen to drive.
//!
//! Nothing in here reaches into a private module: a test knows what a user, a colleague's laptop or a script knows.

// A failed expectation in here is a failed test.
#![allow(clippy::unwrap_used, clippy::expect_used)]

pub mod book;
pub mod laptop;
pub mod program;
pub mod rhythm;
#[cfg(feature = "journeys")]
pub mod screen;
pub mod server;
