//! The orders in which leads are listed, and where a page goes on.

use noren_domain::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{Condition, Order};

use crate::entity::lead::{Column, Entity, Model};
use crate::entity::lead_tag;
use crate::json::Place;
use crate::{Error, Position};

/// In which order; all end in the id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    Updated,
    Kana,
}

/// What pages are ordered by, as columns.
pub(crate) struct Keys {
    pub by: SimpleExpr,
    pub id: SimpleExpr,
    pub order: Order,
}

impl Keys {
    /// `by_tag` where each lead comes with the row of its tag.
    pub fn of(sort: Sort, by_tag: bool) -> Self {
        let (column, order) = match sort {
            Sort::Newest => (Column::ReceivedAt, Order::Desc),
            Sort::Oldest => (Column::ReceivedAt, Order::Asc),
            Sort::Updated => (Column::UpdatedAt, Order::Desc),
            Sort::Kana => (Column::SortKey, Order::Asc),
        };
        if by_tag && matches!(column, Column::ReceivedAt) {
            // The same values, but in the index of the tag's leads.
            let column = |column| Expr::col((lead_tag::Entity, column));
            return Self { by: column(lead_tag::Column::ReceivedAt), id: column(lead_tag::Column::LeadId), order };
        }
        Self { by: Expr::col((Entity, column)), id: Expr::col((Entity, Column::Id)), order }
    }

    /// The rows after a position: a later sort value, or the same one and a later id.
    ///
    /// # Errors
    /// `Corrupt` for a position that is not of this sort order.
    pub fn behind(&self, sort: Sort, after: &Position) -> Result<Condition, Error> {
        let later = |key: &SimpleExpr, value: SimpleExpr| match self.order {
            Order::Desc => key.clone().lt(value),
            _ => key.clone().gt(value),
        };
        let value: SimpleExpr = if sort == Sort::Kana {
            Expr::val(after.sort.clone())
        } else {
            let at: Timestamp =
                after.sort.parse().map_err(|_| Place("leads", "received_at").corrupt(after.sort.clone()))?;
            Expr::val(at)
        };
        let same = Condition::all().add(self.by.clone().eq(value.clone())).add(later(&self.id, Expr::val(after.id)));
        Ok(Condition::any().add(later(&self.by, value)).add(same))
    }
}

/// Where a row stands in its order.
pub(crate) fn position(sort: Sort, row: &Model) -> Position {
    let instant = |at: Timestamp| at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let sort = match sort {
        Sort::Newest | Sort::Oldest => instant(row.received_at),
        Sort::Updated => instant(row.updated_at),
        Sort::Kana => row.sort_key.clone(),
    };
    Position { sort, id: row.id }
}
