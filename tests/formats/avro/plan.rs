//! Writers compiled from schemas: which they are refused.

use kafkaefd::formats::avro::Schema;
use kafkaefd::formats::avro::plan::{Plan, Scalar, Shape};

/// The plan of a record with one array, whose attribute `sal_count` is the text `count`.
fn compile(count: &str) -> Result<Plan, String> {
    let items = format!(r#"{{"type": "array", "items": "double", "sal_count": {count}}}"#);
    let fields = format!(r#"[{{"name": "a", "type": {items}}}]"#);
    let schema = format!(r#"{{"type": "record", "name": "o.X", "fields": {fields}}}"#);
    Plan::compile(&Schema::parse(&schema).unwrap()).map_err(|error| error.to_string())
}

#[test]
fn an_array_has_from_one_to_a_million_values() {
    for count in [1, 1_000_000] {
        let plan = compile(&count.to_string()).unwrap();
        let Shape::Many { items, count: found } = &plan.fields[0].shape else { panic!("{plan:?}") };
        assert_eq!((items, found), (&Scalar::Double, &Some(count)));
    }
    for count in ["0", "-1", "1000001", "2305843009213693952", "1.5", "\"2\"", "null"] {
        assert_eq!(
            compile(count).unwrap_err(),
            format!(
                "cannot compile a writer for `o.X`: field `a` is an array whose `sal_count` is \
                 {count}, not an integer from 1 to 1000000"
            )
        );
    }
}
