//! Who is signed in, and what is known for the length of a session.

use std::sync::Arc;

use leptos::prelude::*;
use noren_api::auth::{Me, MySecondFactor};
use noren_api::customer_view::Turned;
use noren_api::forms::SubmissionCounts;
use noren_api::lead_sources::LeadSource;
use noren_api::leads::LeadCounts;
use noren_api::staff::StaffMember;
use noren_api::stores::Store;
use noren_api::tags::Tag;
use noren_domain::language::Language;
use noren_domain::staff::{Role, StaffStatus};
use noren_domain::{StaffId, StoreId, TagId};

use crate::api::{Api, ApiError};
use crate::known::{self, Known};
use crate::live::Live;
use crate::words::{self, Lang};

/// Who is signed in.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Session {
    /// Not known yet.
    #[default]
    Unknown,
    /// The server could not be asked.
    Unreachable(ApiError),
    Out,
    /// A second factor is required of the person, who is to set it up and does nothing else before.
    Enrolling(Me),
    In(Me),
}

impl Session {
    /// Who is signed in, and may do more than set up a second factor.
    pub fn me(&self) -> Option<&Me> {
        match self {
            Self::In(me) => Some(me),
            _ => None,
        }
    }

    /// To whom the screen is turned, while it is turned to a customer.
    pub fn turned(&self) -> Option<Turned> {
        self.me().and_then(|me| me.customer_view)
    }

    /// Whether the signed-in person settles what the public fills in.
    pub fn settles_forms(&self) -> bool {
        matches!(self, Self::In(me) if matches!(me.role, Role::Manager | Role::Administrator))
    }

    /// Whether the signed-in person's screen can be locked.
    pub fn locks(&self) -> bool {
        matches!(self, Self::In(me) if me.has_pin || me.second_factor.passkey)
    }

    /// Whether a PIN unlocks it.
    pub fn has_pin(&self) -> bool {
        matches!(self, Self::In(me) if me.has_pin)
    }

    /// The language that the signed-in person's screens speak.
    pub fn language(&self) -> Option<Language> {
        match self {
            Self::In(me) | Self::Enrolling(me) => Some(me.language),
            _ => None,
        }
    }

    /// What the signed-in person has besides the password.
    pub fn second_factor(&self) -> MySecondFactor {
        match self {
            Self::In(me) | Self::Enrolling(me) => me.second_factor,
            _ => MySecondFactor::default(),
        }
    }

    /// Whether the signed-in person reads who changed what.
    pub fn audits(&self) -> bool {
        self.settles_forms()
    }

    /// Whether the signed-in person settles stores and staff.
    pub fn administers(&self) -> bool {
        matches!(self, Self::In(me) if me.role == Role::Administrator)
    }
}

/// Finds out by the refresh cookie who is signed in.
pub async fn resume(api: Api, session: RwSignal<Session>) {
    match api.renew().await {
        Err(error) if error.status() != 401 => {
            // Whoever was here lately may go on writing. Nothing is shown or sent before the server has said who it is.
            session.set(known::lately().map_or(Session::Unreachable(error), |known| Session::In(known.me)));
        }
        _ => {}
    }
}

/// Whether the screen is turned to a customer; whatever turns it makes every page anew.
pub fn is_turned() -> bool {
    expect_context::<RwSignal<Session>>().with_untracked(|session| session.turned().is_some())
}

/// The small lists that change rarely, loaded once per session.
#[derive(Clone, Debug, PartialEq)]
pub struct Masters {
    pub me: Me,
    pub staff: Vec<StaffMember>,
    pub stores: Vec<Store>,
    pub sources: Vec<LeadSource>,
    pub tags: Vec<Tag>,
    /// Only what this device remembers: the server could not be asked.
    pub remembered: bool,
}

/// [`Masters`], cheap to clone.
pub type SharedMasters = Arc<Masters>;

/// The [`Masters`] in context. A page keeps those that it began with; the next one begins with the newest.
#[derive(Clone, Copy)]
pub struct FreshMasters(RwSignal<SharedMasters>);

impl FreshMasters {
    pub fn new(masters: SharedMasters) -> Self {
        Self(RwSignal::new(masters))
    }

    /// After a name was changed here. Where the server cannot be asked, the old names stay.
    pub async fn reload(self, api: Api) {
        let Some(me) = self.0.try_with_untracked(|masters| masters.me.clone()) else { return };
        if let Ok(masters) = Masters::load(api, me).await
            && !masters.remembered
        {
            let _ = self.0.try_set(masters);
        }
    }
}

pub fn use_fresh_masters() -> FreshMasters {
    expect_context()
}

pub fn use_masters() -> SharedMasters {
    use_fresh_masters().0.get_untracked()
}

impl Masters {
    pub async fn load(api: Api, mut me: Me) -> Result<SharedMasters, ApiError> {
        let lists =
            futures_util::try_join!(api.list_staff(), api.list_stores(), api.list_lead_sources(), api.list_tags());
        match lists {
            Ok((staff, stores, sources, tags)) => {
                // Both are the stores that the person sees, and these are newer.
                me.stores.clone_from(&stores);
                let known = Known { me, sources, tags };
                known::remember(&known);
                let Known { me, sources, tags } = known;
                Ok(Arc::new(Self { me, staff, stores, sources, tags, remembered: false }))
            }
            Err(error) => {
                let known = known::lately().filter(|known| error.status() != 401 && known.me.id == me.id);
                Ok(Arc::new(Self::remembered(known.ok_or(error)?)))
            }
        }
    }

    /// What a customer's screen knows: the stores, and nothing of the people and the words of the house.
    pub fn for_customer(me: Me, stores: Vec<Store>) -> SharedMasters {
        let (staff, sources, tags) = (Vec::new(), Vec::new(), Vec::new());
        Arc::new(Self { me, staff, stores, sources, tags, remembered: false })
    }

    fn remembered(Known { me, sources, tags }: Known) -> Self {
        let myself = StaffMember {
            id: me.id,
            code: String::new(),
            name: me.name.clone(),
            kana: String::new(),
            role: me.role,
            status: StaffStatus::Active,
            store_ids: me.stores.iter().map(|store| store.id).collect(),
        };
        Self { staff: vec![myself], stores: me.stores.clone(), sources, tags, me, remembered: true }
    }

    pub fn staff_name(&self, id: StaffId) -> Option<&str> {
        self.staff.iter().find(|staff| staff.id == id).map(|staff| staff.name.as_str())
    }

    /// The assignee's name, or that there is none.
    pub fn assignee_name(&self, id: Option<StaffId>, lang: Lang) -> String {
        match id {
            Some(id) => self.staff_name(id).unwrap_or(words::lead::someone(lang)).to_owned(),
            None => words::lead::nobody(lang).to_owned(),
        }
    }

    /// The stores where something new can begin, and the one that is chosen already.
    pub fn open_stores(&self, chosen: Option<StoreId>) -> impl Iterator<Item = &Store> {
        self.stores.iter().filter(move |store| !store.closed || Some(store.id) == chosen)
    }

    pub fn store_name(&self, id: StoreId) -> &str {
        self.stores.iter().find(|store| store.id == id).map_or("", |store| store.name.as_str())
    }

    pub fn store_names(&self, ids: &[StoreId], lang: Lang) -> String {
        ids.iter().map(|id| self.store_name(*id)).collect::<Vec<_>>().join(words::common::comma(lang))
    }

    /// The source's name; a code that the list does not know is shown as it is.
    pub fn source_name(&self, code: &str, lang: Lang) -> String {
        let source = self.sources.iter().find(|source| source.code.0 == code);
        let name = source.map(|source| match lang {
            Lang::Ja => source.name_ja.as_str(),
            Lang::En => source.name_en.as_str(),
        });
        name.unwrap_or(code).to_owned()
    }

    /// Those of these tags that the list knows, in their order.
    pub fn tags_of<'a>(&'a self, ids: &'a [TagId]) -> impl Iterator<Item = &'a Tag> {
        ids.iter().filter_map(|id| self.tags.iter().find(|tag| tag.id == *id))
    }

    /// Whom a note on a store's lead may call: whoever would find the lead, but for the signed-in person.
    pub fn readers_of(&self, store: StoreId) -> Vec<&StaffMember> {
        let reads = |staff: &&StaffMember| {
            staff.status == StaffStatus::Active
                && staff.id != self.me.id
                && (staff.role == Role::Administrator || staff.store_ids.contains(&store))
        };
        self.staff.iter().filter(reads).collect()
    }

    /// Who may take leads of a store, the signed-in person first.
    pub fn colleagues_of(&self, store: StoreId) -> Vec<&StaffMember> {
        let works_there =
            |staff: &&StaffMember| staff.status == StaffStatus::Active && staff.store_ids.contains(&store);
        let (me, others): (Vec<_>, Vec<_>) =
            self.staff.iter().filter(works_there).partition(|staff| staff.id == self.me.id);
        me.into_iter().chain(others).collect()
    }
}

/// How many leads there are, by tab: the list shows it, and the rail.
#[derive(Clone, Copy)]
pub struct Counts(pub LocalResource<Result<LeadCounts, ApiError>>);

impl Counts {
    pub fn load(api: Api, live: Live) -> Self {
        Self(LocalResource::new(move || async move {
            live.greeted().await;
            api.count_leads().await
        }))
    }

    /// The counts, once they are known.
    pub fn get(self) -> Option<LeadCounts> {
        self.0.get().and_then(Result::ok)
    }
}

/// How many submissions wait for a person.
#[derive(Clone, Copy)]
pub struct Held(LocalResource<Result<SubmissionCounts, ApiError>>);

impl Held {
    pub fn load(api: Api, live: Live) -> Self {
        Self(LocalResource::new(move || async move {
            live.greeted().await;
            api.count_submissions().await
        }))
    }

    pub fn get(self) -> u64 {
        self.0.get().and_then(Result::ok).unwrap_or_default().held
    }

    pub fn refetch(self) {
        self.0.refetch();
    }
}

pub fn use_held() -> Held {
    expect_context()
}

pub fn use_counts() -> Counts {
    expect_context()
}
