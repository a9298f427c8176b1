//! The menu `?`.

use echo_core::wire::EchoServer;

use page_model::menu::Theme;

/// The texts of the menu.
pub struct MenuWords {
    /// What the button is for.
    pub help: &'static str,
    /// The heading of the themes.
    pub theme: &'static str,
    /// What a theme is called.
    pub theme_name: fn(Theme) -> &'static str,
    /// The heading of the keys.
    pub keys: &'static str,
    /// Each key, and what it does.
    pub each_key: &'static [(&'static str, &'static str)],
    /// Whether keys without Ctrl or ⌘ do something.
    pub bare_keys: &'static str,
    /// The heading of what the bridge says of itself.
    pub bridge: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its echo server.
    pub echo: &'static str,
    /// Where that is, and whose.
    pub echo_is: fn(&str, EchoServer) -> String,
    /// The name of its limit, and the limit.
    pub messages: &'static str,
    /// At most so much.
    pub at_most: fn(&str) -> String,
    /// The heading of what serves a room.
    pub class: &'static str,
    /// What leads over to the command for the project's folder.
    pub start: &'static str,
    /// What leads over to the command that needs the program alone.
    pub start_alone: &'static str,
    /// What leads over to the address.
    pub everybody_opens: &'static str,
    /// The same, where it can be opened already.
    pub open_already: &'static str,
    /// The machine, where its address is not known.
    pub machine: &'static str,
    /// What everybody may do then, and what not.
    pub class_may: &'static str,
    /// What others can do.
    pub plain: &'static str,
}

pub(super) const EN: MenuWords = MenuWords {
    help: "Help and settings",
    theme: "Theme",
    theme_name: |theme| match theme {
        Theme::System => "System",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    },
    keys: "Keys",
    each_key: &[
        ("Enter", "send (a message of one line)"),
        ("Shift+Enter", "add a line"),
        ("Ctrl+Enter, ⌘+Enter", "send"),
        ("?", "open or close this"),
        ("Esc", "close this"),
    ],
    bare_keys: "Single-key shortcuts, such as ?",
    bridge: "The bridge",
    version: "Version",
    echo: "Echo server",
    echo_is: |address, whose| match whose {
        EchoServer::Own => format!("{address} (the bridge's own)"),
        EchoServer::External => format!("{address} (not the bridge's own)"),
        EchoServer::Released => format!("{address} (its port is free for another one)"),
        EchoServer::Off => format!("{address} (not started by the bridge)"),
    },
    messages: "WebSocket messages",
    at_most: |size| format!("{size} each at most"),
    class: "For a class",
    start: "One bridge serves a room. In the project folder:",
    start_alone: "or, with the program alone:",
    everybody_opens: "Then everybody opens",
    open_already: "This page came over the network: the room can open it, too, at",
    machine: "ADDRESS-OF-THIS-MACHINE",
    class_may: "Whoever can reach this machine may then use the page, its echo server and its \
                servers that misbehave, and what --allow adds; nothing else.",
    plain: "It is plain HTTP: others in the network can read along.",
};

pub(super) const ZH: MenuWords = MenuWords {
    help: "帮助与设置",
    theme: "主题",
    theme_name: |theme| match theme {
        Theme::System => "跟随系统",
        Theme::Light => "浅色",
        Theme::Dark => "深色",
    },
    keys: "快捷键",
    each_key: &[
        ("Enter", "发送单行消息"),
        ("Shift+Enter", "换行"),
        ("Ctrl+Enter、⌘+Enter", "发送"),
        ("?", "打开或关闭本面板"),
        ("Esc", "关闭本面板"),
    ],
    bare_keys: "启用 ? 之类的单键快捷键",
    bridge: "桥接程序",
    version: "版本",
    echo: "回显服务器",
    echo_is: |address, whose| match whose {
        EchoServer::Own => format!("{address}（桥接程序自带）"),
        EchoServer::External => format!("{address}（不是桥接程序自带的）"),
        EchoServer::Released => format!("{address}（端口已经让出）"),
        EchoServer::Off => format!("{address}（桥接程序没有启动它）"),
    },
    messages: "WebSocket 消息",
    at_most: |size| format!("每条最多 {size}"),
    class: "课堂使用",
    start: "一个桥接程序就够全班用。在项目文件夹中执行：",
    start_alone: "或者只用程序本身：",
    everybody_opens: "然后大家打开",
    open_already: "本页是经由网络打开的：全班也可以打开",
    machine: "本机的网络地址",
    class_may: "此后，能连到这台机器的人都可以使用本页、回显服务器和会出错的服务器，以及 --allow \
                允许的目标，仅此而已。",
    plain: "这是不加密的 HTTP：同一网络中的人可以看到内容。",
};
