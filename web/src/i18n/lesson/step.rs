//! The texts of the lesson's steps.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::lesson::{Step, System};

/// Returns the title of a step.
pub fn title(lang: Lang, step: Step) -> &'static str {
    match (step, lang) {
        (Step::Server, En) => "An echo server",
        (Step::Server, Zh) => "准备回显服务器",
        (Step::Hello, En) => "Say Hello",
        (Step::Hello, Zh) => "说一声 Hello",
        (Step::Client, En) => "The Rust client",
        (Step::Client, Zh) => "Rust 客户端",
        (Step::Break, En) => "Break it",
        (Step::Break, Zh) => "让它出错",
        (Step::Bytes, En) => "Look at the bytes",
        (Step::Bytes, Zh) => "看看字节",
        (Step::Serve, En) => "Be the server",
        (Step::Serve, Zh) => "你来当服务器",
    }
}

/// Returns the text that says what a step is about.
pub fn about(lang: Lang, step: Step) -> &'static str {
    match (step, lang) {
        (Step::Server, En) => {
            "An echo server sends back every byte that it gets. To learn TCP, there is no simpler \
             partner."
        }
        (Step::Server, Zh) => {
            "回显服务器把收到的每个字节原样送回。学 TCP，没有比它更简单的对话伙伴。"
        }
        (Step::Hello, En) => {
            "A connection carries bytes both ways, until each side has said that it has no more \
             to say: that is a FIN."
        }
        (Step::Hello, Zh) => "一条连接双向传送字节，直到两边都表示「我说完了」：这就是 FIN。",
        (Step::Client, En) => {
            "The tutorial's program: connect, write six bytes, read exactly six, compare."
        }
        (Step::Client, Zh) => "教程里的程序先连接，写 6 个字节，再不多不少读 6 个，最后比较。",
        (Step::Break, En) => {
            "What if a server is no echo? These three misbehave, on real sockets, and the same \
             program ends otherwise each time."
        }
        (Step::Break, Zh) => {
            "如果服务器不照样送回呢？这三个服务器在真实的套接字上出错，同一个程序每次都有不同的结局。"
        }
        (Step::Bytes, En) => {
            "TCP carries bytes, and knows no characters. 你好 is two characters and six bytes: \
             three for each, in UTF-8."
        }
        (Step::Bytes, Zh) => {
            "TCP 只传字节，不认识字符。「你好」是两个字符、六个字节：在 UTF-8 里，一个汉字占三个字节。"
        }
        (Step::Serve, En) => {
            "A connection has two ends, and this page can be the other one, too: it listens, and \
             answers whoever connects."
        }
        (Step::Serve, Zh) => "一条连接有两端，本页也能当另一端：它侦听，并回答连上来的程序。",
    }
}

/// Returns the text that says what to do on the page at a step.
pub fn task(lang: Lang, step: Step) -> &'static str {
    match (step, lang) {
        (Step::Server, En) => "The bridge brings one along, and To names it.",
        (Step::Server, Zh) => "桥接程序自带一个，「目标」里就是它的地址。",
        (Step::Hello, En) => {
            "Press Send: Hello and a line feed go out, and come back. Then press Finish."
        }
        (Step::Hello, Zh) => {
            "按「发送」：Hello 和一个换行符发出去，再收回来。然后按「发完了（FIN）」。"
        }
        (Step::Client, En) => {
            "Press Send: each line is marked as it runs. Then click the sequence diagram, and step with ← \
             and →."
        }
        (Step::Client, Zh) => {
            "按「发送」：执行到哪一行，哪一行就有标记。然后点一下时序图，用 ← 和 → 逐步回放。"
        }
        (Step::Break, En) => "Choose a server, then press Send:",
        (Step::Break, Zh) => "选一个服务器，再按「发送」：",
        (Step::Bytes, En) => {
            "Press Send, then open Bytes beside Sequence. Point at a byte: its character and its \
             twin are marked. Packets, beside it, shows what carried them, as Wireshark does."
        }
        (Step::Bytes, Zh) => {
            "按「发送」，再打开「时序」旁边的「字节」。指向一个字节，它的字符和来回对应的字节会一起标出。旁边的「报文」里是运送它们的报文，和 Wireshark 里看到的一样。"
        }
        (Step::Serve, En) => {
            "Press Listen: this page sends back what it gets. Then run the tutorial's client in a \
             terminal: the reply that it finds ok is this page's."
        }
        (Step::Serve, Zh) => {
            "按「开始侦听」，本页就把收到的内容原样送回。然后在终端里运行教程的客户端：它说 ok 的回应就来自本页。"
        }
    }
}

/// Returns the remark about the command for a terminal at a step.
pub fn command_note(lang: Lang, step: Step, system: System) -> &'static str {
    match (lang, step, system) {
        (En, Step::Server, System::Linux) => "ncat comes with nmap, or as a package of its own.",
        (Zh, Step::Server, System::Linux) => "ncat 随 nmap 提供，也有单独的软件包。",
        (En, Step::Server, System::Mac) => "ncat comes with nmap: brew install nmap",
        (Zh, Step::Server, System::Mac) => "ncat 随 nmap 提供：brew install nmap",
        (En, Step::Server, System::Windows) => {
            "Windows has no ncat: this is the bridge's echo server alone. In the folder in which \
             the bridge was started."
        }
        (Zh, Step::Server, System::Windows) => {
            "Windows 没有 ncat：这是单独运行的桥接程序回显服务器，请在启动桥接程序的文件夹中执行。"
        }
        (En, Step::Hello, System::Windows) | (En, Step::Serve, _) => {
            "The tutorial's client. In the folder in which the bridge was started."
        }
        (Zh, Step::Hello, System::Windows) | (Zh, Step::Serve, _) => {
            "这就是教程里的客户端，请在启动桥接程序的文件夹中执行。"
        }
        (En, Step::Hello, System::Linux | System::Mac) => {
            "Why sleep? At the end of its input nc may send FIN, and an ncat server passes nothing \
             on after that: what cat has not answered by then is lost."
        }
        (Zh, Step::Hello, System::Linux | System::Mac) => {
            "为什么要 sleep？输入一结束，nc 可能就发出 FIN；而 ncat 服务器收到 FIN 便不再转发，\
             cat 还没来得及送回的内容就丢了。"
        }
        (En, Step::Client, _) => "Save the program as client.rs first.",
        (Zh, Step::Client, _) => "先把程序存成 client.rs。",
        (En, Step::Break, _) => {
            "The same server on a free port, which it prints, for any client. In the folder in \
             which the bridge was started."
        }
        (Zh, Step::Break, _) => {
            "同样的服务器，占一个空闲端口（它会打印出来），任何客户端都能用。请在启动桥接程序的文件夹中执行。"
        }
        (En, Step::Bytes, System::Windows) => {
            "The bytes of 你好, without the network. In PowerShell."
        }
        (Zh, Step::Bytes, System::Windows) => {
            "「你好」的字节，不经过网络。请在 PowerShell 中执行。"
        }
        (En, Step::Bytes, System::Linux | System::Mac) => "od prints what came back, in hex.",
        (Zh, Step::Bytes, System::Linux | System::Mac) => "od 把收到的内容按十六进制打印出来。",
    }
}

/// Returns the text that says why there is no command for a terminal at a step for now.
pub fn no_command(lang: Lang, step: Step) -> &'static str {
    match (lang, step) {
        (En, Step::Server) => {
            "A server listens on that port already, and no second one can beside it."
        }
        (Zh, Step::Server) => "那个端口已经有服务器在侦听，不能再启动第二个。",
        (En, Step::Serve) => {
            "This page listens on the bridge's machine, and only programs there reach it: a \
             terminal on this one does not."
        }
        (Zh, Step::Serve) => {
            "本页在桥接程序所在的机器上侦听，只有那里的程序能连上，这台机器上的终端连不上。"
        }
        (En, _) => {
            "Only programs on the bridge's own machine reach its echo server: a terminal on this \
             one does not."
        }
        (Zh, _) => "只有桥接程序所在机器上的程序能连到它的回显服务器，这台机器上的终端连不上。",
    }
}
