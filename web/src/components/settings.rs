//! How the message is written and what should come back: one line that unfolds.

use echo_core::payload::{LineEnding, Notation};
use yew::{Callback, Html};

use super::{expect, file};
use crate::components::pressed;
use crate::i18n::Words;
use crate::tag::{button, tag};
use page_model::composer::ComposerEvent;
use page_model::expect::Expect;
use page_model::modes::Mode;
use page_model::{Event, Model};

/// The line, and what it unfolds.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = crate::i18n::of(model.lang);
    let unfolded = model.composer.is_unfolded();
    let onclick = pressed(emit, |_| Event::Composer(ComposerEvent::Folded));
    tag("div")
        .class("settings")
        .key("settings")
        .child(
            button()
                .key("line")
                .set("aria-expanded", unfolded.to_string())
                .set("aria-controls", "settings")
                .onclick(onclick)
                .child(summary(model, words))
                .child(tag("span").set("aria-hidden", "true").child(if unfolded {
                    "\u{a0}▴"
                } else {
                    "\u{a0}▾"
                })),
        )
        .child(
            tag("div")
                .key("panel")
                .set("id", "settings")
                .class("unfolded")
                .flag("hidden", !unfolded)
                .child(choices(model, emit))
                .child((model.modes.mode == Mode::Once).then(|| expect::view(model, emit)))
                .child(file::view(words, emit))
                .child(tag("p").key("keys").class("keys").child(words.keys)),
        )
        .html()
}

/// `Text · no ending · 6 B`, and what is expected where that is not the echo.
fn summary(model: &Model, words: &Words) -> String {
    let (draft, words) = (&model.composer, &words.composer);
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
    let (draft, words) = (&model.composer, &crate::i18n::of(model.lang).composer);
    tag("div")
        .key("choices")
        .class("choices")
        .child(choice(
            "mode",
            words.written_as,
            Notation::ALL,
            draft.mode(),
            words.mode,
            ComposerEvent::NotationChosen,
            emit,
        ))
        .child(choice(
            "ending",
            words.ending,
            LineEnding::ALL,
            draft.ending(),
            words.ending_name,
            ComposerEvent::EndingChosen,
            emit,
        ))
        .html()
}

/// One of a few things to choose, each in sight.
pub fn choice<T: Copy + PartialEq + 'static, const N: usize>(
    name: &'static str,
    legend: &'static str,
    all: [T; N],
    chosen: T,
    label: fn(T) -> &'static str,
    event: fn(T) -> ComposerEvent,
    emit: &Callback<Event>,
) -> Html {
    let option = |it: T| {
        let onchange = emit.reform(move |_| Event::Composer(event(it)));
        tag("label")
            .key(label(it))
            .child(
                tag("input")
                    .set("type", "radio")
                    .set("name", name)
                    .checked(it == chosen)
                    .onchange(onchange),
            )
            .child(tag("span").child(label(it)))
            .html()
    };
    tag("fieldset")
        .key(name)
        .class("choice")
        .child(tag("legend").child(legend))
        .child(tag("div").class("segments").children(all.map(option)))
        .html()
}
