//! Numbers, bytes and lines as text, the same in every language.

use echo_core::Line;

/// Microseconds, with three digits at most.
#[must_use]
pub fn micros(us: u64) -> String {
    match us {
        0..1_000 => format!("{us} µs"),
        1_000..10_000 => format!("{}.{:02} ms", us / 1_000, us % 1_000 / 10),
        10_000..100_000 => format!("{}.{} ms", us / 1_000, us % 1_000 / 100),
        100_000..1_000_000 => format!("{} ms", us / 1_000),
        _ => format!("{}.{:02} s", us / 1_000_000, us % 1_000_000 / 10_000),
    }
}

/// Milliseconds of the page's clock, with no digit that its `step` does not give.
#[must_use]
pub fn millis(ms: f64, step: f64) -> String {
    match ms {
        10_000.0.. => seconds(ms),
        1_000.0.. => {
            let hundredths = rounded(ms / 10.0);
            format!("{}.{:02} s", hundredths / 100, hundredths % 100)
        }
        _ if ms < 100.0 && step < 1.0 => format!("{} ms", tenths(ms)),
        _ => format!("{} ms", rounded(ms)),
    }
}

/// A number of bytes, in the largest unit that leaves no remainder.
#[must_use]
pub fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    const MIB: u64 = KIB * KIB;
    match bytes {
        1.. if bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB),
        1.. if bytes.is_multiple_of(KIB) => format!("{} KiB", bytes / KIB),
        _ => format!("{bytes} B"),
    }
}

/// Seconds that are being counted.
#[must_use]
pub fn seconds(ms: f64) -> String {
    format!("{} s", tenths(ms / 1_000.0))
}

fn tenths(number: f64) -> String {
    let tenths = rounded(number * 10.0);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The nearest whole number. To print these costs a tenth of what it costs to print a float, which
/// counts in a program that travels.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
fn rounded(number: f64) -> u64 {
    number.round() as u64
}

/// The first of some bytes, in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const SHOWN: usize = 16;
    let mut words: Vec<_> = bytes.iter().take(SHOWN).map(|byte| format!("{byte:02x}")).collect();
    if bytes.len() > SHOWN {
        words.push("…".into());
    }
    words.join(" ")
}

/// A line of the program, shortened where the reply in it is long.
#[must_use]
pub fn abridged(line: &Line) -> String {
    const SHOWN: usize = 1_000;
    let mut text = line.to_string();
    if let Some((end, _)) = text.char_indices().nth(SHOWN) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_three_digits_at_most() {
        let cases = [
            (96, "96 µs"),
            (1_409, "1.40 ms"),
            (12_345, "12.3 ms"),
            (203_999, "203 ms"),
            (5_012_345, "5.01 s"),
        ];
        for (us, text) in cases {
            assert_eq!(micros(us), text);
        }
    }

    #[test]
    fn no_digit_is_printed_that_the_clock_does_not_have() {
        assert_eq!(millis(1.44, 0.1), "1.4 ms");
        assert_eq!(millis(2.0, 1.0), "2 ms");
        assert_eq!(millis(203.4, 0.1), "203 ms");
        assert_eq!(millis(5_004.2, 0.1), "5.00 s");
    }

    #[test]
    fn a_size_is_told_exactly() {
        for (bytes, text) in [(0, "0 B"), (1_000, "1000 B"), (4_096, "4 KiB"), (1 << 20, "1 MiB")] {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn of_many_bytes_the_first_are_shown() {
        assert_eq!(hex(b"!!!"), "21 21 21");
        assert_eq!(hex(&[0; 17]), format!("{}…", "00 ".repeat(16)));
    }
}
