use super::super::api::Api;
use super::levels;
use crate::support::on_bed;

on_bed! {
    fn answers_alike_at_each_level(bed: &Bed) {
        let api = Api::at(bed.get("APICURIO"));
        let wrong = levels::differences(&api, &bed.name("pair"), |pair| {
            let backward = pair.apicurio.backward.as_ref().unwrap_or(&pair.backward);
            (backward, pair.apicurio.forward.as_ref().unwrap_or(&pair.forward))
        });
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
