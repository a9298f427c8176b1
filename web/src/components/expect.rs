//! What should come back, where that is not what was sent.

use yew::{Callback, Html};

use super::field;
use super::message::{rows, typed};
use super::settings::choice;
use crate::tag::tag;
use page_model::composer::ComposerEvent;
use page_model::expect::Expect;
use page_model::field::Field;
use page_model::{Event, Model};

/// The choice, and what it needs.
pub fn view(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).composer;
    let expect = model.composer.expect();
    tag("div")
        .key("expect")
        .class("expect")
        .child(choice(
            "expect",
            words.expect,
            Expect::ALL,
            expect,
            words.expect_name,
            ComposerEvent::ExpectChosen,
            emit,
        ))
        .child(match expect {
            Expect::Same => Html::default(),
            Expect::These => these(model, emit),
            Expect::Anything => {
                tag("p").key("anything").class("hint").child((words.anything)()).html()
            }
        })
        .html()
}

fn these(model: &Model, emit: &Callback<Event>) -> Html {
    let words = &crate::i18n::of(model.lang).composer;
    let these = model.composer.these();
    let wrong = model.wrong == Some(Field::These);
    let (mode, ending) = (model.composer.mode(), model.composer.ending());
    let said = match these.reading() {
        Err(mistake) => (words.mistake)(mistake),
        Ok(_) if wrong => words.empty_these.into(),
        Ok(reading) => {
            let (mode, ending) = ((words.mode)(mode), (words.ending_alone)(ending));
            format!("{mode} · {ending} · {} B", reading.count)
        }
    };
    let area = tag("textarea")
        .set("id", "these")
        .node(&yew::NodeRef::default())
        .set("rows", rows(these))
        .value(these.text().clone());
    tag("div")
        .class("field")
        .key("these")
        .child(tag("label").set("for", "these").child(words.these))
        .child(field::sending(
            area,
            "these-hint",
            wrong,
            typed(emit, ComposerEvent::TheseTyped),
            emit,
        ))
        .child(tag("p").set("id", "these-hint").class(field::hint(wrong)).child(said))
        .html()
}
