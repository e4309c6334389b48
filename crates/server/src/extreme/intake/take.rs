//! Taking the files that wait, one after the other: each is read whole, and kept whole or refused.

use std::time::Duration;

use actix_web::web::{Bytes, Data};
use chrono::TimeDelta;
use noren_domain::Timestamp;
use noren_domain::customer::{Customer, Inspection, MaintenanceRecord, Purchase};
use noren_domain::intake::{ColumnMap, IntakeState, MOST_VALUE, Reason, drops_too_much};
use noren_domain::results::{Sale, StockPurchase};
use noren_domain::staff::Role;
use noren_domain::staff_record::StaffRecord;
use noren_domain::sync::{Recorded, Revision, Stream};
use noren_domain::timeline::FieldChange;
use noren_domain::vehicle::Vehicle;
use noren_domain::viewer::{Principal, Viewer};
use noren_extreme::files::{self, FileRecord, House, Sheet};
use noren_persistence::copies::{self, Copied, Said};
use noren_persistence::extreme::{self, Lease};
use noren_persistence::extreme_intakes::{self as intakes, Claimed, Counts, Intake};
use noren_persistence::{Tx, extreme_column_maps as maps, stores};

use super::super::staff::agree_on_all;
use super::super::sync::{LIFE, system};
use super::wire;
use crate::Error;
use crate::app::App;

/// How often a file that nobody told this process of is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How long a file waits whose stream somebody else has just now.
const BUSY: TimeDelta = TimeDelta::seconds(1);
/// So many rows are kept as examples.
const EXAMPLES: usize = 3;
/// The code of a file that has ended its process too often.
const FAILED: &str = "file.failed";

/// Takes what waits, until the server stops.
pub async fn run(app: Data<App>) {
    loop {
        if let Err(error) = take_all(&app).await {
            tracing::error!(error = %error, "extreme.files_not_taken");
        }
        tokio::select! {
            () = app.intakes.wanted.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Takes every file that waits.
///
/// # Errors
/// Database errors, and when an original cannot be read.
pub async fn take_all(app: &App) -> Result<(), Error> {
    let _turn = app.intakes.turn.lock().await;
    // Looked at first without a write, because SQLite has one writer.
    while app.extreme.is_none() && intakes::is_any_waiting(&app.db, app.clock.now()).await? {
        match app.db.write(system(app), async |tx| intakes::claim(tx).await).await? {
            Some(Claimed::Mine(intake)) => take(app, *intake).await?,
            Some(Claimed::Deadly(mut intake)) => {
                intake.counts.wrong = 1;
                refuse(app, *intake, &[Reason::of_file(FAILED)]).await?;
            }
            None => {}
        }
    }
    Ok(())
}

async fn take(app: &App, intake: Intake) -> Result<(), Error> {
    match intake.stream {
        Stream::Vehicles => take_of::<Vehicle>(app, intake).await,
        Stream::Sales => take_of::<Sale>(app, intake).await,
        Stream::StockPurchases => take_of::<StockPurchase>(app, intake).await,
        Stream::Customers => take_of::<Customer>(app, intake).await,
        Stream::Purchases => take_of::<Purchase>(app, intake).await,
        Stream::MaintenanceRecords => take_of::<MaintenanceRecord>(app, intake).await,
        Stream::Inspections => take_of::<Inspection>(app, intake).await,
        Stream::Staff => take_of::<StaffRecord>(app, intake).await,
    }
}

/// A record that comes in files, and of which a copy is kept.
trait Filed: FileRecord + Copied + Clone + 'static {}

impl<T: FileRecord + Copied + Clone + 'static> Filed for T {}

async fn take_of<T: Filed>(app: &App, mut intake: Intake) -> Result<(), Error> {
    let (map, version) = maps::find(&app.db, intake.stream).await?;
    intake.map_version = Some(version);
    if let Some(before) = intakes::taken_before(&app.db, &intake, version).await? {
        (intake.state, intake.repeats) = (IntakeState::Repeated, Some(before));
        return app.db.write(system(app), async |tx| settle(tx, &intake, &[]).await.map(|_| ())).await;
    }
    let missing = || Error::Internal("an original is not among the files".to_owned());
    let bytes = app.files.original(&intake.hash).await?.ok_or_else(missing)?;
    let (house, is_whole, written_at) = (house(app).await?, map.is_whole_stock, intake.written_at);
    // Half a second for a large file, in which this thread serves others.
    let read = tokio::task::spawn_blocking(move || read::<T>(&bytes, &map, (&house, written_at)));
    let read = read.await.map_err(|error| Error::Internal(error.to_string()))?;
    (intake.headings, intake.first_rows) = (read.headings, read.first_rows);
    intake.counts = Counts { rows: read.rows, wrong: read.wrong, ..Counts::default() };
    if read.wrong > 0 {
        return refuse(app, intake, &read.reasons).await;
    }
    let outcome = app.db.write(system(app), async |tx| keep(tx, app, (&intake, is_whole), &read.records).await);
    match outcome.await? {
        Kept::Taken(Said { new, changed, unchanged, gone }) => {
            tracing::info!(stream = intake.stream.as_str(), new, changed, unchanged, gone, "extreme.file_taken");
        }
        Kept::Asking => tracing::warn!(stream = intake.stream.as_str(), "extreme.file_asks"),
        Kept::Later => {
            let until = app.clock.now() + BUSY;
            return Ok(app.db.write(system(app), async |tx| intakes::let_wait(tx, &intake, until).await).await?);
        }
    }
    if intake.stream == Stream::Staff { agree(app).await } else { Ok(()) }
}

/// All that a file says, with nothing of it kept yet.
struct Read<T> {
    headings: Vec<String>,
    first_rows: Vec<Vec<String>>,
    records: Vec<Recorded<T>>,
    reasons: Vec<Reason>,
    wrong: u64,
    rows: u64,
}

fn read<T: Filed>(bytes: &Bytes, map: &ColumnMap, (house, written_at): (&House, Timestamp)) -> Read<T> {
    let sheet = match Sheet::open(bytes) {
        Ok(sheet) => sheet,
        Err(reason) => {
            let (headings, first_rows, records) = (Vec::new(), Vec::new(), Vec::new());
            return Read { headings, first_rows, records, reasons: vec![reason], wrong: 1, rows: 0 };
        }
    };
    let files::Read { records, reasons, wrong, rows } = files::read::<T>(&sheet, map, house);
    let short = |cell: &str| cell.trim().chars().take(MOST_VALUE).collect();
    let first_rows = sheet.rows().take(EXAMPLES).map(|line| line.cells.iter().map(short).collect()).collect();
    let recorded = |record| Recorded { revision: 0, changed_at: written_at, record };
    Read {
        headings: sheet.headings,
        first_rows,
        records: records.into_iter().map(recorded).collect(),
        reasons,
        wrong,
        rows,
    }
}

/// What became of a file without a fault.
enum Kept {
    Taken(Said),
    /// So many cars would go that a person is asked.
    Asking,
    /// Somebody else has the stream just now.
    Later,
}

/// Keeps all that the file says, notes how old the copies are by it, and what became of it: one unit of work.
async fn keep<T: Filed>(
    tx: &Tx,
    app: &App,
    (intake, is_whole): (&Intake, bool),
    records: &[Recorded<T>],
) -> Result<Kept, Error> {
    let lease = Lease { stream: intake.stream, holder: app.intakes.holder };
    if !extreme::take(tx, lease, LIFE).await? {
        return Ok(Kept::Later);
    }
    let mut intake = intake.clone();
    let (gone, here) = if is_whole { left_out(tx, records).await? } else { (Vec::new(), 0) };
    let leaves = gone.len() as u64;
    (intake.counts.gone, intake.counts.here) = (leaves, here);
    let allowed =
        intake.allowed_gone.is_some_and(|allowed| i64::try_from(leaves).is_ok_and(|leaves| leaves <= allowed));
    if drops_too_much(leaves, here) && !allowed {
        intake.state = IntakeState::Asking;
        extreme::give_back(tx, lease).await?;
        settle(tx, &intake, &[]).await?;
        return Ok(Kept::Asking);
    }
    let said = copies::keep_said(tx, records, &gone, intake.written_at).await?;
    extreme::filed(tx, lease, intake.written_at, said.new + said.changed + said.gone).await?;
    let Said { new, changed, unchanged, .. } = said;
    intake.counts = Counts { new, changed, unchanged, ..intake.counts };
    intake.state = IntakeState::Taken;
    let intake = settle(tx, &intake, &[]).await?;
    let counts = [("rows", intake.counts.rows), ("new", new), ("changed", changed), ("gone", leaves)];
    let changes = counts.map(|(field, count)| FieldChange::to(field, count.to_string()));
    wire::record(tx, &intake, "extreme.file_taken", changes.to_vec());
    Ok(Kept::Taken(said))
}

/// The cars for sale here that the whole stock does not have, and how many there are here.
async fn left_out<T: Filed>(tx: &Tx, records: &[Recorded<T>]) -> Result<(Vec<(String, Revision)>, u64), Error> {
    let mut here = copies::for_sale(tx).await?;
    let count = here.len() as u64;
    let there: std::collections::HashSet<&str> =
        records.iter().map(|recorded| FileRecord::key(&recorded.record)).collect();
    here.retain(|(key, _)| !there.contains(key.as_str()));
    Ok((here, count))
}

async fn settle(tx: &Tx, intake: &Intake, reasons: &[Reason]) -> Result<Intake, Error> {
    let mut intake = intake.clone();
    intakes::settle(tx, &mut intake, reasons).await?;
    Ok(intake)
}

async fn refuse(app: &App, mut intake: Intake, reasons: &[Reason]) -> Result<(), Error> {
    intake.state = IntakeState::Refused;
    let refused = app.db.write(system(app), async |tx| {
        let intake = settle(tx, &intake, reasons).await?;
        let wrong = FieldChange::to("wrong", intake.counts.wrong.to_string());
        wire::record(tx, &intake, "extreme.file_refused", vec![wrong]);
        Ok::<_, Error>(())
    });
    tracing::warn!(stream = intake.stream.as_str(), wrong = intake.counts.wrong, "extreme.file_refused");
    refused.await
}

/// What files may call the stores of the house.
async fn house(app: &App) -> Result<House, Error> {
    let everything = Viewer {
        principal: Principal::Staff(noren_domain::StaffId(uuid::Uuid::nil())),
        role: Role::Administrator,
        stores: Vec::new(),
        customer_view: None,
    };
    let stores = stores::visible(&app.db, &everything).await?;
    let named = stores.iter().filter_map(|store| Some((store.profile.name.as_str(), store.profile.code.parse().ok()?)));
    Ok(House::new(named))
}

/// Has Noren's staff agree with what the file says of them.
async fn agree(app: &App) -> Result<(), Error> {
    let lease = Lease { stream: Stream::Staff, holder: app.intakes.holder };
    if !app.db.write(system(app), async |tx| extreme::take(tx, lease, LIFE).await).await? {
        return Ok(());
    }
    if let Err(error) = agree_on_all(app, None, lease).await {
        tracing::warn!(error = %error, "extreme.staff_not_agreed");
    }
    Ok(app.db.write(system(app), async |tx| extreme::give_back(tx, lease).await).await?)
}
