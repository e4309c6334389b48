//! What must leave Noren leaves it once: through a mail server that is away, refuses, hangs up or says nothing.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures_util::future::join_all;
use noren_domain::staff::{Role, Staff};
use noren_persistence::outbox;
use serde_json::{Value, json};

use crate::harness::smtp::Arrived;
use crate::harness::{Answer, Binary, MailServer, Manner, TestApp, User, eventually, log, spawn_app, spawn_app_with};

/// A dealer with a mail server.
struct Post {
    app: TestApp,
    administrator: User,
    server: MailServer,
}

impl Post {
    async fn at(server: MailServer) -> Self {
        let url = server.url();
        let settings = [
            ("mail_smtp_url", url.as_str()),
            ("mail_tls", "none"),
            ("mail_from", "noren@dealer.example"),
            ("mail_from_name", "前橋モーターズ"),
        ];
        let app = spawn_app_with(&settings).await;
        let administrator = app.sign_in(Role::Administrator).await;
        Self { app, administrator, server }
    }

    async fn open() -> Self {
        Self::at(MailServer::open().await).await
    }

    async fn invite(&self, person: &Staff) -> Answer {
        self.administrator.create(&format!("/api/v1/staff/{}/invitation-mails", person.id), &Value::Null).await
    }

    /// A person who is invited by mail, and where the mail is to be looked at.
    async fn invited(&self) -> (Staff, String) {
        let person = self.app.hire(Role::Salesperson).await;
        let invited = self.invite(&person).await;
        assert_eq!(invited.status, 201, "{}", invited.text);
        let id = invited.json["outbox_message_id"].as_str().unwrap();
        let path = format!("/api/v1/outbox-messages/{id}");
        assert_eq!(invited.header("location"), path);
        (person, path)
    }

    async fn message(&self, path: &str) -> Value {
        self.administrator.get(path).await.json
    }

    /// Waits until the message stands so, after so many tries.
    async fn wait(&self, path: &str, state: &str, attempt: i64) -> Value {
        let stands = async || {
            let message = self.message(path).await;
            message["state"] == state && message["attempt"] == attempt
        };
        assert!(eventually(stands).await, "{}", self.message(path).await);
        self.message(path).await
    }

    async fn decide(&self, path: &str, verb: &str) -> Answer {
        let version = self.message(path).await["version"].as_i64().unwrap();
        self.administrator.act(&format!("{path}/{verb}"), version, &json!({})).await
    }
}

#[tokio::test]
async fn an_invitation_arrives_as_a_mail_that_anybody_can_read() {
    let post = Post::open().await;
    let profile = json!({
        "code": "S042", "name": "髙橋 渉", "kana": "たかはし わたる", "mail": "wataru@dealer.example", "role": "salesperson",
        "store_ids": [post.app.first_store]
    });
    let made = post.administrator.create("/api/v1/staff", &json!({"profile": profile})).await;
    assert_eq!(made.json["mail_reaches"], true, "{}", made.text);
    let path = format!("/api/v1/staff/{}/invitation-mails", made.id());
    let invited = post.administrator.create(&path, &Value::Null).await;
    assert_eq!(invited.status, 201, "{}", invited.text);
    let mails = post.server.wait_for(1).await;
    let Arrived { from, to, subject, text, id, raw } = &mails[0];
    assert_eq!(from, &("前橋モーターズ".to_owned(), "noren@dealer.example".to_owned()));
    assert_eq!(to, &("髙橋 渉".to_owned(), "wataru@dealer.example".to_owned()));
    assert_eq!(subject, "【Noren】ご招待のお知らせ");
    assert!(text.starts_with("髙橋 渉 様") && text.contains("http://noren.test/join#"), "{text}");
    assert!(text.contains("2026年11月28日(土)10:00"), "{text}");
    assert_eq!(id, &format!("{}@dealer.example", invited.json["outbox_message_id"].as_str().unwrap()));
    assert!(raw.contains("Auto-Submitted: auto-generated") && raw.contains("Date: Sat, 21 Nov 2026 01:00:00 +0000"));
    assert!(raw.is_ascii(), "nothing is asked of servers that know no UTF-8");

    let code = mails[0].code();
    assert!(!invited.text.contains(&code), "nobody else learns the code");
    let body = json!({"code": code, "password": "velvet walnut pebble 38"});
    let joined = post.app.anonymous().post("/api/v1/auth/join", &body).await;
    assert_eq!(joined.status, 200, "{}", joined.text);
    let listed = post.administrator.get("/api/v1/outbox-messages").await;
    assert!(eventually(async || post.message(invited.header("location")).await["state"] == "done").await);
    assert_eq!(listed.json["items"].as_array().unwrap().len(), 1, "who joins for the first time is told of no change");
    assert_eq!(listed.json["items"][0]["staff_name"], "髙橋 渉");
}

#[tokio::test]
async fn a_mail_server_that_was_away_gets_the_mail_once_when_it_is_back() {
    let post = Post::at(MailServer::closed().await).await;
    let (_, path) = post.invited().await;
    let waiting = post.wait(&path, "waiting", 1).await;
    assert_eq!(waiting["last_error"], "smtp.connection");
    post.server.listen().await;
    post.app.pass(TimeDelta::seconds(3));
    post.wait(&path, "done", 2).await;
    post.server.wait_for(1).await;
}

/// What is being noted of one mail goes on while the next ones are claimed; on SQLite both want its one writer.
#[tokio::test]
async fn forty_mails_that_fail_keep_nobody_waiting() {
    log::start();
    let post = Post::at(MailServer::closed().await).await;
    let people = join_all((0..40).map(|_| post.app.hire(Role::Salesperson))).await;
    let mut ids = BTreeSet::new();
    for person in &people {
        let invited = post.invite(person).await;
        assert_eq!(invited.status, 201, "{}", invited.text);
        ids.insert(invited.json["outbox_message_id"].as_str().unwrap().to_owned());
    }
    for id in &ids {
        post.wait(&format!("/api/v1/outbox-messages/{id}"), "waiting", 1).await;
    }
    let not_noted = |line: &&str| line.contains("outbox.not_noted") && ids.iter().any(|id| line.contains(id.as_str()));
    assert_eq!(log::text().lines().find(not_noted), None);
}

#[tokio::test]
async fn what_is_refused_for_now_is_sent_later_and_what_is_refused_for_good_waits_for_a_person() {
    log::start();
    let post = Post::open().await;
    post.server.behave(Manner::Refuse(451));
    let (person, path) = post.invited().await;
    assert_eq!(post.wait(&path, "waiting", 1).await["last_error"], "smtp.451");
    post.server.behave(Manner::Take);
    post.app.pass(TimeDelta::seconds(3));
    post.wait(&path, "done", 2).await;

    post.server.behave(Manner::Refuse(550));
    let (_, path) = post.invited().await;
    assert_eq!(post.wait(&path, "dead", 1).await["last_error"], "smtp.550");
    let dead = post.administrator.get("/api/v1/outbox-messages?open=true").await;
    assert_eq!(dead.json["items"].as_array().unwrap().len(), 1, "{}", dead.text);
    let metrics = post.app.anonymous().get("/metrics").await.text;
    for line in ["noren_outbox_dead{destination=\"mail\"}", "noren_outbox_waiting", "noren_outbox_oldest_seconds"] {
        assert!(metrics.contains(line), "{line}");
    }
    assert!(metrics.contains("noren_outbox_deliveries_total{destination=\"mail\",outcome=\"dead\"}"));

    post.server.behave(Manner::Take);
    assert_eq!(post.decide(&path, "retry").await.status, 200);
    post.wait(&path, "done", 1).await;
    post.server.wait_for(2).await;
    assert_eq!(post.decide(&path, "retry").await.code(), "outbox.forbidden_move");
    let (lines, metrics) = (log::text(), post.app.anonymous().get("/metrics").await.text);
    assert!(lines.contains("\"cause\":\"smtp.451\""), "the failure was logged");
    assert!(
        !lines.contains(&person.mail) && !metrics.contains(&person.mail),
        "the server repeats the address, we do not"
    );
    assert!(!lines.contains("hunter2"));
}

#[tokio::test]
async fn an_administrator_discards_and_every_decision_is_audited_and_of_a_version() {
    let post = Post::open().await;
    post.server.behave(Manner::Refuse(550));
    let (_, path) = post.invited().await;
    post.wait(&path, "dead", 1).await;
    let stale = post.administrator.act(&format!("{path}/discard"), 1, &json!({})).await;
    assert_eq!((stale.code(), &stale.json["current"]["state"]), ("stale", &json!("dead")));
    let gone = post.decide(&path, "discard").await;
    assert_eq!((gone.status, &gone.json["state"]), (200, &json!("discarded")), "{}", gone.text);
    assert_eq!(post.decide(&path, "retry").await.code(), "outbox.forbidden_move");
    let audited = post.administrator.get("/api/v1/audit-events").await;
    let actions: Vec<_> = audited.json["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert!(actions.contains(&&json!("outbox_message.discarded")), "{actions:?}");
    assert_eq!(post.server.taken().len(), 0);
}

/// Wrong credentials concern all mail alike: nothing is given up, and nothing is tried again and again.
#[tokio::test]
async fn a_mail_server_that_bars_us_pauses_everything_until_the_next_start() {
    let post = Post::open().await;
    post.server.behave(Manner::Bar);
    let (_, first) = post.invited().await;
    assert_eq!(post.wait(&first, "paused", 1).await["last_error"], "smtp.credentials");
    let (_, second) = post.invited().await;
    post.wait(&second, "paused", 1).await;
    post.server.behave(Manner::Take);
    assert_eq!(post.decide(&second, "retry").await.status, 200);
    post.wait(&second, "done", 1).await;
    let _restarted = post.app.neighbour().await;
    post.wait(&first, "done", 2).await;
    post.server.wait_for(2).await;
}

#[tokio::test]
async fn a_server_that_hangs_up_or_stalls_is_told_the_same_mail_again() {
    let post = Post::open().await;
    post.server.behave(Manner::HangUp);
    let (_, path) = post.invited().await;
    post.wait(&path, "waiting", 1).await;
    post.server.behave(Manner::Stall);
    post.app.pass(TimeDelta::seconds(3));
    assert_eq!(post.wait(&path, "waiting", 2).await["last_error"], "smtp.timeout");
    post.server.behave(Manner::Take);
    post.app.pass(TimeDelta::seconds(5));
    post.wait(&path, "done", 3).await;
    let ids: BTreeSet<String> = post.server.read().into_iter().map(|mail| mail.id).collect();
    assert_eq!((ids.len(), post.server.read().len()), (1, 3), "one mail, known again by its id");
}

#[tokio::test]
async fn two_processes_send_each_mail_once() {
    let post = Post::open().await;
    let _neighbour = post.app.neighbour().await;
    let mut people = Vec::new();
    for _ in 0..20 {
        people.push(post.app.hire(Role::Salesperson).await);
    }
    let invited = futures_util::future::join_all(people.iter().map(|person| post.invite(person))).await;
    assert!(invited.iter().all(|answer| answer.status == 201));
    let done = async || {
        let open = post.administrator.get("/api/v1/outbox-messages?open=true").await;
        open.json["items"].as_array().unwrap().is_empty()
    };
    let all_done = eventually(done).await;
    assert!(all_done, "{}", post.administrator.get("/api/v1/outbox-messages?open=true").await.text);
    let mails = post.server.wait_for(20).await;
    let ids: BTreeSet<&String> = mails.iter().map(|mail| &mail.id).collect();
    assert_eq!(ids.len(), 20);
}

/// Has a worker of another process claim the message that waits, and be killed at once.
async fn killed_with(post: &Post, path: &str) {
    let lease = (post.app.clock_now() + TimeDelta::seconds(60)).to_rfc3339();
    let id = path.rsplit('/').next().unwrap().replace('-', "");
    let of = if post.app.is_on_postgres() { format!("id = '{id}'") } else { format!("lower(hex(id)) = '{id}'") };
    let sql = format!("UPDATE outbox_messages SET state = 'leased', lease_until = '{lease}' WHERE {of}");
    assert_eq!(post.app.tamper(&sql).await, 1);
}

#[tokio::test]
async fn a_worker_that_is_killed_costs_one_lease_and_two_of_them_the_message() {
    let post = Post::open().await;
    post.server.behave(Manner::Refuse(451));
    let (_, path) = post.invited().await;
    post.wait(&path, "waiting", 1).await;
    post.server.behave(Manner::Take);
    killed_with(&post, &path).await;
    post.app.pass(TimeDelta::seconds(59));
    // Whoever sends this one has looked at all of them.
    let (_, other) = post.invited().await;
    post.wait(&other, "done", 1).await;
    assert_eq!(post.message(&path).await["state"], "leased");
    post.app.pass(TimeDelta::seconds(1));
    post.wait(&path, "done", 2).await;
    post.server.wait_for(2).await;

    post.server.behave(Manner::Refuse(451));
    let (_, path) = post.invited().await;
    post.wait(&path, "waiting", 1).await;
    for (state, attempt) in [("waiting", 2), ("dead", 2)] {
        killed_with(&post, &path).await;
        post.app.pass(TimeDelta::seconds(60));
        post.wait(&path, state, attempt).await;
    }
    assert_eq!(post.message(&path).await["last_error"], "worker.lost");
}

#[tokio::test]
async fn what_makes_no_sense_any_more_is_not_sent() {
    let post = Post::at(MailServer::closed().await).await;
    let (person, first) = post.invited().await;
    post.wait(&first, "waiting", 1).await;
    let second = post.invite(&person).await.header("location").to_owned();
    assert_eq!(post.wait(&first, "discarded", 1).await["last_error"], "superseded");
    let (suspended, third) = post.invited().await;
    let (printed, fourth) = post.invited().await;
    for path in [&second, &third, &fourth] {
        post.wait(path, "waiting", 1).await;
    }
    post.app.suspend(suspended.id).await;
    let slip = format!("/api/v1/staff/{}/invitations", printed.id);
    assert_eq!(post.administrator.create(&slip, &Value::Null).await.status, 201);
    post.server.listen().await;
    post.app.pass(TimeDelta::seconds(3));
    post.wait(&second, "done", 2).await;
    assert_eq!(post.wait(&third, "discarded", 2).await["last_error"], "recipient.inactive");
    assert_eq!(post.wait(&fourth, "discarded", 2).await["last_error"], "expired");
    post.server.wait_for(1).await;
}

#[tokio::test]
async fn without_a_mail_server_the_mail_lies_in_a_folder_and_invitations_are_handed_over() {
    let app = spawn_app().await;
    let administrator = app.sign_in(Role::Administrator).await;
    let mut person = app.sign_in(Role::Salesperson).await;
    let account = administrator.get(&format!("/api/v1/staff/{}", person.id.unwrap())).await;
    assert_eq!(account.json["mail_reaches"], false);
    let path = format!("/api/v1/staff/{}/invitation-mails", person.id.unwrap());
    assert_eq!(administrator.create(&path, &Value::Null).await.code(), "mail.not_set_up");
    assert_eq!(person.change_password(crate::harness::PASSWORD, "velvet walnut pebble 38").await.status, 200);
    assert!(eventually(async || app.mails_in_folder().len() == 1).await);
    let mail = app.mails_in_folder().remove(0);
    assert_eq!(mail.subject, "【Noren】パスワードが変わりました");
    assert!(mail.text.contains("2026年11月21日(土)10:00にパスワードが変わりました"), "{}", mail.text);
}

#[tokio::test]
async fn the_list_is_paged_and_narrowed() {
    let post = Post::open().await;
    post.server.behave(Manner::Refuse(550));
    for _ in 0..3 {
        let (_, path) = post.invited().await;
        post.wait(&path, "dead", 1).await;
    }
    post.server.behave(Manner::Take);
    let (_, path) = post.invited().await;
    post.wait(&path, "done", 1).await;
    let count = async |query: &str| {
        let listed = post.administrator.get(&format!("/api/v1/outbox-messages{query}")).await;
        assert_eq!(listed.status, 200, "{}", listed.text);
        listed.json["items"].as_array().unwrap().len()
    };
    for (query, expected) in
        [("", 4), ("?state=dead", 3), ("?open=true", 3), ("?open=false", 1), ("?state=dead&open=false", 0)]
    {
        assert_eq!(count(query).await, expected, "{query}");
    }
    let page = post.administrator.get("/api/v1/outbox-messages?open=true&limit=2").await;
    let next = page.json["next"].as_str().unwrap();
    assert_eq!(count(&format!("?open=true&limit=2&after={next}")).await, 1);
    let other = post.administrator.get(&format!("/api/v1/outbox-messages?after={next}")).await;
    assert_eq!(other.code(), "cursor.invalid");
}

/// The mail is read by a mail server that then says nothing; the next start need not wait for the lease to end.
#[tokio::test]
async fn a_server_that_stops_gives_back_what_it_has_not_sent() {
    let server = MailServer::open().await;
    server.behave(Manner::Stall);
    let noren = Binary::new().await;
    let admin = ["create-admin", "--mail", "shacho@noren.example", "--name", "社長 花子"];
    for password in ["copper maple harbor 71", "velvet walnut pebble 38"] {
        assert!(noren.run_with(&admin, password).await.status.success());
    }
    let url = server.url();
    let settings = [
        ("NOREN_MAIL_SMTP_URL", url.as_str()),
        ("NOREN_MAIL_TLS", "none"),
        ("NOREN_MAIL_FROM", "noren@dealer.example"),
        ("NOREN_MAIL_SECONDS", "50"),
    ];
    let mut serving = noren.serve_with(&settings).await;
    assert!(eventually(async || server.read().len() == 1).await);
    serving.terminate();
    assert_eq!(serving.wait().await.code(), Some(0));
    server.behave(Manner::Take);
    let _again = noren.serve_with(&settings).await;
    let mails = server.wait_for(1).await;
    assert_eq!(mails[0].subject, "【Noren】パスワードが変わりました");
}

#[tokio::test]
async fn a_person_stops_a_destination_and_what_waited_goes_once_it_flows_again() {
    let post = Post::open().await;
    let path = "/api/v1/outbox-destinations";
    let stopped = post.administrator.post(&format!("{path}/mail/pause"), &json!({"reason": "サーバー移転"})).await;
    assert_eq!(stopped.status, 200, "{}", stopped.text);
    let again = post.administrator.post(&format!("{path}/mail/pause"), &json!({"reason": "別の理由"})).await;
    let mail = again.json.as_array().unwrap().iter().find(|to| to["destination"] == "mail").unwrap().clone();
    assert_eq!(mail["pause"]["reason"], "サーバー移転", "whoever was first");
    let (_, message) = post.invited().await;
    assert!(!outbox::is_due(&post.app.db, post.app.clock_now()).await.unwrap(), "no worker takes it");
    assert_eq!(post.administrator.get(path).await.json[0]["waiting"], 1);
    assert_eq!(
        (&post.message(&message).await["state"], &post.message(&message).await["attempt"]),
        (&json!("waiting"), &json!(0))
    );
    let flows = post.administrator.post(&format!("{path}/mail/resume"), &json!({})).await;
    assert_eq!((flows.status, &flows.json[0]["pause"]), (200, &Value::Null));
    post.wait(&message, "done", 1).await;
    let audit = post.administrator.get("/api/v1/audit-events?subject=outbox_destination:mail").await;
    let acts: Vec<&Value> = audit.json["items"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(acts, ["outbox.resumed", "outbox.paused"], "what changes nothing is noted by nobody");
    let wrong = post.administrator.post(&format!("{path}/fax/pause"), &json!({})).await;
    assert_eq!(wrong.status, 404);
}
