//! The texts of the sequence diagram: who takes part, and what passed between them.

use echo_core::wire::{Kind, Stage};
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::cause::Cause;
use page_model::connection::EndRequest;
use page_model::inspector::sequence_diagram::{
    Arrow, Arrows, Evidence, PageMessage, PathEnd, PathPoint, TcpEvent,
};
use page_model::role::Role;

use super::count::count;
use super::format;

/// One of the three between which messages pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The page.
    Page,
    /// The bridge.
    Bridge,
    /// The other end: the server or, where the page is that, its client.
    Peer,
}

impl Party {
    /// Returns all of them, in the order of their lifelines: whoever connects stands left.
    pub const fn all(role: Role) -> [Self; 3] {
        match role {
            Role::Client => [Self::Page, Self::Bridge, Self::Peer],
            Role::Server => [Self::Peer, Self::Bridge, Self::Page],
        }
    }
}

/// Returns the name of a party.
pub fn party(lang: Lang, role: Role, party: Party) -> &'static str {
    match (lang, party) {
        (En, Party::Page) => "page",
        (En, Party::Bridge) => "bridge",
        (En, Party::Peer) if role == Role::Server => "client",
        (Zh, Party::Peer) if role == Role::Server => "客户端",
        (En, Party::Peer) => "server",
        (Zh, Party::Page) => "网页",
        (Zh, Party::Bridge) => "桥接程序",
        (Zh, Party::Peer) => "服务器",
    }
}

/// Returns what a party is, which stands under its name before the first run.
pub fn description(lang: Lang, party: Party) -> &'static str {
    match (lang, party) {
        (En, Party::Page) => "this page, in your browser",
        (En, Party::Bridge) => "a small program that opens TCP connections for the page",
        (En, Party::Peer) => "returns what it gets",
        (Zh, Party::Page) => "本页，在你的浏览器里",
        (Zh, Party::Bridge) => "一个小程序，替网页建立 TCP 连接",
        (Zh, Party::Peer) => "收到什么就返回什么",
    }
}

/// Returns the head of the times.
pub fn bridge_clock(lang: Lang) -> &'static str {
    match lang {
        En => "bridge's clock",
        Zh => "桥接程序的时钟",
    }
}

/// Returns the head of the lines that the program prints.
pub fn printed(lang: Lang) -> &'static str {
    match lang {
        En => "what the program prints",
        Zh => "程序打印的内容",
    }
}

/// Returns the label of an arrow between the page and the bridge: a message of the WebSocket. The
/// number of bytes is left out where the arrow beside it has it.
pub fn page_label(
    lang: Lang,
    arrows: &Arrows,
    message: PageMessage,
    quote: Option<&str>,
) -> String {
    let is_counted = matches!(
        (message, arrows.target.map(|arrow| arrow.what)),
        (PageMessage::Bytes(bytes), Some(TcpEvent::Bytes(others))) if bytes == others
    );
    match quote {
        Some(quote) if is_counted => format!("“{quote}”"),
        Some(quote) => format!("“{quote}” {}", page_message(lang, message)),
        None => page_message(lang, message),
    }
}

/// Returns what a message of the WebSocket says.
pub fn page_message(lang: Lang, message: PageMessage) -> String {
    let text = match (lang, message) {
        (_, PageMessage::Bytes(count)) => return bytes(lang, count),
        (_, PageMessage::Open) => "WebSocket",
        (En, PageMessage::Accepted) => "accepted",
        (En, PageMessage::End(EndRequest::Finish)) => "finish",
        (En, PageMessage::End(EndRequest::Close)) => "close",
        (En, PageMessage::End(EndRequest::Reset)) => "reset",
        (En, PageMessage::Finished) => "finished",
        (En, PageMessage::Failed) => "failed",
        (En, PageMessage::Closed) => "closed",
        (Zh, PageMessage::Accepted) => "已接受",
        (Zh, PageMessage::End(EndRequest::Finish)) => "发完了",
        (Zh, PageMessage::End(EndRequest::Close)) => "关闭",
        (Zh, PageMessage::End(EndRequest::Reset)) => "强制断开",
        (Zh, PageMessage::Finished) => "对方发完了",
        (Zh, PageMessage::Failed) => "失败",
        (Zh, PageMessage::Closed) => "已关闭",
    };
    text.into()
}

/// Returns the label of an arrow between the bridge and the server: what passed on TCP, that nobody
/// saw it, and that it led to nothing.
pub fn target_label(lang: Lang, arrows: &Arrows, arrow: &Arrow<TcpEvent>) -> String {
    let what = match arrow.what {
        // The whole name is wider than an arrow.
        TcpEvent::Handshake(Some(took)) => format!("TLS {}", format::micros(took.0)),
        other => tcp_event(lang, other),
    };
    match (end_of(arrows, PathPoint::Server), arrow.evidence, lang) {
        (Some(end), ..) if arrow.what == TcpEvent::Handshake(None) => {
            end_reason(lang, end.cause).into()
        }
        (Some(end), ..) => format!("{what} · {}", end_reason(lang, end.cause)),
        (None, Evidence::Inferred, En) => format!("{what} · inferred"),
        (None, Evidence::Inferred, Zh) => format!("{what} · 推断"),
        (None, Evidence::Measured(_), _) => what,
    }
}

/// Returns where the path ended, if that was at this point.
pub fn end_of(arrows: &Arrows, at: PathPoint) -> Option<PathEnd> {
    arrows.end.filter(|end| end.at == at)
}

/// Returns the name of what passed on TCP, and when by the bridge's clock, in words.
pub fn timed_tcp_event(lang: Lang, arrow: &Arrow<TcpEvent>) -> String {
    let what = tcp_event(lang, arrow.what);
    match arrow.evidence {
        Evidence::Measured(Some(at)) => format!("{what} · {} µs", format::thousands(at.0)),
        Evidence::Measured(None) | Evidence::Inferred => what,
    }
}

fn tcp_event(lang: Lang, event: TcpEvent) -> String {
    match event {
        TcpEvent::Bytes(count) => bytes(lang, count),
        TcpEvent::Syn => "SYN".into(),
        TcpEvent::Connect => "connect".into(),
        TcpEvent::Handshake(took) => {
            let name = match lang {
                En => "TLS handshake",
                Zh => "TLS 握手",
            };
            took.map_or(name.into(), |took| format!("{name} {}", format::micros(took.0)))
        }
        TcpEvent::Fin => "FIN".into(),
        TcpEvent::Rst => "RST".into(),
    }
}

/// Returns a number of bytes, in words as long as it is short.
fn bytes(lang: Lang, bytes: u64) -> String {
    match lang {
        _ if bytes >= 10_000 => format::size(bytes),
        En => count(bytes, "byte"),
        Zh => format!("{} 字节", format::thousands(bytes)),
    }
}

/// Returns in two or three words why the path to the server ended.
pub fn end_reason(lang: Lang, cause: Cause) -> &'static str {
    match (lang, cause) {
        (En, Cause::NoBridge) => "not running",
        (En, Cause::PageRefused) => "page refused",
        (En, Cause::BridgeGone) => "connection lost",
        (En, Cause::Closed(_) | Cause::EarlyEnd) => "closed",
        (Zh, Cause::NoBridge) => "没有运行",
        (Zh, Cause::PageRefused) => "不接受本页",
        (Zh, Cause::BridgeGone) => "连接中断",
        (Zh, Cause::Closed(_) | Cause::EarlyEnd) => "已关闭",
        (En, Cause::Failed(stage, kind)) => failure_en(stage, kind),
        (Zh, Cause::Failed(stage, kind)) => failure_zh(stage, kind),
    }
}

/// A connection that stands ends at the server: what is wrong with one is not said here.
fn failure_en(stage: Stage, kind: Kind) -> &'static str {
    match (stage, kind) {
        (Stage::Resolve, Kind::Timeout) => "look-up too slow",
        (Stage::Resolve, Kind::TooMany) => "too many look-ups",
        (Stage::Shutdown, _) => "shutting down",
        (_, Kind::Malformed) => "malformed",
        (_, Kind::Forbidden) => "not allowed",
        (_, Kind::ForbiddenAddress) => "address not allowed",
        (_, Kind::NotFound) => "name not found",
        (_, Kind::Timeout) => "no answer",
        (_, Kind::Refused) => "refused",
        (_, Kind::Unreachable) => "unreachable",
        (_, Kind::TooMany) => "too many sessions",
        (_, Kind::UnknownIssuer) => "issuer unknown",
        (_, Kind::Expired) => "certificate expired",
        (_, Kind::NotYetValid) => "not valid yet",
        (_, Kind::WrongName) => "wrong name",
        (_, Kind::NotTls) => "no TLS",
        (Stage::Tls, _) => "handshake failed",
        _ => "failed",
    }
}

fn failure_zh(stage: Stage, kind: Kind) -> &'static str {
    match (stage, kind) {
        (Stage::Resolve, Kind::Timeout) => "查询太慢",
        (Stage::Resolve, Kind::TooMany) => "查询太多",
        (Stage::Shutdown, _) => "正在退出",
        (_, Kind::Malformed) => "格式不对",
        (_, Kind::Forbidden) => "不允许",
        (_, Kind::ForbiddenAddress) => "地址不允许",
        (_, Kind::NotFound) => "查不到这个名字",
        (_, Kind::Timeout) => "没有应答",
        (_, Kind::Refused) => "被拒绝",
        (_, Kind::Unreachable) => "到不了",
        (_, Kind::TooMany) => "会话太多",
        (_, Kind::UnknownIssuer) => "签发者未知",
        (_, Kind::Expired) => "证书已过期",
        (_, Kind::NotYetValid) => "还未生效",
        (_, Kind::WrongName) => "名字不符",
        (_, Kind::NotTls) => "不是 TLS",
        (Stage::Tls, _) => "握手失败",
        _ => "失败",
    }
}
