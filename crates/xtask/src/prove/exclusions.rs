//! What a run leaves out, and why: the one table. A row opens as little as it can: a status for a check, a check for an
//! operation, or an operation.

use serde_json::Value;

use super::api::Role;

/// A row.
#[derive(Debug)]
pub struct Exclusion {
    pub at: At,
    /// All of them where none is named.
    pub roles: &'static [Role],
    pub what: What,
    pub reason: &'static str,
}

/// Which operations a row is about. Where a kind of operation is meant, a new one of that kind needs no row.
#[derive(Debug, PartialEq, Eq)]
pub enum At {
    Operation(&'static str),
    /// Those with this query parameter.
    Query(&'static str),
    /// Those with this header parameter.
    Header(&'static str),
    /// Those that take a body.
    Body,
}

#[derive(Debug, PartialEq, Eq)]
pub enum What {
    /// The check takes this status for right, too.
    Status(Check, &'static str),
}

/// The checks that judge by status what the document allows or forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// What the document allows is taken.
    PositiveDataAcceptance,
    /// What the document forbids is refused.
    NegativeDataRejection,
    /// What lacks a header that the document demands is refused.
    MissingRequiredHeader,
}

impl Check {
    pub const ALL: [Self; 3] = [Self::PositiveDataAcceptance, Self::NegativeDataRejection, Self::MissingRequiredHeader];

    pub fn name(self) -> &'static str {
        match self {
            Self::PositiveDataAcceptance => "positive_data_acceptance",
            Self::NegativeDataRejection => "negative_data_rejection",
            Self::MissingRequiredHeader => "missing_required_header",
        }
    }

    /// The statuses that schemathesis takes for right by itself; naming others replaces these.
    pub fn usual(self) -> &'static [&'static str] {
        match self {
            Self::PositiveDataAcceptance => &["2xx", "3xx", "401", "403", "404", "409", "429", "5xx"],
            Self::NegativeDataRejection => {
                &["400", "401", "403", "404", "405", "406", "409", "415", "422", "428", "429", "5xx"]
            }
            Self::MissingRequiredHeader => &["400", "401", "403", "406", "415", "422"],
        }
    }
}

pub const TABLE: &[Exclusion] = &[
    Exclusion {
        at: At::Query("after"),
        roles: &[],
        what: What::Status(Check::PositiveDataAcceptance, "400"),
        reason: "a cursor is good only as the list gave it out, which no schema can say of a text",
    },
    Exclusion {
        at: At::Header("If-Match"),
        roles: &[],
        what: What::Status(Check::PositiveDataAcceptance, "412"),
        reason: "whether a version is the present one is known when it is compared",
    },
    Exclusion {
        at: At::Header("If-Match"),
        roles: &[],
        what: What::Status(Check::NegativeDataRejection, "412"),
        reason: "an old version is refused before the rules of the body are looked at",
    },
    Exclusion {
        at: At::Header("If-Match"),
        roles: &[],
        what: What::Status(Check::MissingRequiredHeader, "428"),
        reason: "428 is the status for a missing If-Match (RFC 6585), which schemathesis does not expect here",
    },
    Exclusion {
        at: At::Body,
        roles: &[],
        what: What::Status(Check::PositiveDataAcceptance, "422"),
        reason: "rules about several fields, about the time and about what is stored are no matter of a schema",
    },
    Exclusion {
        at: At::Query("store_ids"),
        roles: &[],
        what: What::Status(Check::NegativeDataRejection, "414"),
        reason: "an address that is too long is refused before anything in it is looked at",
    },
    Exclusion {
        at: At::Operation("read_invitation"),
        roles: &[],
        what: What::Status(Check::PositiveDataAcceptance, "410"),
        reason: "a code that nobody was given looks like one that has ended, so that nobody learns which there are",
    },
    Exclusion {
        at: At::Operation("join"),
        roles: &[],
        what: What::Status(Check::PositiveDataAcceptance, "410"),
        reason: "a code that nobody was given looks like one that has ended, so that nobody learns which there are",
    },
    Exclusion {
        at: At::Operation("list_leads"),
        roles: &[],
        what: What::Status(Check::PositiveDataAcceptance, "422"),
        reason: "U+0000 is refused in every text, and a key has no assignee=me; a schema is the same for all texts and roles",
    },
];

/// An operation of the document, as far as the rows look at it.
#[derive(Debug)]
pub struct Operation<'a> {
    pub id: &'a str,
    pub path: &'a str,
    parameters: Vec<(&'a str, &'a str)>,
    pub has_body: bool,
}

impl<'a> Operation<'a> {
    /// All operations of a document.
    pub fn all(document: &'a Value) -> Vec<Self> {
        let paths = document["paths"].as_object().into_iter().flatten();
        let items =
            paths.flat_map(|(path, item)| item.as_object().into_iter().flatten().map(move |(_, of)| (path, of)));
        items.filter_map(|(path, of)| Self::read(path, of)).collect()
    }

    fn read(path: &'a str, operation: &'a Value) -> Option<Self> {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let parameters =
            parameters.filter_map(|parameter| Some((parameter["in"].as_str()?, parameter["name"].as_str()?)));
        Some(Self {
            id: operation["operationId"].as_str()?,
            path,
            parameters: parameters.collect(),
            has_body: operation.get("requestBody").is_some(),
        })
    }

    pub fn has(&self, place: &str, name: &str) -> bool {
        self.parameters.contains(&(place, name))
    }

    /// What is left out of it for a role.
    pub fn exclusions(&self, role: Role) -> impl Iterator<Item = &'static Exclusion> {
        TABLE.iter().filter(move |row| row.at.fits(self) && (row.roles.is_empty() || row.roles.contains(&role)))
    }
}

impl At {
    fn fits(&self, operation: &Operation<'_>) -> bool {
        match self {
            Self::Operation(id) => operation.id == *id,
            Self::Query(name) => operation.has("query", name),
            Self::Header(name) => operation.has("header", name),
            Self::Body => operation.has_body,
        }
    }
}

/// What a run left out, for its log.
pub fn said(role: Role, document: &Value) -> String {
    let mut text = "Left out:".to_owned();
    for operation in Operation::all(document) {
        for Exclusion { what, reason, .. } in operation.exclusions(role) {
            let What::Status(check, status) = what;
            text += &format!("\n  {}: {status} is no failure of {}, because {reason}", operation.id, check.name());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        serde_json::from_str(include_str!("../../../../openapi/noren.json")).unwrap()
    }

    #[test]
    fn every_row_says_why_and_stands_once() {
        for (at, row) in TABLE.iter().enumerate() {
            assert!(row.reason.len() > 20, "{row:?}");
            assert!(TABLE[..at].iter().all(|other| (&other.at, &other.what) != (&row.at, &row.what)), "{row:?}");
            let What::Status(check, status) = &row.what;
            assert!(!check.usual().contains(status), "{row:?}");
        }
    }

    #[test]
    fn every_row_is_about_something_that_there_is() {
        let document = document();
        let operations = Operation::all(&document);
        for row in TABLE {
            assert!(operations.iter().any(|operation| row.at.fits(operation)), "{row:?}");
        }
    }

    #[test]
    fn a_row_for_a_role_is_for_that_role_alone() {
        let document = document();
        let operations = Operation::all(&document);
        let listing = operations.iter().find(|operation| operation.id == "list_leads").unwrap();
        assert_eq!(listing.exclusions(Role::ApiClient).count(), 2);
    }
}
