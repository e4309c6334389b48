//! What EXTREME is asked with somebody waiting for it.

use noren_domain::staff::Role;
use noren_extreme_simulator::Stream as Theirs;
use serde_json::json;

use super::Dealer;
use crate::harness::eventually;

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let dealer = Dealer::open().await;
    assert!(dealer.settles().await);
    let (control, administrator) = (dealer.control(), dealer.app.sign_in(Role::Administrator).await);
    for (stream, operation) in [(Theirs::Vehicles, "read_vehicle"), (Theirs::Customers, "read_customer")] {
        let key = control.keys(stream, 1).unwrap().remove(0);
        let path = format!("/api/v1/{}/{key}", stream.name());
        // Until EXTREME has answered in time: its 800 ms are little on a machine that does much else.
        let is_answered = async |outcome: &str| {
            control.reset_counts();
            let answer = administrator.get(&path).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            answer.json["origin"]["freshness"] == "live" && control.counts().of(operation, outcome) > 0
        };
        let is_sent_anew = async || {
            control.edit(stream, &key, &json!({})).unwrap();
            is_answered("200").await
        };
        assert!(eventually(is_sent_anew).await, "{path} is new and was not sent");
        assert!(eventually(async || is_answered("304").await).await, "{path} is known and was sent");
    }
}
