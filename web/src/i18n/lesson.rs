//! The lesson.

use page_model::lang::Lang;
use page_model::lesson::release::ReleaseError;
use page_model::lesson::{Step, StepStatus, System};

/// The texts of the lesson.
pub struct LessonWords {
    /// The steps, to those who do not see them.
    pub steps: &'static str,
    /// What a step that is done is called, to those who do not see its sign.
    pub is_done: &'static str,
    /// Each step.
    pub each: [StepWords; Step::ALL.len()],
    /// What leads over to what is done on the page.
    pub here: &'static str,
    /// What leads over to what is done in a terminal.
    pub in_terminal: &'static str,
    /// The choice of the terminal's system.
    pub system: &'static str,
    /// What there is to say of a command, on a system.
    pub note: fn(Step, System) -> &'static str,
    /// How it is.
    pub said: fn(StepStatus) -> &'static str,
    /// The button that sets the fields.
    pub set: &'static str,
    /// A connection that stands keeps them from being set.
    pub locked: &'static str,
    /// The button that brings back what was typed before the lesson.
    pub restore: &'static str,
    /// The button that has the bridge make room, on a system.
    pub own_server: fn(System) -> &'static str,
    /// The button of what the page cannot see.
    pub saw: &'static str,
    /// What each of the servers that misbehave does.
    pub broken: [&'static str; 3],
    /// The client's program, to those who do not see it.
    pub program: &'static str,
    /// The button that copies it.
    pub copy_program: &'static str,
    /// The buttons that lead to the step before, and to the next.
    pub back: &'static str,
    /// The second of them.
    pub next: &'static str,
    /// Every step is done.
    pub finished: &'static str,
}

/// The texts of one step.
pub struct StepWords {
    /// Its name.
    pub title: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// What is done on the page.
    pub here: &'static str,
    /// When it is done.
    pub when: &'static str,
    /// It is done.
    pub done: &'static str,
}

/// The texts of the lesson in a language.
#[must_use]
pub fn words(lang: Lang) -> &'static LessonWords {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    }
}

static EN: LessonWords = LessonWords {
    steps: "Steps of the lesson",
    is_done: "done",
    each: [
        StepWords {
            title: "An echo server",
            about: "An echo server sends back every byte that it gets. To learn TCP, there is no \
                    simpler partner.",
            here: "The bridge brings one along, and To names it.",
            when: "Done once an echo server has answered.",
            done: "Your own server answered: every byte came back.",
        },
        StepWords {
            title: "Say Hello",
            about: "A connection carries bytes both ways, until each side has said that it has no \
                    more to say: that is a FIN.",
            here: "Press Send: Hello and a line feed go out, and come back. Then press Finish.",
            when: "Done once a terminal connects. This page's own connections do not count.",
            done: "A terminal connected to the echo server.",
        },
        StepWords {
            title: "The Rust client",
            about: "The tutorial's program: connect, write six bytes, read exactly six, compare.",
            here: "Press Send: each line is marked as it runs. Then click the Timeline, and step \
                   with ← and →.",
            when: "Done at Reply is ok! for Hello!",
            done: "Reply is ok! All six bytes came back.",
        },
        StepWords {
            title: "Break it",
            about: "What if a server is no echo? These three misbehave, on real sockets, and the \
                    same program ends otherwise each time.",
            here: "Choose a server, then press Send:",
            when: "Done once you have met all three.",
            done: "You have met all three.",
        },
        StepWords {
            title: "EchoPoll at the bytes",
            about: "TCP carries bytes, and knows no characters. 你好 is two characters and six \
                    bytes: three for each, in UTF-8.",
            here: "Press Send, then open Bytes beside Timeline. Point at a byte: its character and \
                   its twin are marked. Packets, beside it, shows what carried them, as Wireshark \
                   does.",
            when: "Done once Bytes shows what you sent.",
            done: "You have seen the bytes of 你好, out and back.",
        },
    ],
    here: "On this page",
    in_terminal: "In a terminal",
    system: "System of the terminal",
    note: |step, system| match (step, system) {
        (Step::Server, System::Linux) => "ncat comes with nmap, or as a package of its own.",
        (Step::Server, System::Mac) => "ncat comes with nmap: brew install nmap",
        (Step::Server, System::Windows) => {
            "Windows has no ncat: this is the bridge's echo server alone. In the project folder."
        }
        (Step::Hello, System::Windows) => "The tutorial's client. In the project folder.",
        (Step::Hello, _) => "Hello is back but the prompt is not? Press Ctrl+C, or use nc -N.",
        (Step::Client, _) => "Save the program as client.rs first.",
        (Step::Break, _) => {
            "The same server on a port of its own, for any client. In the project folder."
        }
        (Step::Bytes, System::Windows) => "The bytes of 你好, without the network. In PowerShell.",
        (Step::Bytes, _) => "od prints what came back, in hex.",
    },
    said: |said| match said {
        StepStatus::When(step) => EN.each[step as usize].when,
        StepStatus::Done(step) => EN.each[step as usize].done,
        StepStatus::ByHand => "Ticked by hand: you saw Hello come back.",
        StepStatus::Met(servers) => ["", "1/3 met.", "2/3 met.", ""][servers & 3],
        StepStatus::Own => "The bridge's own echo server is running.",
        StepStatus::External => "A server that is not the bridge's own listens there.",
        StepStatus::Asking => "Asking the bridge to give its port free …",
        StepStatus::Refused(why) => refused(why),
        StepStatus::Free => {
            "The port is free, for two minutes at most. Start your server in a \
                       terminal: this page looks every second."
        }
        StepStatus::Taken => "Something listens there now. Press Send: does it answer?",
        StepStatus::Over => "The port is the bridge's again, and its own echo server is back.",
        StepStatus::Unseen => {
            "This echo server is not the bridge's own, so the page cannot see who \
                         connects to it. You can:"
        }
        StepStatus::NoBridge => "The bridge is not running.",
    },
    set: "Set the fields again",
    locked: "A connection stands, and keeps To and the way of talking as they are: finish it first.",
    restore: "Bring back what I had typed",
    own_server: |system| match system {
        System::Windows => "Use a server of my own instead",
        System::Linux | System::Mac => "Use ncat instead",
    },
    saw: "I saw Hello come back",
    broken: ["echoes 3 bytes, then FIN", "answers in capitals", "answers only after your FIN"],
    program: "The program",
    copy_program: "Copy the program",
    back: "Back",
    next: "Next",
    finished: "That was the tutorial: a server, a client, what can go wrong, and the bytes. Next, \
               talk to a service that you know: type its host:port into To. Or repeat an exchange \
               a thousand times, and see how long it takes.",
};

fn refused(why: ReleaseError) -> &'static str {
    match why {
        ReleaseError::Forbidden => {
            "The bridge gives its port free only when a page on its own machine asks."
        }
        ReleaseError::Conflict => {
            "The bridge has no echo server of its own on that port that could make room."
        }
        ReleaseError::Unknown => {
            "The bridge did not do it: is it running, and as new as this page?"
        }
    }
}

static ZH: LessonWords = LessonWords {
    steps: "课程的步骤",
    is_done: "已完成",
    each: [
        StepWords {
            title: "回显服务器",
            about: "回显服务器把收到的每个字节原样送回。学 TCP，没有比它更简单的对话伙伴。",
            here: "桥接程序自带一个，「目标」里就是它的地址。",
            when: "有回显服务器回答，这一步就完成。",
            done: "你自己的服务器回答了：每个字节都原样收回。",
        },
        StepWords {
            title: "说一声 Hello",
            about: "一条连接双向传送字节，直到两边都表示「我说完了」：这就是 FIN。",
            here: "按「发送」：Hello 和一个换行符发出去，再收回来。然后按「发完了（FIN）」。",
            when: "有终端连接上来，这一步就完成；本页自己的连接不算。",
            done: "已有终端连接到回显服务器。",
        },
        StepWords {
            title: "Rust 客户端",
            about: "教程里的程序先连接，写 6 个字节，再不多不少读 6 个，最后比较。",
            here: "按「发送」：执行到哪一行，哪一行就有标记。然后点一下时间线，用 ← 和 → 逐步回放。",
            when: "发送 Hello! 并得到 Reply is ok!，这一步就完成。",
            done: "Reply is ok! 6 个字节全部收了回来。",
        },
        StepWords {
            title: "让它出错",
            about: "如果服务器不照样送回呢？这三个服务器在真实的套接字上出错，同一个程序每次都有不同的结局。",
            here: "选一个服务器，再按「发送」：",
            when: "三个都试过，这一步就完成。",
            done: "三个都试过了。",
        },
        StepWords {
            title: "看看字节",
            about: "TCP 只传字节，不认识字符。「你好」是两个字符、六个字节：在 UTF-8 里，一个汉字占三个字节。",
            here: "按「发送」，再打开时间线旁边的「字节」。指向一个字节，它的字符和来回对应的字节会一起标出。旁边的「报文」里是运送它们的报文，和 Wireshark 里看到的一样。",
            when: "在「字节」里看到发出的内容，这一步就完成。",
            done: "「你好」的字节，一去一回，你都看到了。",
        },
    ],
    here: "在本页",
    in_terminal: "在终端里",
    system: "终端所在的系统",
    note: |step, system| match (step, system) {
        (Step::Server, System::Linux) => "ncat 随 nmap 提供，也有单独的软件包。",
        (Step::Server, System::Mac) => "ncat 随 nmap 提供：brew install nmap",
        (Step::Server, System::Windows) => {
            "Windows 没有 ncat：这是单独运行的桥接程序回显服务器，请在项目文件夹中执行。"
        }
        (Step::Hello, System::Windows) => "这就是教程里的客户端，请在项目文件夹中执行。",
        (Step::Hello, _) => "看到 Hello 却没回到提示符？按 Ctrl+C，或改用 nc -N。",
        (Step::Client, _) => "先把程序存成 client.rs。",
        (Step::Break, _) => {
            "同样的服务器，单独占一个端口，任何客户端都能用。请在项目文件夹中执行。"
        }
        (Step::Bytes, System::Windows) => "「你好」的字节，不经过网络。请在 PowerShell 中执行。",
        (Step::Bytes, _) => "od 把收到的内容按十六进制打印出来。",
    },
    said: |said| match said {
        StepStatus::When(step) => ZH.each[step as usize].when,
        StepStatus::Done(step) => ZH.each[step as usize].done,
        StepStatus::ByHand => "手动打勾：你看到了 Hello 回来。",
        StepStatus::Met(servers) => ["", "试过 1/3。", "试过 2/3。", ""][servers & 3],
        StepStatus::Own => "桥接程序自带的回显服务器正在运行。",
        StepStatus::External => "那里有一个服务器在侦听，不是桥接程序自带的。",
        StepStatus::Asking => "正在请桥接程序让出端口……",
        StepStatus::Refused(why) => refused_zh(why),
        StepStatus::Free => {
            "端口已经让出，最多两分钟。请在终端里启动你的服务器，本页每秒查看一次。"
        }
        StepStatus::Taken => "现在有程序在那里侦听了。按「发送」，看看它会不会回答。",
        StepStatus::Over => "桥接程序收回了端口，自带的回显服务器又在运行。",
        StepStatus::Unseen => "这个回显服务器不是桥接程序自带的，本页看不到谁连接了它，由你来说：",
        StepStatus::NoBridge => "桥接程序没有运行。",
    },
    set: "重新填好各栏",
    locked: "连接还在，「目标」和方式都动不了：请先结束这条连接。",
    restore: "恢复我先前输入的内容",
    own_server: |system| match system {
        System::Windows => "改用我自己的服务器",
        System::Linux | System::Mac => "改用 ncat",
    },
    saw: "我看到 Hello 回来了",
    broken: ["送回 3 个字节，然后 FIN", "用大写字母回答", "等你发完（FIN）才回答"],
    program: "程序",
    copy_program: "复制程序",
    back: "上一步",
    next: "下一步",
    finished: "教程到此走完：一个服务器，一个客户端，会出什么错，还有那些字节。接下来，不妨在「目标」里\
               填一个你熟悉的服务（host:port），和它说说话；或者把一次收发重复一千遍，看看要多久。",
};

fn refused_zh(why: ReleaseError) -> &'static str {
    match why {
        ReleaseError::Forbidden => "只有桥接程序所在机器上的网页，才能请它让出端口。",
        ReleaseError::Conflict => "那个端口上没有桥接程序自带的回显服务器，无从让出。",
        ReleaseError::Unknown => "桥接程序没有照办：它在运行吗？版本和本页一样新吗？",
    }
}
