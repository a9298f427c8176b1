//! The verdict on a connection of the interactive mode.

use echo_core::wire::Stage;

use super::context::PageContext;
use super::next_step::NextStep;
use super::reason::Reason;
use super::statement::Statement;
use super::view::{Fact, Sentence, Sign, Tone, Turn, View};
use crate::cause::{Cause, FailedRun};
use crate::modes::conversation::{ConversationEnd, ConversationState, WriteHalf};
use crate::modes::interactive::Interactive;
use crate::modes::once::SLOW_MS;
use crate::transcript::Direction;

/// Returns the verdict on a connection.
pub(crate) fn view(connection: &Interactive, page: PageContext<'_>) -> View {
    match &connection.conversation.state {
        ConversationState::Connecting => connecting(connection),
        ConversationState::Connected { write_half, peer_closed, .. } => {
            connected(connection, *write_half, *peer_closed)
        }
        ConversationState::Over(end) => over(connection, end, page),
    }
}

fn connecting(connection: &Interactive) -> View {
    if connection.waited_ms < f64::from(SLOW_MS) {
        return View::quick();
    }
    View {
        facts: vec![Fact::Waited(connection.waited_ms)],
        next_steps: vec![NextStep::GiveUpConnecting],
        ..View::waiting(Statement::Connecting { target: connection.target.clone() })
    }
}

fn connected(connection: &Interactive, write_half: WriteHalf, peer_closed: bool) -> View {
    let target = connection.target.clone();
    let queued = connection.conversation.waiting_bytes();
    let turn = Fact::Turn(turn(connection, write_half, peer_closed));
    View {
        tone: Tone::Good,
        sign: Some(Sign::Ok),
        sentence: Sentence::Page(Statement::Connected { target }),
        facts: [turn].into_iter().chain((queued > 0).then_some(Fact::Queued(queued))).collect(),
        next_steps: vec![NextStep::EndConnection { can_finish: write_half == WriteHalf::Open }],
        ..View::default()
    }
}

fn turn(connection: &Interactive, write_half: WriteHalf, peer_closed: bool) -> Turn {
    let moved = Direction::BOTH.map(|direction| connection.conversation.log.bytes(direction).end());
    match write_half {
        WriteHalf::Resetting => Turn::Resetting,
        WriteHalf::Finishing => Turn::Finishing,
        WriteHalf::Finished => Turn::Server,
        WriteHalf::Open if peer_closed => Turn::Page,
        WriteHalf::Open if moved == [0, 0] => Turn::NobodyHasSent,
        WriteHalf::Open => Turn::Both,
    }
}

fn over(connection: &Interactive, end: &ConversationEnd, page: PageContext<'_>) -> View {
    match end {
        ConversationEnd::NotConnected(error, cause) => {
            let statement = Statement::NotConnected { error: error.clone() };
            let failed_run = FailedRun { target: &connection.target, error };
            failed(connection, Sign::NoConnection, statement, (*cause, &failed_run), page)
        }
        ConversationEnd::Broken(error, cause) => {
            let statement = Statement::Broken { error: error.clone() };
            let failed_run = FailedRun { target: &connection.target, error };
            failed(connection, Sign::Failed, statement, (*cause, &failed_run), page)
        }
        ConversationEnd::GivenUp => ended(connection, Statement::GivenUp, None),
        ConversationEnd::Finished => {
            ended(connection, Statement::Finished, Some(Reason::BothFinished))
        }
        ConversationEnd::Reset => ended(connection, Statement::Reset, Some(Reason::ResetByUser)),
        ConversationEnd::Disconnected => {
            ended(connection, Statement::Disconnected, Some(Reason::ClosedByUser))
        }
    }
}

fn ended(connection: &Interactive, statement: Statement, reason: Option<Reason>) -> View {
    View {
        tone: Tone::Neutral,
        sign: Some(Sign::NoConnection),
        sentence: Sentence::Page(statement),
        facts: vec![Fact::End { reason, unsent: connection.conversation.waiting_bytes() }],
        next_steps: vec![NextStep::ConnectAgain],
        ..View::default()
    }
}

fn failed(
    connection: &Interactive,
    sign: Sign,
    statement: Statement,
    (cause, failed_run): (Cause, &FailedRun<'_>),
    page: PageContext<'_>,
) -> View {
    // Why TLS failed is told beside the certificates.
    let is_told = matches!(cause, Cause::Failed(Stage::Tls, _));
    let reason = (!is_told).then(|| Reason::Failed(page.cause(cause, failed_run.target)));
    let ended = ended(connection, statement, reason);
    let mut next_steps = page.remedies(cause, failed_run);
    next_steps.extend(ended.next_steps);
    View { tone: Tone::Bad, sign: Some(sign), next_steps, ..ended }
}
