use chrono::DateTime;

use super::*;

async fn write(db: &Db, statement: &str) -> (Tx, Result<(), Error>) {
    let tx = db.begin(Actor::system(DateTime::UNIX_EPOCH)).await.unwrap();
    let done = tx.inner().execute_unprepared(statement).await;
    (tx, done.map(drop).map_err(Error::from))
}

#[tokio::test]
async fn what_is_written_after_the_disk_was_full_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("noren.sqlite3").display());
    let settings = Settings { url, max_connections: 2, audit_key: AuditKey([7; 32]) };
    let db = Db::connect(&settings).await.unwrap();
    let writer = db.writer.clone().unwrap().pool;
    writer.execute_unprepared("CREATE TABLE shelf (item text); PRAGMA max_page_count = 8").await.unwrap();

    let (tx, refused) = write(&db, "INSERT INTO shelf VALUES (hex(zeroblob(100000)))").await;
    assert!(refused.unwrap_err().to_string().contains("full"));
    drop(tx);
    writer.execute_unprepared("PRAGMA max_page_count = 1000000").await.unwrap();

    let (tx, written) = write(&db, "INSERT INTO shelf VALUES ('thought better of')").await;
    written.unwrap();
    drop(tx);
    let (tx, written) = write(&db, "INSERT INTO shelf VALUES ('acknowledged')").await;
    written.unwrap();
    tx.commit().await.unwrap();

    let items = Statement::from_string(DbBackend::Sqlite, "SELECT group_concat(item) FROM shelf");
    let items = db.pool.query_one_raw(items).await.unwrap().unwrap();
    assert_eq!(items.try_get_by_index::<Option<String>>(0).unwrap().as_deref(), Some("acknowledged"));
}
