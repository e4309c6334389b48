//! Names in a note: whom its text calls by ＠, and whom one that is being typed may mean. Pure.

use noren_domain::StaffId;
use noren_domain::text::to_katakana;

/// A keyboard for Japanese makes the wide one.
const SIGNS: [char; 2] = ['@', '＠'];
/// How many people are offered at once.
const MOST: usize = 8;

/// Somebody who may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: StaffId,
    pub name: String,
    pub kana: String,
}

/// A text in pieces; those that are a sign and a name are marked.
pub fn pieces<'a>(text: &'a str, names: &[&str]) -> Vec<(&'a str, bool)> {
    let (mut pieces, mut rest, mut from) = (Vec::new(), text, 0);
    while let Some(at) = rest.get(from..).and_then(|rest| rest.find(SIGNS)).map(|at| from + at) {
        let (before, call) = rest.split_at(at);
        let sign = call.chars().next().map_or(0, char::len_utf8);
        // Of 佐藤 and 佐藤 一郎 the longer one is meant where it stands.
        let name =
            names.iter().filter(|name| !name.is_empty() && call[sign..].starts_with(**name)).map(|name| name.len());
        match name.max().filter(|_| begins_a_call(before)) {
            Some(name) => {
                let (call, after) = call.split_at(sign + name);
                pieces.extend((!before.is_empty()).then_some((before, false)));
                pieces.push((call, true));
                (rest, from) = (after, 0);
            }
            None => from = at + sign,
        }
    }
    pieces.extend((!rest.is_empty()).then_some((rest, false)));
    pieces
}

/// Whom a text calls, in its order, each once. Of two people of one name both are called.
pub fn called(text: &str, people: &[Person]) -> Vec<StaffId> {
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    let mut ids = Vec::new();
    for (call, _) in pieces(text, &names).into_iter().filter(|(_, marked)| *marked) {
        let name = call.trim_start_matches(SIGNS);
        for person in people.iter().filter(|person| person.name == name) {
            if !ids.contains(&person.id) {
                ids.push(person.id);
            }
        }
    }
    ids
}

/// What stands before the cursor since the last sign, where that may become a name.
pub fn begun(before: &str) -> Option<&str> {
    let at = before.rfind(SIGNS)?;
    let (before, call) = before.split_at(at);
    let typed = call.trim_start_matches(SIGNS);
    (begins_a_call(before) && !typed.contains('\n')).then_some(typed)
}

/// Not inside a mail address.
fn begins_a_call(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whom the beginning of a name may mean: by a part of the name, or of its reading.
pub fn offers(typed: &str, people: &[Person]) -> Vec<Person> {
    // A name that stands there is no beginning any more.
    if people.iter().any(|person| typed.starts_with(person.name.as_str())) {
        return Vec::new();
    }
    let typed = folded(typed);
    let fits = |text: &str| {
        let whole = folded(text);
        whole.starts_with(&typed) || text.split_whitespace().any(|part| folded(part).starts_with(&typed))
    };
    people.iter().filter(|person| fits(&person.name) || fits(&person.kana)).take(MOST).cloned().collect()
}

/// However it is spaced, and in whichever kana.
fn folded(text: &str) -> String {
    to_katakana(text).split_whitespace().collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn people() -> Vec<Person> {
        let person = |number, name: &str, kana: &str| Person {
            id: StaffId(Uuid::from_u128(number)),
            name: name.into(),
            kana: kana.into(),
        };
        vec![
            person(1, "小野里 美咲", "オノザト ミサキ"),
            person(2, "佐藤", "サトウ"),
            person(3, "佐藤 一郎", "サトウ イチロウ"),
            person(4, "佐藤 一郎", "サトウ イチロウ"),
            person(5, "John Smith", "ジョン スミス"),
        ]
    }

    fn numbers(text: &str) -> Vec<u128> {
        called(text, &people()).into_iter().map(|id| id.0.as_u128()).collect()
    }

    #[test]
    fn a_text_calls_whom_it_names_after_a_sign() {
        assert_eq!(numbers("@小野里 美咲 お願いします。＠佐藤さんも、@小野里 美咲"), [1, 2]);
        assert_eq!(numbers("@佐藤 一郎さん"), [3, 4], "both of that name, and not the shorter one");
        assert_eq!(numbers("小野里 美咲 a@佐藤 @小野 @@佐藤"), [2]);
    }

    #[test]
    fn the_pieces_of_a_text_are_the_text() {
        for text in ["", "@", "一@", "@佐藤", "電話を\n@佐藤@小野里 美咲へ", "a@b.jp ＠佐藤。"] {
            let pieces = pieces(text, &["佐藤", "小野里 美咲", ""]);
            assert_eq!(pieces.iter().map(|(piece, _)| *piece).collect::<String>(), text);
        }
        let marked = pieces("電話を@佐藤へ", &["佐藤"]);
        assert_eq!(marked, [("電話を", false), ("@佐藤", true), ("へ", false)]);
    }

    #[test]
    fn a_name_begins_at_a_sign_and_ends_with_the_line() {
        for (before, typed) in [
            ("@", Some("")),
            ("電話は＠おの", Some("おの")),
            ("@小野里 美", Some("小野里 美")),
            ("@@佐", Some("佐")),
            ("a@b", None),
            ("@佐\n", None),
            ("佐藤", None),
        ] {
            assert_eq!(begun(before), typed, "{before}");
        }
    }

    #[test]
    fn people_are_found_by_a_part_of_their_name_or_reading() {
        let found =
            |typed: &str| offers(typed, &people()).into_iter().map(|person| person.id.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(found(""), [1, 2, 3, 4, 5]);
        for typed in ["おの", "オノ", "みさ", "小野里", "小野里美", "美"] {
            assert_eq!(found(typed), [1], "{typed}");
        }
        assert_eq!(found("さとうい"), [3, 4]);
        assert_eq!(found("smi"), [5]);
        for typed in ["野", "佐藤 ", "小野里 美咲", "小野里 美咲 お願い"] {
            assert_eq!(found(typed), [0; 0], "{typed}");
        }
    }
}
