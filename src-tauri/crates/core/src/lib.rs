//! The core of Baton.
