//! ファイル取込: handing a file in, what became of each, what is to be mended, and which column is which field.

mod choices;
mod columns;
mod hand_in;
mod intake;
mod list;
mod reasons;
mod said;

use leptos::prelude::*;
use noren_domain::sync::Stream;

pub use self::columns::ExtremeColumnsPage;
use self::hand_in::HandIn;
pub use self::intake::ExtremeFilePage;
use self::list::{IntakeRows, Intakes};
use crate::routes::Page;
use crate::ui::icon::{Glyph, Icon};
use crate::words::{self, t};

/// What became of the files of a dealer whose EXTREME could only write them, before it could be asked.
#[component]
pub fn FileReports() -> impl IntoView {
    let intakes = Intakes::new(Callback::new(|()| ()));
    move || {
        intakes.is_any().then(|| {
            view! {
                <details class="extreme-settled">
                    <summary>{t(words::extreme_files::before)}</summary>
                    <section class="card extreme-files" aria-label=t(words::extreme_files::before)>
                        <IntakeRows intakes />
                    </section>
                </details>
            }
        })
    }
}

/// The part of the page about EXTREME for a dealer whose EXTREME can only write files.
#[component]
pub fn Files(on_taken: Callback<()>) -> impl IntoView {
    let intakes = Intakes::new(on_taken);
    let kinds = Stream::ALL.iter().map(|stream| {
        let (icon, name) = super::said::stream(*stream);
        view! {
            <li>
                <a class="btn" data-kind="quiet" href=Page::ExtremeColumns(*stream).href()>
                    <Glyph icon />
                    <span>{t(name)}</span>
                </a>
            </li>
        }
    });
    view! {
        <section class="card extreme-files" aria-labelledby="extreme-files">
            <header>
                <h2 id="extreme-files" class="as-card">{t(words::extreme_files::title)}</h2>
                <p class="t-2">{t(words::extreme_files::what)}</p>
            </header>
            <HandIn on_handed_in=Callback::new(move |()| intakes.look_again()) />
            <IntakeRows intakes />
            <nav class="extreme-kinds" aria-labelledby="extreme-kinds">
                <h3 id="extreme-kinds" class="t-2">
                    <Glyph icon=Icon::Grid />
                    {t(words::extreme_files::columns)}
                </h3>
                <ul>{kinds.collect_view()}</ul>
            </nav>
        </section>
    }
}
