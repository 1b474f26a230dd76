//! A producer that comes back finds that another took over.

use rdkafka::producer::{BaseRecord, Producer};
use rdkafka::types::RDKafkaErrorCode;

use super::super::fixture::SOON;
use super::clients::{create, producer, refused, seen, sees, send};
use crate::support::on_each_stack;

on_each_stack! {
    /// Nothing of the first owner is seen once the second is there, whatever it tries.
    fn a_zombie_commits_nothing(stack: &Stack) {
        let (topic, id) = (stack.name("orders"), stack.name("till"));
        create(stack, &topic, 1);
        let zombie = producer(stack, &id, &[]);
        zombie.begin_transaction().unwrap();
        send(&zombie, &topic, &["before"]);
        let heir = producer(stack, &id, &[]);
        zombie.send(BaseRecord::<str, str>::to(&topic).payload("after").partition(0)).unwrap();
        let error = refused(zombie.commit_transaction(SOON));
        assert!(error.is_fatal(), "{error:?}");
        assert_eq!(error.code(), RDKafkaErrorCode::Fenced);
        heir.begin_transaction().unwrap();
        send(&heir, &topic, &["heir"]);
        heir.commit_transaction(SOON).unwrap();
        sees(stack, &topic, &["heir"]);
        assert_eq!(seen(stack, &topic, false), ["before", "heir"]);
    }

    /// A zombie between two transactions learns it when it begins to write.
    fn a_zombie_that_slept_is_fenced(stack: &Stack) {
        let (topic, id) = (stack.name("orders"), stack.name("till"));
        create(stack, &topic, 1);
        let zombie = producer(stack, &id, &[]);
        zombie.begin_transaction().unwrap();
        send(&zombie, &topic, &["early"]);
        zombie.commit_transaction(SOON).unwrap();
        let _heir = producer(stack, &id, &[]);
        zombie.begin_transaction().unwrap();
        zombie.send(BaseRecord::<str, str>::to(&topic).payload("late").partition(0)).unwrap();
        let error = refused(zombie.commit_transaction(SOON));
        assert_eq!((error.is_fatal(), error.code()), (true, RDKafkaErrorCode::Fenced));
        assert_eq!(seen(stack, &topic, false), ["early"]);
    }
}
