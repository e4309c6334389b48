//! The cars of the list. Only those near the screen are in the tree, so that ten thousand scroll like ten.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use noren_api::vehicles::VehicleRow;
use wasm_bindgen::JsCast as _;

use super::card::CarCard;
use super::empty::NoCars;
use super::stock_list::use_stock_list;
use super::tiles::Tiles;
use crate::paging::{Appending, First};
use crate::ui::button::{Button, Kind};
use crate::words::{self, t};

/// How many cars before the end the next page is fetched.
const AHEAD: usize = 24;

/// The grid, or the rows, within what scrolls.
#[component]
pub fn Cars(
    first: Signal<First<Arc<VehicleRow>>>,
    scroller: NodeRef<html::Div>,
    /// How far it is scrolled.
    top: RwSignal<i32>,
    /// How wide it is.
    width: ReadSignal<i32>,
) -> impl IntoView {
    let list = use_stock_list();
    let grid = NodeRef::<html::Ul>::new();
    let rows = Memo::new(move |_| first.with(|first| list.pager.rows(first)));
    let length = Memo::new(move |_| rows.with(Vec::len));
    let tiles = Memo::new(move |_| {
        let edges = i32::from(width.get() > 640) * 24 + 24;
        Tiles::of(list.look.get(), u32::try_from(width.get() - edges).unwrap_or(0))
    });
    let drawn = Memo::new(move |_| {
        top.track();
        let (above, view) = match (scroller.get(), grid.get()) {
            (Some(scroller), Some(grid)) => {
                let hidden = scroller.get_bounding_client_rect().top() - grid.get_bounding_client_rect().top();
                (whole(hidden), usize::try_from(scroller.client_height()).unwrap_or(0))
            }
            _ => (0, 0),
        };
        tiles.get().drawn(above, view.max(400), length.get())
    });
    // Fetched by the list's own owner, not by what is drawn.
    Effect::new(move || {
        let (_, end) = drawn.get();
        if end + AHEAD >= length.get() {
            first.with(|first| list.pager.append(first));
        }
    });
    let shown = move || {
        let (start, end) = drawn.get();
        rows.with(|rows| rows.iter().take(end).skip(start).map(Arc::clone).collect::<Vec<_>>())
    };
    let above = move || tiles.get().top(drawn.get().0);
    view! {
        <ul
            class="cars"
            node_ref=grid
            data-look=move || list.look.get().as_str()
            style:height=move || format!("{}px", tiles.get().whole(length.get()))
            style:padding-top=move || format!("{}px", above())
            style=("--columns", move || tiles.get().columns.to_string())
            style=("--height", move || format!("{}px", tiles.get().height))
            on:keydown=move |ev| walk(&ev, tiles.get_untracked().columns)
        >
            <For each=shown key=|row| Arc::as_ptr(row).addr() let:row>
                <CarCard row rows />
            </For>
        </ul>
        {move || (length.get() == 0).then(|| view! { <NoCars /> })}
        <ListFoot first />
    }
}

fn whole(pixels: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a height in pixels, at least zero")]
    let pixels = pixels.max(0.0) as usize;
    pixels
}

/// Arrow keys walk from car to car, up and down by lines.
fn walk(event: &web_sys::KeyboardEvent, columns: usize) {
    let line = i64::try_from(columns).unwrap_or(1);
    let step = match event.key().as_str() {
        "ArrowRight" => 1,
        "ArrowLeft" => -1,
        "ArrowDown" => line,
        "ArrowUp" => -line,
        _ => return,
    };
    let Some(active) = document().active_element() else { return };
    let Some(at) = active.get_attribute("data-at").and_then(|at| at.parse::<i64>().ok()) else { return };
    let next = document().query_selector(&format!(".cars [data-at=\"{}\"]", at + step)).ok().flatten();
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        let _ = next.focus();
    }
}

/// Below the last car: that more is coming, or why not.
#[component]
fn ListFoot(first: Signal<First<Arc<VehicleRow>>>) -> impl IntoView {
    let list = use_stock_list();
    let retry = Callback::new(move |()| first.with_untracked(|first| list.pager.append(first)));
    move || match list.pager.appending.get() {
        Appending::No => ().into_any(),
        Appending::Running => view! { <p class="list-foot t-3">{t(words::common::loading)}</p> }.into_any(),
        Appending::Failed(_) => view! {
            <p class="list-foot" role="alert">
                {t(words::list::no_more)}
                <Button kind=Kind::Quiet on_click=retry>{t(words::common::retry)}</Button>
            </p>
        }
        .into_any(),
    }
}
