//! What people write and say, by the source that it comes through.

use noren_domain::lead::TypedProfile;

use super::people::Wish;
use super::random::Random;

/// The words of a first inquiry; `None` where the source leaves none.
pub fn first(profile: &TypedProfile, wish: Wish, store: &str, random: &mut Random) -> Option<String> {
    let from_company = profile.company.is_some() && random.chance(80);
    let templates = if from_company { FROM_COMPANIES } else { templates(&profile.source) };
    (!templates.is_empty()).then(|| fill(random.pick(templates), wish, store, random))
}

/// The words of somebody who asks again, and the source that they come through.
pub fn again(wish: Wish, store: &str, random: &mut Random) -> (&'static str, String) {
    let (source, template) = random.pick(AGAIN);
    (source, fill(template, wish, store, random))
}

fn fill(template: &str, wish: Wish, store: &str, random: &mut Random) -> String {
    template
        .replace("{maker}", wish.car.maker)
        .replace("{model}", wish.car.model)
        .replace("{timing}", wish.timing)
        .replace("{store}", store)
        .replace("{year}", &random.between(1, 7).to_string())
        .replace("{budget}", &wish.budget.to_string())
}

const FROM_COMPANIES: &[&str] = &[
    "社用車の入替えを検討しています。{model}を2台、見積りをお願いします。",
    "{maker} {model}のリースと購入、両方の見積りを比較したいです。請求書払いは可能でしょうか。",
    "営業車1台の増車。{model}の在庫と納期を確認したい。総額{budget}万円以内。",
    "役員車の乗換え。{model}で条件の合う車があれば連絡がほしいとのこと。",
    "現場用の{model}を探している。走行距離は問わない。時期:{timing}。",
    "法人名義での購入。{model}、任意保険とメンテナンスパックも含めた見積り希望。",
];

const AGAIN: &[(&str, &str)] = &[
    ("phone", "電話:先日の{model}の件、家族と相談したので条件をもう一度聞きたい。"),
    ("phone", "電話:見積りの有効期限の確認。下取りの金額も再度知りたい。"),
    ("walk_in", "再来店。{model}をもう一度ご覧になり、色違いの有無を確認。"),
    ("own_site", "以前見積りをいただいた者です。{model}のほかに近い条件の車があれば教えてください。"),
    ("carsensor", "【カーセンサー】在庫確認\n車種:{maker} {model}\n内容:以前も問い合わせました。まだありますか。"),
    ("line", "この前はありがとうございました!{model}の見積り、もう一度送ってもらえますか?"),
    ("service", "点検入庫の待ち時間に相談。{model}への乗換えを考え始めたとのこと。時期:{timing}。"),
];

fn templates(source: &str) -> &'static [&'static str] {
    match source {
        "carsensor" => &[
            "【カーセンサー】在庫確認・見積り依頼\n車種:{maker} {model}(令和{year}年式)\n内容:在庫の有無と支払総額を教えてください。",
            "【カーセンサー】見積り依頼\n車種:{maker} {model}\n諸費用込みの総額が知りたいです。県外登録ではありません。",
            "【カーセンサー】来店予約\n車種:{maker} {model}\n第1希望:今週土曜 13時、第2希望:日曜 11時。現車確認と試乗をお願いします。",
            "【カーセンサー】車の状態\n車種:{maker} {model}\n外装のキズと内装の写真を追加で見せてもらえますか。禁煙車でしょうか。",
            "【カーセンサー】その他\n車種:{maker} {model}\n下取りがあります。下取り込みの見積りは可能ですか。希望時期:{timing}",
        ],
        "goonet" => &[
            "グーネットより:{maker} {model}の見積り希望。オプションはドラレコ・ETC。",
            "グーネットより:{maker} {model}はまだありますか。整備記録簿と保証の内容を知りたいです。",
            "グーネットより:在庫確認希望。総額{budget}万円くらいで考えています。希望時期:{timing}",
            "グーネットより:{model}の修復歴と車検の残りを教えてください。メールで返信希望です。",
        ],
        "own_site" => &[
            "{store}の在庫ページを見ました。{model}の試乗はできますか。",
            "はじめまして。{maker}の{model}を探しています。希望時期:{timing}。予算は総額{budget}万円ほどです。よろしくお願いいたします。",
            "下取り査定と{model}の見積りをお願いします。今の車はローンが残っています。",
            "{model}のローンシミュレーションをしてもらいたいです。頭金なし、84回払いでの月々を知りたいです。",
            "定休日を教えてください。平日の夜に見に行けますか。気になっているのは{model}です。",
        ],
        "walk_in" => &[
            "ご来店。展示の{model}をご覧になり、見積りを希望。購入時期:{timing}。",
            "ご夫婦で来店。{model}と他社の同クラスで比較中。総額{budget}万円まで。",
            "通りがかりに来店。カタログを持ち帰り。{model}に興味あり。",
            "ご家族で来店、{model}を試乗。お子様連れのため30分ほど。後日あらためて見積りを。",
            "開店直後にご来店。車検が近く、買い替えか車検かで迷っている。候補は{model}。",
        ],
        "phone" => &[
            "電話:{model}の在庫の問い合わせ。折返し希望、18時以降。",
            "電話:総額{budget}万円以内で{model}を探してほしい。時期:{timing}。",
            "電話:チラシの{model}はまだあるか。土曜に見に来る予定。",
            "電話:下取りの概算を知りたい。次は{model}を考えている。",
        ],
        "referral" => &[
            "既納のお客様よりご紹介。{model}をお探し。購入時期:{timing}。",
            "取引先の整備工場よりご紹介。予算{budget}万円、{model}。",
            "職場の方からのご紹介で来店。{model}を希望、同じ条件でと言われている。",
        ],
        "line" => &[
            "こんにちは!{model}ってまだありますか?😊",
            "LINEで見積りもらえますか?{maker} {model}です。欲しい時期:{timing}",
            "インスタから来ました。{model}の写真もっと見たいです",
            "今度の日曜日、{model}見に行っても大丈夫ですか?子どもも一緒です",
        ],
        "sns" => &[
            "Instagramのダイレクトメッセージ:投稿の{model}の価格を教えてください。",
            "Xの投稿を見て。{model}の納車時期の質問。",
        ],
        "maker" => &[
            "{maker}公式サイトより送客:{model} 試乗予約の希望。希望店舗:{store}",
            "{maker}公式サイトより送客:{model} カタログ請求と商談の希望。購入時期:{timing}",
        ],
        "event" => &[
            "週末展示会に来場。{model}のアンケートに記入、見積り希望に丸。",
            "ショッピングモールの出張展示で名刺交換。{model}に興味、購入時期:{timing}。",
        ],
        "service" => &[
            "車検入庫時に相談。修理代が高く、{model}への乗換えを検討。",
            "オイル交換の待ち時間に{model}をご覧になった。購入時期:{timing}。",
            "板金見積りの際、乗り換えの話。総額{budget}万円まで。",
        ],
        "existing" => &[
            "既存のお客様から代替の相談。次は{model}を希望、購入時期:{timing}。",
            "ご家族の増車の相談。{model}で総額{budget}万円ほど。",
        ],
        "dm_mail" => &[
            "決算フェアのはがきを見て。{model}の特別価格について。",
            "配信メールの{model}の記事から問い合わせ。購入時期:{timing}。",
        ],
        "bulk_appraisal" => &[
            "一括査定:現車の査定依頼。走行7.2万km、車検残り8か月。乗換え候補は{model}。",
            "一括査定:概算の連絡希望(メール)。売却のみか乗換えかは未定。",
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::super::rhythm::SOURCES;
    use super::super::words::CARS;
    use super::*;

    #[test]
    fn no_placeholder_is_left_in_any_inquiry() {
        let mut random = Random::new(3);
        let all = SOURCES.iter().flat_map(|(_, source)| templates(source)).chain(FROM_COMPANIES);
        let all: Vec<&str> = all.chain(AGAIN.iter().map(|(_, template)| template)).copied().collect();
        assert!(all.len() >= 50);
        for template in all {
            for car in CARS {
                let wish = Wish { car: *car, budget: 150, timing: "年内" };
                let body = fill(template, wish, "前橋店", &mut random);
                assert!(!body.contains(['{', '}']) && body.chars().count() <= 200, "{body}");
            }
        }
    }

    #[test]
    fn only_the_source_other_comes_without_words() {
        let silent: Vec<&str> =
            SOURCES.iter().map(|(_, source)| *source).filter(|source| templates(source).is_empty()).collect();
        assert_eq!(silent, ["other"]);
    }
}
