//! 会社 as its one row, with what its first run keeps there.

use noren_domain::company::{Company, CompanyProfile, InvoiceNumber, SetupStep};
use noren_domain::contact::Address;
use sea_orm::sea_query::LockType;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect};

use crate::entity::company::{ActiveModel, Column, Entity, Model};
use crate::json::Place;
use crate::{Conn, Error, Tx};

/// The id of the one row, which the schema brings along.
const ONE: i32 = 1;

/// # Errors
/// Database errors.
pub async fn read(conn: &impl Conn) -> Result<Company, Error> {
    to_company(found(Entity::find_by_id(ONE).one(conn.inner()).await?)?)
}

/// The company with the hash of the code that opens an empty house; locked until the unit of work ends.
///
/// # Errors
/// Database errors.
pub async fn lock(tx: &Tx) -> Result<(Company, Option<Vec<u8>>), Error> {
    let mut query = Entity::find_by_id(ONE);
    if tx.inner().get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::Update);
    }
    let row = found(query.one(tx.inner()).await?)?;
    let code = row.setup_code.clone();
    Ok((to_company(row)?, code))
}

/// Stores a changed profile or logo, and the version counts up, if nobody else changed them since they were read.
///
/// # Errors
/// `Stale` when somebody did.
pub async fn update(tx: &Tx, company: &mut Company) -> Result<(), Error> {
    let seen = company.version;
    company.version += 1;
    let Company { profile, logo, setup_step: _, version } = company.clone();
    let CompanyProfile { name, kana, trade_name, address, phone, invoice_number, language } = profile;
    let Address { postal_code, prefecture, city, town, street, building } = address;
    let change = ActiveModel {
        name: Set(name),
        kana: Set(kana),
        trade_name: Set(trade_name),
        postal_code: Set(postal_code),
        prefecture: Set(prefecture),
        city: Set(city),
        town: Set(town),
        street: Set(street),
        building: Set(building),
        phone: Set(phone.map(|phone| column("phone").write(&phone)).transpose()?),
        invoice_number: Set(invoice_number.map(|number| number.as_str().to_owned())),
        language: Set(language.as_str().to_owned()),
        logo: Set(logo.map(|logo| column("logo").write(&logo)).transpose()?),
        version: Set(version),
        ..ActiveModel::default()
    };
    let of_version = Entity::update_many().set(change).filter(Column::Version.eq(seen));
    let outcome = of_version.exec(tx.inner()).await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Keeps how far the first run came.
///
/// # Errors
/// Database errors.
pub async fn set_setup_step(tx: &Tx, step: Option<SetupStep>) -> Result<(), Error> {
    let step = step.map(|step| step.as_str().to_owned());
    let change = ActiveModel { setup_step: Set(step), ..ActiveModel::default() };
    Entity::update_many().set(change).filter(Column::Id.eq(ONE)).exec(tx.inner()).await?;
    Ok(())
}

/// Keeps the hash of the code that opens an empty house, in the place of the one before.
///
/// # Errors
/// Database errors.
pub async fn set_setup_code(tx: &Tx, hash: Option<[u8; 32]>) -> Result<(), Error> {
    let change = ActiveModel { setup_code: Set(hash.map(|hash| hash.to_vec())), ..ActiveModel::default() };
    Entity::update_many().set(change).filter(Column::Id.eq(ONE)).exec(tx.inner()).await?;
    Ok(())
}

fn found(row: Option<Model>) -> Result<Model, Error> {
    row.ok_or_else(|| column("id").corrupt("no row".to_owned()))
}

fn to_company(row: Model) -> Result<Company, Error> {
    let Model { name, kana, trade_name, phone, invoice_number, language, logo, setup_step, version, .. } = row;
    let Model { postal_code, prefecture, city, town, street, building, .. } = row;
    let number = |text: String| InvoiceNumber::parse(&text).map_err(|_| column("invoice_number").corrupt(text));
    let profile = CompanyProfile {
        name,
        kana,
        trade_name,
        address: Address { postal_code, prefecture, city, town, street, building },
        phone: phone.map(|phone| column("phone").read(phone)).transpose()?,
        invoice_number: invoice_number.map(number).transpose()?,
        language: column("language").read_text(language)?,
    };
    Ok(Company {
        profile,
        logo: logo.map(|logo| column("logo").read(logo)).transpose()?,
        setup_step: setup_step.map(|step| column("setup_step").read_text(step)).transpose()?,
        version,
    })
}

fn column(name: &'static str) -> Place {
    Place("company", name)
}
