//! The texts of the composer.

use echo_core::payload::{LineEnding, Mistake, MistakeKind, Notation};

use page_model::composer::{ComposerNote, FileError, MAX_FILE};
use page_model::expect::Expect;
use page_model::modes::once::QUIET_MS;

/// The texts of the composer in one language.
pub struct Composer {
    /// The messages to begin with.
    pub samples: &'static str,
    /// How a text stands for bytes.
    pub written_as: &'static str,
    /// One of the ways.
    pub mode: fn(Notation) -> &'static str,
    /// What ends the message.
    pub ending: &'static str,
    /// One of the endings.
    pub ending_name: fn(LineEnding) -> &'static str,
    /// An ending, where it stands alone.
    pub ending_alone: fn(LineEnding) -> &'static str,
    /// The text stands for no bytes.
    pub a_mistake: &'static str,
    /// What is wrong, and where.
    pub mistake: fn(&Mistake) -> String,
    /// What there is to say of the last change.
    pub note: fn(&ComposerNote) -> String,
    /// The button that takes a file.
    pub file: &'static str,
    /// How else a file is given, and how long it may be.
    pub drop: fn() -> String,
    /// What a preview shows.
    pub preview: &'static str,
    /// So many bytes follow.
    pub more: fn(usize) -> String,
    /// What should come back.
    pub expect: &'static str,
    /// One of the possibilities.
    pub expect_name: fn(Expect) -> &'static str,
    /// One of them, where it stands alone.
    pub expect_said: fn(Expect) -> &'static str,
    /// The label of the bytes that should come back.
    pub these: &'static str,
    /// They are empty.
    pub empty_these: &'static str,
    /// When the reply is over where anything may come.
    pub anything: fn() -> String,
}

const MIB: usize = 1024 * 1024;

pub(super) const EN: Composer = Composer {
    samples: "Samples",
    written_as: "Written as",
    mode: |mode| match mode {
        Notation::Text => "Text",
        Notation::Escapes => "Escapes",
        Notation::Hex => "Hex",
    },
    ending: "Ending",
    ending_name: |ending| ending_name(ending, "none"),
    ending_alone: |ending| ending_name(ending, "no ending"),
    a_mistake: "a mistake",
    mistake: ToString::to_string,
    note: |note| match note {
        ComposerNote::NoText => {
            "These bytes have no form as Text: a text field could not keep them.".into()
        }
        ComposerNote::File { name } => format!("The bytes of {name}."),
        ComposerNote::NoFile { name, why: FileError::TooBig(bytes) } => format!(
            "{name} has {bytes} bytes; a message may have {MAX_FILE} of them. The message stays as \
             it was."
        ),
        ComposerNote::NoFile { name, why: FileError::Unreadable } => {
            format!("{name} could not be read: is it a folder? The message stays as it was.")
        }
    },
    file: "Open a file…",
    drop: || format!("or drop one here, up to {} MiB", MAX_FILE / MIB),
    preview: "Goes out",
    more: |n| format!("and {n} more"),
    expect: "Expect",
    expect_name: |expect| match expect {
        Expect::Same => "the same bytes",
        Expect::These => "these bytes",
        Expect::Anything => "anything",
    },
    expect_said: |expect| match expect {
        Expect::Same => "expect the same bytes",
        Expect::These => "expect these bytes",
        Expect::Anything => "expect anything",
    },
    these: "Expected bytes",
    empty_these: "Say which bytes should come back.",
    anything: || {
        format!("What comes is shown once the server is done, or quiet for {QUIET_MS} ms.")
    },
};

pub(super) const ZH: Composer = Composer {
    samples: "示例",
    written_as: "写法",
    mode: |mode| match mode {
        Notation::Text => "文本",
        Notation::Escapes => "转义",
        Notation::Hex => "十六进制",
    },
    ending: "结尾",
    ending_name: |ending| ending_name(ending, "无"),
    ending_alone: |ending| ending_name(ending, "无结尾"),
    a_mistake: "有一处错误",
    mistake: |mistake| format!("第 {} 个字符：{}", mistake.character, mistake_zh(mistake.kind)),
    note: |note| match note {
        ComposerNote::NoText => "这些字节无法写成文本：文本框保存不了它们。".into(),
        ComposerNote::File { name } => format!("{name} 的内容。"),
        ComposerNote::NoFile { name, why: FileError::TooBig(bytes) } => {
            format!("{name} 有 {bytes} 个字节，而消息最多 {MAX_FILE} 个字节。消息没有改变。")
        }
        ComposerNote::NoFile { name, why: FileError::Unreadable } => {
            format!("无法读取 {name}：它是文件夹吗？消息没有改变。")
        }
    },
    file: "打开文件……",
    drop: || format!("或把文件拖到这里，不超过 {} MiB", MAX_FILE / MIB),
    preview: "将要发出",
    more: |n| format!("另有 {n} 个"),
    expect: "期望收回",
    expect_name: |expect| match expect {
        Expect::Same => "相同的字节",
        Expect::These => "指定的字节",
        Expect::Anything => "任何内容",
    },
    expect_said: |expect| match expect {
        Expect::Same => "期望相同的字节",
        Expect::These => "期望指定的字节",
        Expect::Anything => "期望任何内容",
    },
    these: "期望收回的字节",
    empty_these: "请填写应当收回哪些字节。",
    anything: || format!("服务器发完，或安静 {QUIET_MS} 毫秒之后，显示收到的内容。"),
};

const fn ending_name(ending: LineEnding, none: &'static str) -> &'static str {
    match ending {
        LineEnding::None => none,
        LineEnding::Lf => "LF",
        LineEnding::CrLf => "CRLF",
    }
}

pub(super) fn mistake_zh(kind: MistakeKind) -> String {
    match kind {
        MistakeKind::UnknownEscape(c) => {
            format!("没有 \\{} 这种转义；反斜杠本身写作 \\\\。", c.escape_debug())
        }
        MistakeKind::UnfinishedEscape => "转义没有写完。".into(),
        MistakeKind::MissingBrace => "\\u 后面要有花括号，例如 \\u{4f60}。".into(),
        MistakeKind::BadHexDigit(c) => {
            format!("这里应当是十六进制数字（0 到 9，a 到 f），而不是 {c:?}。")
        }
        MistakeKind::NoDigits => "缺少十六进制数字。".into(),
        MistakeKind::TooManyDigits => "数字超过了六位。".into(),
        MistakeKind::NotAScalar(number) => format!("没有编号为 {number:x} 的字符。"),
        MistakeKind::UnpairedDigit => "单独一个数字；一个字节有两位。".into(),
    }
}
