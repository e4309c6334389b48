//! `/forms` and `/form-previews`: what an administrator or manager settles about a form.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, patch, post};
use noren_api::Page;
use noren_api::forms::{Form as Wire, FormContent, FormEdit, FormPreview, NewForm};
use noren_domain::event::{Change, EventKind, Subject};
use noren_domain::form::{self, Form};
use noren_domain::lead_source::SourceCode;
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::Viewer;
use noren_domain::{FormId, StoreId};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, Tx, forms, lead_sources, stores};
use rand::RngExt;

use super::{page, visible};
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch, MergePatch, Valid, is_unchanged};
use crate::idempotency::{Created, Creating};
use crate::permissions::{CreateForm, EditForm, ListForms, PreviewForm, ReadForm};
use crate::stores::require_open;

/// What keys of forms are made of: nothing that is taken for something else when it is read out.
const ALPHABET: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
const KEY_LENGTH: usize = 12;

/// List forms
///
/// The forms of the caller's stores, by name.
#[utoipa::path(tag = "forms", responses((status = 200, body = Page<Wire>)))]
#[get("/forms")]
pub async fn list_forms(who: Allowed<ListForms>, app: Data<App>) -> Result<Json<Page<Wire>>, Error> {
    let forms = forms::all(&app.db, &who.viewer).await?;
    Ok(Json(Page { items: forms.into_iter().map(|form| to_wire(&app, form)).collect(), next: None }))
}

/// Create a form
#[utoipa::path(tag = "forms", request_body = NewForm, responses((status = 201, body = Wire)))]
#[post("/forms")]
pub async fn create_form(
    who: Allowed<CreateForm>,
    app: Data<App>,
    new: Creating<NewForm>,
) -> Result<HttpResponse, Error> {
    let Creating { body, key } = new;
    let made = key.once(&app, &who, async |tx| {
        let content = checked(tx, &who.viewer, body.content.clone(), None).await?;
        let (id, at) = (FormId::mint(tx.at()), tx.at());
        let form =
            Form { id, key: random_key(), content, consent_version: 1, created_at: at, updated_at: at, version: 1 };
        forms::insert(tx, &form).await?;
        record(tx, &who.viewer, (&form, form.content.store_id), ("form.created", readable(&form.content)));
        Ok(Created { location: format!("/api/v1/forms/{id}"), version: Some(1), body: to_wire(&app, form) })
    });
    Ok(made.await?.respond())
}

/// Preview a form
///
/// The page as it would be; nothing is stored.
#[utoipa::path(tag = "forms", request_body = FormContent, responses((status = 200, body = FormPreview)))]
#[post("/form-previews")]
pub async fn preview_form(
    _: Allowed<PreviewForm>,
    app: Data<App>,
    content: Valid<FormContent>,
) -> Result<Json<FormPreview>, Error> {
    let content = form::FormContent::from(content.0);
    content.check_labels().map_err(noren_domain::Error::from)?;
    Ok(Json(FormPreview { html: page::preview(&app, content).await? }))
}

/// Read a form
#[utoipa::path(tag = "forms", params(("id" = FormId, Path)), responses((status = 200, body = Wire), (status = 304, description = "The caller has this version")))]
#[get("/forms/{id}")]
pub async fn read_form(
    who: Allowed<ReadForm>,
    app: Data<App>,
    request: HttpRequest,
    id: Id<FormId>,
) -> Result<HttpResponse, Error> {
    let form = visible(&app.db, &who.viewer, id.0).await?;
    if is_unchanged(request.headers(), form.version) {
        return Ok(HttpResponse::NotModified().insert_header(("etag", format!("\"{}\"", form.version))).finish());
    }
    Ok(answer(&app, form))
}

/// Edit a form
///
/// Only what changes is sent. Other words of consent are a new version of it.
#[utoipa::path(tag = "forms", params(("id" = FormId, Path)), responses((status = 200, body = Wire)),
    request_body(content = FormEdit, content_type = "application/merge-patch+json"))]
#[patch("/forms/{id}")]
pub async fn edit_form(
    who: Allowed<EditForm>,
    app: Data<App>,
    id: Id<FormId>,
    seen: IfMatch,
    patch: MergePatch,
) -> Result<HttpResponse, Error> {
    let edited = app.db.write(who.actor(&app), async |tx| {
        let mut form = visible(tx, &who.viewer, id.0).await?;
        if form.version != seen.0 {
            return Err(stale(&app, form));
        }
        let FormEdit { content } = patch.apply(&FormEdit { content: form.content.clone().into() })?;
        let content = checked(tx, &who.viewer, content, Some(&form.content)).await?;
        if content == form.content {
            return Ok(form);
        }
        let (changes, before) = (changes(&form.content, &content), form.content.store_id);
        form.edit(content, tx.at());
        match forms::update(tx, &mut form).await {
            Err(noren_persistence::Error::Stale) => return Err(stale(&app, visible(tx, &who.viewer, id.0).await?)),
            outcome => outcome?,
        }
        let now = form.content.store_id;
        if before != now {
            record(tx, &who.viewer, (&form, before), ("form.edited", changes.clone()));
        }
        record(tx, &who.viewer, (&form, now), ("form.edited", changes));
        Ok(form)
    });
    Ok(answer(&app, edited.await?))
}

fn stale(app: &App, form: Form) -> Error {
    let version = form.version;
    Error::stale(&to_wire(app, form), version)
}

/// The content by the rules of forms, with a store that the viewer sees and a source that may be named.
async fn checked(
    tx: &Tx,
    viewer: &Viewer,
    content: FormContent,
    before: Option<&form::FormContent>,
) -> Result<form::FormContent, Error> {
    let content = form::FormContent::from(content).check().map_err(noren_domain::Error::from)?;
    if content.active {
        require_open(tx, viewer, content.store_id, "content.store_id").await?;
    } else {
        require_store(tx, viewer, content.store_id).await?;
    }
    let known = before.is_some_and(|before| before.source == content.source);
    if !known && !is_active(tx, &content.source).await? {
        return Err(Error::field("content.source_code", "source.unknown"));
    }
    Ok(content)
}

async fn require_store(conn: &impl Conn, viewer: &Viewer, id: StoreId) -> Result<(), Error> {
    let known = stores::visible(conn, viewer).await?.iter().any(|store| store.id == id);
    if known { Ok(()) } else { Err(Error::field("content.store_id", "unknown")) }
}

async fn is_active(conn: &impl Conn, source: &SourceCode) -> Result<bool, Error> {
    Ok(lead_sources::find(conn, source).await?.is_some_and(|source| source.active))
}

fn answer(app: &App, form: Form) -> HttpResponse {
    let etag = ("etag", format!("\"{}\"", form.version));
    HttpResponse::Ok().insert_header(etag).json(to_wire(app, form))
}

fn to_wire(app: &App, form: Form) -> Wire {
    let Form { id, key, content, consent_version, created_at: _, updated_at, version } = form;
    let base = &app.config.base_url;
    Wire {
        url: format!("{base}/f/{key}"),
        embed: format!("<script src=\"{base}/embed.js\" data-form=\"{key}\" async></script>"),
        id,
        key,
        content: content.into(),
        consent_version,
        updated_at,
        version,
    }
}

/// Notes an act on a form for the audit of a store, and for the store's screens that are open.
fn record(tx: &Tx, viewer: &Viewer, (form, store_id): (&Form, StoreId), (action, changes): Act) {
    tx.audit(Entry { chain: Chain::Store(store_id), action, subject: format!("form:{}", form.id), changes });
    tx.announce(Change {
        kind: EventKind::FormChanged,
        store_id,
        subject: Subject::Form(form.id),
        version: form.version,
        staff_id: viewer.staff_id(),
        mentions: Vec::new(),
    });
}

type Act = (&'static str, Vec<FieldChange>);

/// Every member of the content as it is written, for the audit.
fn readable(content: &form::FormContent) -> Vec<FieldChange> {
    members(content).into_iter().map(|(field, value)| FieldChange::to(&field, value)).collect()
}

fn changes(before: &form::FormContent, after: &form::FormContent) -> Vec<FieldChange> {
    let (before, after) = (members(before), members(after));
    let pairs = before.into_iter().zip(after).filter(|((_, before), (_, after))| before != after);
    let change = |((field, before), (_, after))| FieldChange { field, before: Some(before), after: Some(after) };
    pairs.map(change).collect()
}

fn members(content: &form::FormContent) -> Vec<(String, String)> {
    let wire = serde_json::to_value(FormContent::from(content.clone())).unwrap_or_default();
    let members = wire.as_object().cloned().unwrap_or_default();
    let text = |value: serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    members.into_iter().map(|(name, value)| (name, text(value))).collect()
}

/// Whether a form could have this key.
pub fn is_key(text: &str) -> bool {
    text.len() == KEY_LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte))
}

/// A key that nobody guesses.
pub fn random_key() -> String {
    let mut random = rand::rng();
    (0..KEY_LENGTH).map(|_| char::from(ALPHABET[random.random_range(0..ALPHABET.len())])).collect()
}
