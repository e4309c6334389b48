//! The few requests that commands make themselves. Who answers is on this machine and ours, so this is no more of HTTP than it takes.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::error::Error;

const PATIENCE: Duration = Duration::from_secs(30);

/// What is asked of the server.
#[derive(Debug)]
pub struct Request<'a> {
    pub method: &'a str,
    pub path: &'a str,
    /// The access token.
    pub token: Option<&'a str>,
    pub idempotency_key: Option<&'a str>,
    pub body: Option<Value>,
}

impl<'a> Request<'a> {
    pub fn get(path: &'a str, token: &'a str) -> Self {
        Self { method: "GET", path, token: Some(token), idempotency_key: None, body: None }
    }

    /// A request that needs no token and says all by its method and path.
    pub fn bare(method: &'a str, path: &'a str) -> Self {
        Self { method, path, token: None, idempotency_key: None, body: None }
    }

    /// Sends it, demands success and returns the JSON of the answer; `null` where there is none.
    pub fn send(&self, port: u16) -> Result<Value, Error> {
        let answer = self.exchange(port).map_err(|error| self.failed(&error.to_string()))?;
        let (status, body) = split(&answer).ok_or_else(|| self.failed("what was answered is not HTTP"))?;
        if !(200..300).contains(&status) {
            return Err(self.failed(&format!("the answer was {status}")));
        }
        if body.is_empty() { Ok(Value::Null) } else { Ok(serde_json::from_slice(body)?) }
    }

    fn exchange(&self, port: u16) -> io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(self.written(port).as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    }

    /// Version 1.0, so that the answer comes in one piece and the connection ends with it.
    fn written(&self, port: u16) -> String {
        let mut text = format!("{} {} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n", self.method, self.path);
        for (name, value) in [("Idempotency-Key", self.idempotency_key)] {
            if let Some(value) = value {
                text += &format!("{name}: {value}\r\n");
            }
        }
        if let Some(token) = self.token {
            text += &format!("Authorization: Bearer {token}\r\n");
        }
        match &self.body {
            Some(body) => {
                let body = body.to_string();
                text += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            }
            None => text += "\r\n",
        }
        text
    }

    fn failed(&self, why: &str) -> Error {
        Error::Unanswered { request: format!("{} {}", self.method, self.path), why: why.to_owned() }
    }
}

/// Status and body.
fn split(answer: &[u8]) -> Option<(u16, &[u8])> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let status = head.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()?;
    Some((status, &answer[end + 4..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_its_status_and_its_body() {
        assert_eq!(split(b"HTTP/1.1 200 OK\r\na: b\r\n\r\n{}"), Some((200, b"{}".as_slice())));
        assert_eq!(split(b"HTTP/1.0 401 Unauthorized\r\n\r\n"), Some((401, b"".as_slice())));
        assert_eq!(split(b"SSH-2.0-OpenSSH\r\n\r\n"), None);
        assert_eq!(split(b"HTTP/1.1 200 OK\r\n"), None);
    }

    #[test]
    fn a_request_says_how_long_it_is() {
        let body = Some(serde_json::json!({"name": "日本"}));
        let request = Request { method: "POST", path: "/x", token: Some("t"), idempotency_key: None, body };
        let text = request.written(1);
        assert!(text.starts_with("POST /x HTTP/1.0\r\nHost: 127.0.0.1:1\r\nAuthorization: Bearer t\r\n"), "{text}");
        assert!(text.ends_with("Content-Length: 17\r\n\r\n{\"name\":\"日本\"}"), "{text}");
    }
}
