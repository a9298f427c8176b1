//! What both ends of a file's connection said, in the order of the wire.

use echo_core::payload::printable;
use yew::Html;

use super::{Parts, arrow, way};
use crate::tag::{Tag, tag};
use page_model::packets::file::{Conversation, ConversationTurn};

impl Parts<'_> {
    /// Folded, until somebody wants it.
    pub(super) fn conversation(&self, said: &Conversation) -> Html {
        let none = said.turns.is_empty().then(|| tag("p").key("none").child(self.words.silence));
        let more = said.has_more.then(|| tag("p").key("more").child(self.words.beginning));
        tag("details")
            .key("conversation")
            .class("fold turns")
            .child(tag("summary").child(self.words.conversation))
            .child(none)
            .child(
                tag("ol")
                    .key("turns")
                    .children(said.turns.iter().enumerate().map(|it| self.turn(it))),
            )
            .child(more)
            .html()
    }

    fn turn(&self, (number, turn): (usize, &ConversationTurn)) -> Tag {
        let missing = (turn.missing > 0).then(|| {
            tag("p").key("missing").class("hint").child((self.words.missing)(turn.missing))
        });
        tag("li")
            .key(number)
            .class(way(turn.by))
            .child(missing)
            .child(tag("span").child(arrow(turn.by)))
            .child(" ")
            .child(tag("samp").child(printable(&turn.bytes)))
    }
}
