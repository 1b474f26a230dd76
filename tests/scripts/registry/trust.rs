//! A registry that wants to know who asks, and one behind TLS.

use crate::support::{Bed, Kafkaefd, on_bed};

/// A call against `url` with `lines` under `[profiles.bed.registry_http]`.
fn trusting(bed: &Bed, url: &str, lines: &str, args: &[&str]) -> Kafkaefd {
    let file = format!(
        "profile = \"bed\"\n\n[profiles.bed]\nregistry = \"{url}\"\n\n\
         [profiles.bed.registry_http]\n{lines}\n"
    );
    bed.kafkaefd()
        .file("kafkaefd.toml", &file)
        .file("text.json", "\"string\"")
        .args([&["registry"], args].concat())
}

/// Uploads and lists with `lines`.
fn works(bed: &Bed, url: &str, lines: &str) {
    trusting(bed, url, lines, &["upload", "dome-######", "text.json"]).stderr("").success();
    trusting(bed, url, lines, &["list", "-f", "dome-######"])
        .stdout("subject\ndome-######\n")
        .stderr("")
        .success();
}

/// What is said with `lines`, without the address.
fn refused(bed: &Bed, url: &str, lines: &str) -> String {
    let output = trusting(bed, url, lines, &["list"]).stdout("").code(1);
    String::from_utf8(output.stderr).unwrap().replace(url, "URL")
}

const WHO: &str = "error: cannot list subjects of URL: the registry asks for credentials (status 401)\n\
    help: give credentials that may do this under [profiles.NAME.registry_http] in kafkaefd.toml\n";

on_bed! {
    fn user_and_password_open_the_door(bed: &Bed) {
        let url = bed.get("FRANZ_AUTH");
        let (user, password) = (bed.get("FRANZ_USER"), bed.get("FRANZ_PASSWORD"));
        works(bed, url, &format!("user = \"{user}\"\npassword = \"{password}\""));
        assert_eq!(refused(bed, url, &format!("user = \"{user}\"\npassword = \"guess\"")), WHO);
        assert_eq!(refused(bed, url, ""), WHO);
    }

    fn a_token_opens_the_door(bed: &Bed) {
        let url = bed.get("FRANZ_AUTH");
        works(bed, url, &format!("token = \"{}\"", bed.get("FRANZ_TOKEN")));
        assert_eq!(refused(bed, url, "token = \"guess\""), WHO);
    }

    fn only_the_right_authority_is_trusted(bed: &Bed) {
        let url = bed.get("FRANZ_TLS");
        works(bed, url, &format!("ca = \"{}\"", bed.get("CA")));
        let words = "error: cannot list subjects of URL: its certificate is not trusted: ";
        for lines in [format!("ca = \"{}\"", bed.get("OTHER_CA")), String::new()] {
            let said = refused(bed, url, &lines);
            assert!(said.starts_with(words), "{said}");
        }
    }
}
