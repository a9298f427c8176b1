//! What the tests and a static binary need of the system: installed on Debian and Ubuntu, named
//! elsewhere.

use crate::sh;
use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

/// Elsewhere than on Debian, fonts have no one place to look for them.
const FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

struct Need {
    name: &'static str,
    package: &'static str,
    elsewhere: &'static str,
    found: fn() -> bool,
}

const NEEDS: [Need; 19] = [
    Need { name: "ncat", package: "ncat", elsewhere: "part of Nmap", found: || on_path("ncat") },
    Need {
        name: "nc",
        package: "netcat-openbsd",
        elsewhere: "OpenBSD's; where it is not the first, `update-alternatives --config nc`",
        found: || cfg!(target_os = "macos") && on_path("nc") || says("nc", "-h", "OpenBSD netcat"),
    },
    Need {
        name: "iproute2's bridge",
        package: "iproute2",
        elsewhere: "which Linux alone has",
        found: || {
            !cfg!(target_os = "linux")
                || Path::new("/usr/sbin/bridge").exists()
                || on_path("bridge")
        },
    },
    Need { name: "curl", package: "curl", elsewhere: "any", found: || on_path("curl") },
    Need { name: "openssl", package: "openssl", elsewhere: "any", found: || on_path("openssl") },
    Need {
        name: "redis-cli",
        package: "redis-tools",
        elsewhere: "part of Redis",
        found: || on_path("redis-cli"),
    },
    Need {
        name: "psql",
        package: "postgresql-client",
        elsewhere: "PostgreSQL's client",
        found: || !cfg!(target_os = "linux") || on_path("psql"),
    },
    Need {
        name: "tshark",
        package: "tshark",
        elsewhere: "Wireshark's, with capinfos and dumpcap beside it",
        found: || on_path("tshark") && on_path("capinfos") && on_path("dumpcap"),
    },
    Need {
        name: "Chromium",
        package: "chromium",
        elsewhere: "or Chrome; if it is not on PATH, set CHROMIUM to its file",
        found: || chromium().is_some(),
    },
    Need {
        name: "Firefox",
        package: "firefox-esr",
        elsewhere: "of version 140 or newer; if it is not on PATH, set FIREFOX to its file",
        found: || firefox().is_some(),
    },
    Need {
        name: "node",
        package: "nodejs",
        elsewhere: "version 18 or newer, from https://nodejs.org",
        found: || sh::output(sh::command("node").arg("--version")).is_some_and(|v| major(&v) >= 18),
    },
    Need { name: "npm", package: "npm", elsewhere: "comes with node", found: || on_path("npm") },
    Need {
        name: "Python's websockets",
        package: "python3-websockets",
        elsewhere: "for /usr/bin/python3, or for the one that PYTHON names",
        found: python_has_websockets,
    },
    Need {
        name: "Python's venv",
        package: "python3-venv",
        elsewhere: "of a Python of version 3.10 or newer, with pip",
        found: || python_with_venv().is_some(),
    },
    Need {
        name: "Xvnc",
        package: "tigervnc-standalone-server",
        elsewhere: "TigerVNC's",
        found: || !cfg!(target_os = "linux") || on_path("Xvnc"),
    },
    Need {
        name: "xsetroot",
        package: "x11-xserver-utils",
        elsewhere: "X.Org's",
        found: || !cfg!(target_os = "linux") || on_path("xsetroot"),
    },
    Need {
        name: "noVNC",
        package: "novnc",
        elsewhere: "its files in /usr/share/novnc",
        found: || !cfg!(target_os = "linux") || Path::new("/usr/share/novnc/vnc.html").exists(),
    },
    Need {
        name: "sshd",
        package: "openssh-server",
        elsewhere: "OpenSSH's, which need not run",
        found: || Path::new("/usr/sbin/sshd").exists() && on_path("ssh"),
    },
    Need {
        name: "a Chinese, Japanese and Korean font",
        package: "fonts-noto-cjk",
        elsewhere: "any",
        found: || !debian() || Path::new(FONT).exists(),
    },
];

/// What compiles the C of a static binary: ring has some.
const MUSL: [Need; 1] = [Need {
    name: "musl-gcc",
    package: "musl-tools",
    elsewhere: "musl's wrapper of gcc",
    found: || cfg!(target_env = "musl") || on_path("musl-gcc"),
}];

/// Has all that the tests need, or says what to install.
pub(crate) fn ensure() -> Result<(), String> {
    ensure_all(&NEEDS)
}

/// Has a C compiler for static binaries, or says what to install.
pub(crate) fn ensure_musl() -> Result<(), String> {
    ensure_all(&MUSL)
}

fn ensure_all(needs: &[Need]) -> Result<(), String> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    if !debian() || !root() {
        return Err(advice(&missing));
    }
    sh::run(sh::command("apt-get").arg("update"))?;
    let mut install = sh::command("apt-get");
    install.args(["install", "--yes", "--no-install-recommends"]);
    install.args(missing.iter().map(|need| need.package));
    sh::run(install.env("DEBIAN_FRONTEND", "noninteractive"))?;
    match self::missing(needs) {
        still if still.is_empty() => Ok(()),
        still => Err(advice(&still)),
    }
}

/// The browser to test with: CHROMIUM, or the first of its usual names on PATH.
pub(crate) fn chromium() -> Option<OsString> {
    browser("CHROMIUM", &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
}

/// The browser for the main paths: FIREFOX, or the first of its usual names on PATH.
pub(crate) fn firefox() -> Option<OsString> {
    browser("FIREFOX", &["firefox-esr", "firefox"])
}

fn browser(variable: &str, names: &[&str]) -> Option<OsString> {
    env::var_os(variable)
        .filter(|named| !named.is_empty())
        .or_else(|| names.iter().find_map(|name| find(name)).map(Into::into))
}

/// The first program of this name on PATH.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .map(|folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION))
        .find(|file| file.is_file())
}

fn python_has_websockets() -> bool {
    let python = env::var_os("PYTHON").unwrap_or_else(|| "/usr/bin/python3".into());
    sh::output(sh::command(python).args(["-c", "import websockets"])).is_some()
}

/// The first Python that can make virtual environments with pip: the one that PYTHON names, the
/// system's, or the one on PATH. Debian's lacks `ensurepip` without python3-venv.
pub(crate) fn python_with_venv() -> Option<OsString> {
    let script = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))";
    let named = env::var_os("PYTHON").filter(|python| !python.is_empty());
    let others = ["/usr/bin/python3", "python3", "python"].map(OsString::from);
    named
        .into_iter()
        .chain(others)
        .find(|python| sh::output(sh::command(python).args(["-c", script])).is_some())
}

fn on_path(name: &str) -> bool {
    find(name).is_some()
}

fn missing(needs: &[Need]) -> Vec<&Need> {
    needs.iter().filter(|need| !(need.found)()).collect()
}

fn advice(missing: &[&Need]) -> String {
    let list =
        |line: fn(&Need) -> String| missing.iter().map(|need| line(need)).collect::<String>();
    let things = list(|need| format!("  {} ({})\n", need.name, need.elsewhere));
    let packages = list(|need| format!(" {}", need.package));
    format!(
        "what is needed is missing here:\n{things}\
         On Debian or Ubuntu: sudo apt-get install{packages}"
    )
}

/// Debian's alternatives may have `nc` mean another netcat, with other options.
fn says(program: &str, argument: &str, words: &str) -> bool {
    let output = sh::command(program).arg(argument).output();
    output.is_ok_and(|output| {
        [output.stdout, output.stderr]
            .iter()
            .any(|text| String::from_utf8_lossy(text).contains(words))
    })
}

fn major(version: &str) -> u32 {
    let digits = version.trim_start_matches('v').split('.').next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

pub(crate) fn debian() -> bool {
    Path::new("/etc/debian_version").exists()
}

pub(crate) fn root() -> bool {
    sh::output(sh::command("id").arg("-u")).is_some_and(|id| id.trim() == "0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_major_version_is_read() {
        assert_eq!(major("v20.20.2\n"), 20);
        assert_eq!(major("nightly"), 0);
    }

    #[test]
    fn the_advice_names_each_missing_thing_and_its_package() {
        let text = advice(&[&NEEDS[0], &NEEDS[1]]);
        assert!(text.contains("  ncat (part of Nmap)\n"), "{text}");
        assert!(text.ends_with("sudo apt-get install ncat netcat-openbsd"), "{text}");
    }
}
