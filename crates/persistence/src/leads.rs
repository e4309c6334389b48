//! 見込み客 as rows. Every read takes the [`Viewer`], so that nobody can forget who looks.

use noren_domain::contact::Address;
use noren_domain::kana::Kana;
use noren_domain::lead::{Lead, LeadStatus, Profile, Temperature, WantedCar};
use noren_domain::lead_source::SourceCode;
use noren_domain::viewer::Viewer;
use noren_domain::{LeadId, StaffId, StoreId, Timestamp, Yen, search};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr, LockType, SelectStatement, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel, Order,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use crate::entity::lead::{Column, Entity, Model};
use crate::json::Place;
use crate::{Conn, Error, Page, PageRequest, Position, Tx, lead_search, notes};

/// The note of which keys the leads are indexed by.
const EDITION: &str = "leads.search_edition";
/// Leads in one unit of work.
const CHUNK: u64 = 500;

/// Which leads to list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Folded search terms ([`noren_domain::search::terms`]); a lead matches all of them.
    pub terms: Vec<String>,
    pub status: Option<LeadStatus>,
    pub store: Option<StoreId>,
    pub assignee: Option<Assignee>,
    pub source: Option<SourceCode>,
    pub temperature: Option<Temperature>,
}

/// Whose leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignee {
    Is(StaffId),
    Nobody,
}

/// In which order; all end in the id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
    Updated,
    Kana,
}

/// The lead, if it exists for this viewer.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, viewer: &Viewer, id: LeadId) -> Result<Option<Lead>, Error> {
    let row = Entity::find_by_id(id.0).filter(visible_to(viewer)).one(conn.inner()).await?;
    row.map(to_lead).transpose()
}

/// The lead, if it exists for this viewer, locked until the unit of work ends.
///
/// # Errors
/// Database errors.
pub async fn lock(tx: &Tx, viewer: &Viewer, id: LeadId) -> Result<Option<Lead>, Error> {
    locked(tx, viewer, id, LockType::Update).await
}

/// The same for one of many who write beside it, so that nothing of theirs outlives an erasure.
///
/// # Errors
/// Database errors.
pub async fn hold(tx: &Tx, viewer: &Viewer, id: LeadId) -> Result<Option<Lead>, Error> {
    locked(tx, viewer, id, LockType::Share).await
}

async fn locked(tx: &Tx, viewer: &Viewer, id: LeadId, how: LockType) -> Result<Option<Lead>, Error> {
    let mut query = Entity::find_by_id(id.0).filter(visible_to(viewer));
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(how);
    }
    query.one(tx.inner()).await?.map(to_lead).transpose()
}

/// Those of these leads that exist for this viewer, in no order.
///
/// # Errors
/// Database errors.
pub async fn several(
    conn: &impl Conn,
    viewer: &Viewer,
    ids: impl Iterator<Item = uuid::Uuid>,
) -> Result<Vec<Lead>, Error> {
    let rows = Entity::find().filter(Column::Id.is_in(ids)).filter(visible_to(viewer)).all(conn.inner()).await?;
    rows.into_iter().map(to_lead).collect()
}

/// The ids of all leads that exist for this viewer, for a query about what belongs to them.
pub(crate) fn ids(viewer: &Viewer) -> SelectStatement {
    Entity::find().select_only().column(Column::Id).filter(visible_to(viewer)).into_query()
}

/// One page of the leads that exist for this viewer and match the filter.
///
/// # Errors
/// Database errors; `Corrupt` for a position that is not of this sort order.
pub async fn page(
    conn: &impl Conn,
    viewer: &Viewer,
    filter: &Filter,
    sort: Sort,
    page: &PageRequest,
) -> Result<Page<Lead>, Error> {
    let (column, order) = match sort {
        Sort::Newest => (Column::ReceivedAt, Order::Desc),
        Sort::Oldest => (Column::ReceivedAt, Order::Asc),
        Sort::Updated => (Column::UpdatedAt, Order::Desc),
        Sort::Kana => (Column::SortKey, Order::Asc),
    };
    let mut query = Entity::find().filter(visible_to(viewer)).filter(matching(conn, filter));
    if let Some(after) = &page.after {
        query = query.filter(behind(after, column, &order)?);
    }
    let rows = query
        .order_by(column, order.clone())
        .order_by(Column::Id, order)
        .limit(page.limit + 1)
        .all(conn.inner())
        .await?;
    // The position is the column's, which is what the next page is compared with.
    let page = Page::cut(rows, page.limit, |row| Position { sort: sort_value(sort, row), id: row.id });
    Ok(Page { items: page.items.into_iter().map(to_lead).collect::<Result<Vec<_>, _>>()?, next: page.next })
}

/// Whether every lead is indexed by the keys of this build.
///
/// # Errors
/// Database errors.
pub async fn is_indexed(conn: &impl Conn) -> Result<bool, Error> {
    Ok(notes::get(conn, EDITION).await?.as_deref() == Some(search::EDITION))
}

/// Makes the keys of some leads anew; says where to go on, or notes that all are done.
///
/// # Errors
/// Database errors.
pub async fn index_again(tx: &Tx, after: Option<LeadId>) -> Result<Option<LeadId>, Error> {
    let mut query = Entity::find().order_by_asc(Column::Id).limit(CHUNK);
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after.0));
    }
    let rows = query.all(tx.inner()).await?;
    let last = rows.last().map(|row| LeadId(row.id));
    for row in rows {
        let lead = to_lead(row)?;
        let (sort_key, search_key) = (lead.profile.sort_key(), lead.profile.search_key());
        let stored = Entity::update_many()
            .col_expr(Column::SortKey, Expr::val(sort_key))
            .col_expr(Column::SearchKey, Expr::val(search_key.clone()))
            .filter(Column::Id.eq(lead.id.0))
            .filter(Column::Version.eq(lead.version))
            .exec(tx.inner())
            .await?;
        // Who changed it meanwhile has written the keys of their build.
        if stored.rows_affected == 1 {
            lead_search::put(tx, lead.id, &search_key).await?;
        }
    }
    if last.is_none() {
        notes::set(tx, EDITION, search::EDITION).await?;
    }
    Ok(last)
}

/// How many leads exist for this viewer and match the filter.
///
/// # Errors
/// Database errors.
pub async fn count(conn: &impl Conn, viewer: &Viewer, filter: &Filter) -> Result<u64, Error> {
    Ok(Entity::find().filter(visible_to(viewer)).filter(matching(conn, filter)).count(conn.inner()).await?)
}

/// How many leads that are still worked on a person has, by store.
///
/// # Errors
/// Database errors.
pub async fn open_of(conn: &impl Conn, assignee: StaffId) -> Result<Vec<(StoreId, u64)>, Error> {
    let counted = Entity::find()
        .select_only()
        .column(Column::StoreId)
        .column_as(Column::Id.count(), "leads")
        .filter(open_and_assigned(assignee))
        .group_by(Column::StoreId)
        .order_by_asc(Column::StoreId);
    let rows = counted.into_tuple::<(uuid::Uuid, i64)>().all(conn.inner()).await?;
    Ok(rows.into_iter().map(|(store, leads)| (StoreId(store), leads.unsigned_abs())).collect())
}

/// Some of the leads that a person still works on at a store, the oldest first, locked until the unit of work ends.
///
/// # Errors
/// Database errors.
pub async fn lock_open_of(tx: &Tx, assignee: StaffId, store: StoreId, limit: u64) -> Result<Vec<Lead>, Error> {
    let mut query = Entity::find().filter(open_and_assigned(assignee)).filter(Column::StoreId.eq(store.0));
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    let rows = query.order_by_asc(Column::ReceivedAt).order_by_asc(Column::Id).limit(limit).all(tx.inner()).await?;
    rows.into_iter().map(to_lead).collect()
}

fn open_and_assigned(assignee: StaffId) -> Condition {
    let open = LeadStatus::ALL.into_iter().filter(|status| status.is_open()).map(LeadStatus::as_str);
    Condition::all().add(Column::AssigneeId.eq(assignee.0)).add(Column::Status.is_in(open))
}

/// Stores a new lead and its search index.
///
/// # Errors
/// `Conflict` when store, assignee or source is unknown.
pub async fn insert(tx: &Tx, lead: &Lead) -> Result<(), Error> {
    let row = to_row(lead)?;
    let key = row.search_key.clone();
    Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    lead_search::put(tx, lead.id, &key).await
}

/// Stores a changed lead, whose version counts up, if nobody else changed it since it was read.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn update(tx: &Tx, lead: &mut Lead) -> Result<(), Error> {
    let seen = lead.version;
    lead.version += 1;
    let row = to_row(lead)?;
    let key = row.search_key.clone();
    let outcome = Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(Column::Id.eq(lead.id.0))
        .filter(Column::Version.eq(seen))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected != 1 {
        return Err(Error::Stale);
    }
    lead_search::put(tx, lead.id, &key).await
}

fn visible_to(viewer: &Viewer) -> Condition {
    match viewer.store_filter() {
        Some(stores) => Condition::all().add(Column::StoreId.is_in(stores.iter().map(|store| store.0))),
        None => Condition::all(),
    }
}

fn matching(conn: &impl Conn, filter: &Filter) -> Condition {
    let Filter { terms, status, store, assignee, source, temperature } = filter;
    let mut all = Condition::all()
        .add_option(status.map(|status| Column::Status.eq(status.as_str())))
        .add_option(store.map(|store| Column::StoreId.eq(store.0)))
        .add_option(source.as_ref().map(|source| Column::SourceCode.eq(&source.0)))
        .add_option(temperature.map(|temperature| Column::Temperature.eq(temperature.as_str())))
        .add_option(assignee.map(|assignee| match assignee {
            Assignee::Is(staff) => Column::AssigneeId.eq(staff.0),
            Assignee::Nobody => Column::AssigneeId.is_null(),
        }));
    if !terms.is_empty() {
        all = all.add(lead_search::indexed(conn, terms));
    }
    for term in terms {
        let pattern = format!("%{}%", term.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        all = all.add(Expr::col((Entity, Column::SearchKey)).like(LikeExpr::new(pattern).escape('\\')));
    }
    all
}

/// The rows after a position: a later sort value, or the same one and a later id.
fn behind(after: &Position, column: Column, order: &Order) -> Result<Condition, Error> {
    let later = |column: Column, value: SimpleExpr| match order {
        Order::Desc => Expr::col((Entity, column)).lt(value),
        _ => Expr::col((Entity, column)).gt(value),
    };
    let value: SimpleExpr = if matches!(column, Column::SortKey) {
        Expr::val(after.sort.clone())
    } else {
        let at: Timestamp =
            after.sort.parse().map_err(|_| Place("leads", "received_at").corrupt(after.sort.clone()))?;
        Expr::val(at)
    };
    let same =
        Condition::all().add(Expr::col((Entity, column)).eq(value.clone())).add(later(Column::Id, Expr::val(after.id)));
    Ok(Condition::any().add(later(column, value)).add(same))
}

fn sort_value(sort: Sort, row: &Model) -> String {
    let instant = |at: Timestamp| at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    match sort {
        Sort::Newest | Sort::Oldest => instant(row.received_at),
        Sort::Updated => instant(row.updated_at),
        Sort::Kana => row.sort_key.clone(),
    }
}

fn to_row(lead: &Lead) -> Result<Model, Error> {
    let Lead { id, store_id, assignee_id, status, profile, .. } = lead;
    let Lead { received_at, first_responded_at, updated_at, erased_at, version, .. } = lead;
    let Profile { source, name, kana, company, phones, mails, address, wanted_car, temperature, note } = profile;
    let Address { postal_code, prefecture, city, town, street, building } = address.clone();
    let WantedCar { maker, model, body_type, budget, timing } = wanted_car.clone();
    Ok(Model {
        id: id.0,
        store_id: store_id.0,
        assignee_id: assignee_id.map(|id| id.0),
        status: status.as_str().to_owned(),
        source_code: source.0.clone(),
        name: name.clone(),
        kana: kana.as_ref().map(|kana| kana.katakana.clone()),
        kana_typed: kana.as_ref().map(|kana| kana.typed.clone()),
        company: company.clone(),
        phones: column("phones").write(phones)?,
        mails: column("mails").write(mails)?,
        postal_code,
        prefecture,
        city,
        town,
        street,
        building,
        wanted_maker: maker,
        wanted_model: model,
        wanted_body_type: body_type,
        wanted_budget: budget.map(|yen| yen.0),
        wanted_timing: timing,
        temperature: temperature.map(|temperature| temperature.as_str().to_owned()),
        note: note.clone(),
        sort_key: profile.sort_key(),
        search_key: profile.search_key(),
        received_at: *received_at,
        first_responded_at: *first_responded_at,
        updated_at: *updated_at,
        erased_at: *erased_at,
        version: *version,
    })
}

fn to_lead(row: Model) -> Result<Lead, Error> {
    let kana = match (row.kana, row.kana_typed) {
        (Some(katakana), Some(typed)) => Some(Kana { typed, katakana }),
        _ => None,
    };
    let temperature = row.temperature.map(|text| column("temperature").read_text(text)).transpose()?;
    Ok(Lead {
        id: LeadId(row.id),
        store_id: StoreId(row.store_id),
        assignee_id: row.assignee_id.map(StaffId),
        status: column("status").read_text(row.status)?,
        profile: Profile {
            source: SourceCode(row.source_code),
            name: row.name,
            kana,
            company: row.company,
            phones: column("phones").read(row.phones)?,
            mails: column("mails").read(row.mails)?,
            address: Address {
                postal_code: row.postal_code,
                prefecture: row.prefecture,
                city: row.city,
                town: row.town,
                street: row.street,
                building: row.building,
            },
            wanted_car: WantedCar {
                maker: row.wanted_maker,
                model: row.wanted_model,
                body_type: row.wanted_body_type,
                budget: row.wanted_budget.map(Yen),
                timing: row.wanted_timing,
            },
            temperature,
            note: row.note,
        },
        received_at: row.received_at,
        first_responded_at: row.first_responded_at,
        updated_at: row.updated_at,
        erased_at: row.erased_at,
        version: row.version,
    })
}

fn column(name: &'static str) -> Place {
    Place("leads", name)
}
