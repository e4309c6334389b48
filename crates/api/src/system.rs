//! What an administrator sees of the server itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The process that answered, and what it stands on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct System {
    pub version: String,
    /// The commit that it was built of, where the build said so.
    pub commit: Option<String>,
    pub started_at: DateTime<Utc>,
    pub database: DatabaseFacts,
    /// The disk that holds the data folder; absent where the system does not say.
    pub disk: Option<Disk>,
    /// Everything that the server needs in order to work, and whether it has it.
    pub parts: Vec<PartHealth>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatabaseFacts {
    pub kind: DatabaseKind,
    pub version: String,
    /// The newest change of the schema that the database has.
    pub migration: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum DatabaseKind {
    Sqlite,
    Postgresql,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Disk {
    pub bytes: u64,
    /// What Noren may still use of it.
    pub free_bytes: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartHealth {
    pub part: Part,
    pub healthy: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The database answers in time.
    Database,
    /// Its schema is the one of this version.
    Schema,
    /// There is room on the disk.
    Disk,
    /// What happens is told to open screens.
    Events,
}
