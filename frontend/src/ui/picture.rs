//! A picture that is no longer waited for once its place is gone: where a server sends few things at a time, those that
//! nobody sees would hold up what somebody waits for.

use leptos::html;
use leptos::prelude::*;

#[component]
pub fn Picture(
    src: String,
    #[prop(into)] alt: String,
    /// `eager` for the one that is seen first.
    #[prop(default = "lazy")]
    loading: &'static str,
    #[prop(optional, into)] on_broken: Option<Callback<()>>,
) -> impl IntoView {
    let image = NodeRef::<html::Img>::new();
    on_cleanup(move || {
        if let Some(image) = image.try_get_untracked().flatten() {
            // The browser lets go of a request whose address is taken away.
            let _ = image.remove_attribute("src");
        }
    });
    let broken = move |_| {
        if let Some(on_broken) = on_broken {
            on_broken.run(());
        }
    };
    view! { <img node_ref=image src=src alt=alt loading=loading decoding="async" draggable="false" on:error=broken /> }
}
