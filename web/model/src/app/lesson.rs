//! The lesson, as the rest of the page works with it: it sets fields, and looks at what happened.

use echo_core::Line;
use echo_core::lines::TUTORIAL_MESSAGE;
use echo_core::wire::EchoServer;

use super::{Event, Model};
use crate::command::Command;
use crate::inspector::Tab;
use crate::lesson::{self, BROKEN, LessonEvent, Step, StepStatus, Tick};
use crate::modes::Mode;
use crate::modes::once::{ExchangeState, Run, StoppedBy};
use crate::setup::Setup;

/// Whether a step that is opened sets its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SetsFields {
    /// The user went to it.
    Always,
    /// A link named it: what the user typed stays.
    IfUntouched,
    /// A link named it and set the fields itself.
    Never,
}

impl Model {
    pub(super) fn on_lesson(&mut self, event: LessonEvent) -> Vec<Command<Event>> {
        match event {
            LessonEvent::Loaded { stored, system } => {
                self.lesson.restore(stored.as_deref(), system);
            }
            LessonEvent::Toggled if self.lesson.step.is_some() => self.lesson.step = None,
            LessonEvent::Toggled => {
                return self.enter(self.lesson.last_step(), SetsFields::Always);
            }
            LessonEvent::BarPressed => {
                let show = self.lesson.press_bar();
                return show.map(|show| show.map(Event::Lesson)).into_iter().collect();
            }
            LessonEvent::Chosen(step) => return self.go_to(step),
            LessonEvent::SetPressed(choice) => {
                let step = self.lesson.step.unwrap_or(Step::Server);
                let flash = self.set_fields(step.setup(choice)).into_iter().collect();
                return if step == Step::Break { flash } else { then_focus_title(flash) };
            }
            LessonEvent::RestorePressed => {
                let before = self.lesson.take_setup_before();
                let flash = before.and_then(|setup| self.set_fields(setup));
                self.lesson.forget_set();
                return then_focus_title(flash.into_iter().collect());
            }
            LessonEvent::SystemChosen(system) => {
                return vec![self.lesson.choose_system(system).map(Event::Lesson)];
            }
            LessonEvent::OwnServerWanted => {
                let Some(request) = self.lesson.request_release() else { return vec![] };
                return then_focus_title(vec![request.map(Event::Lesson)]);
            }
            LessonEvent::ReleaseAnswered(response) => {
                let latest = self.modes.last_id();
                if self.lesson.on_release(response.result.map(drop), latest) {
                    self.bridge_poll.request();
                }
            }
            LessonEvent::TickedByHand => {
                let ticked = self.lesson.tick_by_hand().map(|store| store.map(Event::Lesson));
                return then_focus_title(ticked.into_iter().collect());
            }
            LessonEvent::TerminalMissing(is_missing) => {
                let stored = self.lesson.set_without_terminal(is_missing).map(Event::Lesson);
                return then_focus_title(vec![stored]);
            }
        }
        vec![]
    }

    /// Opens the step of a link, or closes the lesson if the link names none. `is_set` says whether
    /// the link has set the fields itself.
    pub(super) fn on_lesson_link(
        &mut self,
        number: Option<u8>,
        is_set: bool,
    ) -> Vec<Command<Event>> {
        let sets = if is_set { SetsFields::Never } else { SetsFields::IfUntouched };
        let step = number.and_then(Step::of);
        match step {
            Some(step) if self.lesson.step != Some(step) => self.enter(step, sets),
            _ => {
                self.lesson.step = step;
                vec![]
            }
        }
    }

    /// Ticks the open step off if it is done by now.
    pub(super) fn check_lesson(&mut self) -> Vec<Command<Event>> {
        let mut commands = vec![];
        if let Some(step) = self.lesson.step {
            commands.extend(self.met_server().and_then(|server| self.lesson.record_met(server)));
            let is_seen = self.lesson.progress.tick(step) == Some(Tick::Seen);
            if !is_seen && self.is_step_done(step) {
                commands.push(self.lesson.complete(step, Tick::Seen));
            }
        }
        commands.into_iter().map(|command| command.map(Event::Lesson)).collect()
    }

    /// Returns what there is to say of a step.
    #[must_use]
    pub fn step_status(&self, step: Step) -> StepStatus {
        self.lesson.status(step, self.bridge.info())
    }

    /// Goes to a step, and puts the focus on its title.
    fn go_to(&mut self, step: Step) -> Vec<Command<Event>> {
        let mut commands = self.enter(step, SetsFields::Always);
        // The title of a folded guide is not shown, and does not take the focus from the bar.
        commands.push(lesson::focus_bar().map(Event::Lesson));
        commands = then_focus_title(commands);
        commands.extend(self.lesson.show_guide().map(|show| show.map(Event::Lesson)));
        commands
    }

    fn enter(&mut self, step: Step, sets: SetsFields) -> Vec<Command<Event>> {
        let setup = self.setup().as_link();
        let is_untouched = self.lesson.is_untouched(&setup);
        if sets != SetsFields::Never {
            self.lesson.keep_setup_before(&setup);
        }
        let store = self.lesson.open(step, self.modes.last_id());
        self.connection_log.open |= step == Step::Hello;
        let mut commands = vec![store.map(Event::Lesson)];
        if sets == SetsFields::Always || sets == SetsFields::IfUntouched && is_untouched {
            commands.extend(self.set_fields(step.setup(self.lesson.next_server())));
        }
        commands
    }

    /// Sets the fields, and has those that change flash.
    fn set_fields(&mut self, setup: Setup) -> Option<Command<Event>> {
        let before = self.setup().as_link();
        self.set_up(setup);
        let after = self.setup().as_link();
        self.lesson.record_setup(&before, after).map(Command::Dom)
    }

    fn is_step_done(&self, step: Step) -> bool {
        match step {
            Step::Server => self.has_echo_server(),
            Step::Hello => self.has_terminal_connected(),
            Step::Client => self.echoed_run().is_some_and(sent_tutorial_message),
            Step::Break => self.lesson.progress.broken_count() == BROKEN.len(),
            Step::Bytes => self.has_looked_at_bytes(),
            Step::Serve => {
                let opened_after = self.lesson.opened_after;
                self.server.part().is_some_and(|part| part.has_echoed_since(opened_after))
            }
        }
    }

    /// Returns the latest run, if it was started since the step was opened and is over.
    fn run_of_step(&self) -> Option<&Run> {
        let run = self.modes.run.as_ref()?;
        Some(run).filter(|run| run.id() > self.lesson.opened_after && !run.is_running())
    }

    /// Returns the latest run, if the echo server sent all of it back since the step was opened.
    fn echoed_run(&self) -> Option<&Run> {
        self.run_of_step().filter(|run| {
            run.target == self.echo_address
                && run.expected.is_none()
                && run.log.sentence() == Some(&Line::ReplyOk)
        })
    }

    /// Returns whether there is an echo server. That the bridge knows of one is enough, unless the
    /// learner is about to start one: then it must have answered.
    fn has_echo_server(&self) -> bool {
        let starts_one = self.lesson.release.is_under_way();
        match self.bridge.echo_server() {
            Some(EchoServer::Own) => !starts_one,
            Some(EchoServer::External) => !starts_one || self.echoed_run().is_some(),
            Some(EchoServer::Off) => self.echoed_run().is_some(),
            Some(EchoServer::Released) | None => false,
        }
    }

    /// Returns whether somebody connected to the echo server since the step was opened. The page's
    /// own connections are the bridge's, and never count.
    fn has_terminal_connected(&self) -> bool {
        let is_own = self.bridge.echo_server() == Some(EchoServer::Own);
        let known = self.lesson.newest_connection.filter(|_| is_own);
        known.is_some_and(|known| {
            self.connection_log.connections.iter().any(|it| !it.bridge && it.id > known)
        })
    }

    fn has_looked_at_bytes(&self) -> bool {
        self.inspector.tab == Tab::Bytes
            && self.modes.mode == Mode::Once
            && self.run_of_step().is_some_and(|run| run.exchange().is_some())
    }

    /// Returns the index of the server of [`Step::Break`] that the latest run has met, if it went to
    /// its end.
    fn met_server(&self) -> Option<usize> {
        let run = self.run_of_step()?;
        let stopped = ExchangeState::Stopped(StoppedBy::User);
        let went_to_its_end = run.exchange().is_some_and(|exchange| exchange.state != stopped);
        BROKEN.iter().position(|target| *target == run.target && went_to_its_end)
    }
}

fn sent_tutorial_message(run: &Run) -> bool {
    run.message.complete() == Some(TUTORIAL_MESSAGE)
}

fn then_focus_title(mut commands: Vec<Command<Event>>) -> Vec<Command<Event>> {
    commands.push(lesson::focus_title().map(Event::Lesson));
    commands
}
