//! Running an earlier run again.

use super::list::ListedRun;
use super::part::RunsRequest;
use super::record::RunRecord;
use super::recording::RecordedEvent;
use crate::modes::Mode;
use crate::modes::interactive::ScriptedMessage;
use crate::role::Role;
use crate::setup::Setup;
use crate::time::PageTime;

/// Returns the request to set the page up as a run was, and to run it again: the same message, or
/// on an interactive connection the same messages, one after the other. A file, and a message that
/// is too long for the record, is attached. Returns `None` if what was sent, or what was expected,
/// was not kept whole, and of a run as a server: others began that.
pub(super) fn repeat(run: &ListedRun, at: PageTime) -> Option<RunsRequest> {
    let record = &run.record;
    if record.role == Role::Server {
        return None;
    }
    let expected = record.expected_reply()?;
    if run.attachment.is_some() {
        let (to, attachment) = (Some(record.target.clone()), run.attachment.clone());
        let setup = Setup { mode: record.mode, expected, attachment, ..Setup::sending(to, b"") };
        return Some(RunsRequest::Run { at, setup, script: None });
    }
    let bytes = record.message.complete()?;
    let script = (record.mode == Mode::Interactive).then(|| script(record, bytes));
    // The field holds what was sent last, as it did when the connection ended.
    let last = script.as_ref().and_then(|script| script.last());
    let message = last.map_or(bytes, |last| &last.bytes);
    let to = Some(record.target.clone());
    let setup = Setup { mode: record.mode, expected, ..Setup::sending(to, message) };
    Some(RunsRequest::Run { at, setup, script })
}

/// Returns the messages of an interactive connection, each with the number of bytes that had been
/// received before it. Messages whose place in the conversation was not kept are one message.
fn script(record: &RunRecord, mut rest: &[u8]) -> Vec<ScriptedMessage> {
    let mut after = 0_u64;
    let mut messages = Vec::new();
    for row in record.recording.iter().flat_map(|recording| &recording.rows) {
        match row.event {
            RecordedEvent::Sent(count) => {
                let count = usize::try_from(count).unwrap_or(usize::MAX);
                let Some((bytes, others)) = rest.split_at_checked(count) else { break };
                messages.push(ScriptedMessage { bytes: bytes.to_vec(), after });
                rest = others;
            }
            RecordedEvent::Received(count) => after = after.saturating_add(count),
            _ => {}
        }
    }
    if !rest.is_empty() {
        messages.push(ScriptedMessage { bytes: rest.to_vec(), after });
    }
    messages
}
