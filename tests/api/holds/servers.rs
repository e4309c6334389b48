//! One car, and two servers on one database, each with a sender of its own.

use noren_domain::hold::HoldState;
use serde_json::json;

use super::Yard;

#[tokio::test]
async fn a_hundred_claims_at_two_servers_are_one_holder_and_one_line() {
    let yard = Yard::open().await;
    let neighbour = yard.house.app.neighbour().await;
    let mut sellers = Vec::new();
    for at in 0..100 {
        let seller = yard.seller_here().await;
        sellers.push(if at % 2 == 0 { seller } else { neighbour.asked_by(&seller) });
    }
    yard.house.control().reset_counts();
    let claims = futures_util::future::join_all(sellers.iter().map(|seller| yard.claim_again(seller))).await;
    let failed = claims.iter().find(|claim| claim.status != 201);
    assert!(failed.is_none(), "{:?}", failed.map(|claim| &claim.text));
    let up: Vec<usize> = (0..claims.len()).filter(|at| claims[*at].json["state"] != "queued").collect();
    assert_eq!(up.len(), 1, "nobody else was told that the car is theirs");
    yard.becomes(claims[up[0]].id(), HoldState::Held).await;
    assert_eq!(yard.house.control().counts().of("place_hold", "201"), 1, "EXTREME was asked for one");

    // Both servers see one line, and who lets go at the one has the next come up, once.
    let [one, other] = [0, 1].map(|at| &sellers[at]);
    let (here, there) = (one.get(&yard.path()).await.json, other.get(&yard.path()).await.json);
    let line = |answer: &serde_json::Value| {
        let items = answer["items"].as_array().unwrap();
        items.iter().map(|hold| (hold["id"].clone(), hold["position"].clone())).collect::<Vec<_>>()
    };
    assert_eq!((line(&here).len(), line(&here)), (100, line(&there)));
    let next = here["items"][1]["id"].as_str().unwrap().to_owned();
    let let_go = yard.release(&sellers[up[0]], claims[up[0]].id()).await;
    assert_eq!((let_go.status, &let_go.json["state"]), (200, &json!("released")), "{}", let_go.text);
    yard.becomes(&next, HoldState::Held).await;
    let counts = yard.house.control().counts();
    assert_eq!(counts.of("place_hold", "201"), 2);
    assert!(counts.effects.values().all(|effects| *effects == 1), "nothing was done twice");
}
