"""kafka-python behind lines of JSON: {"id", "do", "broker", …} on standard input is a call of the
function DO, {"id", "ok"} or {"id", "code", "error"} on standard output its answer. Calls run side by
side. With arguments it is a member of a group instead: BROKER GROUP TOPIC ASSIGNOR, until SIGTERM.
"""

import json
import re
import signal
import sys
import threading
import time

import kafka.errors
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, OffsetSpec
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor
from kafka.coordinator.assignors.range import RangePartitionAssignor


class Admin(KafkaAdminClient):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def admin(broker):
    return Admin(bootstrap_servers=broker)


def create(broker, topic, partitions, replication, config):
    with admin(broker) as client:
        what = {"num_partitions": partitions, "replication_factor": replication, "configs": config}
        client.create_topics({topic: what})


def describe(broker, topic):
    with admin(broker) as client:
        [found] = client.describe_topics([topic])
        if found["error_code"] != 0:
            raise refusal(found["error_code"])
        resource = ConfigResource(ConfigResourceType.TOPIC, topic)
        config = client.describe_configs([resource])["topic"][topic]
        # Kafka's own defaults that are set for the broker are listed, too.
        own = lambda entry: "topic" in str(entry["config_source"]).lower()
        config = {name: entry["value"] for name, entry in config.items() if own(entry)}
        return {"partitions": len(found["partitions"]), "config": config}


def refusal(code):
    return kafka.errors.for_code(code)()


def check(outcome):
    """Raises what some calls return: the name of an error, or its text."""
    if known := getattr(kafka.errors, str(outcome), None):
        raise known()
    if code := re.search(r"Error (\d+)", str(outcome)):
        raise refusal(int(code[1]))


def configure(broker, topic, name, value):
    with admin(broker) as client:
        resource = ConfigResource(ConfigResourceType.TOPIC, topic, {name: value})
        [outcome] = client.alter_configs([resource], raise_on_unknown=False)["topic"].values()
        check(outcome)


def grow(broker, topic, partitions):
    with admin(broker) as client:
        client.create_partitions({topic: partitions})


def delete(broker, topic):
    with admin(broker) as client:
        client.delete_topics([topic])


def topics(broker):
    with admin(broker) as client:
        return client.list_topics()


def trim(broker, topic, before):
    with admin(broker) as client:
        client.delete_records({TopicPartition(topic, 0): before})


def offset(broker, topic, at):
    special = {"first": OffsetSpec.EARLIEST, "next": OffsetSpec.LATEST}
    place = TopicPartition(topic, 0)
    with admin(broker) as client:
        return client.list_partition_offsets({place: special.get(at, at)})[place].offset


def encoded(text):
    return None if text is None else text.encode()


def decoded(data):
    return None if data is None else data.decode()


def produce(broker, topic, records, codec, transaction=None, commit=True, max_size=2**21):
    """Sends the records; `transaction` is a transactional id, which idempotence comes with."""
    options = {"transactional_id": transaction} if transaction else {}
    producer = KafkaProducer(
        bootstrap_servers=broker, compression_type=codec, linger_ms=20, max_block_ms=5000,
        max_request_size=max_size, **options,
    )
    try:
        if transaction:
            producer.init_transactions()
            producer.begin_transaction()
        send = lambda record: producer.send(
            topic, key=encoded(record["key"]), value=encoded(record["value"]),
            headers=[(name, encoded(value)) for name, value in record["headers"]],
            partition=record["partition"], timestamp_ms=record["timestamp"],
        )
        for sent in [send(record) for record in records]:
            sent.get(timeout=80)
        if transaction:
            producer.commit_transaction() if commit else producer.abort_transaction()
    finally:
        producer.close()


def record(read):
    return {
        "partition": read.partition, "offset": read.offset, "timestamp": read.timestamp,
        "key": decoded(read.key), "value": decoded(read.value),
        "headers": [[name, decoded(value)] for name, value in read.headers],
    }


def consume(broker, topic, since, committed):
    """Reads to the end that the topic has now."""
    isolation = "read_committed" if committed else "read_uncommitted"
    consumer = KafkaConsumer(bootstrap_servers=broker, isolation_level=isolation)
    try:
        with admin(broker) as client:
            [found] = client.describe_topics([topic])
        if found["error_code"] != 0:
            raise refusal(found["error_code"])
        places = [TopicPartition(topic, p["partition_index"]) for p in found["partitions"]]
        consumer.assign(places)
        consumer.seek_to_beginning()
        if since is not None:
            for place, found in consumer.offsets_for_times({p: since for p in places}).items():
                consumer.seek(place, found.offset) if found else consumer.seek_to_end(place)
        ends = consumer.end_offsets(places)
        records, last = [], time.monotonic() + 80
        while any(consumer.position(place) < ends[place] for place in places):
            if time.monotonic() > last:
                raise TimeoutError(f"{len(records)} records, before {ends}")
            for some in consumer.poll(timeout_ms=100).values():
                records += [record(read) for read in some]
        return records
    finally:
        consumer.close()


def follow(broker, topic, group, count):
    """Reads `count` records as the only member of a group, and commits them."""
    consumer = KafkaConsumer(
        topic, bootstrap_servers=broker, group_id=group, auto_offset_reset="earliest",
        enable_auto_commit=False, consumer_timeout_ms=80000, max_poll_records=1,
    )
    try:
        records = []
        while len(records) < count:
            records.append(record(next(consumer)))
        consumer.commit()
        return records
    finally:
        consumer.close()


def groups(broker):
    with admin(broker) as client:
        return [group["group_id"] for group in client.list_groups()]


def lag(broker, group):
    with admin(broker) as client:
        committed = client.list_group_offsets({group: None})[group]
        ends = client.list_partition_offsets({place: OffsetSpec.LATEST for place in committed})
        row = lambda place: {
            "partition": place.partition, "committed": committed[place].offset,
            "end": ends[place].offset,
        }
        return [row(place) for place in sorted(committed)]


def rewind(broker, group, topic):
    with admin(broker) as client:
        client.reset_group_offsets(group, {TopicPartition(topic, 0): OffsetSpec.EARLIEST})


def forget(broker, group):
    with admin(broker) as client:
        check(client.delete_groups([group])[group])


def members(broker, group):
    """How many partitions each member has."""
    with admin(broker) as client:
        found = client.describe_groups([group])[group]
        count = lambda member: sum(
            len(topic["partitions"])
            for topic in member["member_assignment"]["assigned_partitions"]
        )
        return [count(member) for member in found["members"]]


def member(broker, group, topic, assignor):
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    strategies = {"range": RangePartitionAssignor, "cooperative-sticky": CooperativeStickyAssignor}
    consumer = KafkaConsumer(
        topic, bootstrap_servers=broker, group_id=group, heartbeat_interval_ms=200,
        partition_assignment_strategy=[strategies[assignor]],
    )
    while not stopped.is_set():
        # A poll that ends while it joins has been seen to leave the next one waiting for ever, with
        # Kafka, too.
        consumer.poll(timeout_ms=1000)
    consumer.close()


def answer(call):
    identity, deed = call.pop("id"), call.pop("do")
    try:
        said = {"ok": globals()[deed](**call)}
    except Exception as error:
        said = {"code": getattr(error, "errno", 0), "error": f"{type(error).__name__}: {error}"}
    # One write, as other threads print, too.
    sys.stdout.write(json.dumps({"id": identity, **said}) + "\n")
    sys.stdout.flush()


if sys.argv[1:]:
    member(*sys.argv[1:])
for line in sys.stdin if not sys.argv[1:] else ():
    threading.Thread(target=answer, args=[json.loads(line)], daemon=True).start()
