//! What each verdict shows.

use yew::{Callback, Html, html};

use super::{command, comparison};
use crate::browser;
use crate::model::cause::Cause;
use crate::model::effect::REPLY_LIMIT_MS;
use crate::model::talk::{Stopper, Talk};
use crate::model::trace::Times;
use crate::model::verdict::Verdict;
use crate::model::{Event, Model, NoInfo, command as commands, difference};
use crate::words::{Words, format};

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
                Shown { tone: "idle", sentence: (words.idle)(bytes).into(), ..Shown::default() }
            }
            Verdict::NoBridge(why) => self.no_bridge(why),
            Verdict::Quick => Shown { tone: "quick", ..Shown::default() },
            Verdict::Connecting(ms) => self.under_way(&(words.connecting)(self.target()), ms),
            Verdict::Waiting(talk, ms) => self.under_way(&count(talk, words.waiting), ms),
            Verdict::Same(talk) => self.same(talk),
            Verdict::Different(talk) => self.different(talk),
            Verdict::CutShort(talk, cause) => self.failed("✗", cause, &count(talk, words.had_come)),
            Verdict::NotConnected(cause) => self.failed("⊘", cause, ""),
            Verdict::Stopped(talk, Stopper::Limit) => {
                let because = (words.limit)(REPLY_LIMIT_MS / 1_000);
                halted(&count(talk, words.still_waiting), because)
            }
            Verdict::Stopped(talk, Stopper::Person) => {
                halted(&count(talk, words.still_waiting), words.stopped.into())
            }
            Verdict::GivenUp => halted(words.given_up, String::new()),
        }
    }

    fn target(&self) -> &str {
        self.model.shown_target()
    }

    /// The program's own sentence.
    fn program(&self) -> Html {
        let line = self.model.run.as_ref().and_then(|run| run.log.sentence());
        let text = line.map(format::abridged).unwrap_or_default();
        html! { <samp lang="en" class={size(&text)}>{ text }</samp> }
    }

    fn no_bridge(&self, why: NoInfo) -> Shown {
        let (sentence, cause) = match why {
            NoInfo::NotThere => (self.words.no_bridge.to_owned(), Cause::NoBridge),
            NoInfo::Refused => (self.cause(Cause::PageRefused), Cause::PageRefused),
        };
        let (sentence, next) = (page(&sentence), self.next(cause));
        Shown { tone: "wait", sign: "⊘", sentence, next, ..Shown::default() }
    }

    fn under_way(&self, sentence: &str, ms: f64) -> Shown {
        let stop = self.emit.reform(|_| Event::StopPressed { at: browser::now() });
        Shown {
            tone: "wait",
            sign: "…",
            sentence: page(sentence),
            because: html! { <p class="counted" aria-hidden="true">{ format::seconds(ms) }</p> },
            next: html! { <button type="button" onclick={stop}>{ self.words.stop }</button> },
        }
    }

    fn same(&self, talk: &Talk) -> Shown {
        let message = talk.exchange.expected();
        let command = commands::send(self.target(), message);
        let lead = self.words.in_terminal;
        let next = command.map(|it| command::view(lead, &it, self.model, self.emit));
        Shown {
            tone: "good",
            sign: "✓",
            sentence: self.program(),
            because: self.replied((self.words.same)(message.len()), talk),
            next: next.unwrap_or_default(),
        }
    }

    fn different(&self, talk: &Talk) -> Shown {
        let (sent, received) = (talk.exchange.expected(), talk.exchange.reply());
        let first = difference::first(sent, received).unwrap_or_default();
        let (was, is) = (sent[first], received[first]);
        let because = (self.words.different)(first, sent.len(), was, is);
        Shown {
            tone: "bad",
            sign: "≠",
            sentence: self.program(),
            because: self.replied(because, talk),
            next: comparison::view(sent, received, self.words),
        }
    }

    fn failed(&self, sign: &'static str, cause: Cause, had_come: &str) -> Shown {
        Shown {
            tone: "bad",
            sign,
            sentence: self.program(),
            because: html! { <p>{ self.cause(cause) }{ " " }{ had_come }</p> },
            next: self.next(cause),
        }
    }

    /// What there is to say of a complete reply, and the times, and what came after it.
    fn replied(&self, sentence: String, talk: &Talk) -> Html {
        let (bytes, count) = talk.exchange.extra();
        let times = talk.times().map(|times| self.times(times)).unwrap_or_default();
        html! {
            <>
                <p key="sentence">{ sentence }</p>
                { times }
                if count > 0 {
                    <p key="extra" class="extra">{ (self.words.extra)(count, &format::hex(bytes)) }</p>
                }
            </>
        }
    }

    fn times(&self, Times { tcp_us, browser_ms }: Times) -> Html {
        let browser = format::millis(browser_ms, self.clock_step);
        html! {
            <p key="times" class="times">
                if let Some(us) = tcp_us {
                    <span>{ (self.words.over_tcp)(&format::micros(us)) }</span>{ " · " }
                }
                <span>{ (self.words.through_browser)(&browser) }</span>
            </p>
        }
    }

    /// Why it failed.
    pub fn cause(&self, cause: Cause) -> String {
        (self.words.cause)(cause, self.target(), &self.model.origin)
    }

    /// What may help against a cause.
    pub fn next(&self, cause: Cause) -> Html {
        if self.model.is_bridge_back(cause) {
            return html! { <p>{ self.words.bridge_back }</p> };
        }
        let lead = (self.words.remedy)(cause);
        let remedy = cause.remedy(self.target(), &self.model.origin);
        html! {
            <>
                if let Some(remedy) = remedy {
                    { command::view(lead, &remedy, self.model, self.emit) }
                }
                if cause.is_missing_bridge() {
                    <p>{ self.words.notices }</p>
                }
            </>
        }
    }
}

/// A sentence of the page's own.
pub fn page(text: &str) -> Html {
    html! { <span class={size(text)}>{ text }</span> }
}

/// The class of a sentence that is too wide for the largest type.
fn size(text: &str) -> Option<&'static str> {
    // In Latin letters; others, Chinese ones above all, are taken as twice as wide.
    const WIDEST: usize = 20;
    let width: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    (width > WIDEST).then_some("long")
}

fn halted(sentence: &str, because: String) -> Shown {
    let because = html! { <p>{ because }</p> };
    Shown { tone: "wait", sign: "…", sentence: page(sentence), because, ..Shown::default() }
}

/// How many bytes of how many have come, in the words given.
fn count(talk: &Talk, words: fn(usize, usize) -> String) -> String {
    words(talk.exchange.reply().len(), talk.exchange.expected().len())
}
