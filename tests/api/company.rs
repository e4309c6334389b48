//! 会社: what an administrator settles about it, and what the public sees of it.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat};
use noren_domain::staff::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, User, spawn_app};

const PATH: &str = "/api/v1/company";

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

async fn send_logo(user: &User, version: i64, kind: &str, bytes: Vec<u8>) -> Answer {
    let request = user.request(Method::PUT, "/api/v1/company/logo").header("if-match", format!("\"{version}\""));
    user.send(request.header("content-type", kind).body(bytes)).await
}

#[tokio::test]
async fn the_company_is_named_and_edited() {
    let app = spawn_app().await;
    let (administrator, sales) = (app.sign_in(Role::Administrator).await, app.sign_in(Role::Salesperson).await);
    let before = sales.get(PATH).await;
    assert_eq!((before.status, &before.json["profile"]["name"]), (200, &json!("")), "{}", before.text);
    let profile = json!({
        "name": "株式会社のれん自動車", "kana": "かぶしきがいしゃのれんじどうしゃ", "trade_name": "のれんオート",
        "invoice_number": "ｔ7000-0120-50002", "phone": "０２７−０００−０１０１", "address": {"postal_code": "〒371-0024"}
    });
    let edited = administrator.edit(PATH, 1, &json!({"profile": profile})).await;
    assert_eq!((edited.status, edited.header("etag")), (200, "\"2\""), "{}", edited.text);
    let known = &edited.json["profile"];
    assert_eq!(
        (&known["invoice_number"], &known["kana"]),
        (&json!("T7000012050002"), &json!("カブシキガイシャノレンジドウシャ"))
    );
    assert_eq!((&known["language"], &known["address"]["postal_code"]), (&json!("ja"), &json!("3710024")));

    let stale = administrator.edit(PATH, 1, &json!({"profile": {"name": "別の名"}})).await;
    assert_eq!((stale.code(), &stale.json["current"]["profile"]["name"]), ("stale", &json!("株式会社のれん自動車")));
    let same = administrator.edit(PATH, 2, &json!({"profile": {"kana": "カブシキガイシャノレンジドウシャ"}})).await;
    assert_eq!((same.status, same.header("etag")), (200, "\"2\""), "nothing has changed");
    let cleared = administrator.edit(PATH, 2, &json!({"profile": {"trade_name": null}})).await;
    assert_eq!((cleared.status, &cleared.json["profile"]["trade_name"]), (200, &json!(null)));
    assert_eq!(sales.edit(PATH, 3, &json!({"profile": {"name": "x"}})).await.code(), "forbidden");

    let audited = administrator.get("/api/v1/audit-events").await.json["items"].clone();
    let of_company: Vec<&Value> =
        audited.as_array().unwrap().iter().filter(|event| event["subject"] == "company").collect();
    assert_eq!(of_company.len(), 2);
    let change = json!({"field": "trade_name", "before": "のれんオート", "after": null, "erased": false});
    assert_eq!(of_company[0]["changes"][0], change);
}

#[tokio::test]
async fn what_is_wrong_about_the_company_is_named() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let wrong = json!({"name": " ", "kana": "株式会社", "invoice_number": "T700001205000", "phone": "12"});
    let refused = administrator.edit(PATH, 1, &json!({"profile": wrong})).await;
    assert_eq!(
        refused.errors(),
        [
            "profile.name required",
            "profile.kana kana.script",
            "profile.phone phone.length",
            "profile.invoice_number invoice_number.form"
        ]
    );
    // A sole trader's number has no check digit that is known: it is doubtful, and not refused.
    let doubtful = json!({"profile": {"name": "のれん自動車", "invoice_number": "T6000012050002"}});
    assert_eq!(administrator.edit(PATH, 1, &doubtful).await.status, 200);
}

#[tokio::test]
async fn a_logo_is_made_small_and_seen_by_anybody() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let set = send_logo(&administrator, 1, "image/jpeg", picture(2_048, 512, ImageFormat::Jpeg)).await;
    assert_eq!((set.status, set.header("etag")), (200, "\"2\""), "{}", set.text);
    assert_eq!((&set.json["logo"]["width"], &set.json["logo"]["height"]), (&json!(1024), &json!(256)));
    let url = set.json["logo"]["url"].as_str().unwrap().to_owned();
    let seen = app.anonymous().request(Method::GET, &url).send().await.unwrap();
    let header = |name: &str| seen.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((seen.status().as_u16(), header("content-type")), (200, "image/png".to_owned()));
    assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header("content-security-policy"), "sandbox; default-src 'none'");
    let bytes = seen.bytes().await.unwrap();
    assert_eq!(image::guess_format(&bytes).unwrap(), ImageFormat::Png);

    let same = send_logo(&administrator, 2, "image/jpeg", picture(2_048, 512, ImageFormat::Jpeg)).await;
    assert_eq!(same.header("etag"), "\"2\"", "the same picture is no change");
    let stale = send_logo(&administrator, 1, "image/png", picture(10, 10, ImageFormat::Png)).await;
    assert_eq!((stale.code(), &stale.json["current"]["logo"]["url"]), ("stale", &json!(url)));
    let remove = administrator.request(Method::DELETE, "/api/v1/company/logo").header("if-match", "\"2\"");
    let removed = administrator.send(remove).await;
    assert_eq!((removed.status, &removed.json["logo"]), (200, &json!(null)), "{}", removed.text);
    for nothing in ["/photos/abc", "/photos/..%2f..%2fsecret.key", &format!("/photos/{}", "0".repeat(64))] {
        assert_eq!(app.anonymous().get(nothing).await.status, 404, "{nothing}");
    }
}

#[tokio::test]
async fn what_is_no_logo_is_refused() {
    let app = spawn_app().await;
    let (administrator, sales) = (app.sign_in(Role::Administrator).await, app.sign_in(Role::Salesperson).await);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    assert_eq!(send_logo(&administrator, 1, "image/svg+xml", svg.clone()).await.code(), "media_type.unsupported");
    assert_eq!(send_logo(&administrator, 1, "image/png", svg).await.errors(), [" picture.form"]);
    assert_eq!(send_logo(&administrator, 1, "image/png", Vec::new()).await.errors(), [" picture.form"]);
    let large = vec![0; 15 * 1024 * 1024 + 1];
    assert_eq!(send_logo(&administrator, 1, "image/png", large).await.code(), "body.too_large");
    assert_eq!(send_logo(&sales, 1, "image/png", picture(1, 1, ImageFormat::Png)).await.code(), "forbidden");
    assert_eq!(administrator.get(PATH).await.json["logo"], json!(null));
}

#[tokio::test]
async fn a_hosted_form_says_whose_it_is() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let content = json!({
        "store_id": app.first_store, "source_code": "own_site", "name": "自社HP", "language": "ja", "title": "お問い合わせ",
        "fields": [{"kind": "name", "required": true}, {"kind": "phone", "required": true}], "origins": [], "active": true
    });
    let form = administrator.create("/api/v1/forms", &json!({"content": content})).await;
    assert_eq!(form.status, 201, "{}", form.text);
    let page = format!("/f/{}", form.json["key"].as_str().unwrap());
    assert!(!app.anonymous().get(&page).await.text.contains("class=\"sign\""), "a company without a name has no sign");
    let named = json!({"profile": {"name": "株式会社のれん自動車", "trade_name": "<のれん> & オート"}});
    assert_eq!(administrator.edit(PATH, 1, &named).await.status, 200);
    let set = send_logo(&administrator, 2, "image/webp", picture(20, 10, ImageFormat::WebP)).await;
    let url = set.json["logo"]["url"].as_str().unwrap();
    for shown in [page.clone(), format!("{page}/thanks")] {
        let text = app.anonymous().get(&shown).await.text;
        assert!(text.contains(&format!("<img src=\"{url}\" width=\"20\" height=\"10\" alt=\"\">")), "{text}");
        assert!(text.contains("オート</p>") && !text.contains("<のれん>"), "{text}");
    }
}

#[tokio::test]
async fn a_language_goes_with_the_person() {
    let app = spawn_app().await;
    let (administrator, sales) = (app.sign_in(Role::Administrator).await, app.sign_in(Role::Salesperson).await);
    let speaks = async |user: &User| user.get("/api/v1/me").await.json["language"].as_str().unwrap().to_owned();
    assert_eq!(speaks(&sales).await, "ja");
    let english = json!({"profile": {"name": "Noren", "language": "en"}});
    assert_eq!(administrator.edit(PATH, 1, &english).await.status, 200);
    assert_eq!(speaks(&sales).await, "en", "who has not chosen follows the company");
    let choose = async |language: &str| {
        let request = sales.request(Method::PUT, "/api/v1/me/language").json(&json!({"language": language}));
        sales.send(request).await
    };
    assert_eq!(choose("ja").await.status, 200);
    assert_eq!((speaks(&sales).await, speaks(&administrator).await), ("ja".to_owned(), "en".to_owned()));
    assert_eq!(choose("fr").await.errors(), ["language unknown"]);
}
