//! What there is to say of a step.

use echo_core::wire::EchoServer;

use super::aside::{Aside, Refusal};
use super::step::Step;
use crate::Model;

/// What there is to say of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
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
    Refused(Refusal),
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

impl Model {
    /// What there is to say of a step.
    #[must_use]
    pub fn said(&self, step: Step) -> Said {
        let Some(echo) = self.bridge.info().map(|info| info.echo) else { return Said::NoBridge };
        let progress = &self.lesson.progress;
        match (step, progress.is_done(step)) {
            (Step::Server, done) => self.said_of_server(echo, done),
            (_, true) if progress.is_by_hand(step) => Said::ByHand,
            (_, true) => Said::Done(step),
            (Step::Break, false) if progress.broken_count() > 0 => {
                Said::Met(progress.broken_count())
            }
            (Step::Hello, false) if echo == EchoServer::Released => Said::Free,
            (Step::Hello, false) if echo != EchoServer::Own => Said::Unseen,
            (_, false) => Said::When(step),
        }
    }

    fn said_of_server(&self, echo: EchoServer, done: bool) -> Said {
        match (self.lesson.aside, echo) {
            (Aside::Asked, _) => Said::Asking,
            (Aside::Free, _) => Said::Free,
            (Aside::Taken, _) if done => Said::Done(Step::Server),
            (Aside::Taken, _) => Said::Taken,
            (Aside::Refused(why), _) => Said::Refused(why),
            (Aside::Over, EchoServer::Own) => Said::Over,
            (_, EchoServer::Own) => Said::Own,
            (_, EchoServer::External) => Said::External,
            (_, EchoServer::Released) => Said::Free,
            (_, EchoServer::Off) if done => Said::Done(Step::Server),
            (_, EchoServer::Off) => Said::When(Step::Server),
        }
    }
}
