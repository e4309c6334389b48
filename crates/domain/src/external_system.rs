//! 外部連携コード: other systems that the dealer works with, what they call our cars and customers, and the addresses that lead there.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::Invalid;
use crate::code::{CustomerCode, StockNumber};
use crate::text::{one_line, tidy};
use crate::timeline::FieldChange;

/// How many systems a dealer may have.
pub const MAX_SYSTEMS: usize = 30;
/// How long a key or a name may be, in characters.
pub const MAX_TEXT: usize = 40;
/// How long the template of an address may be.
pub const MAX_TEMPLATE: usize = 500;
/// How long a code may be, in characters.
pub const MAX_CODE: usize = 100;

/// The stable key of a system, such as `goonet`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(pattern = "^[a-z0-9_]{1,40}$"))]
#[serde(try_from = "String", into = "String")]
pub struct SystemKey(String);

/// A text that is no key: small letters of ASCII, digits and underscores, 40 at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no key of a system")]
pub struct NoKey;

impl SystemKey {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SystemKey {
    type Error = NoKey;

    fn try_from(text: String) -> Result<Self, NoKey> {
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let is_key = (1..=MAX_TEXT).contains(&text.len()) && text.bytes().all(fits);
        if is_key { Ok(Self(text)) } else { Err(NoKey) }
    }
}

impl std::str::FromStr for SystemKey {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        text.to_owned().try_into()
    }
}

impl From<SystemKey> for String {
    fn from(key: SystemKey) -> Self {
        key.0
    }
}

/// What a system knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Covers {
    #[default]
    Vehicles,
    Customers,
    Both,
}

impl Covers {
    pub const ALL: [Self; 3] = [Self::Vehicles, Self::Customers, Self::Both];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vehicles => "vehicles",
            Self::Customers => "customers",
            Self::Both => "both",
        }
    }

    #[must_use]
    pub fn includes(self, subject: &Subject) -> bool {
        match subject {
            Subject::Vehicle(_) => self != Self::Customers,
            Subject::Customer(_) => self != Self::Vehicles,
        }
    }
}

/// What another system is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    Vehicle(StockNumber),
    Customer(CustomerCode),
}

/// One row of the master. `position` is its place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalSystem {
    pub key: SystemKey,
    pub name_ja: String,
    pub name_en: String,
    /// The address there, with `{code}`, `{stock_number}` and `{customer_code}` in it.
    pub template: String,
    pub covers: Covers,
    pub position: i32,
    /// Whether it is shown.
    pub active: bool,
}

/// A row as somebody wants it to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedSystem {
    pub key: String,
    pub name_ja: String,
    pub name_en: String,
    pub template: String,
    pub covers: Covers,
    pub active: bool,
}

impl ExternalSystem {
    /// Where the system has the subject; nowhere, as long as the template wants a code that nobody has told.
    #[must_use]
    pub fn link(&self, subject: &Subject, code: Option<&str>) -> Option<String> {
        let (stock_number, customer_code) = match subject {
            Subject::Vehicle(number) => (Some(number.as_str()), None),
            Subject::Customer(customer) => (None, Some(customer.as_str())),
        };
        let mut link = String::new();
        for part in parts(&self.template) {
            match part {
                Part::Text(text) => link.push_str(text),
                Part::Placeholder("code") => link.push_str(&encoded(code?)),
                Part::Placeholder("stock_number") => link.push_str(&encoded(stock_number?)),
                Part::Placeholder("customer_code") => link.push_str(&encoded(customer_code?)),
                Part::Placeholder(_) => return None,
            }
        }
        Some(link)
    }
}

/// A piece of a template.
enum Part<'a> {
    Text(&'a str),
    Placeholder(&'a str),
}

fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        parts.extend([Part::Text(before), Part::Placeholder(name)]);
        rest = behind;
    }
    parts.push(Part::Text(rest));
    parts
}

/// What may stand anywhere in an address, each other byte as `%XX`: a code cannot lead out of the place that it was given.
fn encoded(value: &str) -> String {
    value.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// What a person typed as a code, as it is kept.
///
/// # Errors
/// `required`, `too_long`, and `code.form` for what is only dots, which an address would take for a way up.
pub fn code(typed: &str) -> Result<String, &'static str> {
    let code = one_line(typed);
    match () {
        () if tidy(&code).is_empty() => Err("required"),
        () if code.chars().count() > MAX_CODE => Err("too_long"),
        () if code.chars().all(|c| c == '.') => Err("code.form"),
        () => Ok(code),
    }
}

/// Checks the whole master as somebody wants it to be, in the order in which it is to be shown.
///
/// # Errors
/// By the path of the row: `required` and `code.form` on keys, `code.twice`, `required` and `too_long` on names, `required`, `too_long`,
/// `template.https`, `template.form` and `template.placeholder` on templates; on `systems` as a whole `systems.missing` (codes name
/// them, so a system retires and never goes) and `too_many`.
pub fn check(known: &[ExternalSystem], wanted: Vec<TypedSystem>) -> Result<Vec<ExternalSystem>, Invalid> {
    let mut broken = Invalid::default();
    let mut systems: Vec<ExternalSystem> = Vec::with_capacity(wanted.len());
    // A row whose key is wrong stands for no system, and must not count as missing besides.
    let mut nameless = false;
    for (at, typed) in wanted.into_iter().enumerate() {
        let TypedSystem { key, name_ja, name_en, template, covers, active } = typed;
        let mut take = |member: &str, checked: Result<String, &'static str>| {
            broken.take(format!("systems.{at}.{member}"), checked).unwrap_or_default()
        };
        let (name_ja, name_en) = (take("name_ja", name(&name_ja)), take("name_en", name(&name_en)));
        let template = take("template", self::template(&template, covers));
        let Some(key) = broken.take(format!("systems.{at}.key"), keyed(&systems, &key)) else {
            nameless = true;
            continue;
        };
        let position = i32::try_from(at + 1).unwrap_or(i32::MAX);
        systems.push(ExternalSystem { key, name_ja, name_en, template, covers, position, active });
    }
    let kept = |one: &ExternalSystem| systems.iter().any(|system| system.key == one.key);
    let whole = match () {
        () if systems.len() > MAX_SYSTEMS => Err("too_many"),
        () if !nameless && !known.iter().all(kept) => Err("systems.missing"),
        () => Ok(()),
    };
    broken.take("systems", whole);
    broken.finish(systems)
}

fn keyed(earlier: &[ExternalSystem], typed: &str) -> Result<SystemKey, &'static str> {
    let key = tidy(typed);
    if key.is_empty() {
        return Err("required");
    }
    let key: SystemKey = key.parse().map_err(|NoKey| "code.form")?;
    if earlier.iter().any(|system| system.key == key) { Err("code.twice") } else { Ok(key) }
}

fn name(typed: &str) -> Result<String, &'static str> {
    let name = one_line(typed);
    match () {
        () if tidy(&name).is_empty() => Err("required"),
        () if name.chars().count() > MAX_TEXT => Err("too_long"),
        () => Ok(name),
    }
}

/// An address of the web whose host is fixed: what is put in for a placeholder can change nothing but where on that host it leads.
fn template(typed: &str, covers: Covers) -> Result<String, &'static str> {
    let template = tidy(typed);
    if template.is_empty() {
        return Err("required");
    }
    if template.len() > MAX_TEMPLATE {
        return Err("too_long");
    }
    let rest = template.strip_prefix("https://").ok_or("template.https")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:".contains(&byte);
    let fits = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`|".contains(&byte);
    if host.is_empty() || !host.bytes().all(is_host) || !template.bytes().all(fits) {
        return Err("template.form");
    }
    let mut some = false;
    for part in parts(&template) {
        let known = match part {
            Part::Text(text) => !text.contains(['{', '}']),
            Part::Placeholder("code") => true,
            Part::Placeholder("stock_number") => covers == Covers::Vehicles,
            Part::Placeholder("customer_code") => covers == Covers::Customers,
            Part::Placeholder(_) => false,
        };
        if !known {
            return Err("template.placeholder");
        }
        some |= matches!(part, Part::Placeholder(_));
    }
    if some { Ok(template) } else { Err("template.placeholder") }
}

/// What differs between two states of the master, as a person reads it: one entry for each system, by its key.
#[must_use]
pub fn changes(before: &[ExternalSystem], after: &[ExternalSystem]) -> Vec<FieldChange> {
    let of = |systems: &[ExternalSystem], key: &SystemKey| {
        let system = systems.iter().find(|system| system.key == *key)?;
        let ExternalSystem { key: _, name_ja, name_en, template, covers, position, active } = system;
        let state = if *active { "active" } else { "retired" };
        Some(format!("{position}. {name_ja} / {name_en}, {}, {template}, {state}", covers.as_str()))
    };
    let pairs = after.iter().map(|system| (&system.key, of(before, &system.key), of(after, &system.key)));
    let changed = pairs.filter(|(_, before, after)| before != after);
    changed.map(|(key, before, after)| FieldChange { field: key.0.clone(), before, after }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(key: &str, template: &str, covers: Covers) -> TypedSystem {
        let (key, template) = (key.to_owned(), template.to_owned());
        TypedSystem { key, name_ja: "グーネット".into(), name_en: "Goonet".into(), template, covers, active: true }
    }

    fn system(template: &str, covers: Covers) -> ExternalSystem {
        check(&[], vec![typed("goo", template, covers)]).unwrap().remove(0)
    }

    fn codes(outcome: Result<Vec<ExternalSystem>, Invalid>) -> Vec<String> {
        let broken = outcome.err().unwrap_or_default().0;
        broken.into_iter().map(|error| format!("{} {}", error.field, error.code)).collect()
    }

    #[test]
    fn a_link_leads_to_the_place_that_was_settled_whatever_the_code_says() {
        let car = Subject::Vehicle("S-01042".parse().unwrap());
        let customer = Subject::Customer("C-7".parse().unwrap());
        let goo = system("https://example.jp/cars/{code}?from={stock_number}", Covers::Vehicles);
        assert_eq!(goo.link(&car, Some("A 1")).as_deref(), Some("https://example.jp/cars/A%201?from=S-01042"));
        for (code, there) in [
            ("../admin", "..%2Fadmin"),
            ("x?y=1#z", "x%3Fy%3D1%23z"),
            ("@evil.example", "%40evil.example"),
            ("日本", "%E6%97%A5%E6%9C%AC"),
            ("{code}", "%7Bcode%7D"),
            ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ] {
            let link = goo.link(&car, Some(code)).unwrap();
            assert_eq!(link, format!("https://example.jp/cars/{there}?from=S-01042"));
        }
        assert_eq!(goo.link(&car, None), None, "nobody has told the code");
        assert_eq!(goo.link(&customer, Some("A 1")), None);
        let by_number = system("https://example.jp/{customer_code}", Covers::Customers);
        assert_eq!(by_number.link(&customer, None).as_deref(), Some("https://example.jp/C-7"), "no code is wanted");
    }

    #[test]
    fn a_template_is_an_address_of_the_web_with_a_fixed_host() {
        for good in
            ["https://example.jp/{code}", "https://a.example.jp:8443?c={code}#top", " https://example.jp/#{code} "]
        {
            assert_eq!(codes(check(&[], vec![typed("goo", good, Covers::Both)])), [""; 0], "{good}");
        }
        for (wrong, code) in [
            ("", "required"),
            ("http://example.jp/{code}", "template.https"),
            ("javascript:{code}", "template.https"),
            ("//example.jp/{code}", "template.https"),
            ("https://{code}/x", "template.form"),
            ("https://{code}.example.jp/", "template.form"),
            ("https://user@example.jp/{code}", "template.form"),
            ("https:///{code}", "template.form"),
            ("https://例え.jp/{code}", "template.form"),
            ("https://example.jp/a b/{code}", "template.form"),
            ("https://example.jp/\"{code}", "template.form"),
            ("https://example.jp/", "template.placeholder"),
            ("https://example.jp/{price}", "template.placeholder"),
            ("https://example.jp/{code", "template.placeholder"),
            ("https://example.jp/{stock_number}", "template.placeholder"),
            ("https://example.jp/{customer_code}", "template.placeholder"),
        ] {
            let broken = codes(check(&[], vec![typed("goo", wrong, Covers::Both)]));
            assert_eq!(broken, [format!("systems.0.template {code}")], "{wrong}");
        }
    }

    #[test]
    fn a_system_that_codes_name_retires_and_never_goes() {
        let known = check(&[], vec![typed("goo", "https://example.jp/{code}", Covers::Vehicles)]).unwrap();
        assert_eq!(codes(check(&known, Vec::new())), ["systems systems.missing"]);
        let retired = TypedSystem { active: false, ..typed("goo", "https://example.jp/{code}", Covers::Vehicles) };
        let after = check(&known, vec![retired]).unwrap();
        assert_eq!(
            changes(&known, &after)[0].after.as_deref(),
            Some("1. グーネット / Goonet, vehicles, https://example.jp/{code}, retired")
        );
        let twice = vec![typed("goo", "https://example.jp/{code}", Covers::Both); 2];
        assert_eq!(codes(check(&known, twice)), ["systems.1.key code.twice"]);
        let wrong = TypedSystem { name_ja: " ".into(), ..typed("Goo Net", "https://example.jp/{code}", Covers::Both) };
        assert_eq!(codes(check(&known, vec![wrong])), ["systems.0.name_ja required", "systems.0.key code.form"]);
    }

    #[test]
    fn a_code_is_one_line_that_leads_nowhere_up() {
        assert_eq!(code(" AB-12\n3 ").as_deref(), Ok("AB-12 3"));
        for (typed, why) in [(" ", "required"), ("..", "code.form"), (".", "code.form")] {
            assert_eq!(code(typed), Err(why), "{typed}");
        }
        assert_eq!(code(&"x".repeat(MAX_CODE + 1)), Err("too_long"));
    }
}
