//! Chinese.

use echo_core::wire::EchoServer;

use super::{Words, modes};

pub(super) const WORDS: Words = Words {
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
    keys: "Shift+Enter 换行",
    send: "发送",
    stop: "停止",
    modes: modes::ZH,
    echo: "回显服务器",
    misbehaves: "会出错的服务器……",
    composer: super::composer::ZH,
};
