//! The fields of the lab's cards, each of which offers one kind of fault.

use echo_core::fault::{Argument, Fault, FaultKind, ParameterKind};
use echo_core::wire::LAB_PREFIX;

/// The texts in the fields of one card, one for each parameter of its fault, as they were typed.
///
/// A time is a number of milliseconds, without its unit.
pub type FieldTexts = Vec<String>;

/// Returns the texts that the fields of a card contain at first: the arguments of the example.
#[must_use]
pub fn example_fields(kind: FaultKind) -> FieldTexts {
    kind.spec().example.parse().map(|fault| fields(&fault)).unwrap_or_default()
}

/// Returns the texts that the fields of a card contain for this fault.
#[must_use]
pub fn fields(fault: &Fault) -> FieldTexts {
    let text = |argument: &Argument| match argument {
        Argument::Time(time) => time.millis().to_string(),
        other => other.to_string(),
    };
    fault.arguments().iter().map(text).collect()
}

/// Returns the target for what is typed in the fields of a card. If a field is invalid, so is the
/// target.
#[must_use]
pub fn target(kind: FaultKind, fields: &[String]) -> String {
    let mut text = kind.spec().name.to_owned();
    for (parameter, typed) in kind.spec().parameters.iter().zip(fields) {
        text.push(':');
        text += typed;
        if parameter.kind == ParameterKind::Time {
            text += "ms";
        }
    }
    // Printing normalizes times and escapes.
    let text = text.parse().map_or(text, |fault: Fault| fault.to_string());
    LAB_PREFIX.to_owned() + &text
}

/// Returns the lowest and the highest number that a field takes, or `None` for a text. There is no
/// highest number for a seed, since nobody types one that is too long.
#[must_use]
pub fn bounds(kind: ParameterKind) -> Option<(u64, Option<u64>)> {
    let (min, max) = kind.bounds()?;
    Some((min, Some(max).filter(|max| *max < u64::MAX)))
}
