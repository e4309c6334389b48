//! When something that one process has taken for a while is free again: in time, or because no process can have taken it for so
//! long. Whoever took it had a clock of their own, which may have been set back since.

use chrono::TimeDelta;
use noren_domain::Timestamp;
use noren_domain::clock::SKEW;
use sea_orm::{ColumnTrait, Condition};

/// Whether what was taken until then, for `life` at most, may be taken by others.
pub(crate) fn is_over(until: impl ColumnTrait, now: Timestamp, life: TimeDelta) -> Condition {
    Condition::any().add(until.is_null()).add(has_come(until, now, life))
}

/// Whether an instant is over that lay `ahead` at most when it was written.
pub(crate) fn has_come(instant: impl ColumnTrait, now: Timestamp, ahead: TimeDelta) -> Condition {
    Condition::any().add(instant.lte(now)).add(instant.gt(now + ahead + SKEW))
}

#[cfg(test)]
mod tests {
    use noren_domain::sync::Stream;
    use uuid::Uuid;

    use super::*;
    use crate::audit::AuditKey;
    use crate::extreme::{Lease, take};
    use crate::{Actor, Db, Settings};

    async fn takes(db: &Db, holder: u128, at: Timestamp) -> bool {
        let lease = Lease { stream: Stream::Vehicles, holder: Uuid::from_u128(holder) };
        let taken = db.write::<_, crate::Error>(Actor::system(at), async |tx| take(tx, lease, life()).await);
        taken.await.unwrap()
    }

    fn life() -> TimeDelta {
        TimeDelta::minutes(2)
    }

    #[tokio::test]
    async fn a_clock_that_is_set_back_keeps_nobody_out_for_long() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("noren.sqlite3").display());
        let settings = Settings { url, max_connections: 2, audit_key: AuditKey([7; 32]) };
        Db::migrate(&settings).await.unwrap();
        let db = Db::connect(&settings).await.unwrap();
        let now = Timestamp::from_timestamp(1_764_000_000, 0).unwrap();

        assert!(takes(&db, 1, now).await);
        assert!(!takes(&db, 2, now + TimeDelta::minutes(1)).await, "it is the first one's");
        assert!(!takes(&db, 2, now - SKEW).await, "clocks differ a little");
        assert!(takes(&db, 2, now - TimeDelta::days(1)).await, "nobody has taken it for that long");
        assert!(!takes(&db, 1, now - TimeDelta::days(1)).await);
        assert!(takes(&db, 1, now).await, "its time has come");
    }
}
