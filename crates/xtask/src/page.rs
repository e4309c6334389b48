//! The page that starts the app: `frontend/index.html` with the hashed addresses filled in, and the small script that
//! loads the WASM module, in a file of its own because the content security policy allows no inline script.

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the placeholder {{{{{0}}}}} is missing")]
    Absent(&'static str),
    #[error("the placeholder {{{{{0}}}}} is unknown")]
    Unknown(String),
}

/// The addresses of the app's files.
#[derive(Debug)]
pub struct Addresses {
    pub css: String,
    pub js: String,
    pub wasm: String,
    pub boot: String,
}

/// Fills the placeholders. Without `{{css}}` and `{{boot}}` there is no app, so they must be there; `{{js}}` and
/// `{{wasm}}` serve to load them early.
pub fn filled(template: &str, addresses: &Addresses) -> Result<String, Error> {
    let mut page = template.to_owned();
    let fields = [("css", &addresses.css), ("boot", &addresses.boot), ("js", &addresses.js), ("wasm", &addresses.wasm)];
    for (name, address) in fields {
        let placeholder = format!("{{{{{name}}}}}");
        if !page.contains(&placeholder) && matches!(name, "css" | "boot") {
            return Err(Error::Absent(name));
        }
        page = page.replace(&placeholder, address);
    }
    match page.split_once("{{").and_then(|(_, rest)| rest.split_once("}}")) {
        Some((unknown, _)) => Err(Error::Unknown(unknown.trim().to_owned())),
        None => Ok(page),
    }
}

/// A script with its placeholders filled; all of them must be there.
pub fn script(template: &str, fields: &[(&'static str, &str)]) -> Result<String, Error> {
    let mut script = template.to_owned();
    for (name, value) in fields {
        let placeholder = format!("{{{{{name}}}}}");
        if !script.contains(&placeholder) {
            return Err(Error::Absent(name));
        }
        script = script.replace(&placeholder, value);
    }
    Ok(script)
}

/// What the development build adds: the page loads itself again when another build is there.
pub fn reload_script(build_id: &str) -> String {
    format!(
        r#"setInterval(async () => {{
  try {{
    const reply = await fetch("/build-id.txt", {{ cache: "no-store" }});
    const id = (await reply.text()).trim();
    if (reply.ok && /^[0-9a-f]+$/.test(id) && id !== "{build_id}") location.reload();
  }} catch {{
    // The server is being restarted.
  }}
}}, 1000);
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses() -> Addresses {
        Addresses { css: "/a.css".into(), js: "/a.js".into(), wasm: "/a.wasm".into(), boot: "/boot.js".into() }
    }

    #[test]
    fn every_placeholder_becomes_its_address() {
        let page = filled("<link href={{css}}><link href={{js}}><script src={{boot}}>{{css}}", &addresses());
        assert_eq!(page, Ok("<link href=/a.css><link href=/a.js><script src=/boot.js>/a.css".to_owned()));
    }

    #[test]
    fn a_page_without_its_script_is_refused() {
        assert_eq!(filled("{{css}}", &addresses()), Err(Error::Absent("boot")));
        assert_eq!(Error::Absent("boot").to_string(), "the placeholder {{boot}} is missing");
    }

    #[test]
    fn an_unknown_placeholder_is_refused() {
        assert_eq!(filled("{{css}}{{boot}}{{ title }}", &addresses()), Err(Error::Unknown("title".into())));
    }

    #[test]
    fn a_script_gets_what_it_asks_for() {
        assert_eq!(script("import \"{{js}}\";", &[("js", "/a.js")]), Ok("import \"/a.js\";".to_owned()));
        assert_eq!(script("", &[("files", "[]")]), Err(Error::Absent("files")));
    }
}
