//! What producers make of a broker that refuses, is late, or loses its answers.

use super::prints;

#[test]
fn what_can_be_tried_again_is() {
    prints(
        r#"
        kafka::create_topic("orders");
        let broker = embedded::broker();
        let producer = kafka::producer();
        for error in ["NOT_LEADER_OR_FOLLOWER", "NOT_ENOUGH_REPLICAS", "KAFKA_STORAGE_ERROR"] {
            broker.clear();
            broker.fail("Produce", error, 2);
            producer.deliver("orders", error);
            print([error, broker.requests("Produce")]);
        }
        print(kafka::offsets("orders")[0].records);
        "#,
        "[\"NOT_LEADER_OR_FOLLOWER\", 3]\n\
         [\"NOT_ENOUGH_REPLICAS\", 3]\n\
         [\"KAFKA_STORAGE_ERROR\", 3]\n3\n",
    );
}

#[test]
fn what_cannot_says_why_and_what_to_do() {
    prints(
        r#"
        kafka::create_topic("orders");
        let broker = embedded::broker();
        broker.fail("Produce", "TOPIC_AUTHORIZATION_FAILED");
        broker.fail("Produce", "MESSAGE_TOO_LARGE");
        for attempt in 0..3 {
            try { print(kafka::producer().deliver("orders", "a").offset); }
            catch (err) {
                print([err.kind, err.code, err.retriable]);
                print(err.message);
                print(err.remedy);
            }
        }
        print(broker.requests("Produce"));
        "#,
        "[\"denied\", 29, false]\n\
         cannot deliver a record to topic `orders`: not authorised for the topic\n\
         ask for an ACL for your user, or use another profile\n\
         [\"invalid\", 10, false]\n\
         cannot deliver a record to topic `orders`: the record is larger than the limit\n\
         send less at once, or raise max.message.bytes of the topic and message.max.bytes here\n\
         0\n3\n",
    );
}

#[test]
fn an_answer_that_comes_too_late_is_a_timeout() {
    prints(
        r#"
        kafka::create_topic("orders");
        let broker = embedded::broker();
        broker.delay("Produce", 600);
        let producer = kafka::producer(#{ timeout: 4 });
        try { producer.deliver("orders", "a"); }
        catch (err) { print([err.kind, err.retriable, err.message]); }
        broker.delay(600);
        try { kafka::topics(#{ timeout: 0.5 }); } catch (err) { print([err.kind, err.retriable]); }
        broker.clear();
        // The record was written all the same: only the answer was late.
        print([kafka::topics().len(), kafka::offsets("orders")[0].records]);
        "#,
        "[\"timeout\", true, \"cannot deliver a record to topic `orders`: no answer within 4s\"]\n\
         [\"timeout\", true]\n\
         [1, 1]\n",
    );
}

/// The same loss, with and without the numbers that tell a retry from a new record.
#[test]
fn a_lost_answer_makes_duplicates_unless_the_producer_is_idempotent() {
    prints(
        r#"
        let broker = embedded::broker();
        for given in [#{ acks: "all" }, #{ acks: 1 }] {
            let topic = `acks-${given.acks}`;
            kafka::create_topic(topic);
            broker.clear();
            broker.lose("Produce");
            kafka::producer(given).deliver(topic, "one");
            let records = kafka::offsets(topic)[0].records;
            print(`${topic}: ${broker.requests("Produce")} requests, ${records} records`);
        }
        "#,
        "acks-all: 2 requests, 1 records\nacks-1: 2 requests, 2 records\n",
    );
}

#[test]
fn a_closed_connection_is_opened_again() {
    prints(
        r#"
        kafka::create_topic("orders");
        let broker = embedded::broker();
        let producer = kafka::producer();
        for i in 0..5 {
            producer.deliver("orders", `${i}`);
            print(broker.disconnect() > 0);
        }
        print(kafka::offsets("orders")[0].records);
        "#,
        &("true\n".repeat(5) + "5\n"),
    );
}
