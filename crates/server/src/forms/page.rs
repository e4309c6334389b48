//! `/f/{form_key}`: the form as a page of ours. It works without scripts; with them the postal code fills the address by itself.

use std::collections::BTreeMap;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, ResponseError, get, post};
use askama::Template;
use noren_api::FieldProblem;
use noren_domain::FormId;
use noren_domain::form::{FieldKind, Form, FormContent, FormField, Input, Visit};
use noren_domain::language::Language;
use noren_domain::postal::PostalPlace;

use super::public::{PLAIN, Reader};
use super::take::{self, Letter, Sent};
use super::{open, words};
use crate::app::App;
use crate::body::form_body;
use crate::company::Sign;
use crate::{Error, postal_codes};

/// Places that a person can look through.
const MOST_PLACES: usize = 50;
const STYLE: &str =
    concat!(include_str!("../../../../frontend/styles/tokens.css"), include_str!("../../assets/form.css"));
const SCRIPT: &str = include_str!("../../assets/form.js");
const EMBED: &str = include_str!("../../assets/embed.js");

#[derive(Template)]
#[template(path = "form/page.html")]
struct PageView<'a> {
    form: &'a Form,
    sign: Option<Sign>,
    lang: &'static str,
    words: words::PageWords,
    fields: Vec<FieldView>,
    sent: &'a Sent,
    ticket: String,
    /// What is wrong, to be read first.
    summary: Option<&'static str>,
    broken: Vec<(&'static str, String)>,
    consent_problem: Option<&'static str>,
    agreed: bool,
    places: Vec<PostalPlace>,
    preview: bool,
}

#[derive(Template)]
#[template(path = "form/thanks.html")]
struct ThanksView<'a> {
    form: &'a Form,
    sign: Option<Sign>,
    lang: &'static str,
    words: words::PageWords,
    thanks: &'a str,
}

/// In place of a form that there is not, or not now.
#[derive(Template)]
#[template(path = "form/closed.html")]
struct ClosedView {
    words: [words::PageWords; 2],
    busy: bool,
}

struct FieldView {
    label: String,
    required: bool,
    /// What holds for it and the next one together.
    note: Option<&'static str>,
    /// Whether it has several inputs, which then have labels of their own.
    group: bool,
    inputs: Vec<InputView>,
}

struct InputView {
    name: &'static str,
    label: String,
    value: String,
    longest: usize,
    required: bool,
    kind: &'static str,
    mode: &'static str,
    autocomplete: &'static str,
    example: Option<&'static str>,
    problem: Option<&'static str>,
    is_long: bool,
    is_postal_code: bool,
}

/// What is shown besides the form: nothing at first, what is wrong after a refusal, places after a postal code.
#[derive(Default)]
struct Beside<'a> {
    errors: &'a [FieldProblem],
    summary: Option<&'static str>,
    places: Vec<PostalPlace>,
    preview: bool,
}

/// The form.
#[get("/f/{form_key}")]
pub async fn show(app: Data<App>, request: HttpRequest, key: Path<String>) -> HttpResponse {
    let shown = async {
        app.limits.admit_page(&app.sender(&request))?;
        let form = open(&app.db, &key).await?;
        answer(&app, &form, &Sent { visit: visit(&request), ..Sent::default() }, Beside::default()).await
    };
    shown.await.unwrap_or_else(|error| closed(&error))
}

/// How the visitor came: what the page around the form says, else what the browser does.
fn visit(request: &HttpRequest) -> Visit {
    let mut given: BTreeMap<String, String> = form_urlencoded::parse(request.query_string().as_bytes())
        .map(|(name, value)| (name.replace('\0', ""), value.replace('\0', "")))
        .collect();
    let referrer = request.headers().get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Visit {
        landing_page: given.remove("page").and_then(take::page),
        referrer: take::page(given.remove("referrer").unwrap_or_else(|| referrer.to_owned())),
        campaign: take::campaign(given),
    }
}

/// Without scripts the postal code is sent, and comes back with its address.
#[post("/f/{form_key}")]
pub async fn fill_address(app: Data<App>, request: HttpRequest, key: Path<String>, payload: Payload) -> HttpResponse {
    let filled = async {
        app.limits.admit_page(&app.sender(&request))?;
        let (_, raw) = form_body(&request, payload.into_inner(), &[PLAIN]).await?;
        with_address(&app, &open(&app.db, &key).await?, &raw).await
    };
    filled.await.unwrap_or_else(|error| closed(&error))
}

async fn with_address(app: &App, form: &Form, raw: &[u8]) -> Result<HttpResponse, Error> {
    let mut sent = take::from_pairs(raw);
    let chosen =
        form_urlencoded::parse(raw).find(|(name, _)| name == "place").and_then(|(_, at)| at.parse::<usize>().ok());
    let found = postal_codes::find(app, sent.answers.text(Input::PostalCode)).await;
    let words = words::page(form.content.language);
    let (places, summary) = match found {
        Ok(found) if found.is_empty() => (found, Some(words.no_address)),
        Ok(found) => match (found.len(), chosen) {
            (1, _) => (fill(&mut sent, found.first()), None),
            (_, Some(at)) => (fill(&mut sent, found.get(at)), None),
            _ => (found.into_iter().take(MOST_PLACES).collect(), None),
        },
        Err(Error::NotFound) => (Vec::new(), Some(words::problem("postal_code.length", form.content.language))),
        Err(error) => return Err(error),
    };
    answer(app, form, &sent, Beside { places, summary, ..Beside::default() }).await
}

/// Takes what the page sends.
#[post("/f/{form_key}/submissions")]
pub async fn send(app: Data<App>, request: HttpRequest, key: Path<String>, payload: Payload) -> HttpResponse {
    let sent = async {
        let (_, raw) = form_body(&request, payload.into_inner(), &[PLAIN]).await?;
        let form = open(&app.db, &key).await?;
        Reader::of(&app, &request, &form)?;
        submit(&app, &form, &raw, Letter::of(&app, &request, PLAIN, &raw)?).await
    };
    sent.await.unwrap_or_else(|error| closed(&error))
}

/// Who comes back to where the page was sent to, as browsers do that open their tabs again, begins anew.
#[get("/f/{form_key}/submissions")]
pub async fn begin_anew(key: Path<String>) -> HttpResponse {
    let form = form_urlencoded::byte_serialize(key.as_bytes()).collect::<String>();
    HttpResponse::SeeOther().insert_header((header::LOCATION, format!("/f/{form}"))).finish()
}

/// Takes a plain HTML form: thanks for what is whole, and for anything else the page once more.
///
/// # Errors
/// What a person cannot mend.
pub async fn submit(app: &App, form: &Form, raw: &[u8], letter: Letter) -> Result<HttpResponse, Error> {
    let sent = take::from_pairs(raw);
    match take::take(app, form, sent.clone(), letter).await {
        Ok(()) => {
            Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, format!("/f/{}/thanks", form.key))).finish())
        }
        Err(error) => again(app, form, &sent, &error).await,
    }
}

fn fill(sent: &mut Sent, place: Option<&PostalPlace>) -> Vec<PostalPlace> {
    if let Some(place) = place {
        for (input, text) in
            [(Input::Prefecture, &place.prefecture), (Input::City, &place.city), (Input::Town, &place.town)]
        {
            sent.answers.0.insert(input, text.clone());
        }
    }
    Vec::new()
}

/// What is said when it was sent.
#[get("/f/{form_key}/thanks")]
pub async fn thank(app: Data<App>, key: Path<String>) -> HttpResponse {
    let thanked = async {
        let form = open(&app.db, &key).await?;
        let language = form.content.language;
        let thanks = form.content.thanks.as_deref().unwrap_or(words::thanks(language));
        let sign = Sign::read(&app.db).await?;
        let view = ThanksView { form: &form, sign, lang: language.as_str(), words: words::page(language), thanks };
        html(HttpResponse::Ok(), &form, view.render())
    };
    thanked.await.unwrap_or_else(|error| closed(&error))
}

/// The form with what was typed, and what is wrong with it.
async fn again(app: &App, form: &Form, sent: &Sent, error: &Error) -> Result<HttpResponse, Error> {
    let words = words::page(form.content.language);
    let summary = if error.status() == 422 { words.broken } else { words.busy };
    let errors = error.errors();
    let beside = Beside { errors: &errors, summary: Some(summary), ..Beside::default() };
    html(as_told(error), form, view(app, form, sent, beside).await?.render())
}

/// A page for whoever finds no form.
fn closed(error: &Error) -> HttpResponse {
    let words = [Language::Ja, Language::En].map(words::page);
    let busy = error.status() == 429 || error.status() >= 500;
    let page = ClosedView { words, busy }.render().unwrap_or_default();
    page_of(as_told(error), "'self'", page)
}

/// The status and the headers of an error's own answer, which is logged where it has to be.
fn as_told(error: &Error) -> HttpResponseBuilder {
    let told = error.error_response();
    let mut response = HttpResponse::build(told.status());
    for name in [header::RETRY_AFTER, header::CACHE_CONTROL, header::ALLOW, header::ACCEPT] {
        if let Some(value) = told.headers().get(&name) {
            response.insert_header((name, value.clone()));
        }
    }
    response
}

/// How a form would look, as a page that sends nothing.
///
/// # Errors
/// `Internal` when the page cannot be written.
pub async fn preview(app: &App, content: FormContent) -> Result<String, Error> {
    let at = app.clock.now();
    let (id, key) = (FormId(uuid::Uuid::nil()), "preview".to_owned());
    let form = Form { id, key, content, consent_version: 1, created_at: at, updated_at: at, version: 1 };
    let (sent, beside) = (Sent::default(), Beside { preview: true, ..Beside::default() });
    view(app, &form, &sent, beside).await?.render().map_err(|error| Error::Internal(error.to_string()))
}

async fn answer(app: &App, form: &Form, sent: &Sent, beside: Beside<'_>) -> Result<HttpResponse, Error> {
    html(HttpResponse::Ok(), form, view(app, form, sent, beside).await?.render())
}

async fn view<'a>(app: &App, form: &'a Form, sent: &'a Sent, beside: Beside<'_>) -> Result<PageView<'a>, Error> {
    let Beside { errors, summary, places, preview } = beside;
    let language = form.content.language;
    let problem = |name: &str| {
        let broken = errors.iter().find(|error| error.field == name);
        broken.map(|error| words::problem(&error.code, language))
    };
    let mut fields: Vec<FieldView> =
        form.content.fields.iter().map(|field| field_view(field, language, sent, &problem)).collect();
    if let Some(at) = either_way_to_answer(form) {
        fields[at].note = Some(words::page(language).either);
    }
    let named = |input: &InputView| input.problem.map(|problem| (input.name, format!("{}: {problem}", input.label)));
    let broken = fields.iter().flat_map(|field| &field.inputs).filter_map(named).collect();
    Ok(PageView {
        form,
        sign: Sign::read(&app.db).await?,
        lang: language.as_str(),
        words: words::page(language),
        fields,
        sent,
        ticket: take::ticket(app, form, &sent.ticket)?,
        summary,
        broken,
        consent_problem: errors.iter().find(|error| error.field == "consent").map(|error| match error.code.as_str() {
            "required" => words::page(language).agree_first,
            code => words::problem(code, language),
        }),
        // Other words are agreed to anew.
        agreed: sent.consented && !take::shows_other_consent(app, form, &sent.ticket),
        places,
        preview,
    })
}

/// The first of phone and mail, where both are asked and neither by itself is required: one of them is.
fn either_way_to_answer(form: &Form) -> Option<usize> {
    let is_way = |field: &FormField| matches!(field.kind, FieldKind::Phone | FieldKind::Mail);
    let ways: Vec<&FormField> = form.content.fields.iter().filter(|field| is_way(field)).collect();
    let open = ways.len() == 2 && ways.iter().all(|field| !field.required);
    form.content.fields.iter().position(is_way).filter(|_| open)
}

fn field_view(
    field: &FormField,
    language: Language,
    sent: &Sent,
    problem: &impl Fn(&str) -> Option<&'static str>,
) -> FieldView {
    let inputs = field.kind.inputs();
    let label = words::label_of(field, language);
    let one = |input: &Input| InputView {
        name: input.as_str(),
        label: if inputs.len() == 1 { label.clone() } else { words::input(*input, language).to_owned() },
        value: sent.answers.text(*input).to_owned(),
        longest: input.longest(),
        required: field.required && field.kind.essential().contains(input),
        kind: kind_of(*input),
        mode: mode_of(*input),
        autocomplete: autocomplete_of(*input),
        example: words::example(*input, language),
        problem: problem(input.as_str()),
        is_long: field.kind == FieldKind::Message,
        is_postal_code: *input == Input::PostalCode,
    };
    FieldView {
        inputs: inputs.iter().map(one).collect(),
        required: field.required,
        note: None,
        group: inputs.len() > 1,
        label,
    }
}

fn kind_of(input: Input) -> &'static str {
    match input {
        Input::Phone => "tel",
        Input::Mail => "email",
        _ => "text",
    }
}

fn mode_of(input: Input) -> &'static str {
    match input {
        Input::Phone => "tel",
        Input::Mail => "email",
        Input::PostalCode => "numeric",
        Input::Budget => "decimal",
        _ => "text",
    }
}

fn autocomplete_of(input: Input) -> &'static str {
    match input {
        Input::Name => "name",
        Input::Company => "organization",
        Input::Phone => "tel",
        Input::Mail => "email",
        Input::PostalCode => "postal-code",
        Input::Prefecture => "address-level1",
        Input::City => "address-level2",
        Input::Town => "address-level3",
        Input::Street => "address-line1",
        Input::Building => "address-line2",
        _ => "off",
    }
}

/// A page of the form, which its sites may show in a frame.
fn html(response: HttpResponseBuilder, form: &Form, page: askama::Result<String>) -> Result<HttpResponse, Error> {
    let page = page.map_err(|error| Error::Internal(error.to_string()))?;
    let ancestors = [&["'self'".to_owned()], form.content.origins.as_slice()].concat().join(" ");
    Ok(page_of(response, &ancestors, page))
}

fn page_of(mut response: HttpResponseBuilder, ancestors: &str, page: String) -> HttpResponse {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; \
         base-uri 'none'; object-src 'none'; frame-ancestors {ancestors}"
    );
    response
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .body(page)
}

/// The page's style sheet.
#[get("/f/assets/form.css")]
pub async fn style() -> HttpResponse {
    asset("text/css; charset=utf-8", STYLE)
}

/// What scripts add to the page.
#[get("/f/assets/form.js")]
pub async fn script() -> HttpResponse {
    asset("text/javascript; charset=utf-8", SCRIPT)
}

/// The line that a site embeds the form by.
#[get("/embed.js")]
pub async fn embed() -> HttpResponse {
    asset("text/javascript; charset=utf-8", EMBED)
}

fn asset(kind: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=600")))
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .body(text)
}
