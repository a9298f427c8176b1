//! The verdict on a load test.

use std::rc::Rc;

use echo_core::Line;

use super::context::PageContext;
use super::next_step::{FailureCount, FailureKind, NextStep};
use super::reason::Reason;
use super::statement::Statement;
use super::view::{Fact, Sentence, Sign, Tone, View};
use crate::cause::FailedRun;
use crate::connection::ConnectionId;
use crate::format;
use crate::memo::Memo;
use crate::modes::load::failure_counts::ExchangeError;
use crate::modes::load::{LoadTest, LoadTestEnd};
use crate::modes::once::REPLY_LIMIT_MS;

/// The texts of the failures of the latest load test, for as long as no new kind of failure comes.
#[derive(Debug, Default)]
pub(crate) struct FailureTexts(Memo<(ConnectionId, usize), Vec<FailureKind>>);

/// Returns the verdict on a load test.
pub(crate) fn view(test: &LoadTest, page: PageContext<'_>, texts: &FailureTexts) -> View {
    let failures = texts.counts(test);
    if test.is_running() { under_way(test, failures) } else { over(test, failures, page) }
}

fn under_way(test: &LoadTest, failures: Vec<FailureCount>) -> View {
    let planned_s = test.plan.exchanges.is_none().then_some(test.plan.max_seconds);
    let elapsed = Fact::LoadElapsed { elapsed_ms: test.elapsed(), planned_s };
    View {
        facts: medians(test).into_iter().chain([elapsed]).collect(),
        next_steps: listed(failures).into_iter().collect(),
        ..View::waiting(Statement::Exchanging { done: test.done(), planned: test.plan.exchanges })
    }
}

fn over(test: &LoadTest, failures: Vec<FailureCount>, page: PageContext<'_>) -> View {
    let target = &test.spec.address;
    let (tone, sign) = match (test.same, test.failures.total()) {
        (0, 0) => (Tone::Neutral, Sign::Waiting),
        (_, 0) => (Tone::Good, Sign::Ok),
        _ => (Tone::Bad, sign(test)),
    };
    let statement = Statement::of_exchanges(test.done(), test.same);
    let sentence = sole(test, &failures).unwrap_or(Sentence::Page(statement));
    let cause = test.cause_of_all();
    let failed = cause.map(|cause| Fact::Reason(Reason::Failed(page.cause(cause, target))));
    let end = Fact::LoadEnd { end: told_end(test), took: took(test) };
    let failed_run = FailedRun { target, error: error(test) };
    // Without a proof a server is connected to once, and not many times.
    let cause = cause.filter(|cause| !cause.is_unverified());
    let remedies = cause.map(|cause| page.remedies(cause, &failed_run)).unwrap_or_default();
    // What has no remedy is looked at in one exchange, whose verdict says more.
    let look = (!failures.is_empty() && remedies.is_empty()).then_some(NextStep::LookAtOne);
    View {
        tone,
        sign: Some(sign),
        sentence,
        facts: medians(test).into_iter().chain([end]).chain(failed).collect(),
        next_steps: listed(failures).into_iter().chain(remedies).chain(look).collect(),
        ..View::default()
    }
}

/// Returns the error of connections that were not made, if there is only one; else nothing.
fn error(test: &LoadTest) -> &str {
    match test.failures.kinds() {
        [(ExchangeError::Said(Line::FailedToConnect(error)), _)] => error,
        _ => "",
    }
}

/// Returns what the program says, if that is all there is: no reply came at all.
fn sole(test: &LoadTest, failures: &[FailureCount]) -> Option<Sentence> {
    match failures {
        [FailureCount { kind: FailureKind::Program(line), .. }] if test.replies() == 0 => {
            Some(Sentence::Program(Rc::clone(line)))
        }
        _ => None,
    }
}

/// Returns the sign of what went wrong, if it always was the same.
fn sign(test: &LoadTest) -> Sign {
    let all = |is_it: fn(&Line) -> bool| {
        let said = |kind: &ExchangeError| matches!(kind, ExchangeError::Said(line) if is_it(line));
        test.failures.kinds().iter().all(|(kind, _)| said(kind))
    };
    if all(|line| matches!(line, Line::Unexpected(_))) {
        Sign::Different
    } else if all(|line| matches!(line, Line::FailedToConnect(_))) {
        Sign::NoConnection
    } else {
        Sign::Failed
    }
}

fn medians(test: &LoadTest) -> Option<Fact> {
    let browser_us = test.browser.percentile(50)?;
    Some(Fact::Medians { tcp_us: test.tcp.percentile(50), browser_us })
}

/// Returns what ended the test, if that is worth saying.
fn told_end(test: &LoadTest) -> Option<LoadTestEnd> {
    test.end.filter(|end| match end {
        LoadTestEnd::Stopped | LoadTestEnd::NoneLeft => true,
        // A test for a time ends by the clock, as it was told to.
        LoadTestEnd::TimeUp => test.plan.exchanges.is_some(),
        LoadTestEnd::Done => false,
    })
}

fn took(test: &LoadTest) -> Option<(f64, u64)> {
    (test.replies() > 0).then(|| (test.elapsed(), test.rate()))
}

fn listed(failures: Vec<FailureCount>) -> Option<NextStep> {
    (!failures.is_empty()).then_some(NextStep::Failures(failures))
}

impl FailureTexts {
    fn counts(&self, test: &LoadTest) -> Vec<FailureCount> {
        let kinds = test.failures.kinds();
        let texts = self.0.get((test.id, kinds.len()), || {
            kinds.iter().map(|(error, _)| FailureKind::of(error)).collect()
        });
        let told = texts.iter().zip(kinds);
        let mut counts: Vec<_> = told
            .map(|(kind, (_, count))| FailureCount { count: *count, kind: kind.clone() })
            .collect();
        let others = test.failures.others();
        if others > 0 {
            counts.push(FailureCount { count: others, kind: FailureKind::Other });
        }
        counts
    }
}

impl FailureKind {
    fn of(error: &ExchangeError) -> Self {
        match error {
            ExchangeError::Said(line) => Self::Program(format::abridged(line).into()),
            ExchangeError::Overdue => Self::Overdue(REPLY_LIMIT_MS / 1_000),
        }
    }
}
