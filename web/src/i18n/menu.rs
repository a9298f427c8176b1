//! The texts of the menu `?`.

use echo_core::wire::EchoServer;
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::menu::Theme;

use super::format;

/// Returns the accessible name of the button that opens the menu.
pub fn help(lang: Lang) -> &'static str {
    match lang {
        En => "Help and settings",
        Zh => "帮助与设置",
    }
}

/// Returns the heading of the themes.
pub fn themes(lang: Lang) -> &'static str {
    match lang {
        En => "Theme",
        Zh => "主题",
    }
}

/// Returns the name of a theme.
pub fn theme(lang: Lang, theme: Theme) -> &'static str {
    match (lang, theme) {
        (En, Theme::System) => "System",
        (En, Theme::Light) => "Light",
        (En, Theme::Dark) => "Dark",
        (Zh, Theme::System) => "跟随系统",
        (Zh, Theme::Light) => "浅色",
        (Zh, Theme::Dark) => "深色",
    }
}

/// Returns the heading of the keys.
pub fn keys(lang: Lang) -> &'static str {
    match lang {
        En => "Keys",
        Zh => "快捷键",
    }
}

/// Returns the keys and the description of each.
pub fn key_list(lang: Lang) -> [(&'static str, &'static str); 6] {
    match lang {
        En => [
            ("Enter", "send (a message of one line)"),
            ("Shift+Enter", "add a line"),
            ("Ctrl+Enter, ⌘+Enter", "send"),
            ("?", "open or close this"),
            ("P", "present: large type, the essentials"),
            ("Esc", "close this"),
        ],
        Zh => [
            ("Enter", "发送单行消息"),
            ("Shift+Enter", "换行"),
            ("Ctrl+Enter、⌘+Enter", "发送"),
            ("?", "打开或关闭本面板"),
            ("P", "演示：大字号，只显示要点"),
            ("Esc", "关闭本面板"),
        ],
    }
}

/// Returns the label of the checkbox for keys that are pressed without Ctrl or ⌘.
pub fn bare_keys(lang: Lang) -> &'static str {
    match lang {
        En => "Single-key shortcuts: ? and P",
        Zh => "启用单键快捷键：? 和 P",
    }
}

/// Returns the label of the checkbox for the presentation mode.
pub fn present(lang: Lang) -> &'static str {
    match lang {
        En => "Present: large type, the essentials",
        Zh => "演示：大字号，只显示要点",
    }
}

/// Returns the heading of what the bridge reports about itself.
pub fn bridge(lang: Lang) -> &'static str {
    match lang {
        En => "The bridge",
        Zh => "桥接程序",
    }
}

/// Returns the label of the bridge's version.
pub fn version(lang: Lang) -> &'static str {
    match lang {
        En => "Version",
        Zh => "版本",
    }
}

/// Returns the label of the echo server.
pub fn echo(lang: Lang) -> &'static str {
    match lang {
        En => "Echo server",
        Zh => "回显服务器",
    }
}

/// Returns the address of the echo server, and whose it is.
pub fn echo_at(lang: Lang, address: &str, server: EchoServer) -> String {
    match (lang, server) {
        (En, EchoServer::Own) => format!("{address} (the bridge's own)"),
        (En, EchoServer::External) => format!("{address} (not the bridge's own)"),
        (En, EchoServer::Released) => format!("{address} (its port is free for another one)"),
        (En, EchoServer::Off) => format!("{address} (not started by the bridge)"),
        (Zh, EchoServer::Own) => format!("{address}（桥接程序自带）"),
        (Zh, EchoServer::External) => format!("{address}（不是桥接程序自带的）"),
        (Zh, EchoServer::Released) => format!("{address}（端口已经让出）"),
        (Zh, EchoServer::Off) => format!("{address}（桥接程序没有启动它）"),
    }
}

/// Returns the label of the limit of WebSocket messages.
pub fn messages(lang: Lang) -> &'static str {
    match lang {
        En => "WebSocket messages",
        Zh => "WebSocket 消息",
    }
}

/// Returns the longest WebSocket message.
pub fn max_message(lang: Lang, bytes: u64) -> String {
    let bytes = format::limit(bytes);
    match lang {
        En => format!("{bytes} each at most"),
        Zh => format!("每条最多 {bytes}"),
    }
}
