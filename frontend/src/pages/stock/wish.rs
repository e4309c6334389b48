//! What of a lead's wish the stock can be filtered by. Customers and forms write as they like. Pure.

use noren_api::leads::WantedCar;
use noren_domain::vehicle::BodyType;

use super::query::StockQuery;

/// How makers are written, in the first place as EXTREME writes them.
const MAKERS: [&[&str]; 15] = [
    &["トヨタ", "toyota", "豊田"],
    &["レクサス", "lexus"],
    &["ホンダ", "honda", "本田"],
    &["日産", "nissan", "ニッサン"],
    &["スズキ", "suzuki"],
    &["ダイハツ", "daihatsu"],
    &["マツダ", "mazda"],
    &["スバル", "subaru"],
    &["三菱", "mitsubishi", "ミツビシ"],
    &["いすゞ", "isuzu", "いすず", "イスズ"],
    &["BMW"],
    &["メルセデス・ベンツ", "ベンツ", "メルセデスベンツ", "mercedes", "mercedes-benz"],
    &["フォルクスワーゲン", "volkswagen", "vw", "ワーゲン"],
    &["アウディ", "audi"],
    &["ボルボ", "volvo"],
];

/// How bodies are called; 商用 is more than one.
const BODIES: [(&[&str], &[BodyType]); 9] = [
    (&["軽", "軽自動車", "kei"], &[BodyType::Kei]),
    (&["コンパクト", "コンパクトカー", "compact"], &[BodyType::Compact, BodyType::Hatchback]),
    (&["ミニバン", "minivan"], &[BodyType::Minivan]),
    (&["suv", "クロカン", "suv・クロカン"], &[BodyType::Suv]),
    (&["セダン", "sedan"], &[BodyType::Sedan]),
    (&["ワゴン", "ステーションワゴン", "wagon"], &[BodyType::Wagon]),
    (&["クーペ", "coupe"], &[BodyType::Coupe]),
    (&["オープン", "オープンカー"], &[BodyType::Open]),
    (&["商用", "バン", "トラック", "truck", "van"], &[BodyType::KeiVan, BodyType::Van, BodyType::Truck]),
];

/// The filter that a wish comes to. What is not understood is searched for as it is written.
pub fn understood(car: &WantedCar) -> StockQuery {
    let written =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let maker = written(&car.maker);
    let known = maker.as_deref().and_then(known_maker);
    let stranger = maker.filter(|_| known.is_none());
    let words = [stranger, written(&car.model)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    StockQuery {
        words: words.chars().take(100).collect(),
        maker: known.map(str::to_owned),
        // Whoever names a model has named its body.
        body_types: if words.is_empty() {
            written(&car.body_type).map(|text| bodies(&text)).unwrap_or_default()
        } else {
            Vec::new()
        },
        total_to: car.budget,
        ..StockQuery::default()
    }
}

fn known_maker(written: &str) -> Option<&'static str> {
    let same = |name: &&str| name.eq_ignore_ascii_case(written);
    MAKERS.iter().find(|names| names.iter().any(same)).and_then(|names| names.first().copied())
}

fn bodies(written: &str) -> Vec<BodyType> {
    let same = |name: &&str| name.eq_ignore_ascii_case(written);
    BODIES.iter().find(|(names, _)| names.iter().any(same)).map(|(_, bodies)| bodies.to_vec()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use noren_domain::Yen;

    use super::*;

    fn wish(maker: &str, model: &str, body: &str) -> StockQuery {
        let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let budget = Some(Yen(3_000_000));
        understood(&WantedCar { maker: said(maker), model: said(model), body_type: said(body), budget, timing: None })
    }

    #[test]
    fn a_maker_is_known_however_it_is_written() {
        let query = wish("TOYOTA", "アルファード", "ミニバン");
        assert_eq!((query.maker.as_deref(), query.words.as_str()), (Some("トヨタ"), "アルファード"));
        assert_eq!((query.total_to, query.body_types), (Some(Yen(3_000_000)), vec![]));
    }

    #[test]
    fn what_is_not_understood_is_searched_for() {
        let query = wish("テスラ", "モデル3", "");
        assert_eq!((query.maker, query.words.as_str()), (None, "テスラ モデル3"));
    }

    #[test]
    fn a_body_counts_where_no_model_is_named() {
        assert_eq!(wish("", "", "SUV").body_types, [BodyType::Suv]);
        assert_eq!(wish("", "", "商用").body_types, [BodyType::KeiVan, BodyType::Van, BodyType::Truck]);
        assert_eq!(wish("", "", "速いの").body_types, []);
        assert_eq!(understood(&WantedCar::default()), StockQuery::default());
    }
}
