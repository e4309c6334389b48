//! The web build is embedded in release: a new one must be noticed.

fn main() {
    println!("cargo:rerun-if-changed=../../dist");
}
