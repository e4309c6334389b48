//! What Noren notes to itself: small facts about the database, such as which edition of something it holds.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::entity::note_to_self::{ActiveModel, Column, Entity};
use crate::{Conn, Error, Tx};

/// # Errors
/// Database errors.
pub async fn get(conn: &impl Conn, key: &str) -> Result<Option<String>, Error> {
    Ok(Entity::find_by_id(key.to_owned()).one(conn.inner()).await?.map(|note| note.value))
}

/// # Errors
/// Database errors.
pub async fn set(tx: &Tx, key: &str, value: &str) -> Result<(), Error> {
    let note = ActiveModel { key: Set(key.to_owned()), value: Set(value.to_owned()) };
    let replace = OnConflict::column(Column::Key).update_column(Column::Value).to_owned();
    Entity::insert(note).on_conflict(replace).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// # Errors
/// Database errors.
pub async fn remove(tx: &Tx, key: &str) -> Result<(), Error> {
    Entity::delete_by_id(key.to_owned()).exec(tx.inner()).await?;
    Ok(())
}
