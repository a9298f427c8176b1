//! The texts of the verdict: its sentences, and what stands beside them.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::difference::DifferenceKind;
use page_model::verdict::{Expectation, Extra, Invitation, Progress, Statement, Turn};

use super::cause::{no_bridge, page_refused};
use super::count::count;
use super::format::thousands;
use super::load_test;

/// Returns the instruction for the first step.
pub fn invitation(lang: Lang, invitation: Invitation) -> String {
    match (lang, invitation) {
        (En, Invitation::Type) => {
            "Type a message: its bytes go over a real TCP connection and should come back \
             unchanged."
                .into()
        }
        (Zh, Invitation::Type) => {
            "输入一条消息：它的字节会经过一条真实的 TCP 连接，再原样返回。".into()
        }
        (En, Invitation::SendToEcho(n)) => {
            let go = if n == 1 { "goes" } else { "go" };
            let bytes = count(n as u64, "byte");
            format!(
                "Press Send: {bytes} {go} over a real TCP connection and should come back unchanged."
            )
        }
        (Zh, Invitation::SendToEcho(n)) => {
            format!(
                "按「发送」：{} 个字节会经过一条真实的 TCP 连接，再原样返回。",
                thousands(n as u64)
            )
        }
        (En, Invitation::Send(n)) => {
            let go = if n == 1 { "goes" } else { "go" };
            format!("Press Send: {} {go} over a real TCP connection.", count(n as u64, "byte"))
        }
        (Zh, Invitation::Send(n)) => {
            format!("按「发送」：{} 个字节会经过一条真实的 TCP 连接。", thousands(n as u64))
        }
        (En, Invitation::Connect(0)) => {
            "Press Connect: the connection stays, and what comes is shown whenever it comes.".into()
        }
        (Zh, Invitation::Connect(0)) => "按「连接」：连接会一直保持，收到什么就显示什么。".into(),
        (En, Invitation::Connect(n)) => format!(
            "Press Send to connect and send {}, or Connect to listen first. The connection stays \
             until one side ends it.",
            count(n as u64, "byte")
        ),
        (Zh, Invitation::Connect(n)) => format!(
            "按「发送」：连上并发出 {} 个字节；按「连接」：先听对方说。连接会一直保持，直到一方结束它。",
            thousands(n as u64)
        ),
        (_, Invitation::Start { plan, bytes }) => load_test::invitation(lang, plan, bytes),
    }
}

/// Returns the sentence of the page, where the tutorial's client prints none.
pub fn statement(lang: Lang, statement: &Statement) -> String {
    match (lang, statement) {
        (_, Statement::NoBridge) => no_bridge(lang).into(),
        (_, Statement::PageRefused { origin }) => page_refused(lang, origin),
        (En, Statement::Connecting { target }) => format!("Connecting to {target}"),
        (Zh, Statement::Connecting { target }) => format!("正在连接 {target}"),
        (En, Statement::Waiting(it)) => format!("Waiting: {}", progress(lang, *it)),
        (Zh, Statement::Waiting(it)) => format!("已收到 {}，继续等待……", progress(lang, *it)),
        (En, Statement::ReceivedSoFar(n)) => format!("Received {} so far", count(*n, "byte")),
        (Zh, Statement::ReceivedSoFar(n)) => format!("已收到 {} 个字节", thousands(*n)),
        (En, Statement::StillWaiting(it)) => format!("Still waiting: {}", progress(lang, *it)),
        (Zh, Statement::StillWaiting(it)) => format!("仍在等待：已收到 {}", progress(lang, *it)),
        (En, Statement::Received(n)) => format!("Received {}", count(*n, "byte")),
        (Zh, Statement::Received(n)) => format!("收到 {} 个字节", thousands(*n)),
        (En, Statement::GivenUp) => "Stopped before there was a connection".into(),
        (Zh, Statement::GivenUp) => "还没连上就停止了".into(),
        (En, Statement::Connected { target }) => format!("Connected to {target}"),
        (Zh, Statement::Connected { target }) => format!("已连接 {target}"),
        (En, Statement::NotConnected { error }) => format!("Not connected: {error}"),
        (Zh, Statement::NotConnected { error }) => format!("没连上：{error}"),
        (En, Statement::Broken { error }) => format!("Connection lost: {error}"),
        (Zh, Statement::Broken { error }) => format!("连接断了：{error}"),
        (En, Statement::Finished) => "The connection is over".into(),
        (Zh, Statement::Finished) => "连接已结束".into(),
        (En, Statement::Reset) => "You broke the connection off".into(),
        (Zh, Statement::Reset) => "你强制断开了连接".into(),
        (En, Statement::Disconnected) => "You disconnected".into(),
        (Zh, Statement::Disconnected) => "你断开了连接".into(),
        (_, Statement::Exchanging { done, planned }) => {
            load_test::exchanging(lang, *done, *planned)
        }
        (_, Statement::NoExchange) => load_test::no_exchange(lang).into(),
        (_, Statement::AllSame(n)) => load_test::all_same(lang, *n),
        (_, Statement::SomeFailed { done, failed }) => load_test::some_failed(lang, *done, *failed),
    }
}

/// Returns the text that says who may still send on a connection.
pub fn turn(lang: Lang, turn: Turn) -> &'static str {
    match (lang, turn) {
        (En, Turn::NobodyHasSent) => "Nothing said yet; an echo server waits for you to speak.",
        (Zh, Turn::NobodyHasSent) => "还没有人说话；回显服务器在等你先开口。",
        (En, Turn::Both) => "Both sides may speak.",
        (Zh, Turn::Both) => "双方都可以继续说。",
        (En, Turn::Finishing) => "What waits goes out first, then FIN.",
        (Zh, Turn::Finishing) => "先发完排队的字节，再发 FIN。",
        (En, Turn::Server) => "You are finished (FIN sent): the server may still speak.",
        (Zh, Turn::Server) => "你发完了（已发 FIN）：服务器还可以继续说。",
        (En, Turn::Page) => "The server is finished (FIN): you may still speak.",
        (Zh, Turn::Page) => "服务器发完了（FIN）：你还可以继续说。",
        (En, Turn::Resetting) => "Breaking the connection off (RST).",
        (Zh, Turn::Resetting) => "正在强制断开（RST）。",
    }
}

/// Returns the text that says how many bytes wait to be sent.
pub fn queued(lang: Lang, n: usize) -> String {
    match lang {
        En => format!("{} wait to be sent", count(n as u64, "byte")),
        Zh => format!("{} 个字节排队待发", thousands(n as u64)),
    }
}

/// Returns the text that says how many bytes were never sent.
pub fn unsent(lang: Lang, n: usize) -> String {
    match (lang, n) {
        (En, 1) => "1 byte was never sent.".into(),
        (En, n) => format!("{} were never sent.", count(n as u64, "byte")),
        (Zh, n) => format!("有 {} 个字节没有发出。", thousands(n as u64)),
    }
}

/// Returns how many bytes of a reply have come.
pub(super) fn progress(lang: Lang, Progress { received, expected }: Progress) -> String {
    let received = thousands(received as u64);
    match lang {
        En => format!("{received} of {}", count(expected as u64, "byte")),
        Zh => format!("{received}/{} 字节", thousands(expected as u64)),
    }
}

/// Returns the text that says how long the reply took over TCP.
pub fn over_tcp(time: &str) -> String {
    format!("TCP {time}")
}

/// Returns the text that says how long the reply took as the browser measured it.
pub fn through_browser(lang: Lang, time: &str) -> String {
    match lang {
        En => format!("through the browser {time}"),
        Zh => format!("经过浏览器 {time}"),
    }
}

/// Returns what stands before and after the time that the reply took, in the sentence that says it:
/// over TCP, or else as the page measured it.
pub fn took(lang: Lang, is_tcp: bool) -> [&'static str; 2] {
    match (lang, is_tcp) {
        (En, true) => ["", " over TCP."],
        (Zh, true) => ["TCP 用时 ", "。"],
        (En, false) => ["", " through the browser."],
        (Zh, false) => ["经过浏览器用时 ", "。"],
    }
}

/// Returns how long the reply took as the page measured it.
pub fn browser_time(lang: Lang, time: &str) -> String {
    match lang {
        En => format!("The page measured {time}: that includes the way to the bridge and back."),
        Zh => format!("本页测得 {time}：其中包括往返桥接程序的时间。"),
    }
}

/// Returns the label of the button that tells why the verdict is as it is.
pub fn why(lang: Lang) -> &'static str {
    match lang {
        En => "Why",
        Zh => "为什么",
    }
}

/// Returns the remark that the verdict is on an earlier run.
pub fn previous(lang: Lang) -> &'static str {
    match lang {
        En => "Of the previous run",
        Zh => "上一次运行的结果",
    }
}

/// Returns the remark whether what was predicted happened.
pub fn agreement(lang: Lang, agrees: bool) -> &'static str {
    match (lang, agrees) {
        (En, true) => "as predicted",
        (En, false) => "not as predicted",
        (Zh, true) => "与预测相同",
        (Zh, false) => "与预测不同",
    }
}

/// Returns the text that says that bytes came that the tutorial's client never read.
pub fn extra(lang: Lang, Extra { count, start }: &Extra) -> String {
    match (lang, count) {
        (En, 1) => format!("1 more byte arrived that the program never read: {start}"),
        (En, n) => {
            format!("{} more bytes arrived that the program never read: {start}", thousands(*n))
        }
        (Zh, n) => format!("之后又收到 {} 个字节，程序没有读取：{start}", thousands(*n)),
    }
}

/// Returns the text that says that only the first bytes of a reply are shown, and how many.
pub fn first_of_reply(lang: Lang, n: usize) -> String {
    match lang {
        En => format!("These are the first {n}."),
        Zh => format!("这里是前 {n} 个。"),
    }
}

/// Returns the name of the bytes with which a reply is compared.
pub fn expectation(lang: Lang, expectation: Expectation) -> &'static str {
    match (lang, expectation) {
        (_, Expectation::Sent) => sent(lang),
        (En, Expectation::Others) => "expected",
        (Zh, Expectation::Others) => "期望",
    }
}

/// Returns the name of the bytes that went out.
pub fn sent(lang: Lang) -> &'static str {
    match lang {
        En => "sent",
        Zh => "发出",
    }
}

/// Returns the name of the bytes that came.
pub fn received(lang: Lang) -> &'static str {
    match lang {
        En => "received",
        Zh => "收回",
    }
}

/// Returns the text that says how a byte differs from the one expected.
pub fn difference(lang: Lang, kind: DifferenceKind) -> &'static str {
    match (lang, kind) {
        (En, DifferenceKind::Changed) => "changed",
        (Zh, DifferenceKind::Changed) => "不同",
        (En, DifferenceKind::Missing) => "missing",
        (Zh, DifferenceKind::Missing) => "缺少",
        (En, DifferenceKind::Extra) => "extra",
        (Zh, DifferenceKind::Extra) => "多出",
    }
}
