//! The rules for bodies, written as tables like the contract's schemas. All broken rules are told at once.

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};

use crate::problem::{Problem, Wrong};

/// The most yen that the contract knows.
const MOST_YEN: i64 = 999_999_999_999;

/// What a member's value must be.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// Letters, digits, `_` and `-`, at most so many.
    Code(usize),
    /// So many characters at least and at most.
    Text(usize, usize),
    Yen,
    /// A whole number from there on.
    From(i64),
    Time,
    Date,
    OneOf(&'static [&'static str]),
    /// A SHA-256 in small hexadecimal digits.
    Hash,
    /// Seven digits.
    PostalCode,
    Flag,
    Object(&'static [Member]),
    /// So many objects at least and at most.
    List(usize, usize, &'static [Member]),
}

/// One member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    name: &'static str,
    rule: Rule,
    is_required: bool,
    is_nullable: bool,
}

/// A member that must be there.
pub const fn must(name: &'static str, rule: Rule) -> Member {
    Member { name, rule, is_required: true, is_nullable: false }
}

/// A member that may be left out.
pub const fn may(name: &'static str, rule: Rule) -> Member {
    Member { name, rule, is_required: false, is_nullable: false }
}

impl Member {
    /// It may be `null`.
    pub const fn or_null(self) -> Self {
        Self { is_nullable: true, ..self }
    }
}

/// Checks a body; unknown members are wrong.
///
/// # Errors
/// 422 with every broken rule.
pub fn check(body: &Value, members: &[Member]) -> Result<(), Problem> {
    let mut wrong = Vec::new();
    object(body, members, "", &mut wrong);
    if wrong.is_empty() { Ok(()) } else { Err(Problem::invalid(&wrong)) }
}

fn object(value: &Value, members: &[Member], path: &str, wrong: &mut Vec<Wrong>) {
    let Some(object) = value.as_object() else {
        wrong.push(Wrong { field: path.to_owned(), code: "type" });
        return;
    };
    for name in object.keys().filter(|name| members.iter().all(|member| member.name != *name)) {
        wrong.push(Wrong { field: inside(path, name), code: "unknown_member" });
    }
    for member in members {
        one(object, member, &inside(path, member.name), wrong);
    }
}

fn one(object: &Map<String, Value>, member: &Member, path: &str, wrong: &mut Vec<Wrong>) {
    let broken = match object.get(member.name) {
        None if member.is_required => Some("required"),
        None => None,
        Some(Value::Null) if member.is_nullable => None,
        Some(value) => keep(value, member.rule, path, wrong).err(),
    };
    wrong.extend(broken.map(|code| Wrong { field: path.to_owned(), code }));
}

/// Tells what is wrong with the value itself; what is wrong inside it goes to the list.
fn keep(value: &Value, rule: Rule, path: &str, wrong: &mut Vec<Wrong>) -> Result<(), &'static str> {
    match rule {
        Rule::Code(most) => code(text(value)?, most),
        Rule::Text(least, most) => length(text(value)?.chars().count(), least, most),
        Rule::Yen => number(value, 0, MOST_YEN),
        Rule::From(least) => number(value, least, i64::MAX),
        Rule::Time => DateTime::parse_from_rfc3339(text(value)?).map(drop).map_err(|_| "format"),
        Rule::Date => date(text(value)?),
        Rule::OneOf(words) => words.contains(&text(value)?).then_some(()).ok_or("unknown"),
        Rule::Hash => digits(text(value)?, 64, |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')),
        Rule::PostalCode => digits(text(value)?, 7, |byte| byte.is_ascii_digit()),
        Rule::Flag => value.as_bool().map(drop).ok_or("type"),
        Rule::Object(members) => {
            object(value, members, path, wrong);
            Ok(())
        }
        Rule::List(least, most, members) => {
            let items = value.as_array().ok_or("type")?;
            for (number, item) in items.iter().enumerate() {
                object(item, members, &inside(path, &number.to_string()), wrong);
            }
            length(items.len(), least, most)
        }
    }
}

fn text(value: &Value) -> Result<&str, &'static str> {
    value.as_str().ok_or("type")
}

fn number(value: &Value, least: i64, most: i64) -> Result<(), &'static str> {
    let number = value.as_i64().ok_or("type")?;
    (least..=most).contains(&number).then_some(()).ok_or("range")
}

fn length(length: usize, least: usize, most: usize) -> Result<(), &'static str> {
    (least..=most).contains(&length).then_some(()).ok_or("length")
}

fn code(text: &str, most: usize) -> Result<(), &'static str> {
    length(text.len(), 1, most)?;
    is_code(text).then_some(()).ok_or("format")
}

/// Whether a text has only the characters that keys have.
pub fn is_code(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// `YYYY-MM-DD` and nothing shorter, which the parser alone would take.
fn date(text: &str) -> Result<(), &'static str> {
    if text.len() != 10 {
        return Err("format");
    }
    text.parse::<NaiveDate>().map(drop).map_err(|_| "format")
}

fn digits(text: &str, count: usize, fits: impl Fn(u8) -> bool) -> Result<(), &'static str> {
    (text.len() == count && text.bytes().all(fits)).then_some(()).ok_or("format")
}

fn inside(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const INNER: &[Member] = &[must("kind", Rule::OneOf(&["a", "b"])), may("flag", Rule::Flag).or_null()];
    const TABLE: &[Member] = &[
        must("code", Rule::Code(5)),
        must("name", Rule::Text(1, 3)).or_null(),
        may("price", Rule::Yen),
        may("at", Rule::Time),
        may("day", Rule::Date),
        may("hash", Rule::Hash),
        may("post", Rule::PostalCode),
        may("inner", Rule::Object(INNER)),
        may("list", Rule::List(1, 2, INNER)),
    ];

    fn wrong(body: &Value) -> Vec<String> {
        let Err(problem) = check(body, TABLE) else { return Vec::new() };
        let errors = problem.members["errors"].as_array().unwrap();
        errors
            .iter()
            .map(|error| format!("{} {}", error["field"].as_str().unwrap(), error["code"].as_str().unwrap()))
            .collect()
    }

    #[test]
    fn what_keeps_to_the_rules_is_taken() {
        assert_eq!(wrong(&json!({"code": "A_-9", "name": null})), [""; 0]);
        let full = json!({"code": "A", "name": "日本語", "price": 0, "at": "2026-11-23T10:00:00+09:00", "day": "2026-11-23",
            "hash": "a".repeat(64), "post": "3710024", "inner": {"kind": "a", "flag": null}, "list": [{"kind": "b"}]});
        assert_eq!(wrong(&full), [""; 0]);
    }

    #[test]
    fn every_broken_rule_is_told_with_its_place() {
        let broken = json!({"code": "あ", "price": -1, "at": "2026-11-23T10:00:00", "day": "2026-1-1", "hash": "A", "post": "371-0024",
            "inner": {"kind": "c", "flag": 1}, "list": [{}], "more": 1});
        let expected = [
            "more unknown_member",
            "code format",
            "name required",
            "price range",
            "at format",
            "day format",
            "hash format",
            "post format",
            "inner.kind unknown",
            "inner.flag type",
            "list.0.kind required",
        ];
        assert_eq!(wrong(&broken), expected);
        assert_eq!(wrong(&json!([])), [" type"]);
        assert_eq!(
            wrong(&json!({"code": "123456", "name": "", "price": 1.5, "list": []})),
            ["code length", "name length", "price type", "list length"]
        );
    }
}
