//! What the views show: a run, or a connection that stays.

use super::compare::Compared;
use crate::connection_trace::ConnectionTrace;
use crate::modes::interactive::InteractiveState;
use crate::modes::{Mode, Modes};
use crate::run::{Phase, Run, RunId};
use crate::transcript::Transcript;
use echo_core::wire::Address;

/// The record of a connection, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionRecord<'a> {
    /// Which session it is of.
    pub id: RunId,
    /// What happened.
    pub log: &'a Transcript,
    /// What was told of its TCP connection.
    pub wire: &'a ConnectionTrace,
    /// To whom.
    pub target: &'a str,
    /// The target's end of the connection, while it is known.
    pub peer: Option<&'a Address>,
    is_running: bool,
    run: Option<&'a Run>,
}

impl<'a> ConnectionRecord<'a> {
    /// The latest of the way that is chosen; a repetition leaves none.
    #[must_use]
    pub fn latest(modes: &'a Modes, run: Option<&'a Run>) -> Option<Self> {
        match modes.mode {
            Mode::Once => run.map(Self::of_run),
            Mode::Interactive => modes.stay.as_ref().map(|stay| {
                let peer = match &stay.state {
                    InteractiveState::Connected { peer, .. } => Some(peer),
                    _ => None,
                };
                Self {
                    id: stay.id,
                    log: &stay.log,
                    wire: &stay.wire,
                    target: &stay.target,
                    peer,
                    is_running: stay.is_open(),
                    run: None,
                }
            }),
            Mode::Load => None,
        }
    }

    /// That of a run.
    #[must_use]
    pub fn of_run(run: &'a Run) -> Self {
        let peer = match &run.phase {
            Phase::Connected(talk) => Some(&talk.peer),
            _ => None,
        };
        Self {
            id: run.id,
            log: &run.log,
            wire: &run.wire,
            target: &run.target,
            peer,
            is_running: run.is_running(),
            run: Some(run),
        }
    }

    /// Whether anything may still happen.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.is_running
    }

    /// What the reply is compared with; on a connection that stays, nothing is.
    #[must_use]
    pub fn compared(&self) -> Option<Compared<'a>> {
        self.run.and_then(Run::compared)
    }
}
