//! The explanations of a run's outcome by the fault of its server.

use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::lab::explain::Explanation;
use page_model::lab::explanation::ExplanationKind;

use super::bytes::bytes;
use crate::i18n::format::grouped;

/// Returns the explanation of an outcome.
pub fn explanation(lang: Lang, explanation: &Explanation) -> String {
    let reason = reason(lang, explanation);
    if explanation.cuts_character { format!("{reason} {}", cuts_character(lang)) } else { reason }
}

/// Returns the remark that the reply ends inside a character.
fn cuts_character(lang: Lang) -> &'static str {
    match lang {
        En => "The cut is inside a character: TCP carries bytes and knows no characters.",
        Zh => "断点落在一个字符中间：TCP 只管字节，不认识字符。",
    }
}

#[expect(clippy::too_many_lines, reason = "it has one arm for each text")]
fn reason(lang: Lang, explanation: &Explanation) -> String {
    let Explanation { kind, argument: number, sent, received, .. } = explanation;
    let (number_bytes, sent_bytes) = (bytes(lang, number), bytes(lang, sent));
    let received_bytes = bytes(lang, received);
    let (sent, received) = (grouped(*sent), grouped(*received));
    match (kind, lang) {
        (ExplanationKind::HangsUpLater, En) => format!(
            "The server hangs up after {number_bytes}, but the message has only {sent}. The \
             program had all that it reads by then, and looks at nothing after it."
        ),
        (ExplanationKind::HangsUpLater, Zh) => format!(
            "服务器要返回 {number_bytes}之后才断开，而消息只有 {sent_bytes}。那时程序已经读够，后来的事它不再过问。"
        ),
        (ExplanationKind::ChangesLater, En) => format!(
            "Only the byte at offset {number} is changed, and the message, of {sent_bytes}, ends \
             before it. So the same bytes came back."
        ),
        (ExplanationKind::ChangesLater, Zh) => format!(
            "服务器只改动偏移 {number} 处的字节，而消息只有 {sent_bytes}，够不着那里。所以收回的内容与发出的相同。"
        ),
        (ExplanationKind::NoSmallLetters, En) => {
            "The server turns a to z into capitals, and the message has none of these letters. So \
             the same bytes came back."
                .into()
        }
        (ExplanationKind::NoSmallLetters, Zh) => {
            "服务器把 a 到 z 变成大写，而消息里没有这些字母。所以收回的内容与发出的相同。".into()
        }
        (ExplanationKind::Unread, En) => format!(
            "read_exact reads exactly {sent_bytes}, as many as were sent, and these are right. \
             What the server adds is never read, so the program cannot notice it."
        ),
        (ExplanationKind::Unread, Zh) => format!(
            "read_exact 正好读取 {sent_bytes}，与发出的一样多，而这些字节都对。服务器多发的内容没有人读，程序也就无从察觉。"
        ),
        (ExplanationKind::Late, En) => format!(
            "The server waited {number} and then echoed. read_exact blocks until the bytes are \
             there: late is not wrong, and the program has no clock."
        ),
        (ExplanationKind::Late, Zh) => format!(
            "服务器等了 {number} 才返回。read_exact 会一直等到字节到齐：晚到不算错，程序也不看时间。"
        ),
        (ExplanationKind::Joined, En) => format!(
            "The echo came in pieces of {number_bytes}. A single read would have returned with \
             the first one; read_exact goes on reading until all {sent} are there."
        ),
        (ExplanationKind::Joined, Zh) => format!(
            "回显是分几次来的，每次 {number_bytes}。只调用一次 read，读到第一段就会返回；read_exact 会接着读，直到 {sent_bytes}到齐。"
        ),
        (ExplanationKind::OnePiece, En) => format!(
            "The server sends up to {number_bytes} at a time, and the message has only {sent}: it \
             came in one piece."
        ),
        (ExplanationKind::OnePiece, Zh) => format!(
            "服务器每次最多发 {number_bytes}，而消息只有 {sent_bytes}：一次就发完了。"
        ),
        (ExplanationKind::GreetedAlike, En) => {
            "The server spoke first, and what it said begins like the message. The program took \
             the greeting for the echo, and never read the echo itself."
                .into()
        }
        (ExplanationKind::GreetedAlike, Zh) => {
            "服务器抢先说的话，开头恰好与消息相同。程序把问候当成了回显，真正的回显它根本没有读。".into()
        }
        (ExplanationKind::HeldTooMuch, En) => format!(
            "The server waits for FIN, but cannot hold back a message this long: it had to begin \
             echoing, and the program got its {sent_bytes}."
        ),
        (ExplanationKind::HeldTooMuch, Zh) => format!(
            "服务器本来要等 FIN，但这么长的消息它存不下，只好先开始返回，程序于是收到了 {sent_bytes}。"
        ),
        (ExplanationKind::NoneSeen, En) => format!(
            "None of them kept the {sent_bytes} from coming back as they went out."
        ),
        (ExplanationKind::NoneSeen, Zh) => format!(
            "它们都没能妨碍这 {sent_bytes}原样返回。"
        ),
        (ExplanationKind::Changed, En) => format!(
            "The server changed the byte at offset {number}. As many bytes came as were sent, so \
             read_exact is content: only the comparison notices."
        ),
        (ExplanationKind::Changed, Zh) => format!(
            "服务器改动了偏移 {number} 处的字节。字节数没有变，所以 read_exact 很满意：只有比较内容才能发现。"
        ),
        (ExplanationKind::Capitals, En) => {
            "The server turned a to z into capitals. As many bytes came as were sent, so \
             read_exact is content: only the comparison notices."
                .into()
        }
        (ExplanationKind::Capitals, Zh) => {
            "服务器把 a 到 z 变成了大写。字节数没有变，所以 read_exact 很满意：只有比较内容才能发现。".into()
        }
        (ExplanationKind::Greeted, En) => format!(
            "The server spoke first, {number_bytes}. read_exact takes the first {sent_bytes} that \
             come, whoever meant them: they begin with the greeting, and the comparison notices."
        ),
        (ExplanationKind::Greeted, Zh) => format!(
            "服务器抢先说了 {number_bytes}。read_exact 只取最先到的 {sent_bytes}，不管是说什么的：开头成了问候，一比较就不同。"
        ),
        (ExplanationKind::CutShort, En) => format!(
            "After {received_bytes} came FIN: nothing will follow. read_exact wants {sent} and \
             met the end first, which std calls \"failed to fill whole buffer\"."
        ),
        (ExplanationKind::CutShort, Zh) => format!(
            "收到 {received_bytes}之后来了 FIN：不会再有了。read_exact 要 {sent_bytes}，却先遇到了结尾，std 把这叫作 \"failed to fill whole buffer\"。"
        ),
        (ExplanationKind::Reset, En) => format!(
            "After {number_bytes} the server sent RST. That is no end but an abort: the \
             connection is gone, and the program gets the system's error in place of its \
             {sent_bytes}."
        ),
        (ExplanationKind::Reset, Zh) => format!(
            "返回 {number_bytes}之后，服务器发来 RST。这不是正常结束，而是中止：连接没有了，程序等不到 {sent_bytes}，只得到系统的错误。"
        ),
        (ExplanationKind::Refused, En) => {
            "Nothing listens on that port, so the system itself answered the SYN with RST. \
             connect fails, and the message was never written."
                .into()
        }
        (ExplanationKind::Refused, Zh) => {
            "那个端口上没有程序侦听，于是系统自己用 RST 回答了 SYN。connect 失败，消息根本没有发出。".into()
        }
        (ExplanationKind::CertificateExpired, En) => {
            "TCP connected, but the certificate that the server showed is no longer valid. Whoever \
             holds its key may be anybody by now, so the handshake ended with an alert, and the \
             message was never sent."
                .into()
        }
        (ExplanationKind::CertificateExpired, Zh) => {
            "TCP 连上了，但服务器出示的证书已经过期。现在持有它的密钥的可能是任何人，所以握手以警报告终，消息根本没有发出。".into()
        }
        (ExplanationKind::CertificateForOthers, En) => {
            "TCP connected, and the certificate is genuine, but it is for another name than the one \
             that was asked for. It proves that somebody else answered, so the handshake ended, and \
             the message was never sent."
                .into()
        }
        (ExplanationKind::CertificateForOthers, Zh) => {
            "TCP 连上了，证书也是真的，但上面的名字不是所要找的那一个。它证明答话的是别人，所以握手中止，消息根本没有发出。".into()
        }
        (ExplanationKind::CertificateSelfSigned, En) => {
            "TCP connected, but only the server itself vouches for its certificate. Anybody can make \
             such a one for any name, so the handshake ended, and the message was never sent."
                .into()
        }
        (ExplanationKind::CertificateSelfSigned, Zh) => {
            "TCP 连上了，但这张证书只有服务器自己作证。谁都能给任何名字做一张这样的证书，所以握手中止，消息根本没有发出。".into()
        }
        (ExplanationKind::NoTls, En) => {
            "TCP connected, and the client said ClientHello, the first message of TLS. What came \
             back is no TLS, so there was nothing to agree on, and the message was never sent."
                .into()
        }
        (ExplanationKind::NoTls, Zh) => {
            "TCP 连上了，客户端说了 TLS 的第一句话 ClientHello。回来的却不是 TLS，无从商定，消息根本没有发出。".into()
        }
        (ExplanationKind::Unverified, En) => {
            "The certificate proves nothing, and nobody asked it to: verification is off. The bytes \
             were encrypted and came back, but who answered is not known."
                .into()
        }
        (ExplanationKind::Unverified, Zh) => {
            "这张证书什么也证明不了，不过也没有人去验证：验证关掉了。字节是加密的，也原样返回了，但答话的是谁并不知道。".into()
        }
        (ExplanationKind::NoCloseNotify, En) => format!(
            "All {sent_bytes} had come back by then, and read_exact reads no further. Only who reads \
             to the end notices that close_notify is missing: then the end may not be the server's, \
             and bytes may be."
        ),
        (ExplanationKind::NoCloseNotify, Zh) => format!(
            "那时 {sent_bytes}已经全部返回，read_exact 不再往下读。只有读到结尾的人才会发现少了 close_notify：这个结尾可能不是服务器说的，也可能丢了字节。"
        ),
        (ExplanationKind::Silent, En) => format!(
            "The server's system acknowledged the {sent_bytes}, but no answer comes and the \
             connection stays open. read_exact blocks for as long as that lasts: it has no time \
             limit."
        ),
        (ExplanationKind::Silent, Zh) => format!(
            "对方的系统确认收到了 {sent_bytes}，却没有回答，连接也一直开着。read_exact 没有时限，只能一直等下去。"
        ),
        (ExplanationKind::Deadlock, En) => {
            "The server answers once it sees FIN, and the program sends none: write sends bytes, \
             not an end. It goes on to read, so each waits for the other."
                .into()
        }
        (ExplanationKind::Deadlock, Zh) => {
            "服务器要看到 FIN 才回答，而程序没有发 FIN：write 只发字节，不表示结束。接着程序就去读了，于是双方互相等待。".into()
        }
        (ExplanationKind::TooLate, En) => format!(
            "The server was still going to answer, but slower than this page waits. The \
             tutorial's client has no time limit and would have got its {sent_bytes}."
        ),
        (ExplanationKind::TooLate, Zh) => format!(
            "服务器还会回答，只是比本页愿意等的时间更久。教程里的客户端没有时限，最终会收到 {sent_bytes}。"
        ),
        (ExplanationKind::StoppedBefore, En) => format!(
            "It was stopped before the server had done what it does: {received} of {sent_bytes} \
             had come. Left alone, the run would have gone on."
        ),
        (ExplanationKind::StoppedBefore, Zh) => format!(
            "服务器还没做完，就被你停止了：{sent_bytes}中到了 {received} 个。不去管它的话，还会继续下去。"
        ),
        (ExplanationKind::SomethingElse, En) => {
            "That is not what this server leads to by itself, so something else happened as well. \
             The ending above is the real one; the sequence diagram shows what led to it."
                .into()
        }
        (ExplanationKind::SomethingElse, Zh) => {
            "单凭这个服务器不会有这样的结果，一定还发生了别的事。上面的结果是真实的；经过请看时序图。".into()
        }
    }
}

#[cfg(test)]
mod tests {
    use page_model::lab::explanation::ClientLine;

    use super::*;

    /// Explains a reply of one byte to a message of two that a server cut short.
    fn cut_short(lang: Lang, cuts_character: bool) -> String {
        let kind = ExplanationKind::CutShort;
        let (argument, sent, received) = ("1".into(), 2, 1);
        let line = ClientLine::Read;
        let parts = None;
        explanation(
            lang,
            &Explanation { kind, line, argument, sent, received, cuts_character, parts },
        )
    }

    #[test]
    fn one_byte_is_singular() {
        assert!(cut_short(En, false).starts_with("After 1 byte came FIN"));
        assert!(cut_short(Zh, false).starts_with("收到 1 个字节之后来了 FIN"));
    }

    #[test]
    fn a_character_that_was_cut_is_mentioned() {
        assert!(cut_short(En, true).ends_with("TCP carries bytes and knows no characters."));
        assert!(!cut_short(En, false).contains("characters"));
    }
}
