//! The page: a workbench for TCP in a browser, compiled to wasm.
//!
//! - [`page_model`]: the state of the page and how it changes; pure, and tested natively;
//! - [`app`]: the root component: owns the model, passes view models down;
//! - [`components`]: the regions of the page, which draw view models;
//! - [`lazy`]: the parts of the page's code that are loaded on demand;
//! - [`i18n`]: every text, in both languages;
//! - [`platform`]: executes the model's commands, and is what calls the browser.
#![allow(unreachable_pub, reason = "a binary has no outside: here `pub` means for other modules")]

mod app;
mod components;
mod i18n;
mod lazy;
mod platform;

/// Every allocation of the page: an eighth as large as the allocator that Rust brings for wasm.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    yew::Renderer::<app::App>::new().render();
}
