//! スタッフ, whom both sides master: what arrives, what is told, and what a person settles.

use noren_domain::staff::{Role, Staff};
use noren_extreme_simulator::{Fault, Kind, Stream as Theirs};
use serde_json::{Value, json};

use super::Dealer;
use crate::harness::{Answer, User};

const CONFLICTS: &str = "/api/v1/integrations/extreme/conflicts";

/// A dealer with an administrator whom EXTREME does not know, and 茂木 翔, whom it knows as S004.
struct Office {
    dealer: Dealer,
    administrator: User,
    motegi: Staff,
}

impl Office {
    async fn open() -> Self {
        let dealer = Dealer::open().await;
        let administrator = dealer.app.sign_in(Role::Administrator).await;
        let motegi = dealer.app.hire(Role::Salesperson).await;
        let profile =
            json!({"code": "S004", "name": "茂木 翔", "kana": "モテギ ショウ", "mail": "motegi@noren.example"});
        let path = format!("/api/v1/staff/{}", motegi.id);
        let known = administrator.edit(&path, 1, &json!({"profile": profile})).await;
        assert_eq!(known.status, 200, "{}", known.text);
        dealer.read().await;
        let motegi = Staff { code: "S004".into(), mail: "motegi@noren.example".into(), ..motegi };
        Self { dealer, administrator, motegi }
    }

    /// What EXTREME says of S004 from now on.
    fn says(&self, patch: &Value) {
        self.dealer.control().edit(Theirs::Staff, "S004", patch).unwrap();
    }

    /// What EXTREME has of S004.
    fn there(&self) -> Value {
        Value::Object(self.dealer.control().record(Theirs::Staff, "S004").unwrap())
    }

    async fn account(&self) -> Answer {
        self.administrator.get(&format!("/api/v1/staff/{}", self.motegi.id)).await
    }

    async fn edit(&self, profile: &Value) {
        let version = self.account().await.json["version"].as_i64().unwrap();
        let path = format!("/api/v1/staff/{}", self.motegi.id);
        let edited = self.administrator.edit(&path, version, &json!({"profile": profile})).await;
        assert_eq!(edited.status, 200, "{}", edited.text);
    }

    /// What is listed about S004.
    async fn conflicts(&self) -> Vec<Value> {
        self.about("S004").await
    }

    async fn about(&self, code: &str) -> Vec<Value> {
        let listed = self.administrator.get(CONFLICTS).await;
        assert_eq!(listed.status, 200, "{}", listed.text);
        let items = listed.json["items"].as_array().unwrap().clone();
        items.into_iter().filter(|item| item["staff_code"] == code).collect()
    }

    async fn settle(&self, conflict: &Value, settlement: &str) -> Answer {
        let path = format!("{CONFLICTS}/{}/settle", conflict["id"].as_str().unwrap());
        let version = conflict["version"].as_i64().unwrap();
        self.administrator.act(&path, version, &json!({"settlement": settlement})).await
    }

    fn told(&self) -> u64 {
        let counts = self.dealer.control().counts().operations;
        counts.get("put_staff").map_or(0, |outcomes| outcomes.values().sum())
    }
}

#[tokio::test]
async fn what_extreme_masters_arrives_in_the_name_of_the_system() {
    let office = Office::open().await;
    let name = json!({"family": "茂木", "given": "翔太", "family_kana": "モテギ", "given_kana": "ショウタ"});
    office.says(&json!({"name": name, "store_code": "002"}));
    office.dealer.read().await;
    let account = office.account().await;
    let profile = &account.json["profile"];
    assert_eq!((profile["name"].as_str(), profile["kana"].as_str()), (Some("茂木 翔太"), Some("モテギ ショウタ")));
    assert_eq!(profile["store_ids"], json!([office.dealer.app.second_store]));
    let audit = office.administrator.get("/api/v1/audit-events?limit=50").await;
    let events = audit.json["items"].as_array().unwrap();
    let by_system = events.iter().find(|event| event["action"] == "staff.edited" && event["actor"] == "system");
    assert!(by_system.is_some(), "{}", audit.text);
    assert!(office.conflicts().await.is_empty());
    assert_eq!(office.told(), 0, "there is nothing to tell");
}

#[tokio::test]
async fn who_leaves_in_extreme_is_out_here_and_their_leads_wait_for_a_person() {
    let office = Office::open().await;
    let app = &office.dealer.app;
    let motegi = app.sign_in_as(&office.motegi).await;
    let lead = motegi.create("/api/v1/leads", &app.new_lead("渡邉 髙志")).await;
    let path = format!("/api/v1/leads/{}/assign", lead.id());
    assert_eq!(motegi.act(&path, 1, &json!({"assignee_id": office.motegi.id})).await.status, 200);

    office.says(&json!({"employment": "retired"}));
    office.dealer.read().await;
    assert_eq!(motegi.get("/api/v1/me").await.status, 401, "their sessions are over");
    assert_eq!(office.account().await.json["status"], "suspended");
    let waiting = office.conflicts().await;
    assert_eq!(waiting.len(), 1);
    assert_eq!((&waiting[0]["dispute"], &waiting[0]["state"]), (&json!("open_leads"), &json!("open")));
    assert_eq!(waiting[0]["theirs"]["employment"], "retired");

    let handed = json!({"store_id": app.first_store, "to": null});
    let path = format!("/api/v1/staff/{}/hand-over", office.motegi.id);
    assert_eq!(office.administrator.post(&path, &handed).await.status, 200);
    office.dealer.read().await;
    assert_eq!(office.account().await.json["status"], "retired");
    assert!(office.conflicts().await.is_empty());
}

#[tokio::test]
async fn who_is_on_leave_comes_back() {
    let office = Office::open().await;
    office.says(&json!({"employment": "on_leave"}));
    office.dealer.read().await;
    assert_eq!(office.account().await.json["status"], "suspended");
    office.says(&json!({"employment": "active"}));
    office.dealer.read().await;
    assert_eq!(office.account().await.json["status"], "active");
}

#[tokio::test]
async fn who_was_suspended_here_alone_stays_so() {
    let office = Office::open().await;
    let version = office.account().await.json["version"].as_i64().unwrap();
    let path = format!("/api/v1/staff/{}/suspend", office.motegi.id);
    assert_eq!(office.administrator.act(&path, version, &json!({})).await.status, 200);
    office
        .says(&json!({"name": {"family": "茂木", "given": "翔太", "family_kana": "モテギ", "given_kana": "ショウタ"}}));
    office.dealer.read().await;
    let account = office.account().await.json;
    assert_eq!((&account["status"], &account["profile"]["name"]), (&json!("suspended"), &json!("茂木 翔太")));
}

#[tokio::test]
async fn the_last_administrator_is_not_shut_out() {
    let office = Office::open().await;
    let own = office.administrator.id.unwrap();
    let path = format!("/api/v1/staff/{own}");
    let known = office.administrator.edit(&path, 1, &json!({"profile": {"code": "S001"}})).await;
    assert_eq!(known.status, 200, "{}", known.text);
    office.dealer.control().edit(Theirs::Staff, "S001", &json!({"employment": "retired"})).unwrap();
    office.dealer.read().await;
    assert_eq!(office.administrator.get("/api/v1/me").await.status, 200);
    let waiting = office.about("S001").await;
    assert!(waiting.iter().any(|conflict| conflict["dispute"] == "last_administrator"), "{waiting:?}");
}

#[tokio::test]
async fn somebody_new_is_listed_until_an_account_is_made() {
    let office = Office::open().await;
    let new = office.about("S005").await;
    assert_eq!((&new[0]["dispute"], &new[0]["theirs"]["name"]), (&json!("unknown_staff"), &json!("小野里 美咲")));
    assert_eq!(new[0]["ours"], Value::Null);
    let refused = office.settle(&new[0], "take_theirs").await;
    assert_eq!((refused.status, refused.errors()), (422, vec!["settlement settlement.not_offered".to_owned()]));
    let profile = json!({
        "code": "S005", "name": "小野里 美咲", "kana": "オノザト ミサキ", "mail": "onozato@noren.example",
        "role": "salesperson", "store_ids": [office.dealer.app.first_store]
    });
    assert_eq!(office.administrator.create("/api/v1/staff", &json!({"profile": profile})).await.status, 201);
    office.dealer.read().await;
    assert!(office.about("S005").await.is_empty());

    let other = office.about("S006").await;
    assert_eq!(office.settle(&other[0], "leave").await.json["state"], "left");
    office.dealer.read().await;
    assert_eq!(office.about("S006").await[0]["state"], "left", "nobody is asked twice");
}

#[tokio::test]
async fn what_noren_masters_is_told_once() {
    let office = Office::open().await;
    office.edit(&json!({"role": "manager", "mail": "shop@noren.example"})).await;
    office.dealer.read().await;
    let there = office.there();
    assert_eq!((&there["role"], &there["mail"]), (&json!("manager"), &json!("shop@noren.example")));
    assert_eq!(there["notifications"], json!({"new_lead": true, "daily_digest": false}), "what it had");
    office.dealer.read().await;
    assert_eq!(office.told(), 1);
    office.says(&json!({"role": "salesperson"}));
    office.dealer.read().await;
    assert_eq!(office.there()["role"], "manager", "what Noren masters is Noren's word");
}

#[tokio::test]
async fn what_changed_in_extreme_meanwhile_is_read_before_it_is_told_again() {
    let office = Office::open().await;
    office.edit(&json!({"role": "manager"})).await;
    // As if the stream had not brought the newest state yet.
    office.dealer.app.tamper("UPDATE extreme_staff SET revision = revision - 1 WHERE staff_code = 'S004'").await;
    office.dealer.read().await;
    assert_eq!(office.there()["role"], "manager");
    let counts = office.dealer.control().counts();
    assert_eq!((counts.of("put_staff", "412"), counts.of("put_staff", "200")), (1, 1), "{:?}", counts.operations);
}

#[tokio::test]
async fn an_answer_that_is_lost_and_an_extreme_that_is_away_change_nothing_in_the_end() {
    let office = Office::open().await;
    office.dealer.control().add_fault(Fault::new(Kind::LostResponse).of("put_staff").times(1));
    office.dealer.control().add_fault(Fault::new(Kind::Error { status: 500 }).of("put_staff").times(1));
    office.edit(&json!({"role": "manager"})).await;
    for _ in 0..4 {
        office.dealer.read().await;
        office.dealer.app.pass(chrono::TimeDelta::seconds(31));
    }
    assert_eq!(office.there()["role"], "manager");
    assert!(office.conflicts().await.is_empty());
}

#[tokio::test]
async fn a_name_that_was_edited_here_is_settled_by_a_person() {
    let office = Office::open().await;
    office.edit(&json!({"name": "茂木 翔一"})).await;
    office.dealer.read().await;
    let listed = office.conflicts().await;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["ways"], json!(["take_theirs", "keep_ours", "leave"]));
    assert_eq!((&listed[0]["theirs"]["name"], &listed[0]["ours"]["name"]), (&json!("茂木 翔"), &json!("茂木 翔一")));

    assert_eq!(office.settle(&listed[0], "keep_ours").await.json["state"], "kept");
    assert_eq!(office.settle(&listed[0], "leave").await.code(), "stale", "somebody was faster");
    office.dealer.read().await;
    assert_eq!(office.there()["proposed"]["name"]["given"], "翔一", "a wish that EXTREME decides");
    assert_eq!(office.there()["name"]["given"], "翔");
    let kept = office.conflicts().await;
    assert!(kept[0]["told_at"].is_string() && kept[0]["state"] == "kept", "{kept:?}");
    let told = office.told();
    office.dealer.read().await;
    assert_eq!(office.told(), told, "it is told once");

    let name = json!({"family": "茂木", "given": "翔一", "family_kana": "モテギ", "given_kana": "ショウ"});
    office.says(&json!({"name": name, "proposed": null}));
    office.dealer.read().await;
    assert!(office.conflicts().await.is_empty(), "both say the same");
}

#[tokio::test]
async fn whoever_gives_way_takes_the_word_of_extreme_at_once() {
    let office = Office::open().await;
    office.edit(&json!({"name": "茂木 翔一"})).await;
    office.dealer.read().await;
    let listed = office.conflicts().await;
    let taken = office.settle(&listed[0], "take_theirs").await;
    assert_eq!((taken.status, &taken.json["state"]), (200, &json!("taken")), "{}", taken.text);
    assert_eq!(office.account().await.json["profile"]["name"], "茂木 翔");
    assert!(office.conflicts().await.is_empty());
}

#[tokio::test]
async fn a_store_that_nobody_knows_here_moves_nobody() {
    let office = Office::open().await;
    office.dealer.control().edit(Theirs::Staff, "S004", &json!({"store_code": "777"})).unwrap();
    office.dealer.read().await;
    let account = office.account().await.json;
    assert_eq!(account["profile"]["store_ids"], json!([office.dealer.app.first_store]));
    assert_eq!(office.conflicts().await[0]["dispute"], "unknown_store");
}

#[tokio::test]
async fn what_extreme_does_not_take_is_not_told_again_and_again() {
    let office = Office::open().await;
    office.dealer.control().add_fault(Fault::new(Kind::Error { status: 422 }).of("put_staff"));
    office.edit(&json!({"role": "manager"})).await;
    for _ in 0..3 {
        office.dealer.read().await;
    }
    assert_eq!(office.told(), 1);
    let listed = office.conflicts().await;
    assert_eq!((&listed[0]["dispute"], &listed[0]["refusal"]), (&json!("not_taken"), &json!("extreme.422")));
    office.dealer.control().clear_faults();
    assert_eq!(office.settle(&listed[0], "keep_ours").await.status, 200);
    office.dealer.read().await;
    assert_eq!(office.there()["role"], "manager");
    assert!(office.conflicts().await.is_empty());
}
