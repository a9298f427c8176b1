//! The lesson: what ticks each step, and what does not.

mod view;
mod without_terminal;

use echo_core::payload::LineEnding;
use echo_core::wire::EchoLog;

use super::*;
use crate::command::Request;
use crate::expected_reply::ExpectedReplyKind;
use crate::inspector::{InspectorEvent, Tab};
use crate::lesson::code::{ClientAction, LineHighlight};
use crate::lesson::{
    BROKEN, LessonEvent, Progress, Step, StepStatus, System, TerminalContext, WorkbenchField,
};
use crate::link::LinkEvent;
use crate::release::{PortRelease, ReleaseError};
use crate::setup::Setup;
use crate::terminal_command::Reader;

impl Page {
    /// A page whose lesson is open at this step.
    fn at_step(step: Step) -> Self {
        let mut page = Self::with_bridge();
        page.lesson(LessonEvent::Chosen(step));
        page
    }

    fn lesson(&mut self, event: LessonEvent) {
        self.on(Event::Lesson(event));
    }

    fn learn_echo(&mut self, echo: EchoServer) {
        self.on_bridge_info(Ok(Info { echo, ..info() }));
    }

    /// Sends what is set up, and has all of it back.
    fn run_it(&mut self) {
        let message = self.begin_run();
        self.bytes(&message);
    }

    /// Sends what is set up; nothing has come back yet.
    fn begin_run(&mut self) -> Vec<u8> {
        let message =
            self.model.composer.exchange(self.model.expected_kind()).unwrap().sent().to_vec();
        self.press_send();
        self.receive(ConnectionEvent::Opened);
        self.say(connected());
        self.wrote(message.len() as u64, 400);
        message
    }

    fn is_done(&self, step: Step) -> bool {
        self.model.lesson.progress.is_done(step)
    }

    fn flashes(&self) -> Vec<&'static str> {
        let selectors = self.commands.iter().find_map(|command| match command {
            Command::Dom(DomCommand::Flash(selectors)) => Some(selectors.clone()),
            _ => None,
        });
        selectors.unwrap_or_default()
    }

    fn kept_progress(&self) -> Option<String> {
        self.commands.iter().rev().find_map(|command| match command {
            Command::Store { key: StorageKey::Lesson, value, .. } => value.clone(),
            _ => None,
        })
    }

    fn release(&mut self, result: Result<Vec<u8>, FetchError>) {
        self.lesson(LessonEvent::ReleaseAnswered(Response { at: now(self.at), result }));
    }
}

fn set_fragment(fragment: &str, is_new_entry: bool) -> Command<Event> {
    dom(DomCommand::SetFragment { fragment: fragment.into(), is_new_entry })
}

fn sets_fragment(command: &Command<Event>) -> bool {
    matches!(command, Command::Dom(DomCommand::SetFragment { .. }))
}

#[test]
fn a_step_sets_the_fields_that_it_needs_lets_them_stand_out_and_sends_nothing() {
    let mut page = Page::with_bridge();
    page.lesson(LessonEvent::Toggled);
    assert_eq!((page.model.lesson.step, page.flashes()), (Some(Step::Server), vec![]));
    page.lesson(LessonEvent::Chosen(Step::Hello));
    assert_eq!(
        page.flashes(),
        [WorkbenchField::Mode, WorkbenchField::Message, WorkbenchField::LineEnding]
            .map(WorkbenchField::selector)
    );
    let setup = page.model.setup();
    assert_eq!((setup.message.as_str(), setup.ending), ("Hello", LineEnding::Lf));
    assert_eq!(page.model.modes.mode, Mode::Interactive);
    page.lesson(LessonEvent::Chosen(Step::Break));
    assert_eq!(page.model.target(), BROKEN[0]);
    assert!(page.model.modes.run.is_none() && page.model.modes.interactive.is_none());
    assert!(!page.commands.iter().any(|command| matches!(command, Command::Connect { .. })));
}

#[test]
fn leaving_keeps_what_is_set_and_what_was_typed_before_comes_back_on_request() {
    let mut page = Page::with_bridge();
    page.type_message("mine");
    let mine = page.model.setup();
    page.lesson(LessonEvent::Toggled);
    page.lesson(LessonEvent::Chosen(Step::Bytes));
    page.lesson(LessonEvent::Toggled);
    assert_eq!(page.model.setup().message, "你好");
    page.lesson(LessonEvent::Toggled);
    assert!(page.model.lesson.has_setup_before(), "what a step set is nobody's own");
    page.lesson(LessonEvent::RestorePressed);
    assert_eq!(page.model.setup(), mine);
    assert!(!page.model.lesson.has_setup_before());
    assert!(!page.model.lesson.is_untouched(&mine), "a reload has to bring it back");
}

#[test]
fn what_a_connection_holds_fast_is_not_set_and_can_be_set_later() {
    let mut page = Page::at_step(Step::Hello);
    page.press_send();
    page.lesson(LessonEvent::Chosen(Step::Client));
    assert_eq!(page.model.modes.mode, Mode::Interactive);
    page.on(Event::Modes(ModesEvent::DisconnectPressed { at: now(9.0) }));
    page.lesson(LessonEvent::SetPressed(0));
    assert_eq!(page.model.setup(), Step::Client.setup(0));
}

#[test]
fn an_echo_server_that_the_bridge_knows_of_is_enough() {
    for (echo, done) in [
        (EchoServer::Own, true),
        (EchoServer::External, true),
        (EchoServer::Off, false),
        (EchoServer::Released, false),
    ] {
        let mut page = Page::new();
        page.lesson(LessonEvent::Toggled);
        assert!(!page.is_done(Step::Server));
        page.learn_echo(echo);
        assert_eq!(page.is_done(Step::Server), done, "{echo:?}");
    }
}

#[test]
fn where_the_bridge_starts_none_an_answer_is_what_counts() {
    let mut page = Page::new();
    page.learn_echo(EchoServer::Off);
    page.lesson(LessonEvent::Toggled);
    assert_eq!(page.model.step_status(Step::Server), StepStatus::When(Step::Server));
    page.run_it();
    assert!(page.is_done(Step::Server));
    assert_eq!(page.model.step_status(Step::Server), StepStatus::Done(Step::Server));
}

#[test]
fn while_ncat_is_waited_for_the_step_is_open_until_it_has_answered() {
    let mut page = Page::at_step(Step::Server);
    assert!(page.is_done(Step::Server));
    page.lesson(LessonEvent::OwnServerWanted);
    let request = Request::post("/api/echo/release");
    let release = Command::Fetch { request, reply: Box::new(|_| Event::DrawDue) };
    assert_eq!(page.commands, [release, dom(DomCommand::focus("lesson-title"))]);
    page.lesson(LessonEvent::OwnServerWanted);
    assert!(page.commands.is_empty(), "it is asked once");
    page.release(Ok(vec![]));
    assert!(!page.is_done(Step::Server) && page.commands.contains(&fetch()));
    page.learn_echo(EchoServer::Released);
    assert_eq!(page.model.step_status(Step::Server), StepStatus::Free);
    assert_eq!(page.model.step_status(Step::Hello), StepStatus::Free);
    page.learn_echo(EchoServer::External);
    assert_eq!(page.model.step_status(Step::Server), StepStatus::Taken);
    assert!(!page.is_done(Step::Server), "that something listens is no answer");
    page.begin_run();
    page.bytes(b"HELLO!");
    assert!(!page.is_done(Step::Server), "that was no echo");
    page.run_it();
    assert_eq!(page.model.step_status(Step::Server), StepStatus::Done(Step::Server));
}

#[test]
fn an_answer_from_before_the_port_was_free_does_not_count() {
    let mut page = Page::at_step(Step::Server);
    page.run_it();
    page.lesson(LessonEvent::OwnServerWanted);
    page.release(Ok(vec![]));
    page.learn_echo(EchoServer::External);
    assert!(!page.is_done(Step::Server));
}

#[test]
fn a_port_that_the_bridge_took_back_is_said() {
    let mut page = Page::at_step(Step::Server);
    page.lesson(LessonEvent::OwnServerWanted);
    page.release(Ok(vec![]));
    page.learn_echo(EchoServer::Released);
    page.learn_echo(EchoServer::Own);
    assert_eq!(page.model.step_status(Step::Server), StepStatus::Over);
    assert!(page.is_done(Step::Server));
}

#[test]
fn a_bridge_that_does_not_make_room_is_told_of() {
    for (status, why) in
        [(403, ReleaseError::Forbidden), (409, ReleaseError::Conflict), (0, ReleaseError::Unknown)]
    {
        let mut page = Page::at_step(Step::Server);
        page.lesson(LessonEvent::OwnServerWanted);
        page.release(Err(FetchError::Status(status)));
        assert_eq!(page.model.step_status(Step::Server), StepStatus::Refused(why));
    }
}

#[test]
fn the_bridge_is_asked_as_soon_as_it_has_released_the_port() {
    let mut page = Page::at_step(Step::Server);
    page.lesson(LessonEvent::OwnServerWanted);
    page.release(Ok(vec![]));
    assert_eq!(page.commands, [fetch()]);
}

#[test]
fn what_the_bridge_said_before_the_release_does_not_count() {
    let mut page = Page::at_step(Step::Server);
    page.lesson(LessonEvent::OwnServerWanted);
    page.poll_bridge(true);
    page.release(Ok(vec![]));
    page.learn_echo(EchoServer::Own);
    assert_eq!(page.model.lesson.release, PortRelease::Free);
    assert_eq!(page.commands, [fetch()]);
    page.learn_echo(EchoServer::Released);
    assert_eq!(page.model.step_status(Step::Server), StepStatus::Free);
}

#[test]
fn a_port_that_is_free_is_looked_after_wherever_the_learner_is() {
    let mut page = Page::at_step(Step::Server);
    page.lesson(LessonEvent::OwnServerWanted);
    page.release(Ok(vec![]));
    page.learn_echo(EchoServer::Released);
    page.lesson(LessonEvent::Toggled);
    page.learn_echo(EchoServer::Own);
    assert_eq!(page.model.lesson.release, PortRelease::Over);
}

#[test]
fn an_echo_server_that_comes_later_is_enough_where_the_bridge_started_none() {
    let mut page = Page::new();
    page.on_bridge_info(Ok(Info { echo: EchoServer::Off, ..info() }));
    page.lesson(LessonEvent::Chosen(Step::Server));
    assert_eq!(page.model.step_status(Step::Server), StepStatus::When(Step::Server));
    page.learn_echo(EchoServer::External);
    assert!(page.is_done(Step::Server));
    assert_eq!(page.model.step_status(Step::Server), StepStatus::External);
}

#[test]
fn with_another_server_the_learner_says_it_and_that_is_marked() {
    let mut page = Page::at_step(Step::Hello);
    page.learn_echo(EchoServer::External);
    assert_eq!(page.model.step_status(Step::Hello), StepStatus::Unseen);
    page.run_it_staying();
    assert!(!page.is_done(Step::Hello));
    page.lesson(LessonEvent::TickedByHand);
    assert_eq!(page.model.step_status(Step::Hello), StepStatus::ByHand(Step::Hello));
    assert_eq!(page.model.lesson_view().unwrap().status.tone, crate::lesson::Tone::ByHand);
}

impl Page {
    /// Says what is set up on a connection that stays, and hears it back.
    fn run_it_staying(&mut self) {
        self.press_send();
        let id = self.model.modes.interactive.as_ref().unwrap().id();
        for event in [
            ConnectionEvent::Opened,
            ConnectionEvent::Message(connected()),
            ConnectionEvent::Bytes(b"Hello\n".to_vec()),
        ] {
            self.receive_on(id, event);
        }
    }
}

#[test]
fn the_client_is_done_at_reply_is_ok_for_hello_once_to_the_echo_server() {
    let mut page = Page::at_step(Step::Client);
    page.begin_run();
    page.bytes(b"HELLO!");
    assert!(!page.is_done(Step::Client), "another reply");
    page.type_message("Hello");
    page.run_it();
    assert!(!page.is_done(Step::Client), "another message");
    page.type_message("Hello!");
    page.on(Event::ToTyped("localhost:7".into()));
    page.on(Event::ExpectedReplyChosen(ExpectedReplyKind::Same));
    page.run_it();
    assert!(!page.is_done(Step::Client), "another server");
    page.on(Event::ToTyped("echo".into()));
    page.run_it();
    assert!(page.is_done(Step::Client));
}

#[test]
fn a_run_from_before_the_step_does_not_count() {
    let mut page = Page::with_bridge();
    page.run_it();
    page.lesson(LessonEvent::Chosen(Step::Client));
    assert!(!page.is_done(Step::Client));
    page.run_it();
    assert!(page.is_done(Step::Client));
}

#[test]
fn nothing_is_ticked_while_the_lesson_is_not_open() {
    let mut page = Page::with_bridge();
    page.run_it();
    page.learn_echo(EchoServer::Own);
    assert_eq!(page.model.lesson.progress, Progress::default());
}

#[test]
fn it_is_broken_once_each_of_three_servers_was_met_to_its_end() {
    let mut page = Page::at_step(Step::Break);
    page.begin_run();
    assert_eq!(page.model.step_status(Step::Break), StepStatus::When(Step::Break), "not over yet");
    page.bytes(b"Hel");
    page.say(BridgeMessage::Finished { at_us: 900 });
    assert_eq!(page.model.step_status(Step::Break), StepStatus::Met(1));
    page.begin_run();
    page.close(1000);
    assert_eq!(page.model.step_status(Step::Break), StepStatus::Met(1), "the same one again");
    page.lesson(LessonEvent::SetPressed(1));
    page.begin_run();
    page.bytes(b"HELLO!");
    page.lesson(LessonEvent::SetPressed(2));
    page.begin_run();
    page.press_stop();
    assert_eq!(page.model.step_status(Step::Break), StepStatus::Met(2), "that was not its end");
    page.begin_run();
    page.elapse(RunEvent::LimitReached);
    assert!(page.is_done(Step::Break));
}

#[test]
fn a_server_that_was_not_reached_is_not_met() {
    let mut page = Page::at_step(Step::Break);
    page.press_send();
    page.receive(ConnectionEvent::Opened);
    page.fail(Stage::Policy, Kind::Forbidden, "no");
    assert!(!page.model.lesson.progress.has_met(0));
}

#[test]
fn the_bytes_are_done_when_they_are_shown_after_a_run() {
    let mut page = Page::at_step(Step::Bytes);
    page.on(Event::Inspector(InspectorEvent::TabChosen(Tab::Bytes)));
    assert!(!page.is_done(Step::Bytes), "there is no run");
    page.on(Event::Inspector(InspectorEvent::TabChosen(Tab::Timeline)));
    page.run_it();
    assert!(!page.is_done(Step::Bytes), "they are not shown");
    page.on(Event::Inspector(InspectorEvent::TabChosen(Tab::Bytes)));
    assert!(page.is_done(Step::Bytes));
}

#[test]
fn progress_is_kept_and_read_back_and_nonsense_is_none() {
    let mut page = Page::at_step(Step::Client);
    page.run_it();
    let stored = page.kept_progress().unwrap();
    page.lesson(LessonEvent::SystemChosen(System::Windows));
    assert_ne!(page.kept_progress().as_ref(), Some(&stored));
    let stored = page.kept_progress();
    let mut later = Page::with_bridge();
    later.lesson(LessonEvent::Loaded { stored, system: System::Mac });
    assert_eq!(later.model.lesson.progress, page.model.lesson.progress);
    assert_eq!(later.model.lesson.system(), System::Windows);
    later.lesson(LessonEvent::Toggled);
    assert_eq!(later.model.lesson.step, Some(Step::Client));
    for nonsense in ["", "x", "256", "-1 5", "6 255 255 255 9"] {
        let stored = Some(nonsense.into());
        later.lesson(LessonEvent::Loaded { stored, system: System::Mac });
        later.lesson(LessonEvent::Toggled);
        later.lesson(LessonEvent::Toggled);
        assert!(later.model.lesson.step.is_some(), "{nonsense}");
        assert_eq!(later.model.lesson.system(), System::Mac);
        assert!(later.model.lesson.progress.broken_count() <= BROKEN.len());
    }
}

#[test]
fn each_step_is_a_place_in_the_history_and_a_view_is_none() {
    let mut page = Page::with_bridge();
    let push = |it: &str| set_fragment(it, true);
    page.lesson(LessonEvent::Toggled);
    assert!(page.commands.contains(&push("lesson=1")));
    page.lesson(LessonEvent::Chosen(Step::Bytes));
    assert!(page.commands.contains(&push("lesson=5")));
    page.on(Event::Inspector(InspectorEvent::TabChosen(Tab::Bytes)));
    let show = set_fragment("view=bytes&lesson=5", false);
    assert!(page.commands.contains(&show));
    page.on(Event::DrawDue);
    assert!(page.commands.is_empty());
    page.lesson(LessonEvent::Toggled);
    assert_eq!(page.commands, [push("view=bytes")]);
}

#[test]
fn the_way_back_through_the_history_leads_to_the_step_and_pushes_nothing() {
    let mut page = Page::at_step(Step::Client);
    page.on(Event::Link(LinkEvent::Opened("lesson=2".into())));
    assert_eq!(page.model.lesson.step, Some(Step::Hello));
    assert_eq!(page.model.setup(), Step::Hello.setup(0), "nobody typed anything meanwhile");
    assert!(!page.commands.iter().any(sets_fragment));
    page.on(Event::Link(LinkEvent::Opened(String::new())));
    assert_eq!(page.model.lesson.step, None);
    assert!(!page.commands.iter().any(sets_fragment));
}

#[test]
fn a_link_to_a_step_leaves_what_was_typed_and_what_the_link_itself_sets() {
    let mut page = Page::with_bridge();
    page.type_message("mine");
    page.on(Event::Link(LinkEvent::Opened("lesson=2".into())));
    assert_eq!(page.model.setup().message, "mine");
    let mut page = Page::with_bridge();
    page.on(Event::Link(LinkEvent::Opened("msg=theirs&lesson=2".into())));
    assert_eq!(page.model.setup(), Setup { message: "theirs".into(), ..Setup::default() });
    page.lesson(LessonEvent::Chosen(Step::Client));
    let push = set_fragment("lesson=3", true);
    assert!(page.commands.contains(&push), "what the link set is set no longer");
}

#[test]
fn a_view_that_is_chosen_leaves_the_rest_of_the_address() {
    let mut page = Page::with_bridge();
    page.on(Event::Link(LinkEvent::Opened("to=localhost:7&msg=hi&lang=zh".into())));
    page.on(Event::Inspector(InspectorEvent::TabChosen(Tab::Bytes)));
    let show = set_fragment("to=localhost:7&msg=hi&view=bytes&lang=zh", false);
    assert_eq!(page.commands.last(), Some(&show));
}

#[test]
fn the_lines_of_the_client_are_lit_as_they_happen_and_as_they_are_replayed() {
    let mut page = Page::at_step(Step::Client);
    let lit = |page: &Page, up_to| LineHighlight::of(page.model.modes.run.as_ref().unwrap(), up_to);
    page.press_send();
    assert_eq!(lit(&page, None).current(), Some(ClientAction::Connect));
    page.receive(ConnectionEvent::Opened);
    page.say(connected());
    assert_eq!(lit(&page, None).current(), Some(ClientAction::Write));
    page.wrote(6, 400);
    assert_eq!(lit(&page, None).current(), Some(ClientAction::Read), "it waits there");
    page.bytes(b"Hello!");
    let whole = lit(&page, None);
    assert_eq!(whole.current(), Some(ClientAction::SayTerminated));
    assert!(whole.has_run(ClientAction::SayOk) && !whole.has_run(ClientAction::SayUnexpected));
    assert_eq!(lit(&page, Some(0)).current(), Some(ClientAction::SayConnected));
    assert!(!lit(&page, Some(0)).has_run(ClientAction::Write));
}

#[test]
fn a_client_that_finds_nobody_never_reads() {
    let mut page = Page::at_step(Step::Client);
    page.press_send();
    page.receive(ConnectionEvent::Opened);
    page.fail(Stage::Connect, Kind::Refused, "refused");
    let lit = LineHighlight::of(page.model.modes.run.as_ref().unwrap(), None);
    assert!(
        lit.has_run(ClientAction::SayFailed)
            && !lit.has_run(ClientAction::Read)
            && !lit.has_run(ClientAction::SayConnected)
    );
}

#[test]
fn commands_are_those_of_the_tutorial_at_the_echo_servers_port() {
    let (origin, program) = ("http://localhost:8080", "target/release/tcp-bridge");
    let reader = Reader { origin, program, flags: "--echo localhost:9000", own_echo: None };
    let (echo, listens_at) = ("[::1]:9000", "localhost:9001");
    let terminal = TerminalContext { reader, echo, listens_at, is_echo_port_free: true, choice: 1 };
    let command = |system: System, step| system.command(step, &terminal).unwrap();
    for system in [System::Linux, System::Mac] {
        let ncat = "ncat -v -l 9000 --keep-open --exec /bin/cat";
        assert_eq!(command(system, Step::Server), ncat);
        let hello = r#"(echo "Hello"; sleep 1) | nc -w 1 ::1 9000"#;
        assert_eq!(command(system, Step::Hello), hello);
        let upper = "target/release/tcp-bridge echo --fault upper --listen localhost:0";
        assert_eq!(command(system, Step::Break), upper);
    }
    let windows = command(System::Windows, Step::Server);
    assert_eq!(windows, "target/release/tcp-bridge echo --listen '[::1]:9000'");
}

#[test]
fn where_the_bridge_does_not_tell_who_connects_the_learner_ticks() {
    let mut page = Page::at_step(Step::Hello);
    page.on_bridge_info(Ok(Info { echo_log: EchoLog::Off, ..info() }));
    assert_eq!(page.model.step_status(Step::Hello), StepStatus::Unseen);
}

#[test]
fn no_server_is_to_be_started_on_a_port_that_has_one() {
    let mut page = Page::at_step(Step::Server);
    let command = |page: &Page| page.model.lesson_view().unwrap().terminal.command;
    assert_eq!(command(&page), None);
    page.learn_echo(EchoServer::Released);
    assert!(command(&page).unwrap().text.starts_with("ncat -v -l 8888 "));
    page.learn_echo(EchoServer::External);
    assert_eq!(command(&page), None);
}

#[test]
fn on_another_machine_only_what_can_be_reached_there_is_named() {
    let mut page = Page::at_step(Step::Hello);
    page.model.origin = "http://192.168.1.5:8080".into();
    let command = |page: &Page| page.model.lesson_view().unwrap().terminal.command;
    assert_eq!(command(&page), None);
    page.learn_echo(EchoServer::External);
    assert!(command(&page).unwrap().text.ends_with("nc -w 1 192.168.1.5 8888"));
}

#[test]
fn the_system_is_the_one_that_the_browser_names() {
    for (platform, system) in [
        ("Linux x86_64", System::Linux),
        ("MacIntel", System::Mac),
        ("Win32", System::Windows),
        ("", System::Linux),
    ] {
        assert_eq!(System::of_platform(platform), system, "{platform}");
    }
}
