//! How the lesson goes on.

use super::Lesson;
use super::event::{LessonEffect, LessonEvent, WorkbenchField};
use super::progress::Progress;
use super::release::{PortRelease, ReleaseError};
use super::step::Step;
use crate::Model;
use crate::effect::Effect;
use crate::link::Setup;
use crate::run::RunId;

/// Whether a step that is opened sets its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sets {
    /// Somebody went to it.
    Always,
    /// A link named it: what was typed stays.
    Untouched,
    /// A link named it and set the fields itself.
    Never,
}

impl Model {
    /// Takes in what happened to the lesson.
    pub fn on_lesson(&mut self, event: LessonEvent) -> Vec<Effect> {
        match event {
            LessonEvent::Remembered { kept, system } => {
                self.lesson.progress = Progress::read(&kept.unwrap_or_default());
                self.lesson.platform = system;
            }
            LessonEvent::Toggled if self.lesson.step.is_some() => self.lesson.step = None,
            LessonEvent::Toggled => {
                let last = Step::of(self.lesson.progress.last).unwrap_or(Step::Server);
                self.lesson.unfolded = true;
                return self.enter(last, Sets::Always);
            }
            LessonEvent::BarPressed => self.lesson.unfolded = !self.lesson.unfolded,
            LessonEvent::Chosen(step) => return focus(self.enter(step, Sets::Always)),
            LessonEvent::SetPressed(choice) => {
                let step = self.lesson.step.unwrap_or(Step::Server);
                let flash = self.set_fields(step.setup(choice)).into_iter().collect();
                return if step == Step::Break { flash } else { focus(flash) };
            }
            LessonEvent::RestorePressed => {
                let own = self.lesson.own.take();
                return focus(own.and_then(|own| self.set_fields(own)).into_iter().collect());
            }
            LessonEvent::SystemChosen(system) => {
                self.lesson.progress.system = Some(system);
                return vec![self.lesson.keep()];
            }
            LessonEvent::OwnServerWanted if self.lesson.release == PortRelease::Asked => {}
            LessonEvent::OwnServerWanted => {
                self.lesson.release = PortRelease::Asked;
                return focus(vec![Effect::Lesson(LessonEffect::ReleasePort)]);
            }
            LessonEvent::ReleaseAnswered(answer) => return self.on_aside(answer),
            LessonEvent::LookDue { visible } => return self.lesson.look(visible),
            LessonEvent::SawHello => return focus(vec![self.lesson.tick(Step::Hello, true)]),
        }
        vec![]
    }

    fn on_aside(&mut self, answer: Result<(), ReleaseError>) -> Vec<Effect> {
        match answer {
            Ok(()) => {
                self.lesson.make_room(self.next_run);
                vec![Effect::FetchInfo]
            }
            Err(why) => {
                self.lesson.release = PortRelease::Refused(why);
                vec![]
            }
        }
    }

    /// The address names a step, or none; `is_set` where it has set the fields itself.
    pub(crate) fn on_lesson_link(&mut self, number: Option<u8>, is_set: bool) -> Vec<Effect> {
        let sets = if is_set { Sets::Never } else { Sets::Untouched };
        let step = number.and_then(Step::of);
        match step {
            Some(step) if self.lesson.step != Some(step) => self.enter(step, sets),
            _ => {
                self.lesson.step = step;
                vec![]
            }
        }
    }

    fn enter(&mut self, step: Step, sets: Sets) -> Vec<Effect> {
        let setup = self.setup();
        let is_untouched = self.lesson.is_untouched(&setup);
        if self.lesson.step.is_none() && !is_untouched && sets != Sets::Never {
            self.lesson.own = Some(setup);
        }
        let keep = self.lesson.open(step, self.next_run);
        self.connection_log.open |= step == Step::Hello;
        let mut effects = vec![Effect::FetchInfo, keep];
        if sets == Sets::Always || sets == Sets::Untouched && is_untouched {
            let first = |it: &Lesson| (0..3).find(|&server| !it.progress.has_met(server));
            effects.extend(self.set_fields(step.setup(first(&self.lesson).unwrap_or(0))));
        }
        effects
    }

    /// Sets fields, and lets those stand out that are not as they were.
    fn set_fields(&mut self, setup: Setup) -> Option<Effect> {
        let was = self.setup();
        self.set_up(setup);
        let is = self.setup();
        let changed = [
            (was.to != is.to, WorkbenchField::To),
            (was.how != is.how, WorkbenchField::Modes),
            (was.message != is.message || was.mode != is.mode, WorkbenchField::Message),
            (was.ending != is.ending, WorkbenchField::LineEnding),
        ];
        self.lesson.set = Some(is);
        let places: Vec<_> =
            changed.into_iter().filter_map(|(changed, place)| changed.then_some(place)).collect();
        (!places.is_empty()).then_some(Effect::Lesson(LessonEffect::Flash(places)))
    }
}

/// The button that was pressed goes away, perhaps, and the focus must not go with it.
fn focus(mut effects: Vec<Effect>) -> Vec<Effect> {
    effects.push(Effect::Lesson(LessonEffect::FocusTitle));
    effects
}

impl Lesson {
    fn open(&mut self, step: Step, latest: RunId) -> Effect {
        (self.step, self.since, self.heard) = (Some(step), latest, None);
        if step != Step::Server && !self.release.is_under_way() {
            self.release = PortRelease::No;
        }
        self.progress.last = step.number();
        self.keep()
    }

    /// The port is free: the step is done when the learner's own server has answered.
    fn make_room(&mut self, latest: RunId) {
        (self.release, self.since) = (PortRelease::Free, latest);
        self.progress.done &= !Step::Server.bit();
    }

    pub(super) fn tick(&mut self, step: Step, by_hand: bool) -> Effect {
        self.progress.done |= step.bit();
        if by_hand {
            self.progress.by_hand |= step.bit();
        }
        self.keep()
    }

    pub(super) fn keep(&self) -> Effect {
        Effect::Lesson(LessonEffect::Keep(self.progress.write()))
    }
}
