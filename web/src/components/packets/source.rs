//! Where the packets come from, and what can be done with them.

use echo_core::packets::Capture;
use echo_core::packets::file::MAX_FILE;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Html, TargetCast};

use super::{Parts, has_guesses};
use crate::components::command;
use crate::model::Event;
use crate::model::packets::PacketsEvent;
use crate::model::packets::file::{Opened, Refusal};
use crate::shell::files;
use crate::tag::{Tag, button, tag};

impl Parts<'_> {
    pub(super) fn source(&self, capture: Option<&Capture>) -> Html {
        let refused = self.state.refused().map(|it| self.refused(it));
        let what = match self.state.file() {
            Some(file) => self.file(file, capture),
            None => tag("div").key("run").child(self.run(capture)).child(self.refusal()),
        };
        tag("div")
            .key("source")
            .class("packet-source")
            .child(refused)
            .child(what)
            .child(self.tools(capture))
            .html()
    }

    /// What the packets of the run are: measured, or not.
    fn run(&self, capture: Option<&Capture>) -> Tag {
        let told = self.state.told();
        let text = match capture {
            Some(capture) if told.is_captured() => {
                let count = capture.packets().len();
                (self.words.captured)(count, told.is_capturing(), told.left_out())
            }
            Some(_) => self.words.inferred.to_owned(),
            None if told.awaits() => self.words.awaits.to_owned(),
            None => self.words.none.to_owned(),
        };
        tag("p").child(text)
    }

    /// Why the packets of this run were not captured, although that was wanted.
    fn refusal(&self) -> Option<Tag> {
        let why = self.state.told().not_capturing()?;
        Some(self.reason(why))
    }

    fn reason(&self, why: &str) -> Tag {
        let why = tag("span").set("lang", "en").child(why);
        tag("p").key("why").class("why").child(self.words.cannot).child(" ").child(why)
    }

    fn tools(&self, capture: Option<&Capture>) -> Tag {
        let is_run = self.state.file().is_none();
        let save = (is_run && capture.is_some()).then(|| {
            let onclick = self.on(|_| PacketsEvent::SavePressed);
            button().key("save").class("quiet").onclick(onclick).child(self.words.save)
        });
        tag("div")
            .key("tools")
            .class("packet-tools")
            .child(is_run.then(|| self.switch()))
            .child(save)
            .child(self.open())
    }

    /// The switch; where nothing can be switched, why.
    fn switch(&self) -> Option<Tag> {
        let info = self.model.bridge.info()?;
        let Some(can) = &info.capture else {
            return Some(tag("p").key("older").class("why").child(self.words.older));
        };
        if !can.possible {
            let remedy = (!can.remedy.is_empty())
                .then(|| command::view(self.words.remedy, &can.remedy, self.model, self.emit));
            // It was said of the run, perhaps.
            let said = self.state.told().not_capturing() == Some(&can.reason);
            let reason = (!said).then(|| self.reason(&can.reason));
            return Some(tag("div").key("cannot").class("cannot").child(reason).child(remedy));
        }
        let onchange = self.emit.reform(|event: yew::Event| {
            Event::CaptureSwitched(event.target_unchecked_into::<HtmlInputElement>().checked())
        });
        let switch = tag("input")
            .set("type", "checkbox")
            .set("aria-describedby", "capture-from")
            .checked(self.model.captures)
            .onchange(onchange);
        let hint = tag("span").set("id", "capture-from").class("why").child(self.words.from_next);
        let label = tag("label").child(switch).child(self.words.capture);
        Some(tag("p").key("switch").class("capture").child(label).child(" ").child(hint))
    }

    fn open(&self) -> Tag {
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

    fn refused(&self, (name, why): &(String, Refusal)) -> Tag {
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
    fn file(&self, file: &Opened, capture: Option<&Capture>) -> Tag {
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
                tag("p").key("skipped").class("why").child((self.words.skipped)(count))
            }))
    }

    fn choice(&self, file: &Opened) -> Tag {
        use echo_core::packets::End;
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
        tag("label").key("choice").class("choice").child(self.words.connection).child(" ").child(
            tag("select")
                .onchange(onchange)
                .children(file.captures().iter().enumerate().map(option)),
        )
    }
}
