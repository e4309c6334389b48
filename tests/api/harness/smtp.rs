//! A mail server that really speaks SMTP, and does what a test wants it to do wrong.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use mail_parser::{Message, MessageParser};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// What it does with mail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Take,
    /// Answers so when it hears to whom the mail goes, whose address it repeats.
    Refuse(u16),
    /// Lets nobody in by a password.
    Bar,
    /// Reads the whole mail, and hangs up.
    HangUp,
    /// Reads the whole mail, and says nothing any more.
    Stall,
}

/// What it has seen.
struct Seen {
    manner: Manner,
    taken: Vec<String>,
    /// Mails that were read to their end, taken or not.
    read: Vec<String>,
}

/// A mail server, or a port at which there will be one.
pub struct MailServer {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

/// A mail that has arrived, by an independent reader.
pub struct Arrived {
    pub from: (String, String),
    pub to: (String, String),
    pub subject: String,
    pub text: String,
    pub id: String,
    pub raw: String,
}

impl MailServer {
    /// A mail server that takes everything.
    pub async fn open() -> Self {
        let server = Self::closed().await;
        server.listen().await;
        server
    }

    /// A port that nobody listens on yet.
    pub async fn closed() -> Self {
        let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let seen = Seen { manner: Manner::Take, taken: Vec::new(), read: Vec::new() };
        Self { address, seen: Arc::new(Mutex::new(seen)) }
    }

    pub async fn listen(&self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        let seen = Arc::clone(&self.seen);
        tokio::spawn(async move {
            while let Ok((wire, _)) = listener.accept().await {
                tokio::spawn(converse(wire, Arc::clone(&seen)));
            }
        });
    }

    pub fn url(&self) -> String {
        format!("smtp://noren:hunter2@{}", self.address)
    }

    pub fn behave(&self, manner: Manner) {
        self.seen.lock().unwrap().manner = manner;
    }

    pub fn taken(&self) -> Vec<Arrived> {
        self.seen.lock().unwrap().taken.iter().map(|raw| arrived(raw)).collect()
    }

    /// Mails that were read to their end, whatever was answered.
    pub fn read(&self) -> Vec<Arrived> {
        self.seen.lock().unwrap().read.iter().map(|raw| arrived(raw)).collect()
    }

    /// Waits until it has taken so many.
    pub async fn wait_for(&self, count: usize) -> Vec<Arrived> {
        super::eventually(async || self.taken().len() >= count).await;
        let taken = self.taken();
        assert_eq!(taken.len(), count, "{:?}", taken.iter().map(|mail| &mail.subject).collect::<Vec<_>>());
        taken
    }
}

impl Arrived {
    /// The code in the link.
    pub fn code(&self) -> String {
        let (_, rest) = self.text.split_once("/join#").unwrap_or_else(|| panic!("no link in {}", self.text));
        rest.lines().next().unwrap().trim().to_owned()
    }
}

/// A mail as somebody else's library reads it.
pub fn arrived(raw: &str) -> Arrived {
    let parsed: Message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    let whom = |address: Option<&mail_parser::Address>| {
        let first = address.and_then(|address| address.first()).unwrap();
        (first.name().unwrap_or_default().to_owned(), first.address().unwrap_or_default().to_owned())
    };
    Arrived {
        from: whom(parsed.from()),
        to: whom(parsed.to()),
        subject: parsed.subject().unwrap().to_owned(),
        text: parsed.body_text(0).unwrap().into_owned(),
        id: parsed.message_id().unwrap().to_owned(),
        raw: raw.to_owned(),
    }
}

async fn converse(wire: TcpStream, seen: Arc<Mutex<Seen>>) -> Option<()> {
    let (read, mut write) = wire.into_split();
    let mut lines = BufReader::new(read);
    say(&mut write, "220 mail.test ESMTP").await?;
    loop {
        let line = line(&mut lines).await?;
        let manner = seen.lock().unwrap().manner;
        match (line.trim_end().split([' ', ':']).next().unwrap_or_default(), manner) {
            ("EHLO", _) => say(&mut write, "250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN").await?,
            ("AUTH", Manner::Bar) => say(&mut write, "535 5.7.8 noren is not welcome").await?,
            ("AUTH", _) => say(&mut write, "235 2.7.0 welcome").await?,
            ("RCPT", Manner::Refuse(code)) => say(&mut write, &format!("{code} 4.7.1 {}", line.trim_end())).await?,
            ("DATA", _) => {
                say(&mut write, "354 go on").await?;
                let mail = mail(&mut lines).await?;
                seen.lock().unwrap().read.push(mail.clone());
                match manner {
                    Manner::HangUp => return None,
                    Manner::Stall => std::future::pending().await,
                    _ => {}
                }
                seen.lock().unwrap().taken.push(mail);
                say(&mut write, "250 2.0.0 queued").await?;
            }
            ("QUIT", _) => return say(&mut write, "221 bye").await,
            _ => say(&mut write, "250 2.1.0 ok").await?,
        }
    }
}

async fn say(write: &mut OwnedWriteHalf, text: &str) -> Option<()> {
    write.write_all(format!("{text}\r\n").as_bytes()).await.ok()
}

async fn line(lines: &mut BufReader<OwnedReadHalf>) -> Option<String> {
    let mut line = String::new();
    let length = lines.read_line(&mut line).await.ok()?;
    (length > 0).then_some(line)
}

/// The lines up to the one with a single dot; a dot in front of another is taken away (RFC 5321, 4.5.2).
async fn mail(lines: &mut BufReader<OwnedReadHalf>) -> Option<String> {
    let mut mail = String::new();
    loop {
        let line = line(lines).await?;
        match line.strip_prefix('.') {
            Some("\r\n") => return Some(mail),
            Some(rest) => mail.push_str(rest),
            None => mail.push_str(&line),
        }
    }
}
