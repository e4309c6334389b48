//! `/tags` and `/tag-master`: タグ, to choose from and to settle.

use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, patch};
use noren_api::Page;
use noren_api::tags::{Tag, TagList, TagMaster, TagMasterEdit};
use noren_domain::{TagId, tag};
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::{Conn, tags};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::{IfMatch, MergePatch};
use crate::masters::{Master, answer, read, stale};
use crate::permissions::{EditTagMaster, ListTags, ReadTagMaster};

/// All operations on tags.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(list_tags).service(read_tag_master).service(edit_tag_master);
}

impl Master for TagMaster {
    fn version(&self) -> i64 {
        self.version
    }
}

/// List tags
#[utoipa::path(tag = "masters", responses((status = 200, body = Page<Tag>)))]
#[get("/tags")]
pub async fn list_tags(_: Allowed<ListTags>, app: Data<App>) -> Result<Json<Page<Tag>>, Error> {
    let tags = tags::all(&app.db).await?;
    Ok(Json(Page { items: tags.into_iter().map(Into::into).collect(), next: None }))
}

/// Read the master of tags
#[utoipa::path(tag = "masters",
    responses((status = 200, body = TagMaster), (status = 304, description = "The caller has this version")))]
#[get("/tag-master")]
pub async fn read_tag_master(
    _: Allowed<ReadTagMaster>,
    app: Data<App>,
    request: HttpRequest,
) -> Result<HttpResponse, Error> {
    Ok(read(&request, &current(&app.db).await?.1))
}

/// Edit the master of tags
///
/// The list is sent as a whole, in the order in which it is to be shown. A row without an id is a new tag. One that is known stays in
/// the list: leads name it, so it can be renamed and retired (`active`) and never goes.
#[utoipa::path(tag = "masters", responses((status = 200, body = TagMaster)),
    request_body(content = TagMasterEdit, content_type = "application/merge-patch+json"))]
#[patch("/tag-master")]
pub async fn edit_tag_master(
    who: Allowed<EditTagMaster>,
    app: Data<App>,
    seen: IfMatch,
    patch: MergePatch,
) -> Result<HttpResponse, Error> {
    let edited = app.db.write(who.actor(&app), async |tx| {
        let (known, master) = current(tx).await?;
        if master.version != seen.0 {
            return stale(&master);
        }
        let TagMasterEdit { content } = patch.apply(&TagMasterEdit { content: master.content.clone() })?;
        let wanted = tag::check(&known, content.typed(), || TagId::mint(tx.at()));
        let wanted = wanted.map_err(|broken| noren_domain::Error::from(broken.inside("content")))?;
        let changes = tag::changes(&known, &wanted);
        if changes.is_empty() {
            return Ok(master);
        }
        match tags::settle(tx, &wanted, seen.0).await {
            Err(noren_persistence::Error::Stale) => return stale(&current(tx).await?.1),
            outcome => outcome?,
        }
        tx.audit(Entry { chain: Chain::Company, action: "tags.edited", subject: "master:tags".to_owned(), changes });
        Ok(current(tx).await?.1)
    });
    Ok(answer(&edited.await?))
}

async fn current(conn: &impl Conn) -> Result<(Vec<tag::Tag>, TagMaster), Error> {
    // The version first: whoever changes both in between makes an edit of this one stale.
    let version = tags::version(conn).await?;
    let known = tags::all(conn).await?;
    let tags = known.iter().cloned().map(Into::into).collect();
    Ok((known, TagMaster { content: TagList { tags }, version }))
}
