//! What the people and things are called that records speak of by their ids.

use std::collections::{HashMap, HashSet};

use noren_domain::viewer::Viewer;
use noren_domain::{ApiClientId, FormId, FormSubmissionId, LeadId, StaffId, StoreId};
use noren_persistence::{Db, api_clients, forms, leads, staff, stores};

use crate::Error;

/// Somebody or something that records speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Named {
    Staff(StaffId),
    ApiClient(ApiClientId),
    Form(FormId),
    Store(StoreId),
    Lead(LeadId),
    Submission(FormSubmissionId),
}

impl Named {
    /// What a text such as `lead:{id}` stands for.
    pub fn of(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        match kind {
            "staff" => id.parse().ok().map(Self::Staff),
            "api_client" => id.parse().ok().map(Self::ApiClient),
            "form" => id.parse().ok().map(Self::Form),
            "store" => id.parse().ok().map(Self::Store),
            "lead" => id.parse().ok().map(Self::Lead),
            "form_submission" => id.parse().ok().map(Self::Submission),
            _ => None,
        }
    }
}

/// The names that were looked up.
#[derive(Default)]
pub(crate) struct Names {
    /// Those without one included.
    known: HashMap<Named, Option<String>>,
    /// The leads whose person was erased.
    erased: HashSet<LeadId>,
}

impl Names {
    /// The name of what a text such as `lead:{id}` stands for.
    pub fn find(&self, text: &str) -> Option<String> {
        self.known.get(&Named::of(text)?).cloned().flatten()
    }

    pub fn of_lead(&self, id: LeadId) -> Option<String> {
        self.known.get(&Named::Lead(id)).cloned().flatten()
    }

    pub fn is_erased(&self, id: LeadId) -> bool {
        self.erased.contains(&id)
    }

    /// Looks up what is not known yet. Who acted is named to everybody who may see the act; leads only to those who see them.
    pub async fn learn<'a>(
        &mut self,
        db: &Db,
        viewer: &Viewer,
        texts: impl Iterator<Item = &'a str>,
    ) -> Result<(), Error> {
        let new: Vec<Named> = texts.filter_map(Named::of).filter(|named| !self.known.contains_key(named)).collect();
        let (mut people, mut clients, mut of_forms, mut shops, mut of_leads) =
            (Vec::new(), Vec::new(), Vec::new(), false, Vec::new());
        for named in new {
            if self.known.insert(named, None).is_some() {
                continue;
            }
            match named {
                Named::Staff(id) => people.push(id),
                Named::ApiClient(id) => clients.push(id),
                Named::Form(id) => of_forms.push(id),
                Named::Store(_) => shops = true,
                Named::Lead(id) => of_leads.push(id),
                Named::Submission(_) => {}
            }
        }
        if !people.is_empty() {
            self.take(staff::names(db, &people).await?, Named::Staff);
        }
        if !clients.is_empty() {
            self.take(api_clients::names(db, &clients).await?, Named::ApiClient);
        }
        if !of_forms.is_empty() {
            self.take(forms::names(db, &of_forms).await?, Named::Form);
        }
        if shops {
            let visible = stores::visible(db, viewer).await?;
            self.take(visible.into_iter().map(|store| (store.id, store.profile.name)), Named::Store);
        }
        if !of_leads.is_empty() {
            let visible = leads::several(db, viewer, of_leads.iter().map(|id| id.0)).await?;
            self.erased.extend(visible.iter().filter(|lead| lead.erased_at.is_some()).map(|lead| lead.id));
            let called = visible.into_iter().filter_map(|lead| Some((lead.id, name_of(lead.profile)?)));
            self.take(called, Named::Lead);
        }
        Ok(())
    }

    fn take<Id>(&mut self, found: impl IntoIterator<Item = (Id, String)>, named: impl Fn(Id) -> Named) {
        self.known.extend(found.into_iter().map(|(id, name)| (named(id), Some(name))));
    }
}

fn name_of(profile: noren_domain::lead::Profile) -> Option<String> {
    profile.name.or(profile.company)
}
