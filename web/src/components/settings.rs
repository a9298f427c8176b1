//! How the message is written and what should come back: one line that unfolds.

use echo_core::payload::{Ending, Mode};
use yew::{Callback, Html, html};

use super::{expect, file};
use crate::app::Fields;
use crate::model::draft::DraftEvent;
use crate::model::expect::Expect;
use crate::model::how::Way;
use crate::model::{Event, Model};
use crate::words::Words;

/// The line, and what it unfolds.
pub fn view(model: &Model, fields: &Fields, emit: &Callback<Event>) -> Html {
    let words = model.lang.words();
    let unfolded = model.draft.is_unfolded();
    let onclick = emit.reform(|_| Event::Draft(DraftEvent::Folded));
    html! {
        <div class="settings" key="settings">
            <button key="line" type="button" aria-expanded={unfolded.to_string()}
                aria-controls="settings" {onclick}>
                { summary(model, words) }
                <span aria-hidden="true">{ if unfolded { "\u{a0}▴" } else { "\u{a0}▾" } }</span>
            </button>
            <div key="panel" id="settings" class="unfolded" hidden={!unfolded}>
                { choices(model, emit) }
                if model.how.way == Way::Once {
                    { expect::view(model, fields, emit) }
                }
                { file::view(words, emit) }
                <p key="keys" class="keys">{ words.keys }</p>
            </div>
        </div>
    }
}

/// `Text · no ending · 6 B`, and what is expected where that is not the echo.
fn summary(model: &Model, words: &Words) -> String {
    let (draft, words) = (&model.draft, &words.composer);
    let count = match draft.message().reading() {
        Ok(reading) => format!("{} B", reading.count),
        Err(_) => words.a_mistake.into(),
    };
    let mode = (words.mode)(draft.mode());
    let mut summary = format!("{mode} · {} · {count}", (words.ending_alone)(draft.ending()));
    if model.expect() != Expect::Same {
        summary += " · ";
        summary += (words.expect_said)(model.expect());
    }
    summary
}

fn choices(model: &Model, emit: &Callback<Event>) -> Html {
    let (draft, words) = (&model.draft, &model.lang.words().composer);
    html! {
        <div key="choices" class="choices">
            { choice("mode", words.written_as, Mode::ALL, draft.mode(), words.mode, DraftEvent::ModeChosen, emit) }
            { choice("ending", words.ending, Ending::ALL, draft.ending(), words.ending_name, DraftEvent::EndingChosen, emit) }
        </div>
    }
}

/// One of a few things to choose, each in sight.
pub fn choice<T: Copy + PartialEq + 'static, const N: usize>(
    name: &'static str,
    legend: &'static str,
    all: [T; N],
    chosen: T,
    label: fn(T) -> &'static str,
    event: fn(T) -> DraftEvent,
    emit: &Callback<Event>,
) -> Html {
    let option = |it: T| {
        let onchange = emit.reform(move |_| Event::Draft(event(it)));
        html! {
            <label key={label(it)}>
                <input type="radio" {name} checked={it == chosen} {onchange} />
                <span>{ label(it) }</span>
            </label>
        }
    };
    html! {
        <fieldset key={name} class="choice">
            <legend>{ legend }</legend>
            <div class="segments">{ for all.map(option) }</div>
        </fieldset>
    }
}
