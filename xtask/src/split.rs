//! The page's wasm in pieces: what everybody needs, and the parts that come when they are wanted
//! (`web/src/parts.rs`). trunk knows nothing of that, so this runs on what it had compiled.

use crate::{page::Built, paths, sh, tools, tools::Tool};
use std::{fs, io, path::Path};

/// Has the linker leave in the wasm where functions and data are named: that is what it is cut by.
pub(crate) const LINKER: [&str; 2] =
    ["CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Clink-args=--emit-relocs"];
/// The feature of `web` that marks where it may be cut.
pub(crate) const FEATURE: &str = "split";
/// What the cutter calls the script that loads the parts.
const SCRIPT: &str = "__wasm_split";

/// Replaces the wasm and the JS of the page in `folder` by those of its pieces. The files of the
/// parts have the page's hash in their names: parts of another build would not fit it.
pub(crate) fn split(folder: &Path, built: &Built) -> Result<(), String> {
    let compiled = paths::target()?.join(tools::WASM).join("small/web.wasm");
    let pieces = paths::root().join("target/page-pieces");
    let name = built.name();
    // What a build that failed has left is no piece of this one.
    match fs::remove_dir_all(&pieces) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            return Err(format!("cannot clear {}: {e}", pieces.display()));
        }
        _ => {}
    }
    let cutter = Tool::wasm_split().ensure()?;
    let mut cut = sh::command(cutter);
    sh::run(cut.arg(compiled).arg(&pieces).args(["--out-name", name]))?;
    let mut bindgen = sh::command(Tool::wasm_bindgen()?.ensure()?);
    // The parts call back into the rest by way of its table of functions, which is the linker's.
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", name]);
    sh::run(bindgen.arg("--out-dir").arg(folder).arg(pieces.join(name).with_extension("wasm")))?;
    adopt(&pieces, folder, built)
        .and_then(|()| fs::remove_dir_all(&pieces))
        .map_err(|e| format!("cannot put the page's parts in place: {e}"))
}

/// Takes the parts and their script over, under names that begin with the page's.
fn adopt(pieces: &Path, folder: &Path, built: &Built) -> io::Result<()> {
    let name = built.name();
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
    // The wasm knows the script by its old name, which stays among what the JS gives it.
    let js = fs::read_to_string(&built.js)?;
    let from = [SCRIPT, &format!("{name}-parts")].map(|it| format!("from \"./{it}.js\""));
    fs::write(&built.js, js.replace(&from[0], &from[1]))
}
