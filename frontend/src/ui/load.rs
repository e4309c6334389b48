//! The one place that waits for a resource.

use leptos::prelude::*;

use super::failure::{Failure, FailureNotice};
use crate::words::Lang;

/// What a screen gets once there is something to show.
pub struct Loaded<T: Send + Sync + 'static> {
    /// The last good value; it stays while it is being fetched again.
    pub value: Signal<T>,
    /// Why the last fetch failed, if it did.
    pub failure: Signal<Option<Failure>>,
}

impl<T: Send + Sync + 'static> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loaded<T> {}

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    First,
    Failed,
    Ready,
}

/// Shows the skeleton until the first answer, the error with a way to try again if that fails, and from then on the
/// view, which stays and follows the value.
#[component]
pub fn Load<T, E, V>(
    resource: LocalResource<Result<T, E>>,
    /// What could not be done if it fails.
    failed: fn(Lang) -> &'static str,
    #[prop(into)] skeleton: ViewFn,
    view: V,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    E: Clone + Into<Failure> + 'static,
    V: Fn(Loaded<T>) -> AnyView + Send + Sync + 'static,
{
    let last_good = Memo::new(move |last: Option<&Option<T>>| match resource.get() {
        Some(Ok(value)) => Some(value),
        _ => last.cloned().flatten(),
    });
    let failure = Signal::derive(move || match resource.get() {
        Some(Err(error)) => Some(error.into()),
        _ => None,
    });
    let phase = Memo::new(move |_| match (last_good.with(Option::is_some), failure.with(Option::is_some)) {
        (true, _) => Phase::Ready,
        (false, true) => Phase::Failed,
        (false, false) => Phase::First,
    });
    let retry = Callback::new(move |()| resource.refetch());
    move || match phase.get() {
        Phase::First => skeleton.run(),
        Phase::Failed => failure
            .get_untracked()
            .map(|failure| view! { <FailureNotice failure=Signal::stored(failure) title=failed retry /> })
            .into_any(),
        Phase::Ready => {
            let first = last_good.get_untracked();
            first.map(|first| view(Loaded { value: settled(last_good, first), failure })).into_any()
        }
    }
}

/// The signal without its `Option`: once there was a value there always is one.
fn settled<T: Clone + PartialEq + Send + Sync + 'static>(value: Memo<Option<T>>, first: T) -> Signal<T> {
    Signal::derive(move || value.get().unwrap_or_else(|| first.clone()))
}
