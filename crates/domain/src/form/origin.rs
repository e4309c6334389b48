//! The sites of a form.

/// The origin of a site as browsers write it: `https://www.dealer.example`, `http://localhost:3000`. What people paste from the
/// address bar is understood: capital letters, a path, the usual port.
///
/// # Errors
/// `origin.form` for what is no address of a site.
pub fn origin(typed: &str) -> Result<String, &'static str> {
    let typed = typed.trim().to_ascii_lowercase();
    let (scheme, rest) = typed.split_once("://").ok_or("origin.form")?;
    let usual = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return Err("origin.form"),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let authority = authority.strip_suffix(usual).unwrap_or(authority);
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|number| number.to_string() == port));
    let is_site = host.len() <= 253 && host.split('.').all(is_label) && is_port;
    if is_site { Ok(format!("{scheme}://{authority}")) } else { Err("origin.form") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_a_browser_calls_it() {
        for (typed, expected) in [
            ("https://www.dealer.example", "https://www.dealer.example"),
            (" HTTPS://WWW.Dealer.example/contact?x=1#top ", "https://www.dealer.example"),
            ("https://dealer.example:443/", "https://dealer.example"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("https://xn--eckwd4c7c.example", "https://xn--eckwd4c7c.example"),
        ] {
            assert_eq!(origin(typed).as_deref(), Ok(expected), "{typed}");
        }
        for wrong in [
            "",
            "*",
            "dealer.example",
            "ftp://dealer.example",
            "https://",
            "https://a b",
            "https://*.example",
            "https://a:99999",
            "https://a@b",
            "https://中古車.example",
        ] {
            assert_eq!(origin(wrong), Err("origin.form"), "{wrong}");
        }
    }
}
