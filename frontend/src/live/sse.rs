//! Server-sent events out of the bytes of a stream. Pure.

/// What a stream says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Event {
        id: Option<i64>,
        name: String,
        data: String,
    },
    /// When to connect again, in milliseconds.
    Retry(u32),
}

/// Reads a stream, wherever it is cut into pieces.
#[derive(Debug, Default)]
pub struct Reader {
    /// A line whose end has not come yet.
    rest: Vec<u8>,
    id: Option<i64>,
    name: String,
    data: String,
}

impl Reader {
    /// What is complete with these bytes.
    pub fn take_in(&mut self, bytes: &[u8]) -> Vec<Said> {
        self.rest.extend_from_slice(bytes);
        let mut said = Vec::new();
        while let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.rest.drain(..=end).collect();
            said.extend(self.line(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n'])));
        }
        said
    }

    fn line(&mut self, line: &str) -> Option<Said> {
        if line.is_empty() {
            let (name, data) = (std::mem::take(&mut self.name), std::mem::take(&mut self.data));
            return (!name.is_empty()).then_some(Said::Event { id: self.id, name, data });
        }
        // A comment has no name before the colon; it is a sign of life and nothing else.
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "id" => self.id = value.parse().ok(),
            "event" => value.clone_into(&mut self.name),
            "data" => self.data += value,
            "retry" => return value.parse().ok().map(Said::Retry),
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STREAM: &str = "id: 7\nevent: ready\ndata: {}\n\n: 7\n\nid: 8\r\nevent: change\r\ndata: {\"kind\":\"見\"}\r\n\r\nretry: 700\n\n";

    fn event(id: i64, name: &str, data: &str) -> Said {
        Said::Event { id: Some(id), name: name.into(), data: data.into() }
    }

    #[test]
    fn wherever_a_stream_is_cut_it_says_the_same() {
        let all = [event(7, "ready", "{}"), event(8, "change", "{\"kind\":\"見\"}"), Said::Retry(700)];
        for length in 1..=STREAM.len() {
            let mut reader = Reader::default();
            let said: Vec<Said> = STREAM.as_bytes().chunks(length).flat_map(|piece| reader.take_in(piece)).collect();
            assert_eq!(said, all, "pieces of {length}");
        }
    }

    #[test]
    fn what_is_not_complete_is_not_said() {
        let mut reader = Reader::default();
        assert_eq!(reader.take_in(b"id: 9\nevent: change\ndata: {}\n"), []);
        assert_eq!(reader.take_in(b"\n"), [event(9, "change", "{}")]);
    }
}
