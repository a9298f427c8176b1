//! What each verdict shows.

use yew::{Callback, Html, html};

use super::{command, comparison, reply, take};
use crate::browser;
use crate::model::cause::Cause;
use crate::model::diagnosis::Diagnosis;
use crate::model::effect::REPLY_LIMIT_MS;
use crate::model::expect::Expect;
use crate::model::talk::{Stopper, Talk};
use crate::model::trace::Times;
use crate::model::verdict::Verdict;
use crate::model::{Event, Model, NoInfo, difference};
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

    fn target(&self) -> &str {
        self.model.run.as_ref().map_or("", |run| &run.target)
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

    fn idle(&self, bytes: usize) -> String {
        match self.model.draft.expect() {
            Expect::These | Expect::Anything if bytes > 0 => (self.words.composer.idle)(bytes),
            _ => (self.words.idle)(bytes),
        }
    }

    fn waiting(&self, talk: &Talk) -> String {
        match talk.expect {
            Expect::Anything => (self.words.reply.so_far)(talk.exchange.extra().1),
            Expect::Same | Expect::These => count(talk, self.words.waiting),
        }
    }

    fn same(&self, talk: &Talk) -> Shown {
        let count = talk.exchange.expected().len();
        let because = match talk.expect {
            Expect::These => (self.words.reply.as_expected)(count),
            Expect::Same | Expect::Anything => (self.words.same)(count),
        };
        Shown {
            tone: "good",
            sign: "✓",
            sentence: self.program(),
            because: self.replied(because, talk),
            next: self.take(talk),
        }
    }

    fn different(&self, talk: &Talk) -> Shown {
        let (expected, came) = (talk.exchange.expected(), talk.exchange.reply());
        let first = difference::first(expected, came).unwrap_or_default();
        let words = match talk.expect {
            Expect::These => self.words.reply.not_as_expected,
            Expect::Same | Expect::Anything => self.words.different,
        };
        let because = words(first, expected.len(), expected[first], came[first]);
        Shown {
            tone: "bad",
            sign: "≠",
            sentence: self.program(),
            because: self.replied(because, talk),
            next: self.compared(talk),
        }
    }

    fn cut_short(&self, talk: &Talk, cause: Cause) -> Shown {
        let diagnosis = talk.diagnosis();
        let tells = diagnosis.as_ref().is_some_and(Diagnosis::tells_the_end);
        let cause_said = if tells { String::new() } else { self.cause(cause) };
        let next = html! { <>{ self.next(cause) }{ self.compared(talk) }</> };
        Shown {
            tone: "bad",
            sign: "✗",
            sentence: self.program(),
            because: html! {
                <>
                    { likely(diagnosis.as_ref(), self.words) }
                    <p key="cause">{ cause_said }{ " " }{ count(talk, self.words.had_come) }</p>
                </>
            },
            next,
        }
    }

    fn stopped(&self, talk: &Talk, by: Stopper) -> Shown {
        let because = match by {
            Stopper::Limit => (self.words.limit)(REPLY_LIMIT_MS / 1_000),
            Stopper::Person => self.words.stopped.into(),
        };
        Shown {
            tone: "wait",
            sign: "…",
            sentence: page(&count(talk, self.words.still_waiting)),
            because: html! {
                <>
                    <p key="sentence">{ because }</p>
                    { likely(talk.diagnosis().as_ref(), self.words) }
                </>
            },
            next: self.compared(talk),
        }
    }

    /// What came where anything could: no sentence of the tutorial's.
    fn received(&self, talk: &Talk, cause: Option<Cause>) -> Shown {
        let (bytes, count) = talk.exchange.extra();
        let (tone, sign) = match (cause, count) {
            (Some(_), _) => ("bad", "✗"),
            (None, 0) => ("wait", "…"),
            (None, _) => ("good", "✓"),
        };
        Shown {
            tone,
            sign,
            sentence: page(&(self.words.reply.received)(count)),
            because: html! {
                <>
                    if let Some(cause) = cause {
                        <p key="cause">{ self.cause(cause) }</p>
                    }
                    { likely(talk.diagnosis().as_ref(), self.words) }
                    { reply::view(bytes, count, self.words) }
                </>
            },
            next: self.take(talk),
        }
    }

    fn not_connected(&self, cause: Cause) -> Shown {
        Shown {
            tone: "bad",
            sign: "⊘",
            sentence: self.program(),
            because: html! { <p>{ self.cause(cause) }</p> },
            next: self.next(cause),
        }
    }

    /// What was expected above what came, and what can be done about it.
    fn compared(&self, talk: &Talk) -> Html {
        let (expected, reply) = (talk.exchange.expected(), talk.exchange.reply());
        let came = [reply, talk.exchange.extra().0].concat();
        let lead = match talk.expect {
            Expect::These => self.words.reply.expected,
            Expect::Same | Expect::Anything => self.words.sent,
        };
        let remedy = talk.diagnosis().and_then(|it| it.remedy(self.target()));
        html! {
            <>
                if !came.is_empty() {
                    { comparison::view(lead, expected, &came, self.words) }
                }
                if let Some(remedy) = remedy {
                    { command::view(self.words.reply.speak, &remedy, self.model, self.emit) }
                } else {
                    { self.take(talk) }
                }
            </>
        }
    }

    fn take(&self, talk: &Talk) -> Html {
        let run = self.model.run.as_ref();
        run.map(|run| take::view(run, talk, self.model, self.emit)).unwrap_or_default()
    }

    /// What there is to say of a complete reply, and the times, and what came after it.
    fn replied(&self, sentence: String, talk: &Talk) -> Html {
        let (bytes, count) = talk.exchange.extra();
        let times = talk.times().map(|times| self.times(times)).unwrap_or_default();
        html! {
            <>
                <p key="sentence">{ sentence }</p>
                { likely(talk.diagnosis().as_ref(), self.words) }
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

    fn cause(&self, cause: Cause) -> String {
        (self.words.cause)(cause, self.target(), &self.model.origin)
    }

    /// What may help against a cause.
    fn next(&self, cause: Cause) -> Html {
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
fn page(text: &str) -> Html {
    html! { <span class={size(text)}>{ text }</span> }
}

/// The class of a sentence that is too wide for the largest type.
fn size(text: &str) -> Option<&'static str> {
    // In Latin letters; others, Chinese ones above all, are taken as twice as wide.
    const WIDEST: usize = 20;
    let width: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    (width > WIDEST).then_some("long")
}

/// What is likely behind it, in a sentence.
fn likely(diagnosis: Option<&Diagnosis>, words: &Words) -> Html {
    let sentence = diagnosis.map(words.reply.diagnosis);
    sentence.map(|it| html! { <p key="likely" class="likely">{ it }</p> }).unwrap_or_default()
}

/// How many bytes of how many have come, in the words given.
fn count(talk: &Talk, words: fn(usize, usize) -> String) -> String {
    words(talk.exchange.reply().len(), talk.exchange.expected().len())
}
