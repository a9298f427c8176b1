//! The texts of the page as a server.

use echo_core::wire::{Address, Kind, Stage};
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::cause::Cause;
use page_model::release::ReleaseError;
use page_model::server::AnswerKind;
use page_model::server::list::MAX_OPEN;
use page_model::server::view::{AddressHint, ConnectionStateView};
use page_model::verdict::CauseView;

use super::{failure, format};

/// Returns the label of the field in which the address stands.
pub fn listen_on(lang: Lang) -> &'static str {
    match lang {
        En => "Listen on",
        Zh => "侦听地址",
    }
}

/// Returns the name of the addresses that are offered.
pub fn addresses(lang: Lang) -> &'static str {
    match lang {
        En => "Addresses",
        Zh => "地址",
    }
}

/// Returns what is said under the field.
pub fn address_hint(lang: Lang, hint: AddressHint) -> &'static str {
    match (lang, hint) {
        (_, AddressHint::None) => "",
        (En, AddressHint::Missing) => "Where to listen, such as localhost:9000.",
        (Zh, AddressHint::Missing) => "在哪里侦听，例如 localhost:9000。",
        (En, AddressHint::OwnEcho) => {
            "The echo server there makes room, and comes back afterwards."
        }
        (Zh, AddressHint::OwnEcho) => "那里的回显服务器会让出端口，之后再回来。",
        (En, AddressHint::Released) => "The echo server made room. It comes back afterwards.",
        (Zh, AddressHint::Released) => "回显服务器已让出端口，之后会回来。",
    }
}

/// Returns the label of the choice how connections are answered.
pub fn answer_with(lang: Lang) -> &'static str {
    match lang {
        En => "Answer",
        Zh => "应答",
    }
}

/// Returns the name of a way to answer.
pub fn answer(lang: Lang, kind: AnswerKind) -> &'static str {
    match (lang, kind) {
        (En, AnswerKind::Echo) => "Echo",
        (En, AnswerKind::ByHand) => "By hand",
        (En, AnswerKind::Rules) => "Rules",
        (En, AnswerKind::Fault) => "Misbehave…",
        (Zh, AnswerKind::Echo) => "原样返回",
        (Zh, AnswerKind::ByHand) => "手动",
        (Zh, AnswerKind::Rules) => "规则",
        (Zh, AnswerKind::Fault) => "会出错…",
    }
}

/// Returns the label of the button that begins to listen.
pub fn listen(lang: Lang) -> &'static str {
    match lang {
        En => "Listen",
        Zh => "开始侦听",
    }
}

/// Returns the label of the button that ends it.
pub fn stop(lang: Lang) -> &'static str {
    match lang {
        En => "Stop listening",
        Zh => "停止侦听",
    }
}

/// Returns the label of the button that listens after it ended.
pub fn listen_again(lang: Lang) -> &'static str {
    match lang {
        En => "Listen again",
        Zh => "重新侦听",
    }
}

/// Returns the name of the region with the state of the listener.
pub fn region(lang: Lang) -> &'static str {
    match lang {
        En => "Server",
        Zh => "服务器",
    }
}

/// Returns what the page becomes.
pub fn idle(lang: Lang) -> &'static str {
    match lang {
        En => "This page becomes a TCP server: programs on this machine can connect to it.",
        Zh => "本页会变成一个 TCP 服务器：这台机器上的程序可以连上来。",
    }
}

/// Returns that the page is about to listen.
pub fn opening(lang: Lang, address: &str) -> String {
    match lang {
        En => format!("About to listen on {address}…"),
        Zh => format!("即将侦听 {address}……"),
    }
}

/// Returns that the page listens.
pub fn listening(lang: Lang, address: &str) -> String {
    match lang {
        En => format!("Listening on {address}"),
        Zh => format!("正在侦听 {address}"),
    }
}

/// Returns that the user stopped it.
pub fn stopped(lang: Lang, address: &str) -> String {
    match lang {
        En => format!("No longer listening on {address}"),
        Zh => format!("已停止侦听 {address}"),
    }
}

/// Returns what leads over to the command for a terminal, of the bridge's machine alone if that is
/// another one than the reader's.
pub fn in_terminal(lang: Lang, is_elsewhere: bool) -> &'static str {
    match (lang, is_elsewhere) {
        (En, false) => "In a terminal:",
        (Zh, false) => "在终端里：",
        (En, true) => "In a terminal on the bridge's machine:",
        (Zh, true) => "在桥接程序所在机器的终端里：",
    }
}

/// Returns that nobody has connected.
pub fn nobody(lang: Lang) -> &'static str {
    match lang {
        En => "Nobody has connected yet.",
        Zh => "还没有人连上来。",
    }
}

/// Returns that the page was reloaded, and what became of the listener.
pub fn reloaded(lang: Lang, address: &str) -> String {
    match lang {
        En => format!("The page was reloaded, so nothing listens on {address} any more."),
        Zh => format!("页面刷新过，{address} 不再有人侦听。"),
    }
}

/// Returns why the echo server's port was not released.
pub fn not_released(lang: Lang, error: ReleaseError) -> &'static str {
    match (lang, error) {
        (En, ReleaseError::Forbidden) => {
            "The bridge's echo server has that port, and only a page on the bridge's own machine may \
             have it released: choose another port."
        }
        (En, ReleaseError::Conflict) => {
            "The bridge does not run an echo server on that port any more: listen again."
        }
        (En, ReleaseError::Unknown) => "The bridge did not release the port: is it running?",
        (Zh, ReleaseError::Forbidden) => {
            "那个端口是桥接程序的回显服务器在用，只有桥接程序本机上的网页才能请它让出：请换一个端口。"
        }
        (Zh, ReleaseError::Conflict) => "桥接程序的回显服务器已不在那个端口上：请重新侦听。",
        (Zh, ReleaseError::Unknown) => "桥接程序没有让出端口：它在运行吗？",
    }
}

/// Returns why the page does not listen: it could not, or does not any more.
pub fn ended(lang: Lang, cause: Cause, address: &str, origin: &str, had_listened: bool) -> String {
    match (lang, cause) {
        (En, Cause::Failed(Stage::Policy | Stage::Listen, Kind::Forbidden)) => format!(
            "The bridge may not listen on {address}: without a flag it listens on localhost alone, \
             on ports from 1024 on."
        ),
        (Zh, Cause::Failed(Stage::Policy | Stage::Listen, Kind::Forbidden)) => format!(
            "桥接程序不可以侦听 {address}：没有额外的参数，它只侦听 localhost 上 1024 以上的端口。"
        ),
        (En, Cause::Failed(Stage::Listen, Kind::InUse)) => format!(
            "Another program, or another tab, listens on {address}: stop it, or choose another port."
        ),
        (Zh, Cause::Failed(Stage::Listen, Kind::InUse)) => {
            format!("{address} 已有别的程序或别的标签页在侦听：请停掉它，或换一个端口。")
        }
        (En, Cause::Failed(_, Kind::Malformed)) => {
            format!("{address} is no address to listen on: write host:port, as in localhost:9000.")
        }
        (Zh, Cause::Failed(_, Kind::Malformed)) => {
            format!("{address} 不是可以侦听的地址：请写成 主机:端口，例如 localhost:9000。")
        }
        (En, Cause::Failed(Stage::Limit, Kind::TooMany)) => {
            "The bridge has as many listeners as it may have: stop one, then listen again.".into()
        }
        (Zh, Cause::Failed(Stage::Limit, Kind::TooMany)) => {
            "桥接程序的侦听数已到上限：请停掉一个再重新侦听。".into()
        }
        (En, Cause::Failed(Stage::Operator, _) | Cause::Closed(4009)) => {
            format!("The bridge's operator ended the listener on {address}.")
        }
        (Zh, Cause::Failed(Stage::Operator, _) | Cause::Closed(4009)) => {
            format!("桥接程序的管理员结束了 {address} 的侦听。")
        }
        (En, Cause::Failed(Stage::Shutdown, Kind::Restarting) | Cause::Closed(1012)) => {
            format!("The bridge restarts, so nothing listens on {address}: listen again.")
        }
        (Zh, Cause::Failed(Stage::Shutdown, Kind::Restarting) | Cause::Closed(1012)) => {
            format!("桥接程序正在重启，{address} 不再有人侦听：请重新侦听。")
        }
        (En, Cause::BridgeGone | Cause::Failed(Stage::Shutdown, _)) if had_listened => {
            format!("The bridge went away, so nothing listens on {address} any more.")
        }
        (Zh, Cause::BridgeGone | Cause::Failed(Stage::Shutdown, _)) if had_listened => {
            format!("桥接程序退出了，{address} 不再有人侦听。")
        }
        (En, Cause::EarlyEnd) => format!("The bridge listens on {address} no longer."),
        (Zh, Cause::EarlyEnd) => format!("桥接程序不再侦听 {address}。"),
        _ => {
            let (target, origin) = (address.to_owned(), origin.to_owned());
            failure::cause(lang, &CauseView { cause, target, origin })
        }
    }
}

/// Returns what a screen reader hears of a new connection.
pub fn came(lang: Lang, peer: &Address) -> String {
    match lang {
        En => format!("Connection from {peer}"),
        Zh => format!("来自 {peer} 的连接"),
    }
}

/// Returns the heading of the list.
pub fn connections(lang: Lang) -> &'static str {
    match lang {
        En => "Connections",
        Zh => "连接",
    }
}

/// Returns how many connections are no longer listed.
pub fn removed(lang: Lang, count: u64) -> String {
    let count = format::thousands(count);
    match lang {
        En => format!("{count} older ones that are over are no longer listed."),
        Zh => format!("更早结束的 {count} 个已不在列表中。"),
    }
}

/// Returns how many connections were left to the bridge.
pub fn unclaimed(lang: Lang, count: u64) -> String {
    let count = format::thousands(count);
    match lang {
        En => {
            format!("{count} were not taken, since {MAX_OPEN} were open: the bridge resets them.")
        }
        Zh => {
            format!("已有 {MAX_OPEN} 个连接打开，另有 {count} 个未接受：桥接程序会强制断开它们。")
        }
    }
}

/// Returns how far a connection has come.
pub fn state(lang: Lang, state: ConnectionStateView) -> &'static str {
    match (lang, state) {
        (En, ConnectionStateView::Claiming) => "coming",
        (En, ConnectionStateView::Open) => "open",
        (En, ConnectionStateView::PeerFinished) => "client sent FIN",
        (En, ConnectionStateView::PageFinished) => "you sent FIN",
        (En, ConnectionStateView::Resetting | ConnectionStateView::Reset) => "you sent RST",
        (En, ConnectionStateView::Closed) => "closed",
        (En, ConnectionStateView::PeerReset) => "client sent RST",
        (En, ConnectionStateView::Gone) => "gone at once",
        (En, ConnectionStateView::Broken) => "broken",
        (Zh, ConnectionStateView::Claiming) => "正在接受",
        (Zh, ConnectionStateView::Open) => "已连接",
        (Zh, ConnectionStateView::PeerFinished) => "对方发完了（FIN）",
        (Zh, ConnectionStateView::PageFinished) => "你发完了（FIN）",
        (Zh, ConnectionStateView::Resetting | ConnectionStateView::Reset) => "你强制断开（RST）",
        (Zh, ConnectionStateView::Closed) => "已关闭",
        (Zh, ConnectionStateView::PeerReset) => "对方强制断开（RST）",
        (Zh, ConnectionStateView::Gone) => "随即消失",
        (Zh, ConnectionStateView::Broken) => "已中断",
    }
}

/// Returns a number of seconds as minutes and seconds.
pub fn seconds(seconds: u64) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match minutes / 60 {
        0 => format!("{minutes}:{rest:02}"),
        hours => format!("{hours}:{:02}:{rest:02}", minutes % 60),
    }
}
