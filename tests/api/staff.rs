//! People come, move, are suspended and leave; by an administrator's hand.

use chrono::TimeDelta;
use noren_domain::staff::{Role, Staff};
use serde_json::{Value, json};

use crate::harness::{Answer, PASSWORD, TestApp, User, fresh_key, spawn_app};

const CHOSEN: &str = "velvet walnut pebble 38";

/// An administrator's view of a dealer.
struct Office {
    app: TestApp,
    administrator: User,
}

impl Office {
    async fn open() -> Self {
        let app = spawn_app().await;
        let administrator = app.sign_in(Role::Administrator).await;
        Self { app, administrator }
    }

    async fn create(&self, name: &str, role: &str) -> Answer {
        let code = fresh_key();
        let profile = json!({
            "code": code, "name": name, "kana": "こばやし なおき", "mail": format!("{code}@Noren.test"), "role": role,
            "store_ids": [self.app.first_store]
        });
        self.administrator.create("/api/v1/staff", &json!({"profile": profile})).await
    }

    async fn account(&self, id: &str) -> Answer {
        self.administrator.get(&format!("/api/v1/staff/{id}")).await
    }

    async fn act(&self, id: &str, verb: &str) -> Answer {
        let version = self.account(id).await.json["version"].as_i64().unwrap();
        self.administrator.act(&format!("/api/v1/staff/{id}/{verb}"), version, &json!({})).await
    }

    async fn invite(&self, id: &str) -> Answer {
        self.administrator.create(&format!("/api/v1/staff/{id}/invitations"), &Value::Null).await
    }

    async fn join(&self, code: &str, password: &str) -> Answer {
        self.app.anonymous().post("/api/v1/auth/join", &json!({"code": code, "password": password})).await
    }

    /// Somebody with a lead of their own.
    async fn with_leads(&self, count: usize) -> (Staff, User) {
        let person = self.app.hire_at(Role::Salesperson, &[self.app.first_store, self.app.second_store]).await;
        let user = self.app.sign_in_as(&person).await;
        for _ in 0..count {
            let lead = user.create("/api/v1/leads", &self.app.new_lead("渡邉 髙志")).await;
            let path = format!("/api/v1/leads/{}/assign", lead.id());
            assert_eq!(user.act(&path, 1, &json!({"assignee_id": person.id})).await.status, 200);
        }
        (person, user)
    }

    async fn hand_over(&self, person: &Staff, to: Option<&Staff>) -> Answer {
        let body = json!({"store_id": self.app.first_store, "to": to.map(|to| to.id)});
        self.administrator.post(&format!("/api/v1/staff/{}/hand-over", person.id), &body).await
    }
}

#[tokio::test]
async fn a_person_is_made_invited_and_joins() {
    let office = Office::open().await;
    let made = office.create("小林 直樹", "salesperson").await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(made.json["profile"]["kana"], "コバヤシ ナオキ");
    assert_eq!((&made.json["joined"], &made.json["invited_until"]), (&json!(false), &json!(null)));
    let mail = made.json["profile"]["mail"].as_str().unwrap().to_owned();
    assert_eq!(mail, mail.to_lowercase());

    let invited = office.invite(made.id()).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let code = invited.json["code"].as_str().unwrap().to_owned();
    assert_eq!(invited.json["url"], format!("http://noren.test/join#{code}"));
    assert!(office.account(made.id()).await.json["invited_until"].is_string());
    let typed = json!({"code": code.to_lowercase().replace('-', " ")});
    let seen = office.app.anonymous().post("/api/v1/auth/invitation", &typed).await;
    assert_eq!((&seen.json["name"], &seen.json["joined"]), (&json!("小林 直樹"), &json!(false)), "{}", seen.text);

    let refused = office.join(&code, "short").await;
    assert_eq!(refused.errors(), ["password too_short"]);
    assert_eq!(office.join(&code, "passwordpassword").await.errors(), ["password password.guessable"]);
    let joined = office.join(&code, CHOSEN).await;
    assert_eq!(joined.status, 200, "{}", joined.text);
    let mut person = office.app.anonymous();
    person.token = joined.json["access_token"].as_str().map(str::to_owned);
    assert_eq!(person.get("/api/v1/me").await.json["name"], "小林 直樹");
    assert_eq!(person.log_in(&mail, CHOSEN).await.status, 200);
    assert_eq!(office.join(&code, CHOSEN).await.code(), "invitation.ended", "an invitation is used once");
    let account = office.account(made.id()).await.json;
    assert_eq!((&account["joined"], &account["invited_until"]), (&json!(true), &json!(null)));
}

#[tokio::test]
async fn an_invitation_ends_by_the_next_one_by_time_and_by_suspension() {
    let office = Office::open().await;
    let id = office.create("小林 直樹", "salesperson").await.id().to_owned();
    let code = async || office.invite(&id).await.json["code"].as_str().unwrap().to_owned();
    let (first, second) = (code().await, code().await);
    assert_eq!(office.join(&first, CHOSEN).await.code(), "invitation.ended");
    assert_eq!(office.act(&id, "suspend").await.status, 200);
    assert_eq!(office.join(&second, CHOSEN).await.code(), "invitation.ended");
    assert_eq!(office.invite(&id).await.code(), "staff.not_active");
    assert_eq!(office.act(&id, "suspend").await.code(), "staff.forbidden_move");
    assert_eq!(office.act(&id, "reinstate").await.status, 200);
    let third = code().await;
    office.app.pass(TimeDelta::days(7));
    assert_eq!(office.join(&third, CHOSEN).await.code(), "invitation.ended");
    assert_eq!(office.join("H7KM-2QWX-9RTD-4NPC", CHOSEN).await.code(), "invitation.ended");
}

/// Two who have the code are one too many.
#[tokio::test]
async fn of_many_who_use_an_invitation_at_once_one_joins() {
    let office = Office::open().await;
    let id = office.create("小林 直樹", "salesperson").await.id().to_owned();
    let code = office.invite(&id).await.json["code"].as_str().unwrap().to_owned();
    let all = (0..8).map(|_| office.join(&code, CHOSEN));
    let answers: Vec<u16> = futures_util::future::join_all(all).await.iter().map(|answer| answer.status).collect();
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
}

#[tokio::test]
async fn the_code_of_an_invitation_is_told_once_and_kept_nowhere() {
    let office = Office::open().await;
    let id = office.create("小林 直樹", "salesperson").await.id().to_owned();
    let (key, path) = (fresh_key(), format!("/api/v1/staff/{id}/invitations"));
    let first = office.administrator.create_as(&key, &path, &Value::Null).await;
    let again = office.administrator.create_as(&key, &path, &Value::Null).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, "true"));
    assert_eq!(again.json["code"], "…");
    assert_eq!(office.join(first.json["code"].as_str().unwrap(), CHOSEN).await.status, 200, "it is still the one");
}

#[tokio::test]
async fn who_forgot_the_password_is_invited_anew_and_signed_out_everywhere() {
    let office = Office::open().await;
    let person = office.app.hire(Role::Manager).await;
    let mut tablet = office.app.sign_in_as(&person).await;
    let code = office.invite(&person.id.to_string()).await.json["code"].as_str().unwrap().to_owned();
    assert_eq!(tablet.get("/api/v1/me").await.status, 200, "an invitation alone changes nothing");
    assert_eq!(office.join(&code, CHOSEN).await.status, 200);
    assert_eq!(tablet.get("/api/v1/me").await.code(), "auth.expired");
    assert_eq!(tablet.refresh().await.code(), "auth.expired");
    assert_eq!(tablet.log_in(&person.mail, PASSWORD).await.code(), "auth.failed");
    assert_eq!(tablet.log_in(&person.mail, CHOSEN).await.status, 200);
}

#[tokio::test]
async fn another_role_or_store_counts_from_the_next_request_on() {
    let office = Office::open().await;
    let person = office.app.hire(Role::Salesperson).await;
    let mut user = office.app.sign_in_as(&person).await;
    let path = format!("/api/v1/staff/{}", person.id);
    let moved = json!({"profile": {"store_ids": [office.app.second_store]}});
    assert_eq!(office.administrator.edit(&path, 1, &moved).await.status, 200);
    let stores = user.get("/api/v1/stores").await.json["items"].clone();
    assert_eq!((stores.as_array().unwrap().len(), &stores[0]["code"]), (1, &json!("002")));
    let promoted = office.administrator.edit(&path, 2, &json!({"profile": {"role": "manager"}})).await;
    assert_eq!(promoted.status, 200, "{}", promoted.text);
    assert_eq!(user.get("/api/v1/me").await.code(), "auth.expired");
    assert_eq!(user.refresh().await.code(), "auth.expired", "another role ends all refresh tokens");
    let user = office.app.sign_in_as(&person).await;
    assert_eq!(user.get("/api/v1/forms").await.status, 200, "a manager's list");

    let stale = office.administrator.edit(&path, 2, &json!({"profile": {"name": "別の名"}})).await;
    assert_eq!((stale.status, &stale.json["current"]["version"]), (412, &json!(3)));
}

#[tokio::test]
async fn what_is_wrong_about_a_person_is_named() {
    let office = Office::open().await;
    let (other, elsewhere) = (office.app.hire(Role::Manager).await, "0192f0c1-2345-7abc-8def-0123456789ab");
    let create =
        async |profile: Value| office.administrator.create("/api/v1/staff", &json!({"profile": profile})).await;
    let good = json!({"code": "S9", "name": "小林", "kana": "コバヤシ", "mail": "k@noren.test", "role": "manager", "store_ids": [office.app.first_store]});
    let with = |field: &str, value: Value| {
        let mut profile = good.clone();
        profile[field] = value;
        profile
    };
    for (field, value, error) in [
        ("mail", json!(other.mail.to_uppercase()), "profile.mail taken"),
        ("code", json!(other.code), "profile.code taken"),
        ("code", json!("前橋"), "profile.code code.form"),
        ("kana", json!("小林"), "profile.kana kana.script"),
        ("role", json!("api_client"), "profile.role role.not_a_person"),
        ("store_ids", json!([]), "profile.store_ids required"),
        ("store_ids", json!([elsewhere]), "profile.store_ids.0 unknown"),
    ] {
        let refused = create(with(field, value)).await;
        assert_eq!(refused.errors(), [error], "{}", refused.text);
    }
    assert_eq!(create(good.clone()).await.status, 201);
    assert_eq!(create(with("mail", json!("l@noren.test"))).await.errors(), ["profile.code taken"]);
    assert_eq!(office.account(elsewhere).await.code(), "not_found");
}

#[tokio::test]
async fn leads_are_handed_over_before_somebody_leaves() {
    let office = Office::open().await;
    let (person, user) = office.with_leads(3).await;
    let id = person.id.to_string();
    assert_eq!(office.account(&id).await.json["open_leads"], json!([{"store_id": office.app.first_store, "leads": 3}]));
    assert_eq!(office.act(&id, "retire").await.code(), "staff.has_leads");
    let path = format!("/api/v1/staff/{id}");
    let away = json!({"profile": {"store_ids": [office.app.second_store]}});
    assert_eq!(office.administrator.edit(&path, 1, &away).await.code(), "staff.has_leads");

    let stranger = office.app.hire_at(Role::Salesperson, &[office.app.second_store]).await;
    assert_eq!(office.hand_over(&person, Some(&stranger)).await.errors(), ["to assignee.elsewhere"]);
    assert_eq!(
        office.hand_over(&person, Some(&person)).await.errors(),
        ["to assignee.elsewhere"],
        "to oneself is to nobody else"
    );
    let colleague = office.app.hire(Role::Salesperson).await;
    assert_eq!(office.hand_over(&person, Some(&colleague)).await.json, json!({"moved": 3, "left": 0}));
    let theirs = office.app.sign_in_as(&colleague).await;
    let listed = theirs.get(&format!("/api/v1/leads?assignee_id={}", colleague.id)).await;
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 3, "{}", listed.text);
    let lead = listed.json["items"][0]["id"].as_str().unwrap();
    let line = theirs.get(&format!("/api/v1/leads/{lead}/timeline")).await.json["items"][0]["event"].clone();
    assert_eq!((&line["kind"], &line["to"]), (&json!("assigned"), &json!(colleague.id)), "{line}");

    assert_eq!(office.act(&id, "retire").await.json["status"], "retired");
    assert_eq!(user.get("/api/v1/me").await.code(), "auth.expired");
    let back = office.act(&id, "reinstate").await;
    assert_eq!(
        (&back.json["status"], &back.json["joined"]),
        (&json!("active"), &json!(false)),
        "the password is forgotten"
    );
    let mut user = user;
    assert_eq!(user.log_in(&person.mail, PASSWORD).await.code(), "auth.failed");
}

#[tokio::test]
async fn leads_can_be_handed_to_nobody() {
    let office = Office::open().await;
    let (person, user) = office.with_leads(2).await;
    assert_eq!(office.hand_over(&person, None).await.json, json!({"moved": 2, "left": 0}));
    let listed = user.get("/api/v1/leads").await.json["items"].clone();
    assert!(listed.as_array().unwrap().iter().all(|lead| lead["assignee_id"].is_null()), "{listed}");
}

/// An assignment and a retirement at once end in one order or the other: nobody who has left holds a lead.
#[tokio::test]
async fn nobody_is_given_a_lead_while_they_leave() {
    let office = Office::open().await;
    for _ in 0..5 {
        let (person, user) = office.with_leads(0).await;
        let manager = office.app.sign_in(Role::Manager).await;
        let lead = user.create("/api/v1/leads", &office.app.new_lead("渡邉 髙志")).await;
        let (path, body) = (format!("/api/v1/leads/{}/assign", lead.id()), json!({"assignee_id": person.id}));
        let id = person.id.to_string();
        let (assigned, retired) = tokio::join!(manager.act(&path, 1, &body), office.act(&id, "retire"));
        assert_eq!((assigned.status == 200), (retired.status != 200), "{} {}", assigned.text, retired.text);
        let account = office.account(&id).await.json;
        assert_eq!(account["status"] == "retired", account["open_leads"] == json!([]), "{account}");
    }
}

#[tokio::test]
async fn the_last_administrator_stays_one_even_of_two_who_end_each_other_at_once() {
    let office = Office::open().await;
    let own = office.administrator.id.unwrap().to_string();
    assert_eq!(office.act(&own, "suspend").await.code(), "staff.last_administrator");
    let path = format!("/api/v1/staff/{own}");
    let demoted = json!({"profile": {"role": "salesperson"}});
    assert_eq!(office.administrator.edit(&path, 1, &demoted).await.code(), "staff.last_administrator");

    let second = office.app.sign_in(Role::Administrator).await;
    let other = second.id.unwrap().to_string();
    let (of_other, of_own) = (format!("/api/v1/staff/{other}/suspend"), format!("/api/v1/staff/{own}/suspend"));
    let nothing = json!({});
    let (one, two) = tokio::join!(office.administrator.act(&of_other, 1, &nothing), second.act(&of_own, 1, &nothing));
    let mut outcomes = [one.status, two.status];
    outcomes.sort_unstable();
    assert!(outcomes[0] == 200 && outcomes[1] != 200, "{outcomes:?}");
}

#[tokio::test]
async fn colleagues_are_found_in_any_spelling_and_never_by_their_mail() {
    let office = Office::open().await;
    let made = office.create("小林 直樹", "manager").await;
    assert_eq!(made.status, 201, "{}", made.text);
    let user = office.app.sign_in(Role::Salesperson).await;
    let found = async |query: &str| {
        let listed = user.get(&format!("/api/v1/staff?{query}")).await;
        listed.json["items"].as_array().unwrap().len()
    };
    for query in ["q=%E5%B0%8F%E6%9E%97", "q=%E3%81%93%E3%81%B0", "role=manager", "q=%E3%82%B3&status=active"] {
        assert_eq!(found(query).await, 1, "{query}");
    }
    assert_eq!(found("q=noren.test").await, 0);
    assert_eq!(found(&format!("store_id={}", office.app.second_store)).await, 0);
    assert_eq!(user.get("/api/v1/staff?role=nobody").await.status, 422);
    assert!(
        !user.get("/api/v1/staff").await.text.contains("noren.test"),
        "a sign-in name is an administrator's to see"
    );
}
