#!/usr/bin/env python3
"""All C++ is formatted by clang-format with the repository's .clang-format. Exit 77: clang-format is not installed."""

import re
import shutil
import subprocess
import sys

import tree

SKIPPED = 77
WARNING = re.compile(r"^(.+?):(\d+):\d+: (?:error|warning): ")


def check(root, findings):
    names = [name for name in tree.files(root) if name.endswith((".h", ".cc"))]
    if not names:
        return
    command = ["clang-format", "--dry-run", "-Werror", "-style=file", *names]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    first_lines = {}
    for match in map(WARNING.match, said.stderr.splitlines()):
        if match:
            first_lines.setdefault(match[1], match[2])
    for name, line in first_lines.items():
        findings.add(name, line, f"not formatted; run clang-format -i {name}")
    if said.returncode != 0 and not first_lines:
        findings.add(".clang-format", 1, said.stderr.strip() or "clang-format failed")


def main():
    root = tree.root_from_arguments(__doc__)
    if shutil.which("clang-format") is None:
        print("skipped: clang-format is not installed; tools/setup installs it")
        sys.exit(SKIPPED)
    findings = tree.Findings()
    check(root, findings)
    findings.exit()


if __name__ == "__main__":
    main()
