//! Every caught error has the same keys, whoever raised it.

use crate::support::Kafkaefd;

#[test]
fn an_error_of_the_language_has_the_keys_of_all_others() {
    let fails = ["1 / 0", "[1][9]", "nope(1)", "parse_int(\"x\")", "().x", "boom", "f()"];
    for fail in fails {
        let script = format!(
            "fn f() {{ 1 % 0 }}\ntry {{ print({fail}); }} catch (err) {{\n\
             print([err.kind, err.code, err.retriable, err.remedy, err.message != \"\"]); }}\n"
        );
        let shown = "[\"failed\", (), false, (), true]\n";
        Kafkaefd::new().args(["run", "-"]).stdin(&script).stdout(shown).stderr("").success();
    }
}

#[test]
fn an_error_of_a_module_and_a_thrown_value_stay_as_they_are() {
    let script = "try { env::get(\"HOME\") } catch (e) { print(e.kind); }\n\
                  try { throw \"no\" } catch (e) { print(e); }\n\
                  try { throw #{ kind: \"mine\" } } catch (e) { print(e); }\n";
    let shown = "denied\nno\n#{\"kind\": \"mine\"}\n";
    Kafkaefd::new().args(["run", "-"]).stdin(script).stdout(shown).stderr("").success();
}

#[test]
fn it_can_be_raised_again_and_used_in_a_closure() {
    let script = "try { try { 1 / 0 } catch (e) { let g = |x| x + e.kind; print(g.call(1)); throw e; } }\n\
                  catch (other) { print(other.retriable); }\n";
    Kafkaefd::new().args(["run", "-"]).stdin(script).stdout("1failed\nfalse\n").success();
}
