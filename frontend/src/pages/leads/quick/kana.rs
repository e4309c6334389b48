//! The reading of a name, out of what is typed before it is converted. Pure.

use noren_domain::kana::Kana;

/// A reading that fills in while a name is typed. What a person wrote into it by hand is left alone.
#[derive(Clone, Debug, Default)]
pub struct Filling {
    /// The reading of what is converted already.
    before: String,
    /// The reading of what is being converted, the last time that it was kana.
    heard: Option<String>,
    by_hand: bool,
}

impl Filling {
    /// What stands there at first may have been written by hand.
    pub fn of(kana: &str) -> Self {
        Self { by_hand: !kana.is_empty(), ..Self::default() }
    }

    pub fn typed_by_hand(&mut self, kana: &str) {
        *self = Self::of(kana);
    }

    /// The composition is now this; `name` is what stood before it began. The reading, where it changes.
    pub fn composing(&mut self, text: &str, name: &str) -> Option<String> {
        if self.heard.is_none() && name.ends_with(char::is_whitespace) && !self.before.is_empty() {
            self.before = format!("{} ", self.before.trim_end());
        }
        let heard = self.heard.get_or_insert_default();
        if let Some(read) = reading(text) {
            *heard = read;
        }
        let kana = format!("{}{heard}", self.before);
        self.said(kana)
    }

    /// The composition has ended in this; nothing means that it was given up.
    pub fn composed(&mut self, text: &str) -> Option<String> {
        let heard = self.heard.take().unwrap_or_default();
        if !text.is_empty() {
            self.before += &reading(text).unwrap_or(heard);
        }
        self.said(self.before.clone())
    }

    /// The name was emptied: what comes is another one.
    pub fn name_emptied(&mut self) -> Option<String> {
        if self.by_hand {
            return None;
        }
        *self = Self::default();
        Some(String::new())
    }

    fn said(&self, kana: String) -> Option<String> {
        (!self.by_hand).then_some(kana)
    }
}

/// What is kana altogether, but for letters at its end that have yet to become some. Nothing where it is converted.
fn reading(text: &str) -> Option<String> {
    let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, 'ａ'..='ｚ' | 'Ａ'..='Ｚ');
    let kana = text.trim_end_matches(letter);
    Kana::parse(kana).ok().map(|kana| kana.katakana)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compose(filling: &mut Filling, name: &str, steps: &[&str]) -> Option<String> {
        for step in steps {
            filling.composing(step, name);
        }
        filling.composed(steps.last().unwrap())
    }

    #[test]
    fn the_last_kana_before_the_conversion_is_the_reading() {
        let mut filling = Filling::default();
        assert_eq!(filling.composing("w", ""), Some(String::new()));
        assert_eq!(filling.composing("わ", ""), Some("ワ".into()));
        assert_eq!(filling.composing("わたn", ""), Some("ワタ".into()));
        assert_eq!(compose(&mut filling, "", &["わたなべ", "渡辺", "渡邉"]), Some("ワタナベ".into()));
    }

    #[test]
    fn two_parts_of_a_name_have_two_readings_with_a_space() {
        let mut filling = Filling::default();
        compose(&mut filling, "", &["おのでら", "小野寺"]);
        assert_eq!(compose(&mut filling, "小野寺　", &["さきこ", "﨑子"]), Some("オノデラ サキコ".into()));
        assert_eq!(compose(&mut filling, "小野寺　﨑子", &["さん"]), Some("オノデラ サキコサン".into()));
    }

    #[test]
    fn what_is_given_up_or_taken_back_leaves_nothing() {
        let mut filling = Filling::default();
        compose(&mut filling, "", &["おの", "小野"]);
        filling.composing("でら", "小野");
        assert_eq!(filling.composed(""), Some("オノ".into()));
        filling.composing("で", "小野");
        assert_eq!(filling.composing("", "小野"), Some("オノ".into()));
    }

    #[test]
    fn a_reading_written_by_hand_is_left_alone() {
        let mut filling = Filling::default();
        compose(&mut filling, "", &["なかた", "中田"]);
        filling.typed_by_hand("ナカダ");
        assert_eq!(compose(&mut filling, "中田 ", &["ひろし", "博"]), None);
        assert_eq!(filling.name_emptied(), None);
        assert_eq!(compose(&mut Filling::of("ナカダ"), "中田", &["たろう"]), None);
        filling.typed_by_hand("");
        assert_eq!(compose(&mut filling, "", &["なかた", "仲田"]), Some("ナカタ".into()));
    }

    #[test]
    fn another_name_has_another_reading() {
        let mut filling = Filling::default();
        compose(&mut filling, "", &["おの", "小野"]);
        assert_eq!(filling.name_emptied(), Some(String::new()));
        assert_eq!(compose(&mut filling, "", &["もり", "森"]), Some("モリ".into()));
    }
}
