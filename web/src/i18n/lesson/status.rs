//! The texts about how far a step of the lesson has come.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::lesson::{BROKEN, Step, StepStatus};
use page_model::release::ReleaseError;

use crate::i18n::cause::no_bridge;

/// Returns the status of a step.
pub fn status(lang: Lang, status: StepStatus) -> String {
    let text = match (status, lang) {
        (StepStatus::Met(servers), En) => return format!("{servers}/{} met.", BROKEN.len()),
        (StepStatus::Met(servers), Zh) => return format!("试过 {servers}/{}。", BROKEN.len()),
        (StepStatus::When(step), _) => condition(lang, step),
        (StepStatus::Done(step), _) => done(lang, step),
        (StepStatus::ByHand(step), _) => by_hand(lang, step),
        (StepStatus::Own, En) => "The bridge's own echo server is running.",
        (StepStatus::Own, Zh) => "桥接程序自带的回显服务器正在运行。",
        (StepStatus::External, En) => "A server that is not the bridge's own listens there.",
        (StepStatus::External, Zh) => "那里有一个服务器在侦听，不是桥接程序自带的。",
        (StepStatus::Asking, En) => "Asking the bridge to give its port free …",
        (StepStatus::Asking, Zh) => "正在请桥接程序让出端口……",
        (StepStatus::Refused(error), _) => refused(lang, error),
        (StepStatus::Free, En) => {
            "The port is free, for two minutes at most. Start your server in a terminal: this \
             page notices it."
        }
        (StepStatus::Free, Zh) => {
            "端口已经让出，最多两分钟。请在终端里启动你的服务器，本页会自动发现它。"
        }
        (StepStatus::Taken, En) => "Something listens there now. Press Send: does it answer?",
        (StepStatus::Taken, Zh) => "现在有程序在那里侦听了。按「发送」，看看它会不会回答。",
        (StepStatus::Over, En) => {
            "The port is the bridge's again, and its own echo server is back."
        }
        (StepStatus::Over, Zh) => "桥接程序收回了端口，自带的回显服务器又在运行。",
        (StepStatus::Unseen, En) => {
            "With this echo server, the page cannot see who connects. You can:"
        }
        (StepStatus::Unseen, Zh) => "本页看不到谁连接了这个回显服务器，由你来说：",
        (StepStatus::WithoutTerminal, En) => {
            "Without a terminal the page cannot check this step. When it is done, you can say so:"
        }
        (StepStatus::WithoutTerminal, Zh) => "没有终端，本页无法检查这一步。做完以后，由你来说：",
        (StepStatus::NoBridge, _) => no_bridge(lang),
    };
    text.into()
}

/// Returns the text that says when a step is done.
fn condition(lang: Lang, step: Step) -> &'static str {
    match (step, lang) {
        (Step::Server, En) => "Done once an echo server has answered.",
        (Step::Server, Zh) => "有回显服务器回答，这一步就完成。",
        (Step::Hello, En) => {
            "Done once a terminal connects. This page's own connections do not count."
        }
        (Step::Hello, Zh) => "有终端连接上来，这一步就完成；本页自己的连接不算。",
        (Step::Client, En) => "Done at Reply is ok! for Hello!",
        (Step::Client, Zh) => "发送 Hello! 并得到 Reply is ok!，这一步就完成。",
        (Step::Break, En) => "Done once you have met all three.",
        (Step::Break, Zh) => "三个都试过，这一步就完成。",
        (Step::Bytes, En) => "Done once Bytes shows what you sent.",
        (Step::Bytes, Zh) => "在「字节」里看到发出的内容，这一步就完成。",
        (Step::Serve, En) => "Done once a program has got back from this page what it sent.",
        (Step::Serve, Zh) => "有程序连上本页，并原样收回它发出的内容，这一步就完成。",
    }
}

/// Returns the text that says what has been achieved when a step is done.
fn done(lang: Lang, step: Step) -> &'static str {
    match (step, lang) {
        (Step::Server, En) => "Your own server answered: every byte came back.",
        (Step::Server, Zh) => "你自己的服务器回答了：每个字节都原样收回。",
        (Step::Hello, En) => "A terminal connected to the echo server.",
        (Step::Hello, Zh) => "已有终端连接到回显服务器。",
        (Step::Client, En) => "Reply is ok! All six bytes came back.",
        (Step::Client, Zh) => "Reply is ok! 6 个字节全部收了回来。",
        (Step::Break, En) => "You have met all three.",
        (Step::Break, Zh) => "三个都试过了。",
        (Step::Bytes, En) => "You have seen the bytes of 你好, out and back.",
        (Step::Bytes, Zh) => "「你好」的字节，一去一回，你都看到了。",
        (Step::Serve, En) => "A program connected to this page, and got back every byte.",
        (Step::Serve, Zh) => "有程序连上了本页，每个字节都收了回去。",
    }
}

/// Returns the text that says what the learner, and not the page, has said to be done.
fn by_hand(lang: Lang, step: Step) -> &'static str {
    match (step, lang) {
        (Step::Hello, En) => "Ticked by hand: you saw Hello come back.",
        (Step::Hello, Zh) => "手动打勾：你看到了 Hello 回来。",
        (_, En) => "Ticked by hand: the page has not checked this step.",
        (_, Zh) => "手动打勾：这一步本页没有检查过。",
    }
}

/// Returns the text that says why the bridge refused to release its port.
fn refused(lang: Lang, error: ReleaseError) -> &'static str {
    match (error, lang) {
        (ReleaseError::Forbidden, En) => {
            "The bridge gives its port free only when a page on its own machine asks."
        }
        (ReleaseError::Forbidden, Zh) => "只有桥接程序所在机器上的网页，才能请它让出端口。",
        (ReleaseError::Conflict, En) => {
            "The bridge has no echo server of its own on that port that could make room."
        }
        (ReleaseError::Conflict, Zh) => "那个端口上没有桥接程序自带的回显服务器，无从让出。",
        (ReleaseError::Unknown, En) => {
            "The bridge did not do it: is it running, and as new as this page?"
        }
        (ReleaseError::Unknown, Zh) => "桥接程序没有照办：它在运行吗？版本和本页一样新吗？",
    }
}

/// Returns the remark that every step is done.
pub fn finished(lang: Lang) -> &'static str {
    match lang {
        En => {
            "That was the tutorial: a server, a client, what can go wrong, the bytes, and both \
             ends of a connection. Next, \
             talk to a service that you know: type its host:port into To. Or repeat an exchange \
             a thousand times, and see how long it takes."
        }
        Zh => {
            "教程到此走完：一个服务器，一个客户端，会出什么错，那些字节，还有连接的两端。接下来，不妨在「目标」里\
             填一个你熟悉的服务（host:port），和它说说话；或者把一次收发重复一千遍，看看要多久。"
        }
    }
}
