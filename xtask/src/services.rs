//! Servers that tests start themselves, from Debian's packages. They are unpacked into the tools'
//! folder and not installed, since an installed one would run as a service of the machine.

use crate::{paths, sh, system};
use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
};

/// The folder among the tools; `bridge/tests/suite/harness/services.rs` looks there, too.
const FOLDER: &str = "debian";

struct Service {
    /// The package, or one that stands for it: it depends on the one of the current version alone.
    package: &'static str,
    /// The programs in the package that tests start, each with what it prints its version for; `*`
    /// is any version.
    programs: &'static [(&'static str, &'static str)],
}

const SERVICES: [Service; 3] = [
    Service { package: "haproxy", programs: &[("usr/sbin/haproxy", "-v")] },
    Service {
        package: "prometheus",
        programs: &[("usr/bin/prometheus", "--version"), ("usr/bin/promtool", "--version")],
    },
    Service { package: "postgresql", programs: &[(INITDB, "--version"), (POSTGRES, "--version")] },
];

/// `PostgreSQL`'s programs, which look for one another in their folder.
const INITDB: &str = "usr/lib/postgresql/*/bin/initdb";
const POSTGRES: &str = "usr/lib/postgresql/*/bin/postgres";

/// Has all of them, or says what is missing.
pub(crate) fn ensure() -> Result<(), String> {
    if !cfg!(target_os = "linux") {
        // Only there are they started.
        return Ok(());
    }
    let folder = paths::tools()?.join(FOLDER);
    SERVICES.iter().filter(|service| !service.is_there(&folder)).try_for_each(|service| {
        sh::say(&format!("unpack {} into {} (once)", service.package, folder.display()));
        service.unpack(&folder)
    })
}

/// Returns PATH with the folders of the unpacked programs behind it.
pub(crate) fn search_path() -> Result<OsString, String> {
    let folder = paths::tools()?.join(FOLDER);
    let path = env::var_os("PATH").unwrap_or_default();
    let unpacked = ["usr/bin", "usr/sbin"].map(|part| folder.join(part));
    env::join_paths(env::split_paths(&path).chain(unpacked)).map_err(|e| e.to_string())
}

/// Returns the folder with `PostgreSQL`'s programs, if it is there.
pub(crate) fn postgresql() -> Result<Option<PathBuf>, String> {
    let folder = paths::tools()?.join(FOLDER);
    let found = places(POSTGRES, &folder).into_iter().find(|place| starts(place, "--version"));
    // What is on PATH may be a link.
    let program = found.and_then(|place| place.canonicalize().ok());
    Ok(program.and_then(|program| program.parent().map(Path::to_owned)))
}

impl Service {
    /// Whether each program answers: the system's own, or the unpacked one.
    fn is_there(&self, folder: &Path) -> bool {
        self.programs.iter().all(|(program, version)| {
            places(program, folder).iter().any(|place| starts(place, version))
        })
    }

    fn unpack(&self, folder: &Path) -> Result<(), String> {
        let Self { package, .. } = self;
        if !system::debian() {
            return Err(format!("the tests need {package}: install it, but do not start it"));
        }
        if system::root() {
            sh::run(sh::command("apt-get").arg("update"))?;
        }
        let package = current(package);
        download(&package, folder)?;
        // Libraries start nothing: they are installed where they are missing.
        let mut libraries = dependencies(&package);
        libraries.retain(|name| name.starts_with("lib"));
        if !self.is_there(folder) && system::root() && !libraries.is_empty() {
            let mut install = sh::command("apt-get");
            install.args(["install", "--yes", "--no-install-recommends"]).args(&libraries);
            sh::run(install.env("DEBIAN_FRONTEND", "noninteractive"))?;
        }
        if self.is_there(folder) {
            return Ok(());
        }
        let libraries = libraries.join(" ");
        Err(format!("{package} was unpacked but does not start: sudo apt-get install {libraries}"))
    }
}

/// Where a program may be: on PATH, where the system's package has it, and below `folder`.
fn places(program: &str, folder: &Path) -> Vec<PathBuf> {
    let mut places = Vec::new();
    places.extend(Path::new(program).file_name().and_then(OsStr::to_str).and_then(system::find));
    for root in [Path::new("/"), folder] {
        match program.split_once("/*/") {
            None => places.push(root.join(program)),
            Some((versions, rest)) => {
                let entries = fs::read_dir(root.join(versions)).into_iter().flatten().flatten();
                places.extend(entries.map(|entry| entry.path().join(rest)));
            }
        }
    }
    places
}

fn starts(program: &Path, version: &str) -> bool {
    sh::output(sh::command(program).arg(version)).is_some()
}

/// Returns the package that this one stands for, or itself.
fn current(package: &str) -> String {
    match &dependencies(package)[..] {
        [only] => only.clone(),
        _ => package.to_owned(),
    }
}

/// Returns the names of the packages that a package depends on.
fn dependencies(package: &str) -> Vec<String> {
    let answer = sh::output(sh::command("apt-cache").args(["depends", "--important", package]));
    listed(&answer.unwrap_or_default())
}

/// Returns the names in a list of apt-cache: of alternatives all, and none that several packages
/// provide.
fn listed(answer: &str) -> Vec<String> {
    // A line that begins with a bar has an alternative in the next one.
    let lines = answer.lines().map(|line| line.trim_start_matches([' ', '|']));
    let names = lines.filter_map(|line| line.strip_prefix("Depends: "));
    names.filter(|name| !name.starts_with('<')).map(str::to_owned).collect()
}

/// Leaves what is in a package below `folder`.
fn download(package: &str, folder: &Path) -> Result<(), String> {
    let download = folder.join("download");
    paths::create(&download)?;
    sh::run(sh::command("apt-get").args(["download", package]).current_dir(&download))?;
    for archive in fs::read_dir(&download).map_err(|e| e.to_string())?.flatten() {
        sh::run(sh::command("dpkg").arg("-x").arg(archive.path()).arg(folder))?;
    }
    let removed = fs::remove_dir_all(&download);
    removed.map_err(|e| format!("cannot remove {}: {e}", download.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_are_read_from_what_apt_cache_prints() {
        let answer = "\
postgresql-15
  PreDepends: dpkg
 |Depends: locales
  Depends: locales-all
  Depends: <debconf-2.0>
    cdebconf
  Depends: libsystemd0
    libelogind0
";
        assert_eq!(listed(answer), ["locales", "locales-all", "libsystemd0"]);
    }
}
