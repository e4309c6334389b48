//! Whether whoever asks is a customer already. A person decides; this says whom to look at, and why.

use std::collections::BTreeSet;

use super::Customer;
use crate::phone::Phone;
use crate::search::fold;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What two people have in common.
    MatchReason {
        /// 電話番号
        Phone = "phone",
        /// メールアドレス
        Mail = "mail",
        /// フリガナ
        Kana = "kana",
        /// 氏名・会社名
        Name = "name",
    }

    /// What the reasons amount to.
    MatchStrength {
        /// One name and one way to reach them: the same person.
        Same = "same",
        /// One way to reach them under another name, as families and companies have.
        Reached = "reached",
        /// One name alone; many people share one.
        Named = "named",
    }
}

/// One thing by which people are compared, in the form in which two spellings of it are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle {
    pub kind: MatchReason,
    pub text: String,
}

/// What is known of a person or company, in any spelling.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    pub names: &'a [&'a str],
    pub kana: &'a [&'a str],
    pub phones: &'a [&'a str],
    pub mails: &'a [&'a str],
}

impl Known<'_> {
    /// By what they can be found: names and readings as the search folds them, digits, mail addresses in lower case.
    #[must_use]
    pub fn handles(&self) -> BTreeSet<Handle> {
        let digits = |typed: &str| Phone::parse(typed).map(|phone| phone.digits).unwrap_or_default();
        let of = |kind: MatchReason, texts: &[&str], form: &dyn Fn(&str) -> String| {
            let handles = texts.iter().map(|text| Handle { kind, text: form(text) });
            handles.filter(|handle| !handle.text.is_empty()).collect::<Vec<_>>()
        };
        let all = [
            of(MatchReason::Phone, self.phones, &digits),
            of(MatchReason::Mail, self.mails, &|mail| mail.trim().to_lowercase()),
            of(MatchReason::Kana, self.kana, &fold),
            of(MatchReason::Name, self.names, &fold),
        ];
        all.into_iter().flatten().collect()
    }
}

/// By what a customer can be found.
#[must_use]
pub fn handles(customer: &Customer) -> BTreeSet<Handle> {
    let names: Vec<&str> =
        [Some(&customer.name), customer.contact_name.as_ref()].into_iter().flatten().map(String::as_str).collect();
    let kana: Vec<&str> = customer.kana.as_deref().into_iter().collect();
    let (phones, mails) = (borrowed(&customer.phones), borrowed(&customer.mails));
    Known { names: &names, kana: &kana, phones: &phones, mails: &mails }.handles()
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// A customer who may be the one, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub customer: Customer,
    pub strength: MatchStrength,
    pub reasons: Vec<MatchReason>,
}

/// Those of the candidates who have something in common with whoever asks, the likeliest first.
#[must_use]
pub fn matches(sought: &BTreeSet<Handle>, candidates: Vec<Customer>) -> Vec<Match> {
    let mut found: Vec<Match> = candidates.into_iter().filter_map(|customer| compare(sought, customer)).collect();
    found.sort_by(|one, other| {
        let rank = |found: &Match| (found.strength, std::cmp::Reverse(found.reasons.len()));
        rank(one).cmp(&rank(other)).then_with(|| one.customer.customer_code.cmp(&other.customer.customer_code))
    });
    found
}

fn compare(sought: &BTreeSet<Handle>, customer: Customer) -> Option<Match> {
    let mut reasons: Vec<MatchReason> = handles(&customer).intersection(sought).map(|handle| handle.kind).collect();
    reasons.dedup();
    let any = |wanted: [MatchReason; 2]| reasons.iter().any(|reason| wanted.contains(reason));
    let strength = match (any([MatchReason::Phone, MatchReason::Mail]), any([MatchReason::Kana, MatchReason::Name])) {
        (true, true) => MatchStrength::Same,
        (true, false) => MatchStrength::Reached,
        (false, true) => MatchStrength::Named,
        (false, false) => return None,
    };
    Some(Match { customer, strength, reasons })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::Address;
    use crate::customer::CustomerKind;

    fn customer(code: &str, name: &str, kana: &str, phone: &str, mail: &str) -> Customer {
        Customer {
            customer_code: code.parse().unwrap(),
            kind: CustomerKind::Person,
            name: name.to_owned(),
            kana: Some(kana.to_owned()),
            contact_name: None,
            birthday: None,
            phones: vec![phone.to_owned()],
            mails: vec![mail.to_owned()],
            address: Address::default(),
            store_code: "HONTEN".parse().unwrap(),
            staff_code: None,
            since: "2017-06-03".parse().unwrap(),
        }
    }

    fn house() -> Vec<Customer> {
        vec![
            customer("C-3", "髙橋 美咲", "タカハシ ミサキ", "03-9999-0000", "other@example.jp"),
            customer("C-2", "高橋 健", "タカハシ ケン", "090-1234-5678", "ken@example.jp"),
            customer("C-1", "髙橋 美咲", "タカハシ ミサキ", "090-1234-5678", "m.takahashi@example.jp"),
            customer("C-4", "佐藤 春香", "サトウ ハルカ", "080-0000-1111", "h@example.jp"),
        ]
    }

    #[test]
    fn who_shares_a_name_and_a_phone_comes_first_and_every_reason_is_said() {
        let sought = Known {
            names: &["高橋美咲"],
            kana: &["たかはし みさき"],
            phones: &["０９０ー１２３４ー５６７８"],
            mails: &["M.Takahashi@example.jp"],
        };
        let found = matches(&sought.handles(), house());
        let codes: Vec<(&str, MatchStrength)> =
            found.iter().map(|found| (found.customer.customer_code.as_str(), found.strength)).collect();
        assert_eq!(
            codes,
            [("C-1", MatchStrength::Same), ("C-2", MatchStrength::Reached), ("C-3", MatchStrength::Named)]
        );
        assert_eq!(found[0].reasons, MatchReason::ALL);
        assert_eq!(found[1].reasons, [MatchReason::Phone]);
        assert_eq!(found[2].reasons, [MatchReason::Kana, MatchReason::Name]);
    }

    #[test]
    fn nothing_known_matches_nobody() {
        let nobody = Known { names: &[" "], phones: &["いつでも"], mails: &[""], ..Known::default() };
        assert!(nobody.handles().is_empty());
        assert!(matches(&nobody.handles(), house()).is_empty());
    }
}
