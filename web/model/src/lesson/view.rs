//! What the guide of the lesson shows.

use echo_core::Exchange;
use echo_core::lines::TUTORIAL_MESSAGE;
use echo_core::wire::EchoServer;

use super::code::{CODE, LineHighlight, LineState};
use super::progress::Tick;

use super::{BROKEN, Lesson, Step, StepStatus, System, TerminalContext};
use crate::command::CopiedText;
use crate::copy::CopyableText;
use crate::expected_reply::ExpectedReplyKind;
use crate::export::{self, Language};
use crate::modes::once::Run;
use crate::release::PortRelease;
use crate::setup::Setup;
use crate::terminal_command::Reader;

/// The guide of the lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The step that is shown.
    pub step: Step,
    /// Whether the guide is unfolded on a narrow screen.
    pub is_unfolded: bool,
    /// How each step came to be done, in the order of [`Step::ALL`]; `None` for one that is not.
    pub ticks: [Option<Tick>; Step::ALL.len()],
    /// The servers to choose from, at [`Step::Break`].
    pub servers: Option<[ServerView; BROKEN.len()]>,
    /// The buttons for the fields of the page.
    pub fields: FieldsView,
    /// The program, at [`Step::Client`].
    pub program: Option<ProgramView>,
    /// What to do in a terminal.
    pub terminal: TerminalView,
    /// Whether the learner has no terminal, so that the page's own way is shown instead.
    pub is_without_terminal: bool,
    /// How far the step has come.
    pub status: StatusView,
}

/// A server with a fault, which can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerView {
    /// The target.
    pub target: &'static str,
    /// Whether To names this server.
    pub is_chosen: bool,
    /// Whether a run to this server was completed.
    pub is_met: bool,
}

/// The buttons for the fields of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldsView {
    /// Whether the fields differ from what the step sets, so that they can be set again.
    pub can_set: bool,
    /// What keeps them from being set.
    pub lock: Option<FieldsLock>,
    /// Whether what was typed before the lesson can be restored.
    pub can_restore: bool,
}

/// What keeps the fields of the page from being set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldsLock {
    /// A connection is open, which fixes the target and the mode.
    Connection,
    /// The page listens, which fixes its address and how it answers.
    Listener,
}

/// The tutorial's client.
#[derive(Clone, Debug, PartialEq)]
pub struct ProgramView {
    /// The state of each line of [`CODE`].
    pub lines: [LineState; CODE.len()],
    /// The complete program.
    pub source: CopyableText,
}

/// What to do in a terminal.
#[derive(Clone, Debug, PartialEq)]
pub struct TerminalView {
    /// The system of the terminal.
    pub system: System,
    /// The command to type, or `None` if there is none for now.
    pub command: Option<CopyableText>,
    /// Whether the bridge can be asked to release its port for a server of the learner's own.
    pub can_use_own_server: bool,
}

/// How far a step has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusView {
    /// The status.
    pub status: StepStatus,
    /// How the status is marked.
    pub tone: Tone,
    /// Whether the learner can tick the step by hand.
    pub can_tick_by_hand: bool,
    /// Whether this was the last thing to do in the lesson.
    pub is_lesson_finished: bool,
}

/// How a status is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The step is done, as the page has observed.
    Done,
    /// The learner ticked the step by hand.
    ByHand,
    /// Something keeps the step from being done.
    Failed,
    /// The step is not done yet.
    Pending,
}

/// What the guide shows of the rest of the page.
#[derive(Clone, Copy, Debug)]
pub struct ViewContext<'a> {
    /// The target in To.
    pub target: &'a str,
    /// How the page is set up.
    pub setup: &'a Setup,
    /// Whether a connection is open.
    pub is_connected: bool,
    /// Whether the page listens.
    pub is_listening: bool,
    /// Who reads the page.
    pub reader: Reader<'a>,
    /// The address of the echo server, if the bridge has one.
    pub echo_address: Option<&'a str>,
    /// Where the page listens, or would listen, as a server.
    pub listens_at: &'a str,
    /// Who runs the echo server, if the bridge is there.
    pub echo_server: Option<EchoServer>,
    /// The latest run in the mode Once.
    pub run: Option<&'a Run>,
    /// The number of the transcript's row up to which that run is replayed, if it is.
    pub replayed_up_to: Option<u64>,
    /// The status of the step that is shown.
    pub status: StepStatus,
    /// The text that was copied last, and whether the browser could.
    pub last_copied: Option<&'a CopiedText>,
}

/// The address of the echo server in commands if the bridge has none.
const DEFAULT_ECHO_ADDRESS: &str = "localhost:8888";

impl Lesson {
    /// Returns what the guide shows at a step.
    #[must_use]
    pub fn view(&self, step: Step, context: &ViewContext) -> View {
        View {
            step,
            is_unfolded: self.unfolded,
            ticks: Step::ALL.map(|step| self.progress.tick(step)),
            servers: (step == Step::Break).then(|| self.servers_view(context.target)),
            fields: self.fields_view(step, context),
            program: (step == Step::Client).then(|| ProgramView::new(context)),
            terminal: self.terminal_view(step, context),
            is_without_terminal: self.progress.is_without_terminal,
            status: self.status_view(step, context.status),
        }
    }

    fn servers_view(&self, target: &str) -> [ServerView; BROKEN.len()] {
        std::array::from_fn(|index| ServerView {
            target: BROKEN[index],
            is_chosen: BROKEN[index] == target.trim(),
            is_met: self.progress.has_met(index),
        })
    }

    fn fields_view(&self, step: Step, context: &ViewContext) -> FieldsView {
        let is_set = (0..BROKEN.len()).any(|choice| step.setup(choice) == *context.setup);
        let lock = match step {
            Step::Serve => context.is_listening.then_some(FieldsLock::Listener),
            _ => context.is_connected.then_some(FieldsLock::Connection),
        };
        FieldsView {
            can_set: !is_set,
            lock: lock.filter(|_| !is_set),
            can_restore: self.has_setup_before(),
        }
    }

    fn terminal_view(&self, step: Step, context: &ViewContext) -> TerminalView {
        let system = self.system();
        let choice = BROKEN.iter().position(|target| *target == context.target.trim());
        let is_own = context.echo_server == Some(EchoServer::Own);
        let has_server =
            matches!(context.echo_server, Some(EchoServer::Own | EchoServer::External));
        let terminal = TerminalContext {
            reader: context.reader,
            echo: context.echo_address(),
            listens_at: context.listens_at,
            // The ports of another machine are no business of the bridge's.
            is_echo_port_free: !context.reader.is_at_bridge() || !has_server,
            choice: choice.unwrap_or(0),
        };
        let command = system.command(step, &terminal);
        TerminalView {
            system,
            command: command.map(|command| CopyableText::new(command, context.last_copied)),
            can_use_own_server: step == Step::Server
                && is_own
                && context.reader.is_at_bridge()
                && self.release != PortRelease::Asked,
        }
    }

    fn status_view(&self, step: Step, status: StepStatus) -> StatusView {
        let tick = self.progress.tick(step);
        let tone = match (tick, status) {
            (Some(Tick::Seen), _) => Tone::Done,
            (Some(Tick::ByHand), _) => Tone::ByHand,
            (None, StepStatus::Refused(_) | StepStatus::NoBridge) => Tone::Failed,
            (None, _) => Tone::Pending,
        };
        let is_left_to_learner = match status {
            StepStatus::Unseen => true,
            StepStatus::NoBridge => false,
            _ => self.progress.is_without_terminal && step.wants_terminal(),
        };
        StatusView {
            status,
            tone,
            can_tick_by_hand: tick.is_none() && is_left_to_learner,
            is_lesson_finished: self.progress.is_complete() && step == Step::LAST,
        }
    }
}

impl View {
    /// Returns how a step came to be done, or `None` if it is not done.
    #[must_use]
    pub fn tick(&self, step: Step) -> Option<Tick> {
        self.ticks[step as usize]
    }
}

impl ProgramView {
    /// Returns the code of the line that runs now, or ran last: the last one where a statement has
    /// several lines. `None` before the first run.
    #[must_use]
    pub fn current_line(&self) -> Option<&'static str> {
        let index = self.lines.iter().rposition(|line| *line == LineState::Current)?;
        Some(CODE[index].text)
    }

    fn new(context: &ViewContext) -> Self {
        let highlight = context.run.map(|run| LineHighlight::of(run, context.replayed_up_to));
        let highlight = highlight.unwrap_or_default();
        let exchange = Exchange::new(TUTORIAL_MESSAGE.to_vec());
        let address = context.reader.reach(context.echo_address());
        let source = export::write(
            Language::Rust,
            address.as_deref().unwrap_or(context.echo_address()),
            &exchange,
            ExpectedReplyKind::Same,
        );
        Self {
            lines: CODE.each_ref().map(|line| highlight.state(line.action)),
            source: CopyableText::new(source.unwrap_or_default(), context.last_copied),
        }
    }
}

impl ViewContext<'_> {
    fn echo_address(&self) -> &str {
        self.echo_address.unwrap_or(DEFAULT_ECHO_ADDRESS)
    }
}
