//! The JSON API: one function per endpoint, and the one place that knows tokens and problems.

mod api_clients;
mod attended;
mod audit;
mod auth;
mod company;
mod customer_view;
mod customers;
mod download;
mod error;
mod events;
mod external_systems;
mod extreme;
mod forms;
mod holds;
mod leads;
mod lock;
mod masters;
mod mentions;
mod outbox;
mod proof;
mod second_factors;
mod staff;
mod stores;
mod vehicles;

use futures_util::FutureExt as _;
use futures_util::future::{Either, LocalBoxFuture, Shared, select};
use futures_util::pin_mut;
use gloo_net::http::{Method, Request, RequestBuilder};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::Problem;
use noren_api::auth::{LanguageChoice, Me, SignedIn};
use noren_domain::Timestamp;
use noren_domain::language::Language;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::AbortController;

pub use customer_view::TURNED;
pub use download::File;
pub use error::ApiError;
pub use events::Listening;
pub use leads::{LeadSeen, idempotency_key};
pub use lock::hold;
pub use proof::Proof;
pub use second_factors::{Changed, PasskeyError};

use self::customer_view::VIEW;
use self::proof::{FACTOR_REQUIRED, NOT_FRESH};
use crate::json;
use crate::known;
use crate::session::Session;
use crate::ui::clock;
use crate::words;

/// How long an answer may take. A tablet that lost its network notices here at the latest.
const PATIENCE_MS: u32 = 20_000;
/// As long as the server waits for a file.
const FILE_PATIENCE_MS: u32 = 300_000;
/// An access token this close to its end is renewed before it is used.
const MARGIN_SECONDS: i64 = 20;

/// The way to the server. `Copy`, in context.
#[derive(Clone, Copy)]
pub struct Api {
    session: RwSignal<Session>,
    token: StoredValue<Option<Token>>,
    renewal: StoredValue<Option<Renewal>, LocalStorage>,
    pub proof: Proof,
}

/// One renewal, which everybody who needs a fresh token waits for.
type Renewal = Shared<LocalBoxFuture<'static, Result<(), ApiError>>>;

#[derive(Clone)]
struct Token {
    value: String,
    /// In seconds since 1970.
    ends: i64,
}

/// The [`Api`] of the app.
pub fn use_api() -> Api {
    expect_context()
}

/// One request, which may be sent a second time.
struct Call {
    method: Method,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<Result<JsValue, ApiError>>,
    /// How long its answer may take.
    patience_ms: u32,
}

impl Call {
    fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: format!("/api/v1{}", path.into()),
            headers: Vec::new(),
            body: None,
            patience_ms: PATIENCE_MS,
        }
    }

    fn get(path: impl Into<String>) -> Self {
        Self::new(Method::GET, path)
    }

    fn post(path: impl Into<String>) -> Self {
        Self::new(Method::POST, path)
    }

    fn query(mut self, query: &impl Serialize) -> Self {
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        if !query.is_empty() {
            self.path = format!("{}?{query}", self.path);
        }
        self
    }

    fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    fn json(self, body: &impl Serialize) -> Self {
        self.body("application/json", body)
    }

    /// A body that is JSON already.
    fn text(mut self, body: String) -> Self {
        self.body = Some(Ok(body.into()));
        self.header("Content-Type", "application/json")
    }

    /// A file as it is, which takes its time.
    fn file(mut self, file: &web_sys::File) -> Self {
        self.patience_ms = FILE_PATIENCE_MS;
        self.body = Some(Ok(file.into()));
        self.header("Content-Type", file.type_())
    }

    /// A table as it is: what the device takes it for differs.
    fn table(mut self, file: &web_sys::File) -> Self {
        self.patience_ms = FILE_PATIENCE_MS;
        self.body = Some(Ok(file.into()));
        self.header("Content-Type", "text/csv")
    }

    fn body(mut self, kind: &str, body: &impl Serialize) -> Self {
        let text = serde_json::to_string(body).map(JsValue::from);
        self.body = Some(text.map_err(|_| ApiError::Unexpected { request_id: None }));
        self.header("Content-Type", kind)
    }
}

/// What came back, before it is known to be the right thing.
struct Answer {
    status: u16,
    text: String,
    request_id: Option<String>,
}

impl Answer {
    fn is_refused_as(&self, code: &str) -> bool {
        self.status == 403 && self.text.contains(code)
    }

    fn read<T: DeserializeOwned>(self) -> Result<T, ApiError> {
        let Self { status, text, request_id } = self;
        if (200..300).contains(&status) {
            // 204 has no body; `()` is read from `null`.
            let text = if text.is_empty() { "null" } else { &text };
            json::read(text).map_err(|_| ApiError::Unexpected { request_id })
        } else {
            Err(Self { status, text, request_id }.failure())
        }
    }

    /// What was answered instead of what was asked for.
    fn failure(self) -> ApiError {
        let Self { text, request_id, .. } = self;
        let problem = json::read::<Problem>(&text);
        problem.map_or(ApiError::Unexpected { request_id }, |problem| ApiError::Problem(Box::new(problem)))
    }
}

impl Api {
    pub fn new(session: RwSignal<Session>) -> Self {
        attended::watch();
        Self { session, token: StoredValue::new(None), renewal: StoredValue::new_local(None), proof: Proof::new() }
    }

    /// Sends with the access token, renewed before or, once, after. What wants a fresh sign-in waits for it and is sent again.
    async fn send<T: DeserializeOwned>(self, call: Call) -> Result<T, ApiError> {
        let answer = self.answer(&call).await?;
        let answer = if answer.is_refused_as(NOT_FRESH) && self.proof.asked().await {
            self.answer(&call).await?
        } else {
            answer
        };
        if answer.is_refused_as(VIEW) {
            // The screen was turned in another tab: this one follows.
            let _ = self.renew().await;
        }
        if answer.is_refused_as(FACTOR_REQUIRED) {
            // It was not a moment ago: the app shows how to set one up.
            let _ = self.renew().await;
        }
        answer.read()
    }

    async fn answer(self, call: &Call) -> Result<Answer, ApiError> {
        if self.fresh_token().is_none() {
            self.renew().await?;
        }
        let answer = attempt(call, self.fresh_token()).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        self.renew().await?;
        attempt(call, self.fresh_token()).await
    }

    fn take_token(self) -> Option<Token> {
        self.token.try_update_value(Option::take).flatten()
    }

    fn fresh_token(self) -> Option<String> {
        let now = clock::now().timestamp();
        self.token.with_value(|token| token.as_ref().filter(|token| token.ends > now).map(|token| token.value.clone()))
    }

    /// Asks for a fresh access token by the refresh cookie. Calls that wait meanwhile share the one request; only the
    /// server's refusal ends the session.
    pub async fn renew(self) -> Result<(), ApiError> {
        let running = self.renewal.with_value(Clone::clone).filter(|renewal| renewal.peek().is_none());
        let renewal = running.unwrap_or_else(|| {
            let renewal = self.ask_for_token().boxed_local().shared();
            self.renewal.set_value(Some(renewal.clone()));
            renewal
        });
        renewal.await
    }

    /// Another way to a fresh token: whoever needs one waits until it is over, and asks for one where it led to none.
    async fn alone(self, way: impl Future<Output = Result<(), ApiError>> + 'static) -> Result<(), ApiError> {
        let way = way.boxed_local().shared();
        let over = way.clone().map(|_| Ok(())).boxed_local().shared();
        self.renewal.set_value(Some(over));
        way.await
    }

    /// One tab after the other: two that renew at once would each spend the same cookie.
    async fn ask_for_token(self) -> Result<(), ApiError> {
        let _alone = lock::hold("noren.renew", PATIENCE_MS).await;
        let call = Call::post("/auth/refresh").header("X-Noren", "1");
        let signed_in = match attempt(&call, None).await {
            Ok(answer) => answer.read::<SignedIn>(),
            Err(error) => Err(error),
        };
        match signed_in {
            Ok(signed_in) if self.is_another(&signed_in.me) => {
                self.begin_anew();
                return Err(ApiError::Unexpected { request_id: None });
            }
            Ok(signed_in) => self.keep(signed_in),
            Err(error) => {
                if error.status() == 401 {
                    self.forget();
                }
                return Err(error);
            }
        }
        Ok(())
    }

    /// Whether somebody else has signed in since, in another tab: the cookie is theirs now.
    fn is_another(self, me: &Me) -> bool {
        self.session.with_untracked(
            |session| matches!(session, Session::In(before) | Session::Enrolling(before) if before.id != me.id),
        )
    }

    /// Nothing of this page may be sent or shown in the name of somebody else.
    fn begin_anew(self) {
        self.forget();
        spawn_local(async {
            // First the pages go, so that no form asks whether to stay.
            TimeoutFuture::new(0).await;
            let _ = window().location().reload();
        });
    }

    fn keep(self, signed_in: SignedIn) {
        let me = self.keep_token(signed_in);
        self.take_up(me);
    }

    /// Goes on with new tokens; what the app shows stays for now.
    fn keep_token(self, signed_in: SignedIn) -> Me {
        let ends = clock::now().timestamp() + signed_in.expires_in - MARGIN_SECONDS;
        self.token.set_value(Some(Token { value: signed_in.access_token, ends }));
        signed_in.me
    }

    /// Shows the app to a person as they are now.
    pub fn take_up(self, me: Me) {
        let session = if me.second_factor.missing { Session::Enrolling(me) } else { Session::In(me) };
        if self.session.with_untracked(|old| *old != session) {
            self.session.with_untracked(|old| words::follow(old.language(), session.language()));
            self.session.set(session);
        }
    }

    /// Notes that the person has a PIN now, or has none any more.
    fn has_pin(self, has_pin: bool) {
        self.session.update(|session| {
            if let Session::In(me) = session {
                me.has_pin = has_pin;
            }
        });
    }

    /// Notes in which language the person's screens speak, here and wherever they sign in next.
    pub async fn set_language(self, language: Language) -> Result<(), ApiError> {
        let call = Call::new(Method::PUT, "/me/language").json(&LanguageChoice { language });
        self.send::<LanguageChoice>(call).await?;
        self.session.update(|session| {
            if let Session::In(me) = session {
                me.language = language;
            }
        });
        Ok(())
    }

    fn forget(self) {
        known::forget();
        self.proof.open.set(false);
        self.token.set_value(None);
        self.session.set(Session::Out);
    }
}

/// The time of a `Date` header, read by the browser.
fn time_of(date: &str) -> Option<Timestamp> {
    let milliseconds = js_sys::Date::parse(date);
    #[expect(clippy::cast_possible_truncation, reason = "a time of this age of the world")]
    let milliseconds = milliseconds.is_finite().then_some(milliseconds as i64)?;
    Timestamp::from_timestamp_millis(milliseconds)
}

/// The request of a call, and what calls it off.
fn prepared(call: &Call, token: Option<String>) -> Result<(Request, Option<AbortController>), ApiError> {
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    let mut request = RequestBuilder::new(&call.path).method(call.method.clone()).abort_signal(signal.as_ref());
    for (name, value) in &call.headers {
        request = request.header(name, value);
    }
    if attended::is_away() {
        request = request.header("X-Noren-Unattended", "1");
    }
    if let Some(token) = token {
        request = request.header("Authorization", &format!("Bearer {token}"));
    }
    let request = match &call.body {
        Some(body) => request.body(body.clone()?),
        None => request.build(),
    };
    Ok((request.map_err(|_| ApiError::Unexpected { request_id: None })?, controller))
}

/// Sends once. Whatever the server says is an answer; only silence is an error.
async fn attempt(call: &Call, token: Option<String>) -> Result<Answer, ApiError> {
    let (request, controller) = prepared(call, token)?;
    let exchange = async {
        let asked = clock::by_device();
        let response = request.send().await.map_err(|_| ApiError::Offline)?;
        if let Some(time) = response.headers().get("Date").and_then(|date| time_of(&date)) {
            clock::set_by(time, asked);
        }
        let request_id = response.headers().get("X-Request-Id");
        let text = response.text().await.map_err(|_| ApiError::Offline)?;
        Ok(Answer { status: response.status(), text, request_id })
    };
    let patience = TimeoutFuture::new(call.patience_ms);
    pin_mut!(exchange);
    match select(exchange, patience).await {
        Either::Left((answer, _)) => answer,
        Either::Right(((), _)) => {
            if let Some(controller) = controller {
                controller.abort();
            }
            Err(ApiError::Offline)
        }
    }
}
