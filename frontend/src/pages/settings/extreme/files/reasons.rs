//! What is to be mended in a file, row by row.

use leptos::prelude::*;
use noren_api::PageQuery;
use noren_api::extreme_intakes::{ExtremeIntake, ExtremeIntakeReason};
use noren_domain::intake::MOST_REASONS;

use super::said;
use crate::api::use_api;
use crate::paging::{First, Pager};
use crate::routes::Page;
use crate::ui::button::{Kind, LinkButton};
use crate::ui::failure::FailureNotice;
use crate::ui::load::{Load, Loaded};
use crate::ui::more::More;
use crate::ui::skeleton::SkeletonRows;
use crate::ui::yen::grouped;
use crate::words::{self, lang, t};

#[component]
pub fn Reasons(intake: Signal<ExtremeIntake>) -> impl IntoView {
    use words::extreme_files as say;
    let api = use_api();
    let (id, wrong, stream) = intake.with_untracked(|intake| (intake.id, intake.wrong, intake.stream));
    let pager = Pager::new(move |ask| {
        let query = PageQuery { after: ask.after, limit: ask.limit };
        Box::pin(api.list_extreme_intake_reasons(id, query))
    });
    let body = move |loaded: Loaded<First<ExtremeIntakeReason>>| view! { <Table loaded pager /> }.into_any();
    let first = (wrong > MOST_REASONS as u64).then(|| view! { <p class="t-3">{t(say::reasons_first)}</p> });
    let to_columns = move || {
        let what = super::super::said::stream(stream).1(lang());
        say::columns_of(lang(), what)
    };
    view! {
        <section class="card extreme-reasons" aria-labelledby="extreme-reasons">
            <header class="line" data-wrap>
                <div class="grow">
                    <h2 id="extreme-reasons" class="as-card">{move || say::reasons(lang(), grouped(wrong))}</h2>
                    <p class="t-2">{t(say::reasons_what)}</p>
                    {first}
                </div>
                <LinkButton href=Page::ExtremeColumns(stream).href() kind=Kind::Secondary>{to_columns}</LinkButton>
            </header>
            <Load resource=pager.first failed=say::not_loaded skeleton=|| view! { <SkeletonRows rows=3 /> } view=body />
        </section>
    }
}

#[component]
fn Table(loaded: Loaded<First<ExtremeIntakeReason>>, pager: Pager<ExtremeIntakeReason>) -> impl IntoView {
    use words::extreme_files as say;
    let Loaded { value: first, failure } = loaded;
    let rows = Memo::new(move |_| first.with(|first| pager.rows(first)));
    let old = move || {
        failure.get().map(|failure| view! { <FailureNotice failure=Signal::stored(failure) title=say::not_loaded /> })
    };
    let row = |reason: ExtremeIntakeReason| {
        let ExtremeIntakeReason { row, column, value, code } = reason;
        let number = move || if row == 0 { say::whole_file(lang()).to_owned() } else { grouped(row) };
        view! {
            <tr>
                <th scope="row" class="num">{number}</th>
                <td>{column}</td>
                <td class="value">{value}</td>
                <td>{t(said::reason(&code))}</td>
            </tr>
        }
    };
    view! {
        {old}
        <table>
            <thead>
                <tr>
                    <th scope="col">{t(say::row)}</th>
                    <th scope="col">{t(say::column)}</th>
                    <th scope="col">{t(say::value)}</th>
                    <th scope="col">{t(say::reason)}</th>
                </tr>
            </thead>
            <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
        </table>
        <More tail=pager.tail(first) />
    }
}
