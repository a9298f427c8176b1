//! The texts of a TLS connection and its certificates.

use echo_core::wire::{Kind, LAB_PREFIX, TlsSession};
use page_model::Lang;
use page_model::Lang::{En, Zh};
use page_model::certificate::{View, name, version};
use page_model::format::day;

/// Returns whom the server was verified to be and by whom, or that and why nobody was.
pub fn secured(lang: Lang, view: &View, session: &TlsSession) -> String {
    let (version, host) = (version(session), &view.host);
    if session.verified {
        let by = view.certificate().map_or("?", |certificate| name(&certificate.issuer));
        return match lang {
            En => format!("{version}, verified for {host} by {by}."),
            Zh => format!("{version}，已验证对方是 {host}，由 {by} 签发。"),
        };
    }
    let problem = problem(lang, view, view.culprit()).unwrap_or_default();
    match lang {
        En => format!("{version}, not verified: {problem}. With whom you talk is not known."),
        Zh => format!("{version}，未验证：{problem}。无法确定对方是谁。"),
    }
}

/// Returns what is wrong with the certificate at `index` of the chain, if anything is.
pub fn problem(lang: Lang, view: &View, index: usize) -> Option<String> {
    let kind = view.problem(index);
    let certificate = view.handshake.chain().get(index);
    Some(match (lang, kind?, certificate) {
        (En, Kind::Expired, Some(it)) => {
            format!("the certificate expired on {}", day(it.not_after))
        }
        (Zh, Kind::Expired, Some(it)) => format!("证书已于 {} 过期", day(it.not_after)),
        (En, Kind::NotYetValid, Some(it)) => {
            format!("the certificate is valid only from {} on", day(it.not_before))
        }
        (Zh, Kind::NotYetValid, Some(it)) => format!("证书从 {} 起才有效", day(it.not_before)),
        (En, Kind::UnknownIssuer, Some(it)) => {
            format!("the bridge does not trust the issuer, {}", name(&it.issuer))
        }
        (Zh, Kind::UnknownIssuer, Some(it)) => {
            format!("桥接程序不信任签发者 {}", name(&it.issuer))
        }
        (En, Kind::WrongName, Some(it)) if it.names.is_empty() => {
            format!("the certificate is not for {}", view.host)
        }
        (En, Kind::WrongName, Some(it)) => {
            format!("the certificate is not for {}, but for {}", view.host, it.names.join(", "))
        }
        (Zh, Kind::WrongName, Some(it)) if it.names.is_empty() => {
            format!("证书不是给 {} 的", view.host)
        }
        (Zh, Kind::WrongName, Some(it)) => {
            format!("证书不是给 {} 的，而是给 {} 的", view.host, it.names.join("、"))
        }
        (En, ..) => "the server did not prove who it is".into(),
        (Zh, ..) => "服务器没有证明自己的身份".into(),
    })
}

/// Returns why the handshake with a target failed, and what to do.
pub fn failure(lang: Lang, kind: Kind, target: &str) -> String {
    if target.starts_with(LAB_PREFIX)
        && let Some(text) = lab_failure(lang, kind, target)
    {
        return text;
    }
    match (lang, kind) {
        (En, Kind::UnknownIssuer) => format!(
            "Nobody whom the bridge trusts vouches for the certificate of {target}. Is it one of \
             your own? Start the bridge with --tls-ca and its file."
        ),
        (Zh, Kind::UnknownIssuer) => format!(
            "{target} 的证书没有桥接程序信任的签发者。是你自己的证书？启动桥接程序时用 --tls-ca 指定它的文件。"
        ),
        (En, Kind::Expired) => {
            format!("The certificate of {target} has expired: it has to be renewed there.")
        }
        (Zh, Kind::Expired) => format!("{target} 的证书已过期：需要在那里更新。"),
        (En, Kind::NotYetValid) => format!(
            "The certificate of {target} is not valid yet: is the clock of the bridge's machine \
             right?"
        ),
        (Zh, Kind::NotYetValid) => {
            format!("{target} 的证书还未生效：桥接程序所在机器的时钟对吗？")
        }
        (En, Kind::WrongName) => {
            format!("The certificate is not for {target}: ask by one of the names that it has.")
        }
        (Zh, Kind::WrongName) => format!("证书不是给 {target} 的：请用证书里的名字连接。"),
        (En, Kind::NotTls) => {
            format!("{target} does not speak TLS: leave tls:// out for plain TCP.")
        }
        (Zh, Kind::NotTls) => format!("{target} 不说 TLS：去掉 tls:// 就是普通 TCP。"),
        (En, Kind::Timeout) => {
            format!("{target} took too long over the TLS handshake: does it speak TLS?")
        }
        (Zh, Kind::Timeout) => format!("与 {target} 的 TLS 握手用时太久：那里说 TLS 吗？"),
        (En, Kind::Malformed) => format!("{target} has no name that a certificate could be for."),
        (Zh, Kind::Malformed) => format!("{target} 的名字不能写进证书。"),
        (En, _) => "The server and the bridge could not agree on encryption.".into(),
        (Zh, _) => "服务器和桥接程序没能就加密达成一致。".into(),
    }
}

/// Returns why the handshake with a server of the lab failed, as it was asked to: there is nothing to
/// be done about it.
fn lab_failure(lang: Lang, kind: Kind, target: &str) -> Option<String> {
    Some(match (lang, kind) {
        (En, Kind::UnknownIssuer) => {
            format!("Nobody but {target} itself vouches for its certificate.")
        }
        (Zh, Kind::UnknownIssuer) => format!("{target} 的证书只有它自己作证。"),
        (En, Kind::Expired) => format!("The certificate of {target} has expired."),
        (Zh, Kind::Expired) => format!("{target} 的证书已过期。"),
        (En, Kind::WrongName) => {
            format!("{target} is on localhost, and its certificate is for another name.")
        }
        (Zh, Kind::WrongName) => format!("{target} 在 localhost 上，它的证书却是给别的名字的。"),
        (En, Kind::NotTls) => format!("{target} does not speak TLS."),
        (Zh, Kind::NotTls) => format!("{target} 不说 TLS。"),
        _ => return None,
    })
}

/// Returns what is said before the button that connects without verification.
pub fn connect_unverified_means(lang: Lang) -> &'static str {
    match lang {
        En => "The bytes would be encrypted, but nobody knows for whom. This time only:",
        Zh => "字节会加密，但无法确定对方是谁。仅限这一次：",
    }
}

/// Returns the label of the button that connects to a server that did not prove who it is.
pub fn connect_unverified(lang: Lang) -> &'static str {
    match lang {
        En => "Connect without verification",
        Zh => "不验证身份也连接",
    }
}

/// Returns the label of the button that shows the certificates, and the heading over them.
pub fn certificate(lang: Lang) -> &'static str {
    match lang {
        En => "Certificate",
        Zh => "证书",
    }
}

/// Returns what is said over the certificates of a server with which the handshake failed.
pub fn shown_before_failure(lang: Lang) -> &'static str {
    match lang {
        En => "The TLS handshake failed after the server had shown this:",
        Zh => "TLS 握手失败。在此之前，服务器出示了：",
    }
}

/// Returns the text that says that the server sent no certificate.
pub fn none(lang: Lang) -> &'static str {
    match lang {
        En => "The server sent no certificate.",
        Zh => "服务器没有发来证书。",
    }
}

/// Returns which place in the chain a certificate has.
pub fn place(lang: Lang, index: usize) -> &'static str {
    match (lang, index) {
        (En, 0) => "the server's own",
        (Zh, 0) => "服务器自己的",
        (En, _) => "of the issuer before it",
        (Zh, _) => "上一张证书的签发者",
    }
}

/// What is told of a connection, or of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The version of the protocol.
    Version,
    /// The cipher suite.
    Cipher,
    /// The application protocol.
    Alpn,
    /// How long the handshake took.
    Handshake,
    /// Whom a certificate is for.
    Subject,
    /// Who issued it.
    Issuer,
    /// The names for which it is valid.
    Names,
    /// From when to when it is valid.
    Validity,
    /// The kind of its key.
    Key,
    /// Its fingerprint.
    Fingerprint,
}

/// Returns the name of a field.
pub fn field(lang: Lang, field: Field) -> &'static str {
    match (lang, field) {
        (En, Field::Version) => "Version",
        (Zh, Field::Version) => "版本",
        (En, Field::Cipher) => "Cipher suite",
        (Zh, Field::Cipher) => "密码套件",
        (_, Field::Alpn) => "ALPN",
        (En, Field::Handshake) => "Handshake",
        (Zh, Field::Handshake) => "握手",
        (En, Field::Subject) => "Issued to",
        (Zh, Field::Subject) => "颁发给",
        (En, Field::Issuer) => "Issued by",
        (Zh, Field::Issuer) => "签发者",
        (En, Field::Names) => "Names",
        (Zh, Field::Names) => "适用的名字",
        (En, Field::Validity) => "Valid",
        (Zh, Field::Validity) => "有效期",
        (En, Field::Key) => "Key",
        (Zh, Field::Key) => "密钥",
        (_, Field::Fingerprint) => "SHA-256",
    }
}

/// Returns the value of a field that has none.
pub fn no_value(lang: Lang) -> &'static str {
    match lang {
        En => "none",
        Zh => "无",
    }
}

/// Returns what the mark on the bar stands for.
pub fn mark(lang: Lang, at: &str) -> String {
    match lang {
        En => format!("❙ {at}: this connection"),
        Zh => format!("❙ {at}：这条连接"),
    }
}

/// Returns from when to when a certificate is valid, and what the mark on the bar stands for, in
/// words.
pub fn validity(lang: Lang, from: &str, to: &str, at: &str) -> String {
    match lang {
        En => format!("valid from {from} to {to}; this connection: {at}"),
        Zh => format!("有效期从 {from} 到 {to}；这条连接：{at}"),
    }
}
