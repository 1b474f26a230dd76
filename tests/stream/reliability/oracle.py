"""Reads what a pipeline wrote, with decoders that are not its own, and says what is wrong with it.

    oracle.py JSON

Prints a JSON object:
  records       how many records are in the output
  lost          numbers of the source that are not among them
  corrupt       records that do not decode, or whose CRC, number or key is wrong
  duplicates    records beyond the first of each number
  disorder      first records of a number that come behind a later one of their partition
  dead_letters  how many records are in the dead-letter topic
  smallest      bytes of the smallest record, key and value
  longest_gap   the longest time between two records of one source partition, in milliseconds
"""

import collections
import io
import json
import struct
import sys

import fastavro
from confluent_kafka import Consumer, KafkaError, TopicPartition

import source


def reader(scene, isolation):
    return Consumer(
        {
            "bootstrap.servers": scene["broker"],
            "group.id": "oracle",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
            "check.crcs": True,
            "isolation.level": isolation,
        }
    )


def read(scene, topic):
    """All records of `topic`, each partition in order.

    A broker says that a transaction is committed before its records can be seen: the end of a
    partition is that of all its records.
    """
    consumer, everything = reader(scene, scene["isolation"]), reader(scene, "read_uncommitted")
    partitions = consumer.list_topics(topic, 120).topics[topic].partitions
    consumer.assign([TopicPartition(topic, number, 0) for number in partitions])
    ends = {
        number: everything.get_watermark_offsets(TopicPartition(topic, number), 120)[1]
        for number in partitions
    }
    everything.close()
    while ends:
        for record in consumer.consume(1000, 1.0):
            if not record.error():
                yield record
            elif record.error().code() == KafkaError._PARTITION_EOF:
                if record.offset() >= ends.get(record.partition(), 0):
                    ends.pop(record.partition(), None)
            else:
                raise RuntimeError(record.error())
    consumer.close()


class Decoder:
    """Confluent's wire format, with schemas by their id."""

    def __init__(self, scene):
        self.scene = scene
        self.schemas = {}

    def __call__(self, value):
        magic, number = struct.unpack(">bI", value[:5])
        assert magic == 0
        if number not in self.schemas:
            answer = source.registry(self.scene, "GET", f"/schemas/ids/{number}")
            self.schemas[number] = fastavro.parse_schema(json.loads(answer["schema"]))
        rest = io.BytesIO(value[5:])
        decoded = fastavro.schemaless_reader(rest, self.schemas[number])
        assert not rest.read(), "bytes follow the record"
        return decoded


def number_of(scene, decode, record):
    """The number of a record that is as it should be; none of another."""
    try:
        decoded = decode(record.value())
    except Exception as error:  # whatever is wrong with it, it is corrupt
        print(f"{record.topic()}[{record.partition()}]@{record.offset()}: {error!r}", file=sys.stderr)
        return None
    number = decoded["number"]
    right = (
        0 <= number < scene["count"]
        and decoded["crc"] == source.crc(number, decoded["padding"])
        and len(decoded["padding"]) == scene["size"]
        and decoded["sal_sequence"] == number
        and record.key() == source.key(number % scene["partitions"])
    )
    return number if right else None


def check(scene):
    decode = Decoder(scene)
    seen, corrupt, disorder, records = set(), 0, 0, 0
    smallest, gap = None, 0
    highest = collections.defaultdict(lambda: -1)
    last = {}
    for record in read(scene, scene["output"]):
        records += 1
        size = len(record.key() or b"") + len(record.value() or b"")
        smallest = size if smallest is None else min(size, smallest)
        number = number_of(scene, decode, record)
        if number is None:
            corrupt += 1
            continue
        place = number % scene["partitions"]
        written = record.timestamp()[1]
        gap = max(gap, written - last.get(place, written))
        last[place] = written
        if number not in seen:
            disorder += number < highest[place]
            highest[place] = max(number, highest[place])
        seen.add(number)
    return {
        "records": records,
        "lost": scene["count"] - len(seen),
        "corrupt": corrupt,
        "duplicates": records - corrupt - len(seen),
        "disorder": disorder,
        "dead_letters": sum(1 for _ in read(scene, scene["dead_letters"])),
        "smallest": smallest or 0,
        "longest_gap": gap,
    }


if __name__ == "__main__":
    print(json.dumps(check(json.loads(sys.argv[1]))))
