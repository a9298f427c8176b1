//! The page's style sheets as one: together they travel in a quarter less than apart.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::{fs, io, path::Path};

/// Puts one style sheet in the place of those that the built page links to, in their order.
pub(crate) fn join(page: &Path) -> io::Result<()> {
    let index = page.join("index.html");
    let (rest, names) = without_styles(&fs::read_to_string(&index)?);
    let mut all = String::new();
    for name in &names {
        all += &fs::read_to_string(page.join(name))?;
        fs::remove_file(page.join(name))?;
    }
    if all.is_empty() {
        return Ok(());
    }
    let mut hasher = DefaultHasher::new();
    all.hash(&mut hasher);
    let name = format!("page-{:016x}.css", hasher.finish());
    fs::write(page.join(&name), all)?;
    fs::write(
        index,
        rest.replacen("</head>", &format!("<link href=/{name} rel=stylesheet></head>"), 1),
    )
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
    fn the_one_style_sheet_holds_all_in_their_order() {
        let page = std::env::temp_dir().join(format!("xtask-styles-{}", std::process::id()));
        fs::create_dir_all(&page).unwrap();
        let links = "<link href=/b.css rel=stylesheet><link href=/a.css rel=stylesheet>";
        fs::write(page.join("index.html"), format!("<head>{links}</head>")).unwrap();
        fs::write(page.join("a.css"), "a{}").unwrap();
        fs::write(page.join("b.css"), "b{}").unwrap();
        join(&page).unwrap();
        let (_, names) = without_styles(&fs::read_to_string(page.join("index.html")).unwrap());
        let all = fs::read_to_string(page.join(&names[0])).unwrap();
        assert_eq!((names.len(), all.as_str(), page.join("a.css").exists()), (1, "b{}a{}", false));
        fs::remove_dir_all(page).unwrap();
    }
}
