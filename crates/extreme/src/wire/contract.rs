//! The contract's own examples, read as the adapter reads them, and what the adapter sends, held against the contract.

use jsonschema::Validator;
use noren_domain::Yen;
use noren_domain::customer::{CorrectionRequest, CorrectionState, CustomerField, Wish};
use noren_domain::hold::HoldState;
use noren_domain::staff::Role;
use noren_domain::staff_record::{Employment, Notifications, PersonName, ProposedStaff, StaffChange};
use noren_domain::vehicle::StockStatus;
use serde_json::{Value, json};

use super::*;
use crate::gateway::{Claimed, Extended, HoldClaim};

/// `openapi/extreme.yaml`.
fn document() -> Value {
    yaml_serde::from_str(include_str!("../../../../openapi/extreme.yaml")).unwrap()
}

fn example(schema: &str) -> Value {
    document()["components"]["schemas"][schema]["examples"][0].clone()
}

fn validator(schema: &str) -> Validator {
    let mut whole = document();
    whole["$ref"] = json!(format!("#/components/schemas/{schema}"));
    jsonschema::draft202012::new(&whole).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

fn understood<R: Record>(schema: &str) -> R::Domain {
    let example = example(schema);
    let read = record::<R>(&bytes(&example)).unwrap();
    assert_eq!(json!(read.revision), example["revision"]);
    read.record
}

#[test]
fn every_record_of_the_contract_is_understood() {
    let vehicle = understood::<WireVehicle>("Vehicle");
    assert_eq!(vehicle.title(), "トヨタ プリウス Z");
    assert_eq!((vehicle.offer.advertised_total, vehicle.purchase_cost), (Some(Yen(2_498_000)), Some(Yen(2_010_000))));
    assert_eq!(vehicle.identity.registration_number.unwrap().to_string(), "世田谷 330 さ 12-34");
    assert_eq!(understood::<WireSale>("Sale").gross_profit, Some(Yen(293_000)));
    assert_eq!(understood::<WireStockPurchase>("StockPurchase").transport, Some(Yen(22_000)));
    let customer = understood::<WireCustomer>("Customer");
    assert_eq!((customer.name.as_str(), customer.address.postal_code.as_deref()), ("髙橋 美咲", Some("1540017")));
    assert_eq!(understood::<WirePurchase>("Purchase").car.model_name, "フィット");
    assert_eq!(understood::<WireMaintenance>("MaintenanceRecord").lines.len(), 2);
    assert!(understood::<WireInspection>("Inspection").expiry.is_some());
    assert_eq!(understood::<WireStaff>("Staff").name.full(), "佐藤 春香");
}

#[test]
fn what_a_caller_may_not_see_is_absent_and_no_fault() {
    let mut vehicle = example("Vehicle");
    vehicle.as_object_mut().unwrap().remove("purchase_cost_yen");
    assert_eq!(record::<WireVehicle>(&bytes(&vehicle)).unwrap().record.purchase_cost, None);
}

#[test]
fn words_of_a_later_version_are_ignored_where_a_car_can_do_without() {
    let mut vehicle = example("Vehicle");
    vehicle["fuel_type"] = json!("ammonia");
    vehicle["body_type"] = json!("flying");
    vehicle["a_later_member"] = json!({"any": "thing"});
    let read = record::<WireVehicle>(&bytes(&vehicle)).unwrap().record;
    assert_eq!((read.build.fuel_type, read.build.body_type), (None, noren_domain::vehicle::BodyType::Other));
    vehicle["status"] = json!("teleported");
    assert_eq!(record::<WireVehicle>(&bytes(&vehicle)).unwrap_err(), "status");
}

#[test]
fn a_wrong_member_is_named_and_its_value_is_not_repeated() {
    let wrong = |member: &str, value: Value| {
        let mut vehicle = example("Vehicle");
        vehicle[member] = value;
        record::<WireVehicle>(&bytes(&vehicle)).unwrap_err()
    };
    assert_eq!(wrong("odometer_km", json!("2万キロ")), "odometer_km");
    assert_eq!(wrong("odometer_km", json!(-1)), "odometer_km");
    assert_eq!(wrong("vehicle_price_yen", json!(-1)), "vehicle_price_yen");
    assert_eq!(wrong("vehicle_price_yen", json!(10_000_000_000_000_u64)), "vehicle_price_yen");
    assert_eq!(wrong("maker", json!("ト".repeat(201))), "maker");
    assert_eq!(wrong("revision", json!(0)), "revision");
    assert_eq!(wrong("photos", json!(vec![json!({"photo_id": "p"}); 41])), "photos");
    assert_eq!(wrong("stock_number", json!("../../etc")), "stock_number");
    assert_eq!(wrong("first_registration_ym", json!("R5.4")), "first_registration_ym");
}

#[test]
fn a_page_keeps_its_good_records_and_names_the_others() {
    let mut bad = example("Customer");
    bad["phones"] = json!("090-1234-5678");
    bad["customer_code"] = json!("C-9");
    let tombstone =
        json!({"key": "C-1", "revision": 3, "deleted_at": "2026-11-20T11:02:00+09:00", "merged_into": "C-2"});
    let page =
        json!({"items": [example("Customer"), bad], "tombstones": [tombstone], "next": "customers.7", "more": true});
    let read = super::page::<WireCustomer>(&bytes(&page)).unwrap();
    assert_eq!((read.changes.items.len(), read.changes.next.as_str(), read.changes.more), (1, "customers.7", true));
    assert_eq!(read.changes.tombstones[0].merged_into.as_deref(), Some("C-2"));
    assert_eq!(read.refused, [Refused { key: Some("C-9".to_owned()), field: "phones".to_owned() }]);
    for hostile in [&b"<html>"[..], b"{", b"[]", b"{\"items\": 7}", b""] {
        assert_eq!(super::page::<WireCustomer>(hostile).unwrap_err(), Error::Hostile(Cause::Form));
    }
}

#[test]
fn what_is_sent_is_what_the_contract_wants() {
    let name = PersonName {
        family: "佐藤".to_owned(),
        given: "春香".to_owned(),
        family_kana: "サトウ".to_owned(),
        given_kana: "ハルカ".to_owned(),
    };
    let proposed = ProposedStaff { name, store_code: "HONTEN".parse().unwrap(), employment: Employment::Active };
    let change = StaffChange {
        role: Role::Manager,
        mail: Some("h.sato@example.jp".to_owned()),
        notifications: Some(Notifications { new_lead: true, daily_digest: false }),
        proposed: Some(proposed),
    };
    for change in [&change, &StaffChange { mail: None, notifications: None, proposed: None, ..change.clone() }] {
        let sent = serde_json::to_value(StaffEdit::from(change)).unwrap();
        assert!(validator("StaffEdit").is_valid(&sent), "{sent}");
    }
}

#[test]
fn a_wish_is_what_the_contract_wants_and_its_answer_is_understood() {
    let wish = |field, wanted: Option<&str>| Wish { field, seen: None, wanted: wanted.map(str::to_owned) };
    let request = CorrectionRequest {
        id: "0192f1d0-52c7-7e4f-8a10-7d51c9a0b3f2".parse().unwrap(),
        customer_code: "C-002318".parse().unwrap(),
        staff_id: "0192f1d0-52c7-7e4f-8a10-7d51c9a0b3f3".parse().unwrap(),
        wishes: CustomerField::ALL.iter().map(|field| wish(*field, Some("松原ハイツ305"))).collect(),
        note: Some("転居。ご本人より電話。".to_owned()),
        requested_at: "2026-11-23T08:00:00Z".parse().unwrap(),
        state: CorrectionState::Waiting,
        outbox_message_id: "0192f1d0-52c7-7e4f-8a10-7d51c9a0b3f4".parse().unwrap(),
        correction_number: None,
        decided_at: None,
        reason: None,
        entered_by: None,
        version: 1,
    };
    let bare = CorrectionRequest { wishes: vec![wish(CustomerField::Building, None)], note: None, ..request.clone() };
    for request in [&request, &bare] {
        let sent = serde_json::to_value(CorrectionWish::of(request, "E0012")).unwrap();
        assert!(validator("CorrectionWish").is_valid(&sent), "{sent}");
    }
    // What is asked for are members that the contract's customer has.
    let customer = &document()["components"]["schemas"]["Customer"];
    let members = format!("{customer}");
    assert!(CustomerField::ALL.iter().all(|field| members.contains(&format!("\"{}\"", field.as_str()))), "{members}");

    let mut answer = example("CorrectionRequest");
    let read = correction(&bytes(&answer)).unwrap();
    assert_eq!((read.correction_number.as_str(), read.state), ("R-2026-00051", CorrectionState::Sent));
    answer["state"] = json!("refused");
    answer["decided_at"] = json!("2026-11-24T10:00:00+09:00");
    answer["reason"] = json!("本人確認ができません");
    let read = correction(&bytes(&answer)).unwrap();
    assert_eq!((read.state, read.reason.as_deref()), (CorrectionState::Refused, Some("本人確認ができません")));
    assert!(read.decided_at.is_some());
    assert_eq!(correction(b"<html>").unwrap_err(), Error::Hostile(Cause::Form));
}

#[test]
fn what_no_text_holds_and_no_page_holds_is_refused() {
    let mut vehicle = example("Vehicle");
    vehicle["comment"] = json!("禁煙車\u{0}です");
    assert_eq!(record::<WireVehicle>(&bytes(&vehicle)).unwrap_err(), "comment");
    vehicle["comment"] = json!("\\u0000 と書いてある");
    assert!(record::<WireVehicle>(&bytes(&vehicle)).is_ok(), "the words are no NUL");
    vehicle["photos"] = json!([{"photo_id": "p".repeat(80)}]);
    assert!(record::<WireVehicle>(&bytes(&vehicle)).is_ok());
    for wrong in ["p".repeat(81), "../p".to_owned(), String::new()] {
        vehicle["photos"] = json!([{"photo_id": wrong}]);
        assert_eq!(record::<WireVehicle>(&bytes(&vehicle)).unwrap_err(), "photos");
    }
    let page = |items: usize, key: &str, next: &str| {
        let gone = json!({"key": key, "revision": 3, "deleted_at": "2026-11-20T11:02:00+09:00", "merged_into": null});
        let page = json!({"items": vec![json!({}); items], "tombstones": [gone], "next": next, "more": true});
        super::page::<WireCustomer>(&bytes(&page))
    };
    assert_eq!(page(999, "C-1", "customers.7").unwrap().refused.len(), 999);
    for wrong in
        [page(1_000, "C-1", "c"), page(1, "C 1", "c"), page(1, "C-1", &"c".repeat(1_001)), page(1, "C-1", "\0")]
    {
        assert_eq!(wrong.unwrap_err(), Error::Hostile(Cause::Form));
    }
    let listed = |items: Value, more| revisions(&bytes(&json!({"items": items, "count": 2, "more": more})));
    assert_eq!(listed(json!([["C-1", 1], ["C-2", 4]]), true).unwrap().items.len(), 2);
    for (items, more) in
        [(json!([["C-2", 1], ["C-1", 4]]), false), (json!([["C-1", 1], ["C-1", 4]]), false), (json!([]), true)]
    {
        assert_eq!(listed(items, more).unwrap_err(), Error::Hostile(Cause::Form));
    }
}

#[test]
fn a_claim_is_what_the_contract_wants_and_every_answer_to_it_is_understood() {
    let claim = HoldClaim {
        stock_number: "S-01042".parse().unwrap(),
        staff_code: "E0012".to_owned(),
        store_code: "HONTEN".to_owned(),
        until: "2026-11-24T09:00:00Z".parse().unwrap(),
        reference: "0192f1c2-7a31-7d31-8f06-6a3c1d2e4f50".parse().unwrap(),
        customer_code: None,
    };
    let sent = serde_json::to_value(HoldWish::from(&claim)).unwrap();
    assert!(validator("HoldClaim").is_valid(&sent), "{sent}");

    let mut hold = example("Hold");
    let read = kept(&bytes(&hold)).unwrap();
    assert_eq!(
        (read.placed.hold_id.as_str(), read.placed.revision, read.state),
        ("H-20261123-0007", 1, HoldState::Held)
    );
    for state in ["released", "expired", "contracted"] {
        hold["state"] = json!(state);
        assert_eq!(kept(&bytes(&hold)).unwrap().state.as_str(), state);
    }
    hold["state"] = json!("teleported");
    assert_eq!(kept(&bytes(&hold)).unwrap_err(), Error::Hostile(Cause::Form));

    let problem = |operation: &str, name: &str| {
        let answers =
            &document()["paths"][operation]["post"]["responses"]["409"]["content"]["application/problem+json"];
        bytes(&answers["examples"][name]["value"])
    };
    let holds = "/vehicles/{stock_number}/holds";
    let Claimed::Taken(holder) = not_claimed(&problem(holds, "taken")).unwrap() else { panic!("taken") };
    assert_eq!(holder.staff_name, "佐藤 春香");
    assert_eq!(not_claimed(&problem(holds, "sold")).unwrap(), Claimed::NotAvailable(Some(StockStatus::Contracted)));
    let later = json!({"code": "vehicle.not_available", "vehicle_status": "teleported"});
    assert_eq!(not_claimed(&bytes(&later)).unwrap(), Claimed::NotAvailable(None));
    assert_eq!(not_claimed(&bytes(&json!({"code": "hold.taken"}))).unwrap_err(), Error::Hostile(Cause::Form));
    assert_eq!(not_claimed(&bytes(&json!({"code": "another"}))).unwrap_err(), Error::Final { status: 409 });
    assert_eq!(not_extended(&bytes(&json!({"code": "hold.over"}))).unwrap(), Extended::Over);
    assert_eq!(not_extended(&problem(holds, "taken")).unwrap(), Extended::Over);

    let path = &document()["paths"]["/vehicles/{stock_number}/availability"]["get"]["responses"]["200"];
    let said = &path["content"]["application/json"]["examples"];
    let (free, taken) = (&said["free"]["value"], &said["held"]["value"]);
    assert!(availability(&bytes(free)).unwrap().is_available);
    let taken = availability(&bytes(taken)).unwrap();
    assert_eq!((taken.is_available, taken.hold.map(|hold| hold.staff_name)), (false, Some("佐藤 春香".to_owned())));
}
