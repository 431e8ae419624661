#!/usr/bin/env python3
"""The tree is tidy: READMEs, headers that introduce themselves, nothing forbidden, nothing large, nothing astray."""

import fnmatch
import re

import tree

# A comment, or a literal with its escapes: what is left is code.
NO_CODE = re.compile(r'//.*|/\*.*?\*/|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')


def matches(name, patterns):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def check_top_level(names, rules, findings):
    seen = {name.split("/")[0]: name for name in reversed(names)}
    for entry in sorted(set(seen) - set(rules["top_level"])):
        findings.add(seen[entry], 1, f"{entry} has no place at the top of the repository")


def check_readmes(names, rules, findings):
    folders = {name.rpartition("/")[0] for name in names}
    deep_enough = [folder for folder in folders if folder and folder.count("/") < rules["readme_depth"]]
    for folder in sorted(deep_enough):
        if folder.split("/")[0] in rules["readme_trees"] and f"{folder}/README.md" not in names:
            findings.add(f"{folder}/README.md", 1, "missing: what is the folder for, what may it use, how does its data lie?")


def check_sizes(root, names, rules, findings):
    most = rules["most_kilobytes"] * 1024
    for name in names:
        size = (root / name).stat().st_size
        if size > most:
            findings.add(name, 1, f"{size // 1024} KB; {rules['most_kilobytes']} is the most")


def check_header(name, lines, findings):
    if not lines or not lines[0].startswith("//"):
        findings.add(name, 1, "a header begins with a comment that says what it is for")
    if "#pragma once" not in lines:
        findings.add(name, 1, "a header has #pragma once")


def forbidden_for(name, rules):
    """The patterns that this file must not hold, compiled."""
    found = []
    for rule in rules["forbidden"]:
        excepted = any(matches(name, exception["files"]) for exception in rule.get("except", []))
        if matches(name, rule["files"]) and not excepted:
            found.append((re.compile(rule["pattern"]), rule))
    return found


def check_forbidden(name, lines, rules, findings):
    forbidden = forbidden_for(name, rules)
    for number, line in enumerate(lines, 1):
        for pattern, rule in forbidden:
            text = NO_CODE.sub(" ", line) if rule.get("code_only") else line
            if pattern.search(text):
                findings.add(name, number, rule["why"])


def check(root, rules, findings):
    names = tree.files(root)
    check_top_level(names, rules, findings)
    check_readmes(names, rules, findings)
    check_sizes(root, names, rules, findings)
    for name in names:
        lines = tree.lines(root, name)
        if name.endswith(".h"):
            check_header(name, lines, findings)
        check_forbidden(name, lines, rules, findings)


def main():
    root = tree.root_from_arguments(__doc__)
    findings = tree.Findings()
    check(root, tree.table("hygiene.toml"), findings)
    findings.exit()


if __name__ == "__main__":
    main()
