//! What a query string asks of the stock, in the words of the store.

use std::str::FromStr;

use noren_api::vehicles::{StockPart, VehicleFilter, VehicleSort};
use noren_domain::clock::japan_date;
use noren_domain::vehicle::lasting;
use noren_domain::viewer::Viewer;
use noren_domain::{Timestamp, search};
use noren_persistence::vehicles::{Filter, Part, Sort};

use crate::Error;

/// # Errors
/// At the field: `unknown` for what is no body type, fuel type or id of a store.
pub fn checked(query: VehicleFilter, now: Timestamp) -> Result<Filter, Error> {
    let VehicleFilter {
        q,
        part,
        total_from,
        total_to,
        body_types,
        fuel_types,
        maker,
        model_name,
        odometer_to,
        year_from,
        inspection_months,
        repair_history,
        store_ids,
        external_code,
        sort: _,
        after: _,
        limit: _,
    } = query;
    Ok(Filter {
        part: match part.unwrap_or_default() {
            StockPart::ForSale => Part::ForSale,
            StockPart::Sold => Part::Sold,
            StockPart::All => Part::All,
        },
        terms: q.map(|q| search::terms(&q)).unwrap_or_default(),
        total_from,
        total_to,
        body_types: listed("body_types", body_types)?.unwrap_or_default(),
        fuel_types: listed("fuel_types", fuel_types)?.unwrap_or_default(),
        maker,
        model_name,
        odometer_to: odometer_to.map(|km| i32::try_from(km).unwrap_or(i32::MAX)),
        year_from,
        inspected_until: inspection_months.map(|months| lasting(months, japan_date(now))),
        repair_history,
        stores: listed("store_ids", store_ids)?,
        external_code,
    })
}

/// In which order. A customer is not shown how long a car stands there, nor by where it lies in a list.
pub fn sort(query: &VehicleFilter, viewer: &Viewer) -> Sort {
    match query.sort.unwrap_or_default() {
        VehicleSort::Newest | VehicleSort::Oldest if viewer.customer_view.is_some() => Sort::Cheapest,
        VehicleSort::Newest => Sort::Newest,
        VehicleSort::Oldest => Sort::Oldest,
        VehicleSort::Cheapest => Sort::Cheapest,
        VehicleSort::Dearest => Sort::Dearest,
        VehicleSort::Mileage => Sort::Mileage,
        VehicleSort::Year => Sort::Year,
    }
}

/// The words of a list; none where nothing is listed.
///
/// # Errors
/// At the field: `unknown` for what is no such word.
pub fn listed<T: FromStr>(field: &str, text: Option<String>) -> Result<Option<Vec<T>>, Error> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let words: Result<Vec<T>, T::Err> = text.split(',').map(str::parse).collect();
    words.map(Some).map_err(|_| Error::field(field, "unknown"))
}
