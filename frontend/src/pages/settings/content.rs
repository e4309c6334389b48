//! What a person settles, part by part: the contract between the pages of one thing and what all of them share.

use std::fmt::Debug;

use noren_api::FieldProblem;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::errors::FieldErrors;
use crate::messages;
use crate::session::Masters;
use crate::words::{self, Lang};

/// One part of a content: what a field shows, what a problem names, and what is chosen between two versions.
pub trait Part: Copy + Debug + Ord + Send + Sync + 'static {
    type Content;

    /// In the order of the page.
    const ALL: &'static [Self];

    /// The path that the server knows it by, and its id on the page.
    fn path(self) -> &'static str;

    fn label(self) -> fn(Lang) -> &'static str;

    /// It as text; a list has none.
    fn text(self, content: &Self::Content) -> String;

    fn set(self, content: &mut Self::Content, text: String);

    /// Takes it over from another content.
    fn take(self, content: &mut Self::Content, from: &Self::Content) {
        self.set(content, self.text(from));
    }

    fn differs(self, one: &Self::Content, other: &Self::Content) -> bool {
        self.text(one) != self.text(other)
    }

    /// It as a person reads it, between two versions.
    fn read(self, content: &Self::Content, masters: &Masters, lang: Lang) -> String {
        let _ = masters;
        said(self.text(content), lang)
    }
}

/// A text, or that it is empty.
pub fn said(text: String, lang: Lang) -> String {
    if text.is_empty() { words::common::empty(lang).to_owned() } else { text }
}

/// All parts of one thing, as they are typed and as they are kept on the device.
pub trait Content: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    type Part: Part<Content = Self>;
    /// The same as the server wants it.
    type Sent: Serialize + 'static;

    /// By which its author knows it again.
    fn name(&self) -> &str;

    /// Without what was left empty, so that the numbers of its rows are those that are sent.
    fn tidied(self) -> Self {
        self
    }

    /// With what must not get lost of what is saved now, whatever stays mine.
    fn keeping(self, current: &Self) -> Self {
        let _ = current;
        self
    }

    /// Everything that is wrong, by the rules of the contract and of the domain: the very code that the server runs.
    fn problems(&self) -> FieldErrors;

    /// Only asked for where there are no problems, and of what the server has said.
    fn sent(&self) -> Self::Sent;

    /// The server's problems by the paths of the page, where those differ.
    fn placed(&self, errors: FieldErrors) -> FieldErrors {
        errors
    }

    /// How to mend it, by the code of its rule.
    fn sentence(broken: &FieldProblem, lang: Lang) -> String {
        messages::field(broken, lang)
    }

    /// What is wrong with a part, in words.
    fn wrong(&self, part: Self::Part, errors: &FieldErrors, lang: Lang) -> Option<String> {
        errors.of(part.path()).map(|broken| Self::sentence(broken, lang))
    }
}
