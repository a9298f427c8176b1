//! What is told of a failure, or of a reply that is not the one expected.
//!
//! This is a part of the page that is loaded on demand (`lazy.rs`). [`PART`] is its entry.

use page_model::Lang;
use page_model::diagnosis::Diagnosis;
use page_model::verdict::Reason;
use yew::prelude::*;

use crate::i18n::diagnosis::diagnosis;
use crate::i18n::failure::reason;

/// What the part consists of.
pub struct Part {
    /// Draws why the run ended as it did.
    pub reason: fn(Lang, &Reason) -> Html,
    /// Draws what is likely behind the reply.
    pub diagnosis: fn(Lang, &Diagnosis) -> Html,
}

/// The part.
pub static PART: Part = Part {
    reason: |lang, why| reason(lang, why).into(),
    diagnosis: |lang, likely| diagnosis(lang, likely).into(),
};
