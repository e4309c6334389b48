//! How old what EXTREME masters is: a mark at the foot of the rail, and on a phone a line above the page once it is old.

use leptos::prelude::*;
use noren_api::extreme::{ExtremeFreshness, Origin};
use noren_domain::sync::Freshness;

use crate::api::{Api, ApiError};
use crate::live::Live;
use crate::ui::clock::use_ticker;
use crate::ui::date;
use crate::ui::icon::{Glyph, Icon, Size};
use crate::words::{self, lang, t};

/// How many seconds lie between two questions.
const EVERY: i64 = 60;
/// The same while it is old: whoever waits for EXTREME wants to see that it is back.
const EVERY_WHEN_OLD: i64 = 15;

/// What the server said last of EXTREME's age.
#[derive(Clone, Copy)]
pub struct ExtremeAge(LocalResource<Result<ExtremeFreshness, ApiError>>);

impl ExtremeAge {
    pub fn load(api: Api, live: Live) -> Self {
        let ticker = use_ticker();
        let is_old = RwSignal::new(false);
        let round = Memo::new(move |_| {
            let every = if is_old.get() { EVERY_WHEN_OLD } else { EVERY };
            (every, ticker.get().timestamp() / every)
        });
        Self(LocalResource::new(move || {
            round.track();
            async move {
                live.greeted().await;
                let said = api.get_extreme_freshness().await?;
                let _ = is_old.try_set(said.origin.is_some_and(|origin| origin.freshness == Freshness::Old));
                Ok(said)
            }
        }))
    }

    /// The last good answer, where there is an EXTREME; what it says ages while no other comes.
    fn known(self) -> Memo<Option<Origin>> {
        let ticker = use_ticker();
        let said = Memo::new(move |last: Option<&Option<Origin>>| match self.0.get() {
            Some(Ok(said)) => said.origin,
            _ => last.copied().flatten(),
        });
        Memo::new(move |_| {
            let Origin { as_of, way, .. } = said.get()?;
            Some(Origin { freshness: Freshness::of(way, as_of, ticker.get()), as_of, way })
        })
    }
}

pub fn use_extreme_age() -> ExtremeAge {
    expect_context()
}

/// `EXTREME 2分前`, or `古い情報 25分前`.
#[component]
pub fn ExtremeMark() -> impl IntoView {
    let (known, ticker) = (use_extreme_age().known(), use_ticker());
    move || {
        let Origin { freshness, as_of, .. } = known.get()?;
        let is_old = freshness == Freshness::Old;
        let what = if is_old { words::origin::is_old } else { words::origin::extreme };
        let age = move || match as_of {
            Some(as_of) => date::age(ticker.get() - as_of, lang()),
            None => words::origin::not_yet(lang()).to_owned(),
        };
        Some(view! {
            <p class="extreme-mark" data-freshness=freshness.as_str()>
                <span>{t(what)}</span>
                <span>{age}</span>
            </p>
        })
    }
}

/// On a phone there is no rail.
#[component]
pub fn ExtremeNotice() -> impl IntoView {
    let (known, ticker) = (use_extreme_age().known(), use_ticker());
    let said = move || {
        let Origin { as_of, .. } = known.get().filter(|origin| origin.freshness == Freshness::Old)?;
        let words = move || match as_of {
            Some(as_of) => words::origin::old_since(lang(), date::age(ticker.get() - as_of, lang())),
            None => words::origin::never_came(lang()).to_owned(),
        };
        Some(view! {
            <p class="link-mark extreme-notice">
                <Glyph icon=Icon::Clock size=Size::Small />
                <span>{words}</span>
            </p>
        })
    };
    view! { <div role="status">{said}</div> }
}
