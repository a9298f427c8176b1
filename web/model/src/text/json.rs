//! JSON laid out for reading: every number, string and key as it came, and in its place.

use serde::de::IgnoredAny;

/// The longest text that is laid out, in bytes. A longer one is shown as it came.
pub const MAX_JSON: usize = 1024 * 1024;
/// The longest result, and all results of a document together, in bytes: deep nesting makes much
/// white space.
pub const MAX_RESULT: usize = 4 * MAX_JSON;
/// The spaces of one level.
const INDENT: usize = 2;

/// Returns the text of a JSON object or array with a line for each member, or `None` if it is none,
/// or too long or too deep to be laid out in at most `room` bytes.
///
/// Only white space between the tokens is changed, so that no number is rounded, no key moved and no
/// escape rewritten.
#[must_use]
pub fn lay_out(bytes: &[u8], room: usize) -> Option<String> {
    let bytes = bytes.trim_ascii();
    if bytes.len() > MAX_JSON || !matches!(bytes.first(), Some(b'{' | b'[')) {
        return None;
    }
    let text = str::from_utf8(bytes).ok()?;
    // It is checked before, so that the tokens can be told apart by their first bytes alone.
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let mut layout = Layout { text: String::with_capacity(text.len() * 2), depth: 0, room };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = layout.push(c, rest)?;
        rest = &rest[length..];
    }
    Some(layout.text)
}

/// The result, as far as it is written.
struct Layout {
    text: String,
    depth: usize,
    /// How long the text may become.
    room: usize,
}

impl Layout {
    /// Writes the token, or the white space, that begins with `c`. Returns its length, or `None` if
    /// the result becomes too long.
    fn push(&mut self, c: char, rest: &str) -> Option<usize> {
        match c {
            '{' | '[' => {
                self.text.push(c);
                let (inner, closing) =
                    (rest[1..].trim_ascii_start(), if c == '{' { '}' } else { ']' });
                if inner.starts_with(closing) {
                    self.text.push(closing);
                    return Some(rest.len() - inner.len() + 1);
                }
                self.depth += 1;
                self.new_line()?;
            }
            '}' | ']' => {
                self.depth -= 1;
                self.new_line()?;
                self.text.push(c);
            }
            ',' => {
                self.text.push(c);
                self.new_line()?;
            }
            ':' => self.text.push_str(": "),
            ' ' | '\t' | '\r' | '\n' => {}
            '"' => return self.copy(&rest[..string_length(rest)]),
            _ => {
                let is_end = |c| matches!(c, ',' | '}' | ']' | ' ' | '\t' | '\r' | '\n');
                return self.copy(&rest[..rest.find(is_end).unwrap_or(rest.len())]);
            }
        }
        Some(1)
    }

    fn copy(&mut self, token: &str) -> Option<usize> {
        self.text.push_str(token);
        (self.text.len() <= self.room).then_some(token.len())
    }

    fn new_line(&mut self) -> Option<()> {
        let indent = self.depth * INDENT;
        if self.text.len() + indent >= self.room {
            return None;
        }
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', indent));
        Some(())
    }
}

/// Returns the length of the string that begins here, with its quotes.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (index, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    #[test]
    fn each_member_has_a_line_and_nothing_but_white_space_changes() {
        let text =
            r#" {"b":1.50,"a":[12345678901234567890,-0,1e400 , {} ,[ ]],"k\"}":"a\\","a":null}"#;
        let expected = r#"{
  "b": 1.50,
  "a": [
    12345678901234567890,
    -0,
    1e400,
    {},
    []
  ],
  "k\"}": "a\\",
  "a": null
}"#;
        assert_eq!(lay_out(text.as_bytes(), MAX_RESULT).as_deref(), Some(expected));
    }

    #[test]
    fn what_is_no_json_object_or_array_is_left_alone() {
        for text in ["", "1", "\"a\"", "{", "[1,]", "{\"a\":1}x", "{'a':1}", "[\u{feff}]", "+PONG"]
        {
            assert_eq!(lay_out(text.as_bytes(), MAX_RESULT), None, "{text}");
        }
        assert_eq!(lay_out(b"[\"\xff\"]", MAX_RESULT), None);
    }

    #[test]
    fn what_would_become_too_long_is_left_alone() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert_eq!(lay_out(deep.as_bytes(), MAX_RESULT), None);
        let long = format!("[{}1]", "1,".repeat(MAX_JSON / 2));
        assert_eq!(lay_out(long.as_bytes(), MAX_RESULT), None);
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "\\PC{0,8}[\\[\\]{}:,\"\\\\ \n]{0,4}".prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::hash_map("[a-z\"\\\\{]{0,4}", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_layout_is_the_one_that_serde_json_writes(value in values(), spaced: bool) {
            prop_assume!(value.is_array() || value.is_object());
            let laid_out = serde_json::to_string_pretty(&value).unwrap();
            let text = if spaced { laid_out.clone() } else { value.to_string() };
            prop_assert_eq!(lay_out(text.as_bytes(), MAX_RESULT), Some(laid_out));
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = lay_out(&bytes, MAX_RESULT);
        }
    }
}
