//! What a person calls a device, from what its browser calls itself. Pure.

/// In the order in which they are looked for: browsers name others that they resemble.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    // An iPad says that it is a Mac.
    ("Macintosh", "Mac / iPad"),
    ("Linux", "Linux"),
];
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Such as `Android・Chrome`; nothing where neither is known.
pub fn called(agent: &str, dot: &str) -> Option<String> {
    let known =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    match (known(&SYSTEMS), known(&BROWSERS)) {
        (Some(system), Some(browser)) => Some(format!("{system}{dot}{browser}")),
        (one, other) => one.or(other).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_of_a_shop_are_told_apart() {
        let says = |agent: &str| called(agent, "・");
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1";
        let chrome =
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/145.0.0.0 Safari/537.36 Edg/145.0.0.0";
        assert_eq!(says(safari).as_deref(), Some("iPhone・Safari"));
        assert_eq!(says(chrome).as_deref(), Some("Android・Chrome"));
        assert_eq!(says(edge).as_deref(), Some("Windows・Edge"));
        assert_eq!(says("curl/8.0"), None);
    }
}
