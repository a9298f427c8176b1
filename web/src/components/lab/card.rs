//! A card: what a server does, with blanks to fill in, and the target that it then is.

use web_sys::{HtmlInputElement, SubmitEvent};
use yew::{Callback, Html, InputEvent, TargetCast};

use crate::browser;
use crate::components::field::verbatim;
use crate::model::lab::LabEvent;
use crate::model::lab::card::{Blank, CARDS, Card};
use crate::model::{Event, Model};
use crate::tag::{button, group, tag};
use crate::words::lab;

/// A seed from the dice is below this: short enough to be called across a room.
const SEEDS: u32 = 10_000;

/// The card at this place; before the first of its group stands the group's name.
pub fn view(place: usize, card: &'static Card, model: &Model, emit: &Callback<Event>) -> Html {
    let words = lab::words(model.lang);
    let chosen = model.chosen_card() == Some(place);
    let begins = place == 0 || CARDS[place - 1].group != card.group;
    let tell = emit.reform(Event::Lab);
    let onsubmit = tell.reform(move |event: SubmitEvent| {
        event.prevent_default();
        LabEvent::Chosen(place)
    });
    let choose = tag("button")
        .set("type", "submit")
        .set("aria-pressed", chosen.to_string())
        .set("aria-describedby", does_id(card))
        .child(tag("code").set("lang", "en").child(card.target(&model.lab.filled[place])));
    let does = tag("p").set("id", does_id(card));
    group()
        .child(begins.then(|| tag("h2").child((words.group)(card.group))))
        .child(
            tag("form")
                .class("lab-card")
                .onsubmit(onsubmit)
                .child(choose)
                .child(does.children(sentence(place, card, model, &tell))),
        )
        .html()
}

fn does_id(card: &Card) -> String {
    format!("lab-{}", card.name)
}

/// What the server does, with a field in place of each blank.
fn sentence(place: usize, card: &Card, model: &Model, tell: &Callback<LabEvent>) -> Vec<Html> {
    let mut said = Vec::new();
    for (index, text) in lab::words(model.lang).does[place].split('#').enumerate() {
        if let Some(blank) = index.checked_sub(1).and_then(|it| card.blanks.get(it)) {
            said.push(field((place, index - 1), *blank, model, tell));
        }
        said.push(tag("span").key(index).child(text).html());
    }
    said
}

fn field(at: (usize, usize), blank: Blank, model: &Model, tell: &Callback<LabEvent>) -> Html {
    let words = lab::words(model.lang);
    let (card, index) = at;
    let label = format!("{}: {}", CARDS[card].name, (words.blank)(blank));
    let oninput = tell.reform(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        LabEvent::Filled { card, blank: index, text }
    });
    let bounds = blank.bounds();
    let input = tag("input")
        .set("type", if bounds.is_some() { "number" } else { "text" })
        .flag("required", true)
        .value(model.lab.filled[card][index].clone())
        .set("aria-label", label)
        .set("min", bounds.map(|(min, _)| min.to_string()))
        .set("max", bounds.and_then(|(_, max)| max).map(|it| it.to_string()))
        .oninput(oninput);
    tag("span")
        .key(format!("blank-{index}"))
        .class("lab-blank")
        .child(verbatim(input))
        .child((blank == Blank::Seed).then(|| dice(at, words.roll, tell)))
        .html()
}

fn dice((card, blank): (usize, usize), label: &'static str, tell: &Callback<LabEvent>) -> Html {
    let onclick = tell.reform(move |_| {
        let text = browser::random(SEEDS).to_string();
        LabEvent::Filled { card, blank, text }
    });
    button().set("aria-label", label).set("title", label).onclick(onclick).child("⚄").html()
}
