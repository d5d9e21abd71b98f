//! Sees to it that there is a folder for the dashboard to be embedded from, also before the dashboard was built.

use std::{fs, path::Path};

fn main() {
    let dist = Path::new("frontend/dist");
    // In a read-only source tree that lacks the folder, embedding fails with a message of its own.
    let _ = fs::create_dir_all(dist);
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=build.rs");
}
