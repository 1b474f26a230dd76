//! `admin users`.

use super::acls::scientist;
use crate::support::{Bed, Kafkaefd, Stack, on_bed};

fn users(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack.kafkaefd().args([&["admin", "users"], args].concat())
}

/// A call with a user's name and password for SCRAM.
fn log_in(bed: &Bed, user: &str, password: &str) -> Kafkaefd {
    let settings = format!(
        "[profiles.p]\nbroker = \"{}\"\n[profiles.p.kafka]\n\
         \"security.protocol\" = \"SASL_PLAINTEXT\"\n\"sasl.mechanism\" = \"SCRAM-SHA-256\"\n\
         \"sasl.username\" = \"{user}\"\n\"sasl.password\" = \"{password}\"\n",
        bed.get("KAFKA_SASL_PLAINTEXT"),
    );
    let call = Kafkaefd::new().file("kafkaefd.toml", &settings);
    call.args(["--profile", "p", "admin", "groups", "list", "-f", "none", "--timeout", "120"])
}

on_bed! {
    fn users_are_created_listed_and_deleted(bed: &Bed) {
        let stack = bed.stack();
        let made = |result: &str| {
            format!(
                "user        mechanism      iterations  result\n\
                 ann-######  SCRAM-SHA-512        8192  {result}\n"
            )
        };
        let create = ["create", "ann-######"];
        let secret = |call: Kafkaefd| call.env("KAFKAEFD_USER_PASSWORD", "first");
        secret(users(&stack, &create)).stdout(&made("created")).stderr("").success();
        secret(users(&stack, &create)).stdout(&made("changed")).stderr("").success();
        let other = ["--mechanism", "SCRAM-SHA-256", "--iterations", "4096", "--output", "json"];
        let file = ["--password-file", "password"];
        secret(users(&stack, &[&create[..], &other, &file].concat()))
            .file("password", "second\n")
            .stdout(
                "[\n  {\n    \"user\": \"ann-######\",\n    \"mechanism\": \"SCRAM-SHA-256\",\n    \
                 \"iterations\": 4096,\n    \"result\": \"created\"\n  }\n]\n",
            )
            .stderr("")
            .success();
        users(&stack, &["list", "-f", "ann-######"])
            .stdout(
                "user        mechanism      iterations\n\
                 ann-######  SCRAM-SHA-256        4096\n\
                 ann-######  SCRAM-SHA-512        8192\n",
            )
            .stderr("")
            .success();
        let user = stack.name("ann");
        // The file goes before the environment.
        log_in(bed, &user, "second").stdout("no groups in profile p\n").success();
        let output = log_in(bed, &user, "first").stdout("").code(1);
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains("invalid credentials"), "{text}");
        users(&stack, &["delete", "ann-######", "--yes"])
            .stdout(
                "user        mechanism                     result\n\
                 ann-######  SCRAM-SHA-256, SCRAM-SHA-512  deleted\n",
            )
            .stderr("")
            .success();
        users(&stack, &["list", "-f", "ann-######"]).stdout("no users in profile custom\n").success();
    }

    fn a_missing_user_or_password_is_told(bed: &Bed) {
        let stack = bed.stack();
        let refused = |args: &[&str], message: &str, code: i32| {
            let output = users(&stack, args).code(code);
            let text = String::from_utf8(output.stderr).unwrap();
            assert_eq!(text.lines().next().unwrap(), stack.tagged(message));
        };
        refused(
            &["delete", "nobody-######", "--yes"],
            "error: cannot delete the SCRAM-SHA-512 password of user `nobody-######`: there is no \
             such user",
            1,
        );
        refused(
            &["create", "nobody-######"],
            "error: cannot set the password of user nobody-######: none is given",
            2,
        );
        refused(
            &["create", "nobody-######", "--password-file", "missing"],
            "error: cannot set the password of user `nobody-######` from `missing`: No such file \
             or directory (os error 2)",
            1,
        );
        refused(
            &["create", "nobody-######", "--password", "x", "--iterations", "1"],
            "error: cannot set the SCRAM-SHA-512 password of user `nobody-######`: 1 iterations",
            2,
        );
        refused(
            &["delete", "nobody-######"],
            "error: cannot ask `Delete nobody-######?`: there is no terminal",
            2,
        );
    }

    /// What is made here Kafka's own tool finds, and the reverse.
    fn kafkas_tool_agrees(bed: &Bed) {
        let stack = bed.stack();
        let create = ["create", "eve-######", "--password", "dome", "--iterations", "5000"];
        users(&stack, &create).success();
        let user = stack.name("eve");
        let tool = ["kafka.admin.ConfigCommand", "--bootstrap-server", stack.broker()];
        let named = ["--entity-type", "users", "--entity-name", &user];
        let base = [&tool[..], &named].concat();
        let told = bed.tool(&[&base[..], &["--describe"]].concat());
        assert!(told.contains("SCRAM-SHA-512=iterations=5000"), "{told}");
        let change = ["--alter", "--add-config", "SCRAM-SHA-256=[iterations=6000,password=x]"];
        bed.tool(&[&base[..], &change].concat());
        users(&stack, &["list", "-f", "eve-######"])
            .stdout(
                "user        mechanism      iterations\n\
                 eve-######  SCRAM-SHA-256        6000\n\
                 eve-######  SCRAM-SHA-512        5000\n",
            )
            .success();
        users(&stack, &["delete", "eve-######", "--mechanism", "SCRAM-SHA-512", "--yes"]).success();
        let told = bed.tool(&[&base[..], &["--describe"]].concat());
        assert!(told.contains("SCRAM-SHA-256=") && !told.contains("SCRAM-SHA-512="), "{told}");
        users(&stack, &["delete", "eve-######", "--yes"]).success();
    }

    fn who_may_not_see_them_is_told_so(bed: &Bed) {
        scientist(bed)
            .args(["admin", "users", "list", "--profile", "scientist"])
            .stdout("")
            .stderr(&format!(
                "error: cannot list users of {}: not authorised for the cluster\n\
                 help: ask for an ACL for your user, or use another profile\n",
                bed.get("KAFKA_SASL_PLAINTEXT"),
            ))
            .code(1);
    }
}

#[test]
fn the_embedded_broker_has_none() {
    let stack = Stack::new();
    users(&stack, &["list"])
        .stdout("")
        .stderr(&format!(
            "error: cannot list users of {}: the embedded broker has no SCRAM users\n\
             help: use a real cluster: --profile local, or --broker HOST:PORT\n",
            stack.broker(),
        ))
        .code(1);
    stack
        .script("kafka::set_user(\"ann\", #{ password: \"x\" })")
        .stdout("")
        .stderr(
            "error: cannot set the SCRAM-SHA-512 password of user `ann`: the embedded broker has \
             no SCRAM users\n --> t.rhai:1:8\n  |\n1 | kafka::set_user(\"ann\", #{ password: \"x\" \
             })\n  |        ^\nhelp: use a real cluster: --profile local, or --broker HOST:PORT\n",
        )
        .code(1);
}
