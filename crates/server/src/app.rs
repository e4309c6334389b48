//! The app: what every handler is given, and how its routes hang together.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::http::header;
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, HttpServer};
use noren_api::Page;
use noren_domain::Timestamp;
use noren_persistence::{Db, Settings};
use rand::RngExt;
use secrecy::ExposeSecret;
use serde::Serialize;
use tokio::sync::Notify;
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::access::Recorder;
use crate::auth::AccessTokens;
use crate::auth::second_factor::{self, Passkeys};
use crate::clock::Clock;
use crate::config::Config;
use crate::cursor::Cursors;
use crate::exports::Exports;
use crate::extreme::{Intakes, Link};
use crate::files::Files;
use crate::limits::Limits;
use crate::live::Live;
use crate::outbox::Outbox;
use crate::seats::Seats;
use crate::secrets::{Keys, Seal};
use crate::tls::{self, Ports, Tls};
use crate::{
    Error, access, api_clients, audit, auth, company, csp_reports, customers, docs, external_systems, extreme, forms,
    frame, health, holds, jobs, lead_sources, leads, live, me, method, openapi, outbox, postal_codes, staff, stores,
    system, tags, trust, vehicles,
};

/// How long a handshake may take, and then the headers of a request.
const ARRIVAL: Duration = Duration::from_secs(5);

/// What a handler needs of the house.
pub struct App {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub config: Config,
    pub access_tokens: AccessTokens,
    pub limits: Limits,
    pub draining: AtomicBool,
    pub document: &'static openapi::Document,
    pub live: Live,
    /// Encrypts what has to be read again.
    pub seal: Seal,
    pub passkeys: Passkeys,
    pub started_at: Timestamp,
    /// How it speaks TLS, where it does so itself.
    pub tls: Option<Tls>,
    pub outbox: Outbox,
    pub recorder: Recorder,
    pub exports: Exports,
    /// Told when a walk over the audit is wanted.
    pub walk_wanted: Notify,
    pub files: Files,
    /// The way to EXTREME, where one is configured.
    pub extreme: Option<Link>,
    /// What takes the files of an EXTREME that is not connected.
    pub intakes: Intakes,
    pub(crate) photo_turns: vehicles::Turns,
    cursor_key: [u8; 32],
}

/// A server that listens.
pub struct Running {
    pub app: Data<App>,
    pub address: std::net::SocketAddr,
    /// Where plain http is sent over to TLS.
    pub http_address: Option<std::net::SocketAddr>,
    server: actix_web::dev::Server,
}

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Secrets(#[from] crate::secrets::Error),
    #[error(transparent)]
    Tls(#[from] crate::config::Problems),
    #[error("TLS: {0}")]
    Rustls(#[from] rustls::Error),
    #[error("mail_smtp_url: no mail can be sent to it")]
    Mail,
    #[error(transparent)]
    Files(#[from] crate::files::NoFolder),
    #[error(transparent)]
    Extreme(#[from] crate::extreme::NoLink),
    #[error("the database: {0}")]
    Database(#[from] noren_persistence::Error),
    #[error("{address} cannot be listened on: {source}")]
    Listen { address: std::net::SocketAddr, source: std::io::Error },
}

impl App {
    /// Opens the database, after bringing its schema up to date if the configuration says so.
    ///
    /// # Errors
    /// When there is no certificate that fits, no secret key or no database.
    pub async fn build(config: Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let tls = Tls::load(&config, clock.now())?;
        let keys = Keys::load(&config)?;
        let settings = settings(&config, &keys);
        if config.migrate {
            Db::migrate(&settings).await?;
        }
        Ok(Self {
            db: Db::connect(&settings).await?,
            access_tokens: AccessTokens::new(&keys.access_token, &config.base_url),
            limits: Limits::new(&config.limits, &clock),
            draining: AtomicBool::new(false),
            document: openapi::Document::get(),
            live: Live::new(),
            started_at: clock.now(),
            tls,
            outbox: Outbox::new(&config, keys.mailed_code).ok_or(StartError::Mail)?,
            recorder: Recorder::default(),
            exports: Exports::default(),
            walk_wanted: Notify::new(),
            files: Files::open(&config.data_dir.join("files"))?,
            extreme: config.extreme.as_ref().map(|extreme| Link::open(extreme, &clock)).transpose()?,
            intakes: Intakes::new(Uuid::from_u128(rand::rng().random())),
            photo_turns: vehicles::Turns::default(),
            cursor_key: keys.cursor,
            seal: keys.seal,
            passkeys: Passkeys::of(&config.base_url),
            clock,
            config,
        })
    }

    /// The cursors of a list; `filter` is everything that decides what is in it and in which order.
    pub(crate) fn cursors(&self, list: &str, filter: &impl Serialize) -> Result<Cursors<'_>, Error> {
        let filter = serde_json::to_string(filter).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(Cursors { key: &self.cursor_key, list: format!("{list} {filter}") })
    }

    /// A page, with the link to the next one.
    pub(crate) fn page<T: Serialize>(&self, request: &HttpRequest, page: &Page<T>) -> HttpResponse {
        self.linked(request, page.next.as_deref(), page)
    }

    /// The same where a page says more than that.
    pub(crate) fn linked(&self, request: &HttpRequest, next: Option<&str>, page: &impl Serialize) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        if let Some(next) = next {
            let kept = request.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("after="));
            let query = kept.chain([format!("after={next}").as_str()]).collect::<Vec<_>>().join("&");
            response.insert_header((
                header::LINK,
                format!("<{}{}?{query}>; rel=\"next\"", self.config.base_url, request.path()),
            ));
        }
        response.json(page)
    }

    /// What a quota counts by: the address, or of IPv6 the /64 that one customer of a provider has to themselves.
    pub(crate) fn sender(&self, request: &HttpRequest) -> String {
        match self.peer(request) {
            Some(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            Some(IpAddr::V4(address)) => address.to_string(),
            None => String::new(),
        }
    }

    /// The caller's address; a proxy that is trusted may name another.
    pub(crate) fn peer(&self, request: &HttpRequest) -> Option<IpAddr> {
        let peer = request.peer_addr()?.ip().to_canonical();
        let is_trusted = self.config.trusted_proxies.iter().any(|proxy| proxy.to_canonical() == peer);
        // The proxy's own entry is the last of the last line; what stands before it was sent by the caller.
        let forwarded = request.headers().get_all("x-forwarded-for").last().filter(|_| is_trusted);
        let named = forwarded.and_then(|value| value.to_str().ok()).and_then(|list| list.rsplit(',').next());
        let named = named.and_then(|address| address.trim().parse::<IpAddr>().ok());
        Some(named.map_or(peer, |address| address.to_canonical()))
    }
}

/// How to reach the configured database.
#[must_use]
pub fn settings(config: &Config, keys: &Keys) -> Settings {
    Settings {
        url: config.database_url.expose_secret().to_owned(),
        max_connections: config.database_connections,
        audit_key: keys.audit.clone(),
    }
}

/// Everything under `/api/v1`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(auth::log_in)
        .service(auth::refresh_session)
        .service(auth::list_people_here)
        .service(auth::unlock_screen)
        .service(auth::lock_screen)
        .service(auth::set_pin)
        .service(auth::remove_pin)
        .service(auth::read_customer_view)
        .service(auth::enter_customer_view)
        .service(auth::leave_customer_view)
        .service(auth::read_invitation)
        .service(auth::join)
        .service(auth::request_recovery)
        .service(auth::log_out)
        .service(auth::list_sessions)
        .service(auth::end_session)
        .service(auth::end_other_sessions)
        .service(auth::change_password)
        .service(auth::step_up)
        .service(second_factor::ask_passkey_again)
        .service(second_factor::pass_second_factor)
        .service(second_factor::ask_passkey)
        .service(second_factor::sign_in_by_passkey)
        .service(second_factor::list_second_factors)
        .service(second_factor::offer_authenticator)
        .service(second_factor::confirm_authenticator)
        .service(second_factor::remove_authenticator)
        .service(second_factor::offer_passkey)
        .service(second_factor::register_passkey)
        .service(second_factor::remove_passkey)
        .service(second_factor::make_recovery_codes)
        .service(auth::read_setup)
        .service(auth::set_up)
        .service(me::get_me)
        .service(me::set_language)
        .configure(company::routes)
        .configure(leads::routes)
        .configure(customers::routes)
        .configure(forms::routes)
        .configure(staff::routes)
        .configure(stores::routes)
        .configure(outbox::routes)
        .configure(extreme::routes)
        .configure(external_systems::routes)
        .configure(lead_sources::routes)
        .configure(tags::routes)
        .service(system::read_system)
        .service(postal_codes::find_postal_code)
        .service(live::stream_events)
        .configure(audit::routes)
        .configure(access::routes)
        .configure(api_clients::routes)
        .configure(vehicles::routes)
        .configure(holds::routes);
}

/// Everything under `/public/v1`.
pub fn public_routes(config: &mut ServiceConfig<'_>) {
    config.service(csp_reports::take_csp_reports).configure(forms::public_routes);
}

impl Running {
    /// Binds the address and builds the routes; nothing is served until [`Running::serve`].
    ///
    /// # Errors
    /// `Listen` when the address is taken.
    pub fn start(app: App) -> Result<Self, StartError> {
        let app = Data::new(app);
        let metrics = health::metrics_handle();
        let shared = app.clone();
        let seats = Seats::new(app.config.limits.connections_per_address, &app.config.trusted_proxies);
        let server = HttpServer::new(move || {
            let shared = shared.clone();
            let docs = shared.config.docs;
            let (app, _) = actix_web::App::new()
                .into_utoipa_app()
                .map(|app| app.wrap(Compress::default()).wrap(from_fn(frame::frame)))
                .app_data(shared)
                .app_data(Data::new(metrics.clone()))
                .service(utoipa_actix_web::scope("/api/v1").wrap(from_fn(auth::authenticate)).configure(routes))
                .service(utoipa_actix_web::scope("/public/v1").configure(public_routes))
                .split_for_parts();
            let app = app.service(health::healthz).service(health::readyz).service(health::metrics);
            let app = app.configure(|config| {
                if docs {
                    docs::routes(config);
                }
            });
            app.configure(trust::pages)
                .configure(forms::pages)
                .configure(company::pages)
                .configure(vehicles::pages)
                .configure(docs::problem_pages)
                .default_service(actix_web::web::to(method::fall_back))
        });
        let server = server
            .on_connect(move |io, extensions| seats.on_connect(io, extensions))
            .workers(app.config.workers)
            .keep_alive(Duration::from_secs(15))
            .client_request_timeout(ARRIVAL)
            .tls_handshake_timeout(ARRIVAL)
            .max_connections(4096 / app.config.workers.max(1))
            // A handshake that is stalled takes the place of a connection and nothing more.
            .max_connection_rate(4096 / app.config.workers.max(1))
            .shutdown_timeout(20)
            .disable_signals();
        let address = app.config.listen;
        let failed = |address| move |source| StartError::Listen { address, source };
        let server = match &app.tls {
            Some(tls) => server.bind_rustls_0_23(address, tls.server_config()?),
            None => server.bind(address),
        };
        let mut server = server.map_err(failed(address))?;
        if let Some(plain) = app.config.http_listen {
            server = server.bind(plain).map_err(failed(plain))?;
        }
        let mut bound = server.addrs().into_iter();
        let address = bound.next().unwrap_or(address);
        let http_address = bound.next();
        if let Some(tls) = &app.tls {
            let ports = Ports { https: address.port(), http: http_address.map(|address| address.port()) };
            tls.ports.get_or_init(|| ports);
        }
        Ok(Self { app, address, http_address, server: server.run() })
    }

    /// A handle that stops the server.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Serves until stopped, with the jobs beside.
    ///
    /// # Errors
    /// When the listener breaks.
    pub async fn serve(self) -> std::io::Result<()> {
        let beside = [
            actix_web::rt::spawn(jobs::run(self.app.clone())),
            actix_web::rt::spawn(live::watch(self.app.clone())),
            actix_web::rt::spawn(tls::keep(self.app.clone())),
            actix_web::rt::spawn(access::run(self.app.clone())),
            actix_web::rt::spawn(audit::verifications::work(self.app.clone())),
            actix_web::rt::spawn(extreme::run(self.app.clone())),
            actix_web::rt::spawn(holds::tend(self.app.clone())),
            actix_web::rt::spawn(extreme::take_files(self.app.clone())),
            actix_web::rt::spawn(extreme::watch_folder(self.app.clone())),
        ];
        let sending = actix_web::rt::spawn(outbox::run(self.app.clone()));
        let served = self.server.await;
        outbox::stop(&self.app, sending).await;
        for task in beside {
            task.abort();
            // Waited for, because what they hold of the database is given back by the runtime that ends with this.
            drop(task.await);
        }
        if let Err(error) = self.app.recorder.write_out(&self.app).await {
            tracing::error!(error = %error, "access.not_written");
        }
        served
    }
}

/// Says on `/readyz` that no new work is wanted, waits for the balancers to see it, and stops.
pub async fn drain(app: Data<App>, handle: ServerHandle, wait: Duration) {
    app.draining.store(true, Ordering::Relaxed);
    tokio::time::sleep(wait).await;
    app.live.close();
    handle.stop(true).await;
}
