//! `/lead-sources` and `/lead-source-master`: 反響元, to choose from and to settle.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, patch};
use noren_api::Page;
use noren_api::lead_sources::{LeadSource, LeadSourceList, LeadSourceMaster, LeadSourceMasterEdit};
use noren_domain::lead_source;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, lead_sources};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{IfMatch, MergePatch};
use crate::masters::{Master, answer, read, stale};
use crate::permissions::{EditLeadSourceMaster, ListLeadSources, ReadLeadSourceMaster};

/// All operations on lead sources.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_lead_sources).service(read_lead_source_master).service(edit_lead_source_master);
}

impl Master for LeadSourceMaster {
    fn version(&self) -> i64 {
        self.version
    }
}

/// List lead sources
#[utoipa::path(tag = "masters", responses((status = 200, body = Page<LeadSource>)))]
#[get("/lead-sources")]
pub async fn list_lead_sources(_: Allowed<ListLeadSources>, app: Data<App>) -> Result<Json<Page<LeadSource>>, Error> {
    let sources = lead_sources::all(&app.db).await?;
    Ok(Json(Page { items: sources.into_iter().map(to_wire).collect(), next: None }))
}

fn to_wire(source: lead_source::LeadSource) -> LeadSource {
    let lead_source::LeadSource { code, name_ja, name_en, first_response_minutes, position: _, active } = source;
    LeadSource { code, name_ja, name_en, first_response_minutes, active }
}

/// Read the master of lead sources
#[utoipa::path(tag = "masters",
    responses((status = 200, body = LeadSourceMaster), (status = 304, description = "The caller has this version")))]
#[get("/lead-source-master")]
pub async fn read_lead_source_master(
    _: Allowed<ReadLeadSourceMaster>,
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    Ok(read(&request, &current(&app.db).await?.1))
}

/// Edit the master of lead sources
///
/// The list is sent as a whole, in the order in which it is to be shown. A source that is known stays in it: leads name it, so it
/// can be renamed and retired (`active`) and never goes.
#[utoipa::path(tag = "masters", responses((status = 200, body = LeadSourceMaster)),
    request_body(content = LeadSourceMasterEdit, content_type = "application/merge-patch+json"))]
#[patch("/lead-source-master")]
pub async fn edit_lead_source_master(
    who: Allowed<EditLeadSourceMaster>,
    app: Data<App>,
    seen: IfMatch,
    patch: MergePatch,
) -> Result<HttpResponse, Error> {
    let edited = app.db.write(who.actor(&app), async |tx| {
        let (known, master) = current(tx).await?;
        if master.version != seen.0 {
            return stale(&master);
        }
        let LeadSourceMasterEdit { content } =
            patch.apply(&LeadSourceMasterEdit { content: master.content.clone() })?;
        let wanted = lead_source::check(&known, content.typed());
        let wanted = wanted.map_err(|broken| noren_domain::Error::from(broken.inside("content")))?;
        let changes = lead_source::changes(&known, &wanted);
        if changes.is_empty() {
            return Ok(master);
        }
        match lead_sources::settle(tx, &wanted, seen.0).await {
            Err(noren_persistence::Error::Stale) => return stale(&current(tx).await?.1),
            outcome => outcome?,
        }
        let subject = "master:lead_sources".to_owned();
        tx.audit(Entry { chain: Chain::Company, action: "lead_sources.edited", subject, changes });
        Ok(current(tx).await?.1)
    });
    Ok(answer(&edited.await?))
}

async fn current(conn: &impl Conn) -> Result<(Vec<lead_source::LeadSource>, LeadSourceMaster), Error> {
    // The version first: whoever changes both in between makes an edit of this one stale.
    let version = lead_sources::version(conn).await?;
    let known = lead_sources::all(conn).await?;
    let sources = known.iter().cloned().map(Into::into).collect();
    Ok((known, LeadSourceMaster { content: LeadSourceList { sources }, version }))
}
