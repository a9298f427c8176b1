//! Embeds the page: the one that `cargo xtask build` left, that of a packed crate, or a placeholder in
//! a clone that never built one.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (built, packed) = (here.join("../target/page"), here.join("page"));
    if !packed.is_dir() {
        // Cargo watches a folder only if it is there; without it, every build would start anew.
        fs::create_dir_all(&built)?;
    }
    for folder in [&built, &packed].into_iter().filter(|folder| folder.is_dir()) {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
    let is_page = |folder: &PathBuf| folder.join("index.html").is_file();
    let page = [built, packed].into_iter().find(is_page);
    let page = page.unwrap_or_else(|| here.join("placeholder"));
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    fs::copy(page.join("index.html"), out.join("index.html"))?;
    memory_serve::load_directory_with_embed(page, true);
    Ok(())
}
