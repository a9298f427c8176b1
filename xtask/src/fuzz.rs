//! `cargo xtask fuzz`: libFuzzer over the targets in `bridge/fuzz`, on stable Rust.

use crate::{paths, sh, tools::Tool};
use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

/// What `cargo xtask fuzz` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Options {
    /// The one target to run, or all of them.
    target: Option<String>,
    /// How many seconds each target runs.
    seconds: u32,
    /// Whether inputs that reach new code are added to the corpus in the repository.
    keep: bool,
}

impl Options {
    /// Reads `[TARGET] [--seconds N] [--keep]`, in any order.
    pub(crate) fn parse(arguments: &[OsString]) -> Result<Self, String> {
        let mut options = Self { target: None, seconds: 60, keep: false };
        let mut arguments = arguments.iter().map(|argument| argument.to_string_lossy());
        while let Some(argument) = arguments.next() {
            match &*argument {
                "--seconds" => {
                    let seconds = arguments.next().and_then(|seconds| seconds.parse().ok());
                    // libFuzzer takes 0 for no limit.
                    options.seconds =
                        seconds.filter(|seconds| *seconds > 0).ok_or("--seconds wants a number")?;
                }
                "--keep" => options.keep = true,
                name if !name.starts_with('-') && options.target.is_none() => {
                    options.target = Some(name.to_owned());
                }
                other => return Err(format!("fuzz knows no argument {other}")),
            }
        }
        Ok(options)
    }
}

/// Runs the targets one after the other, and fails if any of them found an input that breaks what
/// it promises.
pub(crate) fn fuzz(options: &Options) -> Result<(), String> {
    let folder = paths::root().join("bridge/fuzz");
    let names = targets(&folder, options.target.as_deref())?;
    let programs = build(&folder)?;
    let mut found = Vec::new();
    for name in &names {
        let target = Target::new(name, &folder, &programs)?;
        found.extend(target.run(options.seconds)?);
        if options.keep {
            target.keep()?;
        }
    }
    let (targets, seconds) = (names.join(", "), options.seconds);
    if found.is_empty() {
        sh::say(&format!("nothing was found in {seconds} s each of: {targets}"));
        return Ok(());
    }
    let files: Vec<_> = found.iter().map(|file| file.display().to_string()).collect();
    Err(format!(
        "these inputs break what their target promises:\n  {}\n\
         Copy each to its target in {}, where `cargo test -p bridge corpus` runs it.",
        files.join("\n  "),
        folder.join("corpus").display()
    ))
}

/// The names of all targets, or of the one that is asked for.
fn targets(folder: &Path, wanted: Option<&str>) -> Result<Vec<String>, String> {
    let files = files(&folder.join("fuzz_targets"))?;
    let names = files.iter().filter_map(|file| file.file_stem()?.to_str()).map(str::to_owned);
    let names: Vec<_> = names.collect();
    match wanted {
        None => Ok(names),
        Some(name) if names.iter().any(|known| known == name) => Ok(vec![name.to_owned()]),
        Some(name) => {
            Err(format!("no fuzz target is called {name}: there are {}", names.join(", ")))
        }
    }
}

/// Builds all targets, and returns the folder in which they are. Without a sanitizer, and with
/// rustc's unstable options unlocked, this needs no nightly toolchain.
fn build(folder: &Path) -> Result<PathBuf, String> {
    let cargo_fuzz = Tool::cargo_fuzz().ensure()?;
    let target = paths::target()?.join("fuzz");
    let host = host()?;
    same_versions(folder)?;
    sh::say("fuzz targets");
    let mut build = sh::command(cargo_fuzz);
    build.args(["fuzz", "build", "--sanitizer", "none", "--target", &host, "--target-dir"]);
    build.arg(&target).env("RUSTC_BOOTSTRAP", "1").current_dir(folder);
    sh::run(&mut build)?;
    Ok(target.join(host).join("release"))
}

/// Has the targets built with the versions of the workspace's dependencies: their own lock file,
/// which is not in the repository, begins as a copy of the workspace's.
fn same_versions(folder: &Path) -> Result<(), String> {
    let (from, to) = (paths::root().join("Cargo.lock"), folder.join("Cargo.lock"));
    if paths::changed_at(&to) < paths::changed_at(&from) {
        fs::copy(&from, &to).map_err(|e| format!("cannot write {}: {e}", to.display()))?;
    }
    Ok(())
}

/// The triple of the machine, as rustc says it.
fn host() -> Result<String, String> {
    let version = sh::output(sh::command("rustc").arg("-vV")).unwrap_or_default();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "`rustc -vV` names no host".to_owned())
}

/// One fuzz target, and its folders.
struct Target<'a> {
    name: &'a str,
    program: PathBuf,
    /// The inputs in the repository.
    corpus: PathBuf,
    /// All inputs that reached new code on this machine.
    work: PathBuf,
    /// Those that broke what the target promises in the last run.
    found: PathBuf,
}

impl<'a> Target<'a> {
    fn new(name: &'a str, folder: &Path, programs: &Path) -> Result<Self, String> {
        let files = paths::target()?.join("fuzz");
        let target = Self {
            name,
            program: programs.join(name).with_extension(std::env::consts::EXE_EXTENSION),
            corpus: folder.join("corpus").join(name),
            work: files.join("corpus").join(name),
            found: files.join("found").join(name),
        };
        paths::create(&target.corpus)?;
        paths::create(&target.work)?;
        Ok(target)
    }

    /// Runs so many seconds, or until something is found. Returns the inputs that were found.
    fn run(&self, seconds: u32) -> Result<Vec<PathBuf>, String> {
        sh::say(&format!("{}, for {seconds} s", self.name));
        let _ = fs::remove_dir_all(&self.found);
        paths::create(&self.found)?;
        let mut run = sh::command(&self.program);
        run.arg(format!("-max_total_time={seconds}"));
        // An input that takes so many seconds is a find, too.
        run.args(["-timeout=10", "-verbosity=0"]);
        // libFuzzer puts a file's name behind it as it is.
        run.arg(format!("-artifact_prefix={}/", self.found.display()));
        let done = sh::run(run.args([&self.work, &self.corpus]));
        match files(&self.found)? {
            found if found.is_empty() => done.map(|()| found),
            found => Ok(found),
        }
    }

    /// Adds to the corpus in the repository what reaches code that nothing in it does, in as few
    /// inputs as will do.
    fn keep(&self) -> Result<(), String> {
        let before = files(&self.corpus)?.len();
        let mut merge = sh::command(&self.program);
        // How often code was reached makes no difference here: it would bring thousands of inputs.
        merge.args(["-set_cover_merge=1", "-use_counters=0", "-verbosity=0"]);
        sh::run(merge.args([&self.corpus, &self.work]))?;
        let new = files(&self.corpus)?.len() - before;
        sh::say(&format!("{new} new inputs in {}", self.corpus.display()));
        Ok(())
    }
}

/// The files in a folder, sorted.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let read = || -> io::Result<Vec<PathBuf>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
    };
    let mut files = read().map_err(|e| format!("cannot read {}: {e}", folder.display()))?;
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, String> {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        Options::parse(&arguments)
    }

    #[test]
    fn all_targets_run_for_a_minute_unless_one_says_otherwise() {
        let all = Options { target: None, seconds: 60, keep: false };
        assert_eq!(parse(&[]), Ok(all));
        let one = Options { target: Some("guard".to_owned()), seconds: 5, keep: true };
        assert_eq!(parse(&["--seconds", "5", "guard", "--keep"]), Ok(one));
    }

    #[test]
    fn what_is_no_argument_is_refused() {
        for arguments in [&["--seconds"][..], &["--seconds", "0"], &["--all"], &["guard", "fault"]]
        {
            assert!(parse(arguments).is_err(), "{arguments:?}");
        }
    }

    #[test]
    fn a_target_that_is_none_is_refused_with_those_that_are() {
        let folder = paths::root().join("bridge/fuzz");
        let problem = targets(&folder, Some("nothing")).unwrap_err();
        assert!(problem.contains("websocket"), "{problem}");
        assert_eq!(targets(&folder, Some("guard")), Ok(vec!["guard".to_owned()]));
    }
}
