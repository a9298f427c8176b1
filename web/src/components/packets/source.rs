//! Where the packets come from, and what can be done with them.

use echo_core::packets::Capture;
use echo_core::packets::capture::MAX_PACKETS;
use web_sys::HtmlInputElement;
use yew::{Html, TargetCast};

use super::Parts;
use crate::components::command;
use crate::tag::{Tag, button, tag};
use page_model::Event;
use page_model::packets::PacketsEvent;

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
            Some(capture) => {
                let count = capture.packets().len();
                let is_full = capture.left_out() > 0 || count >= MAX_PACKETS;
                let first = is_full.then(|| (self.words.first)(count));
                format!("{}{}", self.words.inferred, first.unwrap_or_default())
            }
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
        tag("p").key("why").class("packet-why").child(self.words.cannot).child(" ").child(why)
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
            return Some(tag("p").key("older").class("packet-why").child(self.words.older));
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
        let hint =
            tag("span").set("id", "capture-from").class("packet-why").child(self.words.from_next);
        let label = tag("label").child(switch).child(self.words.capture);
        Some(tag("p").key("switch").class("capture").child(label).child(" ").child(hint))
    }
}
