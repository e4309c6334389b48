//! Codes that people read from paper or a console and type here: of invitations, and of the first run.

use noren_domain::text::tidy;

/// As the server makes them.
const LENGTH: usize = 16;
const GROUP: usize = 4;

/// The letters of a code in groups, as they are shown, whatever stands between them.
pub fn grouped(typed: &str) -> String {
    let letters: Vec<char> =
        tidy(typed).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

pub fn is_whole(typed: &str) -> bool {
    tidy(typed).chars().filter(char::is_ascii_alphanumeric).count() == LENGTH
}

/// The code behind `#`.
pub fn in_address() -> Option<String> {
    let hash = leptos::prelude::window().location().hash().ok()?;
    let code = hash.trim_start_matches('#').to_owned();
    (!code.is_empty()).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_shown_in_groups_however_it_was_typed() {
        for typed in
            ["h7km2qwx9rtd4npc", "H7KM-2QWX-9RTD-4NPC", " h7km 2qwx 9rtd 4npc ", "Ｈ７ＫＭー２ＱＷＸ９ＲＴＤ４ＮＰＣ"]
        {
            assert_eq!(grouped(typed), "H7KM-2QWX-9RTD-4NPC", "{typed}");
            assert!(is_whole(typed), "{typed}");
        }
        assert_eq!(grouped("h7km2"), "H7KM-2");
        assert!(!is_whole("h7km2") && !is_whole(""));
    }
}
