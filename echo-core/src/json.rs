//! JSON as a tree, and how to read values out of it.
//!
//! Everything that the page reads goes through this one type: a visitor for each message, as serde
//! derives them, would be a tenth of the page.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`, and what is not there.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A whole number from 0.
    Count(u64),
    /// Another number: no message of ours has one.
    Other,
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object: its members in their order.
    Object(Vec<(String, Json)>),
}

/// A member of an object, which may not be there.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    key: &'static str,
    value: &'a Json,
}

/// The member of this key is missing, or not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong(pub &'static str);

/// A type whose every value has a name.
pub trait Named: Copy + 'static {
    /// All its values, the default first if it has one.
    const ALL: &'static [Self];

    /// How it stands in JSON, or in a link.
    fn name(self) -> &'static str;

    /// The one of this name.
    #[must_use]
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.name() == name)
    }
}

/// Gives the values of a type their names.
#[macro_export]
macro_rules! names {
    ($type:ty: $($variant:ident = $name:literal),* $(,)?) => {
        impl $crate::json::Named for $type {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

impl Json {
    /// A member of this object; `Null` where it has none, or is none.
    #[must_use]
    pub fn get(&self, key: &'static str) -> Member<'_> {
        let members: &[_] = if let Self::Object(members) = self { members } else { &[] };
        let found = members.iter().find(|(name, _)| name == key);
        Member { key, value: found.map_or(&Self::Null, |(_, value)| value) }
    }

    /// An object of those members that are not `Null`.
    #[must_use]
    pub fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        let there = members.into_iter().filter(|(_, value)| *value != Self::Null);
        Self::Object(there.map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// The name of a value.
    #[must_use]
    pub fn name(of: impl Named) -> Self {
        Self::Text(of.name().to_owned())
    }
}

impl<'a> Member<'a> {
    /// The member itself, unless it is missing or `null`.
    #[must_use]
    pub fn optional(self) -> Option<Self> {
        (*self.value != Json::Null).then_some(self)
    }

    /// What it holds.
    #[must_use]
    pub fn value(self) -> &'a Json {
        self.value
    }

    /// What is to be said if it is not what it should be.
    #[must_use]
    pub fn wrong(self) -> Wrong {
        Wrong(self.key)
    }

    /// Whether it is `true`.
    ///
    /// # Errors
    /// It is neither `true` nor `false`.
    pub fn flag(self) -> Result<bool, Wrong> {
        if let Json::Flag(flag) = self.value { Ok(*flag) } else { Err(self.wrong()) }
    }

    /// The number.
    ///
    /// # Errors
    /// It is no whole number from 0.
    pub fn count(self) -> Result<u64, Wrong> {
        if let Json::Count(count) = self.value { Ok(*count) } else { Err(self.wrong()) }
    }

    /// The string.
    ///
    /// # Errors
    /// It is none.
    pub fn text(self) -> Result<&'a str, Wrong> {
        if let Json::Text(text) = self.value { Ok(text) } else { Err(self.wrong()) }
    }

    /// The array.
    ///
    /// # Errors
    /// It is none.
    pub fn list(self) -> Result<&'a [Json], Wrong> {
        if let Json::List(list) = self.value { Ok(list) } else { Err(self.wrong()) }
    }

    /// The value that the string names.
    ///
    /// # Errors
    /// It is no string, or no such name.
    pub fn named<T: Named>(self) -> Result<T, Wrong> {
        T::named(self.text()?).ok_or(self.wrong())
    }

    /// What the string is the text form of.
    ///
    /// # Errors
    /// It is no string, or no such form.
    pub fn parsed<T: FromStr>(self) -> Result<T, Wrong> {
        self.text()?.parse().map_err(|_| self.wrong())
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)?;
        f.write_str(" is missing, or not what it should be")
    }
}

impl std::error::Error for Wrong {}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_u64<E>(self, count: u64) -> Result<Json, E> {
        Ok(Json::Count(count))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            members.push(entry);
        }
        Ok(Json::Object(members))
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::Other => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Count(count) => serializer.serialize_u64(*count),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => serializer.collect_seq(list),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_or_not_right_is_named() {
        let json: Json =
            serde_json::from_str(r#"{"a":1,"b":-1,"c":0.5,"d":null,"e":"x","f":[true]}"#).unwrap();
        assert_eq!(json.get("a").count(), Ok(1));
        for key in ["b", "c", "d", "e", "f", "g"] {
            assert_eq!(json.get(key).count(), Err(Wrong(key)));
        }
        assert!(json.get("d").optional().is_none() && json.get("g").optional().is_none());
        assert_eq!(json.get("e").text(), Ok("x"));
        assert_eq!(json.get("f").list(), Ok(&[Json::Flag(true)][..]));
        assert_eq!(Json::List(vec![]).get("a").text(), Err(Wrong("a")));
    }

    #[test]
    fn what_is_written_is_read() {
        let json = Json::object([
            ("text", Json::Text("\"你\n".into())),
            ("count", Json::Count(u64::MAX)),
            ("left out", Json::Null),
            ("list", Json::List(vec![Json::Flag(false), Json::Null])),
        ]);
        let text = serde_json::to_string(&json).unwrap();
        assert_eq!(text, r#"{"text":"\"你\n","count":18446744073709551615,"list":[false,null]}"#);
        assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), json);
    }
}
