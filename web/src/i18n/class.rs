//! The texts about serving a class.

use echo_core::wire::EchoLog;
use page_model::Lang;
use page_model::Lang::{En, Zh};

/// Returns the heading of the section.
pub fn heading(lang: Lang) -> &'static str {
    match lang {
        En => "For a class",
        Zh => "课堂使用",
    }
}

/// Returns the text that introduces the command that starts the bridge: in place of the one that
/// started it, or in the project's folder.
pub fn start(lang: Lang, is_restart: bool) -> &'static str {
    match (lang, is_restart) {
        (En, true) => "One bridge serves a room. Stop it (Ctrl+C), and start it again with:",
        (En, false) => "One bridge serves a room. In the project folder:",
        (Zh, true) => "一个桥接程序就够全班用。请先停下它（Ctrl+C），再这样启动：",
        (Zh, false) => "一个桥接程序就够全班用。在项目文件夹中执行：",
    }
}

/// Returns the text that introduces the address that everybody opens, now or once the bridge is
/// started so.
pub fn open(lang: Lang, is_started: bool) -> &'static str {
    match (lang, is_started) {
        (En, false) => "Then everybody opens",
        (En, true) => "The bridge serves the network already: the room can open it at",
        (Zh, false) => "然后大家打开",
        (Zh, true) => "桥接程序已经在为整个网络服务：全班可以打开",
    }
}

/// Returns the address that everybody opens, where that of the machine is not known.
pub fn unknown_address(lang: Lang, port: u16, query: &str) -> String {
    match lang {
        En => format!("http://ADDRESS-OF-THIS-MACHINE:{port}/{query}"),
        Zh => format!("http://本机的网络地址:{port}/{query}"),
    }
}

/// Returns the text that says that the bridge prints the address that everybody opens.
pub fn printed_address(lang: Lang) -> &'static str {
    match lang {
        En => {
            "It prints an address that ends in a token, after “Others in the network open”: then \
             everybody opens that."
        }
        Zh => "它会在「Others in the network open」后面显示一个以令牌结尾的网址，大家打开它就行。",
    }
}

/// Returns the text that says what others may then do, and what not; they may need a token.
pub fn permissions(lang: Lang, has_token: bool) -> &'static str {
    match (lang, has_token) {
        (En, true) => {
            "Whoever has the address with its token may then use the page, its echo server and \
             its servers that misbehave, and what --allow adds; nothing else."
        }
        (En, false) => {
            "Whoever can reach this machine may then use the page, its echo server and its \
             servers that misbehave, and what --allow adds; nothing else."
        }
        (Zh, true) => {
            "此后，有这个带令牌的网址的人都可以使用本页、回显服务器和会出错的服务器，以及 --allow \
             允许的目标，仅此而已。"
        }
        (Zh, false) => {
            "此后，能连到这台机器的人都可以使用本页、回显服务器和会出错的服务器，以及 --allow \
             允许的目标，仅此而已。"
        }
    }
}

/// Returns the text that says what everybody sees of everybody.
pub fn sharing(lang: Lang, log: EchoLog) -> &'static str {
    match (lang, log) {
        (En, EchoLog::Full) => {
            "Everybody sees everybody's bytes in What the server sees; --echo-log counts hides them."
        }
        (En, EchoLog::Counts) => {
            "In What the server sees, everybody sees who connects and how many bytes there are. \
             The bytes themselves are shown only with --echo-log full."
        }
        (En, EchoLog::Off) => "Nobody sees what others send, or that they do (--echo-log off).",
        (Zh, EchoLog::Full) => {
            "在「服务器看到的」里，每个人都看得到所有人的字节；加上 --echo-log counts 就看不到了。"
        }
        (Zh, EchoLog::Counts) => {
            "在「服务器看到的」里，每个人都看得到谁连接了、有多少字节；加上 --echo-log full \
             才看得到字节本身。"
        }
        (Zh, EchoLog::Off) => "谁也看不到别人发了什么、有没有发（--echo-log off）。",
    }
}

/// Returns the text that says that others in the network can read along.
pub fn plain(lang: Lang) -> &'static str {
    match lang {
        En => "It is plain HTTP: others in the network can read along.",
        Zh => "这是不加密的 HTTP：同一网络中的人可以看到内容。",
    }
}
