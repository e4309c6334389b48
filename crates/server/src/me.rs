//! `GET /me`: the person behind the session; `PUT /me/language`: how their screens speak.

use actix_web::web::{Data, Json};
use actix_web::{get, put};
use noren_api::auth::{LanguageChoice, Me};
use noren_domain::timeline::FieldChange;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::staff;

use crate::Error;
use crate::app::App;
use crate::auth::Allowed;
use crate::extract::Valid;
use crate::permissions::{GetMe, SetLanguage};

/// Who am I
#[utoipa::path(tag = "auth", responses((status = 200, body = Me)))]
#[get("/me")]
pub async fn get_me(who: Allowed<GetMe>, app: Data<App>) -> Result<Json<Me>, Error> {
    let Some((session, staff)) = &who.person else { return Err(Error::Forbidden) };
    Ok(Json(crate::auth::me(&app, staff.clone(), session).await?))
}

/// Choose a language
///
/// It goes with the person from one device to the next; the last choice holds.
#[utoipa::path(tag = "auth", request_body = LanguageChoice, responses((status = 200, body = LanguageChoice)))]
#[put("/me/language")]
pub async fn set_language(
    who: Allowed<SetLanguage>,
    app: Data<App>,
    choice: Valid<LanguageChoice>,
) -> Result<Json<LanguageChoice>, Error> {
    let Some(id) = who.viewer.staff_id() else { return Err(Error::Forbidden) };
    let set = app.db.write(who.actor(&app), async |tx| {
        let before = staff::language(tx, id).await?;
        if before == Some(choice.language) {
            return Ok::<_, Error>(());
        }
        staff::set_language(tx, id, choice.language).await?;
        let text = |language: noren_domain::language::Language| language.as_str().to_owned();
        let change =
            FieldChange { field: "language".to_owned(), before: before.map(text), after: Some(text(choice.language)) };
        let subject = format!("staff:{id}");
        tx.audit(Entry { chain: Chain::Company, action: "staff.language", subject, changes: vec![change] });
        Ok(())
    });
    set.await?;
    Ok(Json(choice.0))
}
