//! The keys of a link, and how the value of each is parsed and written.

use serde::Serialize;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer as _};
use serde_json::Value;

use super::Link;
use crate::expected_reply::ExpectedReply;
use crate::lesson::Step;
use crate::role::Role;
use crate::setup::{DEFAULT_MESSAGE, MAX_MESSAGE, ServerSetup, Setup};

/// A key of a link.
pub(super) struct Key {
    /// The key's name.
    pub(super) name: &'static str,
    /// Sets a value, which is percent-decoded. Returns `None` if it is not valid.
    pub(super) read: fn(&mut Link, &str) -> Option<()>,
    /// Returns the value, not yet percent-encoded, or `None` if it is the default.
    pub(super) write: fn(&Link) -> Option<String>,
}

/// All keys, in the order in which they are written.
pub(super) const KEYS: [Key; 15] = [
    Key {
        name: "to",
        read: |link, text| {
            setup(link).to = Some(text.trim()).filter(|it| !it.is_empty()).map(Into::into);
            Some(())
        },
        write: |link| link.setup.as_ref()?.to.clone(),
    },
    Key {
        name: "msg",
        read: |link, text| {
            let setup = setup(link);
            (text.len() <= MAX_MESSAGE).then(|| text.clone_into(&mut setup.message))
        },
        write: |link| {
            let setup = link.setup.as_ref()?;
            (setup.message != DEFAULT_MESSAGE).then(|| setup.message.clone())
        },
    },
    Key {
        name: "as",
        read: |link, text| read(text, &mut setup(link).notation),
        write: |link| write(link.setup.as_ref()?.notation),
    },
    Key {
        name: "end",
        read: |link, text| read(text, &mut setup(link).ending),
        write: |link| write(link.setup.as_ref()?.ending),
    },
    Key {
        name: "how",
        read: |link, text| read(text, &mut setup(link).mode),
        write: |link| write(link.setup.as_ref()?.mode),
    },
    Key {
        name: "expect",
        read: |link, text| {
            let setup = setup(link);
            ExpectedReply::from_text(text).map(|reply| setup.expected = reply)
        },
        write: |link| {
            let expected = &link.setup.as_ref()?.expected;
            (*expected != ExpectedReply::Same).then(|| expected.to_text())
        },
    },
    Key {
        name: "role",
        read: |link, text| {
            let role = from_name(text)?;
            let server = &mut setup(link).server;
            match role {
                Role::Client => *server = None,
                Role::Server => _ = server.get_or_insert_default(),
            }
            Some(())
        },
        write: |link| link.setup.as_ref()?.server.as_ref().and_then(|_| write(Role::Server)),
    },
    Key {
        name: "listen",
        read: |link, text| {
            server(link).listen = Some(text.trim()).filter(|it| !it.is_empty()).map(Into::into);
            Some(())
        },
        write: |link| link.setup.as_ref()?.server.as_ref()?.listen.clone(),
    },
    Key {
        name: "answer",
        read: |link, text| {
            server(link).answer = Some(text.into());
            Some(())
        },
        write: |link| link.setup.as_ref()?.server.as_ref()?.answer.clone(),
    },
    Key {
        name: "rules",
        read: |link, text| {
            server(link).rules = Some(text.into());
            Some(())
        },
        write: |link| link.setup.as_ref()?.server.as_ref()?.rules.as_deref().map(Into::into),
    },
    Key {
        name: "listened",
        read: |link, text| {
            // Alone it makes no set-up: it means nothing in a link.
            if let Some(server) = link.setup.as_mut().and_then(|setup| setup.server.as_mut()) {
                server.was_listening = text == "1";
            }
            Some(())
        },
        write: |link| link.setup.as_ref()?.server.as_ref()?.was_listening.then(|| "1".into()),
    },
    Key {
        name: "view",
        read: |link, text| read(text, &mut link.view),
        write: |link| write(link.view),
    },
    Key {
        name: "lesson",
        read: |link, text| {
            link.lesson = Some(text.parse().ok().and_then(Step::of)?.number());
            Some(())
        },
        write: |link| Some(link.lesson?.to_string()),
    },
    Key {
        name: "lang",
        read: |link, text| from_name(text).map(|lang| link.lang = Some(lang)),
        write: |link| write(link.lang?),
    },
    Key {
        name: "present",
        read: |link, text| {
            link.presents = match text {
                "0" => false,
                "1" => true,
                _ => return None,
            };
            Some(())
        },
        write: |link| link.presents.then(|| "1".into()),
    },
];

/// Returns the link's setup, after setting it to the default if there was none.
fn setup(link: &mut Link) -> &mut Setup {
    link.setup.get_or_insert_default()
}

/// Returns how the link sets the page up as a server, which it then is.
fn server(link: &mut Link) -> &mut ServerSetup {
    setup(link).server.get_or_insert_default()
}

/// Sets `value` to the one that serde knows by the name `text`. Returns `None` if there is none.
fn read<T: DeserializeOwned>(text: &str, value: &mut T) -> Option<()> {
    from_name(text).map(|named| *value = named)
}

/// Returns the value that serde knows by this name, or `None` if there is none.
fn from_name<T: DeserializeOwned>(name: &str) -> Option<T> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    T::deserialize(name).ok()
}

/// Returns the name by which serde knows a value, or `None` for the default.
fn write<T: Serialize + Default + PartialEq>(value: T) -> Option<String> {
    if value == T::default() {
        return None;
    }
    match serde_json::to_value(value) {
        Ok(Value::String(name)) => Some(name),
        _ => None,
    }
}
