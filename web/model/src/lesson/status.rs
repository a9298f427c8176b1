//! What there is to say of a step.

use echo_core::wire::EchoServer;

use super::Lesson;
use super::release::{PortRelease, ReleaseError};
use super::step::Step;

/// What there is to say of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepStatus {
    /// It is done when this has happened.
    When(Step),
    /// It is done: this has happened.
    Done(Step),
    /// It is done, as the learner says.
    ByHand,
    /// So many of the servers of [`Step::Break`] have been met.
    Met(usize),
    /// The bridge's own echo server runs.
    Own,
    /// Another echo server was there already.
    External,
    /// The bridge is asked to give its port free.
    Asking,
    /// It would not.
    Refused(ReleaseError),
    /// The port is free.
    Free,
    /// Something listens there.
    Taken,
    /// The bridge has its port again, and nobody answered.
    Over,
    /// The page cannot see who connects.
    Unseen,
    /// There is no bridge.
    NoBridge,
}

impl Lesson {
    /// Returns what there is to say of a step; `echo` is what the bridge says of its echo server.
    #[must_use]
    pub fn status(&self, step: Step, echo: Option<EchoServer>) -> StepStatus {
        let Some(echo) = echo else { return StepStatus::NoBridge };
        let progress = &self.progress;
        match (step, progress.is_done(step)) {
            (Step::Server, done) => self.server_status(echo, done),
            (_, true) if progress.is_by_hand(step) => StepStatus::ByHand,
            (_, true) => StepStatus::Done(step),
            (Step::Break, false) if progress.broken_count() > 0 => {
                StepStatus::Met(progress.broken_count())
            }
            (Step::Hello, false) if echo == EchoServer::Released => StepStatus::Free,
            (Step::Hello, false) if echo != EchoServer::Own => StepStatus::Unseen,
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
            (_, EchoServer::Off) => StepStatus::When(Step::Server),
        }
    }
}
