//! Numbers, bytes and lines as text, the same in every language.

use echo_core::payload::{self, Notation};
use page_model::inspector::bridge_clock::TimeUnit;

pub use page_model::format::{abridged, excerpt, hex, shortened};

/// Formats microseconds with at most three digits.
pub fn micros(us: u64) -> String {
    match us {
        0..1_000 => format!("{us} µs"),
        1_000..10_000 => format!("{}.{:02} ms", us / 1_000, us % 1_000 / 10),
        10_000..100_000 => format!("{}.{} ms", us / 1_000, us % 1_000 / 100),
        100_000..1_000_000 => format!("{} ms", us / 1_000),
        _ => format!("{}.{:02} s", us / 1_000_000, us % 1_000_000 / 10_000),
    }
}

/// Formats microseconds with all their digits, in a unit.
pub fn exact(unit: TimeUnit, us: u64) -> String {
    match unit {
        TimeUnit::Micros => format!("{} µs", thousands(us)),
        TimeUnit::Millis => format!("{}.{:03} ms", thousands(us / 1_000), us % 1_000),
    }
}

/// Formats milliseconds of the page's clock, without digits below its `step`.
pub fn millis(ms: f64, step: f64) -> String {
    match ms {
        10_000.0.. => seconds(ms),
        1_000.0.. => {
            format!("{} s", hundredths(rounded(ms / 10.0)))
        }
        _ if ms < 100.0 && step < 1.0 => format!("{} ms", tenths(rounded(ms * 1_000.0))),
        _ => format!("{} ms", rounded(ms)),
    }
}

/// Formats a limit in bytes, in the largest unit that leaves no remainder.
pub fn limit(bytes: u64) -> String {
    const KIB: u64 = 1024;
    const MIB: u64 = KIB * KIB;
    match bytes {
        1.. if bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB),
        1.. if bytes.is_multiple_of(KIB) => format!("{} KiB", bytes / KIB),
        _ => format!("{} B", thousands(bytes)),
    }
}

/// Formats microseconds that are known to within one percent.
pub fn about(us: u64) -> String {
    match us {
        0..1_000 => format!("{us} µs"),
        1_000..9_950 => format!("{} ms", tenths(us)),
        9_950..999_500 => format!("{} ms", (us + 500) / 1_000),
        _ => format!("{} s", tenths(us / 1_000)),
    }
}

/// Formats microseconds that are known to within one percent and were measured by the page's clock,
/// without digits below its `step`.
pub fn about_by_page(us: u64, step: f64) -> String {
    match us {
        0..9_950 if step < 1.0 => format!("{} ms", tenths(us)),
        0..999_500 => format!("{} ms", (us + 500) / 1_000),
        _ => about(us),
    }
}

/// Formats thousandths with one digit after the point.
fn tenths(n: u64) -> String {
    let tenths = (n + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Formats a number of any width with its digits in groups of three.
pub fn grouped(n: impl TryInto<u64>) -> String {
    thousands(n.try_into().unwrap_or(u64::MAX))
}

/// Formats a number with its digits in groups of three.
pub fn thousands(n: u64) -> String {
    let mut text = n.to_string();
    let mut place = text.len();
    while place > 3 {
        place -= 3;
        text.insert(place, ',');
    }
    text
}

/// Formats the seconds of a wait in progress.
pub fn seconds(ms: f64) -> String {
    format!("{} s", tenths_of_seconds(ms))
}

/// Formats the seconds of a wait in progress, without the unit.
pub fn tenths_of_seconds(ms: f64) -> String {
    tenths(rounded(ms))
}

/// Formats a number of hundredths.
pub fn hundredths(n: u64) -> String {
    format!("{}.{:02}", n / 100, n % 100)
}

/// Formats a number of pixels for CSS.
pub fn pixels(px: f64) -> String {
    rounded(px).to_string()
}

/// Returns the nearest whole number. The code that formats integers is a tenth of the size of the
/// code that formats floats, and the page's first load is limited.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
fn rounded(number: f64) -> u64 {
    number.round() as u64
}

/// Returns the text that says how long nothing happened.
pub fn pause(ms: f64) -> String {
    if ms < 1_000.0 { format!("{} ms", rounded(ms)) } else { seconds(ms) }
}

/// Returns a number of bytes: exact as long as that is short.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{} B", thousands(bytes)),
        10_000..1_000_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        1_000_000..1_000_000_000 => {
            format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000)
        }
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
    }
}

/// Formats bytes in hexadecimal.
pub fn hex_of(bytes: &[u8]) -> String {
    payload::write(Notation::Hex, bytes).unwrap_or_default()
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
    fn an_exact_time_has_every_digit_in_either_unit() {
        assert_eq!(exact(TimeUnit::Micros, 11_263), "11,263 µs");
        assert_eq!(exact(TimeUnit::Millis, 63), "0.063 ms");
        assert_eq!(exact(TimeUnit::Millis, 5_000_120), "5,000.120 ms");
    }

    #[test]
    fn no_digit_is_printed_that_the_clock_does_not_have() {
        assert_eq!(millis(1.44, 0.1), "1.4 ms");
        assert_eq!(millis(2.0, 1.0), "2 ms");
        assert_eq!(millis(203.4, 0.1), "203 ms");
        assert_eq!(millis(5_004.2, 0.1), "5.00 s");
    }

    #[test]
    fn what_is_known_to_a_hundredth_is_printed_so() {
        let cases = [
            (96, "96 µs"),
            (1_399, "1.4 ms"),
            (9_960, "10 ms"),
            (14_900, "15 ms"),
            (999_900, "1.0 s"),
            (5_012_345, "5.0 s"),
        ];
        for (us, text) in cases {
            assert_eq!(about(us), text);
        }
        assert_eq!(about_by_page(401, 0.1), "0.4 ms");
        assert_eq!(about_by_page(2_000, 1.0), "2 ms");
    }

    #[test]
    fn digits_stand_in_groups_of_three() {
        let cases: [(u64, _); 4] =
            [(0, "0"), (999, "999"), (1_000, "1,000"), (12_345_678, "12,345,678")];
        for (n, text) in cases {
            assert_eq!(thousands(n), text);
        }
    }

    #[test]
    fn a_size_is_exact_as_long_as_that_is_short() {
        let cases =
            [(6, "6 B"), (9_999, "9,999 B"), (65_536, "65.5 kB"), (104_857_600, "104.8 MB")];
        for (bytes, text) in cases {
            assert_eq!(size(bytes), text);
        }
    }

    #[test]
    fn a_limit_is_told_exactly() {
        for (bytes, text) in [(0, "0 B"), (1_000, "1,000 B"), (4_096, "4 KiB"), (1 << 20, "1 MiB")]
        {
            assert_eq!(limit(bytes), text);
        }
    }
}
