//! The page: a workbench for TCP in a browser, compiled to wasm.
//!
//! - [`app`]: the root component, which owns the model of the crate `page-model`, executes its
//!   commands and passes what it shows to the regions;
//! - [`components`]: the regions of the page, as function components;
//! - [`lazy`]: the regions whose code is loaded on demand;
//! - [`i18n`]: the texts, English and Chinese side by side;
//! - [`platform`]: everything that calls the browser.
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
