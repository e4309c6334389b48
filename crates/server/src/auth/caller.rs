//! The caller as a typed value: handlers name their permission and get the caller only if they have it.

use std::future::Future;
use std::marker::PhantomData;
use std::net::IpAddr;
use std::ops::Deref;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest, ResponseError};
use chrono::TimeDelta;
use noren_domain::LeadId;
use noren_domain::api_client::ApiClient;
use noren_domain::staff::{Role, Staff};
use noren_domain::viewer::{Principal, Viewer};
use noren_persistence::sessions::Session;
use noren_persistence::{Actor, api_clients, sessions};
use sha2::{Digest, Sha256};

use super::{require_alive, second_factor, session_hash};
use crate::app::App;
use crate::limits::Remaining;
use crate::permissions::Permission;
use crate::{Error, frame};

/// Writes of "last seen" are this far apart.
const TOUCH: TimeDelta = TimeDelta::minutes(1);
/// How long a request waits for that write.
const PATIENCE: Duration = Duration::from_millis(500);
/// What integrators' keys begin with.
pub const KEY_PREFIX: &str = "noren_";

/// Who is calling.
#[derive(Clone)]
pub struct Caller {
    pub viewer: Viewer,
    /// The person and their session; an integrator's key has neither.
    pub person: Option<(Session, Staff)>,
    /// Whether the person proved lately who they are. A key always does.
    fresh: bool,
    /// Whether a second factor is required of the person, who has none.
    missing_factor: bool,
    /// The integrator's key and from where it is used; a person has none.
    pub key: Option<(ApiClient, Option<IpAddr>)>,
}

/// What the middleware found; handlers that need nobody do not look.
#[derive(Clone)]
enum Found {
    Caller,
    Nobody,
    Ended,
    Locked,
    Elsewhere,
    Spent(Remaining),
}

/// A caller who may do `P`.
pub struct Allowed<P> {
    caller: Caller,
    permission: PhantomData<P>,
}

impl Caller {
    /// The caller as the author of a write, now.
    pub fn actor(&self, app: &App) -> Actor {
        Actor {
            name: self.viewer.principal.to_string(),
            session_id: self.person.as_ref().map(|(session, _)| session.id),
            request_id: Some(frame::current().request_id),
            at: app.clock.now(),
        }
    }

    /// The caller as they are now, if they may still call.
    ///
    /// # Errors
    /// `SessionEnded`, `SessionLocked`, `AddressRefused`, or when the database cannot be asked.
    pub async fn again(&self, app: &App) -> Result<Self, Error> {
        let now = app.clock.now();
        if let Some((session, _)) = &self.person {
            let found = sessions::find_with_staff(&app.db, session.id).await?;
            let (session, staff) = found.ok_or(Error::SessionEnded)?;
            require_alive(&session, &staff, now)?;
            return Ok(of_person((session, staff), self.fresh, self.missing_factor));
        }
        let Some((client, from)) = &self.key else { return Err(Error::SessionEnded) };
        let found = api_clients::find(&app.db, client.id).await?;
        let client = found.filter(|client| client.is_valid(now)).ok_or(Error::SessionEnded)?;
        if client.is_welcome_from(*from) { Ok(of_client(client, *from)) } else { Err(Error::AddressRefused) }
    }

    /// Nothing, if the caller may do `P`.
    ///
    /// # Errors
    /// `CustomerView` for what no customer is to see or do while the screen is turned to one, `Forbidden` for a role that may not, `SecondFactorRequired` for a person who has yet to set one up, `NotFresh` for a person whose sign-in is too old, `InsufficientScope` for a key that was
    /// not given the scope.
    pub fn require<P: Permission>(&self) -> Result<(), Error> {
        if self.viewer.customer_view.is_some() && !P::CUSTOMER_VIEW {
            return Err(Error::CustomerView);
        }
        if !P::ROLES.contains(&self.viewer.role) {
            return Err(Error::Forbidden);
        }
        if self.missing_factor && !P::ENROLLING {
            return Err(Error::SecondFactorRequired);
        }
        if P::FRESH && !self.fresh {
            return Err(Error::NotFresh);
        }
        match (&self.key, P::SCOPE) {
            (Some((client, _)), Some(scope)) if !client.profile.scopes.contains(&scope) => {
                Err(Error::InsufficientScope(scope.as_str()))
            }
            _ => Ok(()),
        }
    }

    /// Nothing, if a lead may be shown however the screen is turned.
    ///
    /// # Errors
    /// `CustomerView` for everybody but whom it is turned to.
    pub fn require_shown(&self, lead: LeadId) -> Result<(), Error> {
        match self.viewer.customer_view {
            Some(view) if !view.shows(lead) => Err(Error::CustomerView),
            _ => Ok(()),
        }
    }

    /// The caller with the screen as it is turned now.
    ///
    /// # Errors
    /// `SessionEnded`, or when the database cannot be asked.
    pub async fn as_turned(&self, app: &App) -> Result<Self, Error> {
        let Some((session, _)) = &self.person else { return Ok(self.clone()) };
        let session = sessions::find(&app.db, session.id).await?.ok_or(Error::SessionEnded)?;
        let viewer = Viewer { customer_view: session.customer_view, ..self.viewer.clone() };
        Ok(Self { viewer, ..self.clone() })
    }

    /// Counts a request against the caller's quota.
    fn admit(&self, app: &App) -> Result<Remaining, Error> {
        match &self.key {
            Some((client, _)) => app.limits.admit_api_client(client.id.0, client.profile.requests_per_minute),
            None => app.limits.admit_staff(self.quota_key()),
        }
    }

    /// What quotas of this process count by: the session, or the key.
    pub fn quota_key(&self) -> uuid::Uuid {
        match (&self.person, self.viewer.principal) {
            (Some((session, _)), _) => session.id.0,
            (None, Principal::Staff(id)) => id.0,
            (None, Principal::ApiClient(id)) => id.0,
        }
    }

    /// What log lines call the caller's session; nothing for an integrator's key.
    pub fn session_hash(&self) -> Option<String> {
        self.person.as_ref().map(|(session, _)| session_hash(session.id))
    }
}

impl<P> Deref for Allowed<P> {
    type Target = Caller;
    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl<P: Permission> FromRequest for Allowed<P> {
    type Error = Error;
    type Future = std::future::Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let extensions = request.extensions();
        let allowed = match (extensions.get::<Found>(), extensions.get::<Caller>()) {
            (Some(Found::Spent(spent)), _) => Err(Error::RateLimited(*spent)),
            (Some(Found::Ended), _) => Err(Error::SessionEnded),
            (Some(Found::Locked), _) => Err(Error::SessionLocked),
            (Some(Found::Elsewhere), _) => Err(Error::AddressRefused),
            (_, Some(caller)) => {
                caller.require::<P>().map(|()| Self { caller: caller.clone(), permission: PhantomData })
            }
            (_, None) => Err(Error::NotSignedIn),
        };
        std::future::ready(allowed)
    }
}

/// Finds out who calls, and counts the request against their quota. Whether they may is the handler's question.
///
/// # Errors
/// Those of the handlers. What ends here is an answer, so that its log line knows the route.
pub async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let found = match recognise(&request).await {
        Ok(found) => found,
        Err(error) => return Ok(request.into_response(error.error_response())),
    };
    request.extensions_mut().insert(found);
    Ok(next.call(request).await?.map_into_boxed_body())
}

async fn recognise(request: &ServiceRequest) -> Result<Found, Error> {
    let app = request.app_data::<Data<App>>().cloned();
    let app = app.ok_or_else(|| Error::Internal("the app is not set up".into()))?;
    match identify(request, &app).await {
        Ok(caller) => {
            let found = match caller.admit(&app) {
                Ok(remaining) => {
                    request.extensions_mut().insert(remaining);
                    Found::Caller
                }
                Err(Error::RateLimited(spent)) => Found::Spent(spent),
                Err(other) => return Err(other),
            };
            request.extensions_mut().insert(caller);
            let unknown = app.document.unknown_query(request.method().as_str(), request.path(), request.query_string());
            if let Some(name) = unknown {
                return Err(Error::field(name, "unknown_field"));
            }
            Ok(found)
        }
        Err(Error::NotSignedIn) => Ok(Found::Nobody),
        Err(Error::SessionEnded) => Ok(Found::Ended),
        Err(Error::SessionLocked) => Ok(Found::Locked),
        Err(Error::AddressRefused) => Ok(Found::Elsewhere),
        Err(other) => Err(other),
    }
}

async fn identify(request: &ServiceRequest, app: &App) -> Result<Caller, Error> {
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header.and_then(|value| value.strip_prefix("Bearer ")).ok_or(Error::NotSignedIn)?.trim();
    if token.starts_with(KEY_PREFIX) {
        identify_client(app, token, app.peer(request.request())).await
    } else {
        identify_person(app, token, is_unattended(request.headers())).await
    }
}

/// Whether a screen asks by itself, which no person has touched for a while: that keeps no session alive.
pub fn is_unattended(headers: &HeaderMap) -> bool {
    headers.contains_key("x-noren-unattended")
}

async fn identify_person(app: &App, token: &str, unattended: bool) -> Result<Caller, Error> {
    let now = app.clock.now();
    let id = app.access_tokens.session(token, now)?;
    let (session, staff) = sessions::find_with_staff(&app.db, id).await?.ok_or(Error::SessionEnded)?;
    require_alive(&session, &staff, now)?;
    // Seen in the future, that is by a clock that was set back since: from there the session would rest for too long.
    if !unattended && (now - session.last_seen_at).abs() >= TOUCH {
        best_effort(app.db.write(Actor::system(now), async |tx| sessions::touch(tx, id).await)).await;
    }
    // What was proved in the future, by a clock that was set back since, is not fresh until then.
    let fresh = (now - session.authenticated_at).abs() < TimeDelta::seconds(app.config.limits.fresh_seconds);
    let missing_factor = second_factor::is_missing(&app.db, app, &staff).await?;
    Ok(of_person((session, staff), fresh, missing_factor))
}

/// A read must not fail, nor wait for long, because "last seen" cannot be written just now.
async fn best_effort(touch: impl Future<Output = Result<(), noren_persistence::Error>>) {
    match tokio::time::timeout(PATIENCE, touch).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(error = %error, "touch.failed"),
        Err(_elapsed) => tracing::warn!("touch.skipped"),
    }
}

async fn identify_client(app: &App, secret: &str, from: Option<IpAddr>) -> Result<Caller, Error> {
    let now = app.clock.now();
    let hash = Sha256::digest(secret.as_bytes()).into();
    let client = api_clients::find_by_secret(&app.db, hash, now).await?.ok_or(Error::SessionEnded)?;
    if !client.is_valid(now) {
        return Err(Error::SessionEnded);
    }
    if !client.is_welcome_from(from) {
        // Whoever took a key away is somebody to look for.
        tracing::warn!(api_client_id = %client.id, "api_client.address_refused");
        return Err(Error::AddressRefused);
    }
    if client.last_used_at.is_none_or(|used| now - used >= TOUCH) {
        best_effort(app.db.write(Actor::system(now), async |tx| api_clients::touch(tx, client.id).await)).await;
    }
    Ok(of_client(client, from))
}

fn of_person((session, staff): (Session, Staff), fresh: bool, missing_factor: bool) -> Caller {
    let viewer = Viewer {
        principal: Principal::Staff(staff.id),
        role: staff.role,
        stores: staff.stores.clone(),
        customer_view: session.customer_view,
    };
    Caller { viewer, person: Some((session, staff)), fresh, missing_factor, key: None }
}

fn of_client(client: ApiClient, from: Option<IpAddr>) -> Caller {
    let (principal, stores) = (Principal::ApiClient(client.id), client.profile.stores.clone());
    let viewer = Viewer { principal, role: Role::ApiClient, stores, customer_view: None };
    Caller { viewer, person: None, fresh: true, missing_factor: false, key: Some((client, from)) }
}
