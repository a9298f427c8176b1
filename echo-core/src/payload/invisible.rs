//! Characters that leave no mark of their own.

/// Whether a person who looks at a text would miss `c`, or take it for a space: controls, white
/// space other than the space, and what Unicode calls default-ignorable, the joiners, the variation
/// selectors and the characters that turn the direction of writing among them.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control() || (c.is_whitespace() && c != ' ') || is_ignorable(c)
}

/// `Default_Ignorable_Code_Point` in Unicode's `DerivedCoreProperties.txt`, and the interlinear
/// annotation characters.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::is_invisible;

    #[test]
    fn what_can_be_seen_is_not_invisible() {
        for c in " aé你\u{301}→😀\u{e000}".chars() {
            assert!(!is_invisible(c), "{c:?}");
        }
    }

    #[test]
    fn controls_joiners_and_strange_spaces_are_invisible() {
        for c in "\0\n\u{7f}\u{85}\u{a0}\u{200b}\u{200d}\u{202e}\u{2028}\u{3000}\u{fe0f}\u{feff}\u{e0041}"
            .chars()
        {
            assert!(is_invisible(c), "{c:?}");
        }
    }
}
