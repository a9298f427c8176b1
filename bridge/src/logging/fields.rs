//! Formatting values so that they cannot break a line or control a terminal.
//!
//! The fields of all events and spans are formatted here; everything else in a line of the log is a
//! constant of the program. tracing-subscriber escapes some control characters, but not line feeds,
//! and none in fields that are logged by `Display`.

use std::fmt;

use echo_core::payload::printable;
use tracing::field::Field;
use tracing_subscriber::field::MakeExt as _;
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::format::{Writer, debug_fn};

/// The most bytes of a value that are logged.
pub(super) const MAX_VALUE: usize = 1024;

/// The field that holds an event's sentence.
const MESSAGE: &str = "message";

/// Returns the formatter of fields: a message without its name, others as `name=value`, each of
/// them printable.
pub(super) fn formatter() -> impl for<'writer> FormatFields<'writer> + Send + Sync + 'static {
    debug_fn(|writer: &mut Writer<'_>, field: &Field, value: &dyn fmt::Debug| {
        if field.name() != MESSAGE {
            write_name(writer, field.name())?;
        }
        writer.write_str(&format_value(&format!("{value:?}")))
    })
    .delimited(" ")
}

/// Writes `name=`, in italics on a terminal.
fn write_name(writer: &mut Writer<'_>, name: &str) -> fmt::Result {
    if writer.has_ansi_escapes() {
        write!(writer, "\x1b[3m{name}\x1b[0m\x1b[2m=\x1b[0m")
    } else {
        write!(writer, "{name}=")
    }
}

/// Returns `value` as printable text of a bounded length.
fn format_value(value: &str) -> String {
    bounded(printable(value.as_bytes()))
}

/// Returns `text`; if it has more than [`MAX_VALUE`] bytes, it is cut, and ends in `…`.
pub(super) fn bounded(text: String) -> String {
    if text.len() <= MAX_VALUE {
        return text;
    }
    format!("{}…", &text[..text.floor_char_boundary(MAX_VALUE)])
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use proptest::prelude::*;

    use super::*;

    /// What is logged while `log` runs.
    fn logged(ansi: bool, log: impl FnOnce()) -> String {
        #[derive(Default)]
        struct Lines(Mutex<Vec<u8>>);
        impl io::Write for &Lines {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.lock().unwrap().extend(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let lines = Arc::new(Lines::default());
        let subscriber = tracing_subscriber::fmt()
            .fmt_fields(formatter())
            .with_writer(lines.clone())
            .with_ansi(ansi)
            .without_time()
            .with_target(false)
            .finish();
        tracing::subscriber::with_default(subscriber, log);
        String::from_utf8(std::mem::take(&mut *lines.0.lock().unwrap())).unwrap()
    }

    /// `text` wherever a text can stand in the log.
    fn everywhere(text: &str) {
        let span = tracing::info_span!("session", target = %text, debug = ?text, text);
        let _inside = span.enter();
        tracing::info!(target = %text, debug = ?text, text, "{text}");
    }

    #[test]
    fn a_line_without_such_characters_stays_as_it_is() {
        let line = logged(false, || {
            let _inside = tracing::info_span!("session", target = %"db:5432").entered();
            tracing::warn!(sent = 6, by = ?Some("x"), "你好, C:\\dir");
        });
        assert_eq!(line, " WARN session{target=db:5432}: 你好, C:\\dir sent=6 by=Some(\"x\")\n");
    }

    #[test]
    fn a_terminal_is_coloured_by_the_log_alone() {
        let line = logged(true, || everywhere("\x1b[31m\u{9b}31m"));
        assert!(line.contains("\x1b[32m INFO\x1b[0m"), "{line:?}");
        assert!(!line.contains("\x1b[31m") && !line.contains('\u{9b}'), "{line:?}");
        assert_eq!(line.matches("\\u{1b}[31m").count(), 7, "{line:?}");
    }

    #[test]
    fn a_value_is_bounded() {
        let long = "好".repeat(MAX_VALUE);
        let line = logged(false, || tracing::info!("{long}"));
        assert!(line.ends_with("好…\n") && line.len() < MAX_VALUE + 16, "{}", line.len());
    }

    proptest! {
        #[test]
        fn whatever_is_logged_is_one_printable_line(
            text in any::<Vec<char>>().prop_map(String::from_iter),
        ) {
            let lines = logged(false, || everywhere(&text));
            let line = lines.strip_suffix('\n').unwrap();
            let breaks = |c: char| c.is_control() || "\u{2028}\u{2029}\u{202e}".contains(c);
            prop_assert!(!line.contains(breaks), "{line:?}");
        }
    }
}
