//! Avro: schemas, plain values in and out, the Confluent wire header, compiled plans.
