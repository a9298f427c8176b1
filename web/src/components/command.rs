//! A command for a terminal, with a button that copies it.

use yew::{Callback, Html};

use super::copy::copies;
use crate::tag::tag;
use page_model::{Event, Model};

/// A command after the words that lead over to it.
pub fn view(lead: &str, command: &str, model: &Model, emit: &Callback<Event>) -> Html {
    let copy = crate::i18n::of(model.lang).copy;
    tag("p")
        .class("command")
        .child(tag("span").child(lead))
        .child(code(command))
        .child(copies(command.to_owned(), copy, model, emit))
        .html()
}

/// The command, which may go on in another line, but never inside an option: a reader would type
/// `--keep-` and `open`.
fn code(command: &str) -> Html {
    let piece = |(place, word): (usize, &str)| {
        let class = word.starts_with('-').then_some("option");
        tag("span").key(place).class(class).child(word).html()
    };
    tag("code")
        .set("lang", "en")
        .children(command.split_inclusive(' ').enumerate().map(piece))
        .html()
}
