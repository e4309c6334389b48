//! `/access-recording`: what is recorded of looks at personal data, and for how long.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, patch};
use noren_api::access_events::{AccessRecording as Wire, RecordingEdit};
use noren_domain::access::AccessRecording;
use noren_persistence::access;
use noren_persistence::audit::{Chain, Entry};

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{IfMatch, MergePatch, is_unchanged};
use crate::permissions::{EditAccessRecording, ReadAccessRecording};

/// Read what is recorded of looks at personal data
#[utoipa::path(tag = "audit", responses((status = 200, body = Wire), (status = 304, description = "The caller has this version")))]
#[get("/access-recording")]
pub async fn read_access_recording(
    _: Allowed<ReadAccessRecording>,
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    let (recording, version) = access::recording(&app.db).await?;
    if is_unchanged(request.headers(), version) {
        return Ok(HttpResponse::NotModified().insert_header(("etag", format!("\"{version}\""))).finish());
    }
    Ok(answer(recording, version))
}

/// Edit what is recorded of looks at personal data
///
/// Exports are always recorded. That something was switched off stands in the audit.
#[utoipa::path(tag = "audit", responses((status = 200, body = Wire)),
    request_body(content = RecordingEdit, content_type = "application/merge-patch+json"))]
#[patch("/access-recording")]
pub async fn edit_access_recording(
    who: Allowed<EditAccessRecording>,
    app: Data<App>,
    seen: IfMatch,
    patch: MergePatch,
) -> Result<HttpResponse, Error> {
    // What was seen before is recorded as it was settled before.
    app.recorder.write_out(&app).await?;
    let edited = app.db.write(who.actor(&app), async |tx| {
        let (before, version) = access::recording(tx).await?;
        if version != seen.0 {
            return Err(stale(before, version));
        }
        let RecordingEdit { settings } = patch.apply(&RecordingEdit { settings: before.into() })?;
        let after = AccessRecording::from(settings);
        let changes = before.changes_to(&after);
        if changes.is_empty() {
            return Ok((before, version));
        }
        let version = match access::set_recording(tx, &after, version).await {
            Err(noren_persistence::Error::Stale) => {
                let (recording, version) = access::recording(tx).await?;
                return Err(stale(recording, version));
            }
            outcome => outcome?,
        };
        let subject = "access_recording".to_owned();
        tx.audit(Entry { chain: Chain::Company, action: "access.recording_edited", subject, changes });
        Ok((after, version))
    });
    let (recording, version) = edited.await?;
    Ok(answer(recording, version))
}

fn stale(recording: AccessRecording, version: i64) -> Error {
    Error::stale(&to_wire(recording, version), version)
}

fn answer(recording: AccessRecording, version: i64) -> HttpResponse {
    HttpResponse::Ok().insert_header(("etag", format!("\"{version}\""))).json(to_wire(recording, version))
}

fn to_wire(recording: AccessRecording, version: i64) -> Wire {
    Wire { settings: recording.into(), version }
}
