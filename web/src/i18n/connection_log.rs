//! The texts of the connection log.

use echo_core::wire::EchoEnd;
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::connection_log::ClientView;

use super::format;

/// Returns the heading, which unfolds the panel.
pub fn heading(lang: Lang) -> &'static str {
    match lang {
        En => "What the server sees",
        Zh => "服务器看到的",
    }
}

/// Returns the text that says that nobody has connected yet.
pub fn empty(lang: Lang) -> &'static str {
    match lang {
        En => "Nobody has connected yet.",
        Zh => "还没有人连接。",
    }
}

/// Returns the text that says that the bridge did not report who connected.
pub fn unavailable(lang: Lang) -> &'static str {
    match lang {
        En => "The bridge does not tell who connects.",
        Zh => "桥接程序没有说谁连接了。",
    }
}

/// Returns the text that says who connected: the bridge, for this page or another client of it, or
/// another program.
pub fn client(lang: Lang, client: &ClientView) -> String {
    match (lang, client) {
        (En, ClientView::Bridge) => "this page's bridge".into(),
        (En, ClientView::BridgeFor(address)) => format!("{address}, by the bridge"),
        (En, ClientView::Other) => "from a terminal".into(),
        (Zh, ClientView::Bridge) => "本页的桥接程序".into(),
        (Zh, ClientView::BridgeFor(address)) => format!("{address}，经桥接程序"),
        (Zh, ClientView::Other) => "来自终端".into(),
    }
}

/// Returns the text that says how many bytes the server received and sent.
pub fn byte_counts(lang: Lang, received: u64, echoed: u64) -> String {
    let (received, echoed) = (format::size(received), format::size(echoed));
    match lang {
        En => format!("{received} in, {echoed} out"),
        Zh => format!("收 {received}，发 {echoed}"),
    }
}

/// Returns the text that says how the connection ended, or that it is open.
pub fn state(lang: Lang, end: Option<EchoEnd>) -> &'static str {
    match (lang, end) {
        (En, None) => "open",
        (En, Some(EchoEnd::Finished)) => "finished (FIN)",
        (En, Some(EchoEnd::Reset)) => "reset (RST)",
        (En, Some(EchoEnd::Idle)) => "silent for too long",
        (En, Some(EchoEnd::Failed)) => "failed",
        (Zh, None) => "连接中",
        (Zh, Some(EchoEnd::Finished)) => "已结束（FIN）",
        (Zh, Some(EchoEnd::Reset)) => "被强制断开（RST）",
        (Zh, Some(EchoEnd::Idle)) => "沉默太久",
        (Zh, Some(EchoEnd::Failed)) => "出错",
    }
}

/// Returns the label of the button that shows the first bytes of a connection.
pub fn show_bytes(lang: Lang) -> &'static str {
    match lang {
        En => "Bytes",
        Zh => "查看字节",
    }
}

/// Returns the text that says that the bridge keeps the bytes no longer.
pub fn bytes_gone(lang: Lang) -> &'static str {
    match lang {
        En => "These bytes are no longer kept.",
        Zh => "这些字节已经不再保留。",
    }
}

/// Returns the text that says that the connection received nothing.
pub fn no_bytes(lang: Lang) -> &'static str {
    match lang {
        En => "No bytes came.",
        Zh => "一个字节也没有收到。",
    }
}

/// Returns the text that says that the connection received more than what is shown.
pub fn more_bytes(lang: Lang) -> &'static str {
    match lang {
        En => " … and more",
        Zh => " …… 后面还有",
    }
}
