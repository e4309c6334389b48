//! Second factors: setting them up, signing in with them, and what does not get past them.

use chrono::TimeDelta;
use noren_domain::staff::{Role, Staff};
use noren_server::permissions::TABLE;
use reqwest::Method;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::harness::{Answer, PASSWORD, TestApp, User, spawn_app, spawn_app_with};

const NEW: &str = "velvet walnut pebble 38";
/// The life of a code.
const STEP: TimeDelta = TimeDelta::seconds(30);

/// A person with an authenticator app.
struct Holder {
    person: Staff,
    user: User,
    secret: String,
    recovery_codes: Vec<String>,
}

impl Holder {
    async fn of(app: &TestApp, role: Role) -> Self {
        let person = app.hire(role).await;
        let user = app.sign_in_as(&person).await;
        Self::enrol(app, person, user).await
    }

    /// Sets the app up and lets its first code pass.
    async fn enrol(app: &TestApp, person: Staff, mut user: User) -> Self {
        let offer = user.post("/api/v1/me/authenticator", &json!({})).await;
        assert_eq!(offer.status, 200, "{}", offer.text);
        let secret = offer.json["secret"].as_str().unwrap().to_owned();
        let proof = json!({"challenge": offer.json["challenge"], "code": code(app, &secret)});
        let changed = user.change(Method::POST, "/api/v1/me/authenticator/confirm", &proof).await;
        assert_eq!(changed.status, 200, "{}", changed.text);
        let recovery_codes = serde_json::from_value(changed.json["recovery_codes"].clone()).unwrap();
        app.pass(STEP);
        Self { person, user, secret, recovery_codes }
    }

    fn code(&self, app: &TestApp) -> String {
        code(app, &self.secret)
    }

    /// The question that the right password is answered with.
    async fn question(&self, by: &mut User) -> String {
        let half = by.log_in(&self.person.mail, PASSWORD).await;
        assert_eq!(half.status, 202, "{}", half.text);
        assert!(half.cookie().is_none() && half.json.get("access_token").is_none(), "{}", half.text);
        half.json["challenge"].as_str().unwrap().to_owned()
    }
}

fn code(app: &TestApp, secret: &str) -> String {
    let seconds = u64::try_from(app.clock_in(TimeDelta::zero()).timestamp()).unwrap();
    let totp = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).with_account_name("a");
    totp.build().unwrap().generate(seconds).to_string()
}

/// Six digits that are not these.
fn another(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

async fn actions(app: &TestApp, person: &Staff) -> Vec<String> {
    let administrator = app.sign_in(Role::Administrator).await;
    let listed = administrator.get("/api/v1/audit-events?limit=200").await;
    let of_person = listed.json["items"].as_array().unwrap().iter().filter(|entry| {
        entry["subject"] == format!("staff:{}", person.id) && entry["action"].as_str().unwrap().starts_with("staff.")
    });
    of_person.map(|entry| entry["action"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_app_is_set_up_by_its_code_and_all_other_sessions_end() {
    let app = spawn_app().await;
    let person = app.hire(Role::Salesperson).await;
    let (mut user, elsewhere) = (app.sign_in_as(&person).await, app.sign_in_as(&person).await);
    let offer = user.post("/api/v1/me/authenticator", &json!({})).await;
    let (secret, challenge) = (offer.json["secret"].as_str().unwrap(), &offer.json["challenge"]);
    assert!(offer.json["url"].as_str().unwrap().contains(secret));
    assert!(offer.json["qr"].as_str().unwrap().contains("<svg"));
    assert_eq!(user.get("/api/v1/me").await.json["second_factor"]["authenticator"], false, "an offer is none yet");

    let (before, right) = (user.clone(), code(&app, secret));
    let confirm = "/api/v1/me/authenticator/confirm";
    let wrong = json!({"challenge": challenge, "code": another(&right)});
    assert_eq!(user.change(Method::POST, confirm, &wrong).await.errors(), ["code code.wrong"]);
    let stranger = app.sign_in(Role::Salesperson).await;
    let proof = json!({"challenge": challenge, "code": right});
    assert_eq!(stranger.post(confirm, &proof).await.code(), "auth.challenge", "it was put to somebody else");
    let changed = user.change(Method::POST, confirm, &proof).await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!(changed.json["recovery_codes"].as_array().unwrap().len(), 10);
    assert_eq!(user.change(Method::POST, confirm, &proof).await.code(), "auth.challenge", "it is answered once");

    assert_eq!(elsewhere.get("/api/v1/me").await.code(), "auth.expired");
    assert_eq!(before.refresh_with(before.cookie.as_ref().unwrap()).await.code(), "auth.expired");
    assert_eq!(user.refresh().await.status, 200, "this session goes on");
    let listed = user.get("/api/v1/me/second-factors").await;
    assert_eq!((&listed.json["recovery_codes"], &listed.json["required"]), (&json!(10), &json!(false)));
    assert!(listed.json["authenticator_since"].is_string());
    assert!(!listed.text.contains(secret), "it is shown once");
    assert_eq!(actions(&app, &person).await, ["staff.authenticator_set"]);
}

#[tokio::test]
async fn a_code_is_good_once_and_for_its_half_minute() {
    let app = spawn_app().await;
    let holder = Holder::of(&app, Role::Salesperson).await;
    let mut user = app.anonymous();
    let challenge = holder.question(&mut user).await;
    let right = holder.code(&app);
    let wrong = user.pass(&json!({"challenge": challenge, "code": another(&right)})).await;
    assert_eq!((wrong.status, wrong.code(), wrong.header("www-authenticate")), (401, "auth.factor", "Bearer"));
    let none = user.pass(&json!({"challenge": challenge})).await;
    assert_eq!(none.errors(), ["code required"]);
    let two = json!({"challenge": challenge, "code": right, "recovery_code": holder.recovery_codes[0]});
    assert_eq!(user.pass(&two).await.errors(), ["code one_of"]);
    let spaced = format!("{} {}", &right[..3], &right[3..]);
    assert_eq!(user.pass(&json!({"challenge": challenge, "code": spaced})).await.status, 200);
    assert_eq!(user.get("/api/v1/me").await.status, 200);

    let mut thief = app.anonymous();
    let seen = json!({"challenge": challenge, "code": right});
    assert_eq!(thief.pass(&seen).await.code(), "auth.challenge", "the question is over");
    let challenge = holder.question(&mut thief).await;
    let seen = json!({"challenge": challenge, "code": right});
    assert_eq!(thief.pass(&seen).await.code(), "auth.factor", "a code that was seen over the shoulder is spent");
    app.pass(STEP);
    assert_eq!(thief.pass(&seen).await.code(), "auth.factor", "and too old");
    app.pass(TimeDelta::minutes(5));
    let late = json!({"challenge": challenge, "code": holder.code(&app)});
    assert_eq!(thief.pass(&late).await.code(), "auth.challenge", "a question is asked for five minutes");
}

#[tokio::test]
async fn a_recovery_code_is_good_once_and_new_ones_end_the_old() {
    let app = spawn_app().await;
    let holder = Holder::of(&app, Role::Manager).await;
    let code = holder.recovery_codes[3].clone();
    let mut user = app.anonymous();
    let challenge = holder.question(&mut user).await;
    let typed = json!({"challenge": challenge, "recovery_code": code.to_lowercase().replace('-', " ")});
    assert_eq!(user.pass(&typed).await.status, 200);
    assert_eq!(user.get("/api/v1/me/second-factors").await.json["recovery_codes"], 9);
    let challenge = holder.question(&mut user).await;
    let again = json!({"challenge": challenge, "recovery_code": code});
    assert_eq!(user.pass(&again).await.code(), "auth.factor");

    let made = holder.user.post("/api/v1/me/recovery-codes", &json!({})).await;
    let fresh: Vec<String> = serde_json::from_value(made.json["recovery_codes"].clone()).unwrap();
    assert_eq!(fresh.len(), 10);
    let old = json!({"challenge": challenge, "recovery_code": holder.recovery_codes[4]});
    assert_eq!(user.pass(&old).await.code(), "auth.factor");
    let new = json!({"challenge": challenge, "recovery_code": fresh[0]});
    assert_eq!(user.pass(&new).await.status, 200);
    let nobody = app.sign_in(Role::Salesperson).await;
    assert_eq!(nobody.post("/api/v1/me/recovery-codes", &json!({})).await.code(), "second_factor.missing");
}

async fn at_once(tries: usize, one: impl AsyncFn(usize) -> Answer + Clone + 'static) -> Vec<String> {
    let tasks = tokio::task::LocalSet::new();
    let answers = tasks.run_until(async move {
        let all: Vec<_> = (0..tries)
            .map(|n| {
                let one = one.clone();
                tokio::task::spawn_local(async move { one(n).await })
            })
            .collect();
        let mut codes = Vec::new();
        for answer in all {
            codes.push(answer.await.unwrap().code().to_owned());
        }
        codes
    });
    answers.await
}

#[tokio::test]
async fn of_a_hundred_codes_at_once_five_are_looked_at() {
    let app = spawn_app().await;
    let holder = Holder::of(&app, Role::Salesperson).await;
    let mut user = app.anonymous();
    let challenge = holder.question(&mut user).await;
    let (guesser, right, question) = (user.clone(), holder.code(&app), challenge.clone());
    let codes = at_once(100, async move |n| {
        let guess = format!("{:06}", (right.parse::<usize>().unwrap() + 1 + n) % 1_000_000);
        guesser.clone().pass(&json!({"challenge": question, "code": guess})).await
    })
    .await;
    assert_eq!(codes.iter().filter(|code| *code == "auth.factor").count(), 5, "{codes:?}");
    assert!(codes.iter().all(|code| ["auth.factor", "auth.challenge", "rate.limited"].contains(&code.as_str())));
    let right = json!({"challenge": challenge, "code": holder.code(&app)});
    assert!(["auth.challenge", "rate.limited"].contains(&user.pass(&right).await.code()), "it is void");
}

/// Whoever has found the password buys no codes with it: sign-ins and second factors are one quota, and only the whole way forgets
/// the failures.
#[tokio::test]
async fn a_password_that_was_found_buys_few_codes() {
    let app = spawn_app().await;
    let holder = Holder::of(&app, Role::Salesperson).await;
    let mut guesser = app.anonymous();
    let mut looked_at = 0;
    for _ in 0..12 {
        let half = guesser.log_in(&holder.person.mail, PASSWORD).await;
        if half.status != 202 {
            assert_eq!(half.code(), "rate.limited");
            continue;
        }
        let guess = json!({"challenge": half.json["challenge"], "code": another(&holder.code(&app))});
        looked_at += usize::from(guesser.pass(&guess).await.code() == "auth.factor");
    }
    assert!(looked_at <= 5, "{looked_at}");
    assert_eq!(holder.user.get("/api/v1/me").await.status, 200, "who is signed in stays so");
}

#[tokio::test]
async fn an_invitation_alone_opens_no_account_with_a_second_factor() {
    let app = spawn_app().await;
    let holder = Holder::of(&app, Role::Salesperson).await;
    let administrator = app.sign_in(Role::Administrator).await;
    let invited = administrator.create(&format!("/api/v1/staff/{}/invitations", holder.person.id), &json!({})).await;
    let joining = json!({"code": invited.json["code"], "password": NEW});
    let mut user = app.anonymous();
    let half = user.post("/api/v1/auth/join", &joining).await;
    assert_eq!(half.status, 202, "{}", half.text);
    assert_eq!(holder.user.get("/api/v1/me").await.status, 200, "nothing is done yet");
    let challenge = half.json["challenge"].clone();
    let wrong = json!({"challenge": challenge, "code": another(&holder.code(&app))});
    assert_eq!(user.pass(&wrong).await.code(), "auth.factor");
    let right = json!({"challenge": challenge, "code": holder.code(&app)});
    assert_eq!(user.pass(&right).await.status, 200);
    assert_eq!(holder.user.get("/api/v1/me").await.code(), "auth.expired", "the sessions of before are over");
    assert_eq!(user.post("/api/v1/auth/join", &joining).await.code(), "invitation.ended", "it is spent");
    assert_eq!(app.anonymous().log_in(&holder.person.mail, PASSWORD).await.code(), "auth.failed");
    assert_eq!(app.anonymous().log_in(&holder.person.mail, NEW).await.status, 202);
}

#[tokio::test]
async fn what_happens_between_the_factors_counts() {
    let app = spawn_app().await;
    let mut holder = Holder::of(&app, Role::Salesperson).await;
    let mut user = app.anonymous();
    let challenge = holder.question(&mut user).await;
    assert_eq!(holder.user.change_password(PASSWORD, NEW).await.status, 200);
    let answer = json!({"challenge": challenge, "code": holder.code(&app)});
    assert_eq!(user.pass(&answer).await.code(), "auth.challenge", "the password is another one now");

    let half = user.log_in(&holder.person.mail, NEW).await;
    app.suspend(holder.person.id).await;
    let answer = json!({"challenge": half.json["challenge"], "code": holder.code(&app)});
    assert_eq!(user.pass(&answer).await.code(), "auth.challenge", "the person is nobody now");
}

#[tokio::test]
async fn administrators_do_nothing_before_they_have_one() {
    let app = spawn_app_with(&[("second_factor", "administrators")]).await;
    let person = app.hire(Role::Administrator).await;
    let user = app.sign_in_as(&person).await;
    let me = user.get("/api/v1/me").await;
    assert_eq!(me.json["second_factor"]["missing"], true);
    let document: Value = serde_json::from_str(&noren_server::openapi::Document::get().json).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            let Some(row) = TABLE.iter().find(|row| row.operation == id) else { continue };
            if row.enrolling || !row.roles.contains(&Role::Administrator) {
                continue;
            }
            let path = path.replace("{id}", "0192f0c1-2345-7abc-8def-0123456789ab").replace("{code}", "3710024");
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let answer = user.send(user.request(method, &path).json(&json!({}))).await;
            assert_eq!((answer.status, answer.code()), (403, "second_factor.required"), "{id}");
        }
    }
    let mut holder = Holder::enrol(&app, person, user).await;
    assert_eq!(holder.user.get("/api/v1/leads").await.status, 200);
    let listed = holder.user.get("/api/v1/me/second-factors").await;
    assert_eq!(listed.json["required"], true);
    let removed = holder.user.change(Method::DELETE, "/api/v1/me/authenticator", &json!({})).await;
    assert_eq!((removed.status, removed.code()), (409, "second_factor.last"));
    assert_eq!(
        app.sign_in(Role::Salesperson).await.get("/api/v1/leads").await.status,
        200,
        "of others it is not required"
    );
}

#[tokio::test]
async fn it_may_be_required_of_everybody_and_never_of_a_key() {
    let app = spawn_app_with(&[("second_factor", "everyone")]).await;
    let sales = app.sign_in(Role::Salesperson).await;
    assert_eq!(sales.get("/api/v1/leads").await.code(), "second_factor.required");
    let administrator = Holder::of(&app, Role::Administrator).await;
    let new = app.new_key(&json!({"scopes": ["leads.read"]}));
    let made = administrator.user.create("/api/v1/api-clients", &new).await;
    let mut key = app.anonymous();
    key.token = made.json["key"].as_str().map(str::to_owned);
    assert_eq!(key.get("/api/v1/leads").await.status, 200);
}

#[tokio::test]
async fn an_app_is_removed_and_with_it_the_sessions_and_the_codes() {
    let app = spawn_app().await;
    let mut holder = Holder::of(&app, Role::Salesperson).await;
    let mut elsewhere = app.anonymous();
    let challenge = holder.question(&mut elsewhere).await;
    assert_eq!(elsewhere.pass(&json!({"challenge": challenge, "code": holder.code(&app)})).await.status, 200);
    app.pass(TimeDelta::minutes(11));
    assert_eq!(holder.user.refresh().await.status, 200);
    let removal = holder.user.change(Method::DELETE, "/api/v1/me/authenticator", &json!({})).await;
    assert_eq!(removal.code(), "auth.not_fresh");

    let password_alone = holder.user.step_up(PASSWORD).await;
    assert_eq!(password_alone.errors(), ["code required"]);
    let wrong = json!({"current_password": PASSWORD, "code": another(&holder.code(&app))});
    assert_eq!(holder.user.step_up_with(&wrong).await.errors(), ["code code.wrong"]);
    let right = json!({"current_password": PASSWORD, "code": holder.code(&app)});
    assert_eq!(holder.user.step_up_with(&right).await.status, 200);
    let removed = holder.user.change(Method::DELETE, "/api/v1/me/authenticator", &json!({})).await;
    assert_eq!(removed.status, 200, "{}", removed.text);
    assert_eq!(elsewhere.get("/api/v1/me").await.code(), "auth.expired");
    assert_eq!(holder.user.get("/api/v1/me/second-factors").await.json["recovery_codes"], 0);
    let none = holder.user.change(Method::DELETE, "/api/v1/me/authenticator", &json!({})).await;
    assert_eq!(none.code(), "not_found");
    assert_eq!(app.anonymous().log_in(&holder.person.mail, PASSWORD).await.status, 200);
    let expected = ["staff.authenticator_removed", "staff.authenticator_set"];
    assert_eq!(actions(&app, &holder.person).await, expected);
}

#[tokio::test]
async fn of_a_hundred_codes_of_who_is_signed_in_ten_are_looked_at() {
    let app = spawn_app().await;
    let holder = Holder::of(&app, Role::Salesperson).await;
    let (user, right) = (holder.user.clone(), holder.code(&app));
    let codes = at_once(60, async move |n| {
        let guess = format!("{:06}", (right.parse::<usize>().unwrap() + 1 + n) % 1_000_000);
        user.clone().step_up_with(&json!({"current_password": PASSWORD, "code": guess})).await
    })
    .await;
    assert!(codes.iter().filter(|code| *code == "invalid").count() <= 10, "{codes:?}");
    assert!(codes.iter().all(|code| ["invalid", "rate.limited"].contains(&code.as_str())), "{codes:?}");
}

#[tokio::test]
async fn an_administrator_gives_back_the_way_in_and_retirement_forgets_it() {
    let app = spawn_app().await;
    let holder = Holder::of(&app, Role::Salesperson).await;
    let (sales, mut administrator) = (app.sign_in(Role::Manager).await, app.sign_in(Role::Administrator).await);
    let path = format!("/api/v1/staff/{}/second-factors", holder.person.id);
    assert_eq!(sales.delete(&path).await.code(), "forbidden");
    let account = format!("/api/v1/staff/{}", holder.person.id);
    assert_eq!(administrator.get(&account).await.json["second_factor"], true);
    for _ in 0..2 {
        assert_eq!(administrator.delete(&path).await.status, 204);
    }
    assert_eq!(administrator.get(&account).await.json["second_factor"], false);
    assert_eq!(holder.user.get("/api/v1/me").await.code(), "auth.expired");
    assert_eq!(app.anonymous().log_in(&holder.person.mail, PASSWORD).await.status, 200);
    let expected = ["staff.second_factors_reset", "staff.authenticator_set"];
    assert_eq!(actions(&app, &holder.person).await, expected, "a reset is a reset once");

    let leaver = Holder::of(&app, Role::Salesperson).await;
    let account = format!("/api/v1/staff/{}", leaver.person.id);
    app.pass(TimeDelta::minutes(1));
    assert_eq!(administrator.refresh().await.status, 200);
    assert_eq!(administrator.act(&format!("{account}/retire"), 1, &json!({})).await.status, 200);
    assert_eq!(administrator.get(&account).await.json["second_factor"], false);
}

#[tokio::test]
async fn what_no_passkey_has_made_is_none() {
    let app = spawn_app().await;
    let user = app.sign_in(Role::Salesperson).await;
    let offer = user.post("/api/v1/me/passkeys/challenges", &json!({})).await;
    assert_eq!(offer.status, 200, "{}", offer.text);
    assert_eq!(offer.json["options"]["rp"]["id"], "noren.test");
    assert_eq!(offer.json["options"]["authenticatorSelection"]["userVerification"], "required");
    let (challenge, shown) = (&offer.json["challenge"], json!({"id": "AAAA", "type": "public-key"}));
    let made = json!({"challenge": challenge, "name": "店のiPad", "passkey": shown});
    assert_eq!(user.post("/api/v1/me/passkeys", &made).await.errors(), ["passkey passkey.refused"]);
    let nameless = json!({"challenge": challenge, "name": " ", "passkey": shown});
    assert_eq!(user.post("/api/v1/me/passkeys", &nameless).await.errors(), ["name required"]);
    assert_eq!(user.post("/api/v1/auth/step-up/challenges", &json!({})).await.code(), "second_factor.missing");

    let door = app.anonymous();
    let asked = door.post("/api/v1/auth/passkey/challenges", &json!({})).await;
    assert_eq!(asked.json["options"]["userVerification"], "required");
    let answer = json!({"challenge": asked.json["challenge"], "passkey": shown});
    for _ in 0..5 {
        assert_eq!(door.post("/api/v1/auth/passkey", &answer).await.code(), "auth.factor");
    }
    assert_eq!(door.post("/api/v1/auth/passkey", &answer).await.code(), "auth.challenge", "five tries");
    let purpose = json!({"challenge": challenge, "passkey": shown});
    assert_eq!(door.post("/api/v1/auth/passkey", &purpose).await.code(), "auth.challenge", "it is for something else");
}

#[tokio::test]
async fn there_are_no_passkeys_at_an_address_that_is_a_number() {
    let app = spawn_app_with(&[("base_url", "http://127.0.0.1:8080")]).await;
    let user = app.sign_in(Role::Salesperson).await;
    assert_eq!(user.get("/api/v1/me/second-factors").await.json["takes_passkeys"], false);
    assert_eq!(user.post("/api/v1/me/passkeys/challenges", &json!({})).await.code(), "passkey.unavailable");
    assert_eq!(app.anonymous().post("/api/v1/auth/passkey/challenges", &json!({})).await.code(), "passkey.unavailable");
}
