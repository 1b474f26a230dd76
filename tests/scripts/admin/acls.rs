//! `admin acls`.

use crate::support::{Bed, Kafkaefd, Stack, on_bed};

fn acls(stack: &Stack, args: &[&str]) -> Kafkaefd {
    stack.kafkaefd().args([&["admin", "acls"], args].concat())
}

on_bed! {
    fn acls_are_created_listed_and_deleted(bed: &Bed) {
        let stack = bed.stack();
        let on_dome = ["--principal", "ann-######", "--topic", "dome-######"];
        let create = [&["create", "--operation", "read", "--operation", "describe"], &on_dome[..]];
        let table = |result: &str| {
            format!(
                "resource  name         pattern  principal        host  operation  permission  \
                 result\n\
                 topic     dome-######  literal  User:ann-######  *     read       allow       \
                 {result}\n\
                 topic     dome-######  literal  User:ann-######  *     describe   allow       \
                 {result}\n"
            )
        };
        let dry = [&create.concat()[..], &["-n"]].concat();
        acls(&stack, &dry).stdout(&table("would be created")).stderr("").success();
        acls(&stack, &create.concat()).stdout(&table("created")).stderr("").success();
        acls(&stack, &create.concat()).stdout(&table("exists")).stderr("").success();
        acls(&stack, &["list", "--principal", "ann-######"])
            .stdout(
                "resource  name         pattern  principal        host  operation  permission\n\
                 topic     dome-######  literal  User:ann-######  *     describe   allow\n\
                 topic     dome-######  literal  User:ann-######  *     read       allow\n",
            )
            .stderr("")
            .success();
        let one = [&["delete"], &on_dome[..], &["--operation", "read", "--output", "json"]].concat();
        let json = |result: &str| {
            format!(
                "[\n  {{\n    \"resource\": \"topic\",\n    \"name\": \"dome-######\",\n    \
                 \"pattern\": \"literal\",\n    \"principal\": \"User:ann-######\",\n    \
                 \"host\": \"*\",\n    \"operation\": \"read\",\n    \"permission\": \"allow\",\n    \
                 \"result\": \"{result}\"\n  }}\n]\n"
            )
        };
        let dry = [&one[..], &["--dry-run"]].concat();
        acls(&stack, &dry).stdout(&json("would be deleted")).stderr("").success();
        let one = [&one[..], &["--yes"]].concat();
        acls(&stack, &one).stdout(&json("deleted")).stderr("").success();
        acls(&stack, &["delete", "--principal", "ann-######", "--yes"]).success();
        acls(&stack, &["list", "--principal", "ann-######"])
            .stdout("no ACLs in profile custom\n")
            .stderr("")
            .success();
    }

    fn a_prefix_concerns_all_names_that_begin_so(bed: &Bed) {
        let stack = bed.stack();
        let create = ["create", "--principal", "bob-######", "--operation", "write"];
        let prefixed = [&create[..], &["--topic", "mount-######", "--prefixed"]].concat();
        acls(&stack, &prefixed).success();
        let deny = ["--permission", "deny", "--host", "10.0.0.1", "--group", "g-######"];
        acls(&stack, &[&["create", "--principal", "bob-######", "--operation", "Read"], &deny[..]]
            .concat())
        .success();
        let list = ["list", "--principal", "bob-######"];
        let named = [&list[..], &["--topic", "mount-######-az"]].concat();
        acls(&stack, &named).stdout("no ACLs in profile custom\n").success();
        acls(&stack, &[&named[..], &["--affecting"]].concat())
            .stdout(
                "resource  name          pattern   principal        host  operation  permission\n\
                 topic     mount-######  prefixed  User:bob-######  *     write      allow\n",
            )
            .success();
        acls(&stack, &[&list[..], &["--permission", "deny"]].concat())
            .stdout(
                "resource  name      pattern  principal        host      operation  permission\n\
                 group     g-######  literal  User:bob-######  10.0.0.1  read       deny\n",
            )
            .success();
        acls(&stack, &["delete", "--principal", "bob-######", "--yes"]).success();
    }

    /// What is created here Kafka's own tool finds, and the reverse.
    fn kafkas_tool_agrees(bed: &Bed) {
        let stack = bed.stack();
        let create = ["create", "--principal", "eve-######", "--operation", "describe-configs"];
        acls(&stack, &[&create[..], &["--topic", "orders-######"]].concat()).success();
        let tool = "org.apache.kafka.tools.AclCommand";
        let base = [tool, "--bootstrap-server", stack.broker()];
        let (topic, user) = (stack.name("orders"), format!("User:{}", stack.name("eve")));
        let told = bed.tool(&[&base[..], &["--list", "--topic", &topic]].concat());
        let rule = format!(
            "(principal={user}, host=*, operation=DESCRIBE_CONFIGS, permissionType=ALLOW)"
        );
        assert!(told.contains(&rule), "{told}");
        let add = ["--add", "--deny-principal", &user, "--operation", "Alter", "--cluster"];
        bed.tool(&[&base[..], &add].concat());
        acls(&stack, &["list", "--principal", "eve-######", "--cluster"])
            .stdout(
                "resource  name           pattern  principal        host  operation  permission\n\
                 cluster   kafka-cluster  literal  User:eve-######  *     alter      deny\n",
            )
            .success();
        acls(&stack, &["delete", "--principal", "eve-######", "--yes"]).success();
        let told = bed.tool(&[&base[..], &["--list", "--principal", &user]].concat());
        assert!(!told.contains("operation="), "{told}");
    }

    /// librdkafka answers with an empty list here, which would be a lie.
    fn who_may_not_see_them_is_told_so(bed: &Bed) {
        let refused = |words: &[&str], attempt: &str| {
            let args = [&["admin", "acls"], words, &["--profile", "scientist"]].concat();
            let output = scientist(bed).args(args).code(1);
            let text = String::from_utf8(output.stderr).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(lines[0], format!("error: cannot {attempt}: not authorised for the cluster"));
            let help = "help: ask for an ACL for your user, or use another profile";
            assert_eq!(lines[lines.len() - 1], help);
        };
        let list = format!("list ACLs of {}", bed.get("KAFKA_SASL_PLAINTEXT"));
        refused(&["list"], &list);
        refused(&["delete", "--principal", "ann", "--yes"], &list);
        refused(
            &["create", "--principal", "ann", "--operation", "read", "--topic", "dome"],
            "create the ACL: allow User:ann to read topic `dome`",
        );
    }
}

/// A call of a user who may do nothing with the cluster.
pub fn scientist(bed: &Bed) -> Kafkaefd {
    let settings = format!(
        "[profiles.scientist]\nbroker = \"{}\"\n[profiles.scientist.kafka]\n\
         \"security.protocol\" = \"SASL_PLAINTEXT\"\n\"sasl.mechanism\" = \"SCRAM-SHA-512\"\n\
         \"sasl.username\" = \"{}\"\n\"sasl.password\" = \"{}\"\n",
        bed.get("KAFKA_SASL_PLAINTEXT"),
        bed.get("SCIENTIST_USER"),
        bed.get("SCIENTIST_PASSWORD"),
    );
    Kafkaefd::new().file("kafkaefd.toml", &settings)
}

#[test]
fn the_embedded_broker_has_none() {
    let stack = Stack::new();
    let refused = |args: &[&str], attempt: &str| {
        acls(&stack, args)
            .stdout("")
            .stderr(&format!(
                "error: cannot {attempt}: the embedded broker has no ACLs\n\
                 help: use a real cluster: --profile local, or --broker HOST:PORT\n"
            ))
            .code(1);
    };
    let list = format!("list ACLs of {}", stack.broker());
    refused(&["list"], &list);
    refused(&["delete", "--principal", "ann", "--yes"], &list);
    refused(
        &["create", "--principal", "ann", "--operation", "all", "--cluster"],
        "create the ACL: allow User:ann to all cluster `kafka-cluster`",
    );
}

#[test]
fn a_mistyped_or_missing_word_is_named() {
    let stack = Stack::new();
    let refused = |args: &[&str], message: &str, help: &str| {
        let output = acls(&stack, args).stdout("").code(2);
        let text = String::from_utf8(output.stderr).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines[0], lines[lines.len() - 1]), (message, help));
    };
    refused(
        &["list", "--operation", "reed"],
        "error: cannot read an ACL: `reed` is no operation",
        "help: did you mean `read`?",
    );
    refused(
        &["list", "--topic", "dome", "--cluster"],
        "error: cannot look for ACLs of several resources at once",
        "help: give one of --topic, --group, --transactional-id and --cluster",
    );
    refused(
        &["create", "--principal", "ann", "--operation", "read"],
        "error: cannot create an ACL: no resource is given",
        "help: give --topic, --group, --transactional-id or --cluster",
    );
    refused(
        &["delete", "--yes"],
        "error: cannot delete ACLs: no option says which",
        "help: give --principal, --topic, …; see them with: kafkaefd admin acls list",
    );
}
