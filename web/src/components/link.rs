//! The button that copies a link, and what was not understood of the one that was opened.

use yew::{Callback, Html, html};

use crate::model::link::{Bad, LinkEvent, Setup};
use crate::model::{Event, Model};

/// Both, each once there is a reason for it: a page as one finds it needs no link.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let has_reason = model.run.is_some() || model.setup() != Setup::default();
    html! {
        <div key="link" class="link">
            if has_reason {
                { button(model, emit) }
            }
            { for model.opened.bad.iter().enumerate().map(|(index, bad)| told(index, bad, model)) }
        </div>
    }
}

fn button(model: &Model, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let link = model.link();
    let label = match &model.copied {
        Some((text, true)) if Some(text) == link.as_ref() => words.copied,
        Some((text, false)) if Some(text) == link.as_ref() => words.not_copied,
        _ => words.link.copy,
    };
    let onclick = emit.reform(|_| Event::Link(LinkEvent::CopyPressed));
    html! {
        <>
            <button key="copy" type="button" {onclick}
                aria-disabled={link.is_none().then_some("true")}>{ label }</button>
            if link.is_none() {
                <p key="long">{ words.link.too_long }</p>
            }
        </>
    }
}

fn told(index: usize, bad: &Bad, model: &Model) -> Html {
    let told = (model.lang.words().link.bad)(bad.key, &bad.value);
    html! { <p key={index} class="bad">{ told }</p> }
}
