//! What travels between laptops. Bytes become acts here, and acts go to the same `apply` as a person's own.

pub mod bundle;
