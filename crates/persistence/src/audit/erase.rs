//! The values of noted acts go when a person is erased. Entries and digests stay, and without their salts they tell nothing.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::{audit_event, audit_value};
use crate::{Conn, Error, Tx};

/// Entries in one statement, which has a place for each.
const AT_ONCE: usize = 500;

/// Empties the values of every entry about these subjects. What this unit of work notes itself is not there yet.
///
/// # Errors
/// Database errors.
pub async fn erase(tx: &Tx, subjects: &[String]) -> Result<(), Error> {
    use audit_event::Column::{Chain, Sequence, Subject};
    let entries = audit_event::Entity::find()
        .select_only()
        .columns([Chain, Sequence])
        .filter(Subject.is_in(subjects))
        .order_by_asc(Chain)
        .order_by_asc(Sequence);
    let entries: Vec<(String, i64)> = entries.into_tuple().all(tx.inner()).await?;
    for of_chain in entries.chunk_by(|a, b| a.0 == b.0) {
        for some in of_chain.chunks(AT_ONCE) {
            empty(tx, some).await?;
        }
    }
    Ok(())
}

/// Those of one chain.
async fn empty(tx: &Tx, entries: &[(String, i64)]) -> Result<(), Error> {
    use audit_value::Column::{After, Before, Chain, Salt, Sequence};
    let Some((chain, _)) = entries.first() else { return Ok(()) };
    let nothing = || Expr::value(None::<String>);
    audit_value::Entity::update_many()
        .col_expr(Salt, nothing())
        .col_expr(Before, nothing())
        .col_expr(After, nothing())
        .filter(Chain.eq(chain))
        .filter(Sequence.is_in(entries.iter().map(|(_, sequence)| *sequence)))
        .exec(tx.inner())
        .await?;
    Ok(())
}
