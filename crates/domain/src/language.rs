//! The languages that Noren speaks to people.

use serde::{Deserialize, Serialize};

/// A language that words are there in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    Ja,
    En,
}

impl Language {
    /// The BCP 47 tag.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The first of ours that an `Accept-Language` names, in its order; people write it in the order of their liking.
    #[must_use]
    pub fn accepted(header: &str) -> Self {
        let mut tags = header.split(',').map(|tag| tag.split([';', '-']).next().unwrap_or_default().trim());
        tags.find_map(|tag| [Self::Ja, Self::En].into_iter().find(|known| known.as_str().eq_ignore_ascii_case(tag)))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_first_that_is_known_and_japanese_without_one() {
        for (header, language) in [
            ("", Language::Ja),
            ("fr-FR, fr;q=0.9", Language::Ja),
            ("en-US,en;q=0.9,ja;q=0.8", Language::En),
            ("ja, en;q=0.5", Language::Ja),
            ("fr, EN;q=0.5", Language::En),
        ] {
            assert_eq!(Language::accepted(header), language, "{header}");
        }
    }
}
