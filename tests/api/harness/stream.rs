//! A client of server-sent events.

use serde_json::Value;

use super::User;

/// One event.
#[derive(Debug, Default, PartialEq)]
pub struct Said {
    pub id: String,
    pub name: String,
    pub data: Value,
}

/// An open stream.
pub struct Stream {
    pub response: reqwest::Response,
    buffer: String,
}

impl Stream {
    /// Begins to hear what changes from now on.
    pub async fn open(user: &User) -> Self {
        let mut stream = user.listen(None).await;
        assert_eq!(stream.response.status(), 200);
        assert_eq!(stream.next().await.unwrap().name, "ready");
        stream
    }

    pub fn of(response: reqwest::Response) -> Self {
        Self { response, buffer: String::new() }
    }

    /// The next event; comments are passed over. `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Said> {
        loop {
            let block = self.block().await?;
            let mut said = Said::default();
            for line in block.lines() {
                match line.split_once(": ") {
                    Some(("id", id)) => said.id = id.to_owned(),
                    Some(("event", name)) => said.name = name.to_owned(),
                    Some(("data", data)) => said.data = serde_json::from_str(data).unwrap(),
                    _ => {}
                }
            }
            if !said.name.is_empty() {
                return Some(said);
            }
        }
    }

    /// The next event, which is a change of this lead.
    pub async fn expect_change(&mut self, lead: &str) -> Said {
        let said = self.next().await.unwrap();
        assert_eq!((said.name.as_str(), said.data["lead_id"].as_str()), ("change", Some(lead)), "{said:?}");
        said
    }

    /// The next event, which is a change of this kind.
    pub async fn expect_kind(&mut self, kind: &str) -> Said {
        let said = self.next().await.unwrap();
        assert_eq!((said.name.as_str(), said.data["kind"].as_str()), ("change", Some(kind)), "{said:?}");
        said
    }

    /// What came between two empty lines.
    pub async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.buffer.split_once("\n\n") {
                let block = block.to_owned();
                self.buffer = rest.to_owned();
                return Some(block);
            }
            let chunk = self.response.chunk().await.unwrap()?;
            self.buffer.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}
