//! What the server keeps of something that is settled, and how it is made and changed there.

use std::future::ready;
use std::str::FromStr;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use noren_domain::StaffId;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::content::Content;
use super::work::Work;
use crate::api::{Api, ApiError, idempotency_key, use_api};
use crate::drafts::DraftKey;
use crate::merge_patch::patch;
use crate::routes::Page;
use crate::session::use_fresh_masters;
use crate::ui::toast::use_toasts;
use crate::words::{self, Lang, lang_untracked};

/// An answer of the server.
pub type Answer<T> = Result<T, ApiError>;

/// One thing that the server keeps.
pub trait Record: Clone + PartialEq + DeserializeOwned + Send + Sync + 'static {
    type Id: Copy + PartialEq + FromStr + Send + Sync + 'static;
    type Content: Content;

    /// The member that holds the content, in what is sent.
    const MEMBER: &'static str;
    /// The list of all of them.
    const LIST: Page;
    /// Whether [`crate::session::Masters`] name it, so that they are to be read anew.
    const IN_MASTERS: bool = false;

    fn id(&self) -> Self::Id;
    fn version(&self) -> i64;
    fn content(&self) -> Self::Content;

    /// Where an edit began, and leads back to.
    fn shown_at(_id: Self::Id) -> Page {
        Self::LIST
    }

    /// What a person's draft of it is kept as; of a new one without an id.
    fn draft(me: StaffId, id: Option<Self::Id>) -> DraftKey;

    fn read(api: Api, id: Self::Id) -> impl Future<Output = Answer<Self>> + 'static;
    /// What is there from the beginning is never made.
    fn create(_: Api, _: Sent<Self>, _: String) -> impl Future<Output = Answer<Self>> + 'static {
        ready(Err(ApiError::Unexpected { request_id: None }))
    }
    fn edit(api: Api, id: Self::Id, version: i64, patch: Value) -> impl Future<Output = Answer<Self>> + 'static;
}

/// The id of something of which there is one, so that nothing tells it from others.
#[derive(Clone, Copy, PartialEq)]
pub struct Only;

impl FromStr for Only {
    type Err = std::convert::Infallible;

    fn from_str(_: &str) -> Result<Self, Self::Err> {
        Ok(Self)
    }
}

/// What is sent of a record.
pub type Sent<R> = <<R as Record>::Content as Content>::Sent;

/// Saves what was typed.
pub type Saving<R> = Action<<R as Record>::Content, Answer<()>>;

/// Makes the record, says so, and leads on.
pub fn creating<R: Record>(
    work: Work<R::Content>,
    done: Callback<()>,
    said: fn(Lang) -> &'static str,
    on: fn(&R) -> Page,
) -> Saving<R> {
    let (api, masters, toasts, navigate) = (use_api(), use_fresh_masters(), use_toasts(), use_navigate());
    Action::new_local(move |content: &R::Content| {
        let key = work.request.get_value().unwrap_or_else(idempotency_key);
        let (content, navigate) = (content.sent(), navigate.clone());
        async move {
            match R::create(api, content, key).await {
                Ok(record) => {
                    if R::IN_MASTERS {
                        masters.reload(api).await;
                    }
                    toasts.say(said(lang_untracked()));
                    if done.try_run(()).is_some() {
                        navigate(&on(&record).href(), in_place());
                    }
                    Ok(())
                }
                Err(error) => {
                    work.refused(&error);
                    Err(error)
                }
            }
        }
    })
}

/// Sends what was changed. If somebody else was faster, what they saved goes into `conflict`.
pub fn editing<R: Record>(
    id: R::Id,
    work: Work<R::Content>,
    done: Callback<()>,
    conflict: RwSignal<Option<R>>,
) -> Saving<R> {
    let (api, masters, toasts, navigate) = (use_api(), use_fresh_masters(), use_toasts(), use_navigate());
    Action::new_local(move |content: &R::Content| {
        let ((version, base), navigate) = (work.base.get_value(), navigate.clone());
        let patch = patch(R::MEMBER, &base.sent(), &content.sent());
        async move {
            let saved = match (version, patch) {
                (Some(version), Some(patch)) => R::edit(api, id, version, patch).await.map(drop),
                _ => Ok(()),
            };
            match saved {
                Ok(()) => {
                    if R::IN_MASTERS {
                        masters.reload(api).await;
                    }
                    toasts.say(words::edit::saved(lang_untracked()));
                    if done.try_run(()).is_some() {
                        navigate(&R::shown_at(id).href(), in_place());
                    }
                    Ok(())
                }
                Err(error) => match error.current() {
                    Some(current) => {
                        conflict.set(Some(current));
                        Ok(())
                    }
                    None => {
                        work.refused(&error);
                        Err(error)
                    }
                },
            }
        }
    })
}

/// The way back does not lead into what is saved.
fn in_place() -> NavigateOptions {
    NavigateOptions { replace: true, ..NavigateOptions::default() }
}
