//! The embedded page, and the headers that isolate it from other pages.

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memory_serve::CacheControl;
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

/// The page's HTML, with its inline scripts: the choice of the theme, and trunk's loader.
const INDEX: &str = include_str!(concat!(env!("OUT_DIR"), "/index.html"));

/// The Content-Security-Policy of the page that is served.
static POLICY: LazyLock<Option<HeaderValue>> =
    LazyLock::new(|| HeaderValue::try_from(content_security_policy(INDEX)).ok());

/// Returns the router of the page's files. HTML is revalidated each time; every other file has a
/// hash in its name, and may be cached.
pub(crate) fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    memory_serve::load!()
        .html_cache_control(CacheControl::NoCache)
        .cache_control(CacheControl::Long)
        .into_router()
}

/// Returns whether the page has a file at `path`.
pub(crate) fn has_file(path: &str) -> bool {
    memory_serve::load!().manifest().get(path).is_some()
}

/// Adds the headers that isolate the page: only its own scripts, no frame around it, and no access
/// from other windows, which also gives the page a clock of finer resolution.
pub(crate) async fn protect(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Some(policy) = &*POLICY {
        // A response that is no file of the page has a policy of its own.
        headers.entry(CONTENT_SECURITY_POLICY).or_insert_with(|| policy.clone());
    }
    response
}

/// Returns a policy that allows the page's own files, wasm, and exactly the inline scripts of
/// `html`.
fn content_security_policy(html: &str) -> String {
    let hashes = inline_scripts(html).map(source_hash).collect::<Vec<_>>().join(" ");
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {hashes}; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}

/// Returns how a policy allows an inline script or style (CSP, section 2.3.1).
pub(crate) fn source_hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Returns the text of each `<script>` without `src`.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|after| {
        let (attributes, rest) = after.split_once('>')?;
        let (script, _) = rest.split_once("</script")?;
        (!attributes.contains("src=")).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_exactly_the_inline_scripts_of_the_page() {
        let html = r#"<script type="module">alert("hi")</script><script src="/a.js"></script>"#;
        let policy = content_security_policy(html);
        // printf 'alert("hi")' | openssl dgst -sha256 -binary | base64
        let hash = "fdu2bQSeIdU5fvNNkRCjiwUEOOb+NLZDyGNVShZ1vCM=";
        assert!(policy.contains(&format!("'wasm-unsafe-eval' 'sha256-{hash}';")), "{policy}");
        assert!(!policy.contains("unsafe-inline"));
    }
}
