//! The search over two hundred typical names, by what people type at a counter.

use std::collections::BTreeSet;

use noren_domain::staff::Role;
use serde_json::json;

use crate::harness::{TestApp, User, escaped, spawn_app};

/// Family names with their reading; those that share a number are ways to write the same name.
const FAMILIES: [(&str, &str, u8); 20] = [
    ("佐藤", "サトウ", 1),
    ("鈴木", "スズキ", 2),
    ("髙橋", "タカハシ", 3),
    ("高橋", "タカハシ", 3),
    ("田中", "タナカ", 4),
    ("渡邉", "ワタナベ", 5),
    ("渡邊", "ワタナベ", 5),
    ("渡辺", "ワタナベ", 5),
    ("山﨑", "ヤマザキ", 6),
    ("山崎", "ヤマザキ", 6),
    ("齋藤", "サイトウ", 7),
    ("斎藤", "サイトウ", 7),
    ("斉藤", "サイトウ", 7),
    ("濱田", "ハマダ", 8),
    ("浜田", "ハマダ", 8),
    ("小澤", "オザワ", 9),
    ("小沢", "オザワ", 9),
    ("島", "シマ", 10),
    ("嶋", "シマ", 10),
    ("長谷川", "ハセガワ", 11),
];
const GIVEN: [(&str, &str); 10] = [
    ("翔", "ショウ"),
    ("陽菜", "ヒナ"),
    ("健一", "ケンイチ"),
    ("美咲", "ミサキ"),
    ("大輔", "ダイスケ"),
    ("さくら", "サクラ"),
    ("涼", "リョウ"),
    ("恵", "メグミ"),
    ("拓也", "タクヤ"),
    ("眞理子", "マリコ"),
];

struct Person {
    family: usize,
    given: usize,
    phone: String,
}

impl Person {
    fn name(&self) -> String {
        format!("{} {}", FAMILIES[self.family].0, GIVEN[self.given].0)
    }

    fn kana(&self) -> String {
        format!("{} {}", FAMILIES[self.family].1, GIVEN[self.given].1)
    }
}

async fn town() -> (TestApp, User, Vec<Person>) {
    let app = spawn_app().await;
    let sales = app.sign_in(Role::Salesperson).await;
    let mut people = Vec::new();
    for family in 0..FAMILIES.len() {
        for given in 0..GIVEN.len() {
            let number = family * 10 + given;
            people.push(Person {
                family,
                given,
                phone: format!("090-55{:02}-{:04}", number % 89, 1_000 + number * 37),
            });
        }
    }
    for batch in people.chunks(10) {
        let sent = batch.iter().map(|person| {
            let mut new = app.new_lead(&person.name());
            new["profile"]["kana"] = json!(person.kana());
            new["profile"]["phones"] = json!([person.phone]);
            let sales = sales.clone();
            async move { sales.create("/api/v1/leads", &new).await.status }
        });
        assert_eq!(futures_util::future::join_all(sent).await, [201; 10]);
    }
    (app, sales, people)
}

async fn found(sales: &User, typed: &str) -> BTreeSet<(String, String)> {
    let answer = sales.get(&format!("/api/v1/leads?limit=200&q={}", escaped(typed))).await;
    assert_eq!(answer.status, 200, "{typed}: {}", answer.text);
    let items = answer.json["items"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    items.iter().map(|item| (text(&item["name"]), text(&item["kana"]))).collect()
}

fn those(people: &[Person], fits: impl Fn(&Person) -> bool) -> BTreeSet<(String, String)> {
    people.iter().filter(|person| fits(person)).map(|person| (person.name(), person.kana())).collect()
}

#[tokio::test]
async fn two_hundred_typical_names_are_found_by_what_people_type() {
    let (_app, sales, people) = town().await;
    let family = |class: u8| move |person: &Person| FAMILIES[person.family].2 == class;
    // One kanji: all names that hold it, in whichever form it is written.
    for (typed, classes) in
        [("橋", &[3_u8][..]), ("藤", &[1, 7]), ("田", &[4, 8]), ("邉", &[5]), ("﨑", &[6]), ("沢", &[9]), ("嶋", &[10])]
    {
        let expected = those(&people, |person| classes.contains(&FAMILIES[person.family].2));
        assert_eq!(found(&sales, typed).await, expected, "{typed}");
    }
    // Two kanji, in each of the ways to write them.
    for (typed, class) in [
        ("高橋", 3),
        ("髙橋", 3),
        ("渡辺", 5),
        ("渡邊", 5),
        ("山崎", 6),
        ("山﨑", 6),
        ("斎藤", 7),
        ("齋藤", 7),
        ("濱田", 8),
        ("小沢", 9),
        ("谷川", 11),
    ] {
        assert_eq!(found(&sales, typed).await, those(&people, family(class)), "{typed}");
    }
    // The first half of a reading, by any keyboard.
    for typed in ["たかは", "タカハ", "ﾀｶﾊ", "わたな", "ﾜﾀﾅ", "はせが", "ｼﾏ"] {
        let reading = noren_domain::search::fold(typed);
        let expected = those(&people, |person| noren_domain::search::fold(&person.kana()).contains(&reading));
        assert!(!expected.is_empty());
        assert_eq!(found(&sales, typed).await, expected, "{typed}");
    }
    // Family and given name together, and what nobody is called.
    let one = those(&people, |person| family(3)(person) && person.given == 4);
    assert_eq!(found(&sales, "高橋 大輔").await, one);
    assert_eq!(found(&sales, "たかはし だいすけ").await, one);
    for nobody in ["橋高", "橋 渡", "中島", "ワタベ"] {
        assert!(found(&sales, nobody).await.is_empty(), "{nobody}");
    }
}

#[tokio::test]
async fn a_person_is_found_by_the_tail_of_their_number() {
    let (_app, sales, people) = town().await;
    for person in people.iter().step_by(23) {
        let tail = &person.phone[person.phone.len() - 4..];
        let digits = |person: &Person| person.phone.replace('-', "");
        let expected = those(&people, |other| digits(other).contains(tail));
        assert!(expected.contains(&(person.name(), person.kana())));
        assert_eq!(found(&sales, tail).await, expected, "{tail}");
        let whole = those(&people, |other| other.phone == person.phone);
        for typed in [
            person.phone.clone(),
            digits(person),
            person.phone.replace('-', "−"),
            format!("+81{}", &digits(person)[1..]),
        ] {
            assert_eq!(found(&sales, &typed).await, whole, "{typed}");
        }
    }
}
