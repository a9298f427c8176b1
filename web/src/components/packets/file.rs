//! A file of packets: opened, refused, and which of its connections is shown.

use echo_core::packets::file::MAX_FILE;
use echo_core::packets::{Capture, End};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Callback, TargetCast};

use super::{Parts, has_guesses};
use crate::platform::files;
use crate::tag::{Tag, button, tag};
use page_model::Event;
use page_model::packets::PacketsEvent;
use page_model::packets::file::{CaptureFile, CaptureFileError};

impl Parts<'_> {
    pub(super) fn open(&self) -> Tag {
        let emit = self.emit.clone();
        let onchange = Callback::from(move |event: yew::Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let emit = emit.clone();
            files::take(input.files(), MAX_FILE, move |name, bytes| {
                emit.emit(Event::Packets(PacketsEvent::FileCame { name, bytes }));
            });
            // The same file, chosen again, is another choice.
            input.set_value("");
        });
        tag("p").key("open").class("file").child(
            tag("label")
                .child(tag("input").set("type", "file").onchange(onchange))
                .child(tag("span").child(self.words.open)),
        )
    }

    pub(super) fn refused(&self, (name, why): &(String, CaptureFileError)) -> Tag {
        let onclick = self.on(|_| PacketsEvent::RefusalRead);
        tag("p")
            .key("refused")
            .class("refused")
            .set("role", "alert")
            .child((self.words.refused)(name, *why))
            .child(" ")
            .child(button().class("quiet").onclick(onclick).child(self.words.close))
    }

    /// What file it is, and which of its connections is shown.
    pub(super) fn file(&self, file: &CaptureFile, capture: Option<&Capture>) -> Tag {
        let onclick = self.on(|_| PacketsEvent::FileClosed);
        let count = capture.map_or(0, |capture| capture.packets().len());
        let choice = (file.captures().len() > 1).then(|| self.choice(file));
        let skipped = Some(file.skipped()).filter(|count| *count > 0);
        let guesses = capture.is_some_and(has_guesses).then_some(self.words.inferred);
        tag("div")
            .key("file")
            .child(
                tag("p")
                    .class("packet-tools")
                    .child(tag("strong").child(&file.name))
                    .child(tag("span").child((self.words.packets)(count)))
                    .child(button().class("quiet").onclick(onclick).child(self.words.back)),
            )
            .child(choice)
            .child(guesses.map(|it| tag("p").key("guesses").child(it)))
            .child(skipped.map(|count| {
                tag("p").key("skipped").class("packet-why").child((self.words.skipped)(count))
            }))
    }

    fn choice(&self, file: &CaptureFile) -> Tag {
        let onchange = self.on(|event: yew::Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            PacketsEvent::ConnectionChosen(value.parse().unwrap_or_default())
        });
        let option = |(number, capture): (usize, &Capture)| {
            let name = |end| file.called(capture.address(end));
            let count = (self.words.packets)(capture.packets().len());
            tag("option")
                .key(number)
                .set("value", number.to_string())
                .flag("selected", number == file.chosen)
                .child(format!("{} → {} ({count})", name(End::Client), name(End::Server)))
        };
        tag("label")
            .key("choice")
            .class("connections")
            .child(self.words.connection)
            .child(" ")
            .child(
                tag("select")
                    .onchange(onchange)
                    .children(file.captures().iter().enumerate().map(option)),
            )
    }
}
