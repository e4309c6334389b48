//! 郵便番号 as rows, and which edition is loaded.

use noren_domain::postal::PostalPlace;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::entity::postal_code;
use crate::{Conn, Error, Tx, notes};

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
    notes::get(conn, EDITION).await
}

/// Forgets all places and the edition; the first step of loading another one.
///
/// # Errors
/// Database errors.
pub async fn clear(tx: &Tx) -> Result<(), Error> {
    postal_code::Entity::delete_many().exec(tx.inner()).await?;
    notes::remove(tx, EDITION).await
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
    notes::set(tx, EDITION, edition).await
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
