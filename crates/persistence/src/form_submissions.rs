//! What was sent through forms, as rows.

use noren_domain::form::{Submission, SubmissionState, Visit};
use noren_domain::viewer::Viewer;
use noren_domain::{FormId, FormSubmissionId, LeadId, StoreId, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::entity::form_submission::{Column, Entity, Model};
use crate::json::Place;
use crate::{Conn, Error, Page, PageRequest, Position, Tx};

/// Stores a submission; `false` when the same one came before.
///
/// # Errors
/// Database errors.
pub async fn insert(tx: &Tx, submission: &Submission) -> Result<bool, Error> {
    let once = OnConflict::columns([Column::FormId, Column::Key]).do_nothing().to_owned();
    let row = to_row(submission)?.into_active_model();
    Ok(Entity::insert(row).on_conflict(once).exec_without_returning(tx.inner()).await? == 1)
}

/// The submission, if it came to a store of this viewer.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, viewer: &Viewer, id: FormSubmissionId) -> Result<Option<Submission>, Error> {
    Entity::find_by_id(id.0).filter(visible_to(viewer)).one(conn.inner()).await?.map(to_submission).transpose()
}

/// One page of the submissions in a state, the newest first.
///
/// # Errors
/// Database errors; `Corrupt` for a position that is not of this list.
pub async fn page(
    conn: &impl Conn,
    viewer: &Viewer,
    state: Option<SubmissionState>,
    page: &PageRequest,
) -> Result<Page<Submission>, Error> {
    let of_state = state.map(|state| Column::State.eq(state.as_str()));
    let mut query = Entity::find().filter(visible_to(viewer)).filter(Condition::all().add_option(of_state));
    if let Some(after) = &page.after {
        let at: Timestamp = after.sort.parse().map_err(|_| column("received_at").corrupt(after.sort.clone()))?;
        let same = Condition::all().add(Column::ReceivedAt.eq(at)).add(Column::Id.lt(after.id));
        query = query.filter(Condition::any().add(Column::ReceivedAt.lt(at)).add(same));
    }
    let rows = query
        .order_by_desc(Column::ReceivedAt)
        .order_by_desc(Column::Id)
        .limit(page.limit + 1)
        .all(conn.inner())
        .await?;
    let page = Page::cut(rows, page.limit, |row| Position {
        sort: row.received_at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
        id: row.id,
    });
    Ok(Page { items: page.items.into_iter().map(to_submission).collect::<Result<_, _>>()?, next: page.next })
}

/// How many are held for this viewer.
///
/// # Errors
/// Database errors.
pub async fn count_held(conn: &impl Conn, viewer: &Viewer) -> Result<u64, Error> {
    let held = Entity::find().filter(visible_to(viewer)).filter(Column::State.eq(SubmissionState::Held.as_str()));
    Ok(held.count(conn.inner()).await?)
}

/// Settles what becomes of a submission that is held.
///
/// # Errors
/// `Stale` when somebody else did before.
pub async fn settle(tx: &Tx, id: FormSubmissionId, state: SubmissionState) -> Result<(), Error> {
    let outcome = Entity::update_many()
        .col_expr(Column::State, Expr::val(state.as_str()))
        .col_expr(Column::SettledAt, Expr::value(tx.at()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id.0))
        .filter(Column::State.eq(SubmissionState::Held.as_str()))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Says which lead a submission has opened.
///
/// # Errors
/// Database errors.
pub async fn link(tx: &Tx, id: FormSubmissionId, lead: LeadId) -> Result<(), Error> {
    let opened = Entity::update_many().col_expr(Column::LeadId, Expr::val(lead.0)).filter(Column::Id.eq(id.0));
    opened.exec(tx.inner()).await?;
    Ok(())
}

/// Whether what is stored under the submission's key is the same submission.
///
/// # Errors
/// Database errors.
pub async fn is_repeat(conn: &impl Conn, submission: &Submission) -> Result<bool, Error> {
    let of_key = Entity::find()
        .filter(Column::FormId.eq(submission.form_id.0))
        .filter(Column::Key.eq(&submission.key))
        .filter(Column::Raw.eq(&submission.raw));
    Ok(of_key.count(conn.inner()).await? > 0)
}

/// Empties what was sent by the person of a lead, and says in which submissions.
///
/// # Errors
/// Database errors.
pub async fn erase(tx: &Tx, lead: LeadId) -> Result<Vec<FormSubmissionId>, Error> {
    let mut erased = Vec::new();
    for row in Entity::find().filter(Column::LeadId.eq(lead.0)).all(tx.inner()).await? {
        let emptied = to_submission(row)?.without_person();
        erased.push(emptied.id);
        Entity::update(to_row(&emptied)?.into_active_model().reset_all()).exec(tx.inner()).await?;
    }
    Ok(erased)
}

/// Forgets what was dismissed before an instant.
///
/// # Errors
/// Database errors.
pub async fn purge(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    let old = Entity::delete_many()
        .filter(Column::State.eq(SubmissionState::Dismissed.as_str()))
        .filter(Column::SettledAt.lt(before));
    Ok(old.exec(tx.inner()).await?.rows_affected)
}

fn visible_to(viewer: &Viewer) -> Condition {
    let stores = viewer.store_filter().map(|stores| Column::StoreId.is_in(stores.iter().map(|store| store.0)));
    Condition::all().add_option(stores)
}

fn column(name: &'static str) -> Place {
    Place("form_submissions", name)
}

fn to_row(submission: &Submission) -> Result<Model, Error> {
    let Submission { visit: Visit { landing_page, referrer, campaign }, .. } = submission;
    Ok(Model {
        id: submission.id.0,
        form_id: submission.form_id.0,
        store_id: submission.store_id.0,
        key: submission.key.clone(),
        state: submission.state.as_str().to_owned(),
        suspicions: column("suspicions").write(&submission.suspicions)?,
        content_type: submission.content_type.clone(),
        raw: submission.raw.clone(),
        answers: column("answers").write(&submission.answers)?,
        consent_version: submission.consent_version,
        landing_page: landing_page.clone(),
        referrer: referrer.clone(),
        campaign: column("campaign").write(campaign)?,
        origin: submission.origin.clone(),
        network: submission.network.clone(),
        received_at: submission.received_at,
        settled_at: submission.settled_at,
        lead_id: submission.lead_id.map(|id| id.0),
        version: submission.version,
    })
}

fn to_submission(row: Model) -> Result<Submission, Error> {
    Ok(Submission {
        id: FormSubmissionId(row.id),
        form_id: FormId(row.form_id),
        store_id: StoreId(row.store_id),
        key: row.key,
        state: column("state").read_text(row.state)?,
        suspicions: column("suspicions").read(row.suspicions)?,
        content_type: row.content_type,
        raw: row.raw,
        answers: column("answers").read(row.answers)?,
        consent_version: row.consent_version,
        visit: Visit {
            landing_page: row.landing_page,
            referrer: row.referrer,
            campaign: column("campaign").read(row.campaign)?,
        },
        origin: row.origin,
        network: row.network,
        received_at: row.received_at,
        settled_at: row.settled_at,
        lead_id: row.lead_id.map(LeadId),
        version: row.version,
    })
}
