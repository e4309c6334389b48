//! How much memory a process holds, as Linux tells it.

use std::fs;

/// In megabytes of a million bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// What it holds now.
    pub now: f64,
    /// The most that it ever held.
    pub most: f64,
}

impl Memory {
    /// Of a process that runs; nothing of one that has ended.
    pub fn of(process: u32) -> Option<Self> {
        read(&fs::read_to_string(format!("/proc/{process}/status")).ok()?)
    }
}

fn read(status: &str) -> Option<Memory> {
    let megabytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kibibytes * 1.024e-3)
    };
    Some(Memory { now: megabytes("VmRSS:")?, most: megabytes("VmHWM:")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_s_words_are_read_in_megabytes() {
        let status = "Name:\tnoren\nVmHWM:\t  250000 kB\nVmRSS:\t  125000 kB\n";
        assert_eq!(read(status), Some(Memory { now: 128.0, most: 256.0 }));
        assert_eq!(read("Name:\tgone\n"), None);
    }
}
