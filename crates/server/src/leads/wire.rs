//! Leads between domain and wire.

use chrono::TimeDelta;
use noren_api::leads::{Lead, LeadActions, LeadProfile, LeadRow, PhoneNumber};
use noren_domain::lead::{self, LeadStatus, Profile, TypedProfile};
use noren_domain::lead_source::{LeadSource, SourceCode};
use noren_domain::tag::{self, LeadTag};
use noren_domain::viewer::Viewer;
use noren_domain::{Invalid, TagId, Timestamp};
use noren_persistence::{Conn, lead_sources, tags};

use crate::Error;
use crate::permissions::{EraseLead, Permission};

/// Minutes to the first answer for a source that is gone from the master.
const DEFAULT_MINUTES: i64 = 60;

/// A lead as this viewer sees it.
pub fn to_wire(lead: lead::Lead, viewer: &Viewer, sources: &[LeadSource]) -> Lead {
    let kept = lead.erased_at.is_none();
    let edit = kept && viewer.edits(&lead);
    let allowed = LeadActions {
        edit,
        assign: edit && lead.status != LeadStatus::Disqualified,
        move_to: if edit { lead.status.next().to_vec() } else { Vec::new() },
        erase: kept && !lead.status.is_open() && EraseLead::ROLES.contains(&viewer.role),
    };
    let response_due_at = due_at(&lead, sources);
    let phone_numbers = lead.profile.phones.iter().map(|phone| PhoneNumber {
        typed: phone.typed.clone(),
        digits: phone.digits.clone(),
        display: phone.display(),
    });
    Lead {
        id: lead.id,
        store_id: lead.store_id,
        assignee_id: lead.assignee_id,
        status: lead.status,
        phone_numbers: phone_numbers.collect(),
        customer_code: lead.customer_code,
        profile: lead.profile.into(),
        received_at: lead.received_at,
        first_responded_at: lead.first_responded_at,
        response_due_at,
        updated_at: lead.updated_at,
        erased_at: lead.erased_at,
        version: lead.version,
        allowed,
    }
}

/// A lead as a row of a list.
pub fn to_row(lead: lead::Lead, sources: &[LeadSource]) -> LeadRow {
    let response_due_at = due_at(&lead, sources);
    let Profile { source, name, kana, company, wanted_car, temperature, tags, .. } = lead.profile;
    LeadRow {
        id: lead.id,
        store_id: lead.store_id,
        assignee_id: lead.assignee_id,
        status: lead.status,
        source_code: source,
        name,
        kana: kana.map(|kana| kana.katakana),
        company,
        wanted_car: wanted_car.into(),
        temperature,
        tag_ids: tags.into_iter().map(|tag| tag.id).collect(),
        received_at: lead.received_at,
        first_responded_at: lead.first_responded_at,
        response_due_at,
        updated_at: lead.updated_at,
        erased_at: lead.erased_at,
        version: lead.version,
    }
}

/// Checks and normalises what was typed; source and tags must be in their masters, and active unless they stay as they were.
///
/// # Errors
/// `Invalid` with every broken field, under the path that the form knows.
pub async fn checked(conn: &impl Conn, typed: LeadProfile, before: Option<&Profile>) -> Result<Profile, Error> {
    let source = SourceCode(typed.source_code.trim().to_owned());
    let known = lead_sources::find(conn, &source).await?;
    let usable = known.is_some_and(|source| source.active)
        || before.is_some_and(|before| before.source == source)
        || source.0.is_empty();
    let mut broken = Invalid::default();
    broken.take("source_code", if usable { Ok(()) } else { Err("source.unknown") });
    let had = before.map_or(&[][..], |before| &before.tags);
    let tags = broken.take("tag_ids", chosen(conn, had, &typed.tag_ids).await?).unwrap_or_default();
    let profile = TypedProfile { tags, ..typed.into() }.check();
    match (profile, broken.0.is_empty()) {
        (Ok(profile), true) => Ok(profile),
        (profile, _) => {
            let mut errors = broken.0;
            errors.extend(profile.err().unwrap_or_default().0);
            Err(noren_domain::Error::Invalid(Invalid(errors).inside("profile")).into())
        }
    }
}

/// The tags that a lead is to have; most have none, and no need of the master.
async fn chosen(
    conn: &impl Conn,
    had: &[LeadTag],
    wanted: &[TagId],
) -> Result<Result<Vec<LeadTag>, &'static str>, Error> {
    let master = if wanted.is_empty() { Vec::new() } else { tags::all(conn).await? };
    Ok(tag::choose(&master, had, wanted))
}

fn due_at(lead: &lead::Lead, sources: &[LeadSource]) -> Timestamp {
    let source = sources.iter().find(|source| source.code == lead.profile.source);
    lead.received_at
        + TimeDelta::minutes(source.map_or(DEFAULT_MINUTES, |source| i64::from(source.first_response_minutes)))
}
