//! The style sheet: every file in the order the layers want, one after the other, without comments and without the
//! white space that means nothing.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The style sheets of the app, first to last.
pub fn files(frontend: &Path) -> Result<Vec<PathBuf>, Error> {
    let styles = frontend.join("styles");
    let mut files = vec![styles.join("tokens.css"), styles.join("base.css")];
    for room in ["ui", "shell", "pages"] {
        let mut found = Vec::new();
        collect(&frontend.join("src").join(room), &mut found)?;
        found.retain(|file| file.extension().is_some_and(|extension| extension == "css"));
        files.append(&mut found);
    }
    let print = styles.join("print.css");
    if print.is_file() {
        files.push(print);
    }
    Ok(files)
}

/// Every file below a folder, sorted; a folder that is not there is empty.
pub fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Result<(), Error> {
    if !folder.is_dir() {
        return Ok(());
    }
    let mut entries = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, _>>())
        .map_err(Error::file(folder))?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, into)?;
        } else {
            into.push(path);
        }
    }
    Ok(())
}

/// Removes comments and needless white space; touches nothing that could carry a meaning (strings, `url(…)`, the
/// spaces of selectors and of `calc`).
pub fn minified(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    let mut space = false;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_whitespace() {
            space = true;
            rest = &rest[1..];
            continue;
        }
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.find("*/").map_or("", |end| &comment[end + 2..]);
            // Between two tokens a comment separates without being a space, and must go on doing so.
            let glued = !space && !out.is_empty() && !out.ends_with(is_separator);
            if glued && rest.chars().next().is_some_and(|next| !next.is_ascii_whitespace() && !is_separator(next)) {
                out.push_str("/**/");
            }
            continue;
        }
        let length = token_length(rest, first);
        if space && !out.is_empty() && !out.ends_with([',', ';', '{', '}']) && !matches!(first, '{' | '}' | ';') {
            out.push(' ');
        }
        space = false;
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

fn is_separator(character: char) -> bool {
    matches!(character, '{' | '}' | ';' | ',')
}

/// How much of `rest` is to be copied as it stands.
fn token_length(rest: &str, first: char) -> usize {
    match first {
        '"' | '\'' => closed_by(rest, 1, first),
        '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        'u' | 'U' if rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url(")) => {
            let inside = rest[4..].trim_ascii_start();
            // A quoted address is a string like any other.
            if inside.starts_with(['"', '\'']) { 4 } else { closed_by(rest, 4, ')') }
        }
        _ => first.len_utf8(),
    }
}

/// The length up to and with the closing character, which a backslash hides.
fn closed_by(rest: &str, from: usize, close: char) -> usize {
    let mut hidden = false;
    for (at, character) in rest[from..].char_indices() {
        if hidden {
            hidden = false;
        } else if character == '\\' {
            hidden = true;
        } else if character == close {
            return from + at + close.len_utf8();
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_that_means_nothing_goes() {
        let cases = [
            (
                "@layer reset, tokens;\n\n@layer tokens {\n  :root {\n    --ink: #111;\n  }\n}\n",
                "@layer reset,tokens;@layer tokens{:root{--ink: #111;}}",
            ),
            ("a\n  b > c {\tcolor : red ; }", "a b > c{color : red;}"),
            ("p { margin: 0 auto; width: calc(100% - 2rem) }", "p{margin: 0 auto;width: calc(100% - 2rem)}"),
            ("@media (width < 40rem) and (hover) { a { b: c } }", "@media (width < 40rem) and (hover){a{b: c}}"),
            ("a :hover { b: c }", "a :hover{b: c}"),
            ("  \n", ""),
        ];
        for (source, expected) in cases {
            assert_eq!(minified(source), expected, "{source}");
        }
    }

    #[test]
    fn comments_go_and_still_separate() {
        let cases = [
            ("/* tokens */ a { /* ink */ color: red; /* end */ }", "a{color: red;}"),
            ("a/* no space */.b { c: d }", "a/**/.b{c: d}"),
            ("a /* one */ b{}", "a b{}"),
            ("a{b: 1px /* x */}", "a{b: 1px}"),
            ("a{} /* never closed", "a{}"),
        ];
        for (source, expected) in cases {
            assert_eq!(minified(source), expected, "{source}");
        }
    }

    #[test]
    fn strings_and_addresses_stay_as_they_are() {
        let cases = [
            ("a::before { content: \"  /* ; }  \\\"  \" }", "a::before{content: \"  /* ; }  \\\"  \"}"),
            ("a { content: '和  暦' }", "a{content: '和  暦'}"),
            ("a { b: url(/x/*.svg) ; }", "a{b: url(/x/*.svg);}"),
            ("a { b: url( \"a  b\" ) }", "a{b: url( \"a  b\" )}"),
            (".w-1\\/2 { c: d }", ".w-1\\/2{c: d}"),
        ];
        for (source, expected) in cases {
            assert_eq!(minified(source), expected, "{source}");
        }
    }
}
