//! Makes what wasm-bindgen wrote smaller on the wire: its JS is for people to read, and the names by
//! which wasm and JS know each other end with digits of hashes, which no compression takes away.

use std::collections::BTreeMap;
use std::{fs, io, path::Path};

/// How the name of a function begins that the JS gives to the wasm.
const PREFIX: &str = "__wbg_";
/// How many hexadecimal digits of a hash there are at the end of such a name.
const HASH: usize = 16;

/// Rewrites the JS `js` and the wasm `wasm` that belongs to it: in both, a counter takes the place of
/// each hash, and the JS loses its comments and its indentation.
pub(crate) fn shrink(js: &Path, wasm: &Path) -> io::Result<()> {
    let mut code = without_comments(&fs::read_to_string(js)?);
    let mut binary = fs::read(wasm)?;
    let names = renamed(&code);
    rename(&mut binary, &names);
    for (name, short) in names {
        code = code.replace(&name, &short);
    }
    fs::write(js, code)?;
    fs::write(wasm, binary)
}

/// The names that end with a hash, each with the name of the same length that takes its place.
fn renamed(code: &str) -> BTreeMap<String, String> {
    let words = code.split(|it| !is_name(it)).filter(|word| word.starts_with(PREFIX));
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut counters: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words {
        let Some((base, hash)) =
            word.len().checked_sub(HASH).and_then(|at| word.split_at_checked(at))
        else {
            continue;
        };
        let is_hash = hash.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash || !base.ends_with('_') || names.contains_key(word) {
            continue;
        }
        let counter = counters.entry(base).or_default();
        names.insert(word.to_owned(), format!("{base}{counter:0HASH$}"));
        *counter += 1;
    }
    names
}

/// Renames what the wasm imports: the names stand in it as they are in the JS. The byte before a
/// name, its length, may look like one of its characters.
fn rename(wasm: &mut [u8], names: &BTreeMap<String, String>) {
    for at in 0..wasm.len() {
        let rest = &mut wasm[at..];
        if !rest.starts_with(PREFIX.as_bytes()) {
            continue;
        }
        let length = rest.iter().take_while(|&&byte| is_name(byte.into())).count();
        let name = &mut rest[..length];
        if let Some(short) = str::from_utf8(name).ok().and_then(|name| names.get(name)) {
            name.copy_from_slice(short.as_bytes());
        }
    }
}

/// Whether a name has such a character.
fn is_name(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '_' || it == '$'
}

/// The code without indentation, empty lines, and lines of comments. No text in what wasm-bindgen
/// writes goes over several lines.
fn without_comments(code: &str) -> String {
    let mut is_comment = false;
    let mut rest = String::with_capacity(code.len());
    for line in code.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            rest += line;
            rest.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_takes_the_place_of_each_hash_and_names_stay_apart() {
        let code = "__wbg_new_00deadbeef00cafe: f, __wbg_new_1111111111111111: g,
                    __wbg_new_00deadbeef00cafe, __wbg_get_imports, __wbg_ß";
        let names = renamed(code);
        let pairs: Vec<_> = names.iter().map(|(name, short)| (&name[..], &short[..])).collect();
        assert_eq!(
            pairs,
            [
                ("__wbg_new_00deadbeef00cafe", "__wbg_new_0000000000000000"),
                ("__wbg_new_1111111111111111", "__wbg_new_0000000000000001"),
            ]
        );
    }

    #[test]
    fn the_wasm_has_the_new_names_and_all_else_stays() {
        let mut wasm = *b"\0asm\x07__wbg_1\0\x08__wbg_1b\xff5__wbg_1";
        rename(&mut wasm, &BTreeMap::from([("__wbg_1".into(), "__wbg_0".into())]));
        assert_eq!(&wasm, b"\0asm\x07__wbg_0\0\x08__wbg_1b\xff5__wbg_0");
    }

    #[test]
    fn code_stays_and_what_is_for_readers_goes() {
        let code =
            "/**\n * Says a.\n */\nf() {\n    // why\n    a(\"//\"); /* b */\n}\n\n/* c */\ng();";
        assert_eq!(without_comments(code), "f() {\na(\"//\"); /* b */\n}\ng();\n");
    }
}
