//! Which system this is, as /etc/os-release says.

use std::fs;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Os {
    pub kind: Kind,
    /// `12` for Debian 12; zero where there is no number.
    pub major: u32,
    pub name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Debian,
    Ubuntu,
    Other,
}

impl Os {
    pub fn read() -> Self {
        Self::parse(&fs::read_to_string("/etc/os-release").unwrap_or_default())
    }

    fn parse(text: &str) -> Self {
        let field = |key: &str| {
            text.lines()
                .filter_map(|line| line.split_once('='))
                .find(|(name, _)| name.trim() == key)
                .map_or("", |(_, value)| value.trim().trim_matches(['"', '\'']))
        };
        let kind = match field("ID") {
            "debian" => Kind::Debian,
            "ubuntu" => Kind::Ubuntu,
            _ => Kind::Other,
        };
        let major = field("VERSION_ID").split('.').next().and_then(|major| major.parse().ok()).unwrap_or(0);
        let name = match field("PRETTY_NAME") {
            "" => "this system",
            name => name,
        };
        Self { kind, major, name: name.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_is_known_by_its_id() {
        let os = Os::parse("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n");
        assert_eq!(os, Os { kind: Kind::Debian, major: 12, name: "Debian GNU/Linux 12 (bookworm)".into() });
    }

    #[test]
    fn ubuntu_has_a_year_for_a_major() {
        let os = Os::parse("ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"24.04\"\n");
        assert_eq!((os.kind, os.major), (Kind::Ubuntu, 24));
    }

    #[test]
    fn a_missing_file_is_some_other_system() {
        assert_eq!(Os::parse(""), Os { kind: Kind::Other, major: 0, name: "this system".into() });
    }

    #[test]
    fn a_derivative_is_not_taken_for_debian() {
        assert_eq!(Os::parse("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n").kind, Kind::Other);
    }
}
