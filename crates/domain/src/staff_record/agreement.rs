//! The rule per field, where EXTREME and Noren do not say the same of somebody.
//!
//! EXTREME's word on name, home store and employment is taken unless somebody has changed it in Noren since both were compared last:
//! then a person settles it. Noren's word on role and mail is told to EXTREME. Nobody is shut out with open leads unseen, and the last
//! administrator never is.

use serde::{Deserialize, Serialize};

use super::{Employment, ProposedStaff, StaffRecord};
use crate::StoreId;
use crate::code::StoreCode;
use crate::kana::Kana;
use crate::staff::{Role, Staff, StaffProfile, StaffStatus};
use crate::text::one_line;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a person has to settle.
    Dispute {
        /// Nobody here has the code.
        UnknownStaff = "unknown_staff",
        /// Name or reading differ, and Noren's was edited since.
        Name = "name",
        /// The home store differs, and Noren's was edited since.
        Store = "store",
        /// EXTREME names a store that nobody knows here, or that is closed.
        UnknownStore = "unknown_store",
        /// Whether they work here differs, and Noren's was changed since.
        Employment = "employment",
        /// They leave, or leave a store, with open leads.
        OpenLeads = "open_leads",
        /// Nobody would be left to administrate.
        LastAdministrator = "last_administrator",
        /// EXTREME does not take what Noren masters.
        NotTaken = "not_taken",
    }

    /// How a person settles it.
    Settlement {
        /// What EXTREME says holds here too.
        TakeTheirs = "take_theirs",
        /// What Noren says stays, and EXTREME is told of the wish.
        KeepOurs = "keep_ours",
        /// Both stay as they are.
        Leave = "leave",
    }

    /// How a dispute stands.
    ConflictState {
        /// A person is asked.
        Open = "open",
        /// Noren's word stays; EXTREME decides.
        Kept = "kept",
        /// Both stay as they are.
        Left = "left",
        /// EXTREME's word was taken.
        Taken = "taken",
    }
}

impl Dispute {
    /// By what a person may settle it. What else there is to do is done elsewhere: leads are handed over, a store is opened, somebody is
    /// made or made an administrator; the dispute ends by itself then.
    #[must_use]
    pub fn ways(self) -> &'static [Settlement] {
        use Settlement::{KeepOurs, Leave, TakeTheirs};
        match self {
            Self::UnknownStaff | Self::OpenLeads => &[Leave],
            Self::Name | Self::Store | Self::Employment => &[TakeTheirs, KeepOurs, Leave],
            Self::UnknownStore | Self::LastAdministrator | Self::NotTaken => &[KeepOurs, Leave],
        }
    }
}

/// A name with its reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    pub name: String,
    pub kana: String,
}

/// What one side says of somebody, of what EXTREME masters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    pub named: Named,
    /// Of the home store; none before the first store.
    pub store_code: Option<String>,
    pub employment: Employment,
}

impl Said {
    /// What EXTREME says, in Noren's form.
    #[must_use]
    pub fn there(record: &StaffRecord) -> Self {
        let kana = record.name.full_kana();
        let kana = Kana::parse(&kana).map_or(kana, |kana| kana.katakana);
        Self {
            named: Named { name: one_line(&record.name.full()), kana },
            store_code: Some(record.store_code.to_string()),
            employment: record.employment,
        }
    }

    /// What Noren says.
    #[must_use]
    pub fn here(person: &Staff, home_code: Option<&str>) -> Self {
        Self {
            named: Named { name: person.name.clone(), kana: person.kana.clone() },
            store_code: home_code.map(ToOwned::to_owned),
            employment: match person.status {
                StaffStatus::Active => Employment::Active,
                StaffStatus::Suspended => Employment::OnLeave,
                StaffStatus::Retired => Employment::Retired,
            },
        }
    }
}

/// What EXTREME said when both were compared last, as far as it was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    pub named: Option<Named>,
    pub store_code: Option<String>,
    pub employment: Option<Employment>,
}

/// Both sides, and what the rule has to know of the house.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'a> {
    pub theirs: &'a StaffRecord,
    pub ours: &'a Staff,
    pub before: &'a Before,
    /// The code of the home store here.
    pub home_code: Option<&'a str>,
    /// The store that EXTREME names, where it is open here.
    pub store: Option<StoreId>,
    /// Where they have open leads.
    pub leads_at: &'a [StoreId],
    pub is_last_administrator: bool,
}

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What they are to be here.
    pub profile: StaffProfile,
    pub status: StaffStatus,
    pub disputes: Vec<Dispute>,
    /// What is remembered for the next time.
    pub before: Before,
    /// Whether EXTREME has to be told of what Noren masters.
    pub is_to_be_told: bool,
}

/// Whose word holds.
enum Word {
    Same,
    Theirs,
    Disputed,
}

/// Noren's own edit is one since the last comparison; before the first there is none.
fn word<T: PartialEq>(theirs: &T, ours: &T, before: Option<&T>) -> Word {
    match before {
        _ if theirs == ours => Word::Same,
        Some(before) if before != ours => Word::Disputed,
        _ => Word::Theirs,
    }
}

/// Judges both sides.
#[must_use]
pub fn agree(sides: &Sides<'_>) -> Verdict {
    let mut verdict = Verdict {
        profile: sides.ours.profile(),
        status: sides.ours.status,
        disputes: Vec::new(),
        before: sides.before.clone(),
        is_to_be_told: false,
    };
    let (theirs, ours) = (Said::there(sides.theirs), Said::here(sides.ours, sides.home_code));
    verdict.name(&theirs, &ours);
    verdict.store(sides, &theirs, &ours);
    verdict.employment(sides);
    let told = sides.theirs;
    let differs = told.role != Some(verdict.profile.role) || told.mail.as_ref() != Some(&verdict.profile.mail);
    verdict.is_to_be_told = differs && verdict.status != StaffStatus::Retired;
    verdict
}

impl Verdict {
    fn name(&mut self, theirs: &Said, ours: &Said) {
        match word(&theirs.named, &ours.named, self.before.named.as_ref()) {
            Word::Same => self.before.named = Some(theirs.named.clone()),
            Word::Disputed => self.disputes.push(Dispute::Name),
            Word::Theirs => {
                self.before.named = Some(theirs.named.clone());
                self.profile.name.clone_from(&theirs.named.name);
                // Where EXTREME has no reading that can be read, ours stays.
                if Kana::parse(&theirs.named.kana).is_ok_and(|kana| !kana.katakana.is_empty()) {
                    self.profile.kana.clone_from(&theirs.named.kana);
                }
            }
        }
    }

    fn store(&mut self, sides: &Sides<'_>, theirs: &Said, ours: &Said) {
        if theirs.store_code == ours.store_code {
            self.before.store_code.clone_from(&theirs.store_code);
            return;
        }
        let Some(store) = sides.store else { return self.disputes.push(Dispute::UnknownStore) };
        let before = self.before.store_code.clone().map(Some);
        match word(&theirs.store_code, &ours.store_code, before.as_ref()) {
            Word::Same => {}
            Word::Disputed => self.disputes.push(Dispute::Store),
            Word::Theirs => {
                let home = sides.ours.stores.first().copied();
                if home.is_some_and(|home| sides.leads_at.contains(&home)) {
                    return self.disputes.push(Dispute::OpenLeads);
                }
                self.before.store_code.clone_from(&theirs.store_code);
                let others = sides.ours.stores.iter().copied().filter(|other| Some(*other) != home && *other != store);
                self.profile.stores = [store].into_iter().chain(others).collect();
            }
        }
    }

    fn employment(&mut self, sides: &Sides<'_>) {
        let (theirs, before) = (sides.theirs.employment, self.before.employment);
        self.before.employment = Some(theirs);
        let was_away = before.is_some_and(|before| before != Employment::Active);
        let is_free = sides.leads_at.is_empty();
        match (theirs, sides.ours.status) {
            // Whoever was suspended in Noren alone stays so.
            (Employment::Active, StaffStatus::Active) => {}
            (Employment::Active, StaffStatus::Suspended) if !was_away => {}
            (Employment::Active, StaffStatus::Retired) if !was_away => self.disputes.push(Dispute::Employment),
            (Employment::Active, _) if sides.store.is_none() => self.disputes.push(Dispute::UnknownStore),
            (Employment::Active, _) => self.status = StaffStatus::Active,
            (_, StaffStatus::Active) if sides.ours.role == Role::Administrator && sides.is_last_administrator => {
                self.disputes.push(Dispute::LastAdministrator);
            }
            // Somebody has let them in again since.
            (_, StaffStatus::Active) if before == Some(theirs) => self.disputes.push(Dispute::Employment),
            (Employment::Retired, StaffStatus::Active | StaffStatus::Suspended) if is_free => {
                self.status = StaffStatus::Retired;
            }
            (_, StaffStatus::Active) => self.status = StaffStatus::Suspended,
            (Employment::OnLeave, StaffStatus::Retired) => self.disputes.push(Dispute::Employment),
            (_, StaffStatus::Suspended | StaffStatus::Retired) => {}
        }
        let is_away = theirs != Employment::Active && self.status != StaffStatus::Active;
        if is_away && !is_free && !self.disputes.contains(&Dispute::OpenLeads) {
            self.disputes.push(Dispute::OpenLeads);
        }
        self.disputes.sort_unstable();
        self.disputes.dedup();
    }
}

impl Before {
    /// As if nobody had edited in Noren what a person gives to EXTREME now.
    pub fn give_way(&mut self, dispute: Dispute, ours: &Said) {
        match dispute {
            Dispute::Name => self.named = Some(ours.named.clone()),
            Dispute::Store => self.store_code.clone_from(&ours.store_code),
            Dispute::Employment => self.employment = Some(ours.employment),
            _ => {}
        }
    }
}

impl ProposedStaff {
    /// What EXTREME is asked to say, where a person keeps Noren's word in some of it; of the rest its own.
    #[must_use]
    pub fn of(theirs: &StaffRecord, ours: &Said, kept: &[Dispute]) -> Self {
        let keeps = |disputes: &[Dispute]| disputes.iter().any(|dispute| kept.contains(dispute));
        let Named { name, kana } = &ours.named;
        let home: Option<StoreCode> = ours.store_code.clone().and_then(|code| code.try_into().ok());
        Self {
            name: if keeps(&[Dispute::Name]) { super::PersonName::parted(name, kana) } else { theirs.name.clone() },
            store_code: home
                .filter(|_| keeps(&[Dispute::Store, Dispute::UnknownStore]))
                .unwrap_or_else(|| theirs.store_code.clone()),
            employment: if keeps(&[Dispute::Employment, Dispute::LastAdministrator]) {
                ours.employment
            } else {
                theirs.employment
            },
        }
    }
}

/// By what a dispute that was settled is known again: while both sides say what they said then, nobody is asked twice.
#[must_use]
pub fn mark(dispute: Dispute, theirs: &Said, ours: Option<&Said>) -> String {
    let part = |said: &Said| match dispute {
        Dispute::UnknownStaff | Dispute::NotTaken => String::new(),
        Dispute::Name => format!("{} / {}", said.named.name, said.named.kana),
        Dispute::Store | Dispute::UnknownStore => said.store_code.clone().unwrap_or_default(),
        Dispute::Employment | Dispute::LastAdministrator => said.employment.as_str().to_owned(),
        Dispute::OpenLeads => {
            format!("{} {}", said.employment.as_str(), said.store_code.as_deref().unwrap_or_default())
        }
    };
    format!("{} | {}", part(theirs), ours.map(part).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::PersonName;
    use super::*;
    use crate::lead::tests::colleague;

    /// 佐久間 涼, as both sides have him.
    fn record() -> StaffRecord {
        StaffRecord {
            staff_code: "S001".parse().unwrap(),
            name: PersonName::parted("佐久間 涼", "サクマ リョウ"),
            store_code: "001".parse().unwrap(),
            employment: Employment::Active,
            role: Some(Role::Salesperson),
            mail: Some("sakuma@example.jp".to_owned()),
            notifications: None,
        }
    }

    fn person() -> Staff {
        Staff {
            name: "佐久間 涼".to_owned(),
            kana: "サクマ リョウ".to_owned(),
            mail: "sakuma@example.jp".to_owned(),
            role: Role::Salesperson,
            ..colleague(2, StaffStatus::Active)
        }
    }

    fn compared() -> Before {
        let Said { named, store_code, employment } = Said::there(&record());
        Before { named: Some(named), store_code, employment: Some(employment) }
    }

    fn sides<'a>(theirs: &'a StaffRecord, ours: &'a Staff, before: &'a Before) -> Sides<'a> {
        let store = Some(StoreId(uuid::Uuid::from_u128(99)));
        Sides { theirs, ours, before, home_code: Some("001"), store, leads_at: &[], is_last_administrator: false }
    }

    #[test]
    fn nothing_follows_from_two_sides_that_agree() {
        let (theirs, ours) = (record(), person());
        for before in [Before::default(), compared()] {
            let verdict = agree(&sides(&theirs, &ours, &before));
            assert_eq!((verdict.profile, verdict.status), (ours.profile(), StaffStatus::Active));
            assert!(verdict.disputes.is_empty() && !verdict.is_to_be_told);
            assert_eq!(verdict.before, compared());
        }
    }

    #[test]
    fn a_name_is_taken_from_extreme_unless_it_was_edited_here_since() {
        let theirs = StaffRecord { name: PersonName::parted("斎藤 涼", "ｻｲﾄｳ ﾘｮｳ"), ..record() };
        let ours = person();
        for before in [Before::default(), compared()] {
            let verdict = agree(&sides(&theirs, &ours, &before));
            assert_eq!((verdict.profile.name.as_str(), verdict.profile.kana.as_str()), ("斎藤 涼", "サイトウ リョウ"));
            assert!(verdict.disputes.is_empty());
        }
        let edited = Staff { name: "齋藤 涼".to_owned(), ..person() };
        for there in [record(), theirs] {
            let verdict = agree(&sides(&there, &edited, &compared()));
            assert_eq!((verdict.profile.name.as_str(), verdict.disputes), ("齋藤 涼", vec![Dispute::Name]));
        }
    }

    #[test]
    fn whoever_gives_way_has_the_word_of_extreme_next_time() {
        let (theirs, edited) = (record(), Staff { name: "齋藤 涼".to_owned(), ..person() });
        let mut before = compared();
        before.give_way(Dispute::Name, &Said::here(&edited, Some("001")));
        let verdict = agree(&sides(&theirs, &edited, &before));
        assert_eq!((verdict.profile.name.as_str(), verdict.disputes), ("佐久間 涼", Vec::new()));
    }

    #[test]
    fn the_home_store_moves_and_the_others_stay() {
        let theirs = StaffRecord { store_code: "002".parse().unwrap(), ..record() };
        let [home, other] = [1, 2].map(|number| StoreId(uuid::Uuid::from_u128(number)));
        let (ours, before) = (Staff { stores: vec![home, other], ..person() }, compared());
        let moved = StoreId(uuid::Uuid::from_u128(99));
        let verdict = agree(&sides(&theirs, &ours, &before));
        assert_eq!((verdict.profile.stores, verdict.before.store_code.as_deref()), (vec![moved, other], Some("002")));

        let busy = agree(&Sides { leads_at: &[home], ..sides(&theirs, &ours, &before) });
        assert_eq!((busy.profile.stores, busy.disputes), (vec![home, other], vec![Dispute::OpenLeads]));
        assert_eq!(busy.before.store_code.as_deref(), Some("001"), "it moves once the leads are handed over");

        let nowhere = agree(&Sides { store: None, ..sides(&theirs, &ours, &before) });
        assert_eq!(nowhere.disputes, [Dispute::UnknownStore]);

        let edited = agree(&Sides { home_code: Some("003"), ..sides(&theirs, &ours, &before) });
        assert_eq!(edited.disputes, [Dispute::Store]);
    }

    #[test]
    fn who_is_away_in_extreme_does_not_come_in_here() {
        use Employment::{Active, OnLeave, Retired};
        let lead = [StoreId(uuid::Uuid::from_u128(1))];
        for (was, is, status, leads, then, disputes) in [
            (Active, OnLeave, StaffStatus::Active, false, StaffStatus::Suspended, vec![]),
            (Active, OnLeave, StaffStatus::Active, true, StaffStatus::Suspended, vec![Dispute::OpenLeads]),
            (Active, Retired, StaffStatus::Active, false, StaffStatus::Retired, vec![]),
            (Active, Retired, StaffStatus::Active, true, StaffStatus::Suspended, vec![Dispute::OpenLeads]),
            (Retired, Retired, StaffStatus::Suspended, true, StaffStatus::Suspended, vec![Dispute::OpenLeads]),
            (Retired, Retired, StaffStatus::Suspended, false, StaffStatus::Retired, vec![]),
            (Retired, Retired, StaffStatus::Active, false, StaffStatus::Active, vec![Dispute::Employment]),
            (OnLeave, Active, StaffStatus::Suspended, true, StaffStatus::Active, vec![]),
            (Active, Active, StaffStatus::Suspended, true, StaffStatus::Suspended, vec![]),
            (Active, Active, StaffStatus::Retired, false, StaffStatus::Retired, vec![Dispute::Employment]),
            (Retired, Active, StaffStatus::Retired, false, StaffStatus::Active, vec![]),
        ] {
            let theirs = StaffRecord { employment: is, ..record() };
            let ours = Staff { status, ..person() };
            let before = Before { employment: Some(was), ..compared() };
            let leads_at = if leads { lead.as_slice() } else { &[] };
            let verdict = agree(&Sides { leads_at, ..sides(&theirs, &ours, &before) });
            assert_eq!((verdict.status, verdict.disputes), (then, disputes), "{was:?} to {is:?}, {status:?}, {leads}");
        }
    }

    #[test]
    fn the_last_administrator_is_never_shut_out() {
        let theirs = StaffRecord { employment: Employment::Retired, ..record() };
        let (ours, before) = (Staff { role: Role::Administrator, ..person() }, compared());
        let verdict = agree(&Sides { is_last_administrator: true, ..sides(&theirs, &ours, &before) });
        assert_eq!((verdict.status, verdict.disputes), (StaffStatus::Active, vec![Dispute::LastAdministrator]));
    }

    #[test]
    fn extreme_is_told_of_role_and_mail_and_not_of_who_has_left() {
        let theirs = StaffRecord { role: Some(Role::Manager), ..record() };
        let before = compared();
        assert!(agree(&sides(&theirs, &person(), &before)).is_to_be_told);
        let left = Staff { status: StaffStatus::Retired, ..person() };
        assert!(!agree(&sides(&theirs, &left, &before)).is_to_be_told);
    }

    #[test]
    fn a_wish_says_what_is_kept_and_leaves_the_rest_to_extreme() {
        let theirs = StaffRecord { store_code: "002".parse().unwrap(), ..record() };
        let ours = Said::here(&Staff { name: "齋藤 涼".to_owned(), ..person() }, Some("001"));
        let wish = ProposedStaff::of(&theirs, &ours, &[Dispute::Name]);
        assert_eq!((wish.name.family.as_str(), wish.store_code.as_str()), ("齋藤", "002"));
        let wish = ProposedStaff::of(&theirs, &ours, &[Dispute::Store]);
        assert_eq!((wish.name.family.as_str(), wish.store_code.as_str()), ("佐久間", "001"));
    }

    #[test]
    fn what_was_settled_is_asked_again_when_either_side_says_something_else() {
        let (theirs, ours) = (Said::there(&record()), Said::here(&person(), Some("003")));
        let moved = Said { store_code: Some("009".to_owned()), ..theirs.clone() };
        assert_eq!(mark(Dispute::Name, &theirs, Some(&ours)), mark(Dispute::Name, &moved, Some(&ours)));
        assert_ne!(mark(Dispute::Store, &theirs, Some(&ours)), mark(Dispute::Store, &moved, Some(&ours)));
    }
}
