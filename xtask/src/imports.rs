//! The names under which the page's wasm imports functions: wasm-bindgen ends each in a hash of 16
//! digits, in the wasm and in the JS alike. Hashes do not compress; numbers do.

use std::{fs, io, path::Path};

const PREFIX: &[u8] = b"__wbg_";
const HASH: usize = 16;

/// Numbers the imports of the built page, in its wasm and its JS. No length changes.
pub(crate) fn number(page: &Path) -> io::Result<()> {
    let mut seen = Vec::new();
    for entry in fs::read_dir(page)? {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == "js" || it == "wasm") {
            fs::write(&path, numbered(fs::read(&path)?, &mut seen))?;
        }
    }
    Ok(())
}

/// `bytes` with the place among those `seen` for each hash.
fn numbered(mut bytes: Vec<u8>, seen: &mut Vec<Vec<u8>>) -> Vec<u8> {
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(PREFIX.len()).position(|it| it == PREFIX) {
        let start = at + found;
        let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
        at = start + bytes[start..].iter().take_while(is_name).count();
        let hash = at - HASH..at;
        let is_hash = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if hash.start < start + PREFIX.len() || !bytes[hash.clone()].iter().all(is_hash) {
            continue;
        }
        let place = seen.iter().position(|it| *it == bytes[hash.clone()]).unwrap_or_else(|| {
            seen.push(bytes[hash.clone()].to_vec());
            seen.len() - 1
        });
        bytes[hash].copy_from_slice(format!("{place:0HASH$}").as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_hash_gets_the_same_number_in_both_and_nothing_else_changes() {
        let mut seen = Vec::new();
        let mut text = |text: &str| String::from_utf8(numbered(text.into(), &mut seen)).unwrap();
        assert_eq!(
            text("{ __wbg_now_0123456789abcdef: 1, __wbg_get_fedcba9876543210: __wbg_init }"),
            "{ __wbg_now_0000000000000000: 1, __wbg_get_0000000000000001: __wbg_init }",
        );
        assert_eq!(
            text("\0./a_bg.js\x1a__wbg_get_fedcba9876543210\0\x01 __wbg_a 0123456789abcdef"),
            "\0./a_bg.js\x1a__wbg_get_0000000000000001\0\x01 __wbg_a 0123456789abcdef",
        );
    }
}
