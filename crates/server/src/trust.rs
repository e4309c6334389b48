//! `/trust`: how a tablet comes to trust the local authority, on the plain listener too, because it cannot trust us before.
//! For the person at the server the same is printed, with the fingerprint to compare.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, get};
use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qrcode::QrCode;
use qrcode::render::{svg, unicode};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Error;
use crate::app::App;
use crate::tls::{self, Host, Tls};

const STYLE: &str = concat!(include_str!("../../../frontend/styles/tokens.css"), include_str!("../assets/trust.css"));
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; \
     form-action 'none'";
/// Digits of the fingerprint in a line, so that two people can read it to one another.
const LINE: usize = 48;

#[derive(Template)]
#[template(path = "trust/page.html")]
struct PageView {
    machine: String,
    fingerprint: Vec<String>,
    app: String,
}

#[derive(Template)]
#[template(path = "trust/qr.html")]
struct QrView {
    page: String,
    fingerprint: Vec<String>,
}

/// What iPads call a configuration profile.
#[derive(Template)]
#[template(path = "trust/profile.xml")]
struct ProfileView {
    machine: String,
    certificate: String,
    /// The same for the same authority, so that a profile that is installed again takes the place of the first.
    ids: [Uuid; 2],
}

/// Where the app and this page are for somebody who came by a host of ours.
struct Place {
    app: String,
    page: String,
}

impl Place {
    /// Where a caller came to, if others can use that too: a QR code that says `localhost` leads a tablet to itself. Else the
    /// base address.
    fn of(app: &App, tls: &Tls, header: Option<&str>) -> Self {
        let base = app.config.base_url.as_str();
        let ports = tls.ports.get();
        let reached = tls.reached_as(header).filter(|host| !host.is_loopback());
        let app = match (&reached, ports) {
            (Some(host), Some(ports)) => format!("https://{host}:{}", ports.https),
            _ => base.to_owned(),
        };
        let page = match (reached.or_else(|| Host::of_url(base)), ports.and_then(|ports| ports.http)) {
            (Some(host), Some(port)) => format!("http://{host}:{port}/trust"),
            _ => format!("{app}/trust"),
        };
        Self { app, page }
    }
}

/// The pages; without a local authority there are none.
pub fn pages(config: &mut ServiceConfig) {
    config
        .service(show)
        .service(show_qr)
        .service(draw_qr)
        .service(give_certificate)
        .service(give_profile)
        .service(style);
}

/// The authority, and where we are for the caller.
fn local<'a>(app: &'a App, request: &HttpRequest) -> Result<(&'a [u8], String, Place), Error> {
    let tls = app.tls.as_ref().ok_or(Error::NotFound)?;
    let (certificate, fingerprint) = tls.authority().ok_or(Error::NotFound)?;
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    Ok((certificate, fingerprint, Place::of(app, tls, host)))
}

#[get("/trust")]
async fn show(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let (_, fingerprint, place) = local(&app, &request)?;
    html(&PageView { machine: tls::machine_name(), fingerprint: lines(&fingerprint), app: place.app })
}

/// For the screen of a PC, to be scanned by tablets.
#[get("/trust/qr")]
async fn show_qr(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let (_, fingerprint, place) = local(&app, &request)?;
    html(&QrView { page: place.page, fingerprint: lines(&fingerprint) })
}

#[get("/trust/qr.svg")]
async fn draw_qr(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let (_, _, place) = local(&app, &request)?;
    let drawn = code(&place.page)?.render::<svg::Color>().min_dimensions(240, 240).build();
    Ok(HttpResponse::Ok().content_type("image/svg+xml").body(drawn))
}

#[get("/trust/noren.crt")]
async fn give_certificate(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let (certificate, ..) = local(&app, &request)?;
    Ok(file("application/x-x509-ca-cert", "noren.crt", certificate.to_vec()))
}

#[get("/trust/noren.mobileconfig")]
async fn give_profile(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Error> {
    let (certificate, ..) = local(&app, &request)?;
    let id = |purpose: &str| {
        let mut bytes = [0; 16];
        let digest = Sha256::new().chain_update(purpose).chain_update(certificate).finalize();
        bytes.copy_from_slice(&digest[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    };
    let view = ProfileView {
        machine: tls::machine_name(),
        certificate: STANDARD.encode(certificate),
        ids: [id("profile"), id("authority")],
    };
    let profile = view.render().map_err(|error| Error::Internal(error.to_string()))?;
    Ok(file("application/x-apple-aspen-config", "noren.mobileconfig", profile.into_bytes()))
}

#[get("/trust/trust.css")]
async fn style() -> HttpResponse {
    let cached = (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=600"));
    HttpResponse::Ok().content_type("text/css; charset=utf-8").insert_header(cached).body(STYLE)
}

fn html(view: &impl Template) -> Result<HttpResponse, Error> {
    let page = view.render().map_err(|error| Error::Internal(error.to_string()))?;
    let policy = (header::CONTENT_SECURITY_POLICY, POLICY);
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").insert_header(policy).body(page))
}

fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> HttpResponse {
    let disposition = (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""));
    HttpResponse::Ok().content_type(kind).insert_header(disposition).body(bytes)
}

fn code(text: &str) -> Result<QrCode, Error> {
    QrCode::new(text).map_err(|error| Error::Internal(error.to_string()))
}

fn lines(fingerprint: &str) -> Vec<String> {
    let pairs: Vec<&str> = fingerprint.split(':').collect();
    pairs.chunks(LINE / 6).map(|pairs| pairs.join(":")).collect()
}

/// What the person at the server is told: where tablets go, and what to compare there.
pub fn invitation(app: &App) -> Option<String> {
    let tls = app.tls.as_ref()?;
    let (_, fingerprint) = tls.authority()?;
    let Place { app: address, page } = Place::of(app, tls, None);
    let ports = tls.ports.get()?;
    let ports = [Some(ports.https), ports.http].into_iter().flatten().map(|port| port.to_string());
    // Most terminals are dark: what is drawn there is light.
    let (dark, light) = (unicode::Dense1x2::Light, unicode::Dense1x2::Dark);
    let drawn = code(&page).ok()?.render::<unicode::Dense1x2>().dark_color(dark).light_color(light).build();
    Some(format!(
        "Noren is at {address}/ for everybody in this network.\n\n\
         A tablet must trust this machine once. On the tablet, scan this or open {page}\n\
         (on a PC, {page}/qr shows the code to scan):\n\n{drawn}\n\
         and compare the fingerprint (SHA-256) that the page shows with this one:\n  {}\n\n\
         If nothing answers there, a firewall may be in the way: it must let in TCP {}.\n",
        lines(&fingerprint).join("\n  "),
        ports.collect::<Vec<_>>().join(" and "),
    ))
}
