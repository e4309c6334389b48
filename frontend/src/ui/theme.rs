//! Light, dark, or as the device has it.

use crate::device;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Device,
    Light,
    Dark,
}

const KEPT_AS: &str = "noren.theme";

impl Theme {
    pub const ALL: [Self; 3] = [Self::Device, Self::Light, Self::Dark];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name).unwrap_or_default()
    }

    /// The choice of this device.
    pub fn kept() -> Self {
        device::kept(KEPT_AS).map_or(Self::Device, |name| Self::named(&name))
    }

    /// Shows the app in it and keeps the choice.
    pub fn choose(self) {
        device::keep(KEPT_AS, self.as_str());
        self.apply();
    }

    /// Shows the app in it.
    pub fn apply(self) {
        let forced = (self != Self::Device).then(|| self.as_str());
        device::set_root_attribute("data-theme", forced);
    }
}
