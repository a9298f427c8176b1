//! Chinese.

use echo_core::wire::{EchoServer, Kind, Stage};

use super::{Words, link, menu, modes, runs};
use page_model::cause::Cause;

pub(super) const WORDS: Words = Words {
    language: "语言",
    to: "目标",
    echo_server: |whose| match whose {
        EchoServer::Own => "回显服务器：桥接程序自带",
        EchoServer::External => "回显服务器：不是桥接程序自带的，也许是 ncat",
        EchoServer::Released => "回显服务器：端口已经让出，等待另一个服务器",
        EchoServer::Off => "回显服务器：桥接程序没有启动它，请自行启动",
    },
    empty_to: "请填写目标：主机:端口，例如 localhost:8888。",
    message: "消息",
    empty_message: "没有可发送的内容：回显服务器收到什么，才会返回什么。",
    bytes: |n| format!("{n} 个字节"),
    keys: "Shift+Enter 换行",
    send: "发送",
    stop: "停止",
    idle: |n| match n {
        0 => "输入一条消息：它的字节会经过一条真实的 TCP 连接，再原样返回。".into(),
        _ => format!("按「发送」：{n} 个字节会经过一条真实的 TCP 连接，再原样返回。"),
    },
    no_bridge: "桥接程序没有运行。",
    notices: "它一启动，本页就会发现。",
    bridge_back: "桥接程序又在运行了：请按「发送」。",
    connecting: |target| format!("正在连接 {target}"),
    waiting: |got, of| format!("已收到 {got}/{of} 字节，继续等待……"),
    still_waiting: |got, of| format!("仍在等待：已收到 {got}/{of} 字节"),
    limit: |s| format!("教程里的客户端会一直等下去；本页等了 {s} 秒，不再等了。"),
    stopped: "你按了停止；教程里的客户端会一直等下去。",
    given_up: "还没连上就停止了",
    same: |n| format!("{n} 个字节全部原样返回。"),
    different: |offset, of, sent, received| {
        let nth = offset + 1;
        format!(
            "第一处不同：{of} 个字节中的第 {nth} 个，发出的是 {sent:02x}，收回的是 {received:02x}。"
        )
    },
    sent: "发出",
    received: "收回",
    extra: |n, bytes| format!("之后又收到 {n} 个字节，程序没有读取：{bytes}"),
    in_terminal: "在终端里这样做：",
    had_come: |got, of| format!("已收回 {got}/{of} 字节。"),
    over_tcp: |time| format!("TCP {time}"),
    through_browser: |time| format!("经过浏览器 {time}"),
    cause,
    remedy,
    runs: runs::ZH,
    link: link::ZH,
    menu: menu::ZH,
    modes: modes::ZH,
    echo: "回显服务器",
    misbehaves: "会出错的服务器……",
    composer: super::composer::ZH,
    reply: super::reply::ZH,
};

fn cause(cause: Cause, target: &str, origin: &str) -> String {
    match cause {
        Cause::EarlyEnd => "服务器过早结束了连接（FIN）。".into(),
        Cause::NoBridge => "桥接程序没有运行。".into(),
        Cause::PageRefused => {
            format!("桥接程序在运行，但不接受来自 {origin} 的网页。")
        }
        Cause::BridgeGone => "桥接程序中途退出，TCP 连接也随之断开。".into(),
        Cause::Closed(code) => format!("桥接程序关闭了 WebSocket，代码 {code}。"),
        Cause::Failed(stage, kind) => failed(stage, kind, target),
    }
}

fn remedy(cause: Cause) -> &'static str {
    match cause {
        Cause::Failed(_, Kind::Refused) => "在那里启动一个回显服务器：",
        Cause::NoBridge | Cause::BridgeGone => "在项目文件夹中执行：",
        _ => "请这样重新启动桥接程序：",
    }
}

fn failed(stage: Stage, kind: Kind, target: &str) -> String {
    match (stage, kind) {
        (Stage::Protocol, _) | (_, Kind::NotUtf8) => {
            "桥接程序不明白本页的话：两者的版本可能不同，请刷新。".into()
        }
        (_, Kind::Malformed) => {
            format!("{target} 不是可用的目标：请写成 主机:端口，例如 localhost:8888。")
        }
        (_, Kind::Forbidden) => {
            format!("桥接程序不可以连接 {target}，这样网页就无法借它进入你的网络。")
        }
        (_, Kind::ForbiddenAddress) => {
            format!(
                "{target} 只通向桥接程序不可以连接的地址。请允许那个地址，而不是名字：名字以后可能指向别的机器。"
            )
        }
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
        (_, Kind::Internal) => "这是桥接程序自身的错误；它的终端里可能有详情。".into(),
    }
}
