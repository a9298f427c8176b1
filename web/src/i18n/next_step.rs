//! The texts of what the user may do next: commands, programs, and buttons.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::export::MAX_MESSAGE;
use page_model::verdict::CommandPurpose;

use super::format;

/// Returns the text that introduces a command that may help.
pub fn command_purpose(lang: Lang, purpose: CommandPurpose) -> &'static str {
    match (lang, purpose) {
        (En, CommandPurpose::StartServer) => "Start an echo server there:",
        (Zh, CommandPurpose::StartServer) => "在那里启动一个回显服务器：",
        (En, CommandPurpose::StartBridge) => "In the project folder:",
        (Zh, CommandPurpose::StartBridge) => "在项目文件夹中执行：",
        (En, CommandPurpose::StartBridgeAgain) => "Start it again, where it was started:",
        (Zh, CommandPurpose::StartBridgeAgain) => "请在原来的地方再次启动：",
        (En, CommandPurpose::RestartBridge) => "Restart the bridge with:",
        (Zh, CommandPurpose::RestartBridge) => "请这样重新启动桥接程序：",
        (En, CommandPurpose::AddFlag) => "Whoever started it can add this flag:",
        (Zh, CommandPurpose::AddFlag) => "请让启动它的人加上这个参数：",
        (En, CommandPurpose::SpeakProtocol) => "This speaks it:",
        (Zh, CommandPurpose::SpeakProtocol) => "可以这样与它对话：",
        (En, CommandPurpose::DoTheSame) => "The same in a terminal:",
        (Zh, CommandPurpose::DoTheSame) => "在终端里这样做：",
    }
}

/// Returns the accessible name of the menu with what can be copied of a run.
pub fn copy_as(lang: Lang) -> &'static str {
    match lang {
        En => "Copy as",
        Zh => "复制为",
    }
}

/// Returns the label of the button that copies the command for a terminal.
pub fn command(lang: Lang) -> &'static str {
    match lang {
        En => "Command",
        Zh => "命令",
    }
}

/// Returns the label of the button that chooses the mode Once.
pub fn look_at_one(lang: Lang) -> &'static str {
    match lang {
        En => "Choose Once",
        Zh => "改为单次",
    }
}

/// Returns what to do about exchanges that failed in a load test.
pub fn look_at_one_means(lang: Lang) -> &'static str {
    match lang {
        En => "To see what goes wrong, send the message once.",
        Zh => "想看哪里出了问题，请把这条消息单独发送一次。",
    }
}

/// Returns the label of the button that puts an address into To.
pub fn set_target(lang: Lang, target: &str) -> String {
    match lang {
        En => format!("Use {target}"),
        Zh => format!("改用 {target}"),
    }
}

/// Returns the text that says that the message is too long to be copied as a program.
pub fn too_long(lang: Lang) -> String {
    let limit = format::limit(MAX_MESSAGE as u64);
    match lang {
        En => format!("Messages up to {limit} can be copied as a program."),
        Zh => format!("不超过 {limit} 的消息可以复制为程序。"),
    }
}

/// Returns the text that says what the page does while there is no bridge.
pub fn bridge_is_awaited(lang: Lang) -> &'static str {
    match lang {
        En => "This page notices when it is up.",
        Zh => "它一启动，本页就会发现。",
    }
}

/// Returns the text that says that the bridge that was missing is back.
pub fn bridge_is_back(lang: Lang) -> &'static str {
    match lang {
        En => "The bridge is up again: press Send.",
        Zh => "桥接程序又在运行了：请按「发送」。",
    }
}

/// Returns the accessible name of the group of buttons that end the connection.
pub fn end_connection(lang: Lang) -> &'static str {
    match lang {
        En => "End the connection",
        Zh => "结束连接",
    }
}

/// Returns the label of the button that sends FIN.
pub fn finish(lang: Lang) -> &'static str {
    match lang {
        En => "Finish (FIN)",
        Zh => "发完了（FIN）",
    }
}

/// Returns the label of the button that sends RST.
pub fn reset(lang: Lang) -> &'static str {
    match lang {
        En => "Reset (RST)",
        Zh => "强制断开（RST）",
    }
}

/// Returns the label of the button that closes the connection.
pub fn disconnect(lang: Lang) -> &'static str {
    match lang {
        En => "Disconnect",
        Zh => "断开",
    }
}

/// Returns the label of the button that connects once more.
pub fn connect_again(lang: Lang) -> &'static str {
    match lang {
        En => "Connect again",
        Zh => "重新连接",
    }
}

/// Returns the label of the button that shows all of the reply as text.
pub fn show_text(lang: Lang) -> &'static str {
    match lang {
        En => "Read as text",
        Zh => "以文本查看",
    }
}
