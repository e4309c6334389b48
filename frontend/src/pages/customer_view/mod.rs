//! お客様表示: the curtain hangs where rail and bars stood. The server sends no more than a customer may see; the frame of before is gone
//! with all that it knew.

mod cars;
mod curtain;
mod leave;
mod switch;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_navigate};
use noren_api::customer_view::ViewedLead;

pub use self::cars::ChosenCars;
use self::curtain::Curtain;
pub use self::switch::TurnButton;
use crate::api::{Api, ApiError, use_api};
use crate::routes::Page;
use crate::session::{FreshMasters, Masters, Session, SharedMasters};
use crate::ui::effect::effect;
use crate::ui::heading::name_every_page;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, lang_untracked};

/// What is known while a customer looks.
#[derive(Clone, PartialEq)]
struct Shop {
    masters: SharedMasters,
    /// What the dealer is called.
    name: String,
    lead: Option<ViewedLead>,
}

/// To whom the screen is turned, where it is turned to somebody. In the context of the pages.
#[derive(Clone)]
pub struct Viewed(pub Option<ViewedLead>);

async fn shop(api: Api, session: RwSignal<Session>) -> Result<Shop, ApiError> {
    let me = session.with_untracked(|session| session.me().cloned());
    let me = me.ok_or(ApiError::Unexpected { request_id: None })?;
    let (stores, company, view) =
        futures_util::try_join!(api.list_stores(), api.get_company(), api.read_customer_view())?;
    let profile = company.profile;
    let name = profile.trade_name.filter(|name| !name.is_empty()).unwrap_or(profile.name);
    Ok(Shop { masters: Masters::for_customer(me, stores), name, lead: view.lead })
}

/// Whether there is something for a customer at an address.
fn is_theirs(path: &str) -> bool {
    matches!(Page::at(path), Some(Page::Stock | Page::Compare | Page::ChosenCars))
}

/// Where a customer begins.
fn first_page(session: RwSignal<Session>) -> Page {
    let has_lead = session.with_untracked(|session| session.turned().is_some_and(|view| view.lead_id.is_some()));
    if has_lead { Page::ChosenCars } else { Page::Stock }
}

/// The frame while the screen is turned.
#[component]
pub fn TurnedShell() -> impl IntoView {
    let (api, session) = (use_api(), expect_context::<RwSignal<Session>>());
    let (location, navigate) = (use_location(), use_navigate());
    // What the page of before was called may be somebody's name.
    name_every_page(Some(words::customer_view::stock(lang_untracked()).to_owned()));
    on_cleanup(|| name_every_page(None));
    let shop = LocalResource::new(move || shop(api, session));
    let theirs = Memo::new(move |_| location.pathname.with(|path| is_theirs(path)));
    effect(move || {
        // Whoever has just turned it back is on their way elsewhere.
        if !theirs.get() && session.with_untracked(|session| session.turned().is_some()) {
            let options = NavigateOptions { replace: true, ..NavigateOptions::default() };
            navigate(&first_page(session).href(), options);
        }
    });
    // Somebody turned it back in another tab.
    effect(move || {
        if shop.with(|shop| matches!(shop, Some(Err(error)) if error.status() == 404)) {
            spawn_local(api.look_again());
        }
    });
    let known = Memo::new(move |_| {
        shop.with(|shop| shop.as_ref()?.as_ref().ok().map(|shop| (shop.name.clone(), shop.lead.clone())))
    });
    let page = move |Loaded { value, .. }: Loaded<Shop>| {
        let Shop { masters, name, lead } = value.get_untracked();
        name_every_page(Some(name));
        provide_context(FreshMasters::new(masters));
        provide_context(Viewed(lead));
        (move || theirs.get().then(|| view! { <Outlet /> })).into_any()
    };
    let frame = || {
        view! {
            <main class="page plain">
                <Skeleton lines=6 />
            </main>
        }
    };
    view! {
        <div class="turned">
            <Curtain known />
            <div class="page-frame">
                <Load resource=shop failed=words::customer_view::not_loaded skeleton=frame view=page />
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_is_led_to_cars_and_to_nothing_else() {
        for theirs in ["/stock", "/stock/S-01042", "/stock/compare", "/chosen-cars"] {
            assert!(is_theirs(theirs), "{theirs}");
        }
        let id = "0192f0c1-2345-7abc-8def-0123456789ab";
        for ours in
            ["/", "/leads", &format!("/leads/{id}"), "/leads/new", "/customers/C-1", "/settings", "/account", "/x"]
        {
            assert!(!is_theirs(ours), "{ours}");
        }
    }
}
