//! The texts that explain a reply, and of what can be taken along.

use echo_core::payload::LineEnding;

use super::format;
use page_model::diagnosis::{Diagnosis, LetterCase};
use page_model::difference::DifferenceKind;
use page_model::export::MAX_MESSAGE;
use page_model::protocol::Protocol;

/// These texts in one language.
pub struct Reply {
    /// What is likely behind it.
    pub diagnosis: fn(&Diagnosis) -> String,
    /// What leads over to the command that speaks the server's protocol.
    pub speak: &'static str,
    /// What should have come.
    pub expected: &'static str,
    /// All so many bytes that were expected came.
    pub as_expected: fn(usize) -> String,
    /// The byte at this offset, of so many, is the first that is another: expected, received.
    pub not_as_expected: fn(usize, usize, u8, u8) -> String,
    /// How bytes differ.
    pub mark: fn(DifferenceKind) -> &'static str,
    /// So many bytes came, where anything could.
    pub received: fn(u64) -> String,
    /// So many have come as yet.
    pub so_far: fn(u64) -> String,
    /// Of those, these are shown.
    pub first_of_them: fn(usize) -> String,
    /// The group of buttons that copy a run as a program.
    pub copy_as: &'static str,
    /// The message is too long for that.
    pub too_long: fn() -> String,
}

const KIB: usize = 1024;

pub(super) const EN: Reply = Reply {
    diagnosis: diagnosis_en,
    speak: "This speaks it:",
    expected: "expected",
    as_expected: |n| match n {
        1 => "The byte that was expected came.".into(),
        _ => format!("All {n} bytes came as expected."),
    },
    not_as_expected: |offset, of, expected, came| {
        let nth = offset + 1;
        format!("First difference: byte {nth} of {of} should be {expected:02x} and is {came:02x}.")
    },
    mark: |mark| match mark {
        DifferenceKind::Changed => "changed",
        DifferenceKind::Missing => "missing",
        DifferenceKind::Extra => "extra",
    },
    received: |n| format!("Received {}", bytes_en(n)),
    so_far: |n| format!("Received {} so far", bytes_en(n)),
    first_of_them: |n| format!("These are the first {n}."),
    copy_as: "Copy as",
    too_long: || format!("Messages up to {} KiB can be copied as a program.", MAX_MESSAGE / KIB),
};

pub(super) const ZH: Reply = Reply {
    diagnosis: diagnosis_zh,
    speak: "可以这样与它对话：",
    expected: "期望",
    as_expected: |n| format!("{n} 个字节与期望的完全相同。"),
    not_as_expected: |offset, of, expected, came| {
        let nth = offset + 1;
        format!(
            "第一处不同：{of} 个字节中的第 {nth} 个，应为 {expected:02x}，收到的是 {came:02x}。"
        )
    },
    mark: |mark| match mark {
        DifferenceKind::Changed => "不同",
        DifferenceKind::Missing => "缺少",
        DifferenceKind::Extra => "多出",
    },
    received: |n| format!("收到 {n} 个字节"),
    so_far: |n| format!("已收到 {n} 个字节"),
    first_of_them: |n| format!("这里是前 {n} 个。"),
    copy_as: "复制为",
    too_long: || format!("不超过 {} KiB 的消息可以复制为程序。", MAX_MESSAGE / KIB),
};

fn bytes_en(n: u64) -> String {
    if n == 1 { "1 byte".into() } else { format!("{n} bytes") }
}

fn diagnosis_en(diagnosis: &Diagnosis) -> String {
    match diagnosis {
        Diagnosis::Speaks(Protocol::Tls) => {
            "That is TLS: this port wants encryption, this page sends plain TCP.".into()
        }
        Diagnosis::Speaks(Protocol::Http) => {
            "That is HTTP: a web server answers here, not an echo.".into()
        }
        Diagnosis::Speaks(Protocol::Ssh) => {
            "That is SSH: a remote shell answers here, not an echo.".into()
        }
        Diagnosis::LineEnds(ending) => {
            let (was, is) =
                if *ending == LineEnding::CrLf { ("LF", "CRLF") } else { ("CRLF", "LF") };
            format!("{was} came back as {is}: something on the way rewrites the ends of lines.")
        }
        Diagnosis::Letters(LetterCase::Upper) => {
            "Capitals came back: this server changes the letters.".into()
        }
        Diagnosis::Letters(LetterCase::Lower) => {
            "Small letters came back: this server changes the letters.".into()
        }
        Diagnosis::Banner(1) => "The echo comes 1 byte late: the server greets first.".into(),
        Diagnosis::Banner(n) => format!("The echo comes {n} bytes late: the server greets first."),
        Diagnosis::CutInside { missing, character, came } => format!(
            "{} short, cut inside a character: {} of {character}'s {} bytes.",
            bytes_en(*missing as u64),
            came_en(came),
            character.len_utf8(),
        ),
        Diagnosis::Short(n) => {
            format!(
                "{} short: the server ended the connection (FIN) too early.",
                bytes_en(*n as u64)
            )
        }
        Diagnosis::NoWord => "The server ended the connection (FIN) without a word.".into(),
        Diagnosis::Silence { ends_line: true } => {
            "Not a single byte came: this server takes what it gets and says nothing.".into()
        }
        Diagnosis::Silence { ends_line: false } => {
            "Not a single byte came. Perhaps the server waits for a line to end: choose the ending \
             LF, and send again."
                .into()
        }
    }
}

fn came_en(came: &[u8]) -> String {
    match came {
        [byte] => format!("{byte:02x} is the first"),
        _ => format!("{} are the first {}", format::hex(came), came.len()),
    }
}

fn diagnosis_zh(diagnosis: &Diagnosis) -> String {
    match diagnosis {
        Diagnosis::Speaks(Protocol::Tls) => {
            "这是 TLS：这个端口要求加密，而本页发送的是不加密的 TCP。".into()
        }
        Diagnosis::Speaks(Protocol::Http) => {
            "这是 HTTP：应答的是网页服务器，不是回显服务器。".into()
        }
        Diagnosis::Speaks(Protocol::Ssh) => {
            "这是 SSH：应答的是远程登录服务，不是回显服务器。".into()
        }
        Diagnosis::LineEnds(ending) => {
            let (was, is) =
                if *ending == LineEnding::CrLf { ("LF", "CRLF") } else { ("CRLF", "LF") };
            format!("{was} 变成了 {is}：途中有程序改写了行尾。")
        }
        Diagnosis::Letters(LetterCase::Upper) => {
            "字母变成了大写：这个服务器改动了收到的内容。".into()
        }
        Diagnosis::Letters(LetterCase::Lower) => {
            "字母变成了小写：这个服务器改动了收到的内容。".into()
        }
        Diagnosis::Banner(n) => format!("回显在 {n} 个字节之后：服务器先发来了一段问候。"),
        Diagnosis::CutInside { missing, character, came } => format!(
            "少了 {missing} 个字节，断在一个{}中间：{} 是「{character}」{} 个字节中的前 {} 个。",
            if is_han(*character) { "汉字" } else { "字符" },
            format::hex(came),
            character.len_utf8(),
            came.len(),
        ),
        Diagnosis::Short(n) => format!("少了 {n} 个字节：服务器过早结束了连接（FIN）。"),
        Diagnosis::NoWord => "服务器一个字节也没有返回，就结束了连接（FIN）。".into(),
        Diagnosis::Silence { ends_line: true } => "一个字节也没有收到：这个服务器只收不答。".into(),
        Diagnosis::Silence { ends_line: false } => {
            "一个字节也没有收到。服务器也许在等一行结束：把结尾设为 LF，再发一次。".into()
        }
    }
}

/// Whether `c` is one of the unified ideographs, in the blocks that are in common use.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_was_cut_is_named_with_the_bytes_of_it_that_came() {
        let cut =
            |came: &[u8]| Diagnosis::CutInside { missing: 2, character: '好', came: came.into() };
        assert_eq!(
            diagnosis_en(&cut(b"\xe5")),
            "2 bytes short, cut inside a character: e5 is the first of 好's 3 bytes."
        );
        assert_eq!(
            diagnosis_zh(&cut(b"\xe5\xa5")),
            "少了 2 个字节，断在一个汉字中间：e5 a5 是「好」3 个字节中的前 2 个。"
        );
    }
}
