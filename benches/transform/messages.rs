//! The two messages that are measured.

use serde_json::{Value, json};

/// The time of writing.
pub const NOW: i64 = 1_547_758_757_123;

/// One message with its schema.
pub struct Sample {
    pub name: &'static str,
    pub schema: String,
    pub text: String,
    /// How many messages make one measurement.
    pub repeat: u32,
}

/// Four scanners with 95 thermocouples each, as the mirror's thermal system sends them.
pub fn thermal() -> Sample {
    let mut fields = vec![field("timestamp", &json!("double"))];
    let mut text = "1547758756.123456".to_owned();
    for scanner in 1..=4 {
        let kind = json!({"type": "array", "items": "float", "sal_count": 95});
        fields.push(field(&format!("thermocoupleScanner{scanner}"), &kind));
        let values: Vec<String> = (0..95).map(|at| temperature(scanner, at)).collect();
        text += " , ";
        text += &values.join(", ");
    }
    sample("thermal", "MTM1M3TS_thermalData", fields, &text, 200)
}

/// A record of ten fields: the header and three items.
pub fn small() -> Sample {
    let fields = typed(&["double", "float", "long"]);
    sample("small", "Dome_position", fields, "1547758756.335189 , 11.250000 , -42", 5_000)
}

/// Ten items of the usual types beside the header.
pub fn ten() -> Sample {
    let fields = typed(&[
        "double", "double", "double", "double", "float", "float", "int", "long", "boolean",
        "string",
    ]);
    let items = "1547758756.335189 , -12.345678 , 0.000000 , 359.999999 , 11.250000 , -0.031250 \
                 , -42 , 123456789 , 1 , 'nominal'";
    sample("ten", "Dome_status", fields, items, 5_000)
}

fn typed(kinds: &[&str]) -> Vec<Value> {
    let named = |(at, kind): (usize, &&str)| field(&format!("item{at}"), &json!(kind));
    kinds.iter().enumerate().map(named).collect()
}

/// Around eleven degrees, with six decimals as SAL writes them.
fn temperature(scanner: u32, at: u32) -> String {
    let step = f64::from((scanner * 95 + at) * 7_919 % 10_007) / 10_007.0;
    format!("{:.6}", 9.0 + 4.0 * step - if at.is_multiple_of(19) { 11.0 } else { 0.0 })
}

fn field(name: &str, kind: &Value) -> Value {
    json!({"name": name, "type": kind})
}

fn sample(name: &'static str, topic: &str, items: Vec<Value>, text: &str, repeat: u32) -> Sample {
    let millis = json!({"type": "long", "logicalType": "timestamp-millis"});
    let mut fields = vec![
        field("kafka_timestamp", &millis),
        field("sal_revcode", &json!("string")),
        field("sal_created", &millis),
        field("sal_ingested", &millis),
        field("sal_sequence", &json!("long")),
        field("sal_origin", &json!("int")),
        field("sal_host", &json!("int")),
    ];
    fields.extend(items);
    let schema =
        json!({"type": "record", "name": topic, "namespace": "lsst.sal", "fields": fields});
    let component = topic.split('_').next().unwrap();
    let text = format!(
        "{component}_telemetry {topic}:( 'LSST TEST REVCODE' , 1547758756.335189 , \
         1547758754.901990 , 9940 , 31643 , 1 , {text})"
    );
    Sample { name, schema: schema.to_string(), text, repeat }
}
