//! The hint under To about a server of the lab.

use echo_core::fault::{Fault, ParseFaultError};
use page_model::Lang;

use crate::i18n::lab as i18n;

/// The hint under To about a server of the lab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The text.
    pub text: String,
    /// Whether the text is an error message.
    pub is_error: bool,
}

/// Returns the hint for a fault that was typed: its description, or the error in it.
pub fn hint(lang: Lang, fault: &Result<Fault, ParseFaultError>) -> Hint {
    match fault {
        Ok(fault) => Hint { text: i18n::description(lang, fault), is_error: false },
        Err(error) => Hint { text: i18n::parse_error(lang, error), is_error: true },
    }
}
