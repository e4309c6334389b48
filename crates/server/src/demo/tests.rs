//! What every demo must keep, whatever the seed and the hour.

use std::collections::{BTreeMap, BTreeSet};

use noren_domain::lead::LeadStatus;
use noren_domain::phone::Phone;
use noren_domain::staff::Role;
use noren_domain::timeline::TimelineEvent;
use noren_domain::viewer::Principal;

use super::*;

const HOURS: [&str; 4] =
    ["2026-11-22T02:15:03Z", "2026-11-21T18:30:00Z", "2026-11-25T13:59:59Z", "2027-01-01T00:00:00Z"];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn town(code: &str, prefecture: &str, city: &str, town: &str) -> PostalPlace {
    PostalPlace {
        postal_code: code.into(),
        municipality_code: "10201".into(),
        prefecture: prefecture.into(),
        city: city.into(),
        town: town.into(),
        prefecture_kana: String::new(),
        city_kana: String::new(),
        town_kana: String::new(),
    }
}

fn towns() -> Vec<PostalPlace> {
    vec![
        town("1000001", "東京都", "千代田区", "千代田"),
        town("3710000", "群馬県", "前橋市", ""),
        town("3710024", "群馬県", "前橋市", "表町"),
        town("3700849", "群馬県", "高崎市", "八島町"),
        town("3720047", "群馬県", "伊勢崎市", "本町"),
        town("3670052", "埼玉県", "本庄市", "銀座"),
    ]
}

/// Several seeds at several hours, one of them on the closed Wednesday and one in the middle of the night.
fn demos() -> impl Iterator<Item = (Timestamp, Demo)> {
    let towns = towns();
    HOURS.into_iter().zip(1..).map(move |(now, seed)| (at(now), generate(seed, at(now), &towns)))
}

fn count(demo: &Demo, status: LeadStatus) -> usize {
    demo.leads.iter().filter(|told| told.lead.status == status).count()
}

#[test]
fn the_same_seed_gives_the_same_dealer_to_the_last_id() {
    let now = at(HOURS[0]);
    assert_eq!(generate(7, now, &towns()), generate(7, now, &towns()));
    assert_ne!(generate(7, now, &towns()).leads, generate(8, now, &towns()).leads);
}

#[test]
fn stores_and_staff_depend_on_the_seed_alone() {
    let (one, other) = (generate(7, at(HOURS[0]), &towns()), generate(7, at(HOURS[3]), &[]));
    assert_eq!((&one.dealer.stores, &one.dealer.staff), (&other.dealer.stores, &other.dealer.staff));
}

#[test]
fn no_plot_breaks_a_rule_and_every_status_but_converted_has_its_share() {
    for (now, demo) in demos() {
        assert_eq!(demo.leads.len(), UNANSWERED + ANSWERED, "{now}");
        assert_eq!(count(&demo, LeadStatus::New), UNANSWERED);
        assert_eq!(count(&demo, LeadStatus::Converted), 0);
        for (status, least) in [(LeadStatus::Working, 50), (LeadStatus::Nurturing, 80), (LeadStatus::Disqualified, 40)]
        {
            assert!(count(&demo, status) >= least, "{status:?}: {}", count(&demo, status));
        }
    }
}

#[test]
fn every_phone_parses_and_none_can_be_in_use() {
    for (_, demo) in demos() {
        for phone in demo.leads.iter().flat_map(|told| &told.lead.profile.phones) {
            assert_eq!(Phone::parse(&phone.typed).as_ref(), Ok(phone));
            let unused = ["0600", "0700", "0900", "0271", "02700", "02740", "02760"];
            assert!(unused.iter().any(|start| phone.digits.starts_with(start)), "{}", phone.typed);
        }
    }
}

#[test]
fn nothing_happens_after_now_or_out_of_order() {
    for (now, demo) in demos() {
        for DemoLead { lead, inquiries, timeline } in &demo.leads {
            assert_eq!(timeline[0].at, lead.received_at);
            assert_eq!(inquiries[0].received_at, lead.received_at);
            assert!(timeline.iter().all(|entry| entry.at <= now && entry.lead_id == lead.id));
            assert!(
                timeline.windows(2).all(|pair| pair[0].at < pair[1].at && pair[0].id < pair[1].id),
                "{timeline:#?}"
            );
            assert!(lead.updated_at <= now && lead.received_at > now - TimeDelta::days(366));
        }
        let order: Vec<_> = demo.leads.iter().map(|told| told.lead.received_at).collect();
        assert!(order.is_sorted());
    }
}

#[test]
fn the_timeline_ends_where_the_lead_stands() {
    for (_, demo) in demos() {
        for DemoLead { lead, inquiries, timeline } in &demo.leads {
            let (mut status, mut assignee, mut first_response, mut updated) =
                (LeadStatus::New, None, None, lead.received_at);
            let mut asked = Vec::new();
            let mut writes = 1;
            for entry in timeline {
                match &entry.event {
                    TimelineEvent::Inquiry { inquiry_id, source_code, body, via } => {
                        assert!(via.is_none());
                        asked.push((*inquiry_id, source_code.clone(), body.clone()));
                        continue;
                    }
                    TimelineEvent::Assigned { from, to } => {
                        assert_eq!(*from, assignee);
                        assignee = *to;
                    }
                    TimelineEvent::StatusChanged { from, to, reason } => {
                        assert_eq!(*from, status);
                        assert!(*to != LeadStatus::Disqualified || reason.is_some());
                        first_response.get_or_insert(entry.at);
                        status = *to;
                    }
                    TimelineEvent::Edited { changes } => assert!(!changes.is_empty()),
                    TimelineEvent::Noted { .. }
                    | TimelineEvent::CustomerLinked { .. }
                    | TimelineEvent::VehicleLinked { .. }
                    | TimelineEvent::VehicleUnlinked { .. }
                    | TimelineEvent::HoldChanged { .. }
                    | TimelineEvent::Erased { .. } => {
                        unreachable!(
                            "the demo has no notes, no known customers, no cars that it wants or holds, and nobody whom it erased"
                        )
                    }
                }
                updated = entry.at;
                writes += 1;
            }
            assert_eq!((lead.status, lead.assignee_id), (status, assignee));
            assert_eq!((lead.first_responded_at, lead.updated_at), (first_response, updated));
            assert_eq!(lead.version, writes);
            let kept: Vec<_> = inquiries.iter().map(|i| (i.id, i.source.clone(), i.body.clone())).collect();
            assert_eq!(kept, asked);
        }
    }
}

#[test]
fn a_new_lead_waits_for_its_first_answer_and_some_came_just_now() {
    for (now, demo) in demos() {
        let new: Vec<&Lead> =
            demo.leads.iter().map(|told| &told.lead).filter(|lead| lead.status == LeadStatus::New).collect();
        assert!(new.iter().all(|lead| lead.first_responded_at.is_none()));
        assert!(new.iter().all(|lead| now - lead.received_at <= TimeDelta::days(2)));
        assert!(new.iter().filter(|lead| now - lead.received_at < TimeDelta::minutes(25)).count() >= 3);
    }
}

#[test]
fn every_assignee_is_a_salesperson_of_the_store_and_every_actor_works_there() {
    for (_, demo) in demos() {
        let staff: BTreeMap<_, _> = demo.dealer.staff.iter().map(|staff| (staff.id, staff)).collect();
        for DemoLead { lead, timeline, .. } in &demo.leads {
            if let Some(assignee) = lead.assignee_id {
                assert_eq!(staff[&assignee].role, Role::Salesperson);
                assert!(staff[&assignee].takes_leads_of(lead.store_id));
            }
            for entry in timeline {
                assert!(matches!(entry.by, Some(Principal::Staff(id)) if staff[&id].stores.contains(&lead.store_id)));
            }
        }
        let unassigned = demo.leads.iter().filter(|told| told.lead.assignee_id.is_none()).count();
        assert!((5..70).contains(&unassigned), "{unassigned}");
    }
}

#[test]
fn ids_codes_and_mails_are_unique() {
    for (_, demo) in demos() {
        let stores = demo.dealer.stores.iter().map(|store| store.id.0);
        let staff = demo.dealer.staff.iter().map(|staff| staff.id.0);
        let told = demo.leads.iter().flat_map(|told| {
            let inquiries = told.inquiries.iter().map(|inquiry| inquiry.id.0);
            inquiries.chain(told.timeline.iter().map(|entry| entry.id.0)).chain([told.lead.id.0])
        });
        let ids: Vec<_> = stores.chain(staff).chain(told).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        let mails: BTreeSet<&str> = demo.dealer.staff.iter().map(|staff| staff.mail.as_str()).collect();
        assert_eq!((mails.len(), demo.dealer.staff.len(), demo.dealer.stores.len()), (8, 8, 2));
        assert!(mails.iter().all(|mail| noren_domain::contact::mail(mail).as_deref() == Ok(*mail)));
    }
}

#[test]
fn people_live_in_real_towns_near_the_stores() {
    let places: Vec<PostalPlace> = crate::postal_data::places().collect::<std::io::Result<_>>().unwrap();
    let known: BTreeSet<(&str, &str, &str)> =
        places.iter().map(|p| (p.postal_code.as_str(), p.city.as_str(), p.town.as_str())).collect();
    let demo = generate(2_026, at(HOURS[0]), &places);
    let mut full = 0;
    for address in demo.leads.iter().map(|told| &told.lead.profile.address) {
        if let Some(prefecture) = &address.prefecture {
            assert!(["群馬県", "埼玉県", "栃木県"].contains(&prefecture.as_str()));
        }
        if let (Some(code), Some(city), Some(town)) = (&address.postal_code, &address.city, &address.town) {
            assert!(known.contains(&(code.as_str(), city.as_str(), town.as_str())));
            full += 1;
        }
    }
    assert!(full >= 80, "{full}");
}
