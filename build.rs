//! Rebuilds when a file is added to the folders that are bundled into the binary.

fn main() {
    println!("cargo:rerun-if-changed=scripts");
    println!("cargo:rerun-if-changed=stdlib");
}
