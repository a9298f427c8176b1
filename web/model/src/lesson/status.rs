//! The status of a step.

use echo_core::wire::{EchoLog, EchoServer, Info};

use super::Lesson;
use super::progress::Tick;
use super::step::Step;
use crate::release::{PortRelease, ReleaseError};

/// The status of a step: what has happened, or what is still to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepStatus {
    /// The step is not done.
    When(Step),
    /// The step is done.
    Done(Step),
    /// The learner ticked the step by hand.
    ByHand(Step),
    /// Runs to this many of the servers of [`Step::Break`] were completed.
    Met(usize),
    /// The bridge runs its own echo server.
    Own,
    /// Another program listens on the echo server's port, and the bridge did not release it for that.
    External,
    /// The bridge was asked to release its port.
    Asking,
    /// The bridge refused to release its port.
    Refused(ReleaseError),
    /// The bridge released its port, and no program listens there.
    Free,
    /// Another program listens on the port that the bridge released.
    Taken,
    /// The bridge took its port back.
    Over,
    /// The page cannot observe connections to the echo server: it is not the bridge's own, or the
    /// bridge does not tell of them.
    Unseen,
    /// The step wants a terminal, and the learner has none.
    WithoutTerminal,
    /// The bridge does not answer.
    NoBridge,
}

impl Lesson {
    /// Returns what there is to say of a step; `bridge` is what the bridge says of itself, if it is
    /// there.
    #[must_use]
    pub fn status(&self, step: Step, bridge: Option<&Info>) -> StepStatus {
        let Some(&Info { echo, echo_log, .. }) = bridge else { return StepStatus::NoBridge };
        let progress = &self.progress;
        let tick = progress.tick(step);
        match (step, tick.is_some()) {
            (_, true) if tick == Some(Tick::ByHand) => StepStatus::ByHand(step),
            (Step::Server, done) => self.server_status(echo, done),
            (_, true) => StepStatus::Done(step),
            (Step::Break, false) if progress.broken_count() > 0 => {
                StepStatus::Met(progress.broken_count())
            }
            (Step::Hello, false) if echo == EchoServer::Released => StepStatus::Free,
            (Step::Hello | Step::Serve, false) if progress.is_without_terminal => {
                StepStatus::WithoutTerminal
            }
            (Step::Hello, false) if echo != EchoServer::Own || echo_log == EchoLog::Off => {
                StepStatus::Unseen
            }
            (_, false) => StepStatus::When(step),
        }
    }

    fn server_status(&self, echo: EchoServer, done: bool) -> StepStatus {
        match (self.release, echo) {
            (PortRelease::Asked, _) => StepStatus::Asking,
            (PortRelease::Free, _) => StepStatus::Free,
            (PortRelease::Taken, _) if done => StepStatus::Done(Step::Server),
            (PortRelease::Taken, _) => StepStatus::Taken,
            (PortRelease::Refused(why), _) => StepStatus::Refused(why),
            (PortRelease::Over, EchoServer::Own) => StepStatus::Over,
            (_, EchoServer::Own) => StepStatus::Own,
            (_, EchoServer::External) => StepStatus::External,
            (_, EchoServer::Released) => StepStatus::Free,
            (_, EchoServer::Off) if done => StepStatus::Done(Step::Server),
            (_, EchoServer::Off) if self.progress.is_without_terminal => {
                StepStatus::WithoutTerminal
            }
            (_, EchoServer::Off) => StepStatus::When(Step::Server),
        }
    }
}
