//! The cards of the lab. Each tells what a server with a kind of fault does, has a field for each
//! parameter of the fault, and sets the target.

use echo_core::fault::{FaultKind, ParameterKind};
use page_model::lab::{CardGroupView, CardView, FieldView, LabEvent};
use page_model::menu::Menu;
use page_model::topic::Topic;
use page_model::{Event, Lang};
use yew::prelude::*;

use crate::components::callbacks::text_input;
use crate::components::context::{Dispatch, use_dispatch, use_lang};
use crate::components::topic::Explain;
use crate::i18n::lab as i18n;
use crate::platform::browser;

/// Random seeds are below this bound, so that they are short enough to be read out to a class.
const RANDOM_SEED_BOUND: u32 = 10_000;

/// Properties of [`Cards`].
#[derive(PartialEq, Properties)]
pub struct CardsProps {
    /// The groups of cards.
    pub groups: Vec<CardGroupView>,
}

/// Draws the cards, in their groups.
#[component]
pub fn Cards(CardsProps { groups }: &CardsProps) -> Html {
    let lang = use_lang();
    let card = |view: &CardView| html! { <Card key={name(view.kind)} view={view.clone()} /> };
    html! {
        <div class="lab-cards" role="group" aria-labelledby={Menu::Lab.button_id()}>
            <h2 key="heading">{ i18n::heading(lang) }</h2>
            <p key="real">{ i18n::real_servers(lang) }{ " " }<Explain topic={Topic::Lab} /></p>
            { for groups.iter().zip(0..).map(|(CardGroupView { group, cards }, index)| html! {
                <key={index}>
                    <h3 key="heading">{ i18n::group(lang, *group) }</h3>
                    { for cards.iter().map(card) }
                </>
            }) }
        </div>
    }
}

/// Properties of [`Card`].
#[derive(PartialEq, Properties)]
struct CardProps {
    view: CardView,
}

/// Draws a card. All of it is its button's, but for the fields.
#[component]
fn Card(CardProps { view }: &CardProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let kind = view.kind;
    let onsubmit = dispatch.reform(move |event: SubmitEvent| {
        event.prevent_default();
        Event::Lab(LabEvent::FaultChosen(kind))
    });
    let description_id = format!("lab-{}", name(kind));
    let mut texts = i18n::card_texts(lang, kind).into_iter();
    html! {
        <form class="card" {onsubmit}>
            <button
                type="submit"
                aria-pressed={view.is_chosen.to_string()}
                aria-describedby={description_id.clone()}
            >
                { i18n::title(lang, kind) }
            </button>
            <p id={description_id}>
                <span key="before">{ texts.next() }</span>
                { for view.fields.iter().zip(texts).enumerate().map(|(index, (field, text))| html! {
                    <key={index}>
                        { parameter_field(lang, &dispatch, (kind, index), field) }
                        <span>{ text }</span>
                    </>
                }) }
            </p>
            <code lang="en">{ &view.target }</code>
        </form>
    }
}

/// Draws the field for the parameter with this index of a kind of fault.
fn parameter_field(
    lang: Lang,
    dispatch: &Dispatch,
    (kind, parameter): (FaultKind, usize),
    view: &FieldView,
) -> Html {
    let changed = move |text| Event::Lab(LabEvent::FieldChanged { kind, parameter, text });
    let onroll = dispatch.reform(move |_| changed(browser::random(RANDOM_SEED_BOUND).to_string()));
    html! {
        <span class="lab-blank">
            <input
                type={if view.bounds.is_some() { "number" } else { "text" }}
                required=true
                value={view.text.clone()}
                aria-label={format!("{}: {}", name(kind), i18n::parameter(lang, view.kind))}
                min={view.bounds.map(|(min, _)| min.to_string())}
                max={view.bounds.and_then(|(_, max)| max).map(|max| max.to_string())}
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                oninput={text_input(dispatch, changed)}
            />
            if view.kind == ParameterKind::Seed {
                <button
                    type="button"
                    aria-label={i18n::random_seed(lang)}
                    title={i18n::random_seed(lang)}
                    onclick={onroll}
                >
                    { "⚄" }
                </button>
            }
        </span>
    }
}

fn name(kind: FaultKind) -> &'static str {
    kind.spec().name
}
