//! Every word a person reads, from `locales/`, and the language they are read in.

use std::sync::LazyLock;

use leptos::prelude::*;
use noren_domain::language::Language;
use noren_domain::staff::Role;

use crate::device;

/// The language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Ja,
    En,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// The BCP 47 tag, which is also how the choice is kept.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The language's own name.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Ja => "日本語",
            Self::En => "English",
        }
    }
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Ja => Self::Ja,
            Language::En => Self::En,
        }
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ja => Self::Ja,
            Lang::En => Self::En,
        }
    }
}

const KEPT_AS: &str = "noren.lang";

/// One for the whole app and not in context, so that messages made after an `await` speak the right language too.
static LANG: LazyLock<ArcRwSignal<Lang>> = LazyLock::new(|| {
    let kept = device::kept(KEPT_AS);
    ArcRwSignal::new(Lang::ALL.into_iter().find(|lang| Some(lang.tag()) == kept.as_deref()).unwrap_or_default())
});

/// The language now; read in a view, it changes with the choice.
pub fn lang() -> Lang {
    LANG.try_get().unwrap_or_default()
}

/// The language now, for handlers.
pub fn lang_untracked() -> Lang {
    LANG.try_get_untracked().unwrap_or_default()
}

/// Changes the language and keeps the choice on this device.
pub fn speak(lang: Lang) {
    device::keep(KEPT_AS, lang.tag());
    LANG.set(lang);
    device::set_root_attribute("lang", Some(lang.tag()));
}

/// Speaks as whoever has just come in wants it; not anew while they stay, so that a choice on the device holds until it is kept.
pub fn follow(before: Option<Language>, now: Option<Language>) {
    if let Some(language) = now.filter(|_| before != now) {
        speak(Lang::from(language));
    }
}

/// A text without placeholders, for a view.
pub fn t(text: fn(Lang) -> &'static str) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    move || text(lang())
}

/// What somebody is called by what they may do.
pub fn role_name(role: Role) -> fn(Lang) -> &'static str {
    match role {
        Role::Salesperson => self::role::salesperson,
        Role::Manager => self::role::manager,
        Role::Administrator => self::role::administrator,
        Role::ApiClient => self::role::api_client,
    }
}

include!(concat!(env!("OUT_DIR"), "/words.rs"));
