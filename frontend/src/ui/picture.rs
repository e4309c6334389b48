//! A picture. Those that the server has still to fetch are asked for few at a time: a browser has six ways to a server that speaks
//! HTTP/1.1, and what somebody waits for must find one of them free.

use std::cell::RefCell;
use std::collections::VecDeque;

use leptos::html;
use leptos::prelude::*;

/// How many that are still to be fetched are on their way at once.
const AT_ONCE: usize = 3;
/// How the address of one begins; the others have theirs by their content.
const STILL_TO_FETCH: &str = "/photos/of/";

/// Who waits for a turn, and who has one.
struct Queue<T> {
    last: u64,
    waiting: VecDeque<(u64, T)>,
    under_way: Vec<u64>,
}

impl<T> Queue<T> {
    const fn new() -> Self {
        Self { last: 0, waiting: VecDeque::new(), under_way: Vec::new() }
    }

    fn join(&mut self, turn: T) -> u64 {
        self.last += 1;
        self.waiting.push_back((self.last, turn));
        self.last
    }

    fn leave(&mut self, number: u64) {
        self.waiting.retain(|(waiting, _)| *waiting != number);
        self.under_way.retain(|under_way| *under_way != number);
    }

    /// Whose turn it is by now.
    fn called(&mut self) -> Vec<T> {
        let free = AT_ONCE.saturating_sub(self.under_way.len()).min(self.waiting.len());
        let called: Vec<(u64, T)> = self.waiting.drain(..free).collect();
        self.under_way.extend(called.iter().map(|(number, _)| *number));
        called.into_iter().map(|(_, turn)| turn).collect()
    }
}

thread_local! {
    static QUEUE: RefCell<Queue<RwSignal<bool>>> = const { RefCell::new(Queue::new()) };
}

fn join(turn: RwSignal<bool>) -> u64 {
    let number = QUEUE.with_borrow_mut(|queue| queue.join(turn));
    call();
    number
}

fn leave(number: u64) {
    QUEUE.with_borrow_mut(|queue| queue.leave(number));
    call();
}

fn call() {
    for turn in QUEUE.with_borrow_mut(Queue::called) {
        turn.try_set(true);
    }
}

#[component]
pub fn Picture(src: String, #[prop(into)] alt: String, #[prop(into)] on_broken: Callback<()>) -> impl IntoView {
    let image = NodeRef::<html::Img>::new();
    let waits = src.starts_with(STILL_TO_FETCH);
    let turn = RwSignal::new(!waits);
    let number = waits.then(|| join(turn));
    let end = move || {
        if let Some(number) = number {
            leave(number);
        }
    };
    on_cleanup(move || {
        // The browser lets go of a request whose address is taken away.
        if let Some(image) = image.try_get_untracked().flatten() {
            let _ = image.remove_attribute("src");
        }
        end();
    });
    let broken = move |_| {
        end();
        on_broken.run(());
    };
    let loading = if waits { "eager" } else { "lazy" };
    let place = move || turn.get().then(|| src.clone());
    view! {
        <img node_ref=image src=place alt=alt loading=loading decoding="async" on:load=move |_| end() on:error=broken />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_are_under_way_and_the_next_one_follows_whoever_leaves() {
        let mut queue = Queue::new();
        let numbers: Vec<u64> = "abcde".chars().map(|name| queue.join(name)).collect();
        assert_eq!(queue.called(), ['a', 'b', 'c']);
        assert!(queue.called().is_empty());
        queue.leave(numbers[1]);
        assert_eq!(queue.called(), ['d']);
        queue.leave(numbers[4]);
        queue.leave(numbers[0]);
        assert!(queue.called().is_empty(), "who has gone is not called");
        queue.leave(numbers[0]);
        assert_eq!(queue.join('f'), 6);
        assert_eq!(queue.called(), ['f']);
    }
}
