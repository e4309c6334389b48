//! Which cars a list asks for, as conditions on `vehicle_index`.

use chrono::NaiveDate;
use noren_domain::StoreId;
use noren_domain::vehicle::{BodyType, FuelType};
use sea_orm::sea_query::{Expr, LikeExpr, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbBackend, ExprTrait, IdenStatic};

use crate::Conn;
use crate::entity::vehicle_index::{Column, Entity};
use crate::external_systems::cars_called;
use crate::vehicles::of_stores;

/// Which cars to list. What is not named, or empty, narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub part: Part,
    /// Folded search terms ([`noren_domain::search::terms`]); a car matches all of them.
    pub terms: Vec<String>,
    pub total_from: Option<i64>,
    pub total_to: Option<i64>,
    pub body_types: Vec<BodyType>,
    pub fuel_types: Vec<FuelType>,
    pub maker: Option<String>,
    pub model_name: Option<String>,
    pub odometer_to: Option<i32>,
    pub year_from: Option<i32>,
    /// With a 車検 that does not end before this day.
    pub inspected_until: Option<NaiveDate>,
    pub repair_history: Option<bool>,
    pub stores: Option<Vec<StoreId>>,
    /// What another system calls it.
    pub external_code: Option<String>,
}

/// A part of the stock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    ForSale,
    Sold,
    All,
}

/// How the rows are gone through. PostgreSQL knows its rows and decides by itself. SQLite does not, and takes an index that leads to
/// nearly every row, each of which it then looks up by itself: going through the table in its own order takes a tenth of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// By an index, where there is one.
    Indexed,
    /// In the table's own order.
    Scanned,
}

impl Way {
    /// For a list that something narrows, or nothing does.
    pub fn of(conn: &impl Conn, is_narrowed: bool) -> Self {
        let is_sqlite = conn.inner().get_database_backend() == DbBackend::Sqlite;
        if is_sqlite && is_narrowed { Self::Scanned } else { Self::Indexed }
    }

    /// A column of which SQLite finds no index where it is to go through the table.
    pub fn column(self, column: Column) -> SimpleExpr {
        match self {
            Self::Indexed => Expr::col((Entity, column)),
            Self::Scanned => Expr::cust(format!("+vehicle_index.{}", column.as_str())),
        }
    }
}

impl Part {
    /// In words of the schema and not as a parameter, so that the indices of a part are found.
    pub(crate) fn condition(self, way: Way) -> Condition {
        let word = match self {
            Self::ForSale => Some("for_sale"),
            Self::Sold => Some("sold"),
            Self::All => None,
        };
        let plus = if way == Way::Scanned { "+" } else { "" };
        Condition::all().add_option(word.map(|word| Expr::cust(format!("{plus}part = '{word}'"))))
    }
}

impl Filter {
    /// Whether it asks for less than a whole part.
    pub(crate) fn narrows(&self) -> bool {
        *self != Self { part: self.part, ..Self::default() }
    }

    pub(crate) fn condition(&self, way: Way) -> Condition {
        let Self { part, terms, total_from, total_to, body_types, fuel_types, maker, model_name, .. } = self;
        let Self { odometer_to, year_from, inspected_until, repair_history, stores, .. } = self;
        let bodies = body_types.iter().map(|kind| kind.as_str());
        let fuels = fuel_types.iter().map(|kind| kind.as_str());
        let mut all = part
            .condition(way)
            .add(of_stores(Column::StoreCode, stores.as_deref()))
            .add_option(total_from.map(|from| Column::AdvertisedTotal.gte(from)))
            .add_option(total_to.map(|to| Column::AdvertisedTotal.lte(to)))
            .add_option((!body_types.is_empty()).then(|| Column::BodyType.is_in(bodies)))
            .add_option((!fuel_types.is_empty()).then(|| Column::FuelType.is_in(fuels)))
            .add_option(maker.as_ref().map(|maker| Column::Maker.eq(maker)))
            .add_option(model_name.as_ref().map(|name| Column::ModelName.eq(name)))
            .add_option(odometer_to.map(|to| Column::OdometerKm.lte(to)))
            .add_option(year_from.map(|from| Column::FirstRegistration.gte(format!("{from:04}"))))
            .add_option(inspected_until.map(|until| Column::InspectionExpiry.gte(until.to_string())))
            .add_option(repair_history.map(|has| Column::RepairHistory.eq(has)));
        if let Some(code) = &self.external_code {
            all = all.add(Column::StockNumber.in_subquery(cars_called(code)));
        }
        for term in terms {
            let pattern = format!("%{}%", term.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
            all = all.add(Expr::col((Entity, Column::SearchKey)).like(LikeExpr::new(pattern).escape('\\')));
        }
        all
    }
}
