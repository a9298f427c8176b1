//! What is likely behind a reply that is not the one expected.

use echo_core::payload::LineEnding;
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::diagnosis::{Diagnosis, LetterCase};
use page_model::protocol::Protocol;

use super::count::count;
use super::format::{self, grouped};

/// Returns a diagnosis in a sentence.
pub fn diagnosis(lang: Lang, diagnosis: &Diagnosis) -> String {
    match (lang, diagnosis) {
        (_, Diagnosis::OtherProtocol(protocol)) => speaks(lang, *protocol).into(),
        (_, Diagnosis::LineEndingsChanged(ending)) => line_ends(lang, *ending),
        (_, Diagnosis::CaseChanged(case)) => letters(lang, *case).into(),
        (En, Diagnosis::Banner(n)) => {
            format!("The echo comes {} late: the server greets first.", count(*n as u64, "byte"))
        }
        (Zh, Diagnosis::Banner(n)) => {
            format!("回显在 {} 个字节之后：服务器先发来了一段问候。", grouped(*n))
        }
        (_, Diagnosis::TruncatedCharacter { missing, character, came }) => {
            cut_inside(lang, *missing, *character, came)
        }
        (En, Diagnosis::Truncated(n)) => format!(
            "{} short: the server ended the connection (FIN) too early.",
            count(*n as u64, "byte")
        ),
        (Zh, Diagnosis::Truncated(n)) => {
            format!("少了 {} 个字节：服务器过早结束了连接（FIN）。", grouped(*n))
        }
        (En, Diagnosis::EmptyReply) => {
            "The server ended the connection (FIN) without a word.".into()
        }
        (Zh, Diagnosis::EmptyReply) => "服务器一个字节也没有返回，就结束了连接（FIN）。".into(),
        (_, Diagnosis::NoReply { ends_line }) => silence(lang, *ends_line).into(),
    }
}

fn speaks(lang: Lang, protocol: Protocol) -> &'static str {
    match (lang, protocol) {
        (En, Protocol::Tls) => {
            "That is TLS: this port wants encryption, this page sends plain TCP."
        }
        (Zh, Protocol::Tls) => "这是 TLS：这个端口要求加密，而本页发送的是不加密的 TCP。",
        (En, Protocol::Http) => "That is HTTP: a web server answers here, not an echo.",
        (Zh, Protocol::Http) => "这是 HTTP：应答的是网页服务器，不是回显服务器。",
        (En, Protocol::Ssh) => "That is SSH: a remote shell answers here, not an echo.",
        (Zh, Protocol::Ssh) => "这是 SSH：应答的是远程登录服务，不是回显服务器。",
    }
}

fn line_ends(lang: Lang, ending: LineEnding) -> String {
    let (was, is) = if ending == LineEnding::CrLf { ("LF", "CRLF") } else { ("CRLF", "LF") };
    match lang {
        En => format!("{was} came back as {is}: something on the way rewrites the ends of lines."),
        Zh => format!("{was} 变成了 {is}：途中有程序改写了行尾。"),
    }
}

fn letters(lang: Lang, case: LetterCase) -> &'static str {
    match (lang, case) {
        (En, LetterCase::Upper) => "Capitals came back: this server changes the letters.",
        (Zh, LetterCase::Upper) => "字母变成了大写：这个服务器改动了收到的内容。",
        (En, LetterCase::Lower) => "Small letters came back: this server changes the letters.",
        (Zh, LetterCase::Lower) => "字母变成了小写：这个服务器改动了收到的内容。",
    }
}

fn cut_inside(lang: Lang, missing: usize, character: char, came: &[u8]) -> String {
    let (bytes, length) = (format::hex(came), character.len_utf8());
    match lang {
        En => {
            let came = match came.len() {
                1 => format!("{bytes} is the first"),
                n => format!("{bytes} are the first {n}"),
            };
            let missing = count(missing as u64, "byte");
            format!(
                "{missing} short, cut inside a character: {came} of {character}'s {length} bytes."
            )
        }
        Zh => {
            let kind = if is_han(character) { "汉字" } else { "字符" };
            let (missing, came) = (grouped(missing), came.len());
            format!(
                "少了 {missing} 个字节，断在一个{kind}中间：{bytes} 是「{character}」{length} 个字节中的前 {came} 个。"
            )
        }
    }
}

fn silence(lang: Lang, ends_line: bool) -> &'static str {
    match (lang, ends_line) {
        (En, true) => "Not a single byte came: this server takes what it gets and says nothing.",
        (Zh, true) => "一个字节也没有收到：这个服务器只收不答。",
        (En, false) => {
            "Not a single byte came. Perhaps the server waits for a line to end: choose the ending \
             LF, and send again."
        }
        (Zh, false) => "一个字节也没有收到。服务器也许在等一行结束：把结尾设为 LF，再发一次。",
    }
}

/// Returns `true` for a unified ideograph, of the blocks that are in common use.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_was_cut_is_named_with_the_bytes_of_it_that_came() {
        let cut = |came: &[u8]| Diagnosis::TruncatedCharacter {
            missing: 2,
            character: '好',
            came: came.into(),
        };
        assert_eq!(
            diagnosis(En, &cut(b"\xe5")),
            "2 bytes short, cut inside a character: e5 is the first of 好's 3 bytes."
        );
        assert_eq!(
            diagnosis(Zh, &cut(b"\xe5\xa5")),
            "少了 2 个字节，断在一个汉字中间：e5 a5 是「好」3 个字节中的前 2 个。"
        );
    }
}
