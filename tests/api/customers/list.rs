//! Who is listed, in which order, and for whom.

use noren_domain::staff::Role;
use serde_json::json;

use super::{House, codes};
use crate::harness::escaped;

const LIST: &str = "/api/v1/customers";

#[tokio::test]
async fn a_customer_is_found_by_any_spelling_of_what_is_known_of_them() {
    let house = House::open().await;
    let sales = house.app.sign_in(Role::Salesperson).await;
    for typed in
        ["髙橋 美咲", "高橋美", "たかはし みさ", "ﾐｻｷ", "1234-5678", "+81 90-1234", "M.Takahashi", "t-001", "高橋 5678"]
    {
        let found = sales.get(&format!("{LIST}?q={}", escaped(typed))).await;
        assert!(codes(&found.json).contains(&"T-001"), "{typed} {}", found.text);
        assert!(!codes(&found.json).contains(&"T-003"), "of another store: {typed}");
    }
    assert_eq!(codes(&sales.get(&format!("{LIST}?q={}", escaped("志乃"))).await.json), [""; 0]);
    assert_eq!(codes(&sales.get(&format!("{LIST}?q={}", escaped("高%橋"))).await.json), [""; 0]);
    let row = sales.get(&format!("{LIST}?q=t-001")).await.json["items"][0].clone();
    assert_eq!((&row["name"], &row["phone"]), (&json!("髙橋 美咲"), &json!("090-1234-5678")));
    assert_eq!(row["store_id"], json!(house.app.first_store));
    // The car that they have no longer does not count.
    assert_eq!(row["next_inspection"]["expiry"], "2027-01-20");
    assert_eq!(row["next_inspection"]["due"], json!({"state": "window", "days": 61}));
}

#[tokio::test]
async fn pages_hold_everybody_once_and_a_cursor_belongs_to_its_list() {
    let house = House::open().await;
    let administrator = house.app.sign_in(Role::Administrator).await;
    for (sort, everybody) in [("kana", true), ("inspection", false)] {
        let (mut seen, mut expiries, mut next) = (Vec::new(), Vec::new(), String::new());
        loop {
            let page = administrator.get(&format!("{LIST}?sort={sort}&limit=7{next}")).await;
            assert_eq!(page.status, 200, "{}", page.text);
            assert_eq!(page.json["origin"]["freshness"], "copy");
            seen.extend(codes(&page.json).into_iter().map(str::to_owned));
            let rows = page.json["items"].as_array().unwrap();
            expiries.extend(rows.iter().filter_map(|row| row["next_inspection"]["expiry"].as_str().map(str::to_owned)));
            let Some(cursor) = page.json["next"].as_str() else { break };
            assert!(page.header("link").contains(cursor));
            next = format!("&after={cursor}");
        }
        let mut once = seen.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), seen.len(), "{sort}");
        assert_eq!(everybody, seen.len() == 85, "{sort} {}", seen.len());
        if !everybody {
            assert_eq!(expiries.len(), seen.len(), "those alone who have a car with one");
            assert!(expiries.is_sorted(), "{expiries:?}");
            assert_eq!(expiries[0], "2026-11-20");
        }
        let stranger = administrator.get(&format!("{LIST}?kind=person{next}")).await;
        assert_eq!(stranger.code(), "cursor.invalid");
    }
}

#[tokio::test]
async fn everybody_sees_the_customers_of_their_stores_alone() {
    let house = House::open().await;
    let app = &house.app;
    let (sales, manager) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Manager).await);
    let (key, elsewhere) = (app.integrator().await, app.sign_in_elsewhere(Role::Manager).await);
    let administrator = app.sign_in(Role::Administrator).await;
    for user in [&sales, &manager, &key] {
        let page = user.get(&format!("{LIST}?limit=200")).await.json;
        let stores: Vec<_> = page["items"].as_array().unwrap().iter().map(|row| row["store_code"].clone()).collect();
        assert!(stores.len() > 10 && stores.iter().all(|store| store == "001"), "{stores:?}");
        let other = user.get(&format!("{LIST}?store_id={}", app.second_store)).await;
        assert_eq!(codes(&other.json), [""; 0]);
        for path in ["", "/purchases", "/maintenance-records", "/inspections"] {
            for code in ["T-003", "T-004", "T-999", "nobody!"] {
                let hidden = user.get(&format!("{LIST}/{code}{path}")).await;
                assert_eq!((hidden.status, hidden.code()), (404, "not_found"), "{code}{path}");
            }
        }
    }
    for path in ["timeline", "correction-requests"] {
        assert_eq!(sales.get(&format!("{LIST}/T-003/{path}")).await.code(), "not_found");
    }
    let wish = json!({"wishes": [{"field": "building", "wanted": "別館"}]});
    assert_eq!(sales.create(&format!("{LIST}/T-003/correction-requests"), &wish).await.code(), "not_found");
    assert_eq!(elsewhere.get(&format!("{LIST}/T-003")).await.status, 200);
    assert_eq!(elsewhere.get(&format!("{LIST}/T-001")).await.status, 404);
    assert_eq!(administrator.get(&format!("{LIST}/T-004")).await.json["store_id"], json!(null), "a store nobody knows");
    assert_eq!(codes(&administrator.get(&format!("{LIST}?limit=200")).await.json).len(), 85);
}

#[tokio::test]
async fn a_list_is_narrowed_by_kind_colleague_and_the_next_inspection() {
    let house = House::open().await;
    let seller = house.seller("S004").await;
    let companies = seller.get(&format!("{LIST}?kind=organization&limit=200")).await.json;
    assert!(codes(&companies).contains(&"T-005"));
    assert!(companies["items"].as_array().unwrap().iter().all(|row| row["kind"] == "organization"));
    let mine = seller.get(&format!("{LIST}?staff_id={}&limit=200", seller.id.unwrap())).await.json;
    assert!(codes(&mine).contains(&"T-001"));
    assert!(mine["items"].as_array().unwrap().iter().all(|row| row["staff_name"] == "茂木 翔"), "{mine}");
    let due = seller.get(&format!("{LIST}?inspection_within=1&sort=inspection&limit=200")).await.json;
    assert_eq!(codes(&due)[0], "T-002", "{due}");
    assert!(codes(&due).contains(&"T-005"), "{due}");
    assert_eq!(due["items"][0]["next_inspection"]["due"], json!({"state": "expired"}));
    assert!(!codes(&due).contains(&"T-001"), "a car that they have no longer does not count");
    assert!(codes(&seller.get(&format!("{LIST}?inspection_within=2&limit=200")).await.json).contains(&"T-001"));
    for (query, broken) in [("inspection_within=0", "inspection_within range"), ("sort=age", "sort unknown")] {
        let refused = seller.get(&format!("{LIST}?{query}")).await;
        assert_eq!(refused.status, 422, "{broken} {}", refused.text);
    }
}
