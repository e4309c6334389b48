//! Holds between domain and wire, with who they are of and how many stand before them.

use std::collections::{HashMap, HashSet};

use actix_web::HttpResponse;
use noren_api::holds::{Hold as Wire, HoldAllowed};
use noren_domain::hold::{Hold, HoldState};
use noren_domain::viewer::Viewer;
use noren_domain::{LeadId, StaffId};
use noren_persistence::{Conn, holds as rows, leads, staff, vehicles};

use crate::Error;

/// One hold as it is answered, with its version.
///
/// # Errors
/// Database errors.
pub async fn answer(conn: &impl Conn, viewer: &Viewer, of: Hold) -> Result<HttpResponse, Error> {
    let etag = ("etag", format!("\"{}\"", of.version));
    Ok(HttpResponse::Ok().insert_header(etag).json(hold(conn, viewer, of).await?))
}

/// One hold.
///
/// # Errors
/// Database errors.
pub async fn hold(conn: &impl Conn, viewer: &Viewer, of: Hold) -> Result<Wire, Error> {
    holds(conn, viewer, vec![of]).await?.pop().ok_or(Error::NotFound)
}

/// Holds in the order in which they are given.
///
/// # Errors
/// Database errors.
pub async fn holds(conn: &impl Conn, viewer: &Viewer, of: Vec<Hold>) -> Result<Vec<Wire>, Error> {
    let beside = Beside::of(conn, viewer, &of).await?;
    Ok(of.into_iter().map(|hold| beside.to_wire(viewer, hold)).collect())
}

/// What is shown beside some holds, asked once for all of them.
struct Beside {
    people: HashMap<StaffId, String>,
    /// The leads that the viewer sees, and what they are called.
    leads: HashMap<LeadId, Option<String>>,
    /// The title of each car that is still there.
    cars: HashMap<String, String>,
    /// How many stand before each that waits.
    before: HashMap<noren_domain::HoldId, u32>,
}

impl Beside {
    async fn of(conn: &impl Conn, viewer: &Viewer, of: &[Hold]) -> Result<Self, Error> {
        let people: Vec<StaffId> = of.iter().map(|hold| hold.staff_id).collect();
        let numbers: HashSet<&str> = of.iter().map(|hold| hold.stock_number.as_str()).collect();
        let numbers: Vec<&str> = numbers.into_iter().collect();
        let cars = vehicles::several(conn, viewer, &numbers).await?;
        let mut before = HashMap::new();
        let mut place: HashMap<String, u32> = HashMap::new();
        let mut line = rows::known_on(conn, &numbers).await?;
        line.retain(|hold| hold.state.is_open());
        line.sort_by_key(|hold| hold.state == HoldState::Queued);
        for hold in line {
            // Where nobody of ours has the car, somebody in EXTREME has it.
            let first = u32::from(hold.state == HoldState::Queued);
            let place = place.entry(hold.stock_number.to_string()).or_insert(first);
            before.insert(hold.id, *place);
            *place += 1;
        }
        let wanted: HashSet<LeadId> = of.iter().filter_map(|hold| hold.lead_id).collect();
        let mut seen = HashMap::new();
        for id in wanted {
            if let Some(lead) = leads::find(conn, viewer, id).await? {
                seen.insert(id, lead.profile.name.or(lead.profile.company));
            }
        }
        Ok(Self {
            people: staff::names(conn, &people).await?,
            leads: seen,
            cars: cars.into_iter().map(|(number, car)| (number, car.title())).collect(),
            before,
        })
    }

    fn to_wire(&self, viewer: &Viewer, hold: Hold) -> Wire {
        let may = viewer.changes(&hold);
        let lead = hold.lead_id.and_then(|id| self.leads.get_key_value(&id));
        Wire {
            id: hold.id,
            vehicle_title: self.cars.get(hold.stock_number.as_str()).cloned(),
            staff_id: hold.staff_id,
            staff_name: self.people.get(&hold.staff_id).cloned(),
            is_own: viewer.staff_id() == Some(hold.staff_id),
            store_id: hold.store_id,
            lead_id: lead.map(|(id, _)| *id),
            lead_name: lead.and_then(|(_, name)| name.clone()),
            state: hold.state,
            kept_by: hold.keeper(),
            position: (hold.state == HoldState::Queued).then(|| self.before.get(&hold.id).copied().unwrap_or_default()),
            hours: hold.hours,
            requested_at: hold.requested_at,
            expires_at: hold.expires_at,
            wanted_until: hold.wanted_until,
            ended_at: hold.ended_at,
            loss: hold.loss,
            allowed: HoldAllowed { extend: may && hold.state == HoldState::Held, release: may && hold.state.is_open() },
            version: hold.version,
            stock_number: hold.stock_number,
        }
    }
}
