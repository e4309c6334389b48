//! `POST /integrations/extreme/intakes`: somebody hands a file in.

use actix_web::http::Method;
use actix_web::web::{Bytes, Data, Payload};
use actix_web::{HttpRequest, HttpResponse, post};
use noren_api::extreme_intakes::{ExtremeIntake as Wire, ExtremeIntakeUpload};
use noren_domain::intake::{IntakeOrigin, IntakeState};
use noren_domain::sync::Stream;
use noren_domain::text::one_line;
use noren_domain::viewer::Viewer;
use noren_domain::{ExtremeIntakeId, Timestamp};
use noren_extreme::files;
use noren_persistence::Tx;
use noren_persistence::extreme_intakes::{self as intakes, Counts, Intake};
use serde_json::Value;

use super::wire;
use crate::app::App;
use crate::auth::Allowed;
use crate::body::table_body;
use crate::extract::ValidQuery;
use crate::idempotency::{Created, Repeatable, RequestKey, id_in};
use crate::permissions::HandInExtremeFile;
use crate::{Error, health};

const PATH: &str = "/api/v1/integrations/extreme/intakes";

/// The bytes of a table.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct TableFile(Bytes);

impl TableFile {
    async fn read(request: &HttpRequest, payload: Payload) -> Result<Self, Error> {
        Ok(Self(table_body(request, payload.into_inner()).await?))
    }
}

/// Whether the body is a file, which takes its time on a tablet's network.
pub fn is_upload(method: &Method, path: &str) -> bool {
    *method == Method::POST && path == PATH
}

/// Hand in a file of EXTREME's
///
/// A table in CP932 or UTF-8 of 50 MiB and 200,000 rows at most. It is kept as it came, and looked at soon: `Location` says where it
/// stands what became of it.
#[utoipa::path(tag = "extreme", params(ExtremeIntakeUpload), request_body(content((TableFile = "text/csv"))),
    responses((status = 201, body = Wire)))]
#[post("/integrations/extreme/intakes")]
pub async fn hand_in_extreme_file(
    who: Allowed<HandInExtremeFile>,
    app: Data<App>,
    request: HttpRequest,
    query: ValidQuery<ExtremeIntakeUpload>,
    payload: Payload,
) -> Result<HttpResponse, Error> {
    if app.extreme.is_some() {
        return Err(Error::ExtremeConnected);
    }
    app.limits.admit_upload(who.quota_key())?;
    health::require_room(&app)?;
    let ExtremeIntakeUpload { file_name, stream, written_at } = query.0;
    let file_name = called(&file_name);
    let kind =
        stream.or_else(|| files::stream_of(&file_name)).ok_or_else(|| Error::field("file_name", "intake.kind"))?;
    let TableFile(body) = TableFile::read(&request, payload).await?;
    let key = RequestKey::of_body(&request, &body)?;
    // A file that no row names does no harm; a row without its file would.
    let (size, hash) = (body.len(), app.files.put_original(body).await?);
    let asked = key.once(&app, &who, async |tx| {
        let file =
            File { name: &file_name, stream: kind, hash: &hash, size, written_at: written_at.unwrap_or(tx.at()) };
        let intake = file.insert(tx, IntakeOrigin::Upload).await?;
        let location = format!("{PATH}/{}", intake.id);
        Ok(Created { location, version: Some(intake.version), body: wire::one(intake, None) })
    });
    let asked = asked.await?;
    app.intakes.wanted.notify_one();
    Ok(asked.respond())
}

/// The last part of a path, as some browsers send it, in one line.
fn called(file_name: &str) -> String {
    one_line(file_name.rsplit(['/', '\\']).next().unwrap_or(file_name))
}

/// A file whose bytes are kept.
pub struct File<'a> {
    pub name: &'a str,
    pub stream: Stream,
    pub hash: &'a str,
    pub size: usize,
    pub written_at: Timestamp,
}

impl File<'_> {
    /// Notes that it waits.
    pub async fn insert(&self, tx: &Tx, origin: IntakeOrigin) -> Result<Intake, Error> {
        let intake = Intake {
            id: ExtremeIntakeId::mint(tx.at()),
            stream: self.stream,
            file_name: self.name.to_owned(),
            origin,
            hash: self.hash.to_owned(),
            size: i64::try_from(self.size).unwrap_or(i64::MAX),
            // A clock that is ahead says nothing of the file.
            written_at: self.written_at.min(tx.at()),
            handed_in_at: tx.at(),
            handed_in_by: tx.by().to_owned(),
            state: IntakeState::Waiting,
            headings: Vec::new(),
            first_rows: Vec::new(),
            counts: Counts::default(),
            map_version: None,
            repeats: None,
            allowed_gone: None,
            over_at: None,
            version: 1,
        };
        intakes::insert(tx, &intake).await?;
        wire::record(tx, &intake, "extreme.file_handed_in", Vec::new());
        Ok(intake)
    }
}

impl Repeatable for Wire {
    /// Who may hand files in may see them all.
    async fn require_visible(tx: &Tx, _: &Viewer, made: &Value) -> Result<(), Error> {
        intakes::find(tx, id_in(made, "id")?).await?.map(|_| ()).ok_or(Error::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_by_the_last_part_of_its_path() {
        assert_eq!(called("C:\\fakepath\\vehicles.csv"), "vehicles.csv");
        assert_eq!(called("出力/vehicles\n_1.csv"), "vehicles _1.csv");
    }
}
