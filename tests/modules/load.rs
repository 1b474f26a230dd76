//! `load`: what scripts see of made-up records.

use crate::support::Kafkaefd;

const DOME: &str = r#"
let dome = avro::parse(`{"type": "record", "name": "Dome", "fields": [
    {"name": "azimuth", "type": "double", "units": "deg"},
    {"name": "shutter", "type": ["null", "string"]},
    {"name": "motors", "type": {"type": "array", "items": "float", "sal_count": 3}}]}`);
"#;

fn prints(script: &str, stdout: &str) {
    Kafkaefd::new()
        .file("t.rhai", &format!("{DOME}{script}"))
        .args(["run", "t.rhai"])
        .stdout(stdout)
        .stderr("")
        .success();
}

#[test]
fn fields_have_what_was_chosen() {
    prints(
        r#"
        let made = load::generator(dome, #{ seed: 3, fields: #{
            azimuth: #{ sine: [-90, 90], period: 4 },
            shutter: ["open"],
            motors: #{ constant: [1, 2] },
        } });
        for second in 0..3 { print(made.next(second * 4_000).azimuth == made.next(second * 4_000).azimuth); }
        print(made.next().shutter + " " + made.next().motors);
        let walk = load::generator(dome, #{ fields: #{ azimuth: #{ walk: [0, 1], step: 0.5 } } });
        let last = walk.next().azimuth;
        let steps = 0;
        for record in 0..200 {
            let now = walk.next().azimuth;
            if now < 0 || now > 1 || (now - last).abs() > 0.5 { throw `${last} to ${now}`; }
            if now != last { steps += 1; }
            last = now;
        }
        print(steps > 190);
        "#,
        "true\ntrue\ntrue\nopen [1.0, 2.0]\ntrue\n",
    );
}

#[test]
fn equal_seeds_make_equal_records() {
    prints(
        r"
        let records = |seed| {
            let made = load::generator(dome, #{ seed: seed });
            [made.next(0), made.next(1000), avro::decode(dome, made.bytes())]
        };
        print(records.call(5) == records.call(5));
        print(records.call(5) == records.call(6));
        ",
        "true\nfalse\n",
    );
}

#[test]
fn what_cannot_be_made_is_refused_in_words() {
    prints(
        r#"
        for fields in [
            #{ azimut: 1 },
            #{ azimuth: "north" },
            #{ shutter: #{ uniform: [0, 1] } },
            #{ azimuth: #{ uniform: [1] } },
            #{ azimuth: #{ walk: [5, 1] } },
            #{ azimuth: #{ sine: [0, 1], step: 2 } },
            #{ azimuth: #{ wave: 1 } },
            #{ azimuth: [] },
        ] {
            try { load::generator(dome, #{ fields: fields }) } catch (err) {
                print(`${err.kind}: ${err.message}`);
                if err.remedy != () { print(`  ${err.remedy}`); }
            }
        }
        "#,
        "invalid: cannot make up field `azimut` of `Dome`: there is no such field\n  \
         did you mean `azimuth`?\n\
         invalid: cannot make up field `azimuth` of `Dome`: cannot encode record Dome: expected \
         double, got string \"north\"\n\
         invalid: cannot make up field `shutter` of `Dome`: it is no number\n\
         usage: cannot make up field `azimuth`: `uniform` is not two numbers in an array\n\
         usage: cannot make up field `azimuth`: `walk` goes from 5 down to 1\n\
         usage: cannot make up field `azimuth`: `sine` knows no `step`\n\
         usage: cannot make up field `azimuth`: it is not one way to make up values\n  \
         give one of constant, choice, uniform, normal, walk, sine, count\n\
         invalid: cannot make up field `azimuth` of `Dome`: there is nothing to choose\n",
    );
}
