#!/usr/bin/env python3
"""Every message that the code says by key is in the English catalogue, and every one that is there is said."""

import re

import tree

CATALOGUE = "client/language/catalogue/en/"
CODE = ("client/", "tools/ctl/")
# Said by keys that the code puts together: SayCode("relation", constant); "meaning" and "help" from the descriptors of
# the schema (client/language/codebook.cc), where codebook_test finds each of them.
FAMILIES = ("code", "help", "meaning", "month", "relation")

KEY = re.compile(r'"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)"')
PUT_TOGETHER = re.compile(r'SayCode\(\s*"([a-z_]+)"')
NOT_KEYS = (".json", ".txt", ".png", ".svg", ".mdb", ".key", ".log", ".lock", ".ttf", ".tmp")


def messages(root):
    """The keys of the English catalogue with the file and the line of each."""
    found = {}
    for name in tree.files(root):
        if not name.startswith(CATALOGUE):
            continue
        for number, line in enumerate(tree.lines(root, name), 1):
            key, sign, _ = line.partition(" = ")
            if sign and not line.startswith(("#", " ")):
                found[key] = (name, number)
    return found


def said(root):
    """What looks like a key in the code, with the file and the line; and the families that are put together."""
    keys, families = {}, set(FAMILIES)
    for name in tree.files(root):
        if not name.startswith(CODE) or not name.endswith((".cc", ".h")):
            continue
        for number, line in enumerate(tree.lines(root, name), 1):
            if line.lstrip().startswith(("#include", "//")):
                continue
            for key in KEY.findall(line):
                keys.setdefault(key, (name, number))
            families.update(PUT_TOGETHER.findall(line))
    return keys, families


def check(root, findings):
    known = messages(root)
    keys, families = said(root)
    rooms = {key.split(".")[0] for key in known}
    for key, (name, number) in keys.items():
        if key not in known and key.split(".")[0] in rooms and not key.endswith(NOT_KEYS):
            findings.add(name, number, f"there is no message {key} in {CATALOGUE}")
    for key, (name, number) in known.items():
        if key not in keys and key.split(".")[0] not in families:
            findings.add(name, number, f"nobody says {key}")


def main():
    root = tree.root_from_arguments(__doc__)
    findings = tree.Findings()
    check(root, findings)
    findings.exit()


if __name__ == "__main__":
    main()
