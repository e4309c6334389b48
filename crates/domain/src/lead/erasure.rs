//! 個人情報の消去: a closed lead loses everything that it says of its person, and stays for the statistics.

use serde::{Deserialize, Serialize};

use super::{Lead, Profile, WantedCar};
use crate::company_name::CompanyName;
use crate::contact::Address;
use crate::text::{lines, tidy};
use crate::{Error, Invalid, Timestamp, search};

/// The most characters of what is noted about an erasure.
pub const MAX_NOTE: usize = 200;
/// A shorter part of a name stands in many words by chance.
const TELLING: usize = 2;

/// Why a person is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErasureReason {
    /// 本人の請求
    Requested,
    /// 保存期間の満了
    Expired,
    /// 誤登録
    Mistaken,
}

impl ErasureReason {
    pub const ALL: [Self; 3] = [Self::Requested, Self::Expired, Self::Mistaken];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Expired => "expired",
            Self::Mistaken => "mistaken",
        }
    }

    /// Whether it must be said how it was made sure who asked: a wish of somebody else would harm the person.
    #[must_use]
    pub fn needs_note(self) -> bool {
        self == Self::Requested
    }
}

/// Why somebody is erased and how who asked was identified: the proof that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    pub reason: ErasureReason,
    pub note: Option<String>,
}

impl Erasure {
    /// Checks what was written. The note stays when the person is gone, so it must not name them.
    ///
    /// # Errors
    /// On `note`: `required` where the reason wants one, `too_long`, and `erasure.personal` for what stands in the lead.
    pub fn check(reason: ErasureReason, note: Option<&str>, lead: &Lead) -> Result<Self, Invalid> {
        let note = note.map(lines).filter(|note| !tidy(note).is_empty());
        let checked = match &note {
            None if reason.needs_note() => Err("required"),
            Some(note) if note.chars().count() > MAX_NOTE => Err("too_long"),
            Some(note) if lead.profile.is_named_in(note) => Err("erasure.personal"),
            _ => Ok(()),
        };
        let mut broken = Invalid::default();
        broken.take("note", checked);
        broken.finish(Self { reason, note })
    }
}

impl Lead {
    /// Empties what is known of the person; where it came from and how far it got stays.
    ///
    /// # Errors
    /// `LeadErased` when it is done already, `LeadOpen` while somebody works on the lead.
    pub fn erase(&mut self, at: Timestamp) -> Result<(), Error> {
        self.require_kept()?;
        if self.status.is_open() {
            return Err(Error::LeadOpen);
        }
        self.profile = self.profile.without_person();
        self.customer_code = None;
        self.erased_at = Some(at);
        self.updated_at = at;
        Ok(())
    }

    /// Nothing is written any more to a lead whose person was erased.
    ///
    /// # Errors
    /// `LeadErased` when that was done.
    pub fn require_kept(&self) -> Result<(), Error> {
        if self.erased_at.is_some() { Err(Error::LeadErased) } else { Ok(()) }
    }
}

impl Profile {
    fn without_person(&self) -> Self {
        Self {
            source: self.source.clone(),
            name: None,
            kana: None,
            company: None,
            phones: Vec::new(),
            mails: Vec::new(),
            address: Address::default(),
            wanted_car: WantedCar::default(),
            temperature: None,
            tags: Vec::new(),
            note: None,
        }
    }

    /// Whether a text says who this is: by name or a part of it, by reading, company, phone or mail, however they are spelt.
    fn is_named_in(&self, text: &str) -> bool {
        let company = self.company.as_deref().map(|company| CompanyName::parse(company).core);
        let text = search::fold(text);
        let kana = self.kana.as_ref().map(|kana| kana.katakana.as_str());
        let whole = [self.name.as_deref(), kana, self.company.as_deref()].into_iter().flatten();
        let parts = [self.name.as_deref(), kana].into_iter().flatten().flat_map(str::split_whitespace);
        let phones = self.phones.iter().map(|phone| phone.digits.as_str());
        let mails = self.mails.iter().map(String::as_str);
        let words = whole.chain(parts).chain(company.as_deref()).chain(phones).chain(mails);
        let mut telling = words.map(search::fold);
        telling.any(|word| word.chars().count() >= TELLING && text.contains(&word))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, lead};
    use super::super::{LeadStatus, TypedProfile};
    use super::*;

    fn known() -> Lead {
        let typed = TypedProfile {
            source: "phone".into(),
            name: Some("渡邉 髙志".into()),
            kana: Some("わたなべ たかし".into()),
            company: Some("㈱山田".into()),
            phones: vec!["090-1234-5678".into()],
            mails: vec!["taro@example.jp".into()],
            address: Address { city: Some("前橋市".into()), ..Address::default() },
            note: Some("平日19時以降".into()),
            ..TypedProfile::default()
        };
        let customer_code = Some("C-1".parse().unwrap());
        Lead { profile: typed.check().unwrap(), customer_code, ..lead(LeadStatus::Disqualified) }
    }

    #[test]
    fn only_a_closed_lead_is_erased_and_only_once() {
        for status in LeadStatus::ALL {
            let mut lead = lead(status);
            let expected = if status.is_open() { Err(Error::LeadOpen) } else { Ok(()) };
            assert_eq!(lead.erase(at(5)), expected, "{status:?}");
            assert_eq!(lead.erased_at.is_some(), expected.is_ok());
        }
        let mut lead = known();
        lead.erase(at(5)).unwrap();
        assert_eq!(lead.erase(at(6)), Err(Error::LeadErased));
        assert_eq!(lead.erased_at, Some(at(5)));
    }

    #[test]
    fn what_is_left_says_nothing_of_the_person() {
        let before = known();
        let mut lead = before.clone();
        lead.erase(at(5)).unwrap();
        let known: Vec<String> = lead.profile.known().into_iter().map(|known| known.field).collect();
        assert_eq!(known, ["source_code"]);
        assert_eq!(lead.profile.search_key(), "");
        assert_eq!(lead.customer_code, None);
        assert!(lead.profile.sort_key() > before.profile.sort_key(), "it stands behind everybody with a name");
        assert_eq!(
            (lead.store_id, lead.status, lead.received_at),
            (before.store_id, before.status, before.received_at)
        );
    }

    #[test]
    fn nothing_is_written_to_it_any_more() {
        let mut lead = known();
        lead.erase(at(5)).unwrap();
        assert_eq!(lead.assign(None, at(6)), Err(Error::LeadErased));
        assert_eq!(lead.link(Some("C-1".parse().unwrap()), at(6)), Err(Error::LeadErased));
        assert_eq!(lead.move_to(LeadStatus::Working, None, at(6)), Err(Error::LeadErased));
    }

    #[test]
    fn a_note_says_how_it_was_made_sure_and_not_who_it_was() {
        use ErasureReason::{Expired, Mistaken, Requested};
        let broken = |reason, note: Option<&str>| {
            let checked = Erasure::check(reason, note, &known());
            checked.err().map(|Invalid(errors)| format!("{} {}", errors[0].field, errors[0].code))
        };
        assert_eq!(broken(Requested, Some("運転免許証を\n窓口で確認")), None);
        assert_eq!(broken(Requested, Some("　")).as_deref(), Some("note required"));
        assert_eq!(broken(Requested, None).as_deref(), Some("note required"));
        assert_eq!((broken(Expired, None), broken(Mistaken, Some(""))), (None, None));
        assert_eq!(broken(Mistaken, Some(&"あ".repeat(201))).as_deref(), Some("note too_long"));
        for named in [
            "渡辺様が来店",
            "高志さん",
            "ワタナベタカシ",
            "０９０１２３４５６７８",
            "TARO@example.jp へ返信",
            "㈱山田",
            "わたなべ様",
            "山田の担当者",
        ] {
            assert_eq!(broken(Requested, Some(named)).as_deref(), Some("note erasure.personal"), "{named}");
        }
    }
}
