//! The names that values have in the protocol, for labels of metrics and for the log.

use serde::Serialize;

/// Returns the name that a variant without fields has on the wire, such as `policy`.
pub(crate) fn wire_name(variant: &impl Serialize) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
