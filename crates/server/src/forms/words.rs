//! The words that a form brings along itself, in its language: labels, hints, and what to do about a broken input.

use noren_domain::form::{FieldKind, FormField, Input};
use noren_domain::language::Language;

use Language::{En, Ja};

/// One word or sentence in both languages.
type Words = (&'static str, &'static str);

fn said(language: Language, (ja, en): Words) -> &'static str {
    match language {
        Ja => ja,
        En => en,
    }
}

/// The dealer's label of a field, or the usual one.
pub fn label_of(field: &FormField, language: Language) -> String {
    field.label.clone().unwrap_or_else(|| said(language, kind(field.kind)).to_owned())
}

fn kind(kind: FieldKind) -> Words {
    match kind {
        FieldKind::Name => ("お名前", "Name"),
        FieldKind::Kana => ("フリガナ", "Name in katakana"),
        FieldKind::Company => ("会社名", "Company"),
        FieldKind::Phone => ("電話番号", "Phone"),
        FieldKind::Mail => ("メールアドレス", "Email"),
        FieldKind::Address => ("ご住所", "Address"),
        FieldKind::WantedCar => ("ご希望の車", "The car you are looking for"),
        FieldKind::BodyType => ("ボディタイプ", "Body type"),
        FieldKind::Budget => ("ご予算(万円)", "Budget (in ten thousands of yen)"),
        FieldKind::Timing => ("ご購入の時期", "When you would like to buy"),
        FieldKind::Message => ("お問い合わせの内容", "Your message"),
    }
}

/// The label of one input.
pub fn input(input: Input, language: Language) -> &'static str {
    let words = match input {
        Input::Name => kind(FieldKind::Name),
        Input::Kana => kind(FieldKind::Kana),
        Input::Company => kind(FieldKind::Company),
        Input::Phone => kind(FieldKind::Phone),
        Input::Mail => kind(FieldKind::Mail),
        Input::PostalCode => ("郵便番号", "Postal code"),
        Input::Prefecture => ("都道府県", "Prefecture"),
        Input::City => ("市区町村", "City"),
        Input::Town => ("町名", "Town"),
        Input::Street => ("番地", "Street and number"),
        Input::Building => ("建物名・部屋番号", "Building and room"),
        Input::Maker => ("メーカー", "Maker"),
        Input::Model => ("車種", "Model"),
        Input::BodyType => kind(FieldKind::BodyType),
        Input::Budget => kind(FieldKind::Budget),
        Input::Timing => kind(FieldKind::Timing),
        Input::Message => kind(FieldKind::Message),
    };
    said(language, words)
}

/// An example beside an input, where one helps.
pub fn example(input: Input, language: Language) -> Option<&'static str> {
    let words = match input {
        Input::Phone => ("例: 090-1234-5678", "For example 090-1234-5678"),
        Input::PostalCode => ("例: 371-0024", "For example 371-0024"),
        Input::Budget => ("例: 220万円なら 220", "For example 220 for ¥2,200,000"),
        Input::Timing => ("例: 年内、車検の前まで", "For example by the end of the year"),
        _ => return None,
    };
    Some(said(language, words))
}

/// What to do about a broken input.
pub fn problem(code: &str, language: Language) -> &'static str {
    let words = match code {
        "required" => ("入力してください", "Please fill this in"),
        "contact.required" => {
            ("お電話番号かメールアドレスのどちらかを入力してください", "Please give a phone number or an email address")
        }
        "consent.changed" => (
            "文面が改まりました。お読みのうえ、もう一度同意のしるしを付けてください",
            "These words have changed. Please read them and tick the box again",
        ),
        "too_long" => ("長すぎます。短くしてください", "This is too long"),
        "kana.script" => ("かなで入力してください(例: ワタナベ タカシ)", "Please use kana"),
        code if code.starts_with("phone.") => (
            "電話番号を確かめてください(例: 090-1234-5678)",
            "Please check the phone number (for example 090-1234-5678)",
        ),
        "mail.form" => (
            "メールアドレスを確かめてください(例: taro@example.jp)",
            "Please check the email address (for example taro@example.jp)",
        ),
        "postal_code.length" => {
            ("郵便番号は7桁です(例: 371-0024)", "A postal code has seven digits (for example 371-0024)")
        }
        "budget.form" => {
            ("万円の数字で入力してください(例: 220)", "Please give a number of ten thousands of yen (for example 220)")
        }
        _ => ("入力の内容を確かめてください", "Please check this"),
    };
    said(language, words)
}

/// What the page says around the fields.
pub struct PageWords {
    pub required: &'static str,
    pub optional: &'static str,
    pub send: &'static str,
    pub fill_address: &'static str,
    pub no_address: &'static str,
    pub choose_address: &'static str,
    pub agree: &'static str,
    pub agree_first: &'static str,
    pub closed: &'static str,
    pub either: &'static str,
    pub consent: &'static str,
    pub broken: &'static str,
    pub busy: &'static str,
    pub leave_empty: &'static str,
    pub error: &'static str,
    pub sent: &'static str,
}

pub fn page(language: Language) -> PageWords {
    let said = |words| said(language, words);
    PageWords {
        required: said(("必須", "required")),
        optional: said(("任意", "optional")),
        send: said(("送信する", "Send")),
        fill_address: said(("住所を入れる", "Fill in the address")),
        no_address: said((
            "この郵便番号の住所が見つかりません。お手数ですが入力してください",
            "There is no address for this postal code. Please type it",
        )),
        choose_address: said(("住所の候補から選んでください", "Choose the address")),
        agree: said(("同意する", "I agree")),
        agree_first: said(("お読みのうえ、同意のしるしを付けてください", "Please read this and tick the box")),
        closed: said((
            "このフォームは今お使いいただけません。お手数ですが、お電話などでお問い合わせください",
            "This form is not open. Please contact the dealer in another way",
        )),
        either: said((
            "お電話番号かメールアドレスのどちらかをご記入ください。",
            "Please give a phone number or an email address.",
        )),
        consent: said(("個人情報の取扱い", "How we use what you send")),
        broken: said(("入力を確かめてください", "Please check what you typed")),
        busy: said((
            "ただいま混み合っています。少し待ってからもう一度送信してください",
            "We are busy just now. Please send it again in a moment",
        )),
        leave_empty: said(("この欄は空のままにしてください", "Leave this empty")),
        error: said(("エラー", "Error")),
        sent: said(("送信しました", "Sent")),
    }
}

/// What is said when the dealer has settled no words of thanks.
pub fn thanks(language: Language) -> &'static str {
    said(
        language,
        (
            "お問い合わせありがとうございます。担当者からご連絡いたします。",
            "Thank you. We will get back to you shortly.",
        ),
    )
}
