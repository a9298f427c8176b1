//! What is installed for a build, and where: the wasm target, trunk, wasm-bindgen,
//! wasm-split, rustfmt, clippy; websocat and cargo-deny for the tests; cargo-fuzz and cargo-mutants.

use crate::{lockfile, paths, sh};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// A program that the project needs in one exact version.
pub(crate) struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    /// What of it is needed, in cargo's words: all, where there are none.
    features: &'static [&'static str],
    /// Whether it tells its version.
    says_version: bool,
}

impl Tool {
    /// 0.22 wants a newer rustc than the workspace does.
    pub(crate) fn trunk() -> Self {
        Self::of("trunk", "trunk", "0.21.14")
    }

    /// It refuses a page that was built with any other version of the crate.
    pub(crate) fn wasm_bindgen() -> Result<Self, String> {
        let version = lockfile::version("wasm-bindgen")?;
        Ok(Self { version, ..Self::of("wasm-bindgen-cli", "wasm-bindgen", "") })
    }

    /// It reads what the crate `wasm_split_helpers`, of the same project, left in the page. It has
    /// no word for its version: only the project's own is known to be the right one.
    pub(crate) fn wasm_split() -> Self {
        Self {
            features: &["--features", "build-binary"],
            says_version: false,
            ..Self::of("wasm_split_cli_support", "wasm-split-cli", "0.2.4")
        }
    }

    /// Without TLS, which would need OpenSSL's headers.
    pub(crate) fn websocat() -> Self {
        let features =
            &["--no-default-features", "--features", "unix_stdio,signal_handler,tokio-process"];
        Self { features, ..Self::of("websocat", "websocat", "1.14.1") }
    }

    pub(crate) fn cargo_fuzz() -> Self {
        Self::of("cargo-fuzz", "cargo-fuzz", "0.13.2")
    }

    pub(crate) fn cargo_mutants() -> Self {
        Self { says_version: false, ..Self::of("cargo-mutants", "cargo-mutants", "27.1.0") }
    }

    pub(crate) fn cargo_deny() -> Self {
        Self::of("cargo-deny", "cargo-deny", "0.20.2")
    }

    /// It packs for Debian.
    pub(crate) fn cargo_deb() -> Self {
        let features = &["--no-default-features"];
        Self { features, says_version: false, ..Self::of("cargo-deb", "cargo-deb", "3.8.0") }
    }

    fn of(package: &'static str, program: &'static str, version: &str) -> Self {
        Self { package, program, version: version.to_owned(), features: &[], says_version: true }
    }

    /// The program to run: the project's own, or one on PATH in the same version.
    pub(crate) fn ensure(&self) -> Result<PathBuf, String> {
        let home = paths::tools()?.join(format!("{}-{}", self.package, self.version));
        let ours = home.join("bin").join(self.program).with_extension(env::consts::EXE_EXTENSION);
        let on_path = PathBuf::from(self.program);
        let known = [Some(&ours), self.says_version.then_some(&on_path)];
        if let Some(ready) = known.into_iter().flatten().find(|program| self.answers(program)) {
            return Ok(ready.clone());
        }
        self.install(&home)?;
        if self.answers(&ours) {
            return Ok(ours);
        }
        Err(format!("{} was installed, but does not answer as {}", ours.display(), self.version))
    }

    /// Only a finished installation does.
    fn answers(&self, program: &Path) -> bool {
        let question = if self.says_version { "--version" } else { "--help" };
        let answer = sh::output(sh::command(program).arg(question));
        answer.is_some_and(|text| {
            !self.says_version || text.split_whitespace().nth(1) == Some(&self.version)
        })
    }

    fn install(&self, home: &Path) -> Result<(), String> {
        let Self { package, version, .. } = self;
        sh::say(&format!("install {package} {version} into {} (once)", home.display()));
        paths::create(home)?;
        self.download(home).or_else(|_| self.compile(home))
    }

    fn download(&self, home: &Path) -> Result<(), String> {
        // Not `--version`, which is binstall's way to ask for a package's version.
        sh::output(sh::cargo().args(["binstall", "-V"])).ok_or("no cargo-binstall")?;
        let mut binstall = sh::cargo();
        binstall.args(["binstall", "--no-confirm", "--force", "--disable-strategies", "compile"]);
        binstall.arg("--root").arg(home).arg(format!("{}@{}", self.package, self.version));
        sh::run(binstall.current_dir(home))
    }

    /// In `home`, so that the workspace's cargo configuration is not the tool's. A debug build
    /// takes half the time of a release build, and is fast enough.
    fn compile(&self, home: &Path) -> Result<(), String> {
        let build = home.join("build");
        let mut install = sh::cargo();
        install.args(["install", "--locked", "--debug", "--force", "--root"]).arg(home);
        install.args([self.package, "--version", &self.version]).args(self.features);
        install.env("CARGO_TARGET_DIR", &build).env("CARGO_PROFILE_DEV_DEBUG", "0");
        sh::run(install.current_dir(home))?;
        fs::remove_dir_all(&build).map_err(|e| format!("cannot remove {}: {e}", build.display()))
    }
}

/// Has rustc's library for wasm.
pub(crate) fn wasm_target() -> Result<(), String> {
    target(WASM)
}

/// Has rustc's library for this target, from rustup or from wherever this rustc came.
pub(crate) fn target(name: &str) -> Result<(), String> {
    let sysroot = sh::output(sh::command("rustc").args(["--print", "sysroot"]))
        .ok_or("`rustc --print sysroot` failed: is rustc on PATH?")?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(name).is_dir() {
        return Ok(());
    }
    rustup(&["target", "add", name], &format!("rustc's library for {name}"))
}

/// Has `cargo fmt` and `cargo clippy`, which a minimal toolchain lacks.
pub(crate) fn components() -> Result<(), String> {
    let there = |name| sh::output(sh::cargo().args([name, "--version"])).is_some();
    if there("fmt") && there("clippy") {
        return Ok(());
    }
    rustup(&["component", "add", "rustfmt", "clippy"], "rustfmt or clippy")
}

fn rustup(arguments: &[&str], missing: &str) -> Result<(), String> {
    sh::run(sh::command("rustup").args(arguments)).map_err(|problem| {
        format!("{missing} is missing, and {problem}. Without rustup, install it as you did rustc.")
    })
}
