//! What the search offers. Pure.

use noren_api::leads::LeadRow;
use noren_domain::LeadId;
use noren_domain::code::StockNumber;

use crate::pages::leads::lines;
use crate::pages::leads::query::{ListQuery, Tab};
use crate::recent::Viewed;
use crate::routes::Page;
use crate::words::{self, Lang};

/// A row of the search: it leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub href: String,
    pub name: String,
    pub told: String,
    /// From where to where the name is what was typed, in bytes.
    pub mark: (usize, usize),
}

impl Offer {
    pub fn found(row: &LeadRow, typed: &str, lang: Lang) -> Self {
        let name = lines::called(row.name.as_deref(), row.company.as_deref(), lang).to_string();
        let mut told = vec![lines::status(row.status)(lang).to_owned()];
        told.extend(row.company.clone().filter(|_| row.name.is_some()));
        told.extend(lines::wish(&row.wanted_car, lang).into_iter().next());
        let mark = mark(&name, typed);
        Self { href: Page::Lead(row.id).href(), name, told: told.join(words::common::dot(lang)), mark }
    }

    pub fn viewed(viewed: Viewed<LeadId>) -> Self {
        Self { href: Page::Lead(viewed.id).href(), name: viewed.name, told: String::new(), mark: (0, 0) }
    }

    /// The same words in the stock; what may be a 在庫番号 leads to the car.
    pub fn of_stock(typed: &str, lang: Lang) -> Vec<Self> {
        let offer = |href, name| Self { href, name, told: String::new(), mark: (0, 0) };
        let number = typed.parse::<StockNumber>().ok().filter(|_| is_like_a_number(typed));
        let car = number.map(|number| offer(Page::vehicle(&number), words::finder::open_car(lang, &number)));
        let query = serde_urlencoded::to_string([("q", typed)]).unwrap_or_default();
        let list = offer(format!("{}?{query}", Page::Stock.href()), words::finder::in_stock(lang, typed));
        car.into_iter().chain([list]).collect()
    }

    /// The same words among those whom EXTREME knows.
    pub fn of_customers(typed: &str, lang: Lang) -> Self {
        let query = serde_urlencoded::to_string([("q", typed)]).unwrap_or_default();
        let href = format!("{}?{query}", Page::Customers.href());
        Self { href, name: words::finder::in_customers(lang, typed), told: String::new(), mark: (0, 0) }
    }

    /// Everything that was found, in the list.
    pub fn all(typed: &str, lang: Lang) -> Self {
        let query = ListQuery { tab: Tab::All, words: typed.to_owned(), ..ListQuery::default() };
        let name = words::finder::show_all(lang, typed);
        Self { href: query.beside(&Page::Leads.href()), name, told: String::new(), mark: (0, 0) }
    }
}

/// A telephone number begins with a digit, and a name has none.
fn is_like_a_number(typed: &str) -> bool {
    typed.starts_with(|first: char| first.is_ascii_alphabetic()) && typed.bytes().filter(u8::is_ascii_digit).count() > 2
}

/// Where a name holds what was typed, to the letter; what the server finds by its reading is not marked.
fn mark(name: &str, typed: &str) -> (usize, usize) {
    name.find(typed).map_or((0, 0), |at| (at, at + typed.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_of_a_name_that_was_typed_is_marked() {
        for (typed, marked) in [("渡邉", "渡邉"), ("髙", "髙"), ("わた", ""), ("090", "")] {
            let name = "渡邉 髙志 様";
            let (from, to) = mark(name, typed);
            assert_eq!(&name[from..to], marked, "{typed}");
        }
    }

    #[test]
    fn words_lead_into_the_stock_and_a_stock_number_to_its_car() {
        let hrefs =
            |typed: &str| Offer::of_stock(typed, Lang::Ja).into_iter().map(|offer| offer.href).collect::<Vec<_>>();
        assert_eq!(hrefs("S-01042"), ["/stock/S-01042", "/stock?q=S-01042"]);
        assert_eq!(hrefs("090-1234"), ["/stock?q=090-1234"]);
        assert_eq!(hrefs("N-BOX"), ["/stock?q=N-BOX"]);
        assert_eq!(hrefs("渡邉"), ["/stock?q=%E6%B8%A1%E9%82%89"]);
    }

    #[test]
    fn words_lead_to_the_customers() {
        assert_eq!(Offer::of_customers("渡 090", Lang::Ja).href, "/customers?q=%E6%B8%A1+090");
    }

    #[test]
    fn all_of_it_is_the_whole_list_narrowed_to_the_words() {
        assert_eq!(Offer::all("渡 090", Lang::Ja).href, "/leads?tab=all&q=%E6%B8%A1+090");
    }
}
