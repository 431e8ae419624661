#!/usr/bin/env python3
"""Every message, enum, field, service and call of the schema has a comment directly above it.

A constant of an enum needs none, and so does a oneof, whose fields have theirs. An enum that comes first in a message is described by the message's comment: that is
how code lists are written.
"""

import re

import tree

FOLDER = "proto/daftar/v1/"
STRING = re.compile(r'"(?:\\.|[^"\\])*"')
BLOCK = re.compile(r"^(message|enum|service|oneof|extend)\s+([\w.]+)\s*\{")
FIELD = re.compile(r"^(?:repeated\s+|optional\s+)?(?:map\s*<[^>]*>|[\w.]+)\s+(\w+)\s*=\s*\d+")
CALL = re.compile(r"^rpc\s+(\w+)")
NO_DECLARATION = re.compile(r"^(option|reserved|extensions|syntax|package|import)\b")


class Parser:
    """Follows the blocks of one file, a line at a time, as clang-format lays them out."""

    def __init__(self, name, findings):
        self._name = name
        self._findings = findings
        self._blocks = []  # the kind of each open block; "" for the braces of an option
        self._inside = False  # in a statement that began on an earlier line
        self._above = ""  # the line above, stripped

    def line(self, number, raw):
        text = raw.strip()
        code = STRING.sub('""', text).split("//")[0].strip()
        if code and not self._inside:
            self._begin(number, code)
        if code:
            self._follow(code)
        self._above = text

    def _begin(self, number, code):
        described = self._above.startswith("//")
        block = BLOCK.match(code)
        if block and block[1] == "enum" and self._above.startswith("message "):
            described = True
        what = self._declared(code, block)
        if what and not described:
            self._findings.add(self._name, number, f"{what} has no comment directly above it")

    def _declared(self, code, block):
        """What the statement declares, in words; None if it needs no comment."""
        if block:
            return None if block[1] in ("extend", "oneof") else f"{block[1]} {block[2]}"
        if NO_DECLARATION.match(code) or self._blocks and self._blocks[-1] == "enum":
            return None
        call = CALL.match(code)
        if call:
            return f"call {call[1]}"
        field = FIELD.match(code)
        return f"field {field[1]}" if field else None

    def _follow(self, code):
        block = BLOCK.match(code)
        for index, sign in enumerate(code):
            if sign == "{":
                self._blocks.append(block[1] if block and index == block.end() - 1 else "")
            elif sign == "}" and self._blocks:
                self._blocks.pop()
        in_option = bool(self._blocks) and self._blocks[-1] == ""
        self._inside = in_option or not code.endswith((";", "{", "}"))


def check(root, findings):
    for name in tree.files(root):
        if name.startswith(FOLDER) and name.endswith(".proto"):
            parser = Parser(name, findings)
            for number, line in enumerate(tree.lines(root, name), 1):
                parser.line(number, line)


def main():
    root = tree.root_from_arguments(__doc__)
    findings = tree.Findings()
    check(root, findings)
    findings.exit()


if __name__ == "__main__":
    main()
