"""Makes what a pipeline of SAL text reads: its topics, its schema, its records.

    source.py prepare|produce|clean JSON

`produce` prints how many it made: `count`, or fewer where SIGTERM came before.

Record `n` of the source is in partition `n % partitions` under that partition's key. It carries its
number and a CRC over number and padding, so that nobody but the reader at the end must be trusted.
"""

import json
import signal
import sys
import time
import urllib.request
import zlib

from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic

STAMPS = [
    {"name": name, "type": {"type": "long", "logicalType": "timestamp-millis"}}
    for name in ("kafka_timestamp", "sal_created", "sal_ingested")
]
HEADER = [
    STAMPS[0],
    {"name": "sal_revcode", "type": "string"},
    STAMPS[1],
    STAMPS[2],
    {"name": "sal_sequence", "type": "long"},
    {"name": "sal_origin", "type": "int"},
    {"name": "sal_host", "type": "int"},
]
ITEMS = [
    {"name": "number", "type": "long"},
    {"name": "crc", "type": "long"},
    {"name": "padding", "type": "string"},
]


def key(source):
    """The key of the records of partition `source`."""
    return f"partition-{source}".encode()


def crc(number, padding):
    return zlib.crc32(f"{number} {padding}".encode())


def padding(number, size):
    """Text of `size` characters that differs from record to record."""
    return (f"{number:012x}." * (size // 13 + 1))[:size]


def crc_of(scene, number):
    """The CRC of record `number`."""
    return crc(number, padding(number, scene["size"]))


def text(scene, number, size):
    """Record `number` as SAL sends it."""
    now = time.time()
    filling = padding(number, size)
    source = number % scene["partitions"]
    return (
        f"{scene['input']} {scene['sal_topic']}:( 'REV' , {now:f} , {now:f} , {number} , {source} , 7 , "
        f"{number} , {crc(number, filling)} , '{filling}')"
    ).encode()


def registry(scene, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    kind = {"Content-Type": "application/vnd.schemaregistry.v1+json"}
    call = urllib.request.Request(scene["registry"] + path, data, kind, method=method)
    with urllib.request.urlopen(call, timeout=30) as answer:
        return json.load(answer)


def settle(futures):
    for future in futures.values():
        future.result(60)


def prepare(scene):
    """Creates the topics and registers the schema of the output."""
    admin = AdminClient({"bootstrap.servers": scene["broker"]})
    # The broker's clock says when a record was written.
    stamped = {"message.timestamp.type": "LogAppendTime"}
    copies = scene["replication"]
    settle(
        admin.create_topics(
            [
                NewTopic(scene["input"], scene["partitions"], copies),
                NewTopic(scene["output"], scene["partitions"], copies, config=stamped),
                NewTopic(scene["dead_letters"], 1, copies),
            ]
        )
    )
    schema = {
        "type": "record",
        "name": scene["sal_topic"],
        "namespace": "lsst.sal",
        "fields": HEADER + ITEMS,
    }
    body = {"schema": json.dumps(schema)}
    registry(scene, "POST", f"/subjects/{scene['output']}/versions", body)


def clean(scene):
    """Removes what `prepare` made, and the group."""
    admin = AdminClient({"bootstrap.servers": scene["broker"]})
    settle(admin.delete_topics([scene["input"], scene["output"], scene["dead_letters"]]))
    registry(scene, "DELETE", f"/subjects/{scene['output']}")
    # A member that was killed is in the group for some time.
    for deletion in admin.delete_consumer_groups([scene["group"]]).values():
        deletion.exception(60)


class Sender:
    """An idempotent producer that waits where its queue is full, and forgives nothing."""

    def __init__(self, scene):
        self.failed = []
        self.producer = Producer(
            {
                "bootstrap.servers": scene["broker"],
                "enable.idempotence": True,
                "linger.ms": 5,
                "message.timeout.ms": 300_000,
                # Brokers that are gone are no news here.
                "log_level": 2,
            }
        )

    def send(self, topic, partition, key, value, headers=None):
        while True:
            try:
                self.producer.produce(
                    topic, value, key, partition, on_delivery=self.report, headers=headers or []
                )
                break
            except BufferError:
                self.producer.poll(0.1)
        self.producer.poll(0)

    def report(self, error, _):
        if error:
            self.failed.append(str(error))

    def finish(self):
        self.producer.flush()
        failed = self.failed
        assert not failed, f"{len(failed)} records were not produced: {failed[0]}"


def produce(scene):
    """Sends `count` records, `rate` a second, until SIGTERM."""
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    sender = Sender(scene)
    start = time.monotonic()
    sent = 0
    while sent < scene["count"] and not stopped:
        ahead = sent / scene["rate"] - (time.monotonic() - start)
        if ahead > 0.005:
            sender.producer.poll(0)
            time.sleep(ahead)
        source = sent % scene["partitions"]
        sender.send(scene["input"], source, key(source), text(scene, sent, scene["size"]))
        sent += 1
    sender.finish()
    print(sent)


if __name__ == "__main__":
    {"prepare": prepare, "produce": produce, "clean": clean}[sys.argv[1]](json.loads(sys.argv[2]))
