//! The selected packet: its layers and their fields, each with its bytes.

use page_model::inspector::Move;
use page_model::packets::PacketsEvent;
use page_model::packets::view::detail::{
    DetailView, FieldValue, FieldView, HeadingView, LayerView, MarkedField,
};
use page_model::packets::view::observed::Observed;
use page_model::{Event, Lang};
use yew::prelude::*;

use super::observed::{arrow, observed};
use super::octets::Octets;
use crate::components::context::{use_dispatch, use_lang};
use crate::components::inspector::direction;
use crate::components::inspector::moves::moves;
use crate::i18n::packets::detail as i18n;
use crate::i18n::packets::fields;

/// The id of the heading, which names the section.
const HEADING_ID: &str = "opened-packet";

/// Properties of [`Detail`].
#[derive(PartialEq, Properties)]
pub(super) struct DetailProps {
    pub(super) view: DetailView,
}

/// Draws the selected packet.
#[component]
pub(super) fn Detail(DetailProps { view }: &DetailProps) -> Html {
    let lang = use_lang();
    html! {
        <section class="opened" aria-labelledby={HEADING_ID}>
            { heading(lang, &view.heading) }
            <div class="opened-parts">
                <div class="layers">
                    { for view.layers.iter().map(|layer| html! {
                        <Layer key={layer.name} view={layer.clone()} />
                    }) }
                </div>
                <Octets view={view.octets.clone()} />
            </div>
            <p class="says">
                if let Some(field) = &view.marked {
                    { marked_field(lang, field) }
                }
            </p>
        </section>
    }
}

fn heading(lang: Lang, view: &HeadingView) -> Html {
    let HeadingView { number, by, direction, flags, note, cut_short } = view;
    html! {
        <h2 id={HEADING_ID}>
            { format!("{} · ", i18n::packet(lang, *number)) }
            <span class={direction::name(*direction)}>
                { format!("{} {} {}", i18n::client(lang), arrow(*by), i18n::server(lang)) }
            </span>
            { " · " }
            { observed(format!("[{}]", flags.value.names()), flags.is_measured) }
            if let Some(note) = *note {
                { format!(" · {}: {}", i18n::note(lang, note), i18n::note_meaning(lang, note)) }
            }
            if let Some((captured, length)) = *cut_short {
                { format!(" · {}", i18n::cut_short(lang, captured, length)) }
            }
        </h2>
    }
}

/// Properties of [`Layer`].
#[derive(PartialEq, Properties)]
struct LayerProps {
    view: LayerView,
}

/// Draws a layer of the packet, which unfolds.
#[component]
fn Layer(LayerProps { view }: &LayerProps) -> Html {
    let (lang, dispatch) = (use_lang(), use_dispatch());
    let layer = view.index;
    let move_to = move |to| Event::Packets(PacketsEvent::FieldMoved(layer, to));
    let onkeydown = moves(&dispatch, move_to);
    // The focus marks the field from which the keys move on.
    let onfocusin = dispatch.reform(move |_| move_to(Move::Up(0)));
    html! {
        <details class="layer" open={view.is_open}>
            <summary>
                <span lang="en">{ view.name }</span>
                if let Some(endpoints) = &view.endpoints {
                    { between(endpoints) }
                }
            </summary>
            <ul
                role="listbox"
                tabindex="0"
                aria-label={view.name}
                aria-activedescendant={view.marked.map(|field| field_id(layer, field))}
                {onkeydown}
                {onfocusin}
            >
                { for view.fields.iter().enumerate().map(|(index, it)| {
                    field(lang, it, (layer, index), view.marked == Some(index))
                }) }
            </ul>
        </details>
    }
}

fn between([source, destination]: &[Observed<String>; 2]) -> Html {
    html! {
        <span class="gist">
            { observed(source.value.clone(), source.is_measured) }
            { " → " }
            { observed(destination.value.clone(), destination.is_measured) }
        </span>
    }
}

fn field(lang: Lang, view: &FieldView, place: (usize, usize), is_marked: bool) -> Html {
    let (layer, index) = place;
    html! {
        <li
            key={index}
            id={field_id(layer, index)}
            class={is_marked.then_some("marked")}
            role="option"
            aria-selected={is_marked.to_string()}
            data-layer={layer.to_string()}
            data-field={index.to_string()}
        >
            <span class="name">{ fields::name(lang, view.key) }</span>
            { value(lang, view) }
        </li>
    }
}

fn marked_field(lang: Lang, view: &MarkedField) -> Html {
    let MarkedField { field, first, last } = view;
    html! {
        <span>
            { format!("{} · ", fields::name(lang, field.key)) }
            { value(lang, field) }
            if !field.value.is_measured {
                { format!(" · {}", i18n::made_up(lang)) }
            }
            { format!(" · {}", i18n::place(lang, *first, *last)) }
        </span>
    }
}

fn value(lang: Lang, field: &FieldView) -> Html {
    let FieldValue { text, meaning } = &field.value.value;
    let value = match meaning {
        None => text.clone(),
        Some(meaning) if text.is_empty() => i18n::meaning(lang, meaning),
        Some(meaning) => format!("{text} ({})", i18n::meaning(lang, meaning)),
    };
    observed(value, field.value.is_measured)
}

fn field_id(layer: usize, field: usize) -> String {
    format!("field-{layer}-{field}")
}
