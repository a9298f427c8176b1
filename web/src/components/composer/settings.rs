//! The notation, the line ending and the expected reply: a line that unfolds.

use page_model::composer::{ComposerEvent, SettingsScope, SettingsView};
use page_model::{Event, Lang};
use yew::prelude::*;

use super::Parts;
use super::expected::expected;
use crate::components::context::Dispatch;
use crate::i18n::format::grouped;
use crate::i18n::settings as i18n;

/// Shows the line, and what it unfolds.
pub fn settings(lang: Lang, view: &SettingsView, parts: &Parts, dispatch: &Dispatch) -> Html {
    let onclick = dispatch.reform(|_| Event::Composer(ComposerEvent::Folded));
    let is_shown = view.scope != SettingsScope::Nothing;
    html! {
        <div class="settings">
            if is_shown {
                <button
                    type="button"
                    aria-expanded={view.is_open.to_string()}
                    aria-controls="settings"
                    {onclick}
                >
                    { summary(lang, view) }
                    <span aria-hidden="true">
                        { if view.is_open { "\u{a0}▴" } else { "\u{a0}▾" } }
                    </span>
                </button>
            }
            if let Some(it) = &view.choices.expected {
                { expected(lang, it, &parts.expected, dispatch) }
            }
            <div id="settings" class="unfolded" hidden={!(view.is_open && is_shown)}>
                { parts.choices.clone() }
            </div>
        </div>
    }
}

/// Returns `Text · no ending · 6 B`, without the number of bytes where the message is a file.
fn summary(lang: Lang, view: &SettingsView) -> String {
    let notation = i18n::notation(lang, view.choices.notation);
    let ending = i18n::ending_alone(lang, view.choices.ending);
    let count = match view.byte_count {
        _ if view.scope == SettingsScope::Expected => return format!("{notation} · {ending}"),
        Some(count) => format!("{} B", grouped(count)),
        None => i18n::a_mistake(lang).into(),
    };
    format!("{notation} · {ending} · {count}")
}
