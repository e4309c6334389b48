//! The stock on the screen: what the address asks for, the cars, and what is counted.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use noren_api::vehicles::{VehicleFilter, VehicleOverview, VehicleRow};
use noren_domain::code::StockNumber;

use super::query::StockQuery;
use super::tiles::Look;
use crate::api::{ApiError, use_api};
use crate::device;
use crate::live::use_live;
use crate::paging::{Ask, Pager};
use crate::routes::Page;

const LOOK: &str = "noren.stock-look";

/// The list of cars. `Copy`, in the context of its pages.
#[derive(Clone, Copy)]
pub struct StockList {
    pub query: Memo<StockQuery>,
    pub pager: Pager<Arc<VehicleRow>>,
    pub overview: LocalResource<Result<VehicleOverview, ApiError>>,
    pub look: RwSignal<Look>,
    /// The last overview that came; it stays while the next is on its way.
    seen: Memo<Option<VehicleOverview>>,
    /// Which list the cars on the screen belong to.
    answered: RwSignal<Option<StockQuery>>,
    go: Callback<StockQuery>,
}

pub fn use_stock_list() -> StockList {
    expect_context()
}

impl StockList {
    pub fn new() -> Self {
        let (api, location, navigate) = (use_api(), use_location(), use_navigate());
        let query = Memo::new(move |_| location.search.with(|search| StockQuery::parse(search)));
        let go = Callback::new(move |query: StockQuery| {
            let here = location.pathname.get_untracked();
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&query.beside(&here), options);
        });
        let answered = RwSignal::new(None);
        // For whom it is changes nothing of the list.
        let asked = Memo::new(move |_| StockQuery { lead: None, ..query.get() });
        let known = Known::default();
        let pager = Pager::new(move |Ask { after, limit }| {
            let asked_for = asked.get();
            let filter = VehicleFilter { after, limit, ..asked_for.filter() };
            let known = known.clone();
            Box::pin(async move {
                let page = api.list_vehicles(filter).await;
                if asked.try_get_untracked().is_some_and(|now| now == asked_for) {
                    answered.try_set(Some(asked_for));
                }
                let page = page?;
                let items = page.items.into_iter().map(|row| known.same(row)).collect();
                Ok(noren_api::Page { items, next: page.next })
            })
        });
        let narrowed = Memo::new(move |_| VehicleFilter { sort: None, ..asked.with(StockQuery::filter) });
        let overview = LocalResource::new(move || api.overview_vehicles(narrowed.get()));
        let seen = Memo::new(move |last: Option<&Option<VehicleOverview>>| match overview.get() {
            Some(Ok(overview)) => Some(overview),
            _ => last.cloned().flatten(),
        });
        let list = Self { query, pager, overview, look: RwSignal::new(kept_look()), seen, answered, go };
        use_live().on_news(move |news| {
            if news.all {
                list.refetch();
            } else if news.holds {
                list.pager.follow();
            }
        });
        list
    }

    /// A part of what was counted last.
    pub fn part<T: PartialEq + Send + Sync + 'static>(self, part: fn(&VehicleOverview) -> T) -> Memo<Option<T>> {
        Memo::new(move |_| self.seen.with(|seen| seen.as_ref().map(part)))
    }

    /// Whether the cars on the screen are still those of another list than the one asked for.
    pub fn outdated(self) -> bool {
        let same = |answered: &StockQuery| self.query.with(|now| now.filter() == answered.filter());
        self.answered.with(|answered| answered.as_ref().is_some_and(|answered| !same(answered)))
    }

    /// Shows the list with something about it changed.
    pub fn change(self, change: impl FnOnce(&mut StockQuery)) {
        let mut query = self.query.get_untracked();
        change(&mut query);
        self.go(query);
    }

    /// Shows another list at the same address.
    pub fn go(self, query: StockQuery) {
        if self.query.with_untracked(|now| *now != query) {
            self.go.run(query);
        }
    }

    /// The address of the stock, or of one of its cars, which keeps the list as it is.
    pub fn beside(self, path: &str) -> String {
        self.query.with(|query| query.beside(path))
    }

    pub fn back(self) -> String {
        self.beside(&Page::Stock.href())
    }

    /// Asks the server again.
    pub fn refetch(self) {
        self.pager.refetch();
        self.overview.refetch();
    }

    /// Grid or rows, remembered on this device.
    pub fn turn(self) {
        let look = self.look.get_untracked().other();
        device::keep(LOOK, look.as_str());
        self.look.set(look);
    }
}

/// The cars as they were answered last. One of which nothing has changed stays the same row, and is not drawn anew: whoever stands on
/// it with the keyboard stays there.
#[derive(Clone, Default)]
struct Known(Rc<RefCell<HashMap<StockNumber, Arc<VehicleRow>>>>);

impl Known {
    fn same(&self, row: VehicleRow) -> Arc<VehicleRow> {
        let mut known = self.0.borrow_mut();
        if let Some(before) = known.get(&row.stock_number).filter(|before| ***before == row) {
            return Arc::clone(before);
        }
        let row = Arc::new(row);
        known.insert(row.stock_number.clone(), Arc::clone(&row));
        row
    }
}

fn kept_look() -> Look {
    let kept = device::kept(LOOK);
    if kept.as_deref() == Some(Look::Rows.as_str()) { Look::Rows } else { Look::Grid }
}
