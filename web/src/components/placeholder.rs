//! What stands in the place of a part of the page that is not loaded.

use yew::prelude::*;

use super::context::use_lang;
use crate::i18n::lazy as i18n;

/// Properties of [`Placeholder`].
#[derive(PartialEq, Properties)]
pub struct PlaceholderProps {
    /// Whether the part could not be loaded.
    pub has_failed: bool,
    /// Called when the user wants the part loaded again.
    pub onretry: Callback<()>,
}

/// Draws the placeholder of a part of the page while it is being loaded, and after that has failed.
#[component]
pub fn Placeholder(PlaceholderProps { has_failed, onretry }: &PlaceholderProps) -> Html {
    let lang = use_lang();
    // An alert is announced when its element is added, so the two have different keys.
    if *has_failed {
        let onclick = onretry.reform(|_| ());
        html! {
            <p key="failed" class="coming" role="alert">
                { i18n::load_failed(lang) }{ " " }
                <button type="button" {onclick}>{ i18n::try_again(lang) }</button>
            </p>
        }
    } else {
        html! { <p key="loading" class="coming">{ "…" }</p> }
    }
}
