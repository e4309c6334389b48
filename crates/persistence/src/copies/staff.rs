//! スタッフ of EXTREME's as rows.

use noren_domain::Timestamp;
use noren_domain::staff_record::StaffRecord;
use noren_domain::sync::{Recorded, Stream};
use sea_orm::IntoActiveModel;

use super::Copied;
use crate::Error;
use crate::entity::extreme_staff;
use crate::json::Place;

impl Copied for StaffRecord {
    const STREAM: Stream = Stream::Staff;
    const KEY: &'static str = "staff_code";

    type Row = extreme_staff::ActiveModel;

    fn key(&self) -> &str {
        self.staff_code.as_str()
    }

    fn to_row(recorded: &Recorded<Self>, read_at: Timestamp) -> Result<extreme_staff::ActiveModel, Error> {
        let Recorded { revision, changed_at, record } = recorded;
        let row = extreme_staff::Model {
            staff_code: record.staff_code.to_string(),
            revision: *revision,
            changed_at: *changed_at,
            read_at,
            record: Place("extreme_staff", "record").write(record)?,
        };
        Ok(row.into_active_model())
    }
}
