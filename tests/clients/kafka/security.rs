//! TLS and SASL against a real broker: who may come in, and why the others may not.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::support::{Bed, Kafkaefd, on_bed};

/// A call at the listener `key`, with `properties` of librdkafka in the user's own settings file.
fn at(bed: &Bed, key: &str, properties: &str) -> Kafkaefd {
    let address = bed.get(key);
    let text = format!(
        "profile = 'bed'\n[profiles.bed]\nbroker = '{address}'\n[profiles.bed.kafka]\n{properties}"
    );
    bed.kafkaefd().file("kafkaefd/kafkaefd.toml", &text)
}

fn brokers(bed: &Bed, key: &str, properties: &str) -> Kafkaefd {
    at(bed, key, properties).args(["admin", "brokers", "--timeout", "100"])
}

fn let_in(bed: &Bed, key: &str, properties: &str) {
    let output = brokers(bed, key, properties).success();
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(stdout.starts_with("broker  address"), "{stdout}");
}

/// Why it is refused, which is said before the time is up.
fn refused(bed: &Bed, key: &str, properties: &str) -> String {
    let began = std::time::Instant::now();
    let output = brokers(bed, key, properties).code(1);
    assert!(began.elapsed().as_secs() < 90, "it waited for its timeout");
    let stderr = String::from_utf8(output.stderr).unwrap();
    let start = format!("error: cannot list brokers of {}: ", bed.get(key));
    let reason = stderr.lines().find_map(|line| line.strip_prefix(&start));
    reason.unwrap_or_else(|| panic!("{stderr}")).to_owned()
}

fn tls(ca: &str) -> String {
    format!("security.protocol = 'SSL'\nssl.ca.location = '{ca}'\n")
}

fn sasl(bed: &Bed, mechanism: &str, user: &str, password: &str) -> String {
    let ca = bed.get("CA");
    format!(
        "security.protocol = 'SASL_SSL'\nssl.ca.location = '{ca}'\n\
         sasl.mechanism = '{mechanism}'\nsasl.username = '{user}'\nsasl.password = '{password}'\n"
    )
}

/// An unsigned JSON Web Token (RFC 7519, section 6) of `user` that ends in `seconds`.
fn token(user: &str, seconds: i64) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let (now, end) = (now.as_secs() as i64 - 3600, now.as_secs() as i64 + seconds);
    let part = |json: &str| BASE64_URL_SAFE_NO_PAD.encode(json);
    let claims = format!(r#"{{"sub":"{user}","iat":{now},"exp":{end}}}"#);
    format!("{}.{}.", part(r#"{"alg":"none"}"#), part(&claims))
}

fn oauth(bed: &Bed, token: &str) -> String {
    let ca = bed.get("CA");
    format!(
        "security.protocol = 'SASL_SSL'\nssl.ca.location = '{ca}'\n\
         sasl.mechanism = 'OAUTHBEARER'\nsasl.oauthbearer.{token}\n"
    )
}

on_bed! {
    fn the_right_authority_is_trusted(bed: &Bed) {
        let_in(bed, "KAFKA_SSL", &tls(bed.get("CA")));
    }

    fn another_authority_is_not(bed: &Bed) {
        assert_eq!(refused(bed, "KAFKA_SSL", &tls(bed.get("OTHER_CA"))), "its certificate is not trusted: unable to get local issuer certificate");
    }

    fn a_certificate_of_another_host_is_not(bed: &Bed) {
        assert_eq!(refused(bed, "KAFKA_SSL_WRONG_HOST", &tls(bed.get("CA"))), "its certificate is not trusted: IP address mismatch");
    }

    fn tls_at_a_plain_port_says_so(bed: &Bed) {
        assert_eq!(refused(bed, "KAFKA", &tls(bed.get("CA"))), "no TLS is spoken there: it is a plaintext listener, or no broker");
    }

    fn no_tls_at_a_tls_port_says_so(bed: &Bed) {
        assert_eq!(refused(bed, "KAFKA_SSL", ""), "the broker hangs up at once: it may want TLS (security.protocol)");
    }

    fn a_broker_may_ask_for_our_certificate(bed: &Bed) {
        let (cert, key) = (bed.get("CLIENT_CERT"), bed.get("CLIENT_KEY"));
        let ours = format!("ssl.certificate.location = '{cert}'\nssl.key.location = '{key}'\n");
        let_in(bed, "KAFKA_SSL_CLIENT", &(tls(bed.get("CA")) + ours.as_str()));
        assert_eq!(refused(bed, "KAFKA_SSL_CLIENT", &tls(bed.get("CA"))), "the broker wants another certificate of ours (TLS alert: bad certificate)");
    }

    fn passwords_let_in_by_every_mechanism(bed: &Bed) {
        for mechanism in ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] {
            let (user, password) = (bed.get("ADMIN_USER"), bed.get("ADMIN_PASSWORD"));
            let_in(bed, "KAFKA_SASL_SSL", &sasl(bed, mechanism, user, password));
        }
    }

    fn a_wrong_password_is_refused(bed: &Bed) {
        for mechanism in ["PLAIN", "SCRAM-SHA-512"] {
            let properties = sasl(bed, mechanism, bed.get("ADMIN_USER"), "wrong");
            let reason = refused(bed, "KAFKA_SASL_SSL", &properties);
            assert!(reason.starts_with("authentication failed"), "{reason}");
            assert!(reason.to_lowercase().contains("invalid "), "{reason}");
        }
    }

    fn sasl_at_a_port_without_it_says_so(bed: &Bed) {
        let (user, password) = (bed.get("ADMIN_USER"), bed.get("ADMIN_PASSWORD"));
        let properties = sasl(bed, "SCRAM-SHA-512", user, password);
        assert_eq!(refused(bed, "KAFKA_SSL", &properties), "no SASL is spoken there");
    }

    fn a_token_lets_in_from_a_file_and_from_a_program(bed: &Bed) {
        let text = token("admin", 600);
        let_in(bed, "KAFKA_SASL_SSL", &oauth(bed, &format!("token_command = ['echo', '{text}']")));
        brokers(bed, "KAFKA_SASL_SSL", &oauth(bed, "token_file = 'token'"))
            .file("kafkaefd/token", &text)
            .success();
    }

    fn a_token_that_has_expired_is_refused(bed: &Bed) {
        let text = token("admin", -60);
        assert_eq!(refused(bed, "KAFKA_SASL_SSL", &oauth(bed, &format!("token = '{text}'"))), "failed to acquire SASL OAUTHBEARER token: the token has expired: get a new one");
    }

    fn a_program_without_a_token_is_named(bed: &Bed) {
        assert_eq!(refused(bed, "KAFKA_SASL_SSL", &oauth(bed, "token_command = ['false']")), "failed to acquire SASL OAUTHBEARER token: cannot read `kafka.sasl.oauthbearer.token_command` of profile `bed`: false failed: exit status: 1");
    }

    fn a_user_without_rights_is_told(bed: &Bed) {
        let (user, password) = (bed.get("SCIENTIST_USER"), bed.get("SCIENTIST_PASSWORD"));
        let output = at(bed, "KAFKA_SASL_SSL", &sasl(bed, "SCRAM-SHA-512", user, password))
            .args(["admin", "topics", "create", "denied-######"])
            .code(1);
        let stderr = String::from_utf8(output.stderr).unwrap();
        let reason = "cannot create topic `######`: not authorised for the topic\n";
        assert!(stderr.contains(&reason.replace("######", &bed.name("denied"))), "{stderr}");
        assert!(stderr.ends_with("\nhelp: ask for an ACL for your user, or use another profile\n"));
    }

    /// Each kind of client asks for a token of its own.
    fn a_token_is_enough_for_everything(bed: &Bed) {
        let script = r#"
            for topic in ["token-######", "token-######-out"] { kafka::create_topic(topic); }
            kafka::producer().deliver("token-######", "in");
            let options = #{ group: "token-######", to: "end" };
            print(kafka::consumer("token-######", options).read_all().map(|r| r.value));
            stream::from(["token-######"], #{ group: "pipe-######", to: "end" })
                .to("token-######-out").run();
            print(kafka::offsets("token-######-out")[0].records);
        "#;
        at(bed, "KAFKA_SASL_SSL", &oauth(bed, &format!("token = '{}'", token("admin", 600))))
            .file("all.rhai", script)
            .args(["run", "all.rhai"])
            .stdout("[\"in\"]\n1\n")
            .success();
    }
}
