//! English.

use echo_core::wire::{EchoServer, Kind, Stage};

use super::{Words, link, menu, modes, runs};
use page_model::cause::Cause;

pub(super) const WORDS: Words = Words {
    language: "Language",
    to: "To",
    echo_server: |whose| match whose {
        EchoServer::Own => "echo server: the bridge's own",
        EchoServer::External => "echo server: not the bridge's own; an ncat, perhaps",
        EchoServer::Released => "echo server: its port is free for another one now",
        EchoServer::Off => "echo server: the bridge started none, so bring your own",
    },
    empty_to: "Say to whom: host:port, as in localhost:8888.",
    message: "Message",
    empty_message: "Nothing to send: an echo server answers only what it gets.",
    bytes: |n| if n == 1 { "1 byte".into() } else { format!("{n} bytes") },
    keys: "Shift+Enter: new line",
    send: "Send",
    stop: "Stop",
    idle: |n| match n {
        0 => "Type a message: its bytes go over a real TCP connection and should come back \
              unchanged."
            .into(),
        1 => "Press Send: 1 byte goes over a real TCP connection and should come back unchanged."
            .into(),
        _ => format!(
            "Press Send: {n} bytes go over a real TCP connection and should come back unchanged."
        ),
    },
    no_bridge: "The bridge is not running.",
    notices: "This page notices when it is up.",
    bridge_back: "The bridge is up again: press Send.",
    connecting: |target| format!("Connecting to {target}"),
    waiting: |got, of| format!("Waiting: {got} of {}", (WORDS.bytes)(of)),
    still_waiting: |got, of| format!("Still waiting: {got} of {}", (WORDS.bytes)(of)),
    limit: |s| {
        format!("The tutorial's client would still be waiting; this page stopped after {s} s.")
    },
    stopped: "You stopped it; the tutorial's client would still be waiting.",
    given_up: "Stopped before there was a connection",
    same: |n| match n {
        1 => "The byte came back unchanged.".into(),
        _ => format!("All {n} bytes came back unchanged."),
    },
    different: |offset, of, sent, received| {
        let nth = offset + 1;
        format!(
            "First difference: byte {nth} of {of} went out as {sent:02x} and came back as {received:02x}."
        )
    },
    sent: "sent",
    received: "received",
    extra: |n, bytes| match n {
        1 => format!("1 more byte arrived that the program never read: {bytes}"),
        _ => format!("{n} more bytes arrived that the program never read: {bytes}"),
    },
    in_terminal: "The same in a terminal:",
    had_come: |got, of| format!("{got} of {} had come back.", (WORDS.bytes)(of)),
    over_tcp: |time| format!("TCP {time}"),
    through_browser: |time| format!("through the browser {time}"),
    cause,
    remedy,
    runs: runs::EN,
    link: link::EN,
    menu: menu::EN,
    modes: modes::EN,
    echo: "echo",
    misbehaves: "a server that misbehaves…",
    composer: super::composer::EN,
    reply: super::reply::EN,
};

fn cause(cause: Cause, target: &str, origin: &str) -> String {
    match cause {
        Cause::EarlyEnd => "The server ended the connection (FIN) too early.".into(),
        Cause::NoBridge => "The bridge is not running.".into(),
        Cause::PageRefused => {
            format!("The bridge is running, but lets no page from {origin} in.")
        }
        Cause::BridgeGone => {
            "The bridge went away in the middle, and the TCP connection with it.".into()
        }
        Cause::Closed(code) => format!("The bridge closed the WebSocket with code {code}."),
        Cause::Failed(stage, kind) => failed(stage, kind, target),
    }
}

fn remedy(cause: Cause) -> &'static str {
    match cause {
        Cause::Failed(_, Kind::Refused) => "Start an echo server there:",
        Cause::NoBridge | Cause::BridgeGone => "In the project folder:",
        _ => "Restart the bridge with:",
    }
}

fn failed(stage: Stage, kind: Kind, target: &str) -> String {
    match (stage, kind) {
        (Stage::Protocol, _) | (_, Kind::NotUtf8) => {
            "The bridge does not understand this page: reload it, they may differ in version."
                .into()
        }
        (_, Kind::Malformed) => {
            format!("{target} is no target: write host:port, as in localhost:8888.")
        }
        (_, Kind::Forbidden) => format!(
            "The bridge may not dial {target}, so that no web page can reach into your network."
        ),
        (_, Kind::ForbiddenAddress) => format!(
            "{target} leads only to addresses that the bridge may not dial. Allow the address, not \
             the name: names can come to mean another machine."
        ),
        (_, Kind::NotFound) => {
            format!("No address is known for {target}: is the name spelt right?")
        }
        (_, Kind::Refused) => {
            format!("Nothing listens at {target}: that machine is there and says no.")
        }
        (Stage::Idle, Kind::Timeout) => {
            "Nothing moved for so long that the bridge ended the connection.".into()
        }
        (Stage::Resolve, Kind::Timeout) => format!("The look-up of {target} took too long."),
        (_, Kind::Timeout) => format!(
            "{target} does not answer: nobody has that address, or a firewall drops what is sent \
             there."
        ),
        (_, Kind::Unreachable) => {
            format!("No way leads to {target} from the bridge's machine: is its network up?")
        }
        (_, Kind::Reset) => {
            "The server broke the connection off (RST): it crashed, or closed without reading \
             everything."
                .into()
        }
        (Stage::Resolve, Kind::TooMany) => {
            "The bridge is looking up as many names as it may: try again in half a minute.".into()
        }
        (_, Kind::TooMany) => {
            "The bridge has as many connections as it may have: try again in a moment.".into()
        }
        (_, Kind::TooBig) => "A message was longer than the bridge takes.".into(),
        (_, Kind::ShuttingDown) => "The bridge is shutting down.".into(),
        (_, Kind::Internal) => "The fault is the bridge's own; its terminal may say more.".into(),
    }
}
