//! The web build is embedded in release, where a new one must be noticed; in debug it is read from the folder, which must
//! be there when the path to it is compiled in.

fn main() -> std::io::Result<()> {
    std::fs::create_dir_all("../../dist")?;
    let embeds = std::env::var_os("PROFILE").is_some_and(|profile| profile == "release");
    println!("cargo:rerun-if-changed={}", if embeds { "../../dist" } else { "build.rs" });
    Ok(())
}
