//! The page for a browser that is not let in, in both languages: which one its user reads is not
//! known yet, and nothing else of the bridge is served.

use std::sync::LazyLock;

use axum::http::HeaderValue;

use super::Refusal;
use crate::page::source_hash;

/// The style of the page, in the colours of the page that it stands in for.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{margin:15vh auto 0;max-width:34rem;padding:0 24px;font:1rem/1.6 system-ui,sans-serif;\
background:light-dark(#fff,#121419);color:light-dark(#16181d,#ecedf0)}\
h1{font-size:1.25rem;line-height:1.4;margin:0 0 8px}\
p{margin:0 0 16px}\
code{white-space:nowrap}\
[lang=zh-Hans]{line-height:1.7}\
section+section{margin-top:32px}\
form{display:flex;flex-wrap:wrap;gap:8px;margin:32px 0}\
label{flex-basis:100%}\
input,button{font:inherit;height:44px;padding:0 12px;border-radius:6px;\
border:1px solid light-dark(#7c8494,#727a8a);background:transparent;color:inherit}\
input{flex:1 1 12rem;min-width:0;font-family:ui-monospace,monospace}\
button{background:light-dark(#2446c8,#9db4ff);border-color:transparent;\
color:light-dark(#fff,#0e1118);font-weight:600}\
:focus-visible{outline:2px solid light-dark(#2446c8,#9db4ff);outline-offset:2px}";

/// Opens the page once more if it would be let in: a browser that follows a link of another site
/// does not send the cookie (`SameSite=Strict`), but it does for what this page asks for itself. The
/// query keeps it from doing so twice; the fragment is what a link says.
const SCRIPT: &str = "\
if(!location.href.split('#')[0].includes('?'))\
fetch('./',{method:'HEAD'}).then(({ok})=>{if(ok)location.replace('./?'+location.hash)})";

/// The Content-Security-Policy of the page: its style, its script, and its form.
static POLICY: LazyLock<Option<HeaderValue>> = LazyLock::new(|| {
    let (style, script) = (source_hash(STYLE), source_hash(SCRIPT));
    let policy = format!(
        "default-src 'none'; style-src {style}; script-src {script}; img-src data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).ok()
});

/// Returns the Content-Security-Policy of the page, or one that allows nothing.
pub(super) fn policy() -> HeaderValue {
    POLICY.clone().unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// Returns the page.
pub(super) fn page(refusal: Refusal) -> String {
    let [(heading, text), (heading_zh, text_zh)] = texts(refusal);
    let form = match refusal {
        Refusal::NoToken | Refusal::StaleCookie | Refusal::WrongToken => FORM,
        Refusal::TooMany { .. } | Refusal::NotSignedIn => "",
    };
    let script = match refusal {
        Refusal::NoToken => format!("<script>{SCRIPT}</script>"),
        _ => String::new(),
    };
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <link rel=\"icon\" href=\"data:,\">\
         <title>Echo Playground</title><style>{STYLE}</style>\
         <main><section><h1>{heading}</h1><p>{text}</p></section>\
         <section lang=\"zh-Hans\"><h1>{heading_zh}</h1><p>{text_zh}</p></section>{form}</main>\
         {script}</html>\n"
    )
}

/// Where a token is typed. The bridge takes it out of the URL again.
const FORM: &str = "<form action=\"./\"><label for=\"token\">Token <span lang=\"zh-Hans\">令牌\
                    </span></label><input id=\"token\" name=\"token\" required autocomplete=\"off\" \
                    autocapitalize=\"none\" spellcheck=\"false\" autofocus><button>Open <span \
                    lang=\"zh-Hans\">打开</span></button></form>";

/// Returns heading and text, in English and in Chinese.
fn texts(refusal: Refusal) -> [(&'static str, String); 2] {
    match refusal {
        Refusal::NoToken => [
            (
                "This bridge asks for its token",
                "Open it by the URL that it printed when it started, which ends in \
                 <code>?token=…</code>, or type the token here. The browser then keeps it until \
                 it is closed."
                    .into(),
            ),
            (
                "这个桥接程序需要令牌",
                "请用它启动时显示的网址打开（以 <code>?token=…</code> 结尾），或者在这里输入令牌。\
                 浏览器会记住它，直到关闭为止。"
                    .into(),
            ),
        ],
        Refusal::StaleCookie | Refusal::WrongToken => [
            (
                "This is not the token of this bridge",
                "It may have been started again, and then it has another one: take the URL that \
                 it printed last, or type the token here."
                    .into(),
            ),
            (
                "令牌不对",
                "桥接程序可能重新启动过，令牌也就换了：请用它最近一次显示的网址，或者在这里输入令牌。"
                    .into(),
            ),
        ],
        Refusal::TooMany { .. } => {
            let seconds = refusal.seconds().unwrap_or_default();
            [
                (
                    "Too many wrong tokens",
                    format!(
                        "They came from your address, or from somebody who shares it with you. \
                         Try again in {seconds} s."
                    ),
                ),
                (
                    "错误的令牌太多了",
                    format!("它们来自你的地址，或与你共用地址的人。请在 {seconds} 秒后再试。"),
                ),
            ]
        }
        Refusal::NotSignedIn => [
            (
                "Sign in at the proxy",
                "This bridge is open to those alone whom its proxy has signed in. Open it by the \
                 address of the proxy; if this is it, tell whoever runs it that the proxy does \
                 not say who you are."
                    .into(),
            ),
            (
                "请先在代理处登录",
                "只有经代理登录的人才能使用这个桥接程序。请用代理的地址打开；如果已经是了，\
                 请告诉管理员：代理没有说明你是谁。"
                    .into(),
            ),
        ],
    }
}
