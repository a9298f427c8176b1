//! What the fields of the composer show.

use std::rc::Rc;

use echo_core::payload::{LineEnding, Mistake, Notation};
use echo_core::wire::EchoServer;

use super::{Composer, ComposerNote, PayloadText, Preview};
use crate::expected_reply::ExpectedReplyKind;
use crate::field::Field;
use crate::long_text::LongText;

/// The field To, and the choice of a server beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetView {
    /// The text in the field.
    pub text: String,
    /// Whether the target cannot be changed, because of an open connection.
    pub is_locked: bool,
    /// What is said under the field.
    pub hint: TargetHint,
    /// Whether the bytes will be encrypted, if any are sent: a TLS handshake comes before them.
    pub is_tls: bool,
    /// The names of the bridge's other targets, none of which has a space in it, each with one
    /// before it: a list would be the only one of its type in what everybody loads.
    pub names: String,
    /// What the name in To stands for; empty if To holds none of them.
    pub address: String,
    /// Whether the servers of the lab are shown.
    pub is_lab_open: bool,
}

/// What is said under To.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetHint {
    /// Nothing.
    None,
    /// There is no target, and Send was pressed.
    Empty,
    /// The bridge could not make sense of the target when it was sent to.
    Malformed,
    /// The target is the bridge's echo target, whose server this is.
    Echo(EchoServer),
    /// The target is a server of the lab, which describes it.
    Lab,
}

/// The field Message, and what is set for it.
#[derive(Clone, Debug, PartialEq)]
pub struct MessageView {
    /// Whether a file is the message, and stands in the place of the field.
    pub is_attached: bool,
    /// The field.
    pub field: FieldView,
    /// Whether the arrow keys bring earlier messages back.
    pub can_recall: bool,
    /// What is said under the field.
    pub hint: MessageHint,
    /// The first bytes that will be sent, unless the text itself shows them.
    pub preview: Option<Rc<Preview>>,
    /// The settings.
    pub settings: SettingsView,
}

/// A field for bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldView {
    /// The text in the field.
    pub text: LongText,
    /// How many rows the field has.
    pub row_count: usize,
    /// Whether the field kept Send from sending.
    pub is_rejected: bool,
}

/// What is said under Message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageHint {
    /// Nothing.
    None,
    /// The first mistake in the text.
    Mistake(Mistake),
    /// The result of the last change.
    Note(ComposerNote),
    /// There is no message, and Send was pressed.
    Empty,
}

/// The line that sums the settings up, and unfolds them.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingsView {
    /// Whether the settings are unfolded.
    pub is_open: bool,
    /// For what the notation and the line ending hold.
    pub scope: SettingsScope,
    /// How many bytes the typed message has, or `None` if there is a mistake in it.
    pub byte_count: Option<usize>,
    /// The settings.
    pub choices: ChoicesView,
}

/// For what the notation and the line ending hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsScope {
    /// The message, and the expected bytes.
    Message,
    /// The expected bytes alone: a file is sent as it is.
    Expected,
    /// Nothing. They are not shown.
    Nothing,
}

/// The settings of the message.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoicesView {
    /// How the texts stand for bytes.
    pub notation: Notation,
    /// What is sent after the message.
    pub ending: LineEnding,
    /// The expected reply, or `None` in a mode that does not compare replies with anything else
    /// than the message.
    pub expected: Option<ExpectedView>,
}

/// The expected reply.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpectedView {
    /// The message.
    Same,
    /// Other bytes.
    Bytes {
        /// The field for them.
        field: FieldView,
        /// What is said under the field.
        hint: ExpectedHint,
    },
    /// Anything.
    Anything,
}

/// What is said under the field for the expected bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectedHint {
    /// The first mistake in the text.
    Mistake(Mistake),
    /// There are no bytes, and Send was pressed.
    Empty,
    /// What was typed or pasted would have been longer than the field takes.
    TooLong,
    /// How many bytes are expected.
    ByteCount(usize),
}

impl TargetHint {
    /// Chooses the hint. `is_rejected` says whether To kept Send from sending, and `echo` whose
    /// server the target is, if it is the bridge's echo target.
    #[must_use]
    pub fn new(is_lab: bool, is_rejected: bool, echo: Option<EchoServer>) -> Self {
        match echo {
            _ if is_lab => Self::Lab,
            _ if is_rejected => Self::Empty,
            Some(server) => Self::Echo(server),
            None => Self::None,
        }
    }
}

impl ChoicesView {
    /// Returns the kind of the expected reply.
    #[must_use]
    pub fn expected_kind(&self) -> ExpectedReplyKind {
        self.expected.as_ref().map_or(ExpectedReplyKind::Same, ExpectedView::kind)
    }
}

impl ExpectedView {
    /// Returns the kind of the expected reply.
    #[must_use]
    pub fn kind(&self) -> ExpectedReplyKind {
        match self {
            Self::Same => ExpectedReplyKind::Same,
            Self::Bytes { .. } => ExpectedReplyKind::Bytes,
            Self::Anything => ExpectedReplyKind::Anything,
        }
    }
}

impl Composer {
    /// Returns what Message and its settings show. `rejected` is the field that kept Send from
    /// sending, `expected_kind` the expected reply, if the mode lets the user choose it, and
    /// `is_conversation` says whether it is one of many messages.
    #[must_use]
    pub fn view(
        &self,
        rejected: Option<Field>,
        expected_kind: Option<ExpectedReplyKind>,
        is_conversation: bool,
    ) -> MessageView {
        let is_rejected = rejected == Some(Field::Message);
        let choices = ChoicesView {
            notation: self.notation,
            ending: self.ending,
            expected: expected_kind
                .map(|kind| self.expected_view(kind, rejected == Some(Field::ExpectedReply))),
        };
        let (is_attached, kind) = (self.attachment.is_some(), choices.expected_kind());
        let scope = match kind {
            _ if !is_attached => SettingsScope::Message,
            ExpectedReplyKind::Bytes => SettingsScope::Expected,
            ExpectedReplyKind::Same | ExpectedReplyKind::Anything => SettingsScope::Nothing,
        };
        MessageView {
            is_attached,
            field: FieldView::new(&self.message, is_rejected),
            can_recall: is_conversation && !self.history.is_empty(),
            hint: self.message_hint(is_rejected),
            preview: self.message.preview().cloned(),
            settings: SettingsView {
                is_open: self.unfolded,
                scope,
                byte_count: self.message.byte_count().ok(),
                choices,
            },
        }
    }

    fn message_hint(&self, is_rejected: bool) -> MessageHint {
        match (self.message.byte_count(), &self.note) {
            (_, Some(note @ (ComposerNote::LongMessage { .. } | ComposerNote::NoFile { .. }))) => {
                MessageHint::Note(note.clone())
            }
            (Err(mistake), _) if self.attachment.is_none() => MessageHint::Mistake(mistake.clone()),
            (_, Some(ComposerNote::LongExpected)) => MessageHint::None,
            (_, Some(note)) => MessageHint::Note(note.clone()),
            (_, None) if is_rejected => MessageHint::Empty,
            (_, None) => MessageHint::None,
        }
    }

    fn expected_view(&self, kind: ExpectedReplyKind, is_rejected: bool) -> ExpectedView {
        match kind {
            ExpectedReplyKind::Same => ExpectedView::Same,
            ExpectedReplyKind::Anything => ExpectedView::Anything,
            ExpectedReplyKind::Bytes => ExpectedView::Bytes {
                field: FieldView::new(&self.expected, is_rejected),
                hint: match self.expected.byte_count() {
                    _ if self.note == Some(ComposerNote::LongExpected) => ExpectedHint::TooLong,
                    Err(mistake) => ExpectedHint::Mistake(mistake.clone()),
                    Ok(_) if is_rejected => ExpectedHint::Empty,
                    Ok(count) => ExpectedHint::ByteCount(count),
                },
            },
        }
    }
}

impl FieldView {
    fn new(text: &PayloadText, is_rejected: bool) -> Self {
        let (text, row_count) = (text.text().clone().into(), text.row_count());
        Self { text, row_count, is_rejected }
    }
}
