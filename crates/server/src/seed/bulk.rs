//! A dealer of any size, for the instruments: the leads are told on a thread of their own while the database stores those
//! told before, so that as many are in memory as are on their way, however many there are.

use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressStyle};
use noren_persistence::bulk::{self, Batch};
use noren_persistence::{Actor, staff};
use tokio::sync::mpsc;

use super::{Opened, account, accounts_file, found, keep, random_password, towns};
use crate::Error;
use crate::app::App;
use crate::auth::password;
use crate::demo::{DemoLead, Group, Shape};

/// Leads in one unit of work.
const AT_ONCE: usize = 1_000;
/// Batches that wait for the database.
const WAITING: usize = 2;

/// How large a dealer is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Size {
    /// Two stores, twelve staff, 1,000 leads of a year
    Small,
    /// Five stores, sixty staff, 100,000 leads of three years
    Large,
}

impl Size {
    fn shape(self, leads: Option<usize>) -> Shape {
        let shape = match self {
            Self::Small => Shape::SMALL,
            Self::Large => Shape::LARGE,
        };
        Shape { leads: leads.unwrap_or(shape.leads), ..shape }
    }
}

/// What was stored.
pub struct Grown {
    pub leads: u64,
    /// Leads, their tags, inquiries and what happened to them.
    pub rows: u64,
    pub took: Duration,
}

/// Stores a dealer of that size, with other numbers of leads where one is given. Everybody has the same random password.
/// `None` where somebody can sign in already; then nothing is stored.
///
/// # Errors
/// When the database refuses; the leads stored until then stay.
pub async fn grow(app: &App, (size, leads): (Size, Option<usize>), seed: u64) -> Result<Option<Grown>, Error> {
    if staff::exist(&app.db).await? {
        return Ok(None);
    }
    let now = app.clock.now();
    let shape = size.shape(leads);
    let group = Arc::new(Group::new(shape, seed, now, towns()?));
    let password = random_password();
    let hash = password::hash(&password).await?;
    let opened = group.dealer.staff.iter();
    let opened: Vec<Opened> =
        opened.map(|person| Opened { account: account(person, password.clone()), hash: hash.clone() }).collect();
    let founding = app.db.begin(Actor::system(now)).await?;
    found(&founding, &group.dealer, &opened).await?;
    keep(&accounts_file(app), &opened)?;
    founding.commit().await?;

    let begin = Instant::now();
    let bar = bar(u64::try_from(shape.leads).unwrap_or(u64::MAX))?;
    let (teller, mut told) = mpsc::channel(WAITING);
    let telling = tokio::task::spawn_blocking(move || {
        group.tell(AT_ONCE, |leads| teller.blocking_send(batch(leads)).is_ok());
    });
    let (mut leads, mut rows) = (0, 0);
    while let Some(batch) = told.recv().await {
        let tx = app.db.begin(Actor::system(now)).await?;
        rows += bulk::insert(&tx, &batch).await?;
        tx.commit().await?;
        leads += u64::try_from(batch.leads.len()).unwrap_or_default();
        bar.set_position(leads);
    }
    telling.await.map_err(|error| Error::Internal(error.to_string()))?;
    bulk::analyze(&app.db).await?;
    bar.finish_and_clear();
    Ok(Some(Grown { leads, rows, took: begin.elapsed() }))
}

/// Seen on a terminal alone.
fn bar(leads: u64) -> Result<ProgressBar, Error> {
    let style = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} leads, {per_sec}, {eta} left");
    Ok(ProgressBar::new(leads).with_style(style.map_err(|error| Error::Internal(error.to_string()))?))
}

fn batch(told: Vec<DemoLead>) -> Batch {
    let mut batch = Batch::default();
    for DemoLead { lead, inquiries, timeline } in told {
        batch.leads.push(lead);
        batch.inquiries.extend(inquiries);
        batch.timeline.extend(timeline);
    }
    batch
}
