//! Identifiers: UUID v7 in newtypes, a 16-byte blob in SQL and in operations, text everywhere else.

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Any entity's id. The typed ids below wrap it, so that a person is never taken for an engagement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub [u8; 16]);

impl Id {
    /// The id as UUID text.
    #[must_use]
    pub fn text(&self) -> String {
        Uuid::from_bytes(self.0).to_string()
    }

    /// An id from exactly 16 bytes.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text())
    }
}

impl FromStr for Id {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(text).map(|uuid| Self(uuid.into_bytes()))
    }
}

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Id);

        impl From<Id> for $name {
            fn from(id: Id) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    )* };
}

typed_ids! {
    /// One laptop's log. Random, made with the store.
    DeviceId;
    /// What a person did in one go.
    ActId;
    /// What laptops share.
    WorkspaceId;
    /// A colleague.
    PersonId;
    /// A client company.
    AccountId;
    /// Something sold.
    ProductId;
    /// One sold piece of work moving through the pipeline.
    EngagementId;
    /// Something the client was told that they would get.
    PromiseId;
}
