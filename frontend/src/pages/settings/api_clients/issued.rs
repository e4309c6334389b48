//! A secret that was just given. It is held in memory alone, until it was looked at once.

use std::cell::RefCell;

use leptos::prelude::*;
use noren_api::api_clients::{ApiClient, ApiClientProfile};
use noren_domain::ApiClientId;
use noren_domain::api_client::Scope;

use crate::ui::button::{Button, Kind, Size};
use crate::ui::copied::Copied;
use crate::ui::dialog::Dialog;
use crate::ui::icon::Icon;
use crate::ui::notice::{Notice, Tone};
use crate::words::{self, t};

thread_local! {
    static HELD: RefCell<Option<(ApiClientId, String)>> = const { RefCell::new(None) };
}

/// Until the page of the key takes it.
pub fn hold(id: ApiClientId, secret: String) {
    HELD.set(Some((id, secret)));
}

pub fn take(id: ApiClientId) -> Option<String> {
    HELD.take().filter(|(held, _)| *held == id).map(|(_, secret)| secret)
}

/// Whether the server said all of it: to who sends a request again it does not.
fn is_whole(secret: &str) -> bool {
    secret.is_ascii()
}

/// Shown while there is a secret, and nowhere once it is closed.
#[component]
pub fn IssuedDialog(client: Signal<ApiClient>, secret: RwSignal<Option<String>>) -> impl IntoView {
    let open = RwSignal::new(secret.with_untracked(Option::is_some));
    crate::ui::effect::on_change(
        move || secret.track(),
        move || {
            if secret.with_untracked(Option::is_some) {
                open.set(true);
            }
        },
    );
    crate::ui::effect::on_change(
        move || open.track(),
        move || {
            if !open.get_untracked() {
                secret.set(None);
            }
        },
    );
    let title = Signal::derive(move || {
        client.with(|client| words::api_clients::issued(crate::words::lang(), &client.profile.name))
    });
    view! {
        <Dialog open title>
            {move || match secret.get() {
                Some(secret) if is_whole(&secret) => {
                    view! { <Secret profile=client.get_untracked().profile secret /> }.into_any()
                }
                _ => view! { <div class="dialog-body"><p>{t(words::api_clients::lost)}</p></div> }.into_any(),
            }}
            <footer>
                <a class="btn" data-kind="quiet" href="/docs" target="_blank" rel="noopener">
                    {t(words::api_clients::docs)}
                </a>
                <Button kind=Kind::Primary size=Size::Large on_click=Callback::new(move |()| open.set(false))>
                    {t(words::api_clients::kept)}
                </Button>
            </footer>
        </Dialog>
    }
}

#[component]
fn Secret(profile: ApiClientProfile, secret: String) -> impl IntoView {
    let command = command(&profile.scopes, &window().location().origin().unwrap_or_default(), &secret);
    view! {
        <div class="dialog-body stack">
            <Notice tone=Tone::Warn icon=Icon::Alert>
                <p class="grow">{t(words::api_clients::once)}</p>
            </Notice>
            <Copied id="key" label=words::api_clients::key text=secret />
            {command.map(|text| view! { <Copied id="command" label=words::api_clients::command text /> })}
        </div>
    }
}

/// Something that the key may ask and that changes nothing; none where it may only write.
fn command(scopes: &[Scope], origin: &str, secret: &str) -> Option<String> {
    let paths = [
        (Scope::LeadsRead, "leads?limit=1"),
        (Scope::StoresRead, "stores"),
        (Scope::MastersRead, "lead-sources"),
        (Scope::StaffRead, "staff"),
        (Scope::StockRead, "vehicles?limit=1"),
        (Scope::CustomersRead, "customers?limit=1"),
        (Scope::EventsRead, "events"),
    ];
    let (_, path) = paths.into_iter().find(|(scope, _)| scopes.contains(scope))?;
    Some(format!("curl -i '{origin}/api/v1/{path}' -H 'Authorization: Bearer {secret}'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_asks_what_the_key_may() {
        let said = command(&[Scope::LeadsCreate, Scope::StoresRead], "https://noren.example", "noren_x").unwrap();
        assert_eq!(said, "curl -i 'https://noren.example/api/v1/stores' -H 'Authorization: Bearer noren_x'");
        assert_eq!(command(&[Scope::LeadsCreate], "", ""), None);
    }

    #[test]
    fn a_secret_is_taken_once_and_by_its_own_page() {
        let [one, other] = [1, 2].map(|number| ApiClientId(uuid::Uuid::from_u128(number)));
        hold(one, "noren_x".into());
        assert_eq!(take(one).as_deref(), Some("noren_x"));
        assert_eq!(take(one), None);
        hold(one, "noren_x".into());
        assert_eq!(take(other), None);
        assert!(is_whole("noren_x") && !is_whole("noren_x…"));
    }
}
