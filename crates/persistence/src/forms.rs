//! フォーム as rows, with the words of consent of every version.

use std::collections::HashMap;

use noren_domain::form::{Form, FormContent};
use noren_domain::lead_source::SourceCode;
use noren_domain::viewer::Viewer;
use noren_domain::{FormId, StoreId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};

use crate::entity::form::{Column, Entity, Model};
use crate::entity::form_consent;
use crate::json::Place;
use crate::{Conn, Error, Tx};

/// The form with this key, for whoever opens its address.
///
/// # Errors
/// Database errors.
pub async fn by_key(conn: &impl Conn, key: &str) -> Result<Option<Form>, Error> {
    Entity::find().filter(Column::Key.eq(key)).one(conn.inner()).await?.map(to_form).transpose()
}

/// The form of a submission that a viewer may see, wherever the form is by now.
///
/// # Errors
/// Database errors.
pub async fn by_id(conn: &impl Conn, id: FormId) -> Result<Option<Form>, Error> {
    Entity::find_by_id(id.0).one(conn.inner()).await?.map(to_form).transpose()
}

/// The form, if it exists for this viewer.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, viewer: &Viewer, id: FormId) -> Result<Option<Form>, Error> {
    Entity::find_by_id(id.0).filter(visible_to(viewer)).one(conn.inner()).await?.map(to_form).transpose()
}

/// All forms that exist for this viewer, by name.
///
/// # Errors
/// Database errors.
pub async fn all(conn: &impl Conn, viewer: &Viewer) -> Result<Vec<Form>, Error> {
    let visible = Entity::find().filter(visible_to(viewer)).order_by_asc(Column::Name).order_by_asc(Column::Id);
    visible.all(conn.inner()).await?.into_iter().map(to_form).collect()
}

/// # Errors
/// `Conflict` when store or source is unknown.
pub async fn insert(tx: &Tx, form: &Form) -> Result<(), Error> {
    Entity::insert(to_row(form)?.into_active_model()).exec_without_returning(tx.inner()).await?;
    keep_consent(tx, form).await
}

/// Stores a changed form, whose version counts up, if nobody else changed it since it was read.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn update(tx: &Tx, form: &mut Form) -> Result<(), Error> {
    let seen = form.version;
    form.version += 1;
    let outcome = Entity::update_many()
        .set(to_row(form)?.into_active_model().reset_all())
        .filter(Column::Id.eq(form.id.0))
        .filter(Column::Version.eq(seen))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected != 1 {
        return Err(Error::Stale);
    }
    keep_consent(tx, form).await
}

/// What forms are called by now.
///
/// # Errors
/// Database errors.
pub async fn names(conn: &impl Conn, forms: &[FormId]) -> Result<HashMap<FormId, String>, Error> {
    let named = Entity::find().filter(Column::Id.is_in(forms.iter().map(|form| form.0)));
    Ok(named.all(conn.inner()).await?.into_iter().map(|row| (FormId(row.id), row.name)).collect())
}

/// The words of every version of the consent that forms have asked for.
///
/// # Errors
/// Database errors.
pub async fn consents(conn: &impl Conn, forms: &[FormId]) -> Result<HashMap<(FormId, i32), String>, Error> {
    let of_forms = form_consent::Column::FormId.is_in(forms.iter().map(|form| form.0));
    let rows = form_consent::Entity::find().filter(of_forms).all(conn.inner()).await?;
    Ok(rows.into_iter().map(|row| ((FormId(row.form_id), row.version), row.text)).collect())
}

async fn keep_consent(tx: &Tx, form: &Form) -> Result<(), Error> {
    let Some(text) = form.content.consent.clone() else { return Ok(()) };
    let row = form_consent::ActiveModel {
        form_id: Set(form.id.0),
        version: Set(form.consent_version),
        text: Set(text),
        since: Set(tx.at()),
    };
    let kept = sea_orm::sea_query::OnConflict::columns([form_consent::Column::FormId, form_consent::Column::Version]);
    form_consent::Entity::insert(row)
        .on_conflict(kept.clone().do_nothing().to_owned())
        .exec_without_returning(tx.inner())
        .await?;
    Ok(())
}

fn visible_to(viewer: &Viewer) -> Condition {
    match viewer.store_filter() {
        Some(stores) => Condition::all().add(Column::StoreId.is_in(stores.iter().map(|store| store.0))),
        None => Condition::all(),
    }
}

fn column(name: &'static str) -> Place {
    Place("forms", name)
}

fn to_row(form: &Form) -> Result<Model, Error> {
    let Form { id, key, content, consent_version, created_at, updated_at, version } = form;
    let FormContent { store_id, source, name, language, title, intro, thanks, fields, origins, consent, active } =
        content;
    Ok(Model {
        id: id.0,
        key: key.clone(),
        store_id: store_id.0,
        source_code: source.0.clone(),
        name: name.clone(),
        language: language.as_str().to_owned(),
        title: title.clone(),
        intro: intro.clone(),
        thanks: thanks.clone(),
        fields: column("fields").write(fields)?,
        origins: column("origins").write(origins)?,
        consent: consent.clone(),
        consent_version: *consent_version,
        active: *active,
        created_at: *created_at,
        updated_at: *updated_at,
        version: *version,
    })
}

fn to_form(row: Model) -> Result<Form, Error> {
    let Model {
        id, key, store_id, source_code, name, language, title, intro, thanks, fields, origins, consent, ..
    } = row;
    Ok(Form {
        id: FormId(id),
        key,
        content: FormContent {
            store_id: StoreId(store_id),
            source: SourceCode(source_code),
            name,
            language: column("language").read_text(language)?,
            title,
            intro,
            thanks,
            fields: column("fields").read(fields)?,
            origins: column("origins").read(origins)?,
            consent,
            active: row.active,
        },
        consent_version: row.consent_version,
        created_at: row.created_at,
        updated_at: row.updated_at,
        version: row.version,
    })
}
