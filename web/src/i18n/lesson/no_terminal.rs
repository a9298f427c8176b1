//! The texts for a learner who has no terminal.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::lesson::Step;

/// Returns the heading of the page's own way.
pub fn without_terminal(lang: Lang) -> &'static str {
    match lang {
        En => "Without a terminal",
        Zh => "没有终端",
    }
}

/// Returns the label of the button with which the learner says that there is no terminal, or, once
/// that was said, that there is one.
pub fn terminal_switch(lang: Lang, is_missing: bool) -> &'static str {
    match (lang, is_missing) {
        (En, false) => "I have no terminal here",
        (Zh, false) => "我这里没有终端",
        (En, true) => "I have a terminal after all",
        (Zh, true) => "我这里有终端",
    }
}

/// Returns the text that says what on the page takes the place of the terminal at a step.
pub fn own_way(lang: Lang, step: Step) -> &'static str {
    match (step, lang) {
        (Step::Server, En) => {
            "The bridge's own echo server takes the place of ncat: as long as the bridge runs it, \
             there is nothing to start."
        }
        (Step::Server, Zh) => "桥接程序自带的回显服务器代替 ncat：只要它在运行，就什么也不用启动。",
        (Step::Hello, En) => {
            "Stay connected takes the place of nc: it opens a TCP connection, sends what you type, \
             and shows what comes back. Then tick the step by hand."
        }
        (Step::Hello, Zh) => {
            "「保持连接」代替 nc：它建立一条 TCP 连接，发出你输入的内容，显示收到的内容。做完以后，\
             请手动打勾。"
        }
        (Step::Client, En) => {
            "Send takes the place of the program: it does what these lines do, on a real TCP \
             connection."
        }
        (Step::Client, Zh) => "「发送」代替程序：它在真实的 TCP 连接上，做这些代码所做的事。",
        (Step::Break, En) => {
            "The bridge runs these servers for the page: there is nothing to start."
        }
        (Step::Break, Zh) => "这些服务器由桥接程序替本页运行，什么也不用启动。",
        (Step::Bytes, En) => {
            "Bytes takes the place of od: it shows in hex what went out and came back."
        }
        (Step::Bytes, Zh) => "「字节」代替 od：它按十六进制显示发出和收到的内容。",
        (Step::Serve, En) => {
            "A browser is a TCP client, too. Choose Rules and then A web page, press Listen, and \
             open http://localhost:9000/ in another tab. Then tick the step by hand."
        }
        (Step::Serve, Zh) => {
            "浏览器也是 TCP 客户端：选「规则」，再选「网页」，按「开始侦听」，然后在另一个标签页打开 \
             http://localhost:9000/。做完以后，请手动打勾。"
        }
    }
}
