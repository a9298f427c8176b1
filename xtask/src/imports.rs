//! The names under which the page's wasm imports functions from its JS: wasm-bindgen gives each
//! the name of what it calls and a hash, in both. Hashes do not compress; a number is enough.

use crate::page::Built;
use std::{fs, io};

/// Where a section of wasm with this number lists the imports.
const IMPORTS: u8 = 2;
/// A section with this number is for tools: names for a debugger, and who made the file.
const CUSTOM: u8 = 0;
/// An imported function; what else can be imported, wasm-bindgen has no use for.
const FUNCTION: u8 = 0;
/// The magic number and the version, before the first section.
const HEADER: usize = 8;

/// The end of the name of the module that wasm-bindgen's JS is to the wasm; what is imported from
/// others keeps its name.
const MODULE: &[u8] = b"_bg.js";

/// Numbers the imports of the built page, in its wasm and its JS, and strips the JS.
///
/// # Errors
///
/// If files cannot be read or written, or are not such as wasm-bindgen makes.
pub(crate) fn number(Built { wasm, js }: &Built) -> io::Result<()> {
    let odd = |what| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut names = Vec::new();
    let numbered = renamed(&fs::read(wasm)?, &mut names);
    let numbered = numbered.ok_or_else(|| odd("its wasm has other imports than functions"))?;
    let script = keys_numbered(&fs::read_to_string(js)?, &names);
    let script = script.ok_or_else(|| odd("its JS defines other functions than it imports"))?;
    fs::write(wasm, numbered)?;
    fs::write(js, stripped(&script))
}

/// `wasm` with its imports numbered and without what is for tools, and in `names` what they were called.
fn renamed(wasm: &[u8], names: &mut Vec<String>) -> Option<Vec<u8>> {
    let (header, mut rest) = wasm.split_at_checked(HEADER)?;
    let mut out = header.to_vec();
    while let Some((&section, after)) = rest.split_first() {
        rest = after;
        let body = named(&mut rest)?;
        let numbered = (section == IMPORTS).then(|| imports(body, names));
        match numbered {
            Some(numbered) => put_section(&mut out, section, &numbered?),
            None if section == CUSTOM => {}
            None => put_section(&mut out, section, body),
        }
    }
    Some(out)
}

/// The section of imports, with numbers for their names.
fn imports(mut body: &[u8], names: &mut Vec<String>) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let count = leb(&mut body)?;
    put_leb(&mut out, count);
    for _ in 0..count {
        let (module, name) = (named(&mut body)?, named(&mut body)?);
        put(&mut out, module);
        if module.ends_with(MODULE) {
            put(&mut out, names.len().to_string().as_bytes());
            names.push(String::from_utf8(name.to_vec()).ok()?);
        } else {
            put(&mut out, name);
        }
        let (FUNCTION, rest) = body.split_first().map(|(kind, rest)| (*kind, rest))? else {
            return None;
        };
        body = rest;
        out.push(FUNCTION);
        put_leb(&mut out, leb(&mut body)?);
    }
    body.is_empty().then_some(out)
}

/// The script with numbers for the keys that are among the `names`, each of which it must have.
fn keys_numbered(js: &str, names: &[String]) -> Option<String> {
    let mut found = 0;
    let mut line = |line: &str| {
        let key = line.trim_start().split_once(": function");
        let place =
            key.and_then(|(key, rest)| Some((names.iter().position(|it| it == key)?, rest)));
        found += usize::from(place.is_some());
        place.map_or_else(|| line.to_owned(), |(place, rest)| format!("{place}: function{rest}"))
    };
    let numbered: Vec<_> = js.lines().map(&mut line).collect();
    (found == names.len()).then(|| numbered.join("\n"))
}

/// The script without indentation, empty lines, and lines of comment. One with a text of several
/// lines stays as it is: there, they may be no comment.
fn stripped(js: &str) -> String {
    if js.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return js.to_owned();
    }
    let comment = |line: &&str| ["//", "/*", "*"].iter().any(|it| line.starts_with(it));
    let lines = js.lines().map(str::trim).filter(|line| !line.is_empty() && !comment(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// What follows its own length.
fn named<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = leb(bytes)?;
    let (it, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
    *bytes = rest;
    Some(it)
}

fn put_section(out: &mut Vec<u8>, section: u8, body: &[u8]) {
    out.push(section);
    put(out, body);
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    put_leb(out, u32::try_from(bytes.len()).expect("wasm is shorter than 4 GiB"));
    out.extend(bytes);
}

/// A number in LEB128, as wasm writes them: seven bits a byte, at most five bytes.
fn leb(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in [0, 7, 14, 21, 28] {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn put_leb(out: &mut Vec<u8>, mut number: u32) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            out.push(low & 0x7f);
            return;
        }
        out.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn imports_are_numbered_and_only_what_is_for_tools_goes() {
        let mut names = Vec::new();
        let of_others = b"\x01s\x03foo\x00\x00";
        let wasm =
            [HEAD, b"\x01\x02ab", b"\x02\x26\x03", b"\x06_bg.js\x05__wbA\x00\x07", of_others];
        let wasm = [&wasm.concat()[..], b"\x06_bg.js\x03foo\x00\x81\x01"].concat();
        let wasm = [&wasm[..], b"\x0a\x03foo\x00\x06\x04nameN"].concat();
        let numbered =
            [HEAD, b"\x01\x02ab", b"\x02\x20\x03", b"\x06_bg.js\x010\x00\x07", of_others];
        let numbered = [&numbered.concat()[..], b"\x06_bg.js\x011\x00\x81\x01"].concat();
        let numbered = [&numbered[..], b"\x0a\x03foo"].concat();
        assert_eq!(renamed(&wasm, &mut names), Some(numbered));
        assert_eq!(names, ["__wbA", "foo"]);
    }

    #[test]
    fn wasm_that_imports_more_than_functions_is_not_touched() {
        let memory = [HEAD, b"\x02\x08\x01\x01j\x01m\x02\x00\x01"].concat();
        assert_eq!(renamed(&memory, &mut Vec::new()), None);
    }

    #[test]
    fn a_script_names_what_is_imported_by_its_number_or_is_refused() {
        let names = ["__wbA", "foo"].map(String::from);
        let js = "x = {\n  foo: function() {\n  },\n  __wbA: function(a) {}\n};";
        let numbered = "x = {\n1: function() {\n  },\n0: function(a) {}\n};";
        assert_eq!(keys_numbered(js, &names).as_deref(), Some(numbered));
        assert_eq!(keys_numbered("x = { };", &names), None);
    }

    #[test]
    fn a_script_loses_its_comments_unless_they_may_be_text() {
        let js = "/**\n * One.\n */\n  // two\n  let a = \"//\"; // stays\n\nb();\n";
        assert_eq!(stripped(js), "let a = \"//\"; // stays\nb();");
        let text = "a = `\n  // text\n`;";
        assert_eq!(stripped(text), text);
    }
}
