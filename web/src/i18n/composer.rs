//! The texts of the composer: To, Message and Send.

use echo_core::payload::{Mistake, MistakeKind};
use echo_core::wire::EchoServer;
use page_model::Lang;
use page_model::Lang::{En, Zh};

use super::format::thousands;

/// Returns the label of the target.
pub fn to(lang: Lang) -> &'static str {
    match lang {
        En => "To",
        Zh => "目标",
    }
}

/// Returns the text that says that there is no target.
pub fn empty_to(lang: Lang) -> &'static str {
    match lang {
        En => "Say to whom: host:port, as in localhost:8888.",
        Zh => "请填写目标：主机:端口，例如 localhost:8888。",
    }
}

/// Returns the text that says that the target is none.
pub fn malformed_to(lang: Lang) -> &'static str {
    match lang {
        En => "Write host:port, as in localhost:8888, or tls://host:port.",
        Zh => "请写成 主机:端口（例如 localhost:8888）或 tls://主机:端口。",
    }
}

/// Returns the text that says who owns the echo server that To names.
pub fn echo_server(lang: Lang, server: EchoServer) -> &'static str {
    match (lang, server) {
        (En, EchoServer::Own) => "echo server: the bridge's own",
        (En, EchoServer::External) => "echo server: not the bridge's own; an ncat, perhaps",
        (En, EchoServer::Released) => "echo server: its port is free for another one now",
        (En, EchoServer::Off) => "echo server: the bridge started none, so bring your own",
        (Zh, EchoServer::Own) => "回显服务器：桥接程序自带",
        (Zh, EchoServer::External) => "回显服务器：不是桥接程序自带的，也许是 ncat",
        (Zh, EchoServer::Released) => "回显服务器：端口已经让出，等待另一个服务器",
        (Zh, EchoServer::Off) => "回显服务器：桥接程序没有启动它，请自行启动",
    }
}

/// Returns the label of the button beside To that chooses the echo server.
pub fn echo(lang: Lang) -> &'static str {
    match lang {
        En => "echo",
        Zh => "回显服务器",
    }
}

/// Returns the label of the button beside To that offers the servers of the lab.
pub fn faulty_server(lang: Lang) -> &'static str {
    match lang {
        En => "misbehaving…",
        Zh => "会出错的……",
    }
}

/// Returns the label of the message.
pub fn message(lang: Lang) -> &'static str {
    match lang {
        En => "Message",
        Zh => "消息",
    }
}

/// Returns the text that says that there is no message.
pub fn empty_message(lang: Lang) -> &'static str {
    match lang {
        En => "Nothing to send: an echo server answers only what it gets.",
        Zh => "没有可发送的内容：回显服务器收到什么，才会返回什么。",
    }
}

/// Returns the accessible name of the sample messages.
pub fn samples(lang: Lang) -> &'static str {
    match lang {
        En => "Samples",
        Zh => "示例",
    }
}

/// Returns the text that says what is wrong in a text, and where.
pub fn mistake(lang: Lang, mistake: &Mistake) -> String {
    match lang {
        En => mistake.to_string(),
        Zh => format!("第 {} 个字符：{}", mistake.character, mistake_zh(mistake.kind)),
    }
}

pub(super) fn mistake_zh(kind: MistakeKind) -> String {
    match kind {
        MistakeKind::UnknownEscape(c) => {
            format!("没有 \\{} 这种转义；反斜杠本身写作 \\\\。", c.escape_debug())
        }
        MistakeKind::UnfinishedEscape => "转义没有写完。".into(),
        MistakeKind::MissingBrace => "\\u 后面要有花括号，例如 \\u{4f60}。".into(),
        MistakeKind::BadHexDigit(c) => {
            format!("这里应当是十六进制数字（0 到 9，a 到 f），而不是 {c:?}。")
        }
        MistakeKind::NoDigits => "缺少十六进制数字。".into(),
        MistakeKind::TooManyDigits => "数字超过了六位。".into(),
        MistakeKind::NotAScalar(number) => format!("没有编号为 {number:x} 的字符。"),
        MistakeKind::UnpairedDigit => "单独一个数字；一个字节有两位。".into(),
    }
}

/// Returns the bytes that will be sent, in hexadecimal.
pub fn preview(lang: Lang, hex: &str) -> String {
    match lang {
        En => format!("Goes out: {hex}"),
        Zh => format!("将要发出: {hex}"),
    }
}

/// Returns the text that says how many bytes follow those of the preview.
pub fn more_bytes(lang: Lang, count: usize) -> String {
    let count = thousands(count as u64);
    match lang {
        En => format!("and {count} more"),
        Zh => format!("另有 {count} 个"),
    }
}

/// Returns the label of the button that sends.
pub fn send(lang: Lang) -> &'static str {
    match lang {
        En => "Send",
        Zh => "发送",
    }
}
