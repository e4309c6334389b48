//! 顧客 as rows, and by what they can be found again: their handles.

use noren_domain::contact::Address;
use noren_domain::customer::{Customer, Handle, handles};
use noren_domain::sync::{Recorded, Stream};
use noren_domain::{Timestamp, search};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryTrait};

use super::{Copied, PARAMETERS, statements};
use crate::entity::{customer, customer_handle};
use crate::json::Place;
use crate::{Conn as _, Error, Tx};

const TABLE: &str = "customers";
/// How many handles one statement writes: so many that few statements are of another size and have to be prepared.
const HANDLES: usize = 250;

impl Copied for Customer {
    const STREAM: Stream = Stream::Customers;
    const KEY: &'static str = "customer_code";

    type Row = customer::ActiveModel;

    fn key(&self) -> &str {
        self.customer_code.as_str()
    }

    fn to_row(recorded: &Recorded<Self>, read_at: Timestamp) -> Result<customer::ActiveModel, Error> {
        let Recorded { revision, changed_at, record } = recorded;
        let Address { postal_code, prefecture, city, town, street, building } = record.address.clone();
        let row = customer::Model {
            customer_code: record.customer_code.to_string(),
            revision: *revision,
            changed_at: *changed_at,
            read_at,
            kind: record.kind.as_str().to_owned(),
            name: record.name.clone(),
            kana: record.kana.clone(),
            contact_name: record.contact_name.clone(),
            birthday: record.birthday.map(|day| day.to_string()),
            phones: Place(TABLE, "phones").write(&record.phones)?,
            mails: Place(TABLE, "mails").write(&record.mails)?,
            postal_code,
            prefecture,
            city,
            town,
            street,
            building,
            store_code: record.store_code.to_string(),
            staff_code: record.staff_code.as_ref().map(ToString::to_string),
            since: record.since.to_string(),
            sort_key: search::fold(record.kana.as_deref().unwrap_or(&record.name)),
            search_key: search_key(record),
        };
        Ok(row.into_active_model())
    }

    async fn follow(tx: &Tx, records: &[&Recorded<Self>]) -> Result<(), Error> {
        use customer_handle::{Column, Entity, Model};
        let known = OnConflict::columns([Column::Kind, Column::Handle, Column::CustomerCode]).do_nothing().to_owned();
        let rows: Vec<Model> = records.iter().flat_map(|recorded| rows_of(&recorded.record)).collect();
        let inserts = rows.chunks(HANDLES).map(|chunk| {
            let rows = chunk.iter().cloned().map(IntoActiveModel::into_active_model);
            Ok(Entity::insert_many(rows).on_conflict(known.clone()).into_query())
        });
        statements::run(tx, inserts).await?;
        Ok(())
    }

    async fn clear(tx: &Tx, codes: &[&str]) -> Result<(), Error> {
        use customer_handle::{Column, Entity};
        for chunk in codes.chunks(PARAMETERS) {
            let of_these = Column::CustomerCode.is_in(chunk.iter().copied());
            Entity::delete_many().filter(of_these).exec(tx.inner()).await?;
        }
        Ok(())
    }
}

fn rows_of(customer: &Customer) -> Vec<customer_handle::Model> {
    let row = |Handle { kind, text }: Handle| customer_handle::Model {
        customer_code: customer.customer_code.to_string(),
        kind: kind.as_str().to_owned(),
        handle: text,
    };
    handles(customer).into_iter().map(row).collect()
}

/// By what they are found: names, readings, numbers, addresses of mail, and where they live.
fn search_key(customer: &Customer) -> String {
    let Customer { customer_code, name, kana, contact_name, phones, mails, address, .. } = customer;
    let texts = [Some(customer_code.as_str()), Some(name), kana.as_deref(), contact_name.as_deref()];
    let place = [&address.city, &address.town].into_iter().flatten().map(String::as_str);
    let reach = phones.iter().chain(mails).map(String::as_str);
    search::key(texts.into_iter().flatten().chain(reach).chain(place))
}
