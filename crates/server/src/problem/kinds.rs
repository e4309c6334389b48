//! Every kind of problem: its code, its status and what its page says.

/// One row of the table of problems.
pub struct Kind {
    /// Stable, dotted.
    pub code: &'static str,
    pub status: u16,
    pub title: &'static str,
    /// What happened and what to do, for the page about it.
    pub help: &'static str,
}

const fn kind(code: &'static str, status: u16, title: &'static str, help: &'static str) -> Kind {
    Kind { code, status, title, help }
}

pub(super) const INTERNAL: Kind =
    kind("internal", 500, "Something broke on our side", "The fault is logged under the request id in instance.");

/// Every problem that Noren answers with, each with its page at `/docs/problems/{code}`.
pub const KINDS: &[Kind] = &[
    kind(
        "request.malformed",
        400,
        "The request cannot be parsed",
        "The JSON, the query or a header is not well formed. Send well-formed UTF-8 JSON and the headers that the operation documents.",
    ),
    kind(
        "cursor.invalid",
        400,
        "The cursor is not valid",
        "A cursor works only with the very filter and order that it was given for. Start again from the first page.",
    ),
    kind(
        "idempotency.required",
        400,
        "An Idempotency-Key is required",
        "Creating requests carry the header Idempotency-Key with 8 to 255 visible ASCII characters, best a UUID, so that a repeat does not create twice.",
    ),
    kind("auth.required", 401, "Sign in first", "Send an access token in the header Authorization: Bearer."),
    kind(
        "auth.expired",
        401,
        "The session has ended",
        "Renew the access token. If that is refused too, sign in again.",
    ),
    kind(
        "auth.failed",
        401,
        "Mail or password are wrong",
        "Check both and try again. Unknown accounts and wrong passwords are answered alike.",
    ),
    kind(
        "auth.locked",
        401,
        "The screen is locked",
        "The session rested too long or was locked. Unlock it with the PIN where it was opened, or sign in again.",
    ),
    kind(
        "auth.pin",
        401,
        "The PIN is wrong",
        "The fifth wrong PIN in a row ends the session and asks for the full sign-in.",
    ),
    kind(
        "auth.factor",
        401,
        "The second factor is wrong",
        "The code is mistyped, spent or not of this half minute, or the passkey is not known here. After five tries begin again with the password.",
    ),
    kind(
        "auth.challenge",
        401,
        "The question is asked no more",
        "It was answered, tried five times, or is older than five minutes. Begin again.",
    ),
    kind(
        "auth.recovery",
        401,
        "The password needs recovery",
        "This account failed a hundred times in a row, so no further password is looked at. Devices that are signed in stay so. An administrator sets a new password.",
    ),
    kind(
        "forbidden",
        403,
        "Not allowed",
        "The caller may see this and may not do it. Ask somebody with the role that may.",
    ),
    kind(
        "auth.not_fresh",
        403,
        "Prove again who you are",
        "What is sensitive wants a sign-in that is less than ten minutes old. Prove it by POST /auth/step-up and repeat the request.",
    ),
    kind(
        "view.customer",
        403,
        "The screen is turned to a customer",
        "While it is, the session sees cars and whom it was turned for, and nothing else. POST /me/customer-view/leave with the PIN turns \
         it back; without a PIN, with the password.",
    ),
    kind(
        "second_factor.required",
        403,
        "Set up a second factor first",
        "It is required of the caller, who has none. GET /me/second-factors and what sets one up are open until then, and nothing else.",
    ),
    kind(
        "api_client.scope",
        403,
        "The key was not given this scope",
        "The header WWW-Authenticate names the scope that the operation needs. An administrator adds it to the key, under 設定, API連携.",
    ),
    kind(
        "api_client.address",
        403,
        "The key may not be used from here",
        "The key names the addresses that it may be used from, and this is none of them. An administrator adds it, under 設定, API連携.",
    ),
    kind(
        "csrf.refused",
        403,
        "The request does not come from this site",
        "Requests that use the refresh cookie must come from Noren's own pages and carry the header X-Noren; what is sent to a form \
         must come from one of the sites that the form's settings name.",
    ),
    kind("not_found", 404, "Not found", "There is no such thing, or it is not visible to the caller."),
    kind(
        "method.not_allowed",
        405,
        "The method is not allowed here",
        "The header Allow names the methods of this address.",
    ),
    kind("not_acceptable", 406, "No acceptable representation", "Answers are JSON in UTF-8. Accept application/json."),
    kind(
        "request.timeout",
        408,
        "The body took too long",
        "The body did not arrive in time. Send it again on a better connection.",
    ),
    kind("conflict", 409, "It conflicts with what is there", "A value that must be unique is taken already."),
    kind(
        "lead.forbidden_move",
        409,
        "The lead cannot move there from here",
        "The lead's status does not allow this move. Load the lead again and choose one of allowed.move_to.",
    ),
    kind(
        "lead.closed",
        409,
        "The lead is disqualified",
        "A disqualified lead cannot be assigned. Move it back to working first.",
    ),
    kind(
        "lead.open",
        409,
        "Somebody still works on the lead",
        "Only the person of a closed lead is erased. Give the lead up first.",
    ),
    kind(
        "lead.erased",
        409,
        "The lead's person was erased",
        "What was known of the person is gone for good, and nothing can be written to the lead any more. Somebody who asks again is a \
         new lead.",
    ),
    kind(
        "settled",
        409,
        "Somebody has settled it",
        "The submission was accepted or dismissed before. Read it again to see what became of it.",
    ),
    kind(
        "pin.missing",
        409,
        "There is neither PIN nor passkey",
        "Set a PIN first, or add a passkey: a screen is locked for somebody who can open it again.",
    ),
    kind("api_client.revoked", 409, "The key is revoked", "A revoked key is over for good. Make a new one."),
    kind(
        "second_factor.last",
        409,
        "The last second factor stays",
        "One is required of the caller. Set up another one first.",
    ),
    kind("second_factor.missing", 409, "There is no such second factor", "Set one up first."),
    kind(
        "passkey.unavailable",
        409,
        "Passkeys do not work at this address",
        "Browsers want a name: set base_url to one that is no number, such as https://noren.example or http://localhost:8080.",
    ),
    kind(
        "staff.forbidden_move",
        409,
        "The person cannot move there from here",
        "The person is active, suspended or retired already. Load them again and choose another move.",
    ),
    kind(
        "staff.has_leads",
        409,
        "The person has open leads there",
        "Hand the person's open leads over before they leave a store or retire, so that no lead is left with nobody who looks.",
    ),
    kind(
        "staff.last_administrator",
        409,
        "Nobody would be left to administrate",
        "Make somebody else an administrator first.",
    ),
    kind("staff.not_active", 409, "The person is suspended or has left", "Reinstate the person before inviting them."),
    kind("store.closed", 409, "The store is closed for good", "Choose another store, or reopen this one first."),
    kind("store.open", 409, "The store is open", "There is nothing to reopen. Load the store again."),
    kind(
        "store.in_use",
        409,
        "Something is left at the store",
        "Move the people who work there, settle or hand over its open leads and switch its forms off before it closes; \
         /stores/{id}/use counts them.",
    ),
    kind("store.missing", 409, "There is no store yet", "Make the first store before the first run goes on."),
    kind("setup.over", 409, "The first run is over", "Somebody administrates this house already. Sign in."),
    kind(
        "mail.not_set_up",
        409,
        "No mail server is set",
        "Mail reaches nobody before NOREN_MAIL_SMTP_URL or NOREN_MAIL_FOLDER is set. Hand over a printed code instead.",
    ),
    kind(
        "outbox.forbidden_move",
        409,
        "The message is on its way, or its way has ended",
        "What is being sent, was sent or was discarded is left as it is. Load the message again.",
    ),
    kind("hold.over", 409, "The hold is over", "It was released, lost, or its time is over. Hold the car again."),
    kind(
        "hold.not_held",
        409,
        "The car is not held yet",
        "Only a hold that EXTREME keeps can last longer. Wait until its state is held.",
    ),
    kind(
        "hold.twice",
        409,
        "The caller has a claim on the car already",
        "A person stands in a car's list once. GET /vehicles/{stock_number}/holds shows it.",
    ),
    kind(
        "vehicle.not_available",
        409,
        "The car is not to be had",
        "It is sold, or not for sale any more. Read the vehicle again.",
    ),
    kind(
        "extreme.connected",
        409,
        "EXTREME is connected",
        "Files are for a dealer whose EXTREME is not connected: what both say could not be told apart. Without NOREN_EXTREME_URL files are \
         taken.",
    ),
    kind(
        "intake.not_asking",
        409,
        "Nobody is asked about the file",
        "It was allowed, dismissed or taken before. Read it again to see what became of it.",
    ),
    kind(
        "idempotency.in_progress",
        409,
        "The first request is still in work",
        "Repeat the request after the time in Retry-After.",
    ),
    kind(
        "invitation.ended",
        410,
        "The invitation has ended",
        "The code is mistyped, used, taken back or too old. Ask an administrator for a new one.",
    ),
    kind(
        "stale",
        412,
        "Somebody else changed it",
        "The version in If-Match is old. The member current holds the resource as it is now; decide what to keep and send the edit with the new ETag.",
    ),
    kind(
        "body.too_large",
        413,
        "The body is too large",
        "JSON bodies may have 256 KiB, what is sent to a form 64 KiB, pictures 15 MiB, tables 50 MiB.",
    ),
    kind("uri.too_long", 414, "The address is too long", "Addresses may have 8 KiB."),
    kind(
        "media_type.unsupported",
        415,
        "The content type is not supported",
        "Send application/json; edits may be application/merge-patch+json, forms application/x-www-form-urlencoded, and pictures \
         image/png, image/jpeg or image/webp, tables text/csv.",
    ),
    kind(
        "invalid",
        422,
        "Some fields are wrong",
        "The member errors names every wrong field with the code of its rule.",
    ),
    kind(
        "idempotency.mismatch",
        422,
        "The key was used for something else",
        "An Idempotency-Key belongs to one payload. Make a new key for another request.",
    ),
    kind(
        "export.too_large",
        422,
        "The export would be too large",
        "A file has 200,000 rows at most. Narrow the filter, best by days, and export the parts.",
    ),
    kind(
        "if_match.required",
        428,
        "If-Match is required",
        "Edits carry the header If-Match with the ETag of the version they are based on.",
    ),
    kind(
        "rate.limited",
        429,
        "Too many requests",
        "The quota in violated-policies is spent. Wait for the time in Retry-After.",
    ),
    kind("headers.too_large", 431, "The headers are too large", "All headers together may have 16 KiB."),
    INTERNAL,
    kind(
        "unavailable",
        503,
        "Not available just now",
        "The server is overloaded, stopping, or without its database. Repeat the request after the time in Retry-After.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_listed_once() {
        let mut codes: Vec<&str> = KINDS.iter().map(|kind| kind.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), KINDS.len());
    }
}
