//! The page's style sheets as two, since together they travel in a quarter less than apart: what
//! the page is drawn with first, and what only the parts need that are loaded on demand.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::{fs, io, path::Path};

/// The folder of the built page into which `index.html` has trunk put the parts' style sheets.
const PARTS: &str = "parts";
/// Marks the link to the parts' style sheet, which the browser does not load before the page says so
/// (`web/src/lazy/styles.rs`).
const DISABLED: &str = " id=part-styles disabled";

/// Puts two style sheets in the place of those that the built page links to, in their order.
pub(crate) fn join(page: &Path) -> io::Result<()> {
    let index = page.join("index.html");
    let (mut html, names) = without_styles(&fs::read_to_string(&index)?);
    let (parts, first) = names.iter().partition(|name| Path::new(name).starts_with(PARTS));
    for (kind, names, marks) in [("page", first, ""), (PARTS, parts, DISABLED)] {
        if let Some(name) = join_some(page, kind, names)? {
            let link = format!("<link href=/{name} rel=stylesheet{marks}></head>");
            html = html.replacen("</head>", &link, 1);
        }
    }
    fs::write(index, html)?;
    match fs::remove_dir(page.join(PARTS)) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// Makes one style sheet of these files, and returns its name, which begins with `kind`.
fn join_some(page: &Path, kind: &str, names: Vec<&String>) -> io::Result<Option<String>> {
    let mut all = String::new();
    for name in names {
        all += &fs::read_to_string(page.join(name))?;
        fs::remove_file(page.join(name))?;
    }
    if all.is_empty() {
        return Ok(None);
    }
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    let name = format!("{kind}-{:016x}.css", hasher.finish());
    fs::write(page.join(&name), all)?;
    Ok(Some(name))
}

/// A page without its links to style sheets, and the files that they name.
fn without_styles(html: &str) -> (String, Vec<String>) {
    let (mut rest, mut names) = (String::new(), Vec::new());
    for (at, piece) in html.split("<link ").enumerate() {
        let (tag, after) = piece.split_once('>').unwrap_or((piece, ""));
        let href = tag.split_once("href=").map_or("", |(_, it)| it);
        let name = href.trim_start_matches(['"', '/']).split(['"', ' ']).next().unwrap_or_default();
        match at {
            0 => rest += piece,
            _ if tag.contains("stylesheet") && !name.is_empty() => {
                names.push(name.to_owned());
                rest += after;
            }
            _ => rest = rest + "<link " + piece,
        }
    }
    (rest, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_style_sheets_are_taken_out_and_all_else_stays() {
        let html = "<head><link href=/a.svg rel=icon><link href=/a-1.css rel=stylesheet>\
                    <script>1 > 0</script><link rel=\"stylesheet\" href=\"/b-2.css\"></head>";
        let rest = "<head><link href=/a.svg rel=icon><script>1 > 0</script></head>";
        let names = ["a-1.css", "b-2.css"].map(String::from).to_vec();
        assert_eq!(without_styles(html), (rest.to_owned(), names));
    }

    #[test]
    fn the_two_style_sheets_hold_all_in_their_order_and_the_parts_wait() {
        let page = std::env::temp_dir().join(format!("xtask-styles-{}", std::process::id()));
        fs::create_dir_all(page.join(PARTS)).unwrap();
        let files = ["b", "parts/d", "a", "parts/c"];
        let links = files.map(|name| format!("<link href=/{name}.css rel=stylesheet>")).concat();
        fs::write(page.join("index.html"), format!("<head>{links}</head>")).unwrap();
        for name in files {
            fs::write(page.join(name).with_extension("css"), format!("{name}{{}}")).unwrap();
        }
        join(&page).unwrap();
        let html = fs::read_to_string(page.join("index.html")).unwrap();
        let (_, names) = without_styles(&html);
        let sheets: Vec<_> =
            names.iter().map(|name| fs::read_to_string(page.join(name)).unwrap()).collect();
        assert_eq!(sheets, ["b{}a{}", "parts/d{}parts/c{}"]);
        assert!(html.find(DISABLED) > html.find(&names[1]));
        assert_eq!(fs::read_dir(&page).unwrap().count(), 3, "all else is gone");
        fs::remove_dir_all(page).unwrap();
    }
}
