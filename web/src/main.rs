//! The page: a workbench for TCP in a browser, compiled to wasm.
//!
//! - [`model`]: what the page knows and how it changes; pure, and tested natively;
//! - [`app`]: the one stateful component: owns the model and carries out its effects;
//! - [`sessions`], [`session`] and [`socket`]: the ways to the bridge, one for each run;
//! - [`alarms`]: what is due after a while;
//! - [`lazy`]: the parts of its code that are loaded on demand;
//! - [`browser`] and [`shell`]: what else is asked of the browser;
//! - [`components`]: how it looks, a file for each part, made of [`tag`]s;
//! - [`i18n`]: every text, in both languages.
#![allow(unreachable_pub, reason = "a binary has no outside: here `pub` means for other modules")]

mod app;
mod components;

mod i18n;
mod lazy;
mod platform;
mod tag;

/// Every allocation of the page: an eighth as large as the allocator that Rust brings for wasm.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    yew::Renderer::<app::App>::new().render();
}
