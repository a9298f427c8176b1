//! What the server sees.

use echo_core::wire::EchoEnd;

use super::format;

/// The texts about it.
pub struct ConnectionLogWords {
    /// Its name.
    pub sees: &'static str,
    /// Nobody has connected.
    pub nobody: &'static str,
    /// The bridge does not tell.
    pub silent: &'static str,
    /// Who connected: the bridge for this page or another client of it, or somebody else.
    pub who: fn(bridge: bool) -> &'static str,
    /// So many bytes came, so many went back.
    pub bytes: fn(u64, u64) -> String,
    /// Modes it ended; none while it is open.
    pub end: fn(Option<EchoEnd>) -> &'static str,
    /// The button that shows the bytes that came.
    pub show: &'static str,
    /// They are no longer kept.
    pub gone: &'static str,
    /// None came yet.
    pub none: &'static str,
    /// Only the beginning is shown.
    pub beginning: &'static str,
}

pub(super) const EN: ConnectionLogWords = ConnectionLogWords {
    sees: "What the server sees",
    nobody: "Nobody has connected yet.",
    silent: "The bridge does not tell who connects.",
    who: |bridge| if bridge { "this page's bridge" } else { "from a terminal" },
    bytes: |came, went| format!("{} in, {} out", format::size(came), format::size(went)),
    end: |end| match end {
        None => "open",
        Some(EchoEnd::Finished) => "finished (FIN)",
        Some(EchoEnd::Reset) => "reset (RST)",
        Some(EchoEnd::Idle) => "silent for too long",
        Some(EchoEnd::Failed) => "failed",
    },
    show: "PayloadState",
    gone: "These bytes are no longer kept.",
    none: "No bytes came.",
    beginning: " … and more",
};

pub(super) const ZH: ConnectionLogWords = ConnectionLogWords {
    sees: "服务器看到的",
    nobody: "还没有人连接。",
    silent: "桥接程序没有说谁连接了。",
    who: |bridge| if bridge { "本页的桥接程序" } else { "来自终端" },
    bytes: |came, went| format!("收 {}，发 {}", format::size(came), format::size(went)),
    end: |end| match end {
        None => "连接中",
        Some(EchoEnd::Finished) => "已结束（FIN）",
        Some(EchoEnd::Reset) => "被强制断开（RST）",
        Some(EchoEnd::Idle) => "沉默太久",
        Some(EchoEnd::Failed) => "出错",
    },
    show: "字节",
    gone: "这些字节已经不再保留。",
    none: "一个字节也没有收到。",
    beginning: " …… 后面还有",
};
