//! Mail through a mail server (SMTP). Each mail has a connection of its own: there are few of them.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;
use std::time::Duration;

use async_trait::async_trait;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{self, AsyncSmtpTransportBuilder};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};

use crate::message::compose;
use crate::{Cause, Correspondent, Error, Mail, Sender};

/// How a connection that begins in plain text goes on; `smtps://` is encrypted from its first byte whatever this says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Encrypted, or nothing is sent.
    Required,
    /// Encrypted if the mail server offers it.
    Opportunistic,
    /// In plain text: for a mail server on the same machine or in the same private network.
    None,
}

impl FromStr for Tls {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "required" => Ok(Self::Required),
            "opportunistic" => Ok(Self::Opportunistic),
            "none" => Ok(Self::None),
            _ => Err(()),
        }
    }
}

/// A mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Correspondent,
    patience: Duration,
}

impl Smtp {
    /// Whether mail can be sent to such an address: `smtp://` or `smtps://`, name and password, a host, perhaps a port.
    #[must_use]
    pub fn is_address(url: &str) -> bool {
        !url.contains(['?', '#']) && builder(url, Tls::None).is_some()
    }

    /// Connects to nothing yet. `own_host` is what this server calls itself, `patience` the time that one mail may take.
    #[must_use]
    pub fn new(url: &SecretString, tls: Tls, from: Correspondent, own_host: &str, patience: Duration) -> Option<Self> {
        let builder = builder(url.expose_secret(), tls)?.hello_name(client(own_host)).timeout(Some(patience));
        Some(Self { transport: builder.build(), from, patience })
    }
}

fn builder(url: &str, tls: Tls) -> Option<AsyncSmtpTransportBuilder> {
    let wanted = match tls {
        Tls::Required => "?tls=required",
        Tls::Opportunistic => "?tls=opportunistic",
        Tls::None => "",
    };
    AsyncSmtpTransport::<Tokio1Executor>::from_url(&format!("{}{wanted}", url.trim_end_matches('/'))).ok()
}

fn client(host: &str) -> ClientId {
    let bare = host.trim_matches(['[', ']']);
    match (bare.parse::<Ipv4Addr>(), bare.parse::<Ipv6Addr>()) {
        (Ok(address), _) => ClientId::Ipv4(address),
        (_, Ok(address)) => ClientId::Ipv6(address),
        _ => ClientId::Domain(host.to_owned()),
    }
}

#[async_trait]
impl Sender for Smtp {
    /// A server that takes the mail and is not heard to say so is told again later: the Message-ID stays the same, and mail
    /// that comes twice is better than mail that does not come.
    async fn send(&self, mail: &Mail) -> Result<(), Error> {
        let message = compose(&self.from, mail)?;
        match tokio::time::timeout(self.patience, self.transport.send(message)).await {
            Ok(Ok(_taken)) => Ok(()),
            Ok(Err(error)) => Err(sorted(&error)),
            Err(_elapsed) => Err(Error::Transient(Cause::Timeout)),
        }
    }
}

/// RFC 5321, 4.2.1: 4yz may be otherwise later, 5yz will not. Those about who we are concern every mail alike.
fn sorted(error: &smtp::Error) -> Error {
    if let Some(code) = error.status() {
        let code = u16::from(code);
        return match code {
            530 | 534 | 535 | 538 => Error::Misconfigured(Cause::Credentials),
            _ if error.is_permanent() => Error::Final(Cause::Answer(code)),
            _ => Error::Transient(Cause::Answer(code)),
        };
    }
    if error.is_tls() {
        Error::Transient(Cause::Tls)
    } else if error.is_timeout() {
        Error::Transient(Cause::Timeout)
    } else if error.is_client() {
        // What the server does not offer: encryption, or a way to sign in that we know.
        Error::Misconfigured(Cause::Protocol)
    } else if error.is_response() {
        Error::Transient(Cause::Protocol)
    } else {
        Error::Transient(Cause::Connection)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_a_mail_server_has_a_scheme_and_a_host() {
        for url in ["smtp://mail.example", "smtps://user:p%40ss@mail.example:465", "smtp://127.0.0.1:1025/"] {
            assert!(Smtp::is_address(url), "{url}");
        }
        for url in ["", "mail.example", "http://mail.example", "smtp://", "smtp://mail.example?tls=required"] {
            assert!(!Smtp::is_address(url), "{url}");
        }
    }

    #[test]
    fn the_server_introduces_itself_by_name_or_by_address() {
        assert_eq!(client("noren.example").to_string(), "noren.example");
        assert_eq!(client("127.0.0.1").to_string(), "[127.0.0.1]");
        assert_eq!(client("[::1]").to_string(), "[IPv6:::1]");
    }
}
