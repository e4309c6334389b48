//! Many statements, one behind the other: while the database is at one of them, the next is written.

use sea_orm::{ConnectionTrait, QueryResult, Statement, StatementBuilder};

use crate::{Conn as _, Error, Tx};

/// Runs statements in their order, and returns the rows of all of them.
///
/// # Errors
/// Those of the statements, and database errors. What stands behind is not run then.
pub async fn run<S: StatementBuilder>(
    tx: &Tx,
    statements: impl Iterator<Item = Result<S, Error>>,
) -> Result<Vec<QueryResult>, Error> {
    let backend = tx.inner().get_database_backend();
    let mut written = statements.map(|statement| Ok::<Statement, Error>(backend.build(&statement?)));
    let mut rows = Vec::new();
    let mut next = written.next().transpose()?;
    while let Some(statement) = next {
        // The first is on its way to the database when the other is begun.
        let (answer, following) =
            tokio::join!(tx.inner().query_all_raw(statement), async { written.next().transpose() });
        rows.extend(answer?);
        next = following?;
    }
    Ok(rows)
}
