//! All that can be copied of a run.

use std::rc::Rc;

use echo_core::Exchange;

use super::{Language, command, write};
use crate::expected_reply::ExpectedReplyKind;

/// What can be copied of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exports {
    /// The command that does the same in a terminal, if the message is short and a terminal reaches
    /// the target.
    pub command: Option<Rc<str>>,
    /// The programs that do the same: none if the message is too long.
    pub programs: Vec<(Language, Rc<str>)>,
}

impl Exports {
    /// Returns what can be copied of an exchange with `target`. `address` is that of the target for a
    /// terminal, if that reaches it.
    #[must_use]
    pub fn of(
        target: &str,
        address: Option<&str>,
        exchange: &Exchange,
        expected_kind: ExpectedReplyKind,
    ) -> Self {
        let program = |language| {
            let text = write(language, address.unwrap_or(target), exchange, expected_kind)?;
            Some((language, text.into()))
        };
        let command = address.and_then(|address| command(address, exchange.sent()));
        Self {
            command: command.map(Into::into),
            programs: Language::ALL.into_iter().filter_map(program).collect(),
        }
    }
}
