//! The page's languages.

use serde::{Deserialize, Serialize};

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese, in simplified characters (`zh-Hans`).
    Zh,
}

impl Lang {
    /// All languages, in the order of the language switch.
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    /// Returns the language for a language tag (RFC 5646) such as `zh-CN`, by its primary subtag.
    /// Returns English if the page does not have the language.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        match tag.split('-').next() {
            Some(primary) if primary.eq_ignore_ascii_case("zh") => Self::Zh,
            _ => Self::En,
        }
    }

    /// Returns the language tag (RFC 5646) for `lang` attributes.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-Hans",
        }
    }

    /// Returns the language's name in the language switch.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "EN",
            Self::Zh => "中文",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn a_browsers_language_picks_one_the_page_speaks() {
        for (tag, lang) in [
            ("zh", Lang::Zh),
            ("zh-TW", Lang::Zh),
            ("ZH-cn", Lang::Zh),
            ("en-GB", Lang::En),
            ("de", Lang::En),
            ("", Lang::En),
        ] {
            assert_eq!(Lang::from_tag(tag), lang, "{tag}");
        }
    }

    #[test]
    fn a_tag_is_read_back_as_its_language() {
        assert!(Lang::ALL.iter().all(|&lang| Lang::from_tag(lang.tag()) == lang));
    }
}
