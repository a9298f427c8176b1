//! A text with gaps: data, where a function for each would be code.

use std::fmt::{Display, Write as _};

use super::format;

/// A text with a gap for each of `N` values: `{0}`, `{1}` and so on.
///
/// Where its grammar minds how many, it has two forms, with `|` between them: one for when the first
/// value is `1`, and one for all else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text<const N: usize>(pub &'static str);

impl<const N: usize> Text<N> {
    /// The text with these values in its gaps.
    #[must_use]
    pub fn with(self, values: [&dyn Display; N]) -> String {
        filled(self.0, &values)
    }
}

impl Text<4> {
    /// The text for the first byte that differs, at this offset of so many: which it should have
    /// been, and which it is.
    #[must_use]
    pub fn of_difference(self, offset: usize, of: usize, [sent, came]: [u8; 2]) -> String {
        self.with([&(offset + 1), &of, &format::hex(&[sent]), &format::hex(&[came])])
    }
}

fn filled(text: &str, values: &[&dyn Display]) -> String {
    let form = match (text.split_once('|'), values.first()) {
        (Some((one, _)), Some(first)) if first.to_string() == "1" => one,
        (Some((_, others)), _) => others,
        (None, _) => text,
    };
    let mut said = String::new();
    for (place, piece) in form.split(['{', '}']).enumerate() {
        match piece.parse::<usize>().ok().filter(|_| place % 2 == 1).and_then(|n| values.get(n)) {
            Some(value) => write!(said, "{value}").unwrap_or_default(),
            None => said += piece,
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_their_gaps_in_any_order() {
        assert_eq!(Text::<2>("{1} of {0}, 0").with([&"{1}", &7]), "7 of {1}, 0");
    }

    #[test]
    fn one_of_something_has_a_form_of_its_own() {
        let bytes = Text::<1>("1 byte|{0} bytes");
        assert_eq!([1, 0, 11].map(|n| bytes.with([&n])), ["1 byte", "0 bytes", "11 bytes"]);
    }
}
