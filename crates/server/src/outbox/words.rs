//! The words of mails to staff, each a subject and a text.

use chrono::Datelike;
use noren_domain::Timestamp;
use noren_domain::clock::{in_japan, weekday_letter};
use noren_domain::language::Language;
use noren_domain::staff::Staff;

type Words = (String, String);

/// The way in that an administrator gives.
pub fn invitation(language: Language, person: &Staff, url: &str, until: Timestamp) -> Words {
    let (until, Staff { name, mail, .. }) = (instant(language, until), person);
    match language {
        Language::Ja => (
            "【Noren】ご招待のお知らせ".to_owned(),
            format!(
                "{name} 様\n\n\
                 Noren(顧客管理システム)に招待されました。\n\
                 次のリンクを開いて、ご自分のパスワードを決めてください。\n\n\
                 {url}\n\n\
                 ・リンクを使えるのは1回だけ、{until}までです。\n\
                 ・サインインに使うメールアドレス: {mail}\n\
                 ・リンクはほかの人に渡さないでください。\n\n\
                 お心当たりがないときは、リンクを開かずにこのメールを削除してください。\n{FOOT_JA}"
            ),
        ),
        Language::En => (
            "[Noren] You are invited".to_owned(),
            format!(
                "Dear {name},\n\n\
                 You are invited to Noren, the dealer's customer management.\n\
                 Open this link and choose a password of your own:\n\n\
                 {url}\n\n\
                 - The link works once, until {until}.\n\
                 - You will sign in with the mail address {mail}.\n\
                 - Do not pass the link on.\n\n\
                 If this does not concern you, delete this mail without opening the link.\n{FOOT_EN}"
            ),
        ),
    }
}

/// The way back for who forgot the password.
pub fn recovery(language: Language, person: &Staff, url: &str, until: Timestamp) -> Words {
    let (until, name) = (instant(language, until), &person.name);
    match language {
        Language::Ja => (
            "【Noren】パスワードの再設定".to_owned(),
            format!(
                "{name} 様\n\n\
                 パスワードの再設定が申し込まれました。\n\
                 次のリンクを開いて、新しいパスワードを決めてください。\n\n\
                 {url}\n\n\
                 ・リンクを使えるのは1回だけ、{until}までです。\n\
                 ・新しいパスワードに変わると、ほかの端末のサインインはすべて終わります。\n\n\
                 お申し込みになっていないときは、何もしないでください。パスワードは変わりません。\n{FOOT_JA}"
            ),
        ),
        Language::En => (
            "[Noren] A new password".to_owned(),
            format!(
                "Dear {name},\n\n\
                 Somebody asked for a new password for your account.\n\
                 Open this link and choose one:\n\n\
                 {url}\n\n\
                 - The link works once, until {until}.\n\
                 - With the new password you are signed out everywhere else.\n\n\
                 If it was not you, there is nothing to do: your password stays as it is.\n{FOOT_EN}"
            ),
        ),
    }
}

/// That the password is another one now.
pub fn password_changed(language: Language, person: &Staff, base_url: &str, at: Timestamp) -> Words {
    let (at, name) = (instant(language, at), &person.name);
    match language {
        Language::Ja => (
            "【Noren】パスワードが変わりました".to_owned(),
            format!(
                "{name} 様\n\n\
                 {at}にパスワードが変わりました。\n\
                 ご自分で変えたときは、何もする必要はありません。\n\n\
                 お心当たりがないときは、すぐに次のページでパスワードを再設定し、管理者に知らせてください。\n\n\
                 {base_url}/recover\n{FOOT_JA}"
            ),
        ),
        Language::En => (
            "[Noren] Your password was changed".to_owned(),
            format!(
                "Dear {name},\n\n\
                 Your password was changed, {at}.\n\
                 If it was you, there is nothing to do.\n\n\
                 If it was not, choose a new password on this page at once, and tell an administrator:\n\n\
                 {base_url}/recover\n{FOOT_EN}"
            ),
        ),
    }
}

const FOOT_JA: &str = "\n-- \nこのメールはNorenから自動で送られています。返信は届きません。\n";
const FOOT_EN: &str = "\n-- \nThis mail was sent by Noren by itself. Nobody reads replies.\n";

/// Japan's wall clock, as people there say it.
fn instant(language: Language, at: Timestamp) -> String {
    let at = in_japan(at);
    match language {
        Language::Ja => {
            let day = at.date_naive();
            let weekday = weekday_letter(day);
            format!("{}年{}月{}日({weekday}){}", day.year(), day.month(), day.day(), at.format("%H:%M"))
        }
        Language::En => at.format("%-d %B %Y, %H:%M Japan time").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_told_in_japans_time() {
        let at: Timestamp = "2026-11-21T15:30:00Z".parse().unwrap();
        assert_eq!(instant(Language::Ja, at), "2026年11月22日(日)00:30");
        assert_eq!(instant(Language::En, at), "22 November 2026, 00:30 Japan time");
    }
}
