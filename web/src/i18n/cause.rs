//! Why a connection failed, as far as no failure of the bridge tells it.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::cause::Cause;
use page_model::verdict::CauseView;

/// Returns why a connection failed, in a sentence, unless the bridge has told a failure: what that
/// means, [`failure::cause`](super::failure::cause) says, which is loaded on demand.
pub fn cause(lang: Lang, view: &CauseView) -> Option<String> {
    let CauseView { cause, origin, .. } = view;
    Some(match (lang, *cause) {
        (En, Cause::EarlyEnd) => "The server ended the connection (FIN) too early.".into(),
        (Zh, Cause::EarlyEnd) => "服务器过早结束了连接（FIN）。".into(),
        (_, Cause::NoBridge) => no_bridge(lang).into(),
        (_, Cause::PageRefused) => page_refused(lang, origin),
        (En, Cause::BridgeGone) => {
            "The bridge went away in the middle, and the TCP connection with it.".into()
        }
        (Zh, Cause::BridgeGone) => "桥接程序中途退出，TCP 连接也随之断开。".into(),
        (En, Cause::Closed(code)) => format!("The bridge closed the WebSocket with code {code}."),
        (Zh, Cause::Closed(code)) => format!("桥接程序关闭了 WebSocket，代码 {code}。"),
        (_, Cause::Failed(..)) => return None,
    })
}

/// Returns that the bridge is not running.
pub fn no_bridge(lang: Lang) -> &'static str {
    match lang {
        En => "The bridge is not running.",
        Zh => "桥接程序没有运行。",
    }
}

/// Returns that the bridge refuses pages of an origin, or has another token since it was restarted.
pub fn page_refused(lang: Lang, origin: &str) -> String {
    match lang {
        En => format!(
            "The bridge is running, but lets no page from {origin} in. Was it restarted? Then \
             reload this page."
        ),
        Zh => format!("桥接程序在运行，但不接受来自 {origin} 的网页。它重启过吗？那就刷新本页。"),
    }
}
