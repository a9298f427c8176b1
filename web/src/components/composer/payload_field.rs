//! A field for bytes.

use std::ops::Range;

use page_model::Event;
use page_model::composer::{ComposerEvent, FieldView, HistoryStep, longest, too_long_with};
use page_model::field::Field;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, HtmlTextAreaElement};
use yew::prelude::*;

use crate::components::callbacks::{is_composing, send_on_enter};
use crate::components::context::{Dispatch, use_dispatch};

/// What the bytes are.
#[derive(Clone, Copy, PartialEq)]
pub enum Payload {
    /// The message.
    Message,
    /// The expected reply.
    Expected,
}

/// Properties of [`PayloadField`].
#[derive(PartialEq, Properties)]
pub struct PayloadFieldProps {
    /// What the bytes are.
    pub payload: Payload,
    /// The view model.
    pub view: FieldView,
    /// Whether the arrow keys bring earlier messages back.
    #[prop_or_default]
    pub can_recall: bool,
}

/// Draws the field. It is a component of its own, because Yew reads the text of a field whenever it
/// renders the field, and this text may be long.
#[component]
pub fn PayloadField(PayloadFieldProps { payload, view, can_recall }: &PayloadFieldProps) -> Html {
    let (payload, can_recall, dispatch) = (*payload, *can_recall, use_dispatch());
    let oninput = {
        let (dispatch, text) = (dispatch.clone(), view.text.clone());
        move |input: InputEvent| {
            let field: HtmlTextAreaElement = input.target_unchecked_into();
            let typed = field.value();
            if typed.len() > longest(text.as_rc()) {
                take_back(&field, text.as_rc());
            }
            dispatch.emit(Event::Composer(payload.typed(typed)));
        }
    };
    let onpaste = {
        let (dispatch, text) = (dispatch.clone(), view.text.clone());
        move |event: yew::Event| {
            let paste: Option<&ClipboardEvent> = event.dyn_ref();
            let data = paste.and_then(ClipboardEvent::clipboard_data);
            let field: HtmlTextAreaElement = event.target_unchecked_into();
            let place = selection(&field);
            refuse_long_text(&event, payload, &dispatch, data, text.as_rc(), place);
        }
    };
    // Where in the field it would have come is not known: all of the text makes room.
    let ondrop = {
        let dispatch = dispatch.clone();
        move |event: DragEvent| {
            refuse_long_text(&event, payload, &dispatch, event.data_transfer(), "", 0..0);
        }
    };
    let onkeydown = {
        let (send, dispatch) = (send_on_enter(&dispatch), dispatch.clone());
        move |event: KeyboardEvent| match history_step(&event).filter(|_| can_recall) {
            Some(step) => {
                event.prevent_default();
                dispatch.emit(Event::Composer(ComposerEvent::Recalled(step)));
            }
            None => send.emit(event),
        }
    };
    html! {
        <textarea
            id={payload.id()}
            rows={view.row_count.to_string()}
            value={view.text.as_rc().clone()}
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            enterkeyhint="send"
            aria-describedby={payload.hint_id()}
            aria-invalid={view.is_rejected.then_some("true")}
            {oninput}
            {onpaste}
            {ondrop}
            {onkeydown}
        />
    }
}

/// Keeps text from the field with which it would be longer than it takes: browsers take seconds to
/// lay megabytes out. The model is told what the text would have been.
fn refuse_long_text(
    event: &yew::Event,
    payload: Payload,
    dispatch: &Dispatch,
    data: Option<DataTransfer>,
    text: &str,
    place: Range<u32>,
) {
    let added = data.and_then(|data| data.get_data("text").ok()).unwrap_or_default();
    if let Some(text) = too_long_with(text, place, &added) {
        event.prevent_default();
        dispatch.emit(Event::Composer(payload.typed(text)));
    }
}

/// Sets the field to the text that it had, and the caret where it was.
fn take_back(field: &HtmlTextAreaElement, text: &str) {
    let (caret, length) = (selection(field).start, field.text_length());
    field.set_value(text);
    let caret = caret.saturating_sub(length.saturating_sub(field.text_length()));
    // It fails for fields without text alone.
    let _ = field.set_selection_range(caret, caret);
}

/// Returns what is selected in the field, in UTF-16 code units.
fn selection(field: &HtmlTextAreaElement) -> Range<u32> {
    let place = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or_default();
    place(field.selection_start())..place(field.selection_end())
}

/// Returns which earlier message an arrow key asks for: from the first line the one before, from the
/// last line the one after. A text that is higher than the field has lines that are no lines of the
/// text; there its beginning counts as the first line, and its end as the last one.
fn history_step(event: &KeyboardEvent) -> Option<HistoryStep> {
    let step = match event.key().as_str() {
        "ArrowUp" => HistoryStep::Older,
        "ArrowDown" => HistoryStep::Newer,
        _ => return None,
    };
    let has_modifier = event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key();
    if has_modifier || is_composing(event) {
        return None;
    }
    let field: HtmlTextAreaElement = event.target_unchecked_into();
    let Range { start: caret, end } = selection(&field);
    if end != caret {
        return None;
    }
    let text: Vec<u16> = field.value().encode_utf16().collect();
    let (before, after) = text.split_at_checked(usize::try_from(caret).ok()?)?;
    let rest = if step == HistoryStep::Older { before } else { after };
    let is_outermost = if field.scroll_height() > field.client_height() {
        rest.is_empty()
    } else {
        !rest.contains(&u16::from(b'\n'))
    };
    is_outermost.then_some(step)
}

impl Payload {
    /// Returns the id of the field.
    pub fn id(self) -> &'static str {
        match self {
            Self::Message => Field::Message.element_id(),
            Self::Expected => Field::ExpectedReply.element_id(),
        }
    }

    /// Returns the id of the element that describes the field.
    pub fn hint_id(self) -> &'static str {
        match self {
            Self::Message => "message-hint",
            Self::Expected => "these-hint",
        }
    }

    fn typed(self, text: String) -> ComposerEvent {
        match self {
            Self::Message => ComposerEvent::Typed(text),
            Self::Expected => ComposerEvent::ExpectedTyped(text),
        }
    }
}
