//! The tick of something that is done.

use page_model::Lang;
use yew::prelude::*;

use crate::i18n::lesson as i18n;

/// Draws a tick if something is done.
pub fn tick(lang: Lang, is_done: bool) -> Html {
    html! {
        if is_done {
            <span class="lesson-tick" role="img" aria-label={i18n::done(lang)}>{ "✓" }</span>
        }
    }
}
