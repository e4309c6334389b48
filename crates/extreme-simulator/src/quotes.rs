//! 見積: the revisions of quotes that Noren registered.

use serde::{Deserialize, Serialize};

use crate::clock::Time;
use crate::known::Known;
use crate::problem::Problem;
use crate::store::{Shelf, Writing};

/// One revision of a quote, as Noren sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    pub quote_number: String,
    pub quote_revision: u64,
    pub issued_at: String,
    pub valid_until: String,
    pub stock_number: Option<String>,
    pub customer_code: Option<String>,
    pub customer_name: String,
    pub staff_code: String,
    pub store_code: String,
    pub vehicle_price_yen: i64,
    pub options_yen: Option<i64>,
    pub fees_yen: Option<i64>,
    pub discount_yen: Option<i64>,
    pub trade_in_yen: Option<i64>,
    pub total_yen: i64,
    pub payment: Option<String>,
    pub pdf_sha256: String,
}

/// A quote with its latest revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub extreme_quote_number: String,
    pub registered_at: Time,
    pub latest: Registration,
}

/// Registers a revision; those of one quote have one number of ours.
///
/// # Errors
/// 422 for codes that nobody has and for a revision that says something else than before, 409 after a later revision.
pub fn register(writing: &Writing, registration: Registration, now: Time) -> Result<Quote, Problem> {
    let mut known = Known::of(writing);
    known.staff("staff_code", &registration.staff_code)?;
    known.store("store_code", &registration.store_code)?;
    known.customer("customer_code", registration.customer_code.as_deref())?;
    known.vehicle("stock_number", registration.stock_number.as_deref())?;
    known.finish()?;
    let before: Option<Quote> = writing.paper(Shelf::Quotes, &registration.quote_number)?;
    if let Some(before) = &before {
        if registration.quote_revision < before.latest.quote_revision {
            return Err(Problem::conflict("quote.superseded"));
        }
        if registration.quote_revision == before.latest.quote_revision && registration != before.latest {
            return Err(Problem::wrong("quote_revision", "taken"));
        }
    }
    let extreme_quote_number = match before {
        Some(before) => before.extreme_quote_number,
        None => new_number(writing, now)?,
    };
    let quote = Quote { extreme_quote_number, registered_at: now, latest: registration };
    writing.put_paper(Shelf::Quotes, &quote.latest.quote_number, &quote)?;
    writing.put_paper(Shelf::QuoteNumbers, &quote.extreme_quote_number, &quote.latest.quote_number)?;
    Ok(quote)
}

fn new_number(writing: &Writing, now: Time) -> Result<String, Problem> {
    let year = now.format("%Y");
    Ok(format!("M-{year}-{:06}", writing.number(&format!("quotes {year}"))?))
}
