//! `/external-systems` and `/external-system-master`: the systems, to choose from and to settle.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, patch};
use noren_api::Page;
use noren_api::external_systems::{ExternalSystem, ExternalSystemList, ExternalSystemMaster, ExternalSystemMasterEdit};
use noren_domain::external_system;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, external_systems};

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{IfMatch, MergePatch};
use crate::masters::{Master, answer, read, stale};
use crate::permissions::{EditExternalSystemMaster, ListExternalSystems, ReadExternalSystemMaster};

impl Master for ExternalSystemMaster {
    fn version(&self) -> i64 {
        self.version
    }
}

/// List other systems
#[utoipa::path(tag = "masters", responses((status = 200, body = Page<ExternalSystem>)))]
#[get("/external-systems")]
pub async fn list_external_systems(
    _: Allowed<ListExternalSystems>,
    app: Data<App>,
) -> Result<Json<Page<ExternalSystem>>, Error> {
    let systems = external_systems::all(&app.db).await?;
    Ok(Json(Page { items: systems.into_iter().map(to_wire).collect(), next: None }))
}

/// Without the template, which only whoever settles it has use for.
fn to_wire(system: external_system::ExternalSystem) -> ExternalSystem {
    let external_system::ExternalSystem { key, name_ja, name_en, template: _, covers, position: _, active } = system;
    ExternalSystem { key, name_ja, name_en, covers, active }
}

/// Read the master of other systems
#[utoipa::path(tag = "masters",
    responses((status = 200, body = ExternalSystemMaster), (status = 304, description = "The caller has this version")))]
#[get("/external-system-master")]
pub async fn read_external_system_master(
    _: Allowed<ReadExternalSystemMaster>,
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    Ok(read(&request, &current(&app.db).await?.1))
}

/// Edit the master of other systems
///
/// The list is sent as a whole, in the order in which it is to be shown. A system that is known stays in it: codes name it, so it can be
/// renamed and retired (`active`) and never goes.
#[utoipa::path(tag = "masters", responses((status = 200, body = ExternalSystemMaster)),
    request_body(content = ExternalSystemMasterEdit, content_type = "application/merge-patch+json"))]
#[patch("/external-system-master")]
pub async fn edit_external_system_master(
    who: Allowed<EditExternalSystemMaster>,
    app: Data<App>,
    seen: IfMatch,
    patch: MergePatch,
) -> Result<HttpResponse, Error> {
    let edited = app.db.write(who.actor(&app), async |tx| {
        let (known, master) = current(tx).await?;
        if master.version != seen.0 {
            return stale(&master);
        }
        let ExternalSystemMasterEdit { content } =
            patch.apply(&ExternalSystemMasterEdit { content: master.content.clone() })?;
        let wanted = external_system::check(&known, content.typed());
        let wanted = wanted.map_err(|broken| noren_domain::Error::from(broken.inside("content")))?;
        let changes = external_system::changes(&known, &wanted);
        if changes.is_empty() {
            return Ok(master);
        }
        match external_systems::settle(tx, &wanted, seen.0).await {
            Err(noren_persistence::Error::Stale) => return stale(&current(tx).await?.1),
            outcome => outcome?,
        }
        let subject = "master:external_systems".to_owned();
        tx.audit(Entry { chain: Chain::Company, action: "external_systems.edited", subject, changes });
        Ok(current(tx).await?.1)
    });
    Ok(answer(&edited.await?))
}

async fn current(conn: &impl Conn) -> Result<(Vec<external_system::ExternalSystem>, ExternalSystemMaster), Error> {
    // The version first: whoever changes both in between makes an edit of this one stale.
    let version = external_systems::version(conn).await?;
    let known = external_systems::all(conn).await?;
    let systems = known.iter().cloned().map(Into::into).collect();
    Ok((known, ExternalSystemMaster { content: ExternalSystemList { systems }, version }))
}
