//! The lesson for a learner who has no terminal.

use super::*;
use crate::lesson::{Tick, Tone};

impl Page {
    /// A page whose lesson is open at this step, with a learner who has no terminal.
    fn without_terminal(step: Step) -> Self {
        let mut page = Self::at_step(step);
        page.lesson(LessonEvent::TerminalMissing(true));
        page
    }

    fn can_tick_by_hand(&self) -> bool {
        self.model.lesson_view().unwrap().status.can_tick_by_hand
    }

    fn tone(&self) -> Tone {
        self.model.lesson_view().unwrap().status.tone
    }
}

#[test]
fn who_has_no_terminal_can_finish_the_lesson() {
    let mut page = Page::without_terminal(Step::Server);
    assert!(page.is_done(Step::Server) && !page.can_tick_by_hand(), "the bridge runs a server");
    page.lesson(LessonEvent::Chosen(Step::Hello));
    page.run_it_staying();
    assert_eq!(page.model.step_status(Step::Hello), StepStatus::WithoutTerminal);
    page.lesson(LessonEvent::TickedByHand);
    let id = page.model.modes.interactive.as_ref().unwrap().id();
    page.receive_on(id, ConnectionEvent::Closed { code: 1000, reason: String::new() });
    page.lesson(LessonEvent::Chosen(Step::Client));
    page.run_it();
    page.lesson(LessonEvent::Chosen(Step::Break));
    for server in 0..BROKEN.len() {
        page.lesson(LessonEvent::SetPressed(server));
        page.begin_run();
        page.close(1000);
    }
    page.lesson(LessonEvent::Chosen(Step::Bytes));
    page.run_it();
    page.on(Event::Inspector(InspectorEvent::TabChosen(Tab::Bytes)));
    let view = page.model.lesson_view().unwrap();
    assert!(!view.status.is_lesson_finished);
    page.lesson(LessonEvent::Chosen(Step::Serve));
    page.lesson(LessonEvent::TickedByHand);
    let view = page.model.lesson_view().unwrap();
    assert!(view.status.is_lesson_finished);
    let seen = Some(Tick::Seen);
    let by_hand = Some(Tick::ByHand);
    assert_eq!(view.ticks, [seen, by_hand, seen, seen, seen, by_hand]);
}

#[test]
fn a_step_is_ticked_by_hand_only_where_it_wants_a_terminal_that_is_missing() {
    for step in Step::ALL {
        let mut page = Page::at_step(step);
        page.learn_echo(EchoServer::Own);
        assert!(!page.can_tick_by_hand(), "{step:?} with a terminal");
        page.lesson(LessonEvent::TerminalMissing(true));
        let is_unseen = matches!(step, Step::Hello | Step::Serve);
        assert_eq!(page.can_tick_by_hand(), is_unseen, "{step:?} without one");
        page.lesson(LessonEvent::TerminalMissing(false));
        assert!(!page.can_tick_by_hand(), "{step:?} with a terminal after all");
    }
}

#[test]
fn without_an_echo_server_and_a_terminal_the_first_step_is_ticked_by_hand() {
    let mut page = Page::new();
    page.learn_echo(EchoServer::Off);
    page.lesson(LessonEvent::Chosen(Step::Server));
    assert!(!page.can_tick_by_hand());
    page.lesson(LessonEvent::TerminalMissing(true));
    assert_eq!(page.model.step_status(Step::Server), StepStatus::WithoutTerminal);
    assert!(page.can_tick_by_hand());
    page.lesson(LessonEvent::TickedByHand);
    assert_eq!(page.model.step_status(Step::Server), StepStatus::ByHand(Step::Server));
}

#[test]
fn a_step_that_was_ticked_by_hand_is_not_shown_as_one_that_checked_itself_until_it_has() {
    let mut page = Page::new();
    page.learn_echo(EchoServer::Off);
    page.lesson(LessonEvent::Chosen(Step::Server));
    page.lesson(LessonEvent::TerminalMissing(true));
    page.lesson(LessonEvent::TickedByHand);
    assert_eq!((page.tone(), page.can_tick_by_hand()), (Tone::ByHand, false));
    page.run_it();
    assert_eq!(page.model.lesson.progress.tick(Step::Server), Some(Tick::Seen));
    assert_eq!(page.tone(), Tone::Done);
}

#[test]
fn what_the_page_has_seen_is_not_ticked_by_hand() {
    let mut page = Page::without_terminal(Step::Client);
    page.run_it();
    page.lesson(LessonEvent::TickedByHand);
    assert_eq!(page.model.lesson.progress.tick(Step::Client), Some(Tick::Seen));
}

#[test]
fn a_port_that_the_bridge_releases_takes_back_the_tick_by_hand() {
    let mut page = Page::at_step(Step::Server);
    page.lesson(LessonEvent::TerminalMissing(true));
    page.lesson(LessonEvent::OwnServerWanted);
    page.learn_echo(EchoServer::Off);
    page.lesson(LessonEvent::TickedByHand);
    page.release(Ok(vec![]));
    assert_eq!(page.model.lesson.progress.tick(Step::Server), None);
}

#[test]
fn that_there_is_no_terminal_and_what_was_ticked_by_hand_is_kept() {
    let mut page = Page::without_terminal(Step::Hello);
    page.lesson(LessonEvent::TickedByHand);
    let stored = page.kept_progress();
    let mut later = Page::new();
    later.lesson(LessonEvent::Loaded { stored, system: System::Linux });
    assert_eq!(later.model.lesson.progress, page.model.lesson.progress);
    later.lesson(LessonEvent::Toggled);
    let view = later.model.lesson_view().unwrap();
    assert!(view.is_without_terminal);
    assert_eq!(view.tick(Step::Hello), Some(Tick::ByHand));
}

#[test]
fn a_bridge_that_is_gone_is_nothing_to_tick_by_hand() {
    let mut page = Page::without_terminal(Step::Hello);
    page.on_bridge_info(Err(BridgeError::NotThere));
    assert!(!page.can_tick_by_hand());
}
