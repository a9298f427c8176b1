//! What should come back, where that is not what was sent.

use yew::{Callback, Html, html};

use super::composer::{hint, keys};
use super::message::{rows, typed};
use super::settings::choice;
use crate::app::Fields;
use crate::model::draft::DraftEvent;
use crate::model::expect::Expect;
use crate::model::{Event, Field, Model};

/// The choice, and what it needs.
pub fn view(model: &Model, fields: &Fields, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().composer;
    let expect = model.draft.expect();
    html! {
        <div key="expect" class="expect">
            { choice("expect", words.expect, Expect::ALL, expect, words.expect_name, DraftEvent::ExpectChosen, emit) }
            { match expect {
                Expect::Same => Html::default(),
                Expect::These => these(model, fields, emit),
                Expect::Anything => html! { <p key="anything" class="hint">{ (words.anything)() }</p> },
            } }
        </div>
    }
}

fn these(model: &Model, fields: &Fields, emit: &Callback<Event>) -> Html {
    let words = &model.lang.words().composer;
    let these = model.draft.these();
    let wrong = model.wrong == Some(Field::These);
    let (mode, ending) = (model.draft.mode(), model.draft.ending());
    let said = match these.reading() {
        Err(mistake) => (words.mistake)(mistake),
        Ok(_) if wrong => words.empty_these.into(),
        Ok(reading) => {
            let (mode, ending) = ((words.mode)(mode), (words.ending_alone)(ending));
            format!("{mode} · {ending} · {} B", reading.count)
        }
    };
    html! {
        <div class="field" key="these">
            <label for="these">{ words.these }</label>
            <textarea id="these" ref={&fields.these} rows={rows(these)} value={these.text().clone()}
                enterkeyhint="send" autocomplete="off" autocapitalize="off" spellcheck="false"
                aria-describedby="these-hint" aria-invalid={wrong.then_some("true")}
                oninput={typed(emit, DraftEvent::TheseTyped)} onkeydown={keys(emit)} />
            <p id="these-hint" class={hint(wrong)}>{ said }</p>
        </div>
    }
}
