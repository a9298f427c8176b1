//! What the views show: a run, or a connection that stays.

use super::compare::Compared;
use crate::how::stay::State;
use crate::how::{How, Way};
use crate::run::{Phase, Run, RunId};
use crate::transcript::Transcript;
use crate::wire::Wire;
use echo_core::wire::Address;

/// The record of a connection, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// Which session it is of.
    pub id: RunId,
    /// What happened.
    pub log: &'a Transcript,
    /// What was told of its TCP connection.
    pub wire: &'a Wire,
    /// To whom.
    pub target: &'a str,
    /// The target's end of the connection, while it is known.
    pub peer: Option<&'a Address>,
    is_running: bool,
    run: Option<&'a Run>,
}

impl<'a> Record<'a> {
    /// The latest of the way that is chosen; a repetition leaves none.
    #[must_use]
    pub fn latest(how: &'a How, run: Option<&'a Run>) -> Option<Self> {
        match how.way {
            Way::Once => run.map(Self::of_run),
            Way::Stay => how.stay.as_ref().map(|stay| {
                let peer = match &stay.state {
                    State::Connected { peer, .. } => Some(peer),
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
            Way::Repeat => None,
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
