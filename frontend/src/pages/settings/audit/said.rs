//! Records in words: what was done, to which field, and what its values mean. Pure.

use noren_domain::access::AccessKind;
use noren_domain::lead::{ErasureReason, LeadStatus, Temperature};
use noren_domain::staff::Role;
use noren_domain::{StaffId, StoreId, Yen};

use crate::session::Masters;
use crate::ui::icon::Icon;
use crate::ui::yen;
use crate::words::{self, Lang, role_name};

type Words = fn(Lang) -> &'static str;

/// What acts are about, as a person looks for them.
pub const AREAS: [&str; 16] = [
    "lead",
    "customer",
    "hold",
    "form",
    "form_submission",
    "staff",
    "session",
    "store",
    "company",
    "lead_sources",
    "tags",
    "outbox_message",
    "extreme",
    "api_client",
    "access",
    "audit",
];

/// An area by its name; one that a newer server has is shown as it is.
pub fn area(name: &str, lang: Lang) -> String {
    use words::audit_area as say;
    let known: Words = match name {
        "lead" => say::lead,
        "customer" => say::customer,
        "hold" => say::hold,
        "form" => say::form,
        "form_submission" => say::form_submission,
        "staff" => say::staff,
        "session" => say::session,
        "store" => say::store,
        "company" => say::company,
        "lead_sources" => say::lead_sources,
        "tags" => words::tags::title,
        "external_systems" => words::external_systems::title,
        "outbox_message" => say::outbox_message,
        "extreme" => say::extreme,
        "api_client" => say::api_client,
        "access" => say::access,
        "audit" => say::audit,
        "vehicle_filter" => say::vehicle_filter,
        "vehicle" => words::stock::title,
        other => return other.to_owned(),
    };
    known(lang).to_owned()
}

pub fn area_icon(action: &str) -> Icon {
    match action.split('.').next().unwrap_or_default() {
        "lead" => Icon::Leads,
        "customer" => Icon::Known,
        "form" => Icon::Globe,
        "form_submission" => Icon::Inbox,
        "staff" => Icon::Users,
        "session" => Icon::Door,
        "store" => Icon::Store,
        "company" => Icon::Building,
        "lead_sources" => Icon::Flag,
        "tags" => Icon::Tag,
        "external_systems" => Icon::Link,
        "outbox_message" => Icon::Mail,
        "extreme" => Icon::Swap,
        "api_client" => Icon::Wrench,
        "access" | "audit" => Icon::Clock,
        "vehicle" | "vehicle_filter" => Icon::Car,
        "hold" => Icon::Hold,
        _ => Icon::Pen,
    }
}

/// What was done; an act that a newer server knows is named by its area.
pub fn action(name: &str, lang: Lang) -> String {
    use words::audit_action as say;
    let known: Words = match name {
        "lead.created" => say::lead_created,
        "lead.edited" => say::lead_edited,
        "lead.assigned" => say::lead_assigned,
        "lead.status_changed" => say::lead_status_changed,
        "lead.noted" => say::lead_noted,
        "lead.customer_linked" => say::lead_customer_linked,
        "lead.customer_unlinked" => say::lead_customer_unlinked,
        "customer.correction_requested" => say::customer_correction_requested,
        "customer.correction_mended" => say::customer_correction_mended,
        "customer.correction_entered" => say::customer_correction_entered,
        "customer.correction_reopened" => say::customer_correction_reopened,
        "lead.inquiry_added" => say::lead_inquiry_added,
        "lead.erased" => say::lead_erased,
        "lead.vehicle_linked" => say::lead_vehicle_linked,
        "lead.vehicle_unlinked" => say::lead_vehicle_unlinked,
        "vehicle_filter.created" => say::vehicle_filter_created,
        "vehicle_filter.edited" => say::vehicle_filter_edited,
        "vehicle_filter.deleted" => say::vehicle_filter_deleted,
        "hold.requested" => say::hold_requested,
        "hold.held" => say::hold_held,
        "hold.queued" => say::hold_queued,
        "hold.extension_requested" => say::hold_extension_requested,
        "hold.released" => say::hold_released,
        "hold.expired" => say::hold_expired,
        "hold.lost" => say::hold_lost,
        "hold.contracted" => say::hold_contracted,
        "form.created" => say::form_created,
        "form.edited" => say::form_edited,
        "form_submission.accepted" => say::form_submission_accepted,
        "form_submission.dismissed" => say::form_submission_dismissed,
        "staff.created" => say::staff_created,
        "staff.edited" => say::staff_edited,
        "staff.invited" => say::staff_invited,
        "staff.joined" => say::staff_joined,
        "staff.suspended" => say::staff_suspended,
        "staff.reinstated" => say::staff_reinstated,
        "staff.retired" => say::staff_retired,
        "staff.password_changed" => say::staff_password_changed,
        "staff.pin_set" => say::staff_pin_set,
        "staff.pin_removed" => say::staff_pin_removed,
        "staff.authenticator_set" => say::staff_authenticator_set,
        "staff.authenticator_removed" => say::staff_authenticator_removed,
        "staff.passkey_added" => say::staff_passkey_added,
        "staff.passkey_removed" => say::staff_passkey_removed,
        "staff.recovery_codes_made" => say::staff_recovery_codes_made,
        "staff.second_factors_reset" => say::staff_second_factors_reset,
        "staff.recovery_asked" => say::staff_recovery_asked,
        "staff.password_reset" => say::staff_password_reset,
        "staff.language" => say::staff_language,
        "session.opened" => say::session_opened,
        "session.ended" => say::session_ended,
        "session.others_ended" => say::session_others_ended,
        "session.unlocked" => say::session_unlocked,
        "session.stepped_up" => say::session_stepped_up,
        "session.customer_view_entered" => say::session_customer_view_entered,
        "session.customer_view_left" => say::session_customer_view_left,
        "session.pins_exhausted" => say::session_pins_exhausted,
        "session.token_reused" => say::session_token_reused,
        "store.created" => say::store_created,
        "store.edited" => say::store_edited,
        "store.closed" => say::store_closed,
        "store.reopened" => say::store_reopened,
        "company.edited" => say::company_edited,
        "company.set_up" => say::company_set_up,
        "lead_sources.edited" => say::lead_sources_edited,
        "tags.edited" => say::tags_edited,
        "external_systems.edited" => say::external_systems_edited,
        "vehicle.external_code_changed" | "customer.external_code_changed" => say::external_code_changed,
        "outbox_message.retried" => say::outbox_message_retried,
        "outbox_message.discarded" => say::outbox_message_discarded,
        "extreme.sync_asked" => say::extreme_sync_asked,
        "extreme.conflict_settled" => say::extreme_conflict_settled,
        "extreme.file_handed_in" => say::extreme_file_handed_in,
        "extreme.file_taken" => say::extreme_file_taken,
        "extreme.file_refused" => say::extreme_file_refused,
        "extreme.file_allowed" => say::extreme_file_allowed,
        "extreme.file_dismissed" => say::extreme_file_dismissed,
        "extreme.file_exported" => say::extreme_file_exported,
        "extreme.reasons_exported" => say::extreme_reasons_exported,
        "extreme.manual_entries_exported" => say::extreme_manual_entries_exported,
        "extreme.columns_settled" => say::extreme_columns_settled,
        "api_client.created" => say::api_client_created,
        "api_client.edited" => say::api_client_edited,
        "api_client.rotated" => say::api_client_rotated,
        "api_client.revoked" => say::api_client_revoked,
        "access.recording_edited" => say::access_recording_edited,
        "access.records_lost" => say::access_records_lost,
        "access.exported" => say::access_exported,
        "audit.exported" => say::audit_exported,
        "audit.verification_asked" => say::audit_verification_asked,
        "demo.seeded" => say::demo_seeded,
        other => {
            let (area_name, act) = other.split_once('.').unwrap_or((other, ""));
            return format!("{} {act}", area(area_name, lang)).trim().to_owned();
        }
    };
    known(lang).to_owned()
}

/// What a field is called where it stands on its own page.
pub fn field(subject: &str, name: &str, lang: Lang) -> String {
    let kind = subject.split(':').next().unwrap_or_default();
    own_field(kind, name).or_else(|| shared_field(name)).map_or_else(|| name.to_owned(), |known| known(lang).to_owned())
}

fn own_field(kind: &str, name: &str) -> Option<Words> {
    use words::access_kind as kinds;
    Some(match (kind, name) {
        ("store", "name") => words::store::name,
        ("store", "code") => words::store::code,
        ("store", "hours") => words::store::hours,
        ("store", "holidays") => words::store::holidays,
        ("staff", "name") => words::staff_part::name,
        ("staff", "code") => words::staff_part::code,
        ("staff", "mail") => words::staff_part::mail,
        ("staff", "role") => words::staff_part::role,
        ("staff", "status") => words::staff::status,
        ("form", "name") => words::form_part::name,
        ("staff", "lead_id") => words::audit_area::lead,
        ("vehicle_filter", "name") => words::audit_field::name,
        ("access_recording", "lead_detail") => kinds::lead_detail,
        ("access_recording", "lead_list") => kinds::lead_list,
        ("access_recording", "lead_search") => kinds::lead_search,
        ("access_recording", "timeline") => kinds::timeline,
        ("access_recording", "form_submission") => kinds::form_submission,
        ("access_recording", "records") => kinds::records,
        ("access_recording", "api_clients") => words::recording::api_clients,
        _ => return None,
    })
}

fn shared_field(name: &str) -> Option<Words> {
    use words::{audit_field as own, field as of_lead, form_part};
    Some(match name {
        "name" => of_lead::name,
        "kana" => of_lead::kana,
        "company" => of_lead::company,
        "phone" | "phones" => of_lead::phones,
        "mail" | "mails" => of_lead::mails,
        "source_code" => of_lead::source,
        "temperature" => of_lead::temperature,
        "tag_ids" => of_lead::tags,
        "wanted_car.maker" => of_lead::maker,
        "wanted_car.model" => of_lead::model,
        "wanted_car.body_type" => of_lead::body_type,
        "wanted_car.budget" => of_lead::budget,
        "wanted_car.timing" => of_lead::timing,
        "address.postal_code" => of_lead::postal_code,
        "address.prefecture" => of_lead::prefecture,
        "address.city" => of_lead::city,
        "address.town" => of_lead::town,
        "address.street" => of_lead::street,
        "address.building" => of_lead::building,
        "note" => of_lead::note,
        "store_ids" => words::staff_part::stores,
        "store_id" => words::lead::store,
        "assignee_id" => own::assignee,
        "status" => own::status,
        "reason" => own::reason,
        "rows" | "lost" => own::rows,
        "wanted_vehicle" => own::wanted_vehicle,
        "stock_number" => own::stock_number,
        "query" => own::query,
        "area" => words::audit::what,
        "actor" => words::audit::who,
        "subject" => own::subject,
        "chain" => own::chain,
        "from" => words::audit::from,
        "to" => words::audit::to,
        "keep_months" => words::recording::keep_months,
        "expires_at" => own::expires_at,
        "active" => form_part::active,
        "language" => form_part::language,
        "title" => form_part::title,
        "intro" => form_part::intro,
        "thanks" => form_part::thanks,
        "fields" => form_part::fields,
        "consent" => form_part::consent,
        "origins" => form_part::origins,
        _ => return None,
    })
}

/// A value as a person reads it.
pub fn value(name: &str, value: &str, masters: &Masters, lang: Lang) -> String {
    let known = match name {
        "assignee_id" => staff_name(value, masters),
        "store_id" | "store_ids" => Some(each(value, |id| store_name(id, masters), lang)),
        "source_code" => Some(masters.source_name(value, lang)),
        "temperature" => Temperature::ALL.into_iter().find(|known| known.as_str() == value).map(|known| {
            use words::temperature as say;
            match known {
                Temperature::ThisMonth => say::this_month(lang),
                Temperature::ThreeMonths => say::three_months(lang),
                Temperature::SixMonths => say::six_months(lang),
            }
            .to_owned()
        }),
        "wanted_car.budget" => value.parse().ok().map(|yen| yen::brief(Yen(yen), lang)),
        "status" => status(value, lang),
        "reason" => erasure(value, lang),
        "role" => {
            Role::ALL.into_iter().find(|role| role.as_str() == value).map(|role| role_name(role)(lang).to_owned())
        }
        "area" => Some(area(value, lang)),
        "action" => Some(action(value, lang)),
        "actor" => actor(value, None, masters, lang),
        "chain" => Some(chain(value, masters, lang)),
        "keep_months" => Some(words::recording::months(lang, value)),
        "hours" => Some(weekdays(value, lang)),
        _ => switch(value, lang),
    };
    known.unwrap_or_else(|| value.to_owned())
}

fn switch(value: &str, lang: Lang) -> Option<String> {
    match value {
        "on" | "true" => Some(words::recording::on(lang).to_owned()),
        "off" | "false" => Some(words::recording::off(lang).to_owned()),
        _ => None,
    }
}

/// Of a lead, or of a person.
fn status(value: &str, lang: Lang) -> Option<String> {
    let lead = LeadStatus::ALL.into_iter().find(|known| known.as_str() == value).map(|known| match known {
        LeadStatus::New => words::status::new(lang),
        LeadStatus::Working => words::status::working(lang),
        LeadStatus::Nurturing => words::status::nurturing(lang),
        LeadStatus::Converted => words::status::converted(lang),
        LeadStatus::Disqualified => words::status::disqualified(lang),
    });
    let person = match value {
        "active" => Some(words::staff::active(lang)),
        "suspended" => Some(words::staff::suspended(lang)),
        "retired" => Some(words::staff::retired(lang)),
        _ => None,
    };
    lead.or(person).map(str::to_owned)
}

/// Why a person was erased; what else has a reason says it in its own words.
fn erasure(value: &str, lang: Lang) -> Option<String> {
    use words::erasure as say;
    let known: Words = match ErasureReason::ALL.into_iter().find(|known| known.as_str() == value)? {
        ErasureReason::Requested => say::requested,
        ErasureReason::Expired => say::expired,
        ErasureReason::Mistaken => say::mistaken,
    };
    Some(known(lang).to_owned())
}

fn weekdays(value: &str, lang: Lang) -> String {
    use words::weekday as day;
    let days: [(&str, Words); 7] = [
        ("Monday", day::monday),
        ("Tuesday", day::tuesday),
        ("Wednesday", day::wednesday),
        ("Thursday", day::thursday),
        ("Friday", day::friday),
        ("Saturday", day::saturday),
        ("Sunday", day::sunday),
    ];
    days.into_iter().fold(value.to_owned(), |text, (english, own)| text.replace(english, own(lang)))
}

fn each(value: &str, named: impl Fn(&str) -> Option<String>, lang: Lang) -> String {
    let names = value.split(", ").map(|id| named(id).unwrap_or_else(|| id.to_owned()));
    names.collect::<Vec<_>>().join(words::common::comma(lang))
}

fn staff_name(id: &str, masters: &Masters) -> Option<String> {
    id.parse::<StaffId>().ok().and_then(|id| masters.staff_name(id)).map(str::to_owned)
}

fn store_name(id: &str, masters: &Masters) -> Option<String> {
    let name = id.parse::<StoreId>().ok().map(|id| masters.store_name(id)).filter(|name| !name.is_empty());
    name.map(str::to_owned)
}

/// Where an act is kept: the store that it concerns, or the company.
pub fn chain(name: &str, masters: &Masters, lang: Lang) -> String {
    if name == "company" {
        return words::audit::company(lang).to_owned();
    }
    let store = name.strip_prefix("store:").and_then(|id| store_name(id, masters));
    store.unwrap_or_else(|| name.to_owned())
}

/// Who acted, by the name that the server gave or that is known here.
pub fn actor(actor: &str, name: Option<&str>, masters: &Masters, lang: Lang) -> Option<String> {
    let name = name.map(str::to_owned);
    match actor.split_once(':') {
        None if actor == "system" => Some(words::audit::system(lang).to_owned()),
        Some(("staff", id)) => name.or_else(|| staff_name(id, masters)),
        Some(("api_client", _)) => Some(words::audit::machine(lang, name.unwrap_or_default())),
        Some(("form", _)) => Some(words::audit::by_form(lang, name.unwrap_or_default())),
        _ => name,
    }
}

pub fn kind(kind: AccessKind) -> Words {
    use words::access_kind as say;
    match kind {
        AccessKind::LeadDetail => say::lead_detail,
        AccessKind::LeadList => say::lead_list,
        AccessKind::LeadSearch => say::lead_search,
        AccessKind::Timeline => say::timeline,
        AccessKind::FormSubmission => say::form_submission,
        AccessKind::CustomerDetail => say::customer_detail,
        AccessKind::CustomerList => say::customer_list,
        AccessKind::CustomerSearch => say::customer_search,
        AccessKind::Records => say::records,
        AccessKind::Export => say::export,
    }
}

pub fn kind_icon(kind: AccessKind) -> Icon {
    match kind {
        AccessKind::LeadDetail => Icon::Person,
        AccessKind::LeadList => Icon::Users,
        AccessKind::LeadSearch => Icon::Search,
        AccessKind::Timeline => Icon::Clock,
        AccessKind::FormSubmission => Icon::Inbox,
        AccessKind::CustomerDetail => Icon::Person,
        AccessKind::CustomerList => Icon::Users,
        AccessKind::CustomerSearch => Icon::Search,
        AccessKind::Records => Icon::Known,
        AccessKind::Export => Icon::Down,
    }
}

/// What is wrong with an entry.
pub fn flaw(reason: &str) -> Words {
    use words::audit_flaw as say;
    match reason {
        "missing" => say::missing,
        "altered" => say::altered,
        "values_altered" => say::values_altered,
        "no_head" => say::no_head,
        "before_head" => say::before_head,
        "past_head" => say::past_head,
        _ => say::other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_newer_server_does_is_still_named() {
        assert_eq!(action("lead.edited", Lang::Ja), words::audit_action::lead_edited(Lang::Ja));
        assert_eq!(action("store.painted", Lang::Ja), format!("{} painted", words::audit_area::store(Lang::Ja)));
        assert_eq!(action("car.sold", Lang::Ja), "car sold");
        assert_eq!(field("lead:1", "shoe_size", Lang::Ja), "shoe_size");
    }

    #[test]
    fn a_field_is_called_as_on_its_own_page() {
        assert_eq!(field("store:1", "name", Lang::Ja), words::store::name(Lang::Ja));
        assert_eq!(field("lead:1", "name", Lang::Ja), words::field::name(Lang::Ja));
        assert!(!weekdays("Monday 09:30–18:30, Sunday 10:00–17:00", Lang::Ja).contains("day"));
        assert_eq!(status("nurturing", Lang::Ja).as_deref(), Some(words::status::nurturing(Lang::Ja)));
        assert_eq!(status("retired", Lang::Ja).as_deref(), Some(words::staff::retired(Lang::Ja)));
    }
}
