//! `/integrations/extreme/column-maps/{stream}`: 列の対応, with what the last file shows of it.

use std::collections::BTreeMap;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, put};
use noren_api::extreme_intakes::{
    ExtremeColumnMap as Wire, ExtremeColumns, ExtremeField, ExtremeFieldForm, ExtremeIntake,
};
use noren_domain::access::AccessKind;
use noren_domain::code::CustomerCode;
use noren_domain::intake::{Choice, ColumnMap};
use noren_domain::sync::Stream;
use noren_domain::timeline::FieldChange;
use noren_extreme::files::{self, Field, Form, Places};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::extreme_intakes::{self as intakes, Intake};
use noren_persistence::{Conn, Tx, extreme_column_maps as maps};

use super::wire;
use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{Id, IfMatch, Valid};
use crate::masters::{self, Master};
use crate::permissions::{ReadExtremeColumnMap, SetExtremeColumnMap};

impl Master for Wire {
    fn version(&self) -> i64 {
        self.version
    }
}

/// Read which column of a kind of file is which field
///
/// Every field with the headings by which it is recognised, and what stands in its column in the last file.
#[utoipa::path(tag = "extreme", params(("stream" = inline(Stream), Path)), responses((status = 200, body = Wire)))]
#[get("/integrations/extreme/column-maps/{stream}")]
pub async fn read_extreme_column_map(
    who: Allowed<ReadExtremeColumnMap>,
    app: Data<App>,
    request: HttpRequest,
    stream: Id<Stream>,
) -> Result<HttpResponse, Error> {
    let map = current(&app.db, stream.0).await?;
    app.saw_customers(&who, &request, AccessKind::CustomerList, customers(&map));
    Ok(masters::answer(&map))
}

/// Settle which column of a kind of file is which field
///
/// The choices are sent as a whole. A field without one is recognised by its usual headings.
#[utoipa::path(tag = "extreme", params(("stream" = inline(Stream), Path)), request_body = ExtremeColumns,
    responses((status = 200, body = Wire)))]
#[put("/integrations/extreme/column-maps/{stream}")]
pub async fn set_extreme_column_map(
    who: Allowed<SetExtremeColumnMap>,
    app: Data<App>,
    request: HttpRequest,
    version: IfMatch,
    stream: Id<Stream>,
    wanted: Valid<ExtremeColumns>,
) -> Result<HttpResponse, Error> {
    check(stream.0, &wanted)?;
    let settled = app.db.write(who.actor(&app), async |tx| settle(tx, (stream.0, version.0), &wanted.map()).await);
    let map = settled.await?;
    app.saw_customers(&who, &request, AccessKind::CustomerList, customers(&map));
    Ok(masters::answer(&map))
}

/// Fields that there are, once each, and one choice for each.
fn check(stream: Stream, wanted: &ExtremeColumns) -> Result<(), Error> {
    let known = |name: &str| files::fields(stream).iter().any(|field| field.name == name);
    for (at, choice) in wanted.choices.iter().enumerate() {
        let is_twice = wanted.choices[..at].iter().any(|before| before.field == choice.field);
        let wrong = match () {
            () if !known(&choice.field) => Some(("field", "unknown")),
            () if is_twice => Some(("field", "taken")),
            () if choice.column.is_some() && choice.fixed.is_some() => Some(("fixed", "intake.one_choice")),
            () => None,
        };
        if let Some((member, code)) = wrong {
            return Err(Error::field(format!("choices.{at}.{member}"), code));
        }
    }
    if wanted.is_whole_stock && stream != Stream::Vehicles {
        return Err(Error::field("is_whole_stock", "intake.not_stock"));
    }
    Ok(())
}

async fn settle(tx: &Tx, (stream, seen): (Stream, i64), wanted: &ColumnMap) -> Result<Wire, Error> {
    let (known, version) = maps::find(tx, stream).await?;
    if version != seen {
        return masters::stale(&current(tx, stream).await?);
    }
    let changes = changes(&known, wanted);
    if !changes.is_empty() {
        match maps::replace(tx, stream, wanted, seen).await {
            Err(noren_persistence::Error::Stale) => return masters::stale(&current(tx, stream).await?),
            outcome => outcome?,
        }
        let subject = format!("extreme_column_map:{}", stream.as_str());
        tx.audit(Entry { chain: Chain::Company, action: "extreme.columns_settled", subject, changes });
    }
    current(tx, stream).await
}

fn changes(known: &ColumnMap, wanted: &ColumnMap) -> Vec<FieldChange> {
    let said = |choices: &BTreeMap<String, Choice>, field: &str| {
        choices.get(field).map(|choice| match choice {
            Choice::Column(heading) => heading.clone(),
            Choice::Fixed(text) => format!("= {text}"),
            Choice::Unused => "―".to_owned(),
        })
    };
    let mut fields: Vec<&String> = known.choices.keys().chain(wanted.choices.keys()).collect();
    fields.sort_unstable();
    fields.dedup();
    let change = |field: &String| {
        let (before, after) = (said(&known.choices, field), said(&wanted.choices, field));
        (before != after).then(|| FieldChange { field: field.clone(), before, after })
    };
    let whole = (known.is_whole_stock != wanted.is_whole_stock).then(|| FieldChange {
        field: "is_whole_stock".to_owned(),
        before: Some(known.is_whole_stock.to_string()),
        after: Some(wanted.is_whole_stock.to_string()),
    });
    fields.into_iter().filter_map(change).chain(whole).collect()
}

/// The map, as it fits the last file.
async fn current(conn: &impl Conn, stream: Stream) -> Result<Wire, Error> {
    let (map, version) = maps::find(conn, stream).await?;
    let file = intakes::last_of(conn, stream).await?;
    let headings = file.as_ref().map(|file| file.headings.clone()).unwrap_or_default();
    let places = Places::find(stream, &headings, &map);
    let rows: &[Vec<String>] = file.as_ref().map_or(&[], |file| &file.first_rows);
    let fields = files::fields(stream).iter().map(|field| to_field(field, &places, (&headings, rows))).collect();
    let unknown = places.unused(&headings).into_iter().map(|at| headings[at].clone());
    Ok(Wire {
        stream,
        fields,
        unknown: unknown.filter(|heading| !heading.is_empty()).collect(),
        // Without a file there is nothing that could be missing.
        reasons: match &file {
            Some(_) => places.reasons().iter().cloned().map(wire::reason).collect(),
            None => Vec::new(),
        },
        content: ExtremeColumns::from(map),
        headings,
        file: file.map(to_file),
        version,
    })
}

fn to_file(file: Intake) -> ExtremeIntake {
    wire::one(file, None)
}

fn to_field(field: &Field, places: &Places, (headings, rows): (&[String], &[Vec<String>])) -> ExtremeField {
    let at = places.of(field.name);
    let examples =
        at.map(|at| rows.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty()).cloned().collect());
    ExtremeField {
        field: field.name.to_owned(),
        form: match field.form {
            Form::Text => ExtremeFieldForm::Text,
            Form::Code => ExtremeFieldForm::Code,
            Form::Day => ExtremeFieldForm::Day,
            Form::Month => ExtremeFieldForm::Month,
            Form::Yen => ExtremeFieldForm::Yen,
            Form::Number => ExtremeFieldForm::Number,
            Form::Flag => ExtremeFieldForm::Flag,
            Form::Word => ExtremeFieldForm::Word,
        },
        needed: field.needed,
        usual: field.usual.iter().map(|heading| (*heading).to_owned()).collect(),
        found: at.and_then(|at| headings.get(at)).cloned(),
        examples: examples.unwrap_or_default(),
    }
}

/// Whose records the examples are from.
fn customers(map: &Wire) -> Vec<CustomerCode> {
    let codes = map.fields.iter().filter(|field| field.field == "customer_code");
    codes.flat_map(|field| &field.examples).filter_map(|code| code.parse().ok()).collect()
}
