//! What has become of EXTREME's pictures: by which hashes the small and the large one are found, or that one was refused.

use std::collections::HashMap;

use noren_domain::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::entity::vehicle_photo::{Column, Entity, Model};
use crate::{Conn, Error, Tx};

/// A picture that was made anew in two sizes, each by the hash of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub small: String,
    pub large: String,
}

/// What has become of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Made(Made),
    /// It was no picture that is shown to anybody.
    Refused {
        at: Timestamp,
    },
}

/// What is known of these pictures.
///
/// # Errors
/// Database errors.
pub async fn known(conn: &impl Conn, ids: &[&str]) -> Result<HashMap<String, Outcome>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find().filter(Column::PhotoId.is_in(ids.iter().copied())).all(conn.inner()).await?;
    Ok(rows.into_iter().filter_map(to_outcome).collect())
}

/// Notes what has become of a picture, in place of what was known.
///
/// # Errors
/// Database errors.
pub async fn put(tx: &Tx, photo_id: &str, outcome: &Outcome) -> Result<(), Error> {
    let photo_id = photo_id.to_owned();
    let row = match outcome.clone() {
        Outcome::Made(Made { small, large }) => {
            Model { photo_id, small: Some(small), large: Some(large), refused_at: None }
        }
        Outcome::Refused { at } => Model { photo_id, small: None, large: None, refused_at: Some(at) },
    };
    let settled = [Column::Small, Column::Large, Column::RefusedAt];
    let known = OnConflict::column(Column::PhotoId).update_columns(settled).to_owned();
    Entity::insert(row.into_active_model()).on_conflict(known).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// The schema lets no row be neither.
fn to_outcome(row: Model) -> Option<(String, Outcome)> {
    let Model { photo_id, small, large, refused_at } = row;
    let made = small.zip(large).map(|(small, large)| Outcome::Made(Made { small, large }));
    let outcome = made.or_else(|| refused_at.map(|at| Outcome::Refused { at }));
    outcome.map(|outcome| (photo_id, outcome))
}
