//! Servers that tests start themselves, from Debian's packages. They are unpacked into the tools'
//! folder and not installed, since an installed one would run as a service of the machine.

use crate::{paths, sh, system};
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

/// The folder among the tools; `bridge/tests/suite/harness/services.rs` looks there, too.
const FOLDER: &str = "debian";

struct Service {
    package: &'static str,
    /// The programs in the package that tests start, each with what it prints its version for.
    programs: &'static [(&'static str, &'static str)],
    /// Libraries that the package needs. They start nothing, and are installed where they are
    /// missing.
    libraries: &'static [&'static str],
}

const SERVICES: [Service; 2] = [
    Service {
        package: "haproxy",
        programs: &[("usr/sbin/haproxy", "-v")],
        libraries: &["liblua5.3-0", "libopentracing-c-wrapper0", "libpcre2-8-0", "libsystemd0"],
    },
    Service {
        package: "prometheus",
        programs: &[("usr/bin/prometheus", "--version"), ("usr/bin/promtool", "--version")],
        libraries: &[],
    },
];

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

impl Service {
    /// Whether each program answers: the system's own, or the unpacked one.
    fn is_there(&self, folder: &Path) -> bool {
        self.programs.iter().all(|(program, version)| {
            let name = Path::new(program).file_name().unwrap_or_default();
            [PathBuf::from(name), Path::new("/").join(program), folder.join(program)]
                .iter()
                .any(|program| sh::output(sh::command(program).arg(version)).is_some())
        })
    }

    fn unpack(&self, folder: &Path) -> Result<(), String> {
        let Self { package, libraries, .. } = self;
        if !system::debian() {
            return Err(format!("the tests need {package}: install it, but do not start it"));
        }
        let download = folder.join("download");
        paths::create(&download)?;
        if system::root() {
            sh::run(sh::command("apt-get").arg("update"))?;
        }
        sh::run(sh::command("apt-get").args(["download", package]).current_dir(&download))?;
        for archive in fs::read_dir(&download).map_err(|e| e.to_string())?.flatten() {
            sh::run(sh::command("dpkg").arg("-x").arg(archive.path()).arg(folder))?;
        }
        let removed = fs::remove_dir_all(&download);
        removed.map_err(|e| format!("cannot remove {}: {e}", download.display()))?;
        if !self.is_there(folder) && system::root() && !libraries.is_empty() {
            let mut install = sh::command("apt-get");
            install.args(["install", "--yes", "--no-install-recommends"]).args(*libraries);
            sh::run(install.env("DEBIAN_FRONTEND", "noninteractive"))?;
        }
        if self.is_there(folder) {
            return Ok(());
        }
        let libraries = libraries.join(" ");
        Err(format!("{package} was unpacked but does not start: sudo apt-get install {libraries}"))
    }
}
