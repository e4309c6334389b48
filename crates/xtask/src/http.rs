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
    /// The version that an edit is of.
    pub if_match: Option<i64>,
    pub body: Option<Value>,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Whether it says when to come again.
    pub says_when: bool,
    /// The JSON of the body; `null` where there is none.
    pub json: Value,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl<'a> Request<'a> {
    pub fn get(path: &'a str, token: &'a str) -> Self {
        Self { token: Some(token), ..Self::bare("GET", path) }
    }

    /// A request that needs no token and says all by its method and path.
    pub fn bare(method: &'a str, path: &'a str) -> Self {
        Self { method, path, token: None, idempotency_key: None, if_match: None, body: None }
    }

    /// Sends it, demands success and returns the JSON of the answer; `null` where there is none.
    pub fn send(&self, port: u16) -> Result<Value, Error> {
        let answer = self.ask(port).map_err(|error| self.failed(&error.to_string()))?;
        if answer.is_success() {
            Ok(answer.json)
        } else {
            Err(self.failed(&format!("the answer was {}", answer.status)))
        }
    }

    /// Sends it and returns whatever is answered.
    ///
    /// # Errors
    /// Where nothing was answered, or not the whole of it: then nobody knows whether it was done.
    pub fn ask(&self, port: u16) -> io::Result<Answer> {
        let answer = self.exchange(port)?;
        let (status, head, body) = split(&answer).ok_or_else(|| io::Error::other("what was answered is not HTTP"))?;
        let length = header(head, "content-length").and_then(|length| length.parse::<usize>().ok());
        if length.is_some_and(|length| body.len() < length) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let json = if body.is_empty() { Value::Null } else { serde_json::from_slice(body).unwrap_or_default() };
        Ok(Answer { status, says_when: header(head, "retry-after").is_some(), json })
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
        if let Some(key) = self.idempotency_key {
            text += &format!("Idempotency-Key: {key}\r\n");
        }
        if let Some(version) = self.if_match {
            text += &format!("If-Match: \"{version}\"\r\n");
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

/// The value of a header, as it was sent.
fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
}

/// Status, header and body.
fn split(answer: &[u8]) -> Option<(u16, &str, &[u8])> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let status = head.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()?;
    Some((status, head, &answer[end + 4..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_its_status_and_its_body() {
        let (status, head, body) = split(b"HTTP/1.1 200 OK\r\nRetry-After: 1\r\n\r\n{}").unwrap();
        assert_eq!((status, header(head, "retry-after"), body), (200, Some("1"), b"{}".as_slice()));
        assert_eq!(
            split(b"HTTP/1.0 401 Unauthorized\r\n\r\n").map(|(status, _, body)| (status, body.len())),
            Some((401, 0))
        );
        assert_eq!(split(b"SSH-2.0-OpenSSH\r\n\r\n"), None);
        assert_eq!(split(b"HTTP/1.1 200 OK\r\n"), None);
    }

    #[test]
    fn a_request_says_how_long_it_is() {
        let body = Some(serde_json::json!({"name": "日本"}));
        let request = Request { token: Some("t"), body, ..Request::bare("POST", "/x") };
        let text = request.written(1);
        assert!(text.starts_with("POST /x HTTP/1.0\r\nHost: 127.0.0.1:1\r\nAuthorization: Bearer t\r\n"), "{text}");
        assert!(text.ends_with("Content-Length: 17\r\n\r\n{\"name\":\"日本\"}"), "{text}");
    }
}
