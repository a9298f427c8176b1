//! Reading the token from a file.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::token::Token;

/// The most bytes that are read: more than any token has.
const MAX_FILE: u64 = 4 * 1024;

/// Reads the token from the file at `path`, which has one line and nothing else.
///
/// # Errors
/// Fails with a sentence for the user if the file cannot be read, if others can read or change it,
/// or if it has no token.
pub(super) fn read(path: &Path) -> io::Result<Token> {
    let failed = |kind, reason: String| {
        io::Error::new(kind, format!("cannot use --token-file {}: {reason}", path.display()))
    };
    let mut file = File::open(path).map_err(|error| match error.kind() {
        kind @ io::ErrorKind::PermissionDenied => {
            let advice = "the bridge's user has to be able to read it; in a unit of systemd's, \
                          LoadCredential= hands it over";
            failed(kind, format!("{error}: {advice}"))
        }
        kind => failed(kind, error.to_string()),
    })?;
    // Of the file that was opened, since the path may come to mean another one.
    if is_open_to_others(&file).map_err(|error| failed(error.kind(), error.to_string()))? {
        let reason = format!("others can read or change it: run chmod 600 {}", path.display());
        return Err(failed(io::ErrorKind::PermissionDenied, reason));
    }
    let mut text = String::new();
    let read = file.by_ref().take(MAX_FILE).read_to_string(&mut text);
    read.map_err(|error| failed(error.kind(), error.to_string()))?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    let line = line.strip_suffix('\r').unwrap_or(line);
    line.parse().map_err(|reason| failed(io::ErrorKind::InvalidData, reason))
}

/// Returns whether others than the file's owner and group can do anything with it. The group may
/// read it: Kubernetes gives a secret to a process by its group.
#[cfg(unix)]
fn is_open_to_others(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;

    const GROUP_CAN_WRITE: u32 = 0o020;
    const OTHERS: u32 = 0o007;
    Ok(file.metadata()?.mode() & (GROUP_CAN_WRITE | OTHERS) != 0)
}

/// Elsewhere than on Unix, access control lists say it, which are not read.
#[cfg(not(unix))]
fn is_open_to_others(_: &File) -> io::Result<bool> {
    Ok(false)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{Permissions, remove_file, set_permissions, write};
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_that_others_can_use_or_the_group_can_change_is_refused() {
        let name = format!("tcp-bridge-token-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        write(&path, "0123456789abcdef\n").unwrap();
        for (mode, is_refused) in [
            (0o600, false),
            (0o640, false),
            (0o620, true),
            (0o604, true),
            (0o602, true),
            (0o601, true),
        ] {
            set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            let token = read(&path);
            assert_eq!(token.is_err(), is_refused, "{mode:o}: {token:?}");
        }
        remove_file(&path).unwrap();
    }
}
