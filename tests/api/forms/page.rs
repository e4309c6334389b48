//! The hosted page, which needs no scripts.

use reqwest::Method;
use serde_json::json;

use super::Shop;

#[tokio::test]
async fn the_hosted_page_works_without_scripts() {
    let shop = Shop::open().await;
    let path = format!("/f/{}", shop.key());
    let page =
        shop.app.anonymous().get(&format!("{path}?utm_source=google&page=https%3A%2F%2Fwww.dealer.example%2F")).await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("frame-ancestors 'self' https://www.dealer.example") && !policy.contains("wasm"),
        "{policy}"
    );
    for part in ["<label for=\"name\">", "name=\"utm_source\" value=\"google\"", "個人情報の取扱いに同意します。"]
    {
        assert!(page.text.contains(part), "{part}");
    }
    let ticket = page.text.split("name=\"ticket\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    shop.app.pass(chrono::TimeDelta::minutes(1));
    let broken = shop.post_plain(&[("ticket", &ticket), ("name", "<b>渡邉</b>"), ("phone", "090")]).await;
    assert_eq!(broken.status, 422);
    assert!(
        broken.text.contains("value=\"&#60;b&#62;渡邉&#60;/b&#62;\""),
        "what was typed stays, as text: {}",
        broken.text
    );
    assert!(broken.text.contains("電話番号を確かめてください") && broken.text.contains("role=\"alert\""));
    let sent = shop
        .post_plain(&[
            ("ticket", &ticket),
            ("name", "渡邉"),
            ("phone", "090-1234-5678"),
            ("consent", "1"),
            ("utm_source", "google"),
        ])
        .await;
    assert_eq!(sent.status, 200, "the page of thanks, after a redirect");
    assert!(sent.text.contains("お問い合わせありがとうございます"));
    let leads = shop.leads().await;
    assert_eq!((leads.len(), &leads[0]["name"]), (1, &json!("渡邉")));
    for asset in ["/f/assets/form.css", "/f/assets/form.js", "/embed.js"] {
        let asset = shop.app.anonymous().get(asset).await;
        assert_eq!((asset.status, asset.header("cross-origin-resource-policy")), (200, "cross-origin"));
    }
}

#[tokio::test]
async fn a_postal_code_fills_the_address_without_scripts() {
    let shop = Shop::open().await;
    shop.app.tamper("INSERT INTO postal_codes (postal_code, position, municipality_code, prefecture, city, town, prefecture_kana, city_kana, town_kana)
        VALUES ('3710024', 1, '10201', '群馬県', '前橋市', '表町', 'グンマケン', 'マエバシシ', 'オモテチョウ')").await;
    let visitor = shop.app.anonymous();
    let fill = |code: &'static str| {
        let request = visitor.request(Method::POST, &format!("/f/{}", shop.key()));
        visitor.send(
            request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(format!("name=x&postal_code={code}")),
        )
    };
    let filled = fill("371-0024").await;
    assert!(filled.text.contains("value=\"群馬県\"") && filled.text.contains("value=\"前橋市\""), "{}", filled.text);
    assert!(fill("999-9999").await.text.contains("住所が見つかりません"));
    assert!(fill("12").await.text.contains("郵便番号は7桁です"));
    let asked = visitor.get(&format!("/public/v1/forms/{}/postal-codes/3710024", shop.key())).await;
    assert_eq!(asked.json["items"][0]["town"], "表町");
}

/// What a person agreed to is what stood on their page.
#[tokio::test]
async fn words_of_consent_that_changed_meanwhile_are_agreed_to_anew() {
    let shop = Shop::open().await;
    let body = shop.filled("渡邉").await;
    let page = shop.app.anonymous().get(&format!("/f/{}", shop.key())).await;
    let ticket = ticket_in(&page.text);
    shop.app.pass(chrono::TimeDelta::seconds(5));
    let path = format!("/api/v1/forms/{}", shop.form["id"].as_str().unwrap());
    let edited = shop.manager.edit(&path, 1, &json!({"content": {"consent": "第三者にも提供します。"}})).await;
    assert_eq!(edited.status, 200, "{}", edited.text);
    assert_eq!(shop.submit(&body).await.errors(), ["consent consent.changed"]);
    let typed = [("ticket", ticket.as_str()), ("name", "渡邉"), ("phone", "090-1234-5678"), ("consent", "1")];
    let again = shop.post_plain(&typed).await;
    assert_eq!(again.status, 422);
    assert!(
        again.text.contains("第三者にも提供します。") && again.text.contains("文面が改まりました"),
        "{}",
        again.text
    );
    assert!(!again.text.contains(" checked"), "nobody has agreed to these words");
    let ticket = ticket_in(&again.text);
    let typed = [("ticket", ticket.as_str()), ("name", "渡邉"), ("phone", "090-1234-5678"), ("consent", "2")];
    assert_eq!(shop.post_plain(&typed).await.status, 200, "the page of thanks");
    let sent = shop.manager.get("/api/v1/form-submissions").await;
    assert_eq!(sent.json["items"][0]["consent"], json!({"text": "第三者にも提供します。", "version": 2}));
    assert_eq!(sent.json["items"][0]["state"], "accepted", "the time since the page was opened is not lost");
}

fn ticket_in(page: &str) -> String {
    page.split("name=\"ticket\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn whoever_finds_no_form_finds_a_page() {
    let shop = Shop::open().await;
    let visitor = shop.app.anonymous();
    for path in ["/f/nosuchformxx", "/f/%00", "/f/nosuchformxx/thanks"] {
        let page = visitor.get(path).await;
        assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"), "{path}");
        assert!(page.text.contains("今お使いいただけません"), "{}", page.text);
    }
    let odd = visitor.get(&format!("/f/{}?page=a&page=b&utm_%00=x", shop.key())).await;
    assert_eq!(odd.status, 200, "{}", odd.text);
    let back = visitor.get(&format!("/f/{}/submissions", shop.key())).await;
    assert!(back.status == 200 && back.text.contains("<label for=\"name\">"), "{}", back.text);
    for _ in 0..10 {
        shop.post_plain(&[("name", "渡邉"), ("phone", "090-1234-5678"), ("consent", "1")]).await;
    }
    let busy = shop.post_plain(&[("name", "渡邉"), ("phone", "090-1234-5678")]).await;
    assert_eq!((busy.status, busy.header("content-type")), (429, "text/html; charset=utf-8"));
    assert!(busy.header("retry-after").parse::<i64>().unwrap() >= 1 && busy.text.contains("value=\"渡邉\""));
}
