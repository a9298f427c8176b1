//! What each verdict shows.

use yew::{Callback, Html};

use super::command;
use crate::components::pressed;
use crate::i18n::{Words, format};
use crate::tag::{button, group, tag};
use page_model::bridge::BridgeError;
use page_model::cause::Cause;
use page_model::expect::Expect;
use page_model::verdict::Verdict;
use page_model::{Event, Model};

/// What one verdict shows.
#[derive(Default)]
pub struct Shown {
    /// Its colours.
    pub tone: &'static str,
    /// Its sign, for those who do not see colours.
    pub sign: &'static str,
    /// The sentence of the program, or of the page.
    pub sentence: Html,
    /// Why, and how long it took.
    pub because: Html,
    /// What to do next, or the bytes.
    pub next: Html,
}

/// What the verdicts are made of.
pub struct Parts<'a> {
    /// What is known.
    pub model: &'a Model,
    /// The words to say it in.
    pub words: &'static Words,
    /// The step of the page's clock, in milliseconds.
    pub clock_step: f64,
    /// Where events go.
    pub emit: &'a Callback<Event>,
}

impl Parts<'_> {
    /// What the verdict there is shows.
    pub fn shown(&self) -> Shown {
        let words = self.words;
        match self.model.verdict() {
            Verdict::Idle(bytes) => {
                let sentence = self.idle(bytes).into();
                Shown { tone: "idle", sentence, ..Shown::default() }
            }
            Verdict::NoBridge(why) => self.no_bridge(why),
            Verdict::Quick => Shown { tone: "quick", ..Shown::default() },
            Verdict::Connecting(ms) => self.under_way(&(words.connecting)(self.target()), ms),
            Verdict::Waiting(talk, ms) => self.under_way(&self.waiting(talk), ms),
            Verdict::Same(talk) => self.same(talk),
            Verdict::Different(talk) => self.different(talk),
            Verdict::CutShort(talk, cause) => self.cut_short(talk, cause),
            Verdict::Received(talk, cause) => self.received(talk, cause),
            Verdict::NotConnected(cause) => self.not_connected(cause),
            Verdict::Stopped(talk, by) => self.stopped(talk, by),
            Verdict::GivenUp => {
                let sentence = page(words.given_up);
                Shown { tone: "wait", sign: "…", sentence, ..Shown::default() }
            }
        }
    }

    /// Whom it is for.
    pub(super) fn target(&self) -> &str {
        self.model.modes.shown_target()
    }

    /// The program's own sentence.
    pub(super) fn program(&self) -> Html {
        let line = self.model.modes.run.as_ref().and_then(|run| run.log.sentence());
        let text = line.map(format::abridged).unwrap_or_default();
        tag("samp").set("lang", "en").class(size(&text)).child(text).html()
    }

    fn no_bridge(&self, why: BridgeError) -> Shown {
        let (sentence, cause) = match why {
            BridgeError::NotThere => (self.words.no_bridge.to_owned(), Cause::NoBridge),
            BridgeError::Refused => (self.cause(Cause::PageRefused), Cause::PageRefused),
        };
        let (sentence, next) = (page(&sentence), self.next(cause));
        Shown { tone: "wait", sign: "⊘", sentence, next, ..Shown::default() }
    }

    fn under_way(&self, sentence: &str, ms: f64) -> Shown {
        let stop = pressed(self.emit, |at| Event::StopPressed { at });
        Shown {
            tone: "wait",
            sign: "…",
            sentence: page(sentence),
            because: tag("p")
                .class("counted")
                .set("aria-hidden", "true")
                .child(format::seconds(ms))
                .html(),
            next: button().onclick(stop).child(self.words.stop).html(),
        }
    }

    fn idle(&self, bytes: usize) -> String {
        match self.model.expect() {
            Expect::Same if self.model.fault().is_none() => (self.words.idle)(bytes),
            _ if bytes > 0 => (self.words.composer.idle)(bytes),
            _ => (self.words.idle)(bytes),
        }
    }

    fn not_connected(&self, cause: Cause) -> Shown {
        Shown {
            tone: "bad",
            sign: "⊘",
            sentence: self.program(),
            because: tag("p").child(self.cause(cause)).html(),
            next: self.next(cause),
        }
    }

    /// Why it failed.
    pub(super) fn cause(&self, cause: Cause) -> String {
        (self.words.cause)(cause, self.target(), &self.model.origin)
    }

    /// What may help against a cause.
    pub(super) fn next(&self, cause: Cause) -> Html {
        if self.model.is_bridge_back(cause) {
            return tag("p").child(self.words.bridge_back).html();
        }
        let lead = (self.words.remedy)(cause);
        let remedy = cause.remedy(self.target(), &self.model.origin);
        group()
            .child(remedy.map(|remedy| command::view(lead, &remedy, self.model, self.emit)))
            .child(cause.is_missing_bridge().then(|| tag("p").child(self.words.notices)))
            .html()
    }
}

/// A sentence of the page's own.
pub(super) fn page(text: &str) -> Html {
    tag("span").class(size(text)).child(text).html()
}

/// The class of a sentence that is too wide for the largest type.
fn size(text: &str) -> Option<&'static str> {
    // In Latin letters; others, Chinese ones above all, are taken as twice as wide.
    const WIDEST: usize = 20;
    let width: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    (width > WIDEST).then_some("long")
}
