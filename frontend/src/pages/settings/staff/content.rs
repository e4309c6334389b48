//! A colleague as an administrator types them: the contract's own profile, part by part. Pure, and tested on the host.

use noren_api::FieldProblem;
use noren_api::staff::StaffProfile;
use noren_domain::StoreId;
use noren_domain::staff::{self, Role};
use validator::Validate as _;

use crate::errors::{FieldErrors, collect, is_in};
use crate::messages;
use crate::pages::settings::content::{self, Content, said};
use crate::session::Masters;
use crate::words::{self, Lang, role_name};

/// The roles that a person can have.
pub const ROLES: [Role; 3] = [Role::Salesperson, Role::Manager, Role::Administrator];

/// What is settled of a person, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Name,
    Kana,
    Code,
    Mail,
    Role,
    Stores,
}

impl content::Part for Part {
    type Content = StaffProfile;

    const ALL: &'static [Self] = &[Self::Name, Self::Kana, Self::Code, Self::Mail, Self::Role, Self::Stores];

    fn path(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Kana => "kana",
            Self::Code => "code",
            Self::Mail => "mail",
            Self::Role => "role",
            Self::Stores => "store_ids",
        }
    }

    fn label(self) -> fn(Lang) -> &'static str {
        use words::staff_part as say;
        match self {
            Self::Name => say::name,
            Self::Kana => words::field::kana,
            Self::Code => say::code,
            Self::Mail => say::mail,
            Self::Role => say::role,
            Self::Stores => say::stores,
        }
    }

    /// The stores by their ids, the home store first.
    fn text(self, content: &StaffProfile) -> String {
        match self {
            Self::Name => content.name.clone(),
            Self::Kana => content.kana.clone(),
            Self::Code => content.code.clone(),
            Self::Mail => content.mail.clone(),
            Self::Role => content.role.as_str().to_owned(),
            Self::Stores => content.store_ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        }
    }

    fn set(self, content: &mut StaffProfile, text: String) {
        match self {
            Self::Name => content.name = text,
            Self::Kana => content.kana = text,
            Self::Code => content.code = text,
            Self::Mail => content.mail = text,
            Self::Role => {
                content.role = ROLES.into_iter().find(|role| role.as_str() == text).unwrap_or(content.role);
            }
            Self::Stores => content.store_ids = text.split(' ').filter_map(|id| id.parse().ok()).collect(),
        }
    }

    fn read(self, content: &StaffProfile, masters: &Masters, lang: Lang) -> String {
        match self {
            Self::Role => role_name(content.role)(lang).to_owned(),
            Self::Stores => said(masters.store_names(&content.store_ids, lang), lang),
            _ => said(self.text(content), lang),
        }
    }
}

impl Content for StaffProfile {
    type Part = Part;
    type Sent = Self;

    fn name(&self) -> &str {
        &self.name
    }

    fn problems(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if let Err(broken) = self.validate() {
            collect(&broken, "", &mut errors);
        }
        // To the domain an empty address is one of a wrong form.
        if self.mail.trim().is_empty() {
            errors.add_code(content::Part::path(Part::Mail), "required");
        }
        if let Err(broken) = staff::StaffProfile::from(self.clone()).check() {
            for error in broken.0 {
                errors.add_code(&error.field, error.code);
            }
        }
        errors
    }

    fn sent(&self) -> Self {
        self.clone()
    }

    fn sentence(broken: &FieldProblem, lang: Lang) -> String {
        use words::staff_problem as say;
        let own = match (broken.field.as_str(), broken.code.as_str()) {
            ("name", "required") => say::name,
            ("kana", "required") => say::kana,
            ("code", "required") => say::code,
            ("mail", "required") => say::mail,
            ("store_ids", "required") => say::stores,
            ("code", "taken") => say::code_taken,
            ("mail", "taken") => say::mail_taken,
            (path, "unknown") if is_in(path, "store_ids") => say::unknown_store,
            _ => return messages::field(broken, lang),
        };
        own(lang).to_owned()
    }

    /// What is wrong with one store is told of all of them.
    fn wrong(&self, part: Part, errors: &FieldErrors, lang: Lang) -> Option<String> {
        let path = content::Part::path(part);
        errors.first_in(path).and_then(|path| errors.of(path)).map(|broken| Self::sentence(broken, lang))
    }
}

/// Takes the person into a store or out of it. The first one is their home.
pub fn toggle(stores: &mut Vec<StoreId>, store: StoreId) {
    match stores.iter().position(|known| *known == store) {
        Some(at) => {
            stores.remove(at);
        }
        None => stores.push(store),
    }
}

/// Makes one of the stores the home.
pub fn make_home(stores: &mut Vec<StoreId>, store: StoreId) {
    stores.retain(|known| *known != store);
    stores.insert(0, store);
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::content::Part as _;
    use super::*;

    fn store(number: u128) -> StoreId {
        StoreId(Uuid::from_u128(number))
    }

    fn person() -> StaffProfile {
        StaffProfile {
            code: "S009".into(),
            name: "小林 直樹".into(),
            kana: "コバヤシ ナオキ".into(),
            mail: "kobayashi@dealer.example".into(),
            role: Role::Manager,
            store_ids: vec![store(2), store(1)],
        }
    }

    #[test]
    fn every_part_reads_back_as_it_was_written() {
        let mut other = StaffProfile {
            code: String::new(),
            name: String::new(),
            kana: String::new(),
            mail: String::new(),
            role: Role::Salesperson,
            store_ids: Vec::new(),
        };
        for &part in Part::ALL {
            part.take(&mut other, &person());
            assert!(!part.differs(&other, &person()), "{part:?}");
        }
        assert_eq!(other, person());
    }

    #[test]
    fn what_is_wrong_is_named_by_the_path_of_the_page() {
        assert!(person().problems().is_empty());
        let wrong = StaffProfile { name: "　".into(), mail: "kobayashi".into(), store_ids: Vec::new(), ..person() };
        let errors = wrong.problems();
        let said = |part| wrong.wrong(part, &errors, Lang::Ja);
        assert_eq!(said(Part::Name).as_deref(), Some(words::staff_problem::name(Lang::Ja)));
        assert_eq!(said(Part::Mail).as_deref(), Some(words::field_problem::mail_form(Lang::Ja)));
        assert_eq!(said(Part::Stores).as_deref(), Some(words::staff_problem::stores(Lang::Ja)));
        assert_eq!(said(Part::Code), None);
    }

    #[test]
    fn the_first_store_is_the_home_until_another_is_made_it() {
        let mut stores = Vec::new();
        for number in [1, 2, 3] {
            toggle(&mut stores, store(number));
        }
        assert_eq!(stores, [store(1), store(2), store(3)]);
        make_home(&mut stores, store(3));
        assert_eq!(stores, [store(3), store(1), store(2)]);
        toggle(&mut stores, store(3));
        assert_eq!(stores, [store(1), store(2)]);
    }
}
