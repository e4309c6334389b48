//! 設定: what is settled once and seldom looked at. The app begins without these pages and knows them by their addresses alone.

mod about;
mod address;
mod api_clients;
mod audit;
mod company;
mod conflict;
mod content;
mod editing;
mod external_systems;
mod extreme;
mod fields;
mod forms;
mod gate;
mod home;
mod listing;
mod master;
mod outbox;
mod record;
mod rows;
mod setup;
mod sources;
mod staff;
mod stores;
mod tags;
mod work;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use self::about::AboutPage;
use self::api_clients::{ApiClientPage, ApiClientsPage, EditApiClientPage, NewApiClientPage};
use self::audit::{ChangesPage, LooksPage, RecordingPage, VerificationPage};
use self::company::CompanyPage;
use self::external_systems::ExternalSystemsPage;
use self::extreme::{ExtremeColumnsPage, ExtremeFilePage, ExtremePage};
use self::forms::{EditFormPage, FormsPage, NewFormPage};
use self::home::SettingsPage;
use self::outbox::OutboxPage;
use self::setup::SetupPage;
use self::sources::SourcesPage;
use self::staff::{EditPersonPage, NewPersonPage, PersonPage, StaffPage};
use self::stores::{EditStorePage, NewStorePage, StoresPage};
use self::tags::TagsPage;
use crate::ui::later::{Draw, Later};

#[component]
pub fn Settings() -> impl IntoView {
    #[wasm_split(settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn settings_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| SettingsPage().into_any())
    }
    view! { <Later code=|| Box::pin(settings_page()) /> }
}

#[component]
pub fn Setup() -> impl IntoView {
    #[wasm_split(setup, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn setup_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| SetupPage().into_any())
    }
    view! { <Later code=|| Box::pin(setup_page()) /> }
}

#[component]
pub fn CompanySettings() -> impl IntoView {
    #[wasm_split(house_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn company_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| CompanyPage().into_any())
    }
    view! { <Later code=|| Box::pin(company_page()) /> }
}

#[component]
pub fn About() -> impl IntoView {
    #[wasm_split(settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn about_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| AboutPage().into_any())
    }
    view! { <Later code=|| Box::pin(about_page()) /> }
}

#[component]
pub fn LeadSources() -> impl IntoView {
    #[wasm_split(house_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn sources_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| SourcesPage().into_any())
    }
    view! { <Later code=|| Box::pin(sources_page()) /> }
}

#[component]
pub fn Tags() -> impl IntoView {
    #[wasm_split(house_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn tags_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| TagsPage().into_any())
    }
    view! { <Later code=|| Box::pin(tags_page()) /> }
}

#[component]
pub fn ExternalSystems() -> impl IntoView {
    #[wasm_split(house_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn external_systems_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| ExternalSystemsPage().into_any())
    }
    view! { <Later code=|| Box::pin(external_systems_page()) /> }
}

#[component]
pub fn Stores() -> impl IntoView {
    #[wasm_split(house_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn stores_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| StoresPage().into_any())
    }
    view! { <Later code=|| Box::pin(stores_page()) /> }
}

#[component]
pub fn NewStore() -> impl IntoView {
    #[wasm_split(house_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn new_store_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| NewStorePage().into_any())
    }
    view! { <Later code=|| Box::pin(new_store_page()) /> }
}

#[component]
pub fn StoreSettings() -> impl IntoView {
    #[wasm_split(house_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn edit_store_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| EditStorePage().into_any())
    }
    view! { <Later code=|| Box::pin(edit_store_page()) /> }
}

#[component]
pub fn Forms() -> impl IntoView {
    #[wasm_split(form_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn forms_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| FormsPage().into_any())
    }
    view! { <Later code=|| Box::pin(forms_page()) /> }
}

#[component]
pub fn NewForm() -> impl IntoView {
    #[wasm_split(form_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn new_form_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| NewFormPage().into_any())
    }
    view! { <Later code=|| Box::pin(new_form_page()) /> }
}

#[component]
pub fn FormSettings() -> impl IntoView {
    #[wasm_split(form_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn edit_form_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| EditFormPage().into_any())
    }
    view! { <Later code=|| Box::pin(edit_form_page()) /> }
}

#[component]
pub fn Staff() -> impl IntoView {
    #[wasm_split(staff_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn staff_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| StaffPage().into_any())
    }
    view! { <Later code=|| Box::pin(staff_page()) /> }
}

#[component]
pub fn NewPerson() -> impl IntoView {
    #[wasm_split(staff_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn new_person_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| NewPersonPage().into_any())
    }
    view! { <Later code=|| Box::pin(new_person_page()) /> }
}

#[component]
pub fn Person() -> impl IntoView {
    #[wasm_split(staff_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn person_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| PersonPage().into_any())
    }
    view! { <Later code=|| Box::pin(person_page()) /> }
}

#[component]
pub fn EditPerson() -> impl IntoView {
    #[wasm_split(staff_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn edit_person_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| EditPersonPage().into_any())
    }
    view! { <Later code=|| Box::pin(edit_person_page()) /> }
}

#[component]
pub fn Outbox() -> impl IntoView {
    #[wasm_split(settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn outbox_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| OutboxPage().into_any())
    }
    view! { <Later code=|| Box::pin(outbox_page()) /> }
}

#[component]
pub fn ExtremeLink() -> impl IntoView {
    #[wasm_split(extreme_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn extreme_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| ExtremePage().into_any())
    }
    view! { <Later code=|| Box::pin(extreme_page()) /> }
}

#[component]
pub fn ExtremeFile() -> impl IntoView {
    #[wasm_split(extreme_file, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn extreme_file_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| ExtremeFilePage().into_any())
    }
    view! { <Later code=|| Box::pin(extreme_file_page()) /> }
}

#[component]
pub fn ExtremeColumns() -> impl IntoView {
    #[wasm_split(extreme_columns, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn extreme_columns_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| ExtremeColumnsPage().into_any())
    }
    view! { <Later code=|| Box::pin(extreme_columns_page()) /> }
}

#[component]
pub fn ApiClients() -> impl IntoView {
    #[wasm_split(api_client_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn api_clients_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| ApiClientsPage().into_any())
    }
    view! { <Later code=|| Box::pin(api_clients_page()) /> }
}

#[component]
pub fn NewApiClient() -> impl IntoView {
    #[wasm_split(api_client_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn new_api_client_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| NewApiClientPage().into_any())
    }
    view! { <Later code=|| Box::pin(new_api_client_page()) /> }
}

#[component]
pub fn ApiClient() -> impl IntoView {
    #[wasm_split(api_client_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn api_client_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| ApiClientPage().into_any())
    }
    view! { <Later code=|| Box::pin(api_client_page()) /> }
}

#[component]
pub fn EditApiClient() -> impl IntoView {
    #[wasm_split(api_client_settings, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn edit_api_client_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| EditApiClientPage().into_any())
    }
    view! { <Later code=|| Box::pin(edit_api_client_page()) /> }
}

#[component]
pub fn Audit() -> impl IntoView {
    #[wasm_split(audit, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn audit_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| ChangesPage().into_any())
    }
    view! { <Later code=|| Box::pin(audit_page()) /> }
}

#[component]
pub fn AccessEvents() -> impl IntoView {
    #[wasm_split(audit, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn access_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| LooksPage().into_any())
    }
    view! { <Later code=|| Box::pin(access_page()) /> }
}

#[component]
pub fn AccessRecording() -> impl IntoView {
    #[wasm_split(audit, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn recording_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| RecordingPage().into_any())
    }
    view! { <Later code=|| Box::pin(recording_page()) /> }
}

#[component]
pub fn AuditVerifications() -> impl IntoView {
    #[wasm_split(audit, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn verification_page() -> Result<Draw, SplitLoaderError> {
        Ok(|| VerificationPage().into_any())
    }
    view! { <Later code=|| Box::pin(verification_page()) /> }
}
