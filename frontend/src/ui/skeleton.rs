//! The shape of what is being loaded.

use leptos::prelude::*;

use crate::words::{self, t};

/// As many grey lines as the content will roughly have.
#[component]
pub fn Skeleton(#[prop(default = 3)] lines: usize) -> impl IntoView {
    view! {
        <div class="skeletons" aria-busy="true">
            <p class="sr">{t(words::common::loading)}</p>
            {(0..lines).map(|_| view! { <p class="skeleton"></p> }).collect_view()}
        </div>
    }
}

/// Grey rows of a list.
#[component]
pub fn SkeletonRows(#[prop(default = 8)] rows: usize) -> impl IntoView {
    let row = |_| {
        view! {
            <div class="skeleton-row">
                <p class="skeleton"></p>
                <p class="skeleton"></p>
                <p class="skeleton"></p>
            </div>
        }
    };
    view! {
        <div class="skeleton-rows" aria-busy="true">
            <p class="sr">{t(words::common::loading)}</p>
            {(0..rows).map(row).collect_view()}
        </div>
    }
}
