//! The operation log, as pure rules: what an operation is, how versions compare, how registers and
//! decision chains merge. No SQL, no files, no clock: the store feeds it, bundles carry it.

pub mod act;
pub mod chain;
pub mod operation;
pub mod register;
pub mod registry;
pub mod value;

pub use act::{Act, ActHeader};
pub use operation::{Dot, Kind, Operation};
pub use register::{Head, Version};
pub use registry::{EntityKind, Field, FieldType};
pub use value::Value;
