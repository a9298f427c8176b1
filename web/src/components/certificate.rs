//! What is told of a TLS connection: one line in the verdict, and the certificates, which unfold
//! below it.
//!
//! This is a part of the page that is loaded on demand (`lazy.rs`). [`PART`] is its entry.

use std::rc::Rc;

use echo_core::wire::{Certificate, Kind, TlsSession};
use page_model::certificate::{Handshake, View, name, version};
use page_model::format::day;
use page_model::terminal_command::without_scheme;
use page_model::{Event, Lang, Model};
use yew::prelude::*;

use super::callbacks::timed;
use super::context::{Dispatch, use_lang};
use crate::i18n::certificate::{self as i18n, Field};
use crate::i18n::format;

/// The id of the certificates.
const ID: &str = "certificate";

/// What the part consists of.
pub struct Part {
    /// Draws the line in the verdict: what the connection is, or why there is none, and the button
    /// that opens the certificates.
    pub line: fn(&Model, &Dispatch) -> Html,
    /// Draws the button that connects without verification.
    pub unverified: fn(&Model, &Dispatch) -> Html,
    /// Draws the certificates.
    pub certificates: fn(&Model) -> Html,
}

/// The part.
pub static PART: Part = Part { line, unverified, certificates };

fn line(model: &Model, dispatch: &Dispatch) -> Html {
    let (lang, view) = (model.lang, model.certificate_view());
    let (class, text) = match (model.tls_failure(), &view) {
        (Some((kind, target)), _) => ("secured", i18n::failure(lang, kind, without_scheme(target))),
        (None, Some(view @ View { handshake: Handshake::Done(session), .. })) => {
            let class = if session.verified { "secured" } else { "secured unverified" };
            (class, i18n::secured(lang, view, session))
        }
        _ => return Html::default(),
    };
    html! {
        <p key="secured" {class}>
            { text }
            if let Some(View { is_open, .. }) = view {
                { " " }
                { toggle(lang, is_open, dispatch) }
            }
        </p>
    }
}

/// Draws the button that opens the certificates.
fn toggle(lang: Lang, is_open: bool, dispatch: &Dispatch) -> Html {
    let onclick = dispatch.reform(|_| Event::CertificateToggled);
    html! {
        <button type="button" aria-expanded={is_open.to_string()} aria-controls={ID} {onclick}>
            { i18n::certificate(lang) }
            <span aria-hidden="true">{ if is_open { " ▴" } else { " ▾" } }</span>
        </button>
    }
}

fn unverified(model: &Model, dispatch: &Dispatch) -> Html {
    let onclick = timed(dispatch, |at| Event::ConnectUnverifiedPressed { at });
    html! {
        <p key="unverified" class="command">
            { i18n::connect_unverified_means(model.lang) }
            <button type="button" {onclick}>{ i18n::connect_unverified(model.lang) }</button>
        </p>
    }
}

fn certificates(model: &Model) -> Html {
    model.certificate_view().map_or_else(Html::default, |view| {
        html! { <Certificates key="certificate" view={Rc::new(view)} /> }
    })
}

/// Properties of [`Certificates`].
#[derive(PartialEq, Properties)]
struct CertificatesProps {
    view: Rc<View>,
}

/// Draws what came of the handshake, and the chain of certificates.
#[component]
fn Certificates(CertificatesProps { view }: &CertificatesProps) -> Html {
    let lang = use_lang();
    let chain = view.handshake.chain();
    html! {
        <section id={ID} class="certificate" aria-labelledby="certificate-heading">
            <h2 id="certificate-heading">{ i18n::certificate(lang) }</h2>
            { match &view.handshake {
                Handshake::Done(session) => agreed(lang, session),
                Handshake::Failed(_) => html! { <p>{ i18n::shown_before_failure(lang) }</p> },
            } }
            if chain.is_empty() {
                <p>{ i18n::none(lang) }</p>
            }
            <ol class="chain">
                { for chain.iter().enumerate().map(|(index, it)| one(lang, view, index, it)) }
            </ol>
        </section>
    }
}

/// Draws what bridge and server agreed on.
fn agreed(lang: Lang, session: &TlsSession) -> Html {
    let alpn = session.alpn.clone().unwrap_or_else(|| i18n::no_value(lang).into());
    html! {
        <dl class="agreed">
            { row(lang, Field::Version, version(session)) }
            { row(lang, Field::Cipher, session.cipher.clone()) }
            { row(lang, Field::Alpn, alpn) }
            { row(lang, Field::Handshake, format::micros(session.handshake_us)) }
        </dl>
    }
}

fn one(lang: Lang, view: &View, index: usize, certificate: &Certificate) -> Html {
    let Certificate { subject, issuer, names, key, sha256, .. } = certificate;
    let problem = view.problem(index);
    let bad = |is_bad: bool| is_bad.then_some("wrong");
    let names_class = bad(problem == Some(Kind::WrongName));
    let issuer_class = bad(problem == Some(Kind::UnknownIssuer));
    html! {
        <li key={index}>
            <h3>{ name(subject) }{ " " }<small>{ i18n::place(lang, index) }</small></h3>
            if let Some(problem) = i18n::problem(lang, view, index) {
                <p class="wrong">{ "✕ " }{ problem }</p>
            }
            <dl>
                { row(lang, Field::Subject, subject.clone()) }
                { marked(lang, Field::Issuer, issuer_class, issuer.clone().into()) }
                if !names.is_empty() {
                    { marked(lang, Field::Names, names_class, names.join(", ").into()) }
                }
                { validity(lang, view, index, certificate) }
                { row(lang, Field::Key, key.clone()) }
                { marked(lang, Field::Fingerprint, Some("fingerprint"), grouped(sha256).into()) }
            </dl>
        </li>
    }
}

fn row(lang: Lang, field: Field, value: String) -> Html {
    marked(lang, field, None, value.into())
}

fn marked(lang: Lang, field: Field, class: Option<&'static str>, value: Html) -> Html {
    html! {
        <div>
            <dt>{ i18n::field(lang, field) }</dt>
            <dd {class}>{ value }</dd>
        </div>
    }
}

/// Draws the time for which a certificate is valid as a bar, with a mark where the connection was
/// made: beyond the bar's ends, if it was too early or too late.
fn validity(lang: Lang, view: &View, index: usize, certificate: &Certificate) -> Html {
    let is_bad = matches!(view.problem(index), Some(Kind::Expired | Kind::NotYetValid));
    let [from, to, at] = [certificate.not_before, certificate.not_after, view.at].map(day);
    let words = i18n::validity(lang, &from, &to, &at);
    let place = match view.elapsed(certificate) {
        ..0 => 3,
        101.. => 97,
        percent => 8 + percent * 84 / 100,
    };
    let value = html! {
        <>
            <span class="bar" role="img" aria-label={words}>
                <span class="at" ~style={format!("left: {place}%")}></span>
            </span>
            <span class="days" aria-hidden="true"><span>{ from }</span><span>{ to }</span></span>
            <span class="now" aria-hidden="true">{ i18n::mark(lang, &at) }</span>
        </>
    };
    marked(lang, Field::Validity, Some(if is_bad { "validity wrong" } else { "validity" }), value)
}

/// Returns hexadecimal digits in groups of four.
fn grouped(digits: &str) -> String {
    let digits: Vec<_> = digits.chars().collect();
    let groups = digits.chunks(4).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}
