//! Integrators' keys: made, used, changed, replaced and ended.

use chrono::TimeDelta;
use noren_domain::staff::Role;
use noren_server::clock::Clock;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, User, log, spawn_app, spawn_app_with};

const KEYS: &str = "/api/v1/api-clients";
const STORES: &str = "/api/v1/stores";

fn of(key: &str, user: &User) -> User {
    let mut user = user.clone();
    user.token = Some(key.to_owned());
    user
}

async fn get_from(user: &User, address: &str, path: &str) -> Answer {
    user.send(user.request(Method::GET, path).header("x-forwarded-for", address)).await
}

#[tokio::test]
async fn a_key_is_shown_once_and_read_with_its_version() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let new = app.new_key(&json!({"name": " 中古車サイト ", "addresses": ["203.0.113.7/32", "198.51.100.9/24"],
        "requests_per_minute": 60, "scopes": ["stores.read", "leads.create"]}));
    let made = administrator.create(KEYS, &new).await;
    assert_eq!((made.status, made.header("etag")), (201, "\"1\""), "{}", made.text);
    assert!(made.json["key"].as_str().unwrap().starts_with("noren_"));
    let read = administrator.get(made.header("location")).await;
    assert_eq!((read.status, read.header("etag")), (200, "\"1\""));
    assert_eq!(read.json, made.json["client"]);
    let profile = &read.json["profile"];
    assert_eq!(profile["name"], "中古車サイト");
    assert_eq!(profile["scopes"], json!(["leads.create", "stores.read"]), "in one order, whatever was typed");
    assert_eq!(profile["addresses"], json!(["198.51.100.0/24", "203.0.113.7"]));
    assert!(!read.text.contains("noren_"));
    let nobody = "/api/v1/api-clients/0192f0c1-2345-7abc-8def-0123456789ab";
    assert_eq!(administrator.get(nobody).await.code(), "not_found");
}

#[tokio::test]
async fn keys_are_listed_in_pages_the_newest_first() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    for number in 1..=3 {
        app.pass(TimeDelta::seconds(1));
        let made = administrator.create(KEYS, &app.new_key(&json!({"name": format!("連携 {number}")}))).await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
    let names = |page: &Answer| -> Vec<String> {
        let items = page.json["items"].as_array().unwrap().iter();
        items.map(|item| item["profile"]["name"].as_str().unwrap().to_owned()).collect()
    };
    let first = administrator.get(&format!("{KEYS}?limit=2")).await;
    assert_eq!(names(&first), ["連携 3", "連携 2"]);
    let second = administrator.get(&format!("{KEYS}?after={}", first.json["next"].as_str().unwrap())).await;
    assert_eq!((names(&second), &second.json["next"]), (vec!["連携 1".to_owned()], &Value::Null));
}

#[tokio::test]
async fn what_is_wrong_with_a_key_is_said_field_by_field() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let now = app.clock.now();
    let soon = |days: i64| json!(now + TimeDelta::days(days));
    for (parts, expected) in [
        (json!({"name": "　"}), "profile.name required"),
        (json!({"name": "あ".repeat(81)}), "profile.name too_long"),
        (json!({"scopes": []}), "profile.scopes required"),
        (json!({"store_ids": []}), "profile.store_ids required"),
        (json!({"store_ids": [app.first_store, app.first_store]}), "profile.store_ids.1 duplicate"),
        (json!({"addresses": ["203.0.113.7", "office"]}), "profile.addresses.1 address.form"),
        (json!({"requests_per_minute": 0}), "profile.requests_per_minute out_of_range"),
        (json!({"requests_per_minute": 6001}), "profile.requests_per_minute out_of_range"),
        (json!({"expires_at": soon(366)}), "profile.expires_at out_of_range"),
        (json!({"expires_at": soon(0)}), "profile.expires_at out_of_range"),
    ] {
        let answer = administrator.create(KEYS, &app.new_key(&parts)).await;
        assert_eq!((answer.status, answer.errors()), (422, vec![expected.to_owned()]), "{parts}");
    }
    let unknown = administrator.create(KEYS, &app.new_key(&json!({"scopes": ["everything"]}))).await;
    assert_eq!((unknown.status, unknown.code()), (422, "invalid"));
}

#[tokio::test]
async fn a_key_that_is_revoked_or_over_opens_nothing() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let (key, path) = app.integrator_with(&json!({})).await;
    assert_eq!(key.get("/api/v1/leads").await.status, 200);
    assert_eq!(administrator.delete(&path).await.code(), "if_match.required");
    assert_eq!(administrator.end(&path, 1).await.status, 204);
    let refused = key.get("/api/v1/leads").await;
    assert_eq!((refused.status, refused.code()), (401, "auth.expired"));
    assert_eq!(administrator.end(&path, 1).await.code(), "stale");
    assert_eq!(administrator.end(&path, 2).await.code(), "api_client.revoked");
    assert_eq!(administrator.edit(&path, 2, &json!({"profile": {"name": "連携"}})).await.code(), "api_client.revoked");
    let rotated = administrator.act(&format!("{path}/rotate"), 2, &json!({})).await;
    assert_eq!((rotated.status, rotated.code()), (409, "api_client.revoked"));
    assert!(administrator.get(&path).await.json["revoked_at"].is_string(), "it stays in sight");

    let (other, path) = app.integrator_with(&json!({})).await;
    app.pass(TimeDelta::days(30));
    assert_eq!(other.get("/api/v1/leads").await.code(), "auth.expired");
    let administrator = app.sign_in(Role::Administrator).await;
    let renamed = administrator.edit(&path, 1, &json!({"profile": {"name": "昔の連携"}})).await;
    assert_eq!(renamed.status, 200, "{}", renamed.text);
    let again = json!({"profile": {"expires_at": app.clock.now() + TimeDelta::days(30)}});
    assert_eq!(administrator.edit(&path, 2, &again).await.status, 200);
    assert_eq!(other.get("/api/v1/leads").await.status, 200, "an end that is put off is effective at once");
}

#[tokio::test]
async fn two_people_who_edit_a_key_see_each_other() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let (key, path) = app.integrator_with(&json!({"scopes": ["stores.read"]})).await;
    let edited = administrator.edit(&path, 1, &json!({"profile": {"scopes": ["masters.read"]}})).await;
    assert_eq!((edited.status, edited.header("etag")), (200, "\"2\""), "{}", edited.text);
    assert_eq!(key.get(STORES).await.code(), "api_client.scope");
    assert_eq!(key.get("/api/v1/lead-sources").await.status, 200);
    let late = administrator.edit(&path, 1, &json!({"profile": {"name": "別の名前"}})).await;
    assert_eq!((late.status, late.code(), late.header("etag")), (412, "stale", "\"2\""));
    assert_eq!(late.json["current"]["profile"]["scopes"], json!(["masters.read"]));
    let same = administrator.edit(&path, 2, &json!({"profile": {"scopes": ["masters.read"]}})).await;
    assert_eq!((same.status, same.header("etag")), (200, "\"2\""), "nothing changed");
    let moved = administrator.edit(&path, 2, &json!({"profile": {"store_ids": [app.second_store]}})).await;
    assert_eq!(moved.status, 200, "{}", moved.text);
    let back = json!({"profile": {"scopes": ["stores.read"], "addresses": null, "requests_per_minute": 30}});
    assert_eq!(administrator.edit(&path, 3, &back).await.status, 200);
    assert_eq!(key.get(STORES).await.json["items"][0]["id"], json!(app.second_store));
    let subject = format!("api_client:{}", path.rsplit('/').next().unwrap());
    let audit = administrator.get(&format!("/api/v1/audit-events?subject={subject}")).await;
    let newest = &audit.json["items"][0];
    assert_eq!(newest["action"], "api_client.edited");
    let scopes = json!({"field": "scopes", "before": "masters.read", "after": "stores.read", "erased": false});
    assert!(newest["changes"].as_array().unwrap().contains(&scopes), "{}", audit.text);
    assert_eq!(audit.json["items"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn a_key_is_used_from_its_addresses_alone() {
    let app = spawn_app_with(&[("trusted_proxies", "127.0.0.1")]).await;
    let administrator = app.sign_in(Role::Administrator).await;
    let (key, path) = app.integrator_with(&json!({"addresses": ["198.51.100.0/24", "2001:db8::/32"]})).await;
    for (address, status) in [
        ("198.51.100.77", 200),
        ("::ffff:198.51.100.77", 200),
        ("2001:db8::7", 200),
        ("198.51.101.1", 403),
        ("2001:db9::1", 403),
        ("198.51.100.77, 203.0.113.1", 403),
    ] {
        assert_eq!(get_from(&key, address, STORES).await.status, status, "{address}");
    }
    assert_eq!(get_from(&key, "203.0.113.1", STORES).await.code(), "api_client.address");
    assert_eq!(administrator.edit(&path, 1, &json!({"profile": {"addresses": []}})).await.status, 200);
    assert_eq!(get_from(&key, "203.0.113.1", STORES).await.status, 200);
}

#[tokio::test]
async fn a_stranger_names_no_address_of_their_own() {
    let app = spawn_app().await;
    let (key, _) = app.integrator_with(&json!({"addresses": ["198.51.100.0/24"]})).await;
    assert_eq!(get_from(&key, "198.51.100.77", STORES).await.code(), "api_client.address");
    let (key, _) = app.integrator_with(&json!({"addresses": ["127.0.0.0/8"]})).await;
    assert_eq!(key.get(STORES).await.status, 200);
}

#[tokio::test]
async fn a_key_has_a_quota_of_its_own_and_every_answer_says_what_is_left() {
    let app = spawn_app_with(&[("api_client_per_minute", "600")]).await;
    let (slow, _) = app.integrator_with(&json!({"requests_per_minute": 12})).await;
    let (common, _) = app.integrator_with(&json!({"scopes": ["stores.read"]})).await;
    let first = slow.get(STORES).await;
    assert_eq!(first.header("ratelimit-policy"), "\"api_client\";q=12;w=60");
    assert_eq!(first.header("ratelimit"), "\"api_client\";r=1;t=5");
    slow.get(STORES).await;
    let spent = slow.get(STORES).await;
    assert_eq!((spent.status, spent.code()), (429, "rate.limited"));
    assert_eq!(spent.json["violated-policies"], json!(["api_client"]));
    let wait: i64 = spent.header("retry-after").parse().unwrap();
    assert_eq!(spent.header("ratelimit"), format!("\"api_client\";r=0;t={wait}"));
    // Nobody pays for another key, and a refusal costs like an answer and says so.
    let refused = common.get("/api/v1/leads").await;
    assert_eq!(refused.header("ratelimit-policy"), "\"api_client\";q=600;w=60");
    assert_eq!((refused.status, refused.header("ratelimit")), (403, "\"api_client\";r=99;t=1"));
    app.pass(TimeDelta::seconds(wait));
    assert_eq!(slow.get(STORES).await.status, 200);
}

#[tokio::test]
async fn a_search_too_many_names_both_quotas() {
    let app = spawn_app_with(&[("search_per_second", "1")]).await;
    let key = app.integrator().await;
    assert_eq!(key.get("/api/v1/leads?q=a").await.status, 200);
    let spent = key.get("/api/v1/leads?q=a").await;
    assert_eq!((spent.status, &spent.json["violated-policies"]), (429, &json!(["search"])));
    let fields: Vec<&str> = spent.headers.get_all("ratelimit").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(fields.contains(&"\"search\";r=0;t=1") && fields.len() == 2, "{fields:?}");
}

#[tokio::test]
async fn a_secret_that_is_replaced_opens_for_a_day_or_not_at_all() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let (first, path) = app.integrator_with(&json!({})).await;
    let rotate = format!("{path}/rotate");
    let answer = administrator.act(&rotate, 1, &json!({})).await;
    assert_eq!((answer.status, answer.header("etag")), (200, "\"2\""), "{}", answer.text);
    let second = of(answer.json["key"].as_str().unwrap(), &first);
    assert_ne!(second.token, first.token);
    assert_eq!(answer.json["client"]["former_until"], json!(app.clock.now() + TimeDelta::hours(24)));
    assert_eq!(administrator.act(&rotate, 1, &json!({})).await.code(), "stale");

    // An answer that was lost on the way: rotated once more, the first secret opens to its end all the same.
    app.pass(TimeDelta::hours(1));
    let administrator = app.sign_in(Role::Administrator).await;
    let third = of(administrator.act(&rotate, 2, &json!({})).await.json["key"].as_str().unwrap(), &first);
    for secret in [&first, &second, &third] {
        assert_eq!(secret.get(STORES).await.status, 200);
    }
    app.pass(TimeDelta::hours(23));
    assert_eq!(first.get(STORES).await.code(), "auth.expired");
    assert_eq!(second.get(STORES).await.status, 200);

    let administrator = app.sign_in(Role::Administrator).await;
    let last = administrator.act(&rotate, 3, &json!({"at_once": true})).await;
    assert_eq!(last.json["client"]["former_until"], Value::Null);
    assert_eq!(second.get(STORES).await.code(), "auth.expired");
    assert_eq!(third.get(STORES).await.code(), "auth.expired");
    let fourth = of(last.json["key"].as_str().unwrap(), &first);
    assert_eq!(fourth.get(STORES).await.status, 200);
    assert_eq!(administrator.end(&path, 4).await.status, 204);
    assert_eq!(fourth.get(STORES).await.code(), "auth.expired");
}

#[tokio::test]
async fn the_last_use_is_noted_and_changes_no_version() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let (key, path) = app.integrator_with(&json!({})).await;
    assert_eq!(administrator.get(&path).await.json["last_used_at"], Value::Null);
    assert_eq!(key.get(STORES).await.status, 200);
    let read = administrator.get(&path).await;
    assert_eq!((read.header("etag"), &read.json["last_used_at"]), ("\"1\"", &json!(app.clock.now())));
    assert_eq!(administrator.edit(&path, 1, &json!({"profile": {"name": "連携"}})).await.status, 200);
    assert!(administrator.get(&path).await.json["last_used_at"].is_string(), "an edit does not forget it");
}

#[tokio::test]
async fn a_secret_stands_nowhere_but_in_its_one_answer() {
    log::start();
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let (key, path) = app.integrator_with(&json!({"addresses": ["198.51.100.0/24"]})).await;
    assert_eq!(key.get(STORES).await.status, 403);
    let rotated = administrator.act(&format!("{path}/rotate"), 1, &json!({})).await;
    let secrets = [key.token.clone().unwrap(), rotated.json["key"].as_str().unwrap().to_owned()];
    let audit = administrator.get("/api/v1/audit-events").await;
    let list = administrator.get(KEYS).await;
    for secret in secrets {
        let random = &secret[secret.len() - 43..];
        for text in [&audit.text, &list.text, &log::text()] {
            assert!(!text.contains(random));
        }
        for (table, column) in [("idempotency_keys", "body"), ("audit_values", "after"), ("api_clients", "name")] {
            let found = format!("UPDATE {table} SET {column} = {column} WHERE {column} LIKE '%{random}%'");
            assert_eq!(app.tamper(&found).await, 0, "{table}");
        }
    }
}
