//! `docs/reference` is what the program prints.

use crate::support::Kafkaefd;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/reference");

#[test]
fn the_reference_is_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().display().to_string();
    Kafkaefd::new().args(["doc", "--write", &path]).success();
    let read = |folder: &str| {
        let mut pages: Vec<(String, String)> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
            .map(|(name, path)| (name, std::fs::read_to_string(path).unwrap()))
            .collect();
        pages.sort();
        pages
    };
    let (printed, kept) = (read(&path), read(FOLDER));
    let names =
        |pages: &[(String, String)]| pages.iter().map(|(n, _)| n.clone()).collect::<Vec<_>>();
    assert_eq!(names(&kept), names(&printed));
    for ((name, kept), (_, printed)) in kept.iter().zip(&printed) {
        assert!(kept == printed, "{name} is old: run `kafkaefd doc --write docs/reference`");
    }
}
