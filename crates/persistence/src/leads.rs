//! 見込み客 as rows. Every read takes the [`Viewer`], so that nobody can forget who looks.

use noren_domain::code::CustomerCode;
use noren_domain::contact::Address;
use noren_domain::kana::Kana;
use noren_domain::lead::{Lead, LeadStatus, Profile, Temperature, WantedCar};
use noren_domain::lead_source::SourceCode;
use noren_domain::tag::LeadTag;
use noren_domain::viewer::Viewer;
use noren_domain::{LeadId, StaffId, StoreId, TagId, Yen, search};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, LikeExpr, LockType, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, IntoActiveModel,
    Iterable, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

use crate::entity::lead::{Column, Entity, Model};
use crate::entity::lead_tag;
use crate::json::Place;
use crate::lead_order::{Keys, position};
use crate::{Conn, Error, Page, PageRequest, Tx, lead_search, notes, tags};

pub use crate::lead_order::Sort;

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
    pub tag: Option<TagId>,
}

/// Whose leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignee {
    Is(StaffId),
    Nobody,
}

/// The lead, if it exists for this viewer.
///
/// # Errors
/// Database errors.
pub async fn find(conn: &impl Conn, viewer: &Viewer, id: LeadId) -> Result<Option<Lead>, Error> {
    let row = Entity::find_by_id(id.0).filter(visible_to(viewer)).one(conn.inner()).await?;
    Ok(to_leads(conn, row.into_iter().collect()).await?.pop())
}

/// Whom of EXTREME's customers a lead is, for what Noren does by itself.
///
/// # Errors
/// Database errors.
pub async fn customer_of(conn: &impl Conn, id: LeadId) -> Result<Option<CustomerCode>, Error> {
    let code = Entity::find_by_id(id.0).select_only().column(Column::CustomerCode);
    let code: Option<Option<String>> = code.into_tuple().one(conn.inner()).await?;
    code.flatten().map(|code| column("customer_code").read_text(code)).transpose()
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
    Ok(to_leads(tx, query.one(tx.inner()).await?.into_iter().collect()).await?.pop())
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
    to_leads(conn, rows).await
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
    let keys = Keys::of(sort, filter.tag.is_some());
    let mut query = listed(conn, viewer, filter);
    if let Some(after) = &page.after {
        query = query.filter(keys.behind(sort, after)?);
    }
    let Keys { by, id, order } = keys;
    let rows = query.order_by(by, order.clone()).order_by(id, order).limit(page.limit + 1).all(conn.inner()).await?;
    // The position is the column's, which is what the next page is compared with.
    let page = Page::cut(rows, page.limit, |row| position(sort, row));
    Ok(Page { items: to_leads(conn, page.items).await?, next: page.next })
}

/// Those of the leads of these customers that exist for this viewer, the last that asked first, and how many more there are.
///
/// # Errors
/// Database errors.
pub async fn of_customers(
    conn: &impl Conn,
    viewer: &Viewer,
    codes: &[String],
    limit: u64,
) -> Result<(Vec<Lead>, u64), Error> {
    let theirs = || Entity::find().filter(Column::CustomerCode.is_in(codes.iter().map(String::as_str)));
    let newest = theirs().filter(visible_to(viewer)).order_by_desc(Column::ReceivedAt).order_by_desc(Column::Id);
    let seen = to_leads(conn, newest.limit(limit).all(conn.inner()).await?).await?;
    let all = theirs().count(conn.inner()).await?;
    let more = all.saturating_sub(u64::try_from(seen.len()).unwrap_or(u64::MAX));
    Ok((seen, more))
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
        let lead = to_lead(row, Vec::new())?;
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
    Ok(listed(conn, viewer, filter).count(conn.inner()).await?)
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
    to_leads(tx, rows).await
}

fn open_and_assigned(assignee: StaffId) -> Condition {
    let open = LeadStatus::ALL.into_iter().filter(|status| status.is_open()).map(LeadStatus::as_str);
    Condition::all().add(Column::AssigneeId.eq(assignee.0)).add(Column::Status.is_in(open))
}

/// Stores a new lead with its tags and its search index.
///
/// # Errors
/// `Conflict` when store, assignee, source or a tag is unknown.
pub async fn insert(tx: &Tx, lead: &Lead) -> Result<(), Error> {
    let row = to_row(lead)?;
    let key = row.search_key.clone();
    Entity::insert(row.into_active_model()).exec_without_returning(tx.inner()).await?;
    tags::add(tx, lead).await?;
    lead_search::put(tx, lead.id, &key).await
}

/// Stores new leads in one statement, without their tags; PostgreSQL keeps its search index in the same row.
pub(crate) async fn insert_many(tx: &Tx, leads: &[Lead]) -> Result<(), Error> {
    let backend = tx.inner().get_database_backend();
    let columns = || Column::iter().map(|column| Alias::new(IdenStatic::as_str(&column)));
    let mut insert = Query::insert();
    insert.into_table(Entity);
    match backend {
        DbBackend::Postgres => insert.columns(columns().chain([Alias::new(lead_search::COLUMN)])),
        _ => insert.columns(columns()),
    };
    for lead in leads {
        let row = to_row(lead)?;
        let key = row.search_key.clone();
        let mut row = row.into_active_model();
        let values: Vec<_> = Column::iter().filter_map(|column| row.take(column).into_value()).map(Expr::val).collect();
        let index = (backend == DbBackend::Postgres).then(|| lead_search::tokens_of(&key));
        insert.values_panic(values.into_iter().chain(index));
    }
    tx.inner().execute(&insert).await?;
    Ok(())
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
    tags::put(tx, lead).await?;
    lead_search::put(tx, lead.id, &key).await
}

fn visible_to(viewer: &Viewer) -> Condition {
    let stores = viewer.store_filter().map(|stores| Column::StoreId.is_in(stores.iter().map(|store| store.0)));
    // Somebody whom the screen is not turned to is somebody else, and so is everybody where it is turned to nobody in particular.
    let turned = viewer.customer_view.map(|view| Column::Id.eq(view.lead.map_or_else(uuid::Uuid::nil, |lead| lead.0)));
    Condition::all().add_option(stores).add_option(turned)
}

/// The leads of this viewer that match the filter; those of a tag with its row.
fn listed(conn: &impl Conn, viewer: &Viewer, filter: &Filter) -> Select<Entity> {
    let mut query = Entity::find().filter(visible_to(viewer)).filter(matching(conn, filter));
    if filter.tag.is_some() {
        let same = Expr::col((lead_tag::Entity, lead_tag::Column::LeadId)).equals((Entity, Column::Id));
        QueryTrait::query(&mut query).inner_join(lead_tag::Entity, same);
    }
    query
}

fn matching(conn: &impl Conn, filter: &Filter) -> Condition {
    let Filter { terms, status, store, assignee, source, temperature, tag } = filter;
    let mut all = Condition::all()
        .add_option(tag.map(|tag| lead_tag::Column::TagId.eq(tag.0)))
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

fn to_row(lead: &Lead) -> Result<Model, Error> {
    let Lead { id, store_id, assignee_id, status, profile, .. } = lead;
    let Lead { received_at, first_responded_at, updated_at, erased_at, version, .. } = lead;
    let Profile { source, name, kana, company, phones, mails, address, wanted_car, temperature, tags: _, note } =
        profile;
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
        customer_code: lead.customer_code.as_ref().map(ToString::to_string),
        sort_key: profile.sort_key(),
        search_key: profile.search_key(),
        received_at: *received_at,
        first_responded_at: *first_responded_at,
        updated_at: *updated_at,
        erased_at: *erased_at,
        version: *version,
    })
}

/// The leads of these rows, with the tags of all of them by one query.
async fn to_leads(conn: &impl Conn, rows: Vec<Model>) -> Result<Vec<Lead>, Error> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut tags = tags::of_leads(conn, rows.iter().map(|row| row.id)).await?;
    let lead = |row: Model| {
        let tags = tags.remove(&row.id).unwrap_or_default();
        to_lead(row, tags)
    };
    rows.into_iter().map(lead).collect()
}

fn to_lead(row: Model, tags: Vec<LeadTag>) -> Result<Lead, Error> {
    let kana = match (row.kana, row.kana_typed) {
        (Some(katakana), Some(typed)) => Some(Kana { typed, katakana }),
        _ => None,
    };
    let temperature = row.temperature.map(|text| column("temperature").read_text(text)).transpose()?;
    let customer_code = row.customer_code.map(|text| column("customer_code").read_text(text)).transpose()?;
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
            tags,
            note: row.note,
        },
        customer_code,
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
