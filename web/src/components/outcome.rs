//! What the verdict shows of a connection that stood: what came, why, and what to do next.

use yew::Html;

use super::shown::{Parts, Shown, page};
use super::{command, comparison, copy_as, reply};
use crate::i18n::{Words, format};
use crate::tag::{group, tag};
use page_model::cause::Cause;
use page_model::diagnosis::Diagnosis;
use page_model::difference;
use page_model::expect::Expect;
use page_model::modes::once::REPLY_LIMIT_MS;
use page_model::modes::once::{RunExchange, StoppedBy};
use page_model::modes::reply_timer::ReplyTimes;

impl Parts<'_> {
    /// How much has come so far.
    pub(super) fn waiting(&self, talk: &RunExchange) -> String {
        match talk.expect {
            Expect::Anything => (self.words.reply.so_far)(talk.exchange.extra().1),
            Expect::Same | Expect::These => count(talk, self.words.waiting),
        }
    }

    /// What was expected came.
    pub(super) fn same(&self, talk: &RunExchange) -> Shown {
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

    /// As many bytes came, but others.
    pub(super) fn different(&self, talk: &RunExchange) -> Shown {
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

    /// The connection ended before enough bytes came.
    pub(super) fn cut_short(&self, talk: &RunExchange, cause: Cause) -> Shown {
        let diagnosis = talk.diagnosis();
        let tells = diagnosis.as_ref().is_some_and(Diagnosis::tells_the_end);
        let cause_said = if tells { String::new() } else { self.cause(cause) };
        let next = group().child(self.next(cause)).child(self.compared(talk)).html();
        Shown {
            tone: "bad",
            sign: "✗",
            sentence: self.program(),
            because: group()
                .child(likely(diagnosis.as_ref(), self.words))
                .child(
                    tag("p")
                        .key("cause")
                        .child(cause_said)
                        .child(" ")
                        .child(count(talk, self.words.had_come)),
                )
                .html(),
            next,
        }
    }

    /// The waiting was ended.
    pub(super) fn stopped(&self, talk: &RunExchange, by: StoppedBy) -> Shown {
        // Of a server of the lab one knows why it is silent.
        let diagnosis = talk.diagnosis().filter(|_| self.model.lab_run().is_none());
        let because = match by {
            StoppedBy::Limit => (self.words.limit)(REPLY_LIMIT_MS / 1_000),
            StoppedBy::Person => self.words.stopped.into(),
        };
        Shown {
            tone: "wait",
            sign: "…",
            sentence: page(&count(talk, self.words.still_waiting)),
            because: group()
                .child(tag("p").key("sentence").child(because))
                .child(likely(diagnosis.as_ref(), self.words))
                .html(),
            next: self.compared(talk),
        }
    }

    /// What came where anything could: no sentence of the tutorial's.
    pub(super) fn received(&self, talk: &RunExchange, cause: Option<Cause>) -> Shown {
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
            because: group()
                .child(cause.map(|cause| tag("p").key("cause").child(self.cause(cause))))
                .child(likely(talk.diagnosis().as_ref(), self.words))
                .child(reply::view(bytes, count, self.words))
                .html(),
            next: self.take(talk),
        }
    }

    /// What was expected above what came, and what can be done about it.
    fn compared(&self, talk: &RunExchange) -> Html {
        let (expected, reply) = (talk.exchange.expected(), talk.exchange.reply());
        let came = [reply, talk.exchange.extra().0].concat();
        let lead = match talk.expect {
            Expect::These => self.words.reply.expected,
            Expect::Same | Expect::Anything => self.words.sent,
        };
        let remedy = talk.diagnosis().and_then(|it| it.remedy(self.target()));
        group()
            .child(
                (remedy.is_none() && !came.is_empty())
                    .then(|| comparison::view(lead, expected, &came, self.words)),
            )
            .child(match remedy {
                Some(it) => command::view(self.words.reply.speak, &it, self.model, self.emit),
                None => self.take(talk),
            })
            .html()
    }

    fn take(&self, talk: &RunExchange) -> Html {
        let run = self.model.modes.run.as_ref();
        run.map(|run| copy_as::view(run, talk, self.model, self.emit)).unwrap_or_default()
    }

    /// What there is to say of a complete reply, and the times, and what came after it.
    fn replied(&self, sentence: String, talk: &RunExchange) -> Html {
        let (bytes, count) = talk.exchange.extra();
        let times = talk.times().map(|times| self.times(times)).unwrap_or_default();
        group()
            .child(tag("p").key("sentence").child(sentence))
            .child(likely(talk.diagnosis().as_ref(), self.words))
            .child(times)
            .child((count > 0).then(|| {
                tag("p")
                    .key("extra")
                    .class("extra")
                    .child((self.words.extra)(count, &format::hex(bytes)))
            }))
            .html()
    }

    fn times(&self, ReplyTimes { tcp, browser_ms }: ReplyTimes) -> Html {
        let browser = format::millis(browser_ms, self.clock_step);
        tag("p")
            .key("times")
            .class("times")
            .child(tcp.map(|took| took.0).map(|us| {
                group()
                    .child(tag("span").child((self.words.over_tcp)(&format::micros(us))))
                    .child(" · ")
                    .html()
            }))
            .child(tag("span").child((self.words.through_browser)(&browser)))
            .html()
    }
}

/// What is likely behind it, in a sentence.
fn likely(diagnosis: Option<&Diagnosis>, words: &Words) -> Html {
    let sentence = diagnosis.map(words.reply.diagnosis);
    sentence.map(|it| tag("p").key("likely").class("likely").child(it).html()).unwrap_or_default()
}

/// How many bytes of how many have come, in the words given.
fn count(talk: &RunExchange, words: fn(usize, usize) -> String) -> String {
    words(talk.exchange.reply().len(), talk.exchange.expected().len())
}
