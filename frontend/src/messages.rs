//! The sentences of problem codes and field codes. A code that is not known gets a general sentence.

use noren_api::FieldProblem;

use crate::words::{self, Lang};

/// What happened and what to do, by the code of a problem.
pub fn problem(code: &str) -> fn(Lang) -> &'static str {
    use words::problem as say;
    match code {
        "auth.failed" => say::auth_failed,
        "auth.recovery" => say::auth_recovery,
        "auth.required" | "auth.expired" => say::auth_expired,
        "rate.limited" => say::rate_limited,
        "not_found" => say::not_found,
        "auth.factor" => say::factor,
        "auth.challenge" => say::challenge,
        "second_factor.required" => say::factor_required,
        "second_factor.last" => say::factor_last,
        "passkey.unavailable" => say::passkey_unavailable,
        "auth.not_fresh" => say::not_fresh,
        "forbidden" | "view.customer" => say::forbidden,
        "invalid" | "conflict" => say::invalid,
        "stale" | "lead.open" => say::stale,
        "export.too_large" => say::export_too_large,
        "lead.forbidden_move" => say::lead_forbidden_move,
        "lead.closed" => say::lead_closed,
        "lead.erased" => say::lead_erased,
        "api_client.revoked" => say::api_client_revoked,
        "invitation.ended" => say::invitation_ended,
        "staff.forbidden_move" => say::staff_forbidden_move,
        "staff.has_leads" => say::staff_has_leads,
        "staff.last_administrator" => say::staff_last_administrator,
        "staff.not_active" => say::staff_not_active,
        "mail.not_set_up" => say::mail_not_set_up,
        "outbox.forbidden_move" => say::outbox_forbidden_move,
        "hold.twice" => say::hold_twice,
        "hold.over" => say::hold_over,
        "hold.not_held" => say::hold_not_held,
        "vehicle.not_available" => say::vehicle_not_available,
        "store.closed" => say::store_closed,
        "store.in_use" => say::store_in_use,
        "store.open" => say::stale,
        "store.missing" => say::store_missing,
        "setup.over" => say::setup_over,
        "idempotency.mismatch" => say::idempotency_mismatch,
        "idempotency.in_progress" => say::idempotency_in_progress,
        "body.too_large" => say::too_large,
        "media_type.unsupported" => say::media_type,
        "unavailable" => say::unavailable,
        _ => say::general,
    }
}

/// How to mend a field, by the code of its rule.
pub fn field(broken: &FieldProblem, lang: Lang) -> String {
    use words::field_problem as say;
    let plain: fn(Lang) -> &'static str = match broken.code.as_str() {
        "required" if broken.field.ends_with("name") => say::name_required,
        "required" if broken.field.ends_with("source_code") || broken.field.ends_with("_id") => say::choose,
        "required" => say::required,
        "too_long" => return broken.max.map_or(say::too_long(lang).to_owned(), |max| say::too_long_by(lang, max)),
        "too_many" => return broken.max.map_or(say::too_many(lang).to_owned(), |max| say::too_many_by(lang, max)),
        "too_short" if broken.field.ends_with("password") => say::password_short,
        "too_short" => say::required,
        "out_of_range" => say::out_of_range,
        "phone.length" => say::phone_length,
        "phone.characters" => say::phone_characters,
        "kana.script" => say::kana_script,
        "mail.form" => say::mail_form,
        "postal_code.length" => say::postal_code_length,
        "budget.form" => say::budget_form,
        "password.wrong" => say::password_wrong,
        "password.guessable" => say::password_guessable,
        "password.same" => say::password_same,
        "pin.form" => say::pin_form,
        "pin.guessable" => say::pin_guessable,
        "invoice_number.form" => say::invoice_number_form,
        "picture.form" => say::picture_form,
        "picture.pixels" => say::picture_pixels,
        "setup.code" => say::setup_code,
        "store.closed" => say::store_closed,
        "code.wrong" => say::code_wrong,
        "passkey.refused" => say::passkey_refused,
        "code.form" => say::code_form,
        "taken" => say::taken,
        "source.unknown" => say::source_unknown,
        "tag.unknown" | "tag.retired" => say::tag_unusable,
        "assignee.elsewhere" => say::assignee_elsewhere,
        _ => say::general,
    };
    plain(lang).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_code_falls_back_to_a_general_sentence() {
        assert_eq!(problem("lead.eaten")(Lang::Ja), words::problem::general(Lang::Ja));
        assert_ne!(problem("lead.closed")(Lang::Ja), words::problem::general(Lang::Ja));
    }

    #[test]
    fn a_bound_is_named_where_it_is_known() {
        let broken = |max| FieldProblem { field: "note".into(), code: "too_long".into(), min: None, max };
        assert_eq!(field(&broken(Some(4000)), Lang::Ja), "4000文字までにしてください");
        assert_eq!(field(&broken(None), Lang::Ja), words::field_problem::too_long(Lang::Ja));
    }
}
