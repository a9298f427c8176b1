//! The texts of the switch between client and server.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::modes::Mode;
use page_model::role::Role;

use super::modes;

/// Returns the name of the switch.
pub fn roles(lang: Lang) -> &'static str {
    match lang {
        En => "This page is",
        Zh => "本页是",
    }
}

/// Returns the name of a role, and that the page listens, which goes on while it is a client.
pub fn role(lang: Lang, role: Role, is_listening: bool) -> &'static str {
    match (lang, role) {
        (En, Role::Client) => "Client",
        (En, Role::Server) if is_listening => "Server, listening",
        (En, Role::Server) => "Server",
        (Zh, Role::Client) => "客户端",
        (Zh, Role::Server) if is_listening => "服务器，侦听中",
        (Zh, Role::Server) => "服务器",
    }
}

/// Returns how a run was had: the mode, or that the page was the server.
pub fn how(lang: Lang, of: Role, mode: Mode) -> &'static str {
    match of {
        Role::Client => modes::mode(lang, mode),
        Role::Server => role(lang, Role::Server, false),
    }
}
