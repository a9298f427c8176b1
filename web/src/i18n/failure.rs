//! Why a connection failed, as the bridge has told it. It is loaded on demand.

use echo_core::wire::{Kind, Stage};
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::cause::Cause;
use page_model::terminal_command::without_scheme;
use page_model::verdict::{CauseView, Reason};

use super::reason::had_come;

/// Returns why a run ended as it did, in a sentence, also after a failure that the bridge has told.
pub fn reason(lang: Lang, reason: &Reason) -> String {
    match reason {
        Reason::Failed(view) => cause(lang, view),
        Reason::CutShort { cause: Some(view), progress } => {
            format!("{} {}", cause(lang, view), had_come(lang, *progress))
        }
        other => super::reason::reason(lang, other),
    }
}

/// Returns why a connection failed, in a sentence.
pub fn cause(lang: Lang, view: &CauseView) -> String {
    let target = without_scheme(&view.target);
    match (lang, view.cause) {
        (En, Cause::Failed(stage, kind)) => failed_en(stage, kind, target),
        (Zh, Cause::Failed(stage, kind)) => failed_zh(stage, kind, target),
        _ => super::cause::cause(lang, view).unwrap_or_default(),
    }
}

fn failed_en(stage: Stage, kind: Kind, target: &str) -> String {
    match (stage, kind) {
        (Stage::Protocol, _) | (_, Kind::NotUtf8) => {
            "The bridge does not understand this page: reload it, they may differ in version."
                .into()
        }
        // What exactly, the part with the certificates tells.
        (Stage::Tls, _) => "The TLS handshake failed.".into(),
        (_, Kind::Malformed) => {
            format!("{target} is no target: write host:port, as in localhost:8888.")
        }
        (_, Kind::Forbidden) => format!(
            "The bridge may not dial {target}, so that no web page can reach into your network."
        ),
        (_, Kind::ForbiddenAddress) => format!(
            "{target} leads only to addresses that the bridge may not dial. Allow the address, not \
             the name: names can come to mean another machine."
        ),
        (_, Kind::NotFound) => {
            format!("No address is known for {target}: is the name spelt right?")
        }
        (_, Kind::Refused) => {
            format!("Nothing listens at {target}: that machine is there and says no.")
        }
        (Stage::Idle, Kind::Timeout) => {
            "Nothing moved for so long that the bridge ended the connection.".into()
        }
        (Stage::Resolve, Kind::Timeout) => format!("The look-up of {target} took too long."),
        (_, Kind::Timeout) => format!(
            "{target} does not answer: nobody has that address, or a firewall drops what is sent \
             there."
        ),
        (_, Kind::Unreachable) => {
            format!("No way leads to {target} from the bridge's machine: is its network up?")
        }
        (_, Kind::Reset) => {
            "The server broke the connection off (RST): it crashed, or closed without reading \
             everything."
                .into()
        }
        (Stage::Resolve, Kind::TooMany) => {
            "The bridge is looking up as many names as it may: try again in half a minute.".into()
        }
        (_, Kind::TooMany) => {
            "The bridge has as many connections as it may have: try again in a moment.".into()
        }
        (_, Kind::TooBig) => "A message was longer than the bridge takes.".into(),
        (_, Kind::ShuttingDown) => "The bridge is shutting down.".into(),
        (_, Kind::Restarting) => "The bridge restarts: try again.".into(),
        (_, Kind::Ended) => "The server did not end it.".into(),
        (_, Kind::InUse) => {
            format!("Another program listens on {target}: stop it, or choose another port.")
        }
        (_, Kind::NotLocal) => {
            format!("{target} is no address of the bridge's machine: choose localhost.")
        }
        (_, Kind::Truncated) => {
            "The server ended the connection without saying so (close_notify): bytes may be missing."
                .into()
        }
        (
            _,
            Kind::Internal
            | Kind::UnknownIssuer
            | Kind::Expired
            | Kind::NotYetValid
            | Kind::WrongName
            | Kind::NotTls
            | Kind::Handshake,
        ) => "The fault is the bridge's own; its terminal may say more.".into(),
    }
}

fn failed_zh(stage: Stage, kind: Kind, target: &str) -> String {
    match (stage, kind) {
        (Stage::Protocol, _) | (_, Kind::NotUtf8) => {
            "桥接程序不明白本页的话：两者的版本可能不同，请刷新。".into()
        }
        (Stage::Tls, _) => "TLS 握手失败。".into(),
        (_, Kind::Malformed) => {
            format!("{target} 不是可用的目标：请写成 主机:端口，例如 localhost:8888。")
        }
        (_, Kind::Forbidden) => {
            format!("桥接程序不可以连接 {target}，这样网页就无法借它进入你的网络。")
        }
        (_, Kind::ForbiddenAddress) => format!(
            "{target} 只通向桥接程序不可以连接的地址。请允许那个地址，而不是名字：名字以后可能指向别的机器。"
        ),
        (_, Kind::NotFound) => format!("找不到 {target} 的地址：名字写对了吗？"),
        (_, Kind::Refused) => {
            format!("{target} 没有程序在侦听：那台机器在，但拒绝了连接。")
        }
        (Stage::Idle, Kind::Timeout) => "太久没有数据往来，桥接程序结束了连接。".into(),
        (Stage::Resolve, Kind::Timeout) => format!("查询 {target} 的地址用时太久。"),
        (_, Kind::Timeout) => {
            format!("{target} 没有应答：那个地址没有机器，或者防火墙丢弃了发去的数据。")
        }
        (_, Kind::Unreachable) => format!("从桥接程序所在的机器到不了 {target}：它的网络通吗？"),
        (_, Kind::Reset) => "服务器强制断开了连接（RST）：它崩溃了，或者没读完就关闭了。".into(),
        (Stage::Resolve, Kind::TooMany) => {
            "桥接程序同时查询的名字已到上限：请过半分钟再试。".into()
        }
        (_, Kind::TooMany) => "桥接程序的连接数已到上限：请稍后再试。".into(),
        (_, Kind::TooBig) => "有一条消息超过了桥接程序允许的长度。".into(),
        (_, Kind::ShuttingDown) => "桥接程序正在退出。".into(),
        (_, Kind::Restarting) => "桥接程序正在重启：请重试。".into(),
        (_, Kind::Ended) => "不是服务器结束的。".into(),
        (_, Kind::InUse) => format!("{target} 已有别的程序在侦听：请停掉它，或换一个端口。"),
        (_, Kind::NotLocal) => {
            format!("{target} 不是桥接程序所在机器的地址：请用 localhost。")
        }
        (_, Kind::Truncated) => "服务器没有说明（close_notify）就结束了连接：可能缺少字节。".into(),
        (
            _,
            Kind::Internal
            | Kind::UnknownIssuer
            | Kind::Expired
            | Kind::NotYetValid
            | Kind::WrongName
            | Kind::NotTls
            | Kind::Handshake,
        ) => "这是桥接程序自身的错误；它的终端里可能有详情。".into(),
    }
}
