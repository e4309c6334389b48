//! What can go wrong with the store; nothing of it is the caller's fault.

/// A fault of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the database cannot be opened: {0}")]
    Database(#[from] redb::DatabaseError),
    #[error("a transaction cannot begin: {0}")]
    Transaction(#[from] redb::TransactionError),
    #[error("a table cannot be opened: {0}")]
    Table(#[from] redb::TableError),
    #[error("the database cannot be read or written: {0}")]
    Storage(#[from] redb::StorageError),
    #[error("a transaction cannot be committed: {0}")]
    Commit(#[from] redb::CommitError),
    #[error("the seed was laid in part only; take the file away and begin anew")]
    HalfLaid,
    #[error("what is stored is no JSON of its kind: {0}")]
    Json(#[from] serde_json::Error),
}
