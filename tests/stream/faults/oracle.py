"""Writes numbered SAL messages and judges what became of them, without any code of kafkaefd.

feed BROKER TOPIC COMPONENT FROM TO PAD   writes the messages FROM to TO - 1, PAD letters long
check BROKER TOPIC REGISTRY COUNT SECONDS reads TOPIC until the messages 0 to COUNT - 1 are there,
                                          or SECONDS are over; REGISTRY decodes Avro
each BROKER COUNT SECONDS TOPIC…          the same of several topics of text
"""

import io
import json
import sys
import time
import urllib.request
import zlib
from concurrent.futures import ThreadPoolExecutor

import fastavro
from confluent_kafka import Consumer, Producer, TopicPartition


def note(number, pad):
    return f"n{number}-" + "x" * pad


def feed(broker, topic, component, start, end, pad):
    producer = Producer({"bootstrap.servers": broker, "linger.ms": 50, "acks": "all"})
    failed = []
    for number in range(int(start), int(end)):
        text = note(number, int(pad))
        crc = zlib.crc32(text.encode())
        value = (
            f"{component}_telemetry {component}_probe:( 'rev' , 1.5 , 1.5 , {number} , 1 , 2 , "
            f"{number} , {crc} , '{text}' )"
        )
        while True:
            try:
                report = lambda error, _: error and failed.append(str(error))
                producer.produce(topic, value, key=f"k{number % 8}", on_delivery=report)
                break
            except BufferError:
                producer.poll(0.1)
    left = producer.flush(240)
    assert not failed and left == 0, (failed[:3], left)


def text_fields(value):
    items = value.decode().split(":(")[1].strip(" )").split(" , ")
    return int(items[6]), int(items[7]), items[8].strip("'")


def reader(registry):
    schemas = {}

    def read(value):
        if value[0] != 0:
            return text_fields(value)
        number = int.from_bytes(value[1:5], "big")
        if number not in schemas:
            with urllib.request.urlopen(f"{registry}/schemas/ids/{number}") as answer:
                schemas[number] = fastavro.parse_schema(json.loads(json.load(answer)["schema"]))
        record = fastavro.schemaless_reader(io.BytesIO(value[5:]), schemas[number])
        return record["number"], record["crc"], record["note"]

    return read


def check(broker, topic, registry, count, seconds):
    print(judge(broker, topic, registry, count, seconds))


def each(broker, count, seconds, *topics):
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda topic: judge(broker, topic, None, count, seconds), topics)
        print("\n".join(found))


def judge(broker, topic, registry, count, seconds):
    # Under read_committed, as consumers downstream read.
    consumer = Consumer(
        {
            "bootstrap.servers": broker,
            "group.id": "oracle",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "fetch.wait.max.ms": 50,
        }
    )
    partitions = consumer.list_topics(topic, 120).topics[topic].partitions
    consumer.assign([TopicPartition(topic, number, 0) for number in partitions])
    wanted, read = int(count), reader(registry)
    seen, last = set(), {}
    found = {"records": 0, "duplicates": 0, "corrupt": 0, "misordered": 0}
    deadline = time.monotonic() + float(seconds)
    complete = False
    while time.monotonic() < deadline:
        record = consumer.poll(0.05)
        if not complete and len(seen) >= wanted > 0:
            complete = True
            # What comes twice comes soon.
            deadline = time.monotonic() + 0.5
        if record is None:
            continue
        assert record.error() is None, record.error()
        found["records"] += 1
        try:
            number, crc, text = read(record.value())
            good = zlib.crc32(text.encode()) == crc and text.startswith(f"n{number}-")
            good = good and record.key().decode() == f"k{number % 8}"
        except Exception as error:
            print(repr(error), record.value()[:200], file=sys.stderr)
            good = False
        if not good:
            found["corrupt"] += 1
        elif number in seen:
            found["duplicates"] += 1
        else:
            seen.add(number)
            key = record.key()
            found["misordered"] += number < last.get(key, -1)
            last[key] = max(number, last.get(key, -1))
    found["lost"] = len(set(range(wanted)) - seen)
    consumer.close()
    return " ".join(f"{name}={found[name]}" for name in sorted(found))


{"feed": feed, "check": check, "each": each}[sys.argv[1]](*sys.argv[2:])
