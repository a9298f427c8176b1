//! A card: what a server with a kind of fault does, with a field for each parameter, and its target.

use echo_core::fault::{FaultKind, Parameter, ParameterKind};
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::{Callback, Html, InputEvent, TargetCast};

use crate::components::field::verbatim;
use crate::i18n::lab;
use crate::platform::browser;
use crate::tag::{button, tag};
use page_model::lab::LabEvent;
use page_model::lab::card::{bounds, target};
use page_model::{Event, Model};

/// Random seeds are below this bound, so that they are short enough to be told to a class.
const RANDOM_SEED_BOUND: u32 = 10_000;

/// Draws the card of this kind of fault.
pub fn view(kind: FaultKind, model: &Model, emit: &Callback<Event>) -> Html {
    let chosen = model.chosen_fault() == Some(kind);
    let tell = emit.reform(Event::Lab);
    let onsubmit = tell.reform(move |event: SubmitEvent| {
        event.prevent_default();
        LabEvent::FaultChosen(kind)
    });
    let choose = tag("button")
        .set("type", "submit")
        .set("aria-pressed", chosen.to_string())
        .set("aria-describedby", description_id(kind))
        .child(tag("code").set("lang", "en").child(target(kind, model.lab.fields(kind))));
    let description = tag("p").set("id", description_id(kind));
    tag("form")
        .class("lab-card")
        .onsubmit(onsubmit)
        .child(choose)
        .child(description.children(sentence(kind, model, &tell)))
        .html()
}

fn description_id(kind: FaultKind) -> String {
    format!("lab-{}", kind.spec().name)
}

/// Draws the description of the fault, with a field in place of each parameter.
fn sentence(kind: FaultKind, model: &Model, tell: &Callback<LabEvent>) -> Vec<Html> {
    let mut nodes = Vec::new();
    let description = (lab::words(model.lang).description)(kind);
    for (index, text) in description.split('#').enumerate() {
        let before = index.checked_sub(1);
        if let Some((at, parameter)) =
            before.and_then(|at| Some((at, kind.spec().parameters.get(at)?)))
        {
            nodes.push(field(kind, at, parameter, model, tell));
        }
        nodes.push(tag("span").key(index).child(text).html());
    }
    nodes
}

fn field(
    kind: FaultKind,
    index: usize,
    parameter: &Parameter,
    model: &Model,
    tell: &Callback<LabEvent>,
) -> Html {
    let words = lab::words(model.lang);
    let label = format!("{}: {}", kind.spec().name, (words.parameter)(parameter.kind));
    let oninput = tell.reform(move |event: InputEvent| {
        let text = event.target_unchecked_into::<HtmlInputElement>().value();
        LabEvent::FieldChanged { kind, parameter: index, text }
    });
    let bounds = bounds(parameter.kind);
    let input = tag("input")
        .set("type", if bounds.is_some() { "number" } else { "text" })
        .flag("required", true)
        .value(model.lab.fields(kind)[index].clone())
        .set("aria-label", label)
        .set("min", bounds.map(|(min, _)| min.to_string()))
        .set("max", bounds.and_then(|(_, max)| max).map(|it| it.to_string()))
        .oninput(oninput);
    let is_seed = parameter.kind == ParameterKind::Seed;
    tag("span")
        .key(format!("field-{index}"))
        .class("lab-blank")
        .child(verbatim(input))
        .child(is_seed.then(|| random_seed(kind, index, words.roll, tell)))
        .html()
}

/// Draws a button that fills in a random seed.
fn random_seed(
    kind: FaultKind,
    parameter: usize,
    label: &'static str,
    tell: &Callback<LabEvent>,
) -> Html {
    let onclick = tell.reform(move |_| {
        let text = browser::random(RANDOM_SEED_BOUND).to_string();
        LabEvent::FieldChanged { kind, parameter, text }
    });
    button().set("aria-label", label).set("title", label).onclick(onclick).child("⚄").html()
}
