"""A stand-in for a Python transformer at its best: SAL text to framed Avro, all schemas known.

python3 peer.py SAMPLE REPEAT reads {"schema", "text"} from the file SAMPLE and prints:
microseconds of CPU for a message, and one message in hex.
"""

import io
import json
import re
import struct
import sys
import time
from datetime import datetime, timezone

import fastavro

MESSAGE = re.compile(
    r"(\w+) (\w+):\( '(.*?)' , (\d+\.\d+) , (\d+\.\d+) , (\d+) , (\d+) , (\d+) , (.*)\)$"
)
ITEM = re.compile(r"\s*('[^']*'|[^,]+?)\s*(?:,|$)")
TYPES = {
    "double": float, "float": float, "int": int, "long": int,
    "boolean": lambda text: text == "1",
    "string": lambda text: text[1:-1],
}


def when(text):
    return datetime.fromtimestamp(float(text), timezone.utc)


class Transformer:
    """What is known of one topic once its first message was seen."""

    def __init__(self, schema, number):
        self.schema = fastavro.parse_schema(schema)
        self.header = struct.pack(">bI", 0, number)
        self.fields = []
        for field in schema["fields"][7:]:
            kind, count = field["type"], 0
            if isinstance(kind, dict):
                kind, count = kind["items"], kind["sal_count"]
            self.fields.append((field["name"], TYPES[kind], count))

    def transform(self, found):
        items = iter(ITEM.findall(found[9]))
        record = {
            "kafka_timestamp": datetime.now(timezone.utc),
            "sal_revcode": found[3],
            "sal_created": when(found[4]),
            "sal_ingested": when(found[5]),
            "sal_sequence": int(found[6]),
            "sal_origin": int(found[7]),
            "sal_host": int(found[8]),
        }
        for name, kind, count in self.fields:
            if count:
                record[name] = [kind(next(items)) for _ in range(count)]
            else:
                record[name] = kind(next(items))
        out = io.BytesIO()
        out.write(self.header)
        fastavro.schemaless_writer(out, self.schema, record)
        return out.getvalue()


def main(path, repeat):
    with open(path, encoding="utf-8") as file:
        sample = json.load(file)
    schema, value = sample["schema"], sample["text"].encode()
    known = {schema["name"]: Transformer(schema, 1)}
    made = b""
    start = time.process_time()
    for _ in range(repeat):
        found = MESSAGE.match(value.decode())
        made = known[found[2]].transform(found)
    print((time.process_time() - start) * 1e6 / repeat, made.hex())


main(sys.argv[1], int(sys.argv[2]))
