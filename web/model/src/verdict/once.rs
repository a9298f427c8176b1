//! The verdict on a run of the tutorial's client.

use std::rc::Rc;

use echo_core::Line;
use echo_core::wire::{Stage, TLS_PREFIX};

use super::context::PageContext;
use super::details::{Details, DetailsCache, sentence};
use super::next_step::NextStep;
use super::reason::{Expectation, Reason};
use super::statement::{Progress, Statement};
use super::view::{
    ComparedBytes, CopyMenu, Extra, Fact, Sentence, Sign, Tone, View, Why, mark_of_received,
};
use crate::cause::{Cause, FailedRun};
use crate::diagnosis::Diagnosis;
use crate::expected_reply::ExpectedReplyKind;
use crate::modes::once::REPLY_LIMIT_MS;
use crate::modes::once::{ExchangeState, RunExchange, StoppedBy};
use crate::modes::once::{Run, RunPhase};
use crate::protocol::Protocol;
use crate::terminal_command::{CommandPurpose, TcpTarget};

impl Run {
    fn failed(&self) -> FailedRun<'_> {
        let error = match self.log.sentence() {
            Some(Line::FailedToConnect(error) | Line::FailedToReceive(error)) => error,
            _ => "",
        };
        FailedRun { target: &self.target, error }
    }
}

/// Returns the verdict on a run; `is_lab` says that its server is one of the lab.
pub(crate) fn view(run: &Run, is_lab: bool, page: PageContext<'_>, cache: &DetailsCache) -> View {
    match (&run.phase, run.waited_ms) {
        (RunPhase::Connected { exchange, .. }, waited)
            if exchange.state == ExchangeState::Awaiting =>
        {
            waited.map_or_else(View::quick, |ms| under_way(waiting(exchange), ms))
        }
        (RunPhase::Connected { exchange, .. }, _) => {
            let details = cache.details(run, exchange, &page.reader);
            Connected { run, exchange, details: &details, is_lab, page }.view()
        }
        (RunPhase::NotConnected(cause), _) => View {
            tone: Tone::Bad,
            sign: Some(Sign::NoConnection),
            sentence: Sentence::Program(sentence(run)),
            facts: not_connected(*cause, page, &run.target).into_iter().collect(),
            next_steps: page.remedies(*cause, &run.failed()),
            ..View::default()
        },
        (RunPhase::GivenUp, _) => View::waiting(Statement::GivenUp),
        (RunPhase::Connecting { .. }, waited) => {
            let connecting = Statement::Connecting { target: run.target.clone() };
            waited.map_or_else(View::quick, |ms| under_way(connecting, ms))
        }
    }
}

/// Returns why there was no connection, unless that is told under the field To, or by what is said of
/// TLS.
fn not_connected(cause: Cause, page: PageContext<'_>, target: &str) -> Option<Fact> {
    let is_told = cause == Cause::MALFORMED_TARGET || matches!(cause, Cause::Failed(Stage::Tls, _));
    (!is_told).then(|| Fact::Reason(Reason::Failed(page.cause(cause, target))))
}

fn under_way(statement: Statement, ms: f64) -> View {
    View {
        facts: vec![Fact::Waited(ms)],
        next_steps: vec![NextStep::StopRun],
        ..View::waiting(statement)
    }
}

fn waiting(exchange: &RunExchange) -> Statement {
    match exchange.expected_kind {
        ExpectedReplyKind::Anything => Statement::ReceivedSoFar(exchange.exchange.extra().1),
        ExpectedReplyKind::Same | ExpectedReplyKind::Bytes => {
            Statement::Waiting(Progress::of(exchange))
        }
    }
}

impl Progress {
    fn of(exchange: &RunExchange) -> Self {
        let exchange = &exchange.exchange;
        Self { received: exchange.reply().len(), expected: exchange.expected().len() }
    }
}

/// A run whose connection stood, and whose reply is awaited no longer.
struct Connected<'a> {
    run: &'a Run,
    exchange: &'a RunExchange,
    details: &'a Details,
    is_lab: bool,
    page: PageContext<'a>,
}

impl Connected<'_> {
    fn view(&self) -> View {
        match self.exchange.state {
            ExchangeState::CutShort(cause) => self.cut_short(cause),
            ExchangeState::Stopped(by) => self.stopped(by),
            ExchangeState::Received(cause) => self.received(cause),
            ExchangeState::Awaiting | ExchangeState::ReadingOn | ExchangeState::Replied => {
                self.replied()
            }
        }
    }

    /// Returns the view of a reply with as many bytes as expected.
    fn replied(&self) -> View {
        let length = self.exchange.exchange.expected().len();
        let (tone, sign, reason) = match (self.details.difference, self.expectation()) {
            (Some(difference), expectation) => {
                (Tone::Bad, Sign::Different, Reason::Different { expectation, difference })
            }
            (None, Expectation::Others) => (Tone::Good, Sign::Ok, Reason::AsExpected(length)),
            (None, Expectation::Sent) => (Tone::Good, Sign::Ok, Reason::Unchanged(length)),
        };
        let times = self.exchange.times();
        let (_, count) = self.exchange.exchange.extra();
        let extra = Extra { count, start: Rc::clone(&self.details.extra) };
        let (told, more) = self.told(reason);
        let facts = [Some(told), times.map(Fact::Times), (count > 0).then_some(Fact::Extra(extra))];
        let browser = times.filter(|times| times.tcp.is_some());
        let browser = browser.map(|times| Fact::BrowserTime(times.browser_ms));
        View {
            tone,
            sign: Some(sign),
            sentence: self.program(),
            facts: facts.into_iter().flatten().collect(),
            ..self.compared(more.into_iter().chain(browser).collect())
        }
    }

    /// Returns what is said first of the outcome, and what only on request: the diagnosis says more
    /// than the reason, where there is one.
    fn told(&self, reason: Reason) -> (Fact, Option<Fact>) {
        match self.diagnosis() {
            Some(diagnosis) => (diagnosis, Some(Fact::Reason(reason))),
            None => (Fact::Reason(reason), None),
        }
    }

    /// Returns the view of a connection that ended or failed before the reply was complete.
    fn cut_short(&self, cause: Cause) -> View {
        let is_told = self.details.diagnosis.as_ref().is_some_and(Diagnosis::explains_end);
        let reason = Reason::CutShort {
            cause: (!is_told).then(|| self.page.cause(cause, &self.run.target)),
            progress: Progress::of(self.exchange),
        };
        let (told, more) = self.told(reason);
        View {
            tone: Tone::Bad,
            sign: Some(Sign::Failed),
            sentence: self.program(),
            facts: vec![told],
            next_steps: self
                .tls_target()
                .into_iter()
                .chain(self.page.remedies(cause, &self.run.failed()))
                .collect(),
            ..self.compared(more.into_iter().collect())
        }
    }

    /// Returns the view of a run whose reply is awaited no longer.
    fn stopped(&self, by: StoppedBy) -> View {
        let reason = match by {
            StoppedBy::Limit => Reason::TimeLimit(REPLY_LIMIT_MS / 1_000),
            StoppedBy::User => Reason::StoppedByUser,
        };
        // Why a server of the lab is silent, the lab explains.
        let diagnosis = self.diagnosis().filter(|_| !self.is_lab);
        let statement = Statement::StillWaiting(Progress::of(self.exchange));
        let View { tone, sign, sentence, .. } = View::waiting(statement);
        View {
            tone,
            sign,
            sentence,
            facts: vec![Fact::Reason(reason)],
            ..self.compared(diagnosis.into_iter().collect())
        }
    }

    /// Returns the view of a run that accepted any reply. The tutorial's client has no sentence for
    /// it.
    fn received(&self, cause: Option<Cause>) -> View {
        let exchange = &self.exchange.exchange;
        let (bytes, count) = exchange.extra();
        let (tone, sign) = mark_of_received(cause.is_some(), count);
        let is_echo = count > 0 && bytes == exchange.sent();
        let reason = match cause {
            Some(cause) => Some(Reason::Failed(self.page.cause(cause, &self.run.target))),
            None => is_echo.then_some(Reason::Unchanged(bytes.len())),
        };
        let reply = &self.details.reply;
        let is_long = reply.cut_after.is_some() || reply.lines.len() > 1;
        let facts = [
            reason.map(Fact::Reason),
            self.diagnosis(),
            self.exchange.times().map(Fact::Times),
            Some(Fact::Reply(Rc::clone(reply))),
        ];
        View {
            tone,
            sign: Some(sign),
            sentence: Sentence::Page(Statement::Received(count)),
            facts: facts.into_iter().flatten().collect(),
            next_steps: self
                .tls_target()
                .into_iter()
                .chain(is_long.then_some(NextStep::ShowText))
                .collect(),
            why: Why { next_steps: self.in_terminal().into_iter().collect(), ..Why::default() },
            copy_menu: if self.is_lab { CopyMenu::Absent } else { CopyMenu::Closed },
            ..View::default()
        }
    }

    fn program(&self) -> Sentence {
        Sentence::Program(Rc::clone(&self.details.sentence))
    }

    fn diagnosis(&self) -> Option<Fact> {
        self.details.diagnosis.clone().map(Fact::Diagnosis)
    }

    fn expectation(&self) -> Expectation {
        match self.exchange.expected_kind {
            ExpectedReplyKind::Bytes => Expectation::Others,
            ExpectedReplyKind::Same | ExpectedReplyKind::Anything => Expectation::Sent,
        }
    }

    /// Returns what a view has besides its sentence: the bytes side by side, and what is shown on
    /// request, beginning with `facts`.
    fn compared(&self, facts: Vec<Fact>) -> View {
        let expectation = self.expectation();
        // Where a server speaks another protocol, its bytes tell nothing beside those of an echo.
        let speaks = self.remedy();
        let comparison = self.details.comparison.clone().filter(|_| speaks.is_none());
        let speak = speaks.map(|command| NextStep::Command {
            purpose: CommandPurpose::SpeakProtocol,
            command: command.into(),
        });
        View {
            bytes: comparison.map(|comparison| ComparedBytes { expectation, comparison }),
            next_steps: self.tls_target().into_iter().collect(),
            why: Why {
                facts,
                next_steps: speak.or_else(|| self.in_terminal()).into_iter().collect(),
                ..Why::default()
            },
            copy_menu: if self.is_lab { CopyMenu::Absent } else { CopyMenu::Closed },
            ..View::default()
        }
    }

    /// Returns the step that has TLS spoken with a server that wants it.
    fn tls_target(&self) -> Option<NextStep> {
        let wants_tls = Diagnosis::OtherProtocol(Protocol::Tls);
        self.details.diagnosis.as_ref().filter(|diagnosis| **diagnosis == wants_tls)?;
        let target = &self.run.target;
        let plain = TcpTarget::of(target).filter(|it| !it.is_tls);
        plain.map(|_| NextStep::SetTarget(format!("{TLS_PREFIX}{target}").into()))
    }

    /// Returns the command that speaks the server's protocol, if the diagnosis names one.
    fn remedy(&self) -> Option<String> {
        let diagnosis = self.details.diagnosis.as_ref()?;
        diagnosis.remedy(&self.page.reader.reach(&self.run.target)?)
    }

    /// Returns the command that does the same in a terminal, or starts the same server there.
    fn in_terminal(&self) -> Option<NextStep> {
        if self.is_lab {
            return Some(NextStep::LabServer);
        }
        let command = Rc::clone(self.details.command.as_ref()?);
        Some(NextStep::Command { purpose: CommandPurpose::DoTheSame, command })
    }
}
