//! The packet that is opened: its layers and their fields, each with its bytes.

use std::net::SocketAddr;

use echo_core::packets::Aspect;
use echo_core::packets::layers::{Field, Key, Layer};
use yew::Html;

use super::{Parts, arrow, hear, told, way};
use crate::tag::{Tag, tag};
use page_model::inspector::Move;
use page_model::packets::PacketsEvent;
use page_model::packets::detail::PacketDetail;

impl Parts<'_> {
    pub(super) fn opened(&self, look: &PacketDetail) -> Html {
        tag("section")
            .key("opened")
            .class("opened")
            .set("aria-labelledby", "opened-packet")
            .child(self.heading(look))
            .child(
                tag("div")
                    .class("opened-parts")
                    .child(
                        tag("div").class("layers").children(
                            look.layers.iter().enumerate().map(|it| self.layer(look, it)),
                        ),
                    )
                    .child(self.octets(look)),
            )
            .child(tag("p").class("says").child(self.says(look)))
            .html()
    }

    fn heading(&self, look: &PacketDetail) -> Tag {
        let (row, packet) = (&look.row, look.row.packet);
        let frame = &packet.frame;
        let cut = frame
            .is_cut_short()
            .then(|| format!(" · {}", (self.words.cut_short)(frame.bytes.len(), frame.length)));
        let (ends, known) = (self.words.ends, packet.origin.measured(Aspect::Flags));
        tag("h2")
            .set("id", "opened-packet")
            .child(format!("{} · ", (self.words.packet)(row.number)))
            .child(tag("span").class(way(row.by)).child(format!(
                "{} {} {}",
                ends[0],
                arrow(row.by),
                ends[1]
            )))
            .child(" · ")
            .child(told(&format!("[{}]", packet.flags.names()), known))
            .child(row.note.map(|note| {
                let (name, means) = (self.words.note)(note);
                format!(" · {name}: {means}")
            }))
            .child(cut)
    }

    fn layer(&self, look: &PacketDetail, (number, layer): (usize, &Layer)) -> Tag {
        let place = look.field_place().filter(|place| place.0 == number);
        let active = place.map(|(layer, field)| id(layer, field));
        let field = |(nth, field): (usize, &Field)| self.field(look, field, (number, nth), place);
        // TCP and what it carries; what is below is there to be unfolded.
        let is_open = layer.fields.iter().any(|it| matches!(it.key, Key::Window | Key::Payload));
        tag("details")
            .key(layer.name)
            .class("layer")
            .flag("open", is_open)
            .child(
                tag("summary")
                    .child(tag("span").set("lang", "en").child(layer.name))
                    .child(gist(look, layer)),
            )
            .child(
                tag("ul")
                    .set("role", "listbox")
                    .set("tabindex", "0")
                    .set("aria-label", layer.name)
                    .set("aria-activedescendant", active)
                    .onkeydown(hear::keys(self.emit, move |to| {
                        PacketsEvent::FieldMoved(number, to)
                    }))
                    .onfocusin(self.on(move |_| PacketsEvent::FieldMoved(number, Move::Up(0))))
                    .children(layer.fields.iter().enumerate().map(field)),
            )
    }

    fn field(
        &self,
        look: &PacketDetail,
        field: &Field,
        here: (usize, usize),
        marked: Option<(usize, usize)>,
    ) -> Tag {
        let is_marked = marked == Some(here);
        tag("li")
            .key(here.1)
            .set("id", id(here.0, here.1))
            .class(is_marked.then_some("marked"))
            .set("role", "option")
            .set("aria-selected", is_marked.to_string())
            .set("data-layer", here.0.to_string())
            .set("data-field", here.1.to_string())
            .child(tag("span").class("name").child((self.words.field)(field.key)))
            .child(told(&self.value(look, field), field.measured))
    }

    /// What there is to say of what is marked.
    fn says(&self, look: &PacketDetail) -> Option<Tag> {
        let field = look.field()?;
        let name = (self.words.field)(field.key);
        let value = told(&self.value(look, field), field.measured);
        let place = (self.words.place)(field.bytes.start, field.bytes.end.saturating_sub(1));
        let made_up = (!field.measured).then(|| format!(" · {}", self.words.made_up));
        Some(
            tag("span")
                .child(format!("{name} · "))
                .child(value)
                .child(made_up)
                .child(format!(" · {place}")),
        )
    }
}

/// What of a layer says most: between whom.
fn gist(look: &PacketDetail, layer: &Layer) -> Option<Tag> {
    let packet = look.row.packet;
    let has = |key| layer.fields.iter().any(|field| field.key == key);
    let name = |end: SocketAddr| {
        if has(Key::Source) {
            Some(end.ip().to_string())
        } else {
            has(Key::SourcePort).then(|| end.port().to_string())
        }
    };
    let known = |aspect| packet.origin.measured(aspect);
    Some(
        tag("span")
            .class("gist")
            .child(told(&name(packet.source)?, known(Aspect::Source)))
            .child(" → ")
            .child(told(&name(packet.destination)?, known(Aspect::Destination))),
    )
}

fn id(layer: usize, field: usize) -> String {
    format!("field-{layer}-{field}")
}
