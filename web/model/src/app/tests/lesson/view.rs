//! What the guide of the lesson shows.

use super::*;
use crate::copy::CopyState;
use crate::lesson::code::{CODE, LineState};
use crate::lesson::{FieldsLock, ServerView, Tone, View};

impl Page {
    fn guide(&self) -> View {
        self.model.lesson_view().unwrap()
    }

    /// The client's actions whose lines are in this state.
    fn actions(&self, state: LineState) -> Vec<ClientAction> {
        let program = self.guide().program.unwrap();
        let mut actions: Vec<_> = CODE
            .iter()
            .zip(program.lines)
            .filter_map(|(line, of_line)| (of_line == state).then_some(line.action))
            .collect();
        actions.dedup();
        actions
    }
}

#[test]
fn the_guide_is_shown_while_the_lesson_is_open() {
    let mut page = Page::with_bridge();
    assert_eq!(page.model.lesson_view(), None);
    page.lesson(LessonEvent::Toggled);
    assert_eq!(page.guide().step, Step::Server);
    page.lesson(LessonEvent::Toggled);
    assert_eq!(page.model.lesson_view(), None);
}

#[test]
fn each_step_shows_what_belongs_to_it() {
    for step in Step::ALL {
        let view = Page::at_step(step).guide();
        assert_eq!(view.servers.is_some(), step == Step::Break, "{step:?}");
        assert_eq!(view.program.is_some(), step == Step::Client, "{step:?}");
        assert_eq!(view.terminal.can_use_own_server, step == Step::Server, "{step:?}");
    }
}

#[test]
fn the_chosen_server_and_those_that_were_met_are_marked() {
    let mut page = Page::at_step(Step::Break);
    page.begin_run();
    page.close(1000);
    page.lesson(LessonEvent::SetPressed(1));
    let servers = page.guide().servers.unwrap();
    let server = |target, is_chosen, is_met| ServerView { target, is_chosen, is_met };
    assert_eq!(
        servers,
        [
            server(BROKEN[0], false, true),
            server(BROKEN[1], true, false),
            server(BROKEN[2], false, false),
        ]
    );
    let command = |page: &Page| page.guide().terminal.command.unwrap().text;
    assert!(command(&page).contains("--fault upper "), "{}", command(&page));
    page.on(Event::ToTyped(format!(" {} ", BROKEN[2])));
    assert!(page.guide().servers.unwrap()[2].is_chosen);
    assert!(command(&page).contains("--fault late-fin "), "{}", command(&page));
}

#[test]
fn fields_that_are_as_the_step_sets_them_need_not_be_set() {
    let mut page = Page::at_step(Step::Client);
    assert!(!page.guide().fields.can_set);
    page.type_message("mine");
    assert!(page.guide().fields.can_set);
    page.lesson(LessonEvent::SetPressed(0));
    assert!(!page.guide().fields.can_set);
    // Any of the servers will do.
    page.lesson(LessonEvent::Chosen(Step::Break));
    page.on(Event::ToTyped(BROKEN[2].into()));
    assert!(!page.guide().fields.can_set);
}

#[test]
fn the_guide_says_that_a_connection_keeps_the_fields_from_being_set() {
    let mut page = Page::at_step(Step::Hello);
    page.press_send();
    assert_eq!(page.guide().fields.lock, None, "they are set");
    page.lesson(LessonEvent::Chosen(Step::Client));
    assert_eq!(page.guide().fields.lock, Some(FieldsLock::Connection));
    page.on(Event::Modes(ModesEvent::DisconnectPressed { at: now(9.0) }));
    assert_eq!(page.guide().fields.lock, None);
}

#[test]
fn what_was_typed_before_the_lesson_can_be_restored_once() {
    let mut page = Page::with_bridge();
    page.type_message("mine");
    page.lesson(LessonEvent::Toggled);
    assert!(page.guide().fields.can_restore);
    page.lesson(LessonEvent::RestorePressed);
    assert!(!page.guide().fields.can_restore);
}

#[test]
fn the_bridge_is_asked_only_once_to_release_the_port_of_its_own_server() {
    let mut page = Page::at_step(Step::Server);
    page.learn_echo(EchoServer::External);
    assert!(!page.guide().terminal.can_use_own_server);
    page.learn_echo(EchoServer::Own);
    assert!(page.guide().terminal.can_use_own_server);
    page.lesson(LessonEvent::OwnServerWanted);
    assert!(!page.guide().terminal.can_use_own_server);
}

#[test]
fn lines_that_have_run_are_highlighted_and_one_of_them_is_the_current_one() {
    use ClientAction::{Connect, Nothing, Read, SayConnected, SayOk, SaySent, Write};
    let mut page = Page::at_step(Step::Client);
    assert!(page.guide().program.unwrap().lines.iter().all(|line| *line == LineState::NotRun));
    page.run_it();
    assert_eq!(page.actions(LineState::Current), [ClientAction::SayTerminated]);
    let ran = [Connect, SayConnected, Write, SaySent, Read, SayOk];
    assert_eq!(page.actions(LineState::HasRun), ran);
    let not_run = page.actions(LineState::NotRun);
    assert!(not_run.contains(&Nothing) && not_run.contains(&ClientAction::SayFailed));
}

#[test]
fn the_bar_shows_the_line_that_runs_or_ran_last() {
    let mut page = Page::at_step(Step::Client);
    let line = |page: &Page| page.guide().program.unwrap().current_line();
    assert_eq!(line(&page), None);
    page.press_send();
    assert_eq!(line(&page), Some("TcpStream::connect(server)?;"));
    page.receive(ConnectionEvent::Opened);
    page.say(connected());
    page.wrote(6, 400);
    assert_eq!(line(&page), Some("tcp.read_exact(&mut reply)?;"));
    page.bytes(b"Hello!");
    assert_eq!(line(&page), Some(r#"println!("Terminated.");"#));
}

#[test]
fn a_replay_highlights_the_lines_up_to_its_row() {
    let mut page = Page::at_step(Step::Client);
    page.run_it();
    page.on(Event::Inspector(InspectorEvent::Stepped(crate::inspector::StepTo::Next)));
    assert_eq!(page.actions(LineState::Current), [ClientAction::SayConnected]);
    assert_eq!(page.actions(LineState::HasRun), [ClientAction::Connect]);
}

#[test]
fn the_program_is_not_highlighted_by_what_another_mode_does() {
    let mut page = Page::at_step(Step::Client);
    page.run_it();
    page.choose(Mode::Interactive);
    assert!(page.guide().program.unwrap().lines.iter().all(|line| *line == LineState::NotRun));
}

#[test]
fn the_status_is_marked_as_pending_done_or_failed() {
    let mut page = Page::at_step(Step::Client);
    assert_eq!(page.guide().status.tone, Tone::Pending);
    page.run_it();
    assert_eq!(page.guide().status.tone, Tone::Done);
    let mut page = Page::at_step(Step::Server);
    page.lesson(LessonEvent::OwnServerWanted);
    page.learn_echo(EchoServer::Off);
    page.release(Ok(vec![]));
    page.lesson(LessonEvent::OwnServerWanted);
    page.release(Err(FetchError::Status(403)));
    assert_eq!(page.guide().status.tone, Tone::Failed);
}

#[test]
fn a_bridge_that_is_gone_is_a_failure_until_the_step_is_done() {
    let mut page = Page::at_step(Step::Client);
    page.on_bridge_info(Err(BridgeError::NotThere));
    let status = page.guide().status;
    assert_eq!((status.status, status.tone), (StepStatus::NoBridge, Tone::Failed));
}

#[test]
fn the_lesson_is_finished_at_its_last_step_once_all_are_done() {
    let mut page = Page::with_bridge();
    let stored = Some("5 47 0 7 0".into());
    page.lesson(LessonEvent::Loaded { stored, system: System::Linux });
    page.lesson(LessonEvent::Toggled);
    assert!(!page.guide().status.is_lesson_finished);
    page.run_it();
    page.on(Event::Inspector(InspectorEvent::TabChosen(Tab::Bytes)));
    assert!(page.guide().ticks.iter().all(Option::is_some));
    assert!(!page.guide().status.is_lesson_finished);
    page.lesson(LessonEvent::Chosen(Step::LAST));
    assert!(page.guide().status.is_lesson_finished);
    page.lesson(LessonEvent::Chosen(Step::Break));
    assert!(!page.guide().status.is_lesson_finished);
}

#[test]
fn the_bar_unfolds_the_guide_and_shows_it_below_send_and_the_verdict() {
    let mut page = Page::at_step(Step::Client);
    assert!(!page.guide().is_unfolded);
    page.lesson(LessonEvent::BarPressed);
    assert!(page.guide().is_unfolded);
    let elements = vec!["#lesson-guide", ".verdict", ".send"];
    assert_eq!(page.commands, [dom(DomCommand::ScrollIntoView(elements))]);
    page.lesson(LessonEvent::BarPressed);
    assert!(!page.guide().is_unfolded && page.commands.is_empty(), "the focus stays on the bar");
}

#[test]
fn a_step_that_is_chosen_has_the_focus_on_its_title_or_on_the_bar_where_that_is_hidden() {
    let page = Page::at_step(Step::Client);
    let is_focus =
        |command: &&Command<Event>| matches!(command, Command::Dom(DomCommand::Focus(_)));
    let focus: Vec<_> = page.commands.iter().filter(is_focus).collect();
    assert_eq!(
        focus,
        [&dom(DomCommand::focus("lesson-bar")), &dom(DomCommand::focus("lesson-title"))]
    );
}

#[test]
fn the_command_tells_that_it_was_copied() {
    let mut page = Page::at_step(Step::Hello);
    let command = page.guide().terminal.command.unwrap();
    assert_eq!(command.state, CopyState::Idle);
    page.on(Event::CopyEnded(copied(&command.text)));
    assert_eq!(page.guide().terminal.command.unwrap().state, CopyState::Copied);
}
