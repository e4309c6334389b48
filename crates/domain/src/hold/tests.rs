use super::*;

fn at(hour: i64) -> Timestamp {
    Timestamp::from_timestamp(1_700_000_000 + hour * 3_600, 0).unwrap()
}

fn queued(number: u128) -> Hold {
    let nil = uuid::Uuid::nil();
    let claim = Claim {
        id: HoldId(uuid::Uuid::from_u128(number)),
        stock_number: "S-01042".parse().unwrap(),
        staff_id: StaffId(nil),
        store_id: StoreId(nil),
        lead_id: None,
        hours: 24,
    };
    Hold::claim(claim, at(0))
}

fn requested() -> Hold {
    let mut hold = queued(1);
    hold.comes_up(Keeper::Extreme, at(0));
    hold
}

fn held() -> Hold {
    let mut hold = requested();
    hold.kept(&kept(HoldState::Held, 24), at(1));
    hold
}

fn kept(state: HoldState, until: i64) -> Kept {
    Kept {
        placed: Placed { hold_id: "H-1".parse().unwrap(), revision: 1 },
        stock_number: "S-01042".parse().unwrap(),
        state,
        expires_at: at(until),
        ended_at: (state != HoldState::Held).then(|| at(until)),
        customer_code: None,
    }
}

fn shown(status: StockStatus, hold: Option<(&str, i64)>, read: i64) -> Shown {
    Shown { status, hold: hold.map(|(id, until)| (id.parse().unwrap(), at(until))), read_at: at(read) }
}

#[test]
fn everybody_waits_until_nobody_is_before_them_and_their_time_counts_from_then() {
    let mut claim = queued(1);
    assert_eq!((claim.state, claim.expires_at), (HoldState::Queued, None));
    claim.comes_up(Keeper::Extreme, at(10));
    assert_eq!((claim.state, claim.expires_at, claim.keeper()), (HoldState::Requested, Some(at(34)), None));
    let mut own = queued(2);
    own.comes_up(Keeper::Noren, at(10));
    assert_eq!((own.state, own.keeper()), (HoldState::Held, Some(Keeper::Noren)), "there is nobody else to ask");
    own.extend(48, at(11)).unwrap();
    assert_eq!((own.expires_at, own.wanted_until), (Some(at(59)), None));
}

#[test]
fn what_extreme_says_is_what_it_is() {
    let mut held = requested();
    held.kept(&kept(HoldState::Held, 20), at(1));
    assert_eq!((held.state, held.expires_at, held.keeper()), (HoldState::Held, Some(at(20)), Some(Keeper::Extreme)));
    held.kept(&kept(HoldState::Released, 5), at(6));
    assert_eq!((held.state, held.loss, held.ended_at), (HoldState::Lost, Some(HoldLoss::Ended), Some(at(5))));

    let mut late = requested();
    late.release(at(1)).unwrap();
    late.kept(&kept(HoldState::Held, 24), at(2));
    assert_eq!(late.state, HoldState::Released, "a person was quicker");
    assert!(late.placed.is_some(), "and EXTREME can be told");
}

#[test]
fn whoever_was_not_quick_enough_waits_and_whoever_comes_too_late_has_lost() {
    let mut claim = requested();
    claim.waits(at(1));
    assert_eq!((claim.state, claim.expires_at), (HoldState::Queued, None));
    claim.lose(HoldLoss::Sold, at(2));
    assert_eq!((claim.state, claim.loss), (HoldState::Lost, Some(HoldLoss::Sold)));
    claim.lose(HoldLoss::Refused, at(3));
    assert_eq!(claim.loss, Some(HoldLoss::Sold), "what is over stays as it was");
    assert_eq!(claim.release(at(4)), Err(Error::HoldOver));
}

#[test]
fn a_hold_ends_by_itself_and_can_be_made_longer_before() {
    assert_eq!(requested().extend(24, at(1)), Err(Error::HoldNotHeld), "nobody keeps the car yet");
    let mut held = held();
    held.extend(48, at(1)).unwrap();
    assert_eq!((held.wanted_until, held.expires_at), (Some(at(49)), Some(at(24))), "until EXTREME has said so");
    held.expire(at(23));
    assert_eq!(held.state, HoldState::Held);
    held.expire(at(24));
    assert_eq!((held.state, held.ended_at), (HoldState::Expired, Some(at(24))));
    assert_eq!(held.extend(1, at(25)), Err(Error::HoldOver));
}

#[test]
fn what_the_copy_shows_counts_as_far_as_it_is_newer_than_what_was_said_of_the_hold() {
    use StockStatus::{Contracted, Listed};
    let hold = held();
    let open = [hold.clone(), queued(2)];
    let ask = Verdict::Ask(hold.id, "H-1".parse().unwrap());
    for (car, verdict, why) in [
        (shown(Listed, Some(("H-1", 24)), 2), Verdict::AsBelieved, "as it is believed to be"),
        (shown(Listed, None, 0), Verdict::AsBelieved, "the copy is older than the hold"),
        (shown(Listed, None, 2), ask.clone(), "somebody ended it"),
        (shown(Listed, Some(("H-2", 24)), 2), ask.clone(), "somebody else has it"),
        (shown(Listed, Some(("H-1", 30)), 2), ask.clone(), "somebody made it longer"),
        (shown(Contracted, None, 2), ask, "perhaps by them"),
        (shown(Contracted, None, 0), Verdict::Lost(HoldLoss::Sold), "as is known for long"),
    ] {
        assert_eq!(super::verdict(&open, Some(&car), at(3)), verdict, "{why}");
    }
    assert_eq!(super::verdict(&open, None, at(3)), Verdict::Lost(HoldLoss::NotForSale), "it is gone");
    assert_eq!(super::verdict(&[], None, at(3)), Verdict::AsBelieved, "and nobody wants it");
}

#[test]
fn whoever_waits_for_somebody_in_extreme_is_asked_for_once_that_one_is_gone() {
    let mut first = requested();
    first.waits(at(1));
    for (car, verdict, why) in [
        (shown(StockStatus::Listed, Some(("H-9", 20)), 2), Verdict::AsBelieved, "they have it"),
        (shown(StockStatus::Listed, None, 0), Verdict::AsBelieved, "the copy is from before"),
        (shown(StockStatus::Listed, None, 2), Verdict::Free, "they let it go"),
        (shown(StockStatus::Listed, Some(("H-9", 3)), 0), Verdict::Free, "their time is over"),
    ] {
        assert_eq!(super::verdict(std::slice::from_ref(&first), Some(&car), at(3)), verdict, "{why}");
    }
}

#[test]
fn hours_are_one_to_seventy_two() {
    for (hours, fits) in [(0, false), (1, true), (72, true), (73, false)] {
        assert_eq!(check_hours(hours).is_ok(), fits, "{hours}");
    }
}

#[test]
fn a_car_that_was_sold_or_taken_from_the_shop_is_lost_for_all() {
    assert_eq!(loss(StockStatus::Listed), None);
    assert_eq!(loss(StockStatus::Negotiating), None);
    assert_eq!(loss(StockStatus::Contracted), Some(HoldLoss::Sold));
    assert_eq!(loss(StockStatus::Wholesale), Some(HoldLoss::NotForSale));
}
