//! `/public/v1/forms`: what a form asks, and what is sent to it, from the pages of its own sites.

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, ResponseError, get, post};
use noren_api::forms::{AskedField, AskedInput, Consent, FormDescription, NewSubmission, Received};
use noren_api::postal_codes::PostalPlaces;
use noren_domain::form::{Answers, Form, Input, Visit};

use super::take::{self, Letter, Sent};
use super::{open, page, words};
use crate::app::App;
use crate::body::{form_body, parse_valid};
use crate::{Error, postal_codes};

const JSON: &str = "application/json";
/// What browsers send for a plain HTML form.
pub const PLAIN: &str = "application/x-www-form-urlencoded";

/// Describe a form
///
/// For a page of one of the form's sites that draws the form itself. The ticket goes back with the submission.
#[utoipa::path(tag = "public forms", params(("form_key" = String, Path)), responses((status = 200, body = FormDescription)))]
#[get("/forms/{form_key}")]
pub async fn describe_form(app: Data<App>, request: HttpRequest, key: Path<String>) -> Result<HttpResponse, Error> {
    app.limits.admit_page(&app.sender(&request))?;
    let form = open(&app.db, &key).await?;
    let reader = Reader::of(&app, &request, &form)?;
    Ok(reader.answer(describe(&app, &form).map(|form| HttpResponse::Ok().json(form))))
}

/// Submit a form
///
/// As JSON, or as a plain HTML form posts it. What looks as if no person had sent it is kept for a person to look at; the answer
/// is the same. An `Idempotency-Key` makes a repeat harmless, as does the ticket.
#[utoipa::path(tag = "public forms", params(("form_key" = String, Path)),
    request_body(content((NewSubmission = "application/json"), (std::collections::BTreeMap<String, String> = "application/x-www-form-urlencoded"))),
    responses((status = 200, body = Received), (status = 303, description = "A plain HTML form was taken; the page says thanks"),
        (status = 422, description = "Some fields are wrong; a plain HTML form gets the page once more", content((noren_api::Problem = "application/problem+json"), (String = "text/html"))),
        (status = 429, description = "Too many requests; a plain HTML form gets the page once more", content((noren_api::Problem = "application/problem+json"), (String = "text/html"))),
        (status = 500, description = "Our mistake; a plain HTML form gets the page once more", content((noren_api::Problem = "application/problem+json"), (String = "text/html"))),
        (status = 503, description = "Not available just now; a plain HTML form gets the page once more", content((noren_api::Problem = "application/problem+json"), (String = "text/html")))))]
#[post("/forms/{form_key}/submissions")]
pub async fn submit_form(
    app: Data<App>,
    request: HttpRequest,
    key: Path<String>,
    payload: Payload,
) -> Result<HttpResponse, Error> {
    let (content_type, raw) = form_body(&request, payload.into_inner(), &[JSON, PLAIN]).await?;
    let form = open(&app.db, &key).await?;
    let reader = Reader::of(&app, &request, &form)?;
    if content_type == PLAIN {
        return page::submit(&app, &form, &raw, Letter::of(&app, &request, content_type, &raw)?).await;
    }
    let taken = async {
        let letter = Letter::of(&app, &request, content_type, &raw)?;
        take::take(&app, &form, from_json(parse_valid(&raw)?)?, letter).await?;
        let thanks = form.content.thanks.clone();
        let thanks = thanks.unwrap_or_else(|| words::thanks(form.content.language).to_owned());
        Ok(HttpResponse::Ok().json(Received { thanks }))
    };
    Ok(reader.answer(taken.await))
}

/// Find the places of a postal code, for a form
#[utoipa::path(tag = "public forms", params(("form_key" = String, Path), ("code" = String, Path, description = "Seven digits, with or without a hyphen")),
    responses((status = 200, body = PostalPlaces)))]
#[get("/forms/{form_key}/postal-codes/{code}")]
pub async fn find_place(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Error> {
    app.limits.admit_page(&app.sender(&request))?;
    let (key, code) = path.into_inner();
    let form = open(&app.db, &key).await?;
    let reader = Reader::of(&app, &request, &form)?;
    let places = postal_codes::find(&app, &code).await;
    Ok(reader.answer(places.map(|places| HttpResponse::Ok().json(postal_codes::to_wire(places)))))
}

/// The answer to what browsers ask before a page of another site may send JSON.
///
/// # Errors
/// `NotFound` for an unknown form, `CrossSite` for a page of a site that is not the form's.
pub async fn preflight(app: &App, request: &HttpRequest, allowed: String) -> Result<HttpResponse, Error> {
    let key = request.path().split('/').nth(4).unwrap_or_default();
    let reader = Reader::of(app, request, &open(&app.db, key).await?)?;
    let response = HttpResponse::NoContent()
        .insert_header((header::ALLOW, allowed.clone()))
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, allowed))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type, idempotency-key"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "600"))
        .finish();
    Ok(reader.answer(Ok(response)))
}

/// The page that may read an answer: one of the form's sites, or one of our own, which needs no leave.
pub struct Reader {
    origin: Option<HeaderValue>,
}

impl Reader {
    /// # Errors
    /// `CrossSite` for a page of any other site, whatever it asks.
    pub fn of(app: &App, request: &HttpRequest, form: &Form) -> Result<Self, Error> {
        let Some(origin) = request.headers().get(header::ORIGIN) else { return Ok(Self { origin: None }) };
        let name = origin.to_str().unwrap_or_default();
        if name == app.config.base_url {
            return Ok(Self { origin: None });
        }
        if form.is_for(name) { Ok(Self { origin: Some(origin.clone()) }) } else { Err(Error::CrossSite) }
    }

    /// The answer, refusals included, with the leave to read it.
    fn answer(self, outcome: Result<HttpResponse, Error>) -> HttpResponse {
        let mut response = outcome.unwrap_or_else(|error| error.error_response());
        let headers = response.headers_mut();
        headers.insert(header::VARY, HeaderValue::from_static("origin"));
        if let Some(origin) = self.origin {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers
                .insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after, x-request-id"));
        }
        response
    }
}

fn describe(app: &App, form: &Form) -> Result<FormDescription, Error> {
    let language = form.content.language;
    let asked = form.content.fields.iter().map(|field| AskedField {
        label: words::label_of(field, language),
        required: field.required,
        inputs: field
            .kind
            .inputs()
            .iter()
            .map(|input| AskedInput {
                name: *input,
                label: words::input(*input, language).to_owned(),
                longest: input.longest(),
            })
            .collect(),
    });
    Ok(FormDescription {
        language,
        title: form.content.title.clone(),
        intro: form.content.intro.clone(),
        fields: asked.collect(),
        consent: form.content.consent.clone().map(|text| Consent { text, version: form.consent_version }),
        ticket: take::ticket(app, form, "")?,
    })
}

fn from_json(new: NewSubmission) -> Result<Sent, Error> {
    let NewSubmission { ticket, answers, consent, website, landing_page, referrer, campaign } = new;
    let visit = Visit {
        landing_page: landing_page.and_then(take::page),
        referrer: referrer.and_then(take::page),
        campaign: take::campaign(campaign),
    };
    let input = |(name, text): (String, String)| match Input::named(&name) {
        Some(input) => Ok((input, text)),
        None => Err(Error::field(format!("answers.{name}"), "unknown")),
    };
    let answers = Answers(answers.into_iter().map(input).collect::<Result<_, _>>()?);
    let (honeypot, ticket) = (website.unwrap_or_default(), ticket.unwrap_or_default());
    Ok(Sent { answers, consented: consent, honeypot, ticket, visit })
}
