//! The index of characters and bigrams over the leads' search keys: the one place where the two databases differ.

use std::fmt::Write;

use noren_domain::lead::Lead;
use noren_domain::{LeadId, search};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{Conn, Error, Tx};

/// The column of PostgreSQL's `leads` that holds the tokens.
pub(crate) const COLUMN: &str = "search_tokens";

/// A key's tokens as PostgreSQL's column takes them.
pub(crate) fn tokens_of(key: &str) -> SimpleExpr {
    Expr::cust_with_values("string_to_array($1, ' ')", [encoded(key)])
}

/// Indexes leads that have just been stored. PostgreSQL keeps its index in their rows.
pub(crate) async fn put_new(tx: &Tx, leads: &[Lead]) -> Result<(), Error> {
    let conn = tx.inner();
    if conn.get_database_backend() == DbBackend::Postgres {
        return Ok(());
    }
    let last = Statement::from_string(DbBackend::Sqlite, "SELECT coalesce(max(id), 0) FROM lead_search_ids");
    let last: i64 = conn.query_one_raw(last).await?.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    let places = vec!["(?, ?)"; leads.len()].join(", ");
    let run = async |table: &str, values: Vec<sea_orm::Value>| {
        let sql = format!("INSERT INTO {table} VALUES {places}");
        conn.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)).await
    };
    let numbered = || (last + 1..).zip(leads);
    let ids = numbered().flat_map(|(id, lead)| [id.into(), lead.id.0.into()]).collect();
    run("lead_search_ids (id, lead_id)", ids).await?;
    let keys = numbered().flat_map(|(id, lead)| [id.into(), encoded(&lead.profile.search_key()).into()]).collect();
    run("lead_search (rowid, tokens)", keys).await?;
    Ok(())
}

/// Indexes a lead's key in place of what was indexed before.
pub(crate) async fn put(tx: &Tx, lead: LeadId, key: &str) -> Result<(), Error> {
    let tokens = encoded(key);
    let conn = tx.inner();
    let backend = conn.get_database_backend();
    let run = async |sql: &str, values: Vec<sea_orm::Value>| {
        conn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await
    };
    if backend == DbBackend::Postgres {
        let sql = "UPDATE leads SET search_tokens = string_to_array($1, ' ') WHERE id = $2";
        run(sql, vec![tokens.into(), lead.0.into()]).await?;
    } else {
        run("DELETE FROM lead_search_ids WHERE lead_id = ?", vec![lead.0.into()]).await?;
        let id = run("INSERT INTO lead_search_ids (lead_id) VALUES (?)", vec![lead.0.into()]).await?.last_insert_id();
        let id = i64::try_from(id).unwrap_or_default();
        run("INSERT INTO lead_search (rowid, tokens) VALUES (?, ?)", vec![id.into(), tokens.into()]).await?;
    }
    Ok(())
}

/// Forgets for good what was indexed before: SQLite only marks it as gone, until it happens to merge its pieces.
///
/// # Errors
/// Database errors.
pub async fn sweep(tx: &Tx) -> Result<(), Error> {
    if tx.inner().get_database_backend() == DbBackend::Sqlite {
        tx.inner().execute_unprepared("INSERT INTO lead_search (lead_search) VALUES ('optimize')").await?;
    }
    Ok(())
}

/// The leads whose index holds every token that the terms need. Bigrams may stand apart, so the key must be asked too.
pub(crate) fn indexed(conn: &impl Conn, terms: &[String]) -> SimpleExpr {
    let tokens: Vec<String> =
        terms.iter().flat_map(|term| search::required_tokens(term)).map(|token| encode(&token)).collect();
    if conn.inner().get_database_backend() == DbBackend::Postgres {
        return Expr::cust_with_values("leads.search_tokens @> string_to_array($1, ' ')", [tokens.join(" ")]);
    }
    let sql = "leads.id IN (SELECT ids.lead_id FROM lead_search JOIN lead_search_ids ids ON ids.id = lead_search.rowid \
               WHERE lead_search MATCH ?)";
    Expr::cust_with_values(sql, [tokens.join(" AND ")])
}

/// All tokens of a key, in one text.
fn encoded(key: &str) -> String {
    search::tokens(key).iter().map(|token| encode(token)).collect::<Vec<_>>().join(" ")
}

/// A token as ASCII letters and digits, which no tokenizer splits or folds.
fn encode(token: &str) -> String {
    token.chars().fold(String::from("t"), |mut text, c| {
        let _ = write!(text, "x{:x}", u32::from(c));
        text
    })
}
