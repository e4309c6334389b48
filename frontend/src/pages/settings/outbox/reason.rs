//! Why a message was not sent, in words.

use crate::words::{self, Lang};

/// What the code of a failure means and what helps. Mail servers answer with a number, of which the first digit says whether it
/// is worth another try.
pub fn reason(code: &str, lang: Lang) -> String {
    use words::outbox as say;
    let plain: fn(Lang) -> &'static str = match code {
        "smtp.connection" => say::why_connection,
        "smtp.tls" => say::why_tls,
        "smtp.timeout" => say::why_timeout,
        "smtp.protocol" => say::why_protocol,
        "smtp.credentials" => say::why_credentials,
        "mail.address" => say::why_address,
        "mail.folder" => say::why_folder,
        "database" => say::why_database,
        "worker.lost" => say::why_worker,
        "recipient.inactive" => say::why_inactive,
        "expired" => say::why_expired,
        "superseded" => say::why_superseded,
        "customer.gone" => say::why_customer_gone,
        "hold.over" => say::why_hold_over,
        "hold.never_placed" => say::why_never_placed,
        "extreme.not_configured" => say::why_extreme_none,
        "extreme.credentials" | "extreme.scope" => say::why_extreme_credentials,
        "extreme.not_found" => say::why_extreme_not_found,
        "extreme.connection"
        | "extreme.timeout"
        | "extreme.cut"
        | "extreme.unavailable"
        | "extreme.breaker_open"
        | "extreme.too_many_requests" => say::why_extreme_away,
        _ if code.starts_with("extreme.4") => {
            return say::why_extreme_refused(lang, code.trim_start_matches("extreme."));
        }
        _ => match code.strip_prefix("smtp.") {
            Some(answer) if answer.starts_with('4') => return say::why_refused_now(lang, answer),
            Some(answer) if answer.starts_with('5') => return say::why_refused(lang, answer),
            _ => say::why_other,
        },
    };
    plain(lang).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_servers_answer_is_told_by_its_number() {
        assert_eq!(reason("smtp.550", Lang::Ja), words::outbox::why_refused(Lang::Ja, "550"));
        assert_eq!(reason("smtp.451", Lang::En), words::outbox::why_refused_now(Lang::En, "451"));
        assert_eq!(reason("smtp.timeout", Lang::Ja), words::outbox::why_timeout(Lang::Ja));
        assert_eq!(reason("fax.jammed", Lang::Ja), words::outbox::why_other(Lang::Ja));
    }
}
