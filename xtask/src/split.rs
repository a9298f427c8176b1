//! Splits the page's wasm into what is loaded first and the parts that are loaded on demand
//! (`web/src/lazy.rs`). trunk cannot do that, so this runs on what it had compiled.

use crate::{paths, sh, tools, tools::Tool};
use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

/// The environment variable that has the linker keep the relocations, from which the splitting tool
/// learns which functions refer to which.
pub(crate) const LINKER: [&str; 2] =
    ["CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Clink-args=--emit-relocs"];
/// The feature of `web` that marks the split points.
pub(crate) const FEATURE: &str = "split";
/// The name that the splitting tool gives to the script that loads the parts.
const SCRIPT: &str = "__wasm_split";

/// Replaces the wasm and the JS of the page in `folder` by the split ones. The names of the parts'
/// files contain the page's hash, so that a page never loads the parts of another build.
pub(crate) fn split(folder: &Path) -> Result<(), String> {
    let js = built_js(folder).map_err(|e| format!("cannot find what trunk built: {e}"))?;
    let name = js.file_stem().and_then(OsStr::to_str).unwrap_or("web");
    let compiled = paths::target()?.join(tools::WASM).join("small/web.wasm");
    let pieces = paths::root().join("target/page-pieces");
    // A build that failed may have left files there.
    match fs::remove_dir_all(&pieces) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            return Err(format!("cannot clear {}: {e}", pieces.display()));
        }
        _ => {}
    }
    let splitter = Tool::wasm_split().ensure()?;
    let mut cut = sh::command(splitter);
    sh::run(cut.arg(compiled).arg(&pieces).args(["--out-name", name]))?;
    let mut bindgen = sh::command(Tool::wasm_bindgen()?.ensure()?);
    // The parts call functions of the main module through its function table, an export of the
    // linker's that wasm-bindgen would remove.
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", name]);
    bindgen.args(["--remove-name-section", "--remove-producers-section"]);
    sh::run(bindgen.arg("--out-dir").arg(folder).arg(pieces.join(name).with_extension("wasm")))?;
    adopt(&pieces, folder, &js, name)
        .and_then(|()| fs::remove_dir_all(&pieces))
        .map_err(|e| format!("cannot put the page's parts in place: {e}"))
}

/// Copies the parts and their script to `folder`, under names that begin with the page's.
fn adopt(pieces: &Path, folder: &Path, js: &Path, name: &str) -> io::Result<()> {
    let mut script = fs::read_to_string(pieces.join(SCRIPT).with_extension("js"))?;
    for entry in fs::read_dir(pieces)? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        let part = file.strip_suffix(".wasm").filter(|part| *part != name);
        if let Some(part) = part {
            let renamed = format!("{name}-{}.wasm", part.trim_start_matches("split_"));
            script = script.replace(&format!("\"./{file}\""), &format!("\"./{renamed}\""));
            fs::copy(pieces.join(&file), folder.join(renamed))?;
        }
    }
    fs::write(folder.join(format!("{name}-parts.js")), script)?;
    // The JS imports the script by its old name.
    let code = fs::read_to_string(js)?;
    let from = [SCRIPT, &format!("{name}-parts")].map(|it| format!("from \"./{it}.js\""));
    fs::write(js, code.replace(&from[0], &from[1]))
}

/// The JS that wasm-bindgen wrote for the page, with the hash in its name that trunk gave it: the
/// only one in a page that trunk left.
fn built_js(page: &Path) -> io::Result<PathBuf> {
    for entry in fs::read_dir(page)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "js") {
            return Ok(path);
        }
    }
    Err(io::Error::new(io::ErrorKind::NotFound, "no .js"))
}
