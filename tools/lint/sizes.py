#!/usr/bin/env python3
"""A file holds one idea: 100 to 400 lines. Over 400 is worth a look; over 600 fails."""

import tree

LOOK = 400
MOST = 600
SUFFIXES = (".h", ".cc", ".proto", ".py", ".sh", ".cmake", "CMakeLists.txt")


def counts(name, lines):
    """Whether the rule is for this file: source of ours, or a script without a suffix."""
    return name.endswith(SUFFIXES) or bool(lines) and lines[0].startswith("#!")


def check(root, findings):
    for name in tree.files(root):
        lines = tree.lines(root, name)
        if not counts(name, lines):
            continue
        if len(lines) > MOST:
            findings.add(name, MOST + 1, f"{len(lines)} lines: split it, {MOST} is the most")
        elif len(lines) > LOOK:
            print(f"{name}:{LOOK + 1}: warning: {len(lines)} lines: does it still hold one idea?")


def main():
    root = tree.root_from_arguments(__doc__)
    findings = tree.Findings()
    check(root, findings)
    findings.exit()


if __name__ == "__main__":
    main()
