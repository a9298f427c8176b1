//! What the lesson looks at: whether a step is done by now, and what it waits for.

use echo_core::wire::EchoServer;

use super::event::LessonEffect;
use super::release::PortRelease;
use super::step::Step;
use super::{EchoPoll, Lesson};
use crate::effect::Effect;
use crate::{Model, connection_log};

impl Model {
    /// After every event: ticks the step if it is done by now, and looks on if it waits.
    pub(crate) fn check_lesson(&mut self) -> Vec<Effect> {
        let mut effects = vec![];
        if let Some(step) = self.lesson.step {
            let met = self.met().filter(|_| step == Step::Break);
            let met = met.filter(|&server| !self.lesson.progress.has_met(server));
            if let Some(server) = met {
                self.lesson.progress.broken |= 1 << server;
                effects.push(self.lesson.keep());
            }
            if !self.lesson.progress.is_done(step) && step.is_done(self) {
                effects.push(self.lesson.tick(step, false));
            }
        }
        if self.lesson.look == EchoPoll::No && self.waits_for_echo_server() {
            self.lesson.look = EchoPoll::Due;
            effects.push(Effect::Lesson(LessonEffect::LookLater));
        }
        effects
    }

    /// Whether another echo server may come at any moment, or go, so that the bridge takes its port
    /// back. A port that is free is so for two minutes; what listens there matters to two steps.
    fn waits_for_echo_server(&self) -> bool {
        let is_free = self.bridge.info().is_some_and(|info| info.echo == EchoServer::Released);
        let matters = matches!(self.lesson.step, Some(Step::Server | Step::Hello));
        is_free || matters && matches!(self.lesson.release, PortRelease::Free | PortRelease::Taken)
    }

    /// The bridge said what its echo server is, or did not.
    pub(crate) fn tell_lesson_of_bridge(&mut self) {
        if self.lesson.look == EchoPoll::Asked {
            self.lesson.look = EchoPoll::No;
        }
        if let Some(info) = self.bridge.info() {
            self.lesson.release.learn(info.echo);
        }
    }

    /// Who is connected to the echo server has been told.
    pub(crate) fn tell_lesson_of_connections(&mut self) {
        self.lesson.hear(connection_log::newest(&self.connection_log.connections));
    }

    /// Whether the lesson wants to know who is connected to the echo server.
    #[must_use]
    pub fn listens_for_terminals(&self) -> bool {
        self.lesson.step == Some(Step::Hello) && !self.lesson.progress.is_done(Step::Hello)
    }
}

impl Lesson {
    pub(super) fn look(&mut self, visible: bool) -> Vec<Effect> {
        self.look = if visible { EchoPoll::Asked } else { EchoPoll::Due };
        vec![if visible { Effect::FetchInfo } else { Effect::Lesson(LessonEffect::LookLater) }]
    }

    /// What was there when the step was opened does not count; a bridge that counts from 1 again
    /// is a new one.
    fn hear(&mut self, newest: u64) {
        self.heard = match self.heard {
            Some(heard) if newest < heard => Some(0),
            Some(heard) => Some(heard),
            None => Some(newest),
        };
    }
}
