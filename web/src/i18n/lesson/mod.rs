//! The texts of the lesson: its name, and the labels of the guide.

mod bar;
mod no_terminal;
mod status;
mod step;

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::lesson::{BROKEN, FieldsLock, Step, System};

pub use bar::{current_line, instruction, no_line_yet};
pub use no_terminal::{own_way, terminal_switch, without_terminal};
pub use status::{finished, status};
pub use step::{about, command_note, no_command, task, title};

/// Returns the name of the lesson, which is also the label of the button that opens it.
pub fn name(lang: Lang) -> &'static str {
    match lang {
        En => "Lesson",
        Zh => "课程",
    }
}

/// Returns the label of the list of steps, for screen readers.
pub fn steps(lang: Lang) -> &'static str {
    match lang {
        En => "Steps of the lesson",
        Zh => "课程的步骤",
    }
}

/// Returns the text that says what the tick of something that is done means, for screen readers.
pub fn done(lang: Lang) -> &'static str {
    match lang {
        En => "done",
        Zh => "已完成",
    }
}

/// Returns the text that says what the tick of a step means that the learner ticked by hand, for
/// screen readers.
pub fn ticked_by_hand(lang: Lang) -> &'static str {
    match lang {
        En => "ticked by hand",
        Zh => "手动打勾",
    }
}

/// Returns the heading of what to do on the page.
pub fn on_this_page(lang: Lang) -> &'static str {
    match lang {
        En => "On this page",
        Zh => "在本页",
    }
}

/// Returns the heading of what to do in a terminal.
pub fn in_terminal(lang: Lang) -> &'static str {
    match lang {
        En => "In a terminal",
        Zh => "在终端里",
    }
}

/// Returns the label of the choice of the terminal's system, for screen readers.
pub fn system(lang: Lang) -> &'static str {
    match lang {
        En => "System of the terminal",
        Zh => "终端所在的系统",
    }
}

/// Returns the label of the button that sets the fields of the page again.
pub fn set_fields(lang: Lang) -> &'static str {
    match lang {
        En => "Set the fields again",
        Zh => "重新填好各栏",
    }
}

/// Returns the remark that something keeps the fields from being set.
pub fn locked(lang: Lang, lock: FieldsLock) -> &'static str {
    match (lang, lock) {
        (En, FieldsLock::Connection) => {
            "A connection stands, and keeps To and the way of talking as they are: finish it first."
        }
        (Zh, FieldsLock::Connection) => "连接还在，「目标」和方式都动不了：请先结束这条连接。",
        (En, FieldsLock::Listener) => {
            "The page listens, and goes on answering as it does: press Stop listening first."
        }
        (Zh, FieldsLock::Listener) => "页面正在侦听，回应方式保持不变：请先停止侦听。",
    }
}

/// Returns the label of the button that restores what was typed before the lesson.
pub fn restore_fields(lang: Lang) -> &'static str {
    match lang {
        En => "Bring back what I had typed",
        Zh => "恢复我先前输入的内容",
    }
}

/// Returns the label of the button that has the bridge release its port.
pub fn use_own_server(lang: Lang, system: System) -> &'static str {
    match (lang, system) {
        (En, System::Windows) => "Use a server of my own instead",
        (En, System::Linux | System::Mac) => "Use ncat instead",
        (Zh, System::Windows) => "改用我自己的服务器",
        (Zh, System::Linux | System::Mac) => "改用 ncat",
    }
}

/// Returns the label of the button with which the learner confirms what the page cannot observe.
pub fn tick_by_hand(lang: Lang, step: Step) -> &'static str {
    match (lang, step) {
        (En, Step::Hello) => "I saw Hello come back",
        (Zh, Step::Hello) => "我看到 Hello 回来了",
        (En, _) => "Tick this step by hand",
        (Zh, _) => "把这一步手动打勾",
    }
}

/// Returns the text that says what each of the servers with a fault does.
pub fn servers(lang: Lang) -> [&'static str; BROKEN.len()] {
    match lang {
        En => ["echoes 3 bytes, then FIN", "answers in capitals", "answers only after your FIN"],
        Zh => ["送回 3 个字节，然后 FIN", "用大写字母回答", "等你发完（FIN）才回答"],
    }
}

/// Returns the label of the client's program, for screen readers.
pub fn program(lang: Lang) -> &'static str {
    match lang {
        En => "The program",
        Zh => "程序",
    }
}

/// Returns the label of the button that copies the program.
pub fn copy_program(lang: Lang) -> &'static str {
    match lang {
        En => "Copy the program",
        Zh => "复制程序",
    }
}

/// Returns the label of the button that leads to the previous step.
pub fn back(lang: Lang) -> &'static str {
    match lang {
        En => "Back",
        Zh => "上一步",
    }
}

/// Returns the label of the button that leads to the next step.
pub fn next(lang: Lang) -> &'static str {
    match lang {
        En => "Next",
        Zh => "下一步",
    }
}
