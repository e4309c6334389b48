//! 招待を受け取る: whoever has the code of an invitation chooses a password and is inside.

mod choose;
mod code;
mod second;
mod somebody;

use leptos::prelude::*;
use leptos::task::spawn_local;
use noren_api::auth::{InvitationCode, Invited};
use noren_api::second_factors::SecondFactorWanted;

use self::choose::ChooseForm;
use self::code::{CodeForm, taken_from_address};
use self::second::Second;
use self::somebody::SomebodyHere;
use crate::api::{Api, ApiError, use_api};
use crate::session::Session;
use crate::ui::door::Door;
use crate::ui::skeleton::Skeleton;
use crate::words::{self, Lang};

type Said = fn(Lang) -> &'static str;

/// How far somebody has come.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// A code is to be typed; the last one was refused, perhaps.
    Code(Option<ApiError>),
    Looking,
    Known(Invited),
    /// The password is chosen, and a second factor is asked for.
    Second(SecondFactorWanted),
}

/// The way in. `Copy`, so that every step holds it.
#[derive(Clone, Copy)]
struct Joining {
    api: Api,
    step: RwSignal<Step>,
    /// In memory alone: it is as good as a password.
    code: RwSignal<String>,
    /// Whether the session is the one that this page began.
    inside: RwSignal<bool>,
}

impl Joining {
    fn begin(api: Api) -> Self {
        let step = RwSignal::new(Step::Code(None));
        let joining = Self { api, step, code: RwSignal::new(String::new()), inside: RwSignal::new(false) };
        joining.follow_address();
        joining
    }

    fn follow_address(self) {
        if let Some(code) = taken_from_address() {
            self.look(code);
        }
    }

    /// Asks whom the code is for.
    fn look(self, code: String) {
        self.code.set(code.clone());
        self.step.set(Step::Looking);
        spawn_local(async move {
            let step = match self.api.read_invitation(InvitationCode { code }).await {
                Ok(invited) => Step::Known(invited),
                Err(error) => Step::Code(Some(error)),
            };
            // The page may be gone by then.
            self.step.try_set(step);
        });
    }

    fn begin_again(self) {
        self.code.set(String::new());
        self.step.set(Step::Code(None));
    }
}

#[component]
pub fn JoinPage() -> impl IntoView {
    let session = expect_context::<RwSignal<Session>>();
    let joining = Joining::begin(use_api());
    // A link that is opened where the page is open already.
    let another = window_event_listener_untyped("hashchange", move |_| joining.follow_address());
    on_cleanup(move || another.remove());
    let unknown = Memo::new(move |_| session.with(|session| *session == Session::Unknown));
    let somebody = Memo::new(move |_| match session.get() {
        Session::In(me) if !joining.inside.get() => Some(me),
        _ => None,
    });
    let steps = move || match (somebody.get(), joining.step.get()) {
        (Some(me), _) => view! { <SomebodyHere me /> }.into_any(),
        _ if unknown.get() => view! { <Skeleton lines=4 /> }.into_any(),
        (None, Step::Looking) => view! { <Skeleton lines=4 /> }.into_any(),
        (None, Step::Code(refused)) => view! { <CodeForm joining refused /> }.into_any(),
        (None, Step::Second(wanted)) => view! { <Second joining wanted /> }.into_any(),
        (None, Step::Known(invited)) => view! { <ChooseForm joining invited /> }.into_any(),
    };
    // Who had a password before is not invited: they forgot it.
    let again = Memo::new(move |_| joining.step.with(|step| matches!(step, Step::Known(invited) if invited.joined)));
    move || {
        let (title, lead): (Said, Said) = match again.get() {
            true => (words::join::again_title, words::join::again_lead),
            false => (words::join::title, words::join::lead),
        };
        view! { <Door title lead>{steps}</Door> }
    }
}
