"""A stand-in for a Python converter: the topics of SAL interfaces (XML) as JSON files.

python3 peer.py FOLDER OUT prints: topics, milliseconds of CPU, the XML library.
"""

import json
import os
import sys
import time

try:
    import lxml.etree as etree
except ImportError:
    import xml.etree.ElementTree as etree

TYPES = {
    "boolean": "boolean", "byte": "int", "short": "int", "int": "int", "long": "int",
    "unsigned short": "int", "unsigned int": "long", "long long": "long",
    "float": "float", "double": "double", "string": "string",
}
ZERO = {"boolean": False, "int": 0, "long": 0, "float": 0.0, "double": 0.0, "string": ""}


def field(item):
    said = {child.tag: child.text or "" for child in item}
    kind = TYPES[said["IDL_Type"].strip()]
    count = int(said.get("Count", "").strip() or 1)
    default = ZERO[kind]
    if count > 1 and kind != "string":
        kind, default = {"type": "array", "items": kind}, [default] * count
    return {
        "name": said["EFDB_Name"].strip(), "type": kind, "default": default,
        "description": said.get("Description", ""), "units": said.get("Units", ""),
    }


def main(folder, out):
    count = 0
    for path, _, names in os.walk(folder):
        component = os.path.basename(path)
        for name in sorted(names):
            if not name.endswith(".xml") or not name.startswith(component + "_"):
                continue
            for topic in etree.parse(os.path.join(path, name)).getroot():
                if topic.tag not in ("SALCommand", "SALEvent", "SALTelemetry"):
                    continue
                full = topic.findtext("EFDB_Topic").strip()
                schema = {
                    "type": "record", "name": full[len(component) + 1:],
                    "namespace": "lsst.sal." + component,
                    "fields": [field(item) for item in topic.findall("item")],
                    "description": topic.findtext("Description") or "",
                }
                with open(os.path.join(out, full + ".json"), "w", encoding="utf-8") as file:
                    json.dump(schema, file, indent=2)
                count += 1
    return count


start = time.process_time()
made = main(sys.argv[1], sys.argv[2])
print(made, (time.process_time() - start) * 1e3, etree.__name__)
