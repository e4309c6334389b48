//! Which cars a list asks for, as conditions on `vehicle_index`.

use chrono::NaiveDate;
use noren_domain::StoreId;
use noren_domain::vehicle::{BodyType, FuelType};
use sea_orm::sea_query::{Expr, LikeExpr};
use sea_orm::{ColumnTrait, Condition, ExprTrait};

use crate::entity::vehicle_index::{Column, Entity};
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
}

/// A part of the stock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    ForSale,
    Sold,
    All,
}

impl Part {
    /// In words of the schema and not as a parameter, so that the indices of a part are found.
    pub(crate) fn condition(self) -> Condition {
        let sql = match self {
            Self::ForSale => Some("part = 'for_sale'"),
            Self::Sold => Some("part = 'sold'"),
            Self::All => None,
        };
        Condition::all().add_option(sql.map(Expr::cust))
    }
}

impl Filter {
    pub(crate) fn condition(&self) -> Condition {
        let Self { part, terms, total_from, total_to, body_types, fuel_types, maker, model_name, .. } = self;
        let Self { odometer_to, year_from, inspected_until, repair_history, stores, .. } = self;
        let bodies = body_types.iter().map(|kind| kind.as_str());
        let fuels = fuel_types.iter().map(|kind| kind.as_str());
        let mut all = part
            .condition()
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
        for term in terms {
            let pattern = format!("%{}%", term.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
            all = all.add(Expr::col((Entity, Column::SearchKey)).like(LikeExpr::new(pattern).escape('\\')));
        }
        all
    }
}
