//! 顧客: the list of those whom EXTREME knows, and one of them.

mod cars;
mod correct;
mod customer;
pub mod lines;
mod list;
mod query;
mod together;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use noren_domain::code::CustomerCode;

use self::customer::CustomerPage;
use self::list::ListPage;
use super::not_found::NotFound;

/// What the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Named {
    Nobody,
    Somebody(CustomerCode),
    /// What is no 顧客コード.
    Nonsense,
}

#[component]
pub fn Customers() -> impl IntoView {
    let params = use_params_map();
    let named = Memo::new(move |_| {
        params.with(|params| match params.get("code").filter(|code| !code.is_empty()) {
            None => Named::Nobody,
            Some(code) => code.parse().map_or(Named::Nonsense, Named::Somebody),
        })
    });
    move || match named.get() {
        Named::Nobody => view! { <ListPage /> }.into_any(),
        Named::Somebody(code) => view! { <CustomerPage code /> }.into_any(),
        Named::Nonsense => view! { <NotFound /> }.into_any(),
    }
}
