//! The client of the contract: every operation of the gateway as one HTTP request.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use noren_domain::Timestamp;
use noren_domain::code::{CustomerCode, RecordNumber, StaffCode, StockNumber};
use noren_domain::customer::{Correction, CorrectionRequest, Customer, Inspection, MaintenanceRecord, Purchase};
use noren_domain::hold::{Kept, Placed};
use noren_domain::results::{Sale, StockPurchase};
use noren_domain::staff_record::{StaffChange, StaffRecord};
use noren_domain::sync::{Recorded, Revision, Stream};
use noren_domain::vehicle::Vehicle;
use reqwest::{Certificate, Client, Method, redirect};
use serde::Serialize;

use crate::answer::{Answer, Media};
use crate::call::{Ask, Caller};
use crate::flights::Flights;
use crate::gateway::{
    Availability, Claimed, Extended, Gateway, Health, HoldClaim, Page, Photo, Revisions, StaffAnswer,
};
use crate::settings::Settings;
use crate::wire::{self, Record};
use crate::{Cause, Error, Pulse};

/// How many records a page is asked for, until `/health` has said what is allowed: the most that the contract knows.
const PAGE: u32 = 1_000;
/// The same of keys with revisions.
const REVISIONS: u32 = 10_000;
/// How long a connection may rest before it is closed, so that none is used that the other side has given up.
const IDLE: Duration = Duration::from_secs(30);

/// EXTREME by HTTP. One for each installation: it holds the connections, the token, the breaker and the budget.
pub struct Extreme {
    caller: Arc<Caller>,
    cars: Flights<Result<Option<Recorded<Vehicle>>, Error>>,
    people: Flights<Result<Option<Recorded<Customer>>, Error>>,
    work: Flights<Result<Vec<Recorded<MaintenanceRecord>>, Error>>,
    available: Flights<Result<Availability, Error>>,
    page: AtomicU32,
    revisions: AtomicU32,
}

impl Extreme {
    /// Connects to nothing yet.
    ///
    /// # Errors
    /// `Refused` where the house's own authority is no certificate.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let wrong = |_| Error::Refused(Cause::Connection);
        let mut client = Client::builder()
            .connect_timeout(settings.patience.connect)
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(settings.at_once)
            .user_agent(concat!("Noren/", env!("CARGO_PKG_VERSION")))
            .no_proxy();
        if let Some(pem) = &settings.authority_pem {
            client = client.tls_certs_merge(Certificate::from_pem_bundle(pem).map_err(wrong)?);
        }
        Ok(Self {
            caller: Arc::new(Caller::new(client.build().map_err(wrong)?, settings)),
            cars: Flights::default(),
            people: Flights::default(),
            work: Flights::default(),
            available: Flights::default(),
            page: AtomicU32::new(PAGE),
            revisions: AtomicU32::new(REVISIONS),
        })
    }

    async fn changes<R: Record>(
        &self,
        operation: &'static str,
        path: &str,
        after: Option<&str>,
    ) -> Result<Page<R::Domain>, Error> {
        let path = format!("{path}?{}", paged(self.page.load(Ordering::Relaxed), after));
        let ask = Ask::get(operation, path, self.caller.settings().patience.page);
        let read = |answer: &Answer| match answer.status {
            200 => wire::page::<R>(answer.json()?),
            _ => Err(answer.fault()),
        };
        self.caller.make(&ask, read).await
    }

    /// A read with somebody waiting for it.
    fn live(&self, operation: &'static str, path: String) -> Ask {
        Ask::get(operation, path, self.caller.settings().patience.live)
    }

    /// What is said with 200.
    async fn said<T>(&self, ask: Ask, read: impl Fn(&[u8]) -> Result<T, Error>) -> Result<T, Error> {
        said(&self.caller, ask, read).await
    }

    /// What EXTREME is told, with the patience of nobody who waits.
    fn push(&self, operation: &'static str, method: Method, path: String, body: &impl Serialize) -> Result<Ask, Error> {
        let body = serde_json::to_vec(body).map_err(|_| Error::Hostile(Cause::Form))?;
        let told = Ask::get(operation, path, self.caller.settings().patience.push);
        Ok(Ask { method, body: Some(body), ..told }.with("content-type", "application/json".to_owned()))
    }
}

#[async_trait]
impl Gateway for Extreme {
    async fn health(&self) -> Result<Health, Error> {
        let ask = Ask::get("read_health", "/health".to_owned(), self.caller.settings().patience.page);
        let health = self.said(ask, wire::health).await?;
        self.page.store(health.limits.page.clamp(1, PAGE), Ordering::Relaxed);
        self.revisions.store(health.limits.revisions_page.clamp(1, REVISIONS), Ordering::Relaxed);
        Ok(health)
    }

    async fn vehicle_changes(&self, after: Option<&str>) -> Result<Page<Vehicle>, Error> {
        self.changes::<wire::WireVehicle>("list_vehicle_changes", "/vehicles", after).await
    }

    async fn sale_changes(&self, after: Option<&str>) -> Result<Page<Sale>, Error> {
        self.changes::<wire::WireSale>("list_sale_changes", "/sales", after).await
    }

    async fn stock_purchase_changes(&self, after: Option<&str>) -> Result<Page<StockPurchase>, Error> {
        self.changes::<wire::WireStockPurchase>("list_stock_purchase_changes", "/stock-purchases", after).await
    }

    async fn customer_changes(&self, after: Option<&str>) -> Result<Page<Customer>, Error> {
        self.changes::<wire::WireCustomer>("list_customer_changes", "/customers", after).await
    }

    async fn purchase_changes(&self, after: Option<&str>) -> Result<Page<Purchase>, Error> {
        self.changes::<wire::WirePurchase>("list_purchase_changes", "/purchases", after).await
    }

    async fn maintenance_changes(&self, after: Option<&str>) -> Result<Page<MaintenanceRecord>, Error> {
        self.changes::<wire::WireMaintenance>("list_maintenance_record_changes", "/maintenance-records", after).await
    }

    async fn inspection_changes(&self, after: Option<&str>) -> Result<Page<Inspection>, Error> {
        self.changes::<wire::WireInspection>("list_inspection_changes", "/inspections", after).await
    }

    async fn staff_changes(&self, after: Option<&str>) -> Result<Page<StaffRecord>, Error> {
        self.changes::<wire::WireStaff>("list_staff_changes", "/staff", after).await
    }

    async fn vehicle(
        &self,
        stock_number: &StockNumber,
        known: Option<Revision>,
    ) -> Result<Option<Recorded<Vehicle>>, Error> {
        let ask = self.live("read_vehicle", format!("/vehicles/{stock_number}")).known(known);
        let caller = Arc::clone(&self.caller);
        self.cars.join(ask.name(), || Box::pin(one::<wire::WireVehicle>(caller, ask))).await
    }

    async fn customer(
        &self,
        customer_code: &CustomerCode,
        known: Option<Revision>,
    ) -> Result<Option<Recorded<Customer>>, Error> {
        let ask = self.live("read_customer", format!("/customers/{customer_code}")).known(known);
        let caller = Arc::clone(&self.caller);
        self.people.join(ask.name(), || Box::pin(one::<wire::WireCustomer>(caller, ask))).await
    }

    async fn maintenance_of(&self, customer_code: &CustomerCode) -> Result<Vec<Recorded<MaintenanceRecord>>, Error> {
        let ask = self.live("read_maintenance_of_customer", format!("/customers/{customer_code}/maintenance-records"));
        let caller = Arc::clone(&self.caller);
        let call = async move { said(&caller, ask, wire::several::<wire::WireMaintenance>).await };
        self.work.join(customer_code.to_string(), || Box::pin(call)).await
    }

    async fn photo(&self, photo_id: &str) -> Result<Photo, Error> {
        let id: String = form_urlencoded::byte_serialize(photo_id.as_bytes()).collect();
        let patience = self.caller.settings().patience.page;
        let read = |answer: &Answer| match (answer.status, answer.media) {
            (200, Media::Image) => Ok(Photo { bytes: answer.body.clone() }),
            (200, _) => Err(Error::Hostile(Cause::Record)),
            _ => Err(answer.fault()),
        };
        self.caller.make(&Ask::get("read_photo", format!("/photos/{id}"), patience), read).await
    }

    async fn put_staff(
        &self,
        staff_code: &StaffCode,
        change: &StaffChange,
        seen: Option<Revision>,
    ) -> Result<StaffAnswer, Error> {
        let condition = match seen {
            Some(revision) => ("if-match", format!("\"{revision}\"")),
            None => ("if-none-match", "*".to_owned()),
        };
        let path = format!("/staff/{staff_code}");
        let ask = self.push("put_staff", Method::PUT, path, &wire::StaffEdit::from(change))?;
        let ask = ask.with(condition.0, condition.1);
        let read = |answer: &Answer| match answer.status {
            200 | 201 => wire::one::<wire::WireStaff>(answer.json()?).map(StaffAnswer::Taken),
            412 => wire::stale(&answer.body).map(StaffAnswer::Stale),
            _ => Err(answer.fault()),
        };
        self.caller.make(&ask, read).await
    }

    async fn availability(&self, stock_number: &StockNumber) -> Result<Availability, Error> {
        let path = format!("/vehicles/{stock_number}/availability");
        let (ask, caller) = (self.live("read_availability", path), Arc::clone(&self.caller));
        let call = async move { said(&caller, ask, wire::availability).await };
        self.available.join(stock_number.to_string(), || Box::pin(call)).await
    }

    async fn place_hold(&self, claim: &HoldClaim, key: &str) -> Result<Claimed, Error> {
        let path = format!("/vehicles/{}/holds", claim.stock_number);
        let ask = self.push("place_hold", Method::POST, path, &wire::HoldWish::from(claim))?;
        let ask = ask.with("idempotency-key", key.to_owned());
        let read = |answer: &Answer| match answer.status {
            200 | 201 => wire::kept(answer.json()?).map(Claimed::Held),
            409 => wire::not_claimed(&answer.body),
            _ => Err(answer.fault()),
        };
        self.caller.make(&ask, read).await
    }

    async fn extend_hold(&self, seen: &Placed, until: Timestamp) -> Result<Extended, Error> {
        let path = format!("/holds/{}", seen.hold_id);
        let ask = self.push("extend_hold", Method::PATCH, path, &wire::Extension { expires_at: until })?;
        let ask = ask.with("content-type", "application/merge-patch+json".to_owned());
        let ask = ask.with("if-match", format!("\"{}\"", seen.revision));
        let read = |answer: &Answer| match answer.status {
            200 => wire::kept(answer.json()?).map(Extended::Held),
            409 => wire::not_extended(&answer.body),
            412 => Ok(Extended::Stale),
            _ => Err(answer.fault()),
        };
        self.caller.make(&ask, read).await
    }

    async fn release_hold(&self, hold_id: &RecordNumber) -> Result<Kept, Error> {
        let path = format!("/holds/{hold_id}");
        let patience = self.caller.settings().patience.push;
        self.said(Ask { method: Method::DELETE, ..Ask::get("release_hold", path, patience) }, wire::kept).await
    }

    async fn hold(&self, hold_id: &RecordNumber) -> Result<Kept, Error> {
        let path = format!("/holds/{hold_id}");
        self.said(Ask::get("read_hold", path, self.caller.settings().patience.page), wire::kept).await
    }

    async fn request_correction(
        &self,
        wish: &CorrectionRequest,
        staff_code: &str,
        key: &str,
    ) -> Result<Correction, Error> {
        let body = wire::CorrectionWish::of(wish, staff_code);
        let ask = self.push("request_correction", Method::POST, "/correction-requests".to_owned(), &body)?;
        let ask = ask.with("idempotency-key", key.to_owned());
        let read = |answer: &Answer| match answer.status {
            200 | 201 => wire::correction(answer.json()?),
            _ => Err(answer.fault()),
        };
        self.caller.make(&ask, read).await
    }

    async fn correction(&self, number: &RecordNumber) -> Result<Correction, Error> {
        let path = format!("/correction-requests/{number}");
        let patience = self.caller.settings().patience.page;
        self.said(Ask::get("read_correction_request", path, patience), wire::correction).await
    }

    async fn revisions(&self, stream: Stream, after: Option<&str>) -> Result<Revisions, Error> {
        let path = format!("/revisions/{}?{}", stream.as_str(), paged(self.revisions.load(Ordering::Relaxed), after));
        let patience = self.caller.settings().patience.page;
        self.said(Ask::get("list_revisions", path, patience), wire::revisions).await
    }

    fn pulse(&self) -> Pulse {
        self.caller.pulse()
    }
}

/// What is said with 200.
async fn said<T>(caller: &Caller, ask: Ask, read: impl Fn(&[u8]) -> Result<T, Error>) -> Result<T, Error> {
    let read = |answer: &Answer| match answer.status {
        200 => read(answer.json()?),
        _ => Err(answer.fault()),
    };
    caller.make(&ask, read).await
}

/// One record; nothing where it is as it was known.
async fn one<R: Record>(caller: Arc<Caller>, ask: Ask) -> Result<Option<Recorded<R::Domain>>, Error> {
    let read = |answer: &Answer| match answer.status {
        200 => wire::one::<R>(answer.json()?).map(Some),
        304 if ask.is_conditional() => Ok(None),
        _ => Err(answer.fault()),
    };
    caller.make(&ask, read).await
}

fn paged(limit: u32, after: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("limit", &limit.to_string());
    if let Some(after) = after {
        query.append_pair("after", after);
    }
    query.finish()
}
