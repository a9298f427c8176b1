//! A card: what a server does, with blanks to fill in, and the target that it then is.

use web_sys::HtmlInputElement;
use yew::{Callback, Html, InputEvent, SubmitEvent, TargetCast, html};

use crate::browser;
use crate::model::lab::LabEvent;
use crate::model::lab::card::{Blank, CARDS, Card};
use crate::model::{Event, Model};

/// A seed from the dice is below this: short enough to be called across a room.
const SEEDS: u32 = 10_000;

/// The card at this place; before the first of its group stands the group's name.
pub fn view(place: usize, card: &'static Card, model: &Model, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().lab;
    let chosen = model.chosen_card() == Some(place);
    let begins = place == 0 || CARDS[place - 1].group != card.group;
    let tell = emit.reform(Event::Lab);
    let onsubmit = tell.reform(move |event: SubmitEvent| {
        event.prevent_default();
        LabEvent::Chosen(place)
    });
    html! {
        <>
            if begins {
                <h2 key={format!("group-{place}")}>{ (words.group)(card.group) }</h2>
            }
            <form key={card.name} class="lab-card" {onsubmit}>
                <button key="choose" type="submit" aria-pressed={chosen.to_string()}
                    aria-describedby={does_id(card)}>
                    <code lang="en">{ card.target(&model.lab.filled[place]) }</code>
                </button>
                <p key="does" id={does_id(card)}>{ sentence(place, card, model, &tell) }</p>
            </form>
        </>
    }
}

fn does_id(card: &Card) -> String {
    format!("lab-{}", card.name)
}

/// What the server does, with a field in place of each blank.
fn sentence(place: usize, card: &Card, model: &Model, tell: &Callback<LabEvent>) -> Vec<Html> {
    let mut said = Vec::new();
    for (index, text) in model.lang.words().lab.does[place].split('#').enumerate() {
        if let Some(blank) = index.checked_sub(1).and_then(|it| card.blanks.get(it)) {
            said.push(field((place, index - 1), *blank, model, tell));
        }
        said.push(html! { <span key={index}>{ text }</span> });
    }
    said
}

fn field(at: (usize, usize), blank: Blank, model: &Model, tell: &Callback<LabEvent>) -> Html {
    let words = &model.lang.words().lab;
    let (card, index) = at;
    let label = format!("{}: {}", CARDS[card].name, (words.blank)(blank));
    let oninput = tell.reform(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        LabEvent::Filled { card, blank: index, text }
    });
    let bounds = blank.bounds();
    html! {
        <span key={format!("blank-{index}")} class="lab-blank">
            <input type={if bounds.is_some() { "number" } else { "text" }} required=true
                value={model.lab.filled[card][index].clone()} aria-label={label}
                min={bounds.map(|(min, _)| min.to_string())}
                max={bounds.and_then(|(_, max)| max).map(|it| it.to_string())}
                autocomplete="off" autocapitalize="off" spellcheck="false" {oninput} />
            if blank == Blank::Seed {
                { dice(at, words.roll, tell) }
            }
        </span>
    }
}

fn dice((card, blank): (usize, usize), label: &'static str, tell: &Callback<LabEvent>) -> Html {
    let onclick = tell.reform(move |_| {
        let text = browser::random(SEEDS).to_string();
        LabEvent::Filled { card, blank, text }
    });
    html! { <button type="button" aria-label={label} title={label} {onclick}>{ "⚄" }</button> }
}
