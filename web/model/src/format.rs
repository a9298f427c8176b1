//! Bytes and lines of the program as text, the same in every language.

use echo_core::Line;
use echo_core::payload::printable;

/// The most bytes that [`hex`] shows.
const MAX_HEX: usize = 16;
/// The most characters that [`abridged`] shows.
const MAX_LINE: usize = 1_000;

/// Returns the first of some bytes, in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut words: Vec<_> = bytes.iter().take(MAX_HEX).map(|byte| format!("{byte:02x}")).collect();
    if bytes.len() > MAX_HEX {
        words.push("…".into());
    }
    words.join(" ")
}

/// Returns the first `max` bytes as text, what is not printable escaped, and `…` if there are more:
/// `length` in all, of which `bytes` may be the beginning.
#[must_use]
pub fn excerpt(bytes: &[u8], max: usize, length: u64) -> String {
    let mut text = printable(&bytes[..bytes.len().min(max)]);
    if length > max as u64 {
        text.push('…');
    }
    text
}

/// Returns a line of the program, shortened if the reply in it is long.
#[must_use]
pub fn abridged(line: &Line) -> String {
    shortened(line.to_string(), MAX_LINE)
}

/// Returns a text: if it has more than `max` characters, the first of them and `…`.
#[must_use]
pub fn shortened(mut text: String, max: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(max) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Returns the day of a time in seconds since 1970 (UTC), as in `2026-11-23`; certificates have no
/// other time zone. Of years far away, the nearest of the years -9999 to 9999 is told.
#[must_use]
pub fn day(unix_s: i64) -> String {
    const DAY: i64 = 86_400;
    /// Days from the 1st of March of the year 0 to 1970, and in 400 years.
    const BEFORE_1970: i64 = 719_468;
    const IN_400_YEARS: i64 = 146_097;
    const MAX: i64 = 253_402_300_799;
    // Years begin in March here, so that the day that leap years have is their last.
    let days = unix_s.clamp(-MAX, MAX).div_euclid(DAY) + BEFORE_1970;
    let (era, of_era) = (days.div_euclid(IN_400_YEARS), days.rem_euclid(IN_400_YEARS));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Returns the offset, at `from` or behind it, at which `text`, which is not empty, stands in `bytes`,
/// whatever the case of its ASCII letters.
#[must_use]
pub fn find_ignoring_case(bytes: &[u8], from: usize, text: &[u8]) -> Option<usize> {
    let first = text.first()?;
    let last = bytes.len().checked_sub(text.len())?;
    (from..=last).find(|&at| {
        bytes[at].eq_ignore_ascii_case(first)
            && bytes[at..at + text.len()].eq_ignore_ascii_case(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (unix_s, expected) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (951_782_400, "2000-02-29"),
            (4_107_542_399, "2100-02-28"),
            (4_107_542_400, "2100-03-01"),
            (1_795_404_501, "2026-11-23"),
            (253_402_300_799, "9999-12-31"),
            (i64::MAX, "9999-12-31"),
        ] {
            assert_eq!(day(unix_s), expected);
        }
        assert!(day(i64::MIN).starts_with('-'));
    }

    #[test]
    fn of_many_bytes_the_first_are_shown() {
        assert_eq!(hex(b"!!!"), "21 21 21");
        assert_eq!(hex(&[0; 17]), format!("{}…", "00 ".repeat(16)));
    }

    #[test]
    fn an_excerpt_says_whether_there_is_more() {
        assert_eq!(excerpt(b"a\n", 2, 2), "a\\n");
        assert_eq!(excerpt(b"abc", 2, 3), "ab…");
        assert_eq!(excerpt(b"a", 2, 3), "a…");
    }

    #[test]
    fn a_line_with_a_long_reply_is_shortened() {
        let line = abridged(&Line::Unexpected(vec![b'x'; 5_000]));
        assert_eq!(line.chars().count(), MAX_LINE + 1);
        assert!(line.ends_with("x…"));
    }

    #[test]
    fn a_text_is_shortened_between_characters_if_it_is_too_long() {
        assert_eq!(shortened("你好".into(), 2), "你好");
        assert_eq!(shortened("你好!".into(), 2), "你好…");
    }
}
