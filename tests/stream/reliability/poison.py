"""Records that no pipeline of SAL text can transform, among good ones, and what must become of them.

    poison.py produce|check JSON

Behind every tenth good record of the source comes a bad one, of ten kinds in turn. `check` prints a
JSON object:
  bad           bad records in the input
  letters       dead letters
  unlike        dead letters that differ from their record in key, value, time or headers, or whose
                further headers are not those of Kafka Connect and kafkaefd, with what they should say
  twice         dead letters beyond the first of each record
  missing       bad records without a dead letter
"""

import json
import sys

import oracle
import source

# Of each kind: the value, given a good one and its number.
KINDS = [
    lambda scene, good, number: b"",
    lambda scene, good, number: b"\xff\xfe\x00" + good,
    lambda scene, good, number: f"{scene['input']}:( {number} )".encode(),
    lambda scene, good, number: good.replace(b":(", b" ", 1),
    lambda scene, good, number: good[:-1],
    lambda scene, good, number: good + b" and more",
    lambda scene, good, number: good.replace(f" , {source.crc_of(scene, number)} , ".encode(), b" , "),
    lambda scene, good, number: good[:-1] + b" , 1)",
    lambda scene, good, number: good.replace(b"_reading:(", b"_unheard:("),
    lambda scene, good, number: good.replace(b" , 7 , ", b" , 70000000000 , "),
]

CONNECT = [
    "__connect.errors." + name
    for name in (
        "topic",
        "partition",
        "offset",
        "connector.name",
        "task.id",
        "stage",
        "class.name",
        "exception.class.name",
        "exception.message",
        "exception.stacktrace",
    )
]
OWN = [
    "kafkaefd." + name
    for name in ("script.sha256", "run.id", "schema.id", "attempt", "original.timestamp")
]
BAD = b"bad-"


def headers(number):
    """Names that come twice, null, empty and binary values."""
    return [
        ("number", str(number).encode()),
        ("twice", b"first"),
        ("null", None),
        ("empty", b""),
        ("twice", b"\x00\xff second"),
    ]


def produce(scene):
    sender = source.Sender(scene)
    for number in range(scene["count"]):
        place = number % scene["partitions"]
        good = source.text(scene, number, scene["size"])
        sender.send(scene["input"], place, source.key(place), good)
        if number % 10 == 9:
            kind = number // 10 % len(KINDS)
            value = KINDS[kind](scene, good, number)
            assert value != good
            key = BAD + str(number).encode() + b"\xfe"
            sender.send(scene["input"], place, key, value, headers(number))
    sender.finish()


def expected(scene, record):
    """What the headers of the dead letter of `record` say where it is known beforehand."""
    return {
        "__connect.errors.topic": record.topic(),
        "__connect.errors.partition": str(record.partition()),
        "__connect.errors.offset": str(record.offset()),
        "__connect.errors.connector.name": scene["group"],
        "__connect.errors.stage": "TRANSFORMATION",
        "__connect.errors.class.name": "sal::text_to_avro",
        "kafkaefd.attempt": "1",
        "kafkaefd.original.timestamp": str(record.timestamp()[1]),
    }


def is_like(scene, record, letter):
    own = record.headers()
    found = letter.headers() or []
    added = found[len(own) :]
    said = {name: None if value is None else value.decode() for name, value in added}
    return (
        letter.value() == record.value()
        and letter.key() == record.key()
        and letter.timestamp() == record.timestamp()
        and found[: len(own)] == own
        and [name for name, _ in added] == CONNECT + OWN
        and all(said[name] == value for name, value in expected(scene, record).items())
        and len(said["__connect.errors.exception.message"]) > 0
        and len(said["kafkaefd.script.sha256"]) == 64
    )


def check(scene):
    bad = {
        (record.partition(), record.offset()): record
        for record in oracle.read(scene, scene["input"])
        if record.key().startswith(BAD)
    }
    seen, letters, unlike, twice = set(), 0, 0, 0
    for letter in oracle.read(scene, scene["dead_letters"]):
        letters += 1
        found = dict(letter.headers() or [])
        names = ("__connect.errors.partition", "__connect.errors.offset")
        place = tuple(int(found.get(name, b"-1")) for name in names)
        record = bad.get(place)
        if record is None or not is_like(scene, record, letter):
            print(f"unlike {place}: {letter.key()} {letter.headers()}", file=sys.stderr)
            unlike += 1
        twice += place in seen
        seen.add(place)
    missing = len(bad.keys() - seen)
    return {"bad": len(bad), "letters": letters, "unlike": unlike, "twice": twice, "missing": missing}


if __name__ == "__main__":
    scene = json.loads(sys.argv[2])
    if sys.argv[1] == "produce":
        produce(scene)
    else:
        print(json.dumps(check(scene)))
