//! `GET /vehicle-overview`.

use std::collections::HashMap;
use std::hash::Hash;

use actix_web::get;
use actix_web::web::{Data, Json};
use noren_api::vehicles::{Counted, CountedBodyType, TotalBand, VehicleFilter, VehicleOverview};
use noren_domain::sync::Stream;
use noren_domain::vehicle::{Band, bands};
use noren_persistence::vehicles::{self, ModelCount};

use super::filter;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::ValidQuery;
use crate::extreme::origin;
use crate::permissions::ReadVehicleOverview;

/// Read what a filter finds
///
/// How many vehicles a filter finds, how the 支払総額 of its part of the stock are spread, and which makers, models and body types there
/// are to choose from. What the list pages by is taken and decides nothing.
#[utoipa::path(tag = "stock", params(VehicleFilter), responses((status = 200, body = VehicleOverview)))]
#[get("/vehicle-overview")]
pub async fn read_vehicle_overview(
    who: Allowed<ReadVehicleOverview>,
    app: Data<App>,
    query: ValidQuery<VehicleFilter>,
) -> Result<Json<VehicleOverview>, Error> {
    if query.0.q.is_some() {
        app.limits.admit_search(who.quota_key())?;
    }
    let filter = filter::checked(query.0, app.clock.now())?;
    let vehicles::Overview { found, all, totals, models } = vehicles::overview(&app.db, &who.viewer, &filter).await?;
    let of_maker = models.iter().filter(|model| filter.maker.as_ref() == Some(&model.maker));
    let body_types = most_first(models.iter().map(|model| (model.body_type, model.vehicles)));
    Ok(Json(VehicleOverview {
        found,
        all,
        totals: bands(&totals).into_iter().map(band).collect(),
        makers: named(models.iter().map(|model| (&model.maker, model.vehicles))),
        models: named(of_maker.map(|ModelCount { model_name, vehicles, .. }| (model_name, *vehicles))),
        body_types: body_types
            .into_iter()
            .map(|(body_type, vehicles)| CountedBodyType { body_type, vehicles })
            .collect(),
        origin: origin::of_copy(&app, Stream::Vehicles).await?,
    }))
}

fn named<'a>(counted: impl Iterator<Item = (&'a String, u64)>) -> Vec<Counted> {
    let names = most_first(counted).into_iter();
    names.map(|(name, vehicles)| Counted { name: name.clone(), vehicles }).collect()
}

/// Counts of the same put together, the most first and by name where there are as many.
fn most_first<K: Copy + Eq + Ord + Hash>(counted: impl Iterator<Item = (K, u64)>) -> Vec<(K, u64)> {
    let mut together: HashMap<K, u64> = HashMap::new();
    for (what, vehicles) in counted {
        *together.entry(what).or_default() += vehicles;
    }
    let mut most: Vec<(K, u64)> = together.into_iter().collect();
    most.sort_unstable_by(|(one, ones), (other, others)| others.cmp(ones).then_with(|| one.cmp(other)));
    most
}

fn band(Band { from, below, vehicles }: Band) -> TotalBand {
    TotalBand { from, below, vehicles }
}
