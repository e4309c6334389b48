//! Files as they are told.

use noren_api::extreme_intakes::{ExtremeIntake, ExtremeIntakeReason};
use noren_domain::intake::Reason;
use noren_domain::timeline::FieldChange;
use noren_domain::viewer::Viewer;
use noren_persistence::audit::{Chain, Entry};
use noren_persistence::extreme_intakes::{Counts, Intake};
use noren_persistence::{Db, Tx};

use crate::Error;
use crate::audit::names::Names;

/// Files with the names of who has handed them in.
pub async fn to_wire(db: &Db, viewer: &Viewer, intakes: Vec<Intake>) -> Result<Vec<ExtremeIntake>, Error> {
    let mut names = Names::default();
    names.learn(db, viewer, intakes.iter().map(|intake| intake.handed_in_by.as_str())).await?;
    let named = |intake: Intake| {
        let name = names.find(&intake.handed_in_by);
        one(intake, name)
    };
    Ok(intakes.into_iter().map(named).collect())
}

/// One file.
pub fn one(intake: Intake, handed_in_by_name: Option<String>) -> ExtremeIntake {
    let Counts { rows, new, changed, unchanged, gone, here, wrong } = intake.counts;
    ExtremeIntake {
        id: intake.id,
        stream: intake.stream,
        file_name: intake.file_name,
        origin: intake.origin,
        size: intake.size,
        written_at: intake.written_at,
        handed_in_at: intake.handed_in_at,
        handed_in_by: intake.handed_in_by,
        handed_in_by_name,
        state: intake.state,
        rows,
        new,
        changed,
        unchanged,
        gone,
        here,
        wrong,
        repeats: intake.repeats,
        over_at: intake.over_at,
        version: intake.version,
    }
}

pub fn reason(reason: Reason) -> ExtremeIntakeReason {
    let Reason { row, column, value, code } = reason;
    ExtremeIntakeReason { row, column, value, code }
}

/// Notes for the company's chain what was done with a file. What stands in it is no part of that.
pub fn record(tx: &Tx, intake: &Intake, action: &'static str, changes: Vec<FieldChange>) {
    let subject = format!("extreme_intake:{}", intake.id);
    let named = FieldChange::to("file_name", intake.file_name.clone());
    let changes = [named].into_iter().chain(changes).collect();
    tx.audit(Entry { chain: Chain::Company, action, subject, changes });
}
