//! 個人情報の消去: what an erasure leaves behind, who may make one, and what is refused afterwards.

use chrono::TimeDelta;
use futures_util::future::join;
use noren_domain::staff::Role;
use noren_persistence::audit::{self, Flaw};
use serde_json::{Value, json};

use crate::audit::verifications;
use crate::forms::Shop;
use crate::harness::{Answer, Stream, TestApp, User, eventually, places_of, refuses, spawn_app};

/// Words that stand nowhere else, each for the fields that are named beside it.
const CANARIES: [&str; 18] = [
    "鷽野 金糸雀",            // name
    "ウソノ カナリア",        // kana
    "うその",                 // kana as typed
    "カナリア鳥籠",           // company
    "4321-8765",              // phones
    "43218765",               // phones as digits
    "uso.canary@example.jp",  // mails
    "3728801",                // postal code
    "金糸雀市",               // city
    "鷽町",                   // town
    "77-66-55",               // street
    "メゾン金糸雀",           // building
    "カナリア・スペシャル",   // maker, model, body type and timing
    "19191919",               // budget
    "鳥籠を積みたい",         // notes of the lead and on its timeline
    "金糸雀の餌は要りません", // inquiries
    "鷽が逃げた",             // the reason of a move
    "canary-visit",           // how the visitor came
];
/// The first two characters of the name as the search index of PostgreSQL has them.
const INDEXED: &str = "tx9dfdx91ce";

const PROOF: &str = "運転免許証を窓口で確認";

fn profile() -> Value {
    let car = "カナリア・スペシャル";
    json!({
        "source_code": "walk_in", "name": "鷽野 金糸雀", "kana": "うその　かなりあ", "company": "株式会社カナリア鳥籠",
        "phones": ["090-4321-8765"], "mails": ["uso.canary@example.jp"], "temperature": "this_month", "note": "鳥籠を積みたい",
        "address": {"postal_code": "3728801", "city": "金糸雀市", "town": "鷽町", "street": "77-66-55", "building": "メゾン金糸雀"},
        "wanted_car": {"maker": car, "model": car, "body_type": car, "budget": 19_191_919, "timing": car}
    })
}

fn requested() -> Value {
    json!({"reason": "requested", "note": PROOF})
}

fn path_of(id: &str) -> String {
    format!("/api/v1/leads/{id}")
}

/// A lead that somebody made and gave up.
async fn closed(app: &TestApp, by: &User) -> String {
    let created = by.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    assert_eq!(created.status, 201, "{}", created.text);
    give_up(by, created.id()).await;
    created.id().to_owned()
}

async fn give_up(by: &User, id: &str) {
    let reason = json!({"to": "disqualified", "reason": "鷽が逃げた"});
    let given_up = by.create_as(&format!("move-{id}"), &format!("{}/status-changes", path_of(id)), &reason).await;
    assert_eq!(given_up.status, 201, "{}", given_up.text);
}

/// Writes to a lead whatever people write, with the colleague called to look.
async fn fill(by: &User, id: &str, colleague: &User) {
    let path = path_of(id);
    for edit in [json!({"profile": profile()}), json!({"profile": {"temperature": null}})] {
        let version = by.get(&path).await.json["version"].as_i64().unwrap();
        let edited = by.edit(&path, version, &edit).await;
        assert_eq!(edited.status, 200, "{}", edited.text);
    }
    let asked = json!({"source_code": "phone", "body": "金糸雀の餌は要りません"});
    assert_eq!(by.create_as(&format!("inquiry-{id}"), &format!("{path}/inquiries"), &asked).await.status, 201);
    let noted = json!({"body": "鳥籠を積みたい", "mentions": [colleague.id]});
    assert_eq!(by.create_as(&format!("note-{id}"), &format!("{path}/notes"), &noted).await.status, 201);
    give_up(by, id).await;
}

/// What somebody sent through the form, which is held until a person accepts it under a key.
async fn sent(shop: &Shop) -> (String, String) {
    let answers = json!({
        "name": "鷽野 金糸雀", "kana": "うその　かなりあ", "phone": "090-4321-8765", "mail": "uso.canary@example.jp",
        "postal_code": "3728801", "city": "金糸雀市", "town": "鷽町", "street": "77-66-55", "building": "メゾン金糸雀",
        "message": "金糸雀の餌は要りません"
    });
    let visit = "https://www.dealer.example/?canary-visit";
    let body = json!({
        "ticket": shop.ticket().await, "answers": answers, "consent": true, "website": "held",
        "landing_page": visit, "referrer": visit, "campaign": {"utm_source": "canary-visit"}
    });
    let answer = shop.submit(&body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let held = shop.held().await[0]["id"].as_str().unwrap().to_owned();
    let accepted =
        shop.manager.create_as("accept-it", &format!("/api/v1/form-submissions/{held}/accept"), &json!({})).await;
    assert_eq!(accepted.status, 201, "{}", accepted.text);
    (held, accepted.json["lead_id"].as_str().unwrap().to_owned())
}

async fn places_in(app: &TestApp, words: &[&str]) -> Vec<String> {
    places_of(&app.settings.url, words).await
}

async fn erase(by: &User, id: &str) -> Answer {
    let version = by.get(&path_of(id)).await.json["version"].as_i64().unwrap();
    by.act(&format!("{}/erase", path_of(id)), version, &requested()).await
}

/// Everything that looks at both leads, in whichever way, says nothing of the person.
async fn require_unseen(administrator: &User, leads: &[&str], submission: &str) {
    let mut paths =
        vec!["/api/v1/leads".to_owned(), "/api/v1/leads?sort=kana".into(), "/api/v1/audit-events?limit=200".into()];
    paths.extend(["/api/v1/access-events?limit=200".into(), format!("/api/v1/form-submissions/{submission}")]);
    paths.extend(leads.iter().flat_map(|id| [path_of(id), format!("{}/timeline", path_of(id))]));
    for path in paths {
        let seen = administrator.get(&path).await;
        assert_eq!(seen.status, 200, "{path}");
        for word in CANARIES {
            assert!(!seen.text.contains(word), "{word} {path}");
        }
    }
    for word in CANARIES {
        let found = administrator.get(&format!("/api/v1/leads?q={word}")).await;
        assert_eq!(found.json["items"], json!([]), "{word}");
    }
    for path in ["/api/v1/audit-exports", "/api/v1/access-exports"] {
        let exported = administrator.post(path, &json!({"format": "csv"})).await;
        assert_eq!(exported.status, 200, "{}", exported.text);
        assert!(CANARIES.iter().all(|word| !exported.text.contains(word)), "{path}");
        assert!(path == "/api/v1/access-exports" || exported.text.matches("消去済み").count() > 10);
    }
}

#[tokio::test]
async fn nothing_in_the_database_says_anything_of_whom_was_erased() {
    let shop = Shop::open().await;
    let (app, manager) = (&shop.app, &shop.manager);
    let (colleague, administrator) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Administrator).await);
    let (submission, from_form) = sent(&shop).await;
    let new = json!({"store_id": app.first_store, "profile": profile(), "inquiry": "金糸雀の餌は要りません"});
    let by_hand = manager.create_as("made-by-hand", "/api/v1/leads", &new).await.id().to_owned();
    for id in [&from_form, &by_hand] {
        fill(manager, id, &colleague).await;
    }
    let words = [&CANARIES[..], &[INDEXED]].concat();
    let before = places_in(app, &words).await;
    let known =
        ["audit_values.after", "form_submissions.raw", "form_submissions.answers", "form_submissions.landing_page"];
    let known =
        [&known[..], &["form_submissions.campaign", "idempotency_keys.body", "inquiries.body", "leads.name"]].concat();
    let known =
        [&known[..], &["leads.phones", "leads.search_key", "leads.wanted_model", "timeline_entries.event"]].concat();
    assert!(known.iter().all(|place| before.contains(&(*place).to_owned())), "{before:?}");
    assert_eq!(colleague.get("/api/v1/me/mention-counts").await.json["unseen"], 2);

    for id in [&from_form, &by_hand] {
        let erased = erase(&administrator, id).await;
        assert_eq!(erased.status, 200, "{}", erased.text);
    }
    assert_eq!(places_in(app, &words).await, [""; 0]);
    require_unseen(&administrator, &[&from_form, &by_hand], &submission).await;
    assert_eq!(colleague.get("/api/v1/me/mention-counts").await.json["unseen"], 0);
    assert_eq!(places_in(app, &words).await, [""; 0], "looking brought nothing back");

    // What was kept somewhere and comes again makes nothing anew.
    let accept = format!("/api/v1/form-submissions/{submission}/accept");
    let note = json!({"body": "鳥籠を積みたい", "mentions": [colleague.id]});
    let repeats = [
        ("made-by-hand", "/api/v1/leads".to_owned(), new),
        ("accept-it", accept, json!({})),
        (&format!("note-{by_hand}"), format!("{}/notes", path_of(&by_hand)), note),
    ];
    for (key, path, body) in repeats {
        assert_eq!(manager.create_as(key, &path, &body).await.code(), "lead.erased", "{path}");
    }
    assert_eq!(places_in(app, &words).await, [""; 0]);
}

/// Files are read with other tools too: what was erased is neither in free pages nor in the write-ahead log.
#[tokio::test]
async fn nothing_is_left_in_the_file_of_sqlite() {
    let app = spawn_app().await;
    if app.is_on_postgres() {
        return;
    }
    let (manager, administrator) = (app.sign_in(Role::Manager).await, app.sign_in(Role::Administrator).await);
    let long = "鳥籠を積みたい".repeat(500);
    let new = json!({"store_id": app.first_store, "profile": profile(), "inquiry": long});
    let id = manager.create("/api/v1/leads", &new).await.id().to_owned();
    fill(&manager, &id, &manager).await;
    let file = app.settings.url.strip_prefix("sqlite://").unwrap();
    let stands_in_files = || {
        let bytes = [std::fs::read(file).unwrap(), std::fs::read(format!("{file}-wal")).unwrap()].concat();
        CANARIES.into_iter().filter(|word| bytes.windows(word.len()).any(|part| part == word.as_bytes())).count()
    };
    assert!(stands_in_files() > 10);
    assert_eq!(erase(&administrator, &id).await.status, 200);
    assert_eq!(stands_in_files(), 0);
    // Pieces of an index have large ids; of one that knows no word there is none.
    assert_eq!(app.tamper("DELETE FROM lead_search_data WHERE id > 10").await, 0, "the index has forgotten the words");
}

#[tokio::test]
async fn the_chains_verify_after_an_erasure_and_what_is_altered_is_still_found() {
    let app = spawn_app().await;
    let (manager, administrator) = (app.sign_in(Role::Manager).await, app.sign_in(Role::Administrator).await);
    let (id, other) = (closed(&app, &manager).await, closed(&app, &manager).await);
    let mut stream = Stream::open(&manager).await;
    assert_eq!(erase(&administrator, &id).await.status, 200);
    stream.expect_change(&id).await;

    assert!(audit::verify(&app.db).await.unwrap().bad().is_empty());
    let walked = verifications::done(&administrator).await;
    assert!(walked["chains"].as_array().unwrap().iter().all(|chain| chain["bad"].is_null()), "{walked}");
    let events = async |id: &str| {
        let events = administrator.get(&format!("/api/v1/audit-events?subject=lead:{id}")).await;
        events.json["items"].as_array().unwrap().clone()
    };
    let noted = events(&id).await;
    let proof = json!([
        {"field": "reason", "before": null, "after": "requested", "erased": false},
        {"field": "note", "before": null, "after": PROOF, "erased": false}
    ]);
    assert_eq!((&noted[0]["action"], &noted[0]["changes"]), (&json!("lead.erased"), &proof));
    let of = |events: &[Value]| -> Vec<Value> {
        events.iter().flat_map(|event| event["changes"].as_array().unwrap().clone()).collect()
    };
    assert!(of(&noted[1..]).iter().all(|change| change["erased"] == true && change["after"].is_null()), "{noted:?}");
    assert!(of(&events(&other).await).iter().all(|change| change["erased"] == false), "others keep theirs");
    assert_eq!(administrator.get(&path_of(&other)).await.json["profile"]["name"], "渡邉 髙志");

    for altered in [
        "UPDATE audit_values SET after = '別の値' WHERE after = 'requested'",
        "UPDATE audit_values SET after = '別の値' WHERE field = 'name' AND salt IS NULL",
    ] {
        assert_eq!(app.tamper(altered).await, 1, "{altered}");
        let bad = audit::verify(&app.db).await.unwrap().bad();
        assert_eq!(bad.iter().map(|bad| bad.flaw).collect::<Vec<_>>(), [Flaw::ValuesAltered]);
        let mended = if altered.contains("requested") { "'requested'" } else { "NULL" };
        app.tamper(&format!("UPDATE audit_values SET after = {mended} WHERE after = '別の値'")).await;
        assert!(audit::verify(&app.db).await.unwrap().bad().is_empty());
    }
}

#[tokio::test]
async fn what_stays_is_for_the_statistics() {
    let app = spawn_app().await;
    let (sales, administrator) = (app.sign_in(Role::Salesperson).await, app.sign_in(Role::Administrator).await);
    let mut new = app.new_lead("渡邉 髙志");
    new["assignee_id"] = json!(sales.id);
    let id = sales.create("/api/v1/leads", &new).await.id().to_owned();
    give_up(&sales, &id).await;
    let before = administrator.get(&path_of(&id)).await.json;
    assert_eq!(before["erased_at"], Value::Null);
    app.pass(TimeDelta::minutes(1));
    let after = erase(&administrator, &id).await.json;
    assert!(after["erased_at"].is_string());
    for kept in ["store_id", "assignee_id", "status", "received_at", "first_responded_at"] {
        assert_eq!(after[kept], before[kept], "{kept}");
    }
    assert_eq!(after["profile"]["source_code"], "walk_in");
    assert_eq!((&after["profile"]["name"], &after["phone_numbers"]), (&Value::Null, &json!([])));
    assert_eq!(after["allowed"], json!({"edit": false, "assign": false, "move_to": [], "erase": false}));
    let row = sales.get("/api/v1/leads").await.json["items"][0].clone();
    assert_eq!((&row["erased_at"], &row["name"]), (&after["erased_at"], &Value::Null));
    assert_eq!(sales.get("/api/v1/lead-counts").await.json["all"], 1);
    let timeline = sales.get(&format!("{}/timeline", path_of(&id))).await;
    let told = |at: usize| &timeline.json["items"][at]["event"];
    assert_eq!(told(0), &json!({"kind": "erased", "reason": "requested", "note": PROOF}));
    assert_eq!(told(1), &json!({"kind": "status_changed", "from": "new", "to": "disqualified", "reason": null}));

    let looks = async || {
        let looks = administrator.get(&format!("/api/v1/access-events?subject_id={id}")).await;
        looks.json["items"].as_array().unwrap().clone()
    };
    assert!(eventually(async || !looks().await.is_empty()).await, "that somebody looked is known");
    assert_eq!(looks().await[0]["subjects"], json!([{"id": id, "name": null, "erased": true}]));
}

#[tokio::test]
async fn nothing_is_written_to_an_erased_lead() {
    let app = spawn_app().await;
    let (manager, administrator) = (app.sign_in(Role::Manager).await, app.sign_in(Role::Administrator).await);
    let id = closed(&app, &manager).await;
    let version = erase(&administrator, &id).await.json["version"].as_i64().unwrap();
    let path = path_of(&id);
    let words = json!({"profile": {"name": "佐藤"}});
    let refused = [
        manager.edit(&path, version, &words).await,
        manager.edit(&path, 1, &words).await,
        manager.act(&format!("{path}/assign"), version, &json!({"assignee_id": manager.id})).await,
        manager.create(&format!("{path}/status-changes"), &json!({"to": "working"})).await,
        manager.create(&format!("{path}/inquiries"), &json!({"source_code": "phone", "body": "佐藤です"})).await,
        manager.create(&format!("{path}/notes"), &json!({"body": "佐藤様"})).await,
        administrator.act(&format!("{path}/erase"), version, &requested()).await,
        administrator.act(&format!("{path}/erase"), 1, &requested()).await,
    ];
    for answer in refused {
        assert_eq!((answer.status, answer.code()), (409, "lead.erased"), "{}", answer.text);
    }
    assert_eq!(manager.get(&path).await.json["version"], version);
    assert!(refuses(&app.settings.url, "UPDATE leads SET name = '佐藤'").await, "whatever another release would do");
    assert_eq!(places_in(&app, &["佐藤"]).await, [""; 0]);
}

#[tokio::test]
async fn an_erasure_wants_a_closed_lead_the_version_that_was_seen_and_a_fresh_administrator() {
    let app = spawn_app().await;
    let mut administrator = app.sign_in(Role::Administrator).await;
    let manager = app.sign_in(Role::Manager).await;
    let open = manager.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    let path = format!("{}/erase", path_of(open.id()));
    assert_eq!(administrator.act(&path, 1, &requested()).await.code(), "lead.open");
    assert_eq!(administrator.get(&path_of(open.id())).await.json["allowed"]["erase"], false);
    give_up(&manager, open.id()).await;
    assert_eq!(administrator.get(&path_of(open.id())).await.json["allowed"]["erase"], true);
    assert_eq!(manager.get(&path_of(open.id())).await.json["allowed"]["erase"], false);
    for role in [Role::Salesperson, Role::Manager, Role::ApiClient] {
        assert_eq!(app.user_of(role).await.act(&path, 2, &requested()).await.code(), "forbidden", "{role:?}");
    }
    assert_eq!(administrator.post(&path, &requested()).await.code(), "if_match.required");
    let stale = administrator.act(&path, 1, &requested()).await;
    assert_eq!((stale.code(), &stale.json["current"]["version"]), ("stale", &json!(2)));
    let nowhere = "/api/v1/leads/0192f0c1-2345-7abc-8def-0123456789ab/erase";
    assert_eq!(administrator.act(nowhere, 1, &requested()).await.code(), "not_found");

    for (body, broken) in [
        (json!({"reason": "requested"}), "note required"),
        (json!({"reason": "requested", "note": "渡辺様の免許証"}), "note erasure.personal"),
        (json!({"reason": "mistaken", "note": "０９０１２３４５６７８"}), "note erasure.personal"),
        (json!({"reason": "expired", "note": "あ".repeat(201)}), "note too_long"),
    ] {
        assert_eq!(administrator.act(&path, 2, &body).await.errors(), [broken]);
    }
    app.pass(TimeDelta::minutes(11));
    assert_eq!(administrator.refresh().await.status, 200);
    assert_eq!(administrator.act(&path, 2, &requested()).await.code(), "auth.not_fresh");
    assert_eq!(administrator.get(&path_of(open.id())).await.json["erased_at"], Value::Null, "nothing was done yet");
    assert_eq!(administrator.step_up(crate::harness::PASSWORD).await.status, 200);
    assert_eq!(administrator.act(&path, 2, &json!({"reason": "expired"})).await.status, 200);
}

/// Whatever is written at the same moment is either there before and goes with the rest, or is refused.
#[tokio::test]
async fn nothing_that_is_on_its_way_outlives_an_erasure() {
    let app = spawn_app().await;
    let (manager, administrator) = (app.sign_in(Role::Manager).await, app.sign_in(Role::Administrator).await);
    for _ in 0..25 {
        let id = closed(&app, &manager).await;
        let path = path_of(&id);
        let written = async {
            let note = json!({"body": "鳥籠を積みたい"});
            let asked = json!({"source_code": "phone", "body": "金糸雀の餌は要りません"});
            let (notes, inquiries) = (format!("{path}/notes"), format!("{path}/inquiries"));
            let (noted, asked) = join(manager.create(&notes, &note), manager.create(&inquiries, &asked)).await;
            [noted, asked].map(|answer| answer.status)
        };
        let (erased, written) = join(erase(&administrator, &id), written).await;
        assert_eq!(erased.status, 200, "{}", erased.text);
        assert!(written.iter().all(|status| [201, 409].contains(status)), "{written:?}");
    }
    assert_eq!(places_in(&app, &["鳥籠を積みたい", "金糸雀の餌は要りません"]).await, [""; 0]);
    assert!(audit::verify(&app.db).await.unwrap().bad().is_empty());
}
