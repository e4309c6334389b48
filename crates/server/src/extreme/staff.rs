//! スタッフ, whom both sides master: what EXTREME says of them is taken by the rule per field, what Noren masters is told to EXTREME, and
//! what only a person can settle is listed.
//!
//! There is no queue of what is to be told: the difference between both sides is it, looked at in every round. A member of staff is
//! changed from the state that was last read, so that nothing that EXTREME has changed meanwhile is overwritten unseen.

use std::collections::HashMap;

use noren_domain::outbox::Destination;
use noren_domain::staff::{Role, Staff, StaffStatus};
use noren_domain::staff_record::{
    Before, ConflictState, Dispute, Employment, ProposedStaff, Said, Sides, StaffChange, StaffRecord, Verdict, agree,
    mark,
};
use noren_domain::store::Store;
use noren_domain::sync::{Changes, Recorded};
use noren_domain::viewer::{Principal, Viewer};
use noren_domain::{ExtremeConflictId, StaffId, StoreId};
use noren_extreme::{self as gateway, StaffAnswer};
use noren_persistence::extreme::{self, Lease};
use noren_persistence::extreme_conflicts::{self as conflicts, Conflict, Found};
use noren_persistence::extreme_staff::{self as theirs, Bond, Refusal};
use noren_persistence::{Conn, Tx, copies, leads, outbox_pauses, staff, stores};

use super::Link;
use super::sync::{LIFE, Trouble, system};
use crate::Error;
use crate::app::App;
use crate::staff::{record, shut_out};

/// How often somebody is told again to whom EXTREME has done something meanwhile.
const TRIES: usize = 3;
/// The code of an answer that has taken something else than what was told.
const OTHERWISE: &str = "extreme.taken_otherwise";

/// Has both sides agree on everybody whom EXTREME has. Where there is only its files, it is told nothing.
pub(super) async fn agree_on_all(app: &App, link: Option<&Link>, lease: Lease) -> Result<(), Trouble> {
    let (records, house) = (theirs::all(&app.db).await?, House::read(&app.db).await?);
    let codes: Vec<&str> = records.iter().map(|recorded| recorded.record.staff_code.as_str()).collect();
    if house.conflicts.iter().any(|conflict| !codes.contains(&conflict.staff_code.as_str())) {
        app.db.write(system(app), async |tx| conflicts::drop_others(tx, &codes).await).await?;
    }
    let is_paused = outbox_pauses::is_paused(&app.db, Destination::Extreme).await?;
    for recorded in &records {
        let mut message = Case::of(&app.db, &house, recorded).await?.next();
        for _ in 0..TRIES {
            match (message, link) {
                (Next::Nothing, _) | (Next::Tell(..), None) => break,
                // The difference stays, and is told once a person lets messages go there again.
                (Next::Tell(..), _) if is_paused => break,
                (Next::Settle, _) => {}
                (Next::Tell(change, seen), Some(link)) => tell(app, link, lease, (recorded, &change, seen)).await?,
            }
            message = settled(app, lease, recorded.record.staff_code.as_str()).await?;
        }
    }
    Ok(())
}

/// Settles one of them in a unit of work of its own.
async fn settled(app: &App, lease: Lease, code: &str) -> Result<Next, Trouble> {
    let settled = app.db.write::<_, Error>(system(app), async |tx| {
        extreme::renew(tx, lease, LIFE).await?;
        settle(tx, code).await
    });
    Ok(settled.await?)
}

/// Takes what is to be taken of EXTREME's word on somebody, and lists what a person is to settle; says what is to be told.
///
/// # Errors
/// Database errors.
pub(super) async fn settle(tx: &Tx, code: &str) -> Result<Next, Error> {
    let administrators = staff::lock_administrators(tx).await?;
    let person = staff::lock_by_code(tx, code).await?;
    let Some(recorded) = theirs::find(tx, code).await? else { return Ok(Next::Nothing) };
    let house = House { administrators, ..House::read(tx).await? };
    let case = Case::of(tx, &house, &recorded).await?;
    if case.is_settled() {
        return Ok(case.next());
    }
    if let (Some(mut person), Some(verdict)) = (person, &case.verdict) {
        carry_out(tx, &mut person, verdict).await?;
        theirs::keep_bond(tx, code, &Bond { before: verdict.before.clone(), ..case.bond.clone() }).await?;
    }
    conflicts::settle_down(tx, code, &case.found, || ExtremeConflictId::mint(tx.at())).await?;
    Ok(Case::of(tx, &House::read(tx).await?, &recorded).await?.next())
}

async fn carry_out(tx: &Tx, person: &mut Staff, verdict: &Verdict) -> Result<(), Error> {
    let edits = person.edit(verdict.profile.clone());
    let moved = (person.status != verdict.status).then(|| person.move_to(verdict.status)).transpose()?;
    if edits.is_empty() && moved.is_none() {
        return Ok(());
    }
    staff::update(tx, person).await?;
    if !edits.is_empty() {
        record(tx, person.id, "staff.edited", edits);
    }
    if let Some(change) = moved {
        shut_out(tx, person).await?;
        let action = match person.status {
            StaffStatus::Active => "staff.reinstated",
            StaffStatus::Suspended => "staff.suspended",
            StaffStatus::Retired => "staff.retired",
        };
        record(tx, person.id, action, vec![change]);
    }
    Ok(())
}

/// What is to be done next about somebody.
pub(super) enum Next {
    Nothing,
    Settle,
    /// This is to be told, of which EXTREME's answer is remembered under these words.
    Tell(StaffChange, String),
}

/// All that the rule has to know.
struct House {
    people: HashMap<String, Staff>,
    stores: Vec<Store>,
    administrators: Vec<StaffId>,
    bonds: HashMap<String, Bond>,
    conflicts: Vec<Conflict>,
}

impl House {
    async fn read(conn: &impl Conn) -> Result<Self, noren_persistence::Error> {
        let everything = Viewer {
            principal: Principal::Staff(StaffId(uuid::Uuid::nil())),
            role: Role::Administrator,
            stores: Vec::new(),
            customer_view: None,
        };
        let people = staff::colleagues(conn, &everything).await?;
        let is_administrator =
            |person: &&Staff| person.role == Role::Administrator && person.status == StaffStatus::Active;
        Ok(Self {
            stores: stores::visible(conn, &everything).await?,
            administrators: people.iter().filter(is_administrator).map(|person| person.id).collect(),
            people: people.into_iter().map(|person| (person.code.clone(), person)).collect(),
            bonds: theirs::bonds(conn).await?,
            conflicts: conflicts::all(conn).await?,
        })
    }

    fn open_store(&self, code: &str) -> Option<StoreId> {
        let open = self.stores.iter().find(|store| store.profile.code == code && store.closed_at.is_none());
        open.map(|store| store.id)
    }

    fn home_code(&self, person: &Staff) -> Option<&str> {
        let home = self.stores.iter().find(|store| person.stores.first() == Some(&store.id));
        home.map(|store| store.profile.code.as_str())
    }
}

/// Both sides of one person.
struct Case<'a> {
    recorded: &'a Recorded<StaffRecord>,
    /// Who has the code here, with what Noren says of them.
    ours: Option<(&'a Staff, Said)>,
    bond: Bond,
    conflicts: Vec<&'a Conflict>,
    /// None where nobody here has the code.
    verdict: Option<Verdict>,
    found: Vec<Found>,
}

impl<'a> Case<'a> {
    async fn of(
        conn: &impl Conn,
        house: &'a House,
        recorded: &'a Recorded<StaffRecord>,
    ) -> Result<Self, noren_persistence::Error> {
        let record = &recorded.record;
        let code = record.staff_code.as_str();
        let mut case = Self {
            recorded,
            ours: house.people.get(code).map(|person| (person, Said::here(person, house.home_code(person)))),
            bond: house.bonds.get(code).cloned().unwrap_or_default(),
            conflicts: house.conflicts.iter().filter(|conflict| conflict.staff_code == code).collect(),
            verdict: None,
            found: Vec::new(),
        };
        let Some((person, ours)) = &case.ours else {
            if record.employment == Employment::Active {
                case.find(Dispute::UnknownStaff);
            }
            return Ok(case);
        };
        let is_moved = ours.store_code.as_deref() != Some(record.store_code.as_str());
        let leads_at: Vec<StoreId> = if is_moved || record.employment != Employment::Active {
            leads::open_of(conn, person.id).await?.into_iter().map(|(store, _)| store).collect()
        } else {
            Vec::new()
        };
        let verdict = agree(&Sides {
            theirs: record,
            ours: person,
            before: &case.bond.before,
            home_code: ours.store_code.as_deref(),
            store: house.open_store(record.store_code.as_str()),
            leads_at: &leads_at,
            is_last_administrator: house.administrators == [person.id],
        });
        for dispute in &verdict.disputes {
            case.find(*dispute);
        }
        case.verdict = Some(verdict);
        if case.is_refused() {
            case.find(Dispute::NotTaken);
        }
        Ok(case)
    }

    fn find(&mut self, dispute: Dispute) {
        let (theirs, ours) = (Said::there(&self.recorded.record), self.ours.as_ref().map(|(_, said)| said.clone()));
        self.found.push(Found { dispute, mark: mark(dispute, &theirs, ours.as_ref()), theirs, ours });
    }

    /// Whether nothing is to be written.
    fn is_settled(&self) -> bool {
        let is_listed = self.found.len() == self.conflicts.len()
            && self.found.iter().all(|found| {
                self.conflicts.iter().any(|known| known.dispute == found.dispute && known.mark == found.mark)
            });
        let is_carried_out = match (&self.ours, &self.verdict) {
            (Some((person, _)), Some(verdict)) => {
                verdict.profile == person.profile()
                    && verdict.status == person.status
                    && verdict.before == self.bond.before
            }
            _ => true,
        };
        is_listed && is_carried_out
    }

    fn next(&self) -> Next {
        if !self.is_settled() {
            return Next::Settle;
        }
        match &self.ours {
            Some((person, said)) if self.is_to_be_told() && !self.is_refused() => {
                Next::Tell(self.change(person, said), self.told())
            }
            _ => Next::Nothing,
        }
    }

    fn kept(&self) -> Vec<Dispute> {
        let kept = self.conflicts.iter().filter(|conflict| conflict.state == ConflictState::Kept);
        kept.map(|conflict| conflict.dispute).collect()
    }

    fn is_to_be_told(&self) -> bool {
        let has_wish = |conflict: &&Conflict| conflict.state == ConflictState::Kept && conflict.told_at.is_none();
        self.verdict.as_ref().is_some_and(|verdict| verdict.is_to_be_told) || self.conflicts.iter().any(has_wish)
    }

    /// Whether EXTREME has said no for good to just this.
    fn is_refused(&self) -> bool {
        self.is_to_be_told() && self.bond.refusal.as_ref().is_some_and(|refusal| refusal.of == self.told())
    }

    /// What is told, in words by which it is known again.
    fn told(&self) -> String {
        let Some((person, _)) = &self.ours else { return String::new() };
        let kept = self.conflicts.iter().filter(|conflict| conflict.state == ConflictState::Kept);
        let wishes: Vec<&str> = kept.map(|conflict| conflict.mark.as_str()).collect();
        format!("{} {} {} {}", self.recorded.revision, person.role.as_str(), person.mail, wishes.join(" "))
    }

    fn change(&self, person: &Staff, said: &Said) -> StaffChange {
        let (record, kept) = (&self.recorded.record, self.kept());
        StaffChange {
            role: person.role,
            mail: Some(person.mail.clone()),
            // Nobody settles them in Noren yet, so that EXTREME keeps what it has.
            notifications: record.notifications,
            proposed: (!kept.is_empty()).then(|| ProposedStaff::of(record, said, &kept)),
        }
    }
}

/// Tells EXTREME what Noren masters of somebody, and notes how they are there then.
async fn tell(
    app: &App,
    link: &Link,
    lease: Lease,
    (recorded, change, told): (&Recorded<StaffRecord>, &StaffChange, String),
) -> Result<(), Trouble> {
    let code = &recorded.record.staff_code;
    // Another state may have been kept since this round began.
    let seen = theirs::find(&app.db, code.as_str()).await?.map_or(recorded.revision, |kept| kept.revision);
    let outcome = match link.gateway.put_staff(code, change, Some(seen)).await {
        Ok(StaffAnswer::Taken(now)) => {
            let is_so = now.record.role == Some(change.role) && now.record.mail == change.mail;
            tracing::info!(code = code.as_str(), "extreme.staff_told");
            Told { now: Some(now), is_taken: true, refusal: (!is_so).then(|| OTHERWISE.to_owned()) }
        }
        Ok(StaffAnswer::Stale(now)) => Told { now: Some(now), is_taken: false, refusal: None },
        Err(error @ (gateway::Error::Final { .. } | gateway::Error::NotFound)) => {
            tracing::warn!(code = code.as_str(), error = %error, "extreme.staff_refused");
            Told { now: None, is_taken: false, refusal: Some(error.code()) }
        }
        Err(error) => return Err(error.into()),
    };
    let noted = app.db.write::<_, Error>(system(app), async |tx| {
        extreme::renew(tx, lease, LIFE).await?;
        outcome.note(tx, code.as_str(), &told).await
    });
    Ok(noted.await?)
}

/// What EXTREME made of it.
struct Told {
    now: Option<Recorded<StaffRecord>>,
    is_taken: bool,
    refusal: Option<String>,
}

impl Told {
    async fn note(&self, tx: &Tx, code: &str, told: &str) -> Result<(), Error> {
        let mut of = told.to_owned();
        if let Some(now) = &self.now {
            let items = vec![now.clone()];
            let changes = Changes { items, tombstones: Vec::new(), next: String::new(), more: false };
            copies::keep(tx, &changes, tx.at()).await?;
            // The same words, of the state that it has now.
            let words = told.split_once(' ').map_or("", |(_, words)| words);
            of = format!("{} {words}", now.revision);
        }
        if self.is_taken {
            conflicts::told(tx, code).await?;
        }
        let refusal = self.refusal.clone().map(|code| Refusal { code, of });
        let bond = theirs::bond(tx, code).await?;
        theirs::keep_bond(tx, code, &Bond { refusal, ..bond }).await?;
        Ok(())
    }
}

/// Has EXTREME's word hold where a person gives way, as if nobody had edited it in Noren.
///
/// # Errors
/// Database errors, and what the rules of staff forbid.
pub(super) async fn give_way(tx: &Tx, conflict: &Conflict) -> Result<(), Error> {
    let code = conflict.staff_code.as_str();
    let house = House::read(tx).await?;
    let Some(person) = house.people.get(code) else { return Err(Error::NotFound) };
    let bond = theirs::bond(tx, code).await?;
    let mut before: Before = bond.before.clone();
    before.give_way(conflict.dispute, &Said::here(person, house.home_code(person)));
    theirs::keep_bond(tx, code, &Bond { before, ..bond }).await?;
    settle(tx, code).await?;
    Ok(())
}

/// Has EXTREME asked once more for what it has refused.
///
/// # Errors
/// Database errors.
pub(super) async fn ask_again(tx: &Tx, code: &str) -> Result<(), Error> {
    let bond = theirs::bond(tx, code).await?;
    Ok(theirs::keep_bond(tx, code, &Bond { refusal: None, ..bond }).await?)
}
