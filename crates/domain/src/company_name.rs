//! Company names: the legal form is recognised before or after the name and left out of the search key.

use crate::text::tidy;

/// Where the legal form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// 前株, as in 株式会社山田.
    Before,
    /// 後株, as in 山田株式会社.
    After,
}

/// A company name split into its legal form and the name proper. Print the name as registered; search by `core`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyName {
    pub form: Option<(&'static str, Position)>,
    pub core: String,
}

/// The written variants of each form; NFKC has already turned ㈱ into (株) and ㍿ into 株式会社.
const FORMS: &[(&str, &[&str])] = &[
    ("株式会社", &["株式会社", "(株)", "カ)", "(カ"]),
    ("有限会社", &["有限会社", "(有)", "ユ)", "(ユ"]),
    ("合同会社", &["合同会社", "(同)", "ド)", "(ド"]),
    ("合資会社", &["合資会社", "(資)"]),
    ("合名会社", &["合名会社", "(名)"]),
    ("一般社団法人", &["一般社団法人", "(一社)"]),
    ("一般財団法人", &["一般財団法人", "(一財)"]),
    ("医療法人社団", &["医療法人社団"]),
    ("医療法人", &["医療法人", "(医)"]),
    ("社会福祉法人", &["社会福祉法人", "(福)"]),
    ("学校法人", &["学校法人", "(学)"]),
    ("宗教法人", &["宗教法人", "(宗)"]),
];

impl CompanyName {
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let name = tidy(typed);
        for (form, variants) in FORMS {
            for variant in *variants {
                if let Some(core) = name.strip_prefix(variant) {
                    return Self { form: Some((form, Position::Before)), core: core.trim().to_owned() };
                }
                if let Some(core) = name.strip_suffix(variant) {
                    return Self { form: Some((form, Position::After)), core: core.trim().to_owned() };
                }
            }
        }
        Self { form: None, core: name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_found_in_every_writing_and_place() {
        for (typed, form, core) in [
            ("株式会社山田自動車", Some(("株式会社", Position::Before)), "山田自動車"),
            ("山田自動車㈱", Some(("株式会社", Position::After)), "山田自動車"),
            ("㍿ 山田自動車", Some(("株式会社", Position::Before)), "山田自動車"),
            ("ｶ)ﾔﾏﾀﾞ", Some(("株式会社", Position::Before)), "ヤマダ"),
            ("㈲スズキ商店", Some(("有限会社", Position::Before)), "スズキ商店"),
            ("（同）ノレン", Some(("合同会社", Position::Before)), "ノレン"),
            ("医療法人社団さくら会", Some(("医療法人社団", Position::Before)), "さくら会"),
            ("山田商店", None, "山田商店"),
        ] {
            assert_eq!(CompanyName::parse(typed), CompanyName { form, core: core.to_owned() }, "{typed}");
        }
    }
}
