//! Norenについて: what runs here, how it fares, and where more is written.

use leptos::prelude::*;
use noren_api::system::{DatabaseFacts, DatabaseKind, Disk, Part, PartHealth, System};

use super::gate::Gate;
use super::listing::ListHead;
use crate::api::use_api;
use crate::session::Session;
use crate::ui::badge::{Badge, Tone};
use crate::ui::date;
use crate::ui::failure::FailureNotice;
use crate::ui::load::{Load, Loaded};
use crate::ui::skeleton::Skeleton;
use crate::words::{self, Lang, lang, t};

#[component]
pub fn AboutPage() -> impl IntoView {
    view! {
        <main class="page settings-list">
            <Gate
                may=Session::administers
                title=words::about::title
                not_yours=words::about::not_yours
                view=|| view! { <About /> }.into_any()
            />
        </main>
    }
}

#[component]
fn About() -> impl IntoView {
    let api = use_api();
    let resource = LocalResource::new(move || api.get_system());
    let shown = |Loaded { value, failure }: Loaded<System>| {
        let old = move || {
            let failure = Signal::stored(failure.get()?);
            Some(view! { <FailureNotice failure title=words::about::not_loaded /> })
        };
        view! {
            {old}
            {move || facts(value.get())}
        }
        .into_any()
    };
    view! {
        <ListHead title=words::about::title />
        <div class="scroll settings-body about">
            <Load resource failed=words::about::not_loaded skeleton=|| view! { <Skeleton lines=8 /> } view=shown />
        </div>
    }
}

fn facts(system: System) -> AnyView {
    let System { version, commit, started_at, database, disk, parts } = system;
    let build = commit.map_or_else(|| version.clone(), |commit| format!("{version} ({commit})"));
    let DatabaseFacts { kind, version: database, migration } = database;
    let kind = match kind {
        DatabaseKind::Sqlite => "SQLite",
        DatabaseKind::Postgresql => "PostgreSQL",
    };
    view! {
        <section class="card form-section">
            <header><h2 class="as-card">{t(words::about::health)}</h2></header>
            <div class="body"><ul class="about-parts">{parts.into_iter().map(part).collect_view()}</ul></div>
        </section>
        <section class="card form-section">
            <header><h2 class="as-card">{t(words::about::facts)}</h2></header>
            <div class="body">
                <dl class="about-facts">
                    <Fact name=words::about::version value=Signal::stored(build) />
                    <Fact name=words::about::started value=Signal::derive(move || date::long(started_at, lang())) />
                    <Fact name=words::about::database value=Signal::stored(format!("{kind} {database}")) />
                    <Fact name=words::about::schema value=Signal::stored(migration.unwrap_or_default()) />
                    {disk.map(|disk| view! { <Fact name=words::about::disk value=Signal::derive(move || room(disk, lang())) /> })}
                </dl>
            </div>
        </section>
        <section class="card form-section">
            <header><h2 class="as-card">{t(words::about::more)}</h2></header>
            <div class="body">
                <p>{t(words::about::docs_what)}</p>
                <p><a class="btn" data-kind="secondary" href="/docs/" rel="external" target="_blank">{t(words::about::docs)}</a></p>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Fact(name: fn(Lang) -> &'static str, value: Signal<String>) -> impl IntoView {
    view! {
        <div>
            <dt>{t(name)}</dt>
            <dd>{value}</dd>
        </div>
    }
}

fn part(health: PartHealth) -> AnyView {
    let PartHealth { part, healthy } = health;
    let name = match part {
        Part::Database => words::about::part_database,
        Part::Schema => words::about::part_schema,
        Part::Disk => words::about::part_disk,
        Part::Events => words::about::part_events,
    };
    let tone = if healthy { Tone::Ok } else { Tone::Warn };
    let said = move || if healthy { words::about::fine(lang()) } else { words::about::broken(lang()) };
    view! {
        <li>
            <b>{t(name)}</b>
            <Badge tone>{said}</Badge>
        </li>
    }
    .into_any()
}

/// How much room there is, in the units that disks are sold in.
fn room(disk: Disk, lang: Lang) -> String {
    let gigabytes = |bytes: u64| {
        let tenths = bytes / 100_000_000;
        format!("{}.{} GB", tenths / 10, tenths % 10)
    };
    words::about::room(lang, gigabytes(disk.bytes), gigabytes(disk.free_bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_is_said_in_gigabytes() {
        let disk = Disk { bytes: 256_000_000_000, free_bytes: 12_340_000_000 };
        assert_eq!(room(disk, Lang::Ja), "空き 12.3 GB(全体 256.0 GB)");
    }
}
