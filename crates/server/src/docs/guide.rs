//! `/docs`: how integrators use the API, in Japanese and English. What can be read off the code is.

use std::sync::OnceLock;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get};
use askama::Template;
use noren_api::page::{DEFAULT_LIMIT, MAX_LIMIT};
use noren_domain::api_client::Scope;
use serde_json::Value;

use crate::Error;
use crate::app::App;
use crate::permissions::scope_of;
use crate::problem::{KINDS, Kind};

const STYLE: &str =
    concat!(include_str!("../../../../frontend/styles/tokens.css"), include_str!("../../assets/docs.css"));
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; \
     base-uri 'none'; form-action 'none'";

#[derive(Template)]
#[template(path = "docs/guide_ja.html")]
struct Japanese<'a> {
    guide: &'a Guide<'a>,
}

#[derive(Template)]
#[template(path = "docs/guide_en.html")]
struct English<'a> {
    guide: &'a Guide<'a>,
}

/// What both languages tell of.
struct Guide<'a> {
    base_url: &'a str,
    scopes: &'a [ScopeRow],
    kinds: &'a [Kind],
    examples: &'a [Example],
    default_limit: u64,
    max_limit: u64,
    per_minute: u32,
    /// What is left after the first request.
    left: u32,
    searches: u32,
}

struct ScopeRow {
    name: &'static str,
    ja: &'static str,
    en: &'static str,
    /// Such as `GET /leads`.
    operations: Vec<String>,
}

/// A file that is shown as it is, and run by a test.
struct Example {
    name: &'static str,
    ja: &'static str,
    en: &'static str,
    text: &'static str,
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "leads.sh",
        ja: "bash と curl で: 見込み客を送り、一覧を読み、編集します。",
        en: "With bash and curl: sends a lead, reads the list and edits it.",
        text: include_str!("../../../../docs/examples/leads.sh"),
    },
    Example {
        name: "leads.py",
        ja: "Python(標準ライブラリだけ)で: 同じことを、送り直しや編集の重なりも扱って行います。",
        en: "With Python (its standard library alone): the same, with repeats and edits that meet.",
        text: include_str!("../../../../docs/examples/leads.py"),
    },
    Example {
        name: "events.py",
        ja: "Python で: 変更の知らせを受け続けます。切れたところから続けます。",
        en: "With Python: follows the changes, and goes on where it was cut.",
        text: include_str!("../../../../docs/examples/events.py"),
    },
];

/// The guide in Japanese.
#[get("/docs")]
pub async fn japanese(app: Data<App>) -> Result<HttpResponse, Error> {
    let guide = Guide::of(&app);
    page(&Japanese { guide: &guide })
}

/// The guide in English.
#[get("/docs/en")]
pub async fn english(app: Data<App>) -> Result<HttpResponse, Error> {
    let guide = Guide::of(&app);
    page(&English { guide: &guide })
}

/// An example, to be saved.
#[get("/docs/examples/{name}")]
pub async fn example_file(name: Path<String>) -> Result<HttpResponse, Error> {
    let example = EXAMPLES.iter().find(|example| example.name == *name).ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(example.text))
}

#[get("/docs/assets/docs.css")]
pub async fn style() -> HttpResponse {
    let cached = (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=600"));
    HttpResponse::Ok().content_type("text/css; charset=utf-8").insert_header(cached).body(STYLE)
}

fn page(view: &impl Template) -> Result<HttpResponse, Error> {
    let page = view.render().map_err(|error| Error::Internal(error.to_string()))?;
    let policy = (header::CONTENT_SECURITY_POLICY, POLICY);
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").insert_header(policy).body(page))
}

impl<'a> Guide<'a> {
    fn of(app: &'a App) -> Self {
        static SCOPES: OnceLock<Vec<ScopeRow>> = OnceLock::new();
        let limits = &app.config.limits;
        Self {
            base_url: &app.config.base_url,
            scopes: SCOPES.get_or_init(|| rows(&app.document.json)),
            kinds: KINDS,
            examples: EXAMPLES,
            default_limit: DEFAULT_LIMIT,
            max_limit: MAX_LIMIT,
            per_minute: limits.api_client_per_minute,
            left: (limits.api_client_per_minute / 6).max(1) - 1,
            searches: limits.search_per_second,
        }
    }
}

/// Every scope with the operations of the document that need it.
fn rows(document: &str) -> Vec<ScopeRow> {
    let document: Value = serde_json::from_str(document).unwrap_or_default();
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations: Vec<(Scope, String)> = paths
        .flat_map(|(path, item)| {
            let path = path.strip_prefix("/api/v1").unwrap_or(path);
            item.as_object().into_iter().flatten().filter_map(move |(method, operation)| {
                let scope = scope_of(operation["operationId"].as_str()?)?;
                Some((scope, format!("{} {path}", method.to_uppercase())))
            })
        })
        .collect();
    let of = |scope: Scope| {
        let own = operations.iter().filter(|(needed, _)| *needed == scope);
        let [ja, en] = what(scope);
        ScopeRow { name: scope.as_str(), ja, en, operations: own.map(|(_, said)| said.clone()).collect() }
    };
    Scope::ALL.map(of).into()
}

/// What a scope allows, in both languages.
fn what(scope: Scope) -> [&'static str; 2] {
    match scope {
        Scope::LeadsRead => [
            "見込み客と、お問い合わせ・履歴を読む。個人情報を含みます。",
            "Read leads with their inquiries and history. Holds personal data.",
        ],
        Scope::LeadsCreate => [
            "新しい見込み客とお問い合わせを送る。今ある見込み客は見えません。",
            "Send new leads and inquiries. What is there is not shown.",
        ],
        Scope::LeadsWrite => [
            "見込み客の内容・担当・状態を変え、メモを残す。返事に個人情報を含みます。",
            "Change content, assignee and status, and write notes. The answers hold personal data.",
        ],
        Scope::CustomersRead => [
            "顧客と、その車・整備・車検を読む。個人情報を含みます。",
            "Read customers with their cars, maintenance and inspections. Holds personal data.",
        ],
        Scope::EventsRead => [
            "変更の知らせを受ける。ほかのスコープで見られるものだけです。",
            "Hear of changes, of what the other scopes let see.",
        ],
        Scope::StaffRead => ["スタッフの名前と役割、働く店舗を読む。", "Read names, roles and stores of the staff."],
        Scope::StoresRead => ["店舗の名前と住所、営業時間を読む。", "Read names, addresses and hours of the stores."],
        Scope::MastersRead => [
            "きっかけとタグの一覧と、郵便番号の住所を読む。",
            "Read lead sources and tags, and the places of postal codes.",
        ],
        Scope::StockRead => [
            "キーの店舗の在庫と写真を読む。仕入原価は含みません。",
            "Read the stock of the key's stores with its pictures, without cost.",
        ],
    }
}
