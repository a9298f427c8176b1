//! Lines of JSON: values of a bounded length, and nothing that controls a terminal.
//!
//! tracing-subscriber writes each event as one JSON object. What a string of it must not contain in
//! a line for people is written as an escape of JSON, which means the same to whoever parses it.

use std::fmt::Write as _;
use std::io;
use std::sync::Arc;

use echo_core::payload::is_printable;
use serde_json::{Value, json};

use super::fields::{MAX_VALUE, bounded};
use super::queue::Queue;
use super::time::now;

/// The longest line, in bytes, whose strings are not looked at one by one: in a shorter one, none
/// can be longer than a value in the text format.
const SHORT: usize = MAX_VALUE;

/// A writer of events, each written at once and whole.
pub(super) struct JsonLines(pub(super) Arc<Queue>);

impl io::Write for JsonLines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.push(readable(&String::from_utf8_lossy(line)).as_bytes());
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns a line of JSON with the same content, but with strings of a bounded length, and with
/// escapes in place of characters that are not printable.
fn readable(line: &str) -> String {
    let content = line.trim_end();
    let shortened = (content.len() > SHORT)
        .then(|| serde_json::from_str(content).ok())
        .flatten()
        .map(|mut value| {
            shorten(&mut value);
            value.to_string()
        });
    let mut escaped = String::with_capacity(line.len());
    for c in shortened.as_deref().unwrap_or(content).chars() {
        if is_printable(c) {
            escaped.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string does not fail.
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped.push('\n');
    escaped
}

fn shorten(value: &mut Value) {
    match value {
        Value::String(text) => *text = bounded(std::mem::take(text)),
        Value::Array(values) => values.iter_mut().for_each(shorten),
        Value::Object(fields) => fields.values_mut().for_each(shorten),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns the line of an event that is not logged through tracing.
pub(super) fn line(level: &str, message: &str) -> String {
    readable(&json!({ "timestamp": now(), "level": level, "message": message }).to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_that_is_short_and_printable_stays_as_it_is() {
        let line = "{\"level\":\"INFO\",\"message\":\"你好 \\\"C:\\\\dir\\\"\",\"sent\":6}\n";
        assert_eq!(readable(line), line);
    }

    #[test]
    fn a_long_value_is_cut_and_the_others_stay() {
        let long = "好".repeat(10_000);
        let line = json!({ "span": { "target": long, "id": 7 }, "code": 1008 }).to_string();
        let cut: Value = serde_json::from_str(&readable(&line)).unwrap();
        let target = cut["span"]["target"].as_str().unwrap();
        assert!(target.ends_with('…') && target.len() < 1100, "{}", target.len());
        assert_eq!((&cut["span"]["id"], &cut["code"]), (&json!(7), &json!(1008)));
    }

    proptest! {
        #[test]
        fn whatever_is_logged_is_one_printable_line_that_means_the_same(
            text in any::<Vec<char>>().prop_map(String::from_iter),
        ) {
            let text: String = text.chars().take(200).collect();
            let line = readable(&json!({ "message": text }).to_string());
            let content = line.strip_suffix('\n').unwrap();
            prop_assert!(content.chars().all(is_printable), "{content:?}");
            let value: Value = serde_json::from_str(content).unwrap();
            prop_assert_eq!(value["message"].as_str().unwrap(), text);
        }
    }
}
