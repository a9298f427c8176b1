//! A bridge that an ordinary user starts: what the system refuses it is told with what to do.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::Command;

use crate::harness::process::BRIDGE;

/// What the bridge says that has no privilege, and ends with these arguments.
fn refusal(args: &[&str]) -> String {
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let mut command = if is_root {
        let mut without = Command::new("setpriv");
        without.args(["--bounding-set=-all", "--inh-caps=-all", BRIDGE]);
        without
    } else {
        Command::new(BRIDGE)
    };
    let ended = command.args(args).output().unwrap();
    let error = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(1), "{args:?}: {error}");
    error
}

#[test]
fn a_port_that_takes_a_privilege_is_refused_with_the_flag_that_takes_another_one() {
    let first = fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start").unwrap();
    if first.trim() == "0" {
        eprintln!("This machine has no port that takes a privilege.");
        return;
    }
    let anywhere = ["--listen", "127.0.0.1:0", "--echo", "off"];
    for (args, flag) in [
        (&["--listen", "127.0.0.1:1", "--echo", "off"][..], "--listen"),
        (&["--listen", "127.0.0.1:0", "--echo", "127.0.0.1:1"], "--echo"),
        (&[&anywhere[..], &["--admin", "127.0.0.1:1"]].concat(), "--admin"),
        (&["echo", "--listen", "127.0.0.1:1"], "--listen"),
    ] {
        let error = refusal(args);
        assert!(error.contains("127.0.0.1:1: Permission denied"), "{error}");
        assert!(error.contains("CAP_NET_BIND_SERVICE"), "{error}");
        assert!(error.contains(&format!("{flag} takes another one")), "{error}");
    }
}

#[test]
fn files_and_folders_of_others_are_refused_with_what_to_do() {
    let folder = std::env::temp_dir().join(format!("unprivileged-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    let token = folder.join("token");
    fs::write(&token, "7k3m-q9xw-2hdv-p4tn\n").unwrap();
    let set_mode = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode));
    set_mode(&token, 0).unwrap();
    set_mode(&folder, 0o500).unwrap();

    let socket = format!("unix:{}/socket", folder.display());
    let error = refusal(&["--listen", &socket, "--echo", "off"]);
    assert!(error.contains("--listen takes a path where this user may write"), "{error}");
    let token = token.to_str().unwrap();
    let error = refusal(&["--listen", "127.0.0.1:0", "--echo", "off", "--token-file", token]);
    assert!(error.contains(token) && error.contains("LoadCredential="), "{error}");

    set_mode(&folder, 0o700).unwrap();
    fs::remove_dir_all(&folder).unwrap();
}
