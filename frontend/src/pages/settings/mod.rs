//! 設定: what is settled once and seldom looked at. The app begins without these pages and knows them by their addresses alone.

mod forms;

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

use self::forms::{EditFormPage, FormsPage, NewFormPage};
use crate::ui::later::{Draw, Later};

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
