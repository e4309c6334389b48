//! 個人情報アクセス記録: who looked at which personal data.

mod export;
mod list;
mod recorder;
mod recording;

use actix_web::HttpRequest;
use noren_domain::AccessEventId;
use noren_domain::access::AccessKind;
use noren_domain::code::CustomerCode;
use noren_persistence::access::AccessEvent;
use noren_persistence::{Tx, access};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::app::App;
use crate::auth::{Caller, is_unattended};
use crate::{Error, frame};

pub(crate) use recorder::{Recorder, run};

/// All operations on the access records.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(list::list_access_events)
        .service(list::read_access_event)
        .service(export::export_access_events)
        .service(recording::read_access_recording)
        .service(recording::edit_access_recording);
}

impl App {
    /// Notes that somebody was shown customers of EXTREME.
    pub(crate) fn saw_customers(
        &self,
        who: &Caller,
        request: &HttpRequest,
        kind: AccessKind,
        customers: Vec<CustomerCode>,
    ) {
        if customers.is_empty() {
            return;
        }
        let seen = u64::try_from(customers.len()).unwrap_or(u64::MAX);
        let look = look(who, request, kind, self.clock.now());
        self.recorder.note(AccessEvent { customers, seen, ..look }, who.viewer.role);
    }

    /// Notes that somebody was shown personal data; written within a second, and never in the way of the answer.
    pub(crate) fn saw(&self, who: &Caller, request: &HttpRequest, kind: AccessKind, subjects: Vec<Uuid>) {
        if subjects.is_empty() {
            return;
        }
        let seen = u64::try_from(subjects.len()).unwrap_or(u64::MAX);
        let look = look(who, request, kind, self.clock.now());
        self.recorder.note(AccessEvent { subjects, seen, ..look }, who.viewer.role);
    }
}

/// Records an export in the unit of work that leads to it: what leaves Noren never leaves it unrecorded.
pub(crate) async fn note_export(tx: &Tx, who: &Caller, request: &HttpRequest, rows: u64) -> Result<(), Error> {
    let look = look(who, request, AccessKind::Export, tx.at());
    Ok(access::insert(tx, &[AccessEvent { seen: rows, ..look }]).await?)
}

fn look(who: &Caller, request: &HttpRequest, kind: AccessKind, at: noren_domain::Timestamp) -> AccessEvent {
    let session = who.person.as_ref().map(|(session, _)| session);
    AccessEvent {
        id: AccessEventId::mint(at),
        at,
        actor: who.viewer.principal.to_string(),
        session_id: session.map(|session| session.id),
        device: session.map(|session| session.device.clone()),
        kind,
        subjects: Vec::new(),
        customers: Vec::new(),
        seen: 0,
        unattended: is_unattended(request.headers()),
        request_id: Some(frame::current().request_id),
    }
}
