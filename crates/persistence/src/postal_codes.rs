//! 郵便番号 as rows, and which edition is loaded.

use noren_domain::postal::PostalPlace;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::{note_to_self, postal_code};
use crate::{Conn, Error, Tx};

const EDITION: &str = "postal_codes.edition";
/// Rows per statement: nine parameters each, below SQLite's 32,766.
const CHUNK: usize = 3_000;

/// The places of a code of seven digits, in the order of Japan Post.
///
/// # Errors
/// Database errors.
pub async fn places(conn: &impl Conn, code: &str) -> Result<Vec<PostalPlace>, Error> {
    let of_code = postal_code::Entity::find().filter(postal_code::Column::PostalCode.eq(code));
    let rows = of_code.order_by_asc(postal_code::Column::Position).all(conn.inner()).await?;
    Ok(rows.into_iter().map(to_place).collect())
}

/// The loaded edition, such as `2026-10`.
///
/// # Errors
/// Database errors.
pub async fn edition(conn: &impl Conn) -> Result<Option<String>, Error> {
    let note = note_to_self::Entity::find_by_id(EDITION.to_owned()).one(conn.inner()).await?;
    Ok(note.map(|note| note.value))
}

/// Forgets all places and the edition; the first step of loading another one.
///
/// # Errors
/// Database errors.
pub async fn clear(tx: &Tx) -> Result<(), Error> {
    postal_code::Entity::delete_many().exec(tx.inner()).await?;
    note_to_self::Entity::delete_by_id(EDITION.to_owned()).exec(tx.inner()).await?;
    Ok(())
}

/// Adds places. Their order within a code is kept by `first`, the number of places stored before.
///
/// # Errors
/// Database errors.
pub async fn insert(tx: &Tx, places: &[PostalPlace], first: usize) -> Result<(), Error> {
    for (at, chunk) in places.chunks(CHUNK).enumerate() {
        let start = first + at * CHUNK;
        let rows = (start..).zip(chunk).map(|(position, place)| to_row(position, place));
        postal_code::Entity::insert_many(rows).exec_without_returning(tx.inner()).await?;
    }
    Ok(())
}

/// Notes which edition is loaded; the last step.
///
/// # Errors
/// Database errors.
pub async fn set_edition(tx: &Tx, edition: &str) -> Result<(), Error> {
    let note = note_to_self::ActiveModel { key: Set(EDITION.to_owned()), value: Set(edition.to_owned()) };
    let replace = OnConflict::column(note_to_self::Column::Key).update_column(note_to_self::Column::Value).to_owned();
    note_to_self::Entity::insert(note).on_conflict(replace).exec_without_returning(tx.inner()).await?;
    Ok(())
}

fn to_row(position: usize, place: &PostalPlace) -> postal_code::ActiveModel {
    postal_code::ActiveModel {
        postal_code: Set(place.postal_code.clone()),
        position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
        municipality_code: Set(place.municipality_code.clone()),
        prefecture: Set(place.prefecture.clone()),
        city: Set(place.city.clone()),
        town: Set(place.town.clone()),
        prefecture_kana: Set(place.prefecture_kana.clone()),
        city_kana: Set(place.city_kana.clone()),
        town_kana: Set(place.town_kana.clone()),
    }
}

fn to_place(row: postal_code::Model) -> PostalPlace {
    let postal_code::Model {
        postal_code,
        municipality_code,
        prefecture,
        city,
        town,
        prefecture_kana,
        city_kana,
        town_kana,
        ..
    } = row;
    PostalPlace { postal_code, municipality_code, prefecture, city, town, prefecture_kana, city_kana, town_kana }
}
