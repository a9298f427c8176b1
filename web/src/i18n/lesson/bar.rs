//! The texts of the bar that the lesson is on a narrow screen.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::lesson::Step;

/// Returns what to do at a step, as one short line.
pub fn instruction(lang: Lang, step: Step) -> &'static str {
    match (step, lang) {
        (Step::Server, En) => "Have an echo server ready",
        (Step::Server, Zh) => "备好一个回显服务器",
        (Step::Hello, En) => "Press Send, see Hello come back",
        (Step::Hello, Zh) => "按「发送」，看 Hello 回来",
        (Step::Client, En) => "Press Send and watch read_exact wait",
        (Step::Client, Zh) => "按「发送」，看 read_exact 等待",
        (Step::Break, En) => "Send to each of three servers",
        (Step::Break, Zh) => "对三个服务器各按一次「发送」",
        (Step::Bytes, En) => "Press Send, then open Bytes",
        (Step::Bytes, Zh) => "按「发送」，再打开「字节」",
        (Step::Serve, En) => "Press Listen, then connect",
        (Step::Serve, Zh) => "按「开始侦听」，再从终端连接",
    }
}

/// Returns the words before the line of the program that runs, for screen readers.
pub fn current_line(lang: Lang) -> &'static str {
    match lang {
        En => "Line of the program:",
        Zh => "程序执行到：",
    }
}

/// Returns the text in place of the line of the program that runs, before the first run.
pub fn no_line_yet(lang: Lang) -> &'static str {
    match lang {
        En => "The line that runs is shown here.",
        Zh => "执行到哪一行，这里就显示哪一行。",
    }
}
