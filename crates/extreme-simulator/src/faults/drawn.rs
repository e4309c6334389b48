//! What one request meets, before and after the operation.

use std::time::Duration;

use actix_web::http::StatusCode;
use chrono::TimeDelta;
use serde_json::Value;

use super::{Kind, Mix};
use crate::http::Answer;
use crate::problem::Problem;

/// The faults of one request.
#[derive(Clone, Debug, Default)]
pub struct Drawn(Vec<(Kind, u64)>);

/// What comes in the place of the operation.
#[derive(Debug)]
pub enum Instead {
    Problem(Problem),
    Answer(Answer),
    /// The connection is closed.
    Nothing,
}

/// What goes out.
#[derive(Debug, PartialEq)]
pub enum Delivery {
    Whole(Answer),
    /// Half of it.
    CutShort(Answer),
    Nothing,
}

impl Delivery {
    /// As it is counted.
    pub fn outcome(&self) -> String {
        match self {
            Self::Whole(answer) => answer.status.to_string(),
            Self::CutShort(_) | Self::Nothing => "closed".to_owned(),
        }
    }
}

impl Drawn {
    pub fn new(met: Vec<(Kind, u64)>) -> Self {
        Self(met)
    }

    fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.0.iter().map(|(kind, _)| kind)
    }

    /// How long it waits before anything happens.
    pub fn wait(&self) -> Duration {
        self.kinds()
            .map(|kind| match kind {
                Kind::Latency { millis } => Duration::from_millis(*millis),
                Kind::Timeout { seconds } => Duration::from_secs(*seconds),
                _ => Duration::ZERO,
            })
            .sum()
    }

    /// How wrong the clock is.
    pub fn skew(&self) -> TimeDelta {
        let skews = self.kinds().map(|kind| match kind {
            Kind::ClockSkew { seconds } => *seconds,
            _ => 0,
        });
        TimeDelta::seconds(skews.sum())
    }

    /// How the page is mixed up.
    pub fn mix(&self) -> Mix {
        let salt = |wanted: &Kind| self.0.iter().find(|(kind, _)| kind == wanted).map(|(_, salt)| *salt);
        Mix {
            again: salt(&Kind::DuplicatedPages).is_some(),
            shuffled: salt(&Kind::OutOfOrderPages),
            stale: salt(&Kind::StaleRevisions).is_some(),
        }
    }

    /// What is answered without doing anything.
    pub fn instead(&self) -> Option<Instead> {
        self.kinds().find_map(|kind| match kind {
            Kind::Timeout { .. } => Some(Instead::Nothing),
            Kind::Error { status } => {
                let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                Some(Instead::Problem(Problem::new(status, "internal")))
            }
            Kind::TooManyRequests { retry_after } => Some(Instead::Problem(Problem::too_many(*retry_after))),
            Kind::Unavailable { retry_after } => Some(Instead::Problem(Problem::unavailable(*retry_after))),
            Kind::Redirect { location } => {
                let answer = Answer::of(StatusCode::FOUND, "", Vec::new()).with_header("location", location);
                Some(Instead::Answer(answer))
            }
            Kind::Html => {
                Some(Instead::Answer(Answer::of(StatusCode::OK, "text/html; charset=utf-8", MAINTENANCE.into())))
            }
            _ => None,
        })
    }

    /// What becomes of the operation's answer on its way.
    pub fn twist(&self, mut answer: Answer) -> Delivery {
        let mut cut = false;
        for kind in self.kinds() {
            match kind {
                Kind::LostResponse if answer.is_success() => return Delivery::Nothing,
                Kind::WrongTypes => answer.body = mistyped(&answer),
                Kind::HugeBody { bytes } => answer.body.resize(answer.body.len().max(*bytes), b' '),
                Kind::CutJson => answer.body.truncate(answer.body.len() / 2),
                Kind::CutBody => cut = true,
                _ => {}
            }
        }
        if cut { Delivery::CutShort(answer) } else { Delivery::Whole(answer) }
    }
}

const MAINTENANCE: &str = "<!doctype html><html lang=\"ja\"><meta charset=\"utf-8\"><title>メンテナンス中</title>\
                           <p>ただいまメンテナンス中です。</p></html>";

fn mistyped(answer: &Answer) -> Vec<u8> {
    match serde_json::from_slice(&answer.body) {
        Ok(body) if answer.is_json() => texts(body).to_string().into_bytes(),
        _ => answer.body.clone(),
    }
}

fn texts(value: Value) -> Value {
    match value {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Array(items) => items.into_iter().map(texts).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, texts(value))).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(kind: Kind) -> Drawn {
        Drawn::new(vec![(kind, 1)])
    }

    fn answer() -> Answer {
        Answer::of(StatusCode::OK, "application/json", br#"{"a":[1,null,"x"]}"#.to_vec())
    }

    #[test]
    fn an_answer_is_spoilt_as_its_fault_says() {
        let body = |kind| match drawn(kind).twist(answer()) {
            Delivery::Whole(answer) => answer.body,
            other => panic!("{other:?}"),
        };
        assert_eq!(body(Kind::WrongTypes), br#"{"a":["1",null,"x"]}"#);
        assert_eq!(body(Kind::CutJson), br#"{"a":[1,n"#);
        assert_eq!(body(Kind::HugeBody { bytes: 1_000 }).len(), 1_000);
        assert_eq!(drawn(Kind::CutBody).twist(answer()), Delivery::CutShort(answer()));
    }

    #[test]
    fn only_an_answer_of_success_is_lost() {
        let refused = Answer::of(StatusCode::CONFLICT, "application/problem+json", Vec::new());
        assert_eq!(drawn(Kind::LostResponse).twist(answer()), Delivery::Nothing);
        assert_eq!(drawn(Kind::LostResponse).twist(refused.clone()), Delivery::Whole(refused));
    }

    #[test]
    fn waits_and_skews_add_up() {
        let both = Drawn::new(vec![(Kind::Latency { millis: 30 }, 0), (Kind::Timeout { seconds: 2 }, 0)]);
        assert_eq!(both.wait(), Duration::from_millis(2_030));
        assert!(matches!(both.instead(), Some(Instead::Nothing)));
        assert_eq!(drawn(Kind::ClockSkew { seconds: -90 }).skew(), TimeDelta::seconds(-90));
    }
}
