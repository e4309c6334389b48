use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_timestamp(1_700_000_000 + second, 0).unwrap()
}

fn message(attempt: i32) -> OutboxMessage {
    let about = About::PasswordChanged { changed_at: at(0) };
    let letter = Letter { to: StaffId(uuid::Uuid::nil()), language: Language::Ja, about };
    OutboxMessage {
        id: OutboxMessageId(uuid::Uuid::nil()),
        sequence: 1,
        key: "k".into(),
        payload: Payload::Mail(letter),
        state: OutboxState::Leased,
        attempt,
        losses: 0,
        since: at(0),
        next_at: at(0),
        last_error: None,
        created_at: at(0),
        settled_at: None,
        version: 1,
    }
}

#[test]
fn a_message_is_tried_again_after_a_pause_that_grows_and_may_be_none() {
    for (attempt, longest) in [(1, 2_000), (2, 4_000), (3, 8_000), (9, 512_000), (10, 900_000), (39, 900_000)] {
        let mut tried = message(attempt);
        tried.failed(Failure::Transient, "smtp.451", at(10), |most| {
            assert_eq!(most, longest, "{attempt}");
            most
        });
        assert_eq!((tried.state, tried.next_at), (OutboxState::Waiting, at(10 + longest / 1000)));
        tried.failed(Failure::Transient, "smtp.451", at(10), |_| 0);
        assert_eq!(tried.next_at, at(10));
        tried.not_before(at(40), at(10));
        assert_eq!(tried.next_at, at(40), "what was asked for comes first");
        tried.not_before(at(20), at(10));
        assert_eq!(tried.next_at, at(40));
        tried.not_before(at(86_400), at(10));
        assert_eq!(tried.next_at, at(10 + 3_600), "a day is nobody's to ask for");
    }
}

#[test]
fn patience_ends_after_forty_tries_and_after_three_days() {
    let mut tried = message(40);
    tried.failed(Failure::Transient, "smtp.451", at(10), |_| 0);
    assert_eq!(tried.state, OutboxState::Dead);
    let mut old = message(1);
    old.failed(Failure::Transient, "smtp.connection", at(72 * 3600), |_| 0);
    assert_eq!((old.state, old.last_error.as_deref()), (OutboxState::Dead, Some("smtp.connection")));
    old.retry(at(72 * 3600)).unwrap();
    old.attempt = 1;
    old.failed(Failure::Transient, "smtp.connection", at(73 * 3600), |_| 0);
    assert_eq!(old.state, OutboxState::Waiting, "patience begins anew");
}

#[test]
fn what_will_never_be_taken_waits_for_a_person() {
    let mut refused = message(1);
    refused.failed(Failure::Final, "smtp.550", at(1), |_| 0);
    assert_eq!(refused.state, OutboxState::Dead);
    let mut barred = message(1);
    barred.failed(Failure::Misconfigured, "smtp.credentials", at(1), |_| 0);
    assert_eq!(barred.state, OutboxState::Paused);
}

#[test]
fn what_was_not_even_tried_costs_no_try() {
    let mut waiting = message(40);
    waiting.postponed("extreme.breaker_open", at(30));
    assert_eq!((waiting.state, waiting.attempt, waiting.next_at), (OutboxState::Waiting, 39, at(30)));
}

#[test]
fn a_person_decides_about_what_rests_and_not_about_what_is_on_its_way_or_over() {
    use OutboxState::{Dead, Discarded, Done, Leased, Paused, Waiting};
    for (state, movable) in
        [(Waiting, true), (Dead, true), (Paused, true), (Leased, false), (Done, false), (Discarded, false)]
    {
        let mut message = OutboxMessage { state, ..message(7) };
        assert_eq!(message.clone().discard(at(1)).is_ok(), movable, "{state:?}");
        assert_eq!(message.retry(at(1)).is_ok(), movable, "{state:?}");
        if movable {
            assert_eq!((message.state, message.attempt, message.next_at), (Waiting, 0, at(1)));
        }
    }
}

#[test]
fn what_was_given_up_goes_under_another_key_once_it_is_mended() {
    let mut refused = message(3);
    refused.failed(Failure::Final, "extreme.422", at(1), |_| 0);
    refused.mended("another".into(), at(2)).unwrap();
    assert_eq!((refused.state, refused.attempt, refused.key.as_str()), (OutboxState::Waiting, 0, "another"));
    assert_eq!(refused.mended("third".into(), at(3)), Err(Error::OutboxForbiddenMove), "it may still arrive");
}

#[test]
fn what_was_told_by_hand_is_not_sent_unless_it_was_not_told_after_all() {
    let mut barred = OutboxMessage { state: OutboxState::Paused, ..message(1) };
    assert_eq!(barred.not_told(at(1)), Err(Error::OutboxForbiddenMove));
    barred.told_by_hand(at(2)).unwrap();
    assert_eq!((barred.state, barred.settled_at), (OutboxState::Done, Some(at(2))));
    assert_eq!(barred.told_by_hand(at(3)), Err(Error::OutboxForbiddenMove));
    barred.not_told(at(4)).unwrap();
    assert_eq!((barred.state, barred.settled_at, barred.next_at), (OutboxState::Waiting, None, at(4)));
    let mut leased = message(1);
    assert_eq!(leased.told_by_hand(at(1)), Err(Error::OutboxForbiddenMove), "it may be arriving");
}

#[test]
fn a_payload_names_things_and_holds_no_words() {
    let Payload::Mail(letter) = message(1).payload else { panic!("a mail") };
    let invitation_id = InvitationId(uuid::Uuid::nil());
    let payload = Payload::Mail(Letter { about: About::Recovery { invitation_id }, ..letter });
    let nil = "00000000-0000-0000-0000-000000000000";
    let expected = format!(
        r#"{{"destination":"mail","to":"{nil}","language":"ja","about":{{"kind":"recovery","invitation_id":"{nil}"}}}}"#
    );
    assert_eq!(serde_json::to_string(&payload).unwrap(), expected);
    assert_eq!(payload.aggregate(), format!("staff:{nil}"));
    let correction_request_id = CorrectionRequestId(uuid::Uuid::nil());
    let customer_code = "C-1".parse().unwrap();
    let payload = Payload::Extreme(Errand::CorrectionRequest { correction_request_id, customer_code });
    let expected = format!(
        r#"{{"destination":"extreme","kind":"correction_request","correction_request_id":"{nil}","customer_code":"C-1"}}"#
    );
    assert_eq!(serde_json::to_string(&payload).unwrap(), expected);
    assert_eq!(serde_json::from_str::<Payload>(&expected).unwrap(), payload);
    assert_eq!(payload.aggregate(), "customer:C-1");
}
