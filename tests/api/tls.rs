//! TLS of our own: what browsers are shown, how tablets come to trust it, and who is sent over from plain http.

use std::io::Cursor;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Output;
use std::sync::Arc;

use chrono::TimeDelta;
use noren_domain::staff::Role;
use noren_server::clock::{Clock, SystemClock};
use rcgen::{CertificateParams, DnType, Issuer, KeyPair, date_time_ymd};
use reqwest::tls::TlsInfo;
use rustls::pki_types::CertificateDer;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::Command;

use crate::harness::{Binary, PASSWORD, TestApp, Trust, User, eventually, spawn_app_with};

/// A server that speaks TLS by an authority of its own, with the plain listener beside.
async fn spawn_local(data_dir: &Path, extra: &[(&str, &str)]) -> TestApp {
    let data_dir = data_dir.to_str().unwrap();
    let settings =
        [("tls", "local"), ("base_url", "https://noren.test"), ("http_listen", "127.0.0.1:0"), ("data_dir", data_dir)];
    spawn_app_with(&[&settings, extra].concat()).await
}

/// The certificate that a new connection is shown; nothing where its caller does not believe it.
async fn shown(user: &User) -> Option<Vec<u8>> {
    let answer = user.request(reqwest::Method::GET, "/healthz").send().await.ok()?;
    Some(answer.extensions().get::<TlsInfo>()?.peer_certificate()?.to_vec())
}

/// A caller with no connection open, who trusts the server's authority.
fn newcomer(app: &TestApp) -> User {
    let authority = app.app.tls.as_ref().unwrap().authority().unwrap().0.to_vec();
    User::new(Trust { roots: vec![authority.into()], clock: app.clock.clone() }.client(), app.address.clone())
}

#[tokio::test]
async fn who_trusts_the_local_authority_works_over_tls() {
    let folder = tempfile::tempdir().unwrap();
    let app = spawn_local(folder.path(), &[]).await;
    let user = app.sign_in(Role::Salesperson).await;
    assert!(user.cookie.as_deref().is_some_and(|cookie| cookie.starts_with("__Host-noren_refresh=")));
    assert_eq!(user.get("/api/v1/leads").await.status, 200);
    let answer = user.get("/healthz").await;
    assert_eq!(answer.header("strict-transport-security"), "", "localhost is shared with others");

    let stranger = User::new(Trust { roots: Vec::new(), clock: app.clock.clone() }.client(), app.address.clone());
    assert_eq!(shown(&stranger).await, None);
    let port = app.address.rsplit(':').next().unwrap().to_owned();
    for host in ["localhost", "[::1]", "127.0.0.1"] {
        let here = newcomer(&app).at(&format!("https://{host}:{port}"));
        // What listens on an address of one version is not reached by the other; its name is in the certificate all the same.
        let reached = shown(&here).await.is_some();
        assert!(reached || host == "[::1]", "{host}");
    }
}

#[tokio::test]
async fn plain_http_is_sent_over_but_for_what_comes_before_trust() {
    let folder = tempfile::tempdir().unwrap();
    let app = spawn_local(folder.path(), &[]).await;
    let plain = app.plain();
    let moved = plain.get("/leads?status=new").await;
    assert_eq!((moved.status, moved.header("location")), (308, format!("{}/leads?status=new", app.address).as_str()));
    let login = plain.request(reqwest::Method::POST, "/api/v1/auth/login");
    let moved = login.json(&json!({"mail": "a@noren.test", "password": PASSWORD})).send().await.unwrap();
    assert_eq!(moved.status(), 308);
    assert_eq!(moved.headers()["location"], format!("{}/api/v1/auth/login", app.address));
    let strange = plain.request(reqwest::Method::GET, "/leads").header("host", "elsewhere.example");
    assert_eq!(plain.send(strange).await.header("location"), "https://noren.test/leads");
    assert_eq!(plain.get("/healthz").await.text, "ok");
    assert_eq!(plain.get("/docs/problems/not_found").await.status, 308);
    assert_eq!(plain.get("/trustworthy").await.status, 308);
    assert_eq!(plain.get("/trust").await.status, 200);
    assert_eq!(app.anonymous().get("/trust").await.status, 200, "over TLS too");

    let behind = spawn_local(folder.path(), &[("trusted_proxies", "127.0.0.1")]).await;
    assert_eq!(
        behind.plain().get("/docs/problems/not_found").await.status,
        200,
        "a proxy that is trusted speaks for others"
    );
}

#[tokio::test]
async fn a_tablet_finds_the_authority_and_what_to_compare() {
    let folder = tempfile::tempdir().unwrap();
    let app = spawn_local(folder.path(), &[]).await;
    let plain = app.plain();
    let (authority, fingerprint) = app.app.tls.as_ref().unwrap().authority().unwrap();
    let page = plain.get("/trust").await;
    for pairs in fingerprint.as_bytes().chunks(24) {
        let pairs = std::str::from_utf8(pairs).unwrap().trim_end_matches(':');
        assert!(page.text.contains(pairs), "{pairs} in {}", page.text);
    }
    assert!(page.text.contains("https://noren.test/"), "{}", page.text);
    assert!(page.header("content-security-policy").contains("default-src 'none'"));

    let given = plain.request(reqwest::Method::GET, "/trust/noren.crt").send().await.unwrap();
    assert_eq!(given.headers()["content-type"], "application/x-x509-ca-cert");
    assert_eq!(given.bytes().await.unwrap(), authority);
    let profile = plain.request(reqwest::Method::GET, "/trust/noren.mobileconfig").send().await.unwrap();
    assert_eq!(profile.headers()["content-type"], "application/x-apple-aspen-config");
    let profile = plist::Value::from_reader_xml(Cursor::new(profile.bytes().await.unwrap())).unwrap();
    let profile = profile.as_dictionary().unwrap();
    assert_eq!(profile["PayloadType"].as_string(), Some("Configuration"));
    let payload = profile["PayloadContent"].as_array().unwrap()[0].as_dictionary().unwrap();
    assert_eq!(payload["PayloadType"].as_string(), Some("com.apple.security.root"));
    assert_eq!(payload["PayloadContent"].as_data(), Some(authority));
    assert_ne!(payload["PayloadUUID"], profile["PayloadUUID"]);

    let drawn = plain.get("/trust/qr.svg").await;
    assert!(drawn.header("content-type") == "image/svg+xml" && drawn.text.contains("<svg"), "{}", drawn.text);
    assert!(plain.get("/trust/qr").await.text.contains("/trust"));
    let without = crate::harness::spawn_app().await;
    assert_eq!(without.anonymous().get("/trust").await.code(), "not_found");
}

#[tokio::test]
async fn a_certificate_is_renewed_before_it_ends_and_outlived_by_its_authority() {
    let folder = tempfile::tempdir().unwrap();
    let app = spawn_local(folder.path(), &[]).await;
    let tls = app.app.tls.as_ref().unwrap();
    let first = shown(&newcomer(&app)).await.unwrap();
    assert_eq!(tls.look(app.clock.now()), Ok(false), "nothing is due yet");
    app.pass(TimeDelta::days(61));
    assert_eq!(shown(&newcomer(&app)).await.as_ref(), Some(&first), "it is good for a while yet");
    assert_eq!(tls.look(app.clock.now()), Ok(true));
    let second = shown(&newcomer(&app)).await.unwrap();
    assert_ne!(first, second);
    app.pass(TimeDelta::days(60));
    assert_eq!(tls.look(app.clock.now()), Ok(true));
    assert!(shown(&newcomer(&app)).await.is_some());
    app.pass(TimeDelta::days(91));
    assert_eq!(shown(&newcomer(&app)).await, None, "one that has ended is believed by nobody");

    let again = spawn_local(folder.path(), &[]).await;
    assert_eq!(again.app.tls.as_ref().unwrap().authority(), tls.authority(), "tablets need not trust anew");
    let mode = |name: &str| folder.path().join("tls").join(name).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("authority.key"), 0o600);
    assert_eq!(folder.path().join("tls").metadata().unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn one_address_holds_so_many_connections_over_tls_too() {
    let folder = tempfile::tempdir().unwrap();
    let app = spawn_local(folder.path(), &[("connections_per_address", "2")]).await;
    let (one, other) = (newcomer(&app), newcomer(&app));
    assert_eq!((one.get("/healthz").await.status, other.get("/healthz").await.status), (200, 200));
    assert_eq!(newcomer(&app).get("/healthz").await.code(), "unavailable");
    drop(one);
    assert!(eventually(async || newcomer(&app).get("/healthz").await.status == 200).await);
}

#[tokio::test]
async fn a_stalled_handshake_is_cut_off_and_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let app = spawn_local(folder.path(), &[]).await;
    let host = app.address.strip_prefix("https://").unwrap();
    let mut stalled = Vec::new();
    for _ in 0..600 {
        let mut wire = TcpStream::connect(host).await.unwrap();
        // The beginning of a handshake, and then nothing more.
        wire.write_all(&[0x16, 0x03, 0x01]).await.unwrap();
        stalled.push(wire);
    }
    assert_eq!(newcomer(&app).get("/healthz").await.status, 200);
    for mut wire in stalled {
        let mut rest = Vec::new();
        let cut = tokio::time::timeout(std::time::Duration::from_secs(20), wire.read_to_end(&mut rest)).await;
        assert!(cut.is_ok(), "the server closes it");
    }
}

/// What OpenSSL says of our certificates, with nothing of ours in between.
async fn openssl(arguments: &[&str]) -> Output {
    let mut command = Command::new("openssl");
    command.args(arguments).stdin(std::process::Stdio::null()).kill_on_drop(true);
    let output = command.output().await;
    output.unwrap_or_else(|error| panic!("openssl is not installed: {error}"))
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn openssl_believes_the_local_authority_for_private_names_alone() {
    let noren = Binary::new().await;
    let serving = noren.serve_with(&[("NOREN_TLS", "local"), ("NOREN_HTTP_LISTEN", "127.0.0.1:0")]).await;
    let authority = noren.authority();
    let authority = authority.to_str().unwrap();
    let host = serving.address.strip_prefix("https://").unwrap();
    let connect = ["s_client", "-connect", host, "-CAfile", authority, "-verify_return_error"];
    for name in [["-verify_ip", "127.0.0.1"], ["-verify_hostname", "localhost"]] {
        let met = openssl(&[&connect[..], &name[..]].concat()).await;
        assert!(met.status.success() && said(&met).contains("Verify return code: 0 (ok)"), "{}", said(&met));
    }
    let met = openssl(&[&connect[..], &["-verify_hostname", "noren.example"]].concat()).await;
    assert!(!met.status.success(), "{}", said(&met));
    let old = openssl(&[&connect[..], &["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"]].concat()).await;
    assert!(!old.status.success(), "{}", said(&old));

    let purpose = ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", authority];
    let key = std::fs::read_to_string(noren.data_dir().join("tls/authority.key")).unwrap();
    let pem = std::fs::read_to_string(authority).unwrap();
    let issuer = Issuer::from_ca_cert_pem(&pem, KeyPair::from_pem(&key).unwrap()).unwrap();
    for (name, believed) in
        [("tablet.local", true), ("192.168.3.4", true), ("noren.example", false), ("8.8.8.8", false)]
    {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.use_authority_key_identifier_extension = true;
        (params.not_before, params.not_after) = (date_time_ymd(2026, 1, 1), date_time_ymd(2126, 1, 1));
        let leaf = params.signed_by(&KeyPair::generate().unwrap(), &issuer).unwrap();
        let file = noren.data_dir().join("leaf.pem");
        std::fs::write(&file, leaf.pem()).unwrap();
        let judged = openssl(&[&purpose[..], &[file.to_str().unwrap()]].concat()).await;
        assert_eq!(judged.status.success(), believed, "{name}: {}", said(&judged));
        assert!(believed || said(&judged).contains("permitted subtree violation"), "{name}: {}", said(&judged));
    }

    let printed = std::fs::read_to_string(noren.printed()).unwrap();
    let fingerprint = openssl(&["x509", "-in", authority, "-noout", "-fingerprint", "-sha256"]).await;
    let fingerprint = said(&fingerprint).trim().rsplit('=').next().unwrap().to_owned();
    let joined: String = printed.split_whitespace().collect::<Vec<_>>().join(":");
    assert!(joined.contains(&fingerprint), "{fingerprint} in {printed}");
    assert!(printed.contains("/trust") && printed.contains('█'), "{printed}");
}

/// A certificate of the operator's, signed by itself, in two files.
fn write_files(folder: &Path, host: &str, years: (i32, i32)) -> CertificateDer<'static> {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new([host.to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, host);
    (params.not_before, params.not_after) = (date_time_ymd(years.0, 1, 1), date_time_ymd(years.1, 1, 1));
    let certificate = params.self_signed(&key).unwrap();
    std::fs::write(folder.join("tls.crt"), certificate.pem()).unwrap();
    std::fs::write(folder.join("tls.key"), key.serialize_pem()).unwrap();
    certificate.der().clone()
}

#[tokio::test]
async fn files_that_change_are_shown_without_a_restart_unless_they_cannot_be() {
    let (noren, folder) = (Binary::new().await, tempfile::tempdir().unwrap());
    let first = write_files(folder.path(), "127.0.0.1", (2026, 2126));
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let settings = [
        ("NOREN_TLS_CERTIFICATE", file("tls.crt")),
        ("NOREN_TLS_KEY", file("tls.key")),
        ("NOREN_BASE_URL", "https://127.0.0.1".to_owned()),
    ];
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut serving = noren.serve_with(&settings).await;
    let newcomer = |root: &CertificateDer<'static>| {
        User::new(Trust { roots: vec![root.clone()], clock: Arc::new(SystemClock) }.client(), serving.address.clone())
    };
    assert_eq!(shown(&newcomer(&first)).await.as_deref(), Some(first.as_ref()));
    assert!(newcomer(&first).get("/healthz").await.header("strict-transport-security").contains("max-age"));

    let second = write_files(folder.path(), "127.0.0.1", (2026, 2126));
    serving.hang_up();
    assert!(eventually(async || shown(&newcomer(&second)).await.as_deref() == Some(second.as_ref())).await);
    write_files(folder.path(), "elsewhere.example", (2026, 2126));
    serving.hang_up();
    assert!(eventually(async || serving.find("tls.not_renewed").is_some()).await);
    let problem = serving.find("tls.not_renewed").unwrap();
    assert!(problem.to_string().contains("tls_certificate: it is not for the host of base_url"), "{problem}");
    assert_eq!(shown(&newcomer(&second)).await.as_deref(), Some(second.as_ref()), "the last good one stays");
    serving.terminate();
    assert_eq!(serving.wait().await.code(), Some(0));
}

#[tokio::test]
async fn a_certificate_that_no_browser_would_take_is_named_at_the_start() {
    let (noren, folder) = (Binary::new().await, tempfile::tempdir().unwrap());
    let (certificate, key) = (folder.path().join("tls.crt"), folder.path().join("tls.key"));
    let start = async || {
        let mut command = noren.command(&["serve"]);
        command.env("NOREN_TLS_CERTIFICATE", &certificate).env("NOREN_TLS_KEY", &key);
        let output = command.env("NOREN_BASE_URL", "https://noren.test").output().await.unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        said(&output)
    };
    let text = start().await;
    assert!(text.contains("tls_certificate: ") && text.contains("tls_key: "), "both are missing: {text}");
    std::fs::write(&certificate, "no certificate").unwrap();
    std::fs::write(&key, "no key").unwrap();
    let text = start().await;
    assert!(text.contains("tls_certificate: no cert") && text.contains("tls_key: no private key"), "{text}");
    write_files(folder.path(), "elsewhere.example", (2020, 2021));
    std::fs::write(&key, KeyPair::generate().unwrap().serialize_pem()).unwrap();
    let text = start().await;
    for problem in ["it ended on 2021-01-01", "it is not for the host of base_url", "tls_key: it is not the key"] {
        assert!(text.contains(problem), "{problem} in {text}");
    }
    write_files(folder.path(), "noren.test", (2120, 2126));
    assert!(start().await.contains("it begins on 2120-01-01"));
}
