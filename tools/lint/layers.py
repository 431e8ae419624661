#!/usr/bin/env python3
"""Every #include follows an arrow of layers.toml; the arrows themselves point down only."""

import fnmatch
import re

import tree

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
TABLE = "tools/lint/layers.toml"


class House:
    """layers.toml, with wildcards resolved."""

    def __init__(self, table):
        self._everywhere = table["everywhere"]
        self._foreign = table["foreign"]
        self._layers = table["layer"]
        self.apart = table["apart"]

    def layer_of(self, path):
        """The innermost layer that holds the path, or None."""
        holding = [layer for layer in self._layers if path.startswith(layer + "/")]
        return max(holding, key=len, default=None)

    def group_of(self, header):
        """The group of a foreign header; "std" for the standard library; None if the table does not know it."""
        for group, patterns in self._foreign.items():
            if any(fnmatch.fnmatchcase(header, pattern) for pattern in patterns):
                return group
        return "std" if re.fullmatch(r"[a-z_]+[0-9]*", header) else None

    def may_include(self, layer, other):
        return layer == other or any(fnmatch.fnmatchcase(other, way) for way in self._layers[layer].get("may", []))

    def may_use(self, layer, group):
        return group == "std" or group in self._everywhere or group in self._layers[layer].get("foreign", [])

    def bars_from_headers(self, layer, what):
        return what in self._layers[layer].get("headers_without", [])

    def arrows(self, layer):
        return [other for other in self._layers if other != layer and self.may_include(layer, other)]

    def circle(self):
        """A circle of layers as text, or None. Tests may look at anything and nobody looks at them."""
        done = set()

        def walk(layer, path):
            if layer in path:
                return " → ".join(path[path.index(layer):] + [layer])
            if layer in done:
                return None
            for other in self.arrows(layer):
                found = walk(other, path + [layer])
                if found:
                    return found
            done.add(layer)
            return None

        for layer in self._layers:
            found = None if layer.split("/")[0] == "tests" else walk(layer, [])
            if found:
                return found
        return None


def top(path):
    return path.split("/")[0]


def fault(house, name, quote, header):
    """What is wrong with one include of the file `name`, or None."""
    layer = house.layer_of(name)
    group = house.group_of(header)
    if group is None and fnmatch.fnmatchcase(header, "daftar/v1/*.pb.h"):
        target = "proto"
    elif group is None and quote == '"':
        target = house.layer_of(header)
        if target is None:
            return f'"{header}" is no path from the root of the repository into a layer of {TABLE}'
    elif group is None:
        return f"<{header}> is in no foreign group of {TABLE}"
    else:
        if not house.may_use(layer, group):
            return f"{layer} may not use {group} ({header}); see {TABLE}"
        target = group
    if group is None and {top(name), top(target)} == set(house.apart):
        return f"{house.apart[0]} and {house.apart[1]} never include each other ({header})"
    if group is None and not house.may_include(layer, target):
        return f"{layer} may not include {target} ({header}); see {TABLE}"
    if name.endswith(".h") and house.bars_from_headers(layer, target):
        return f"headers of {layer} do without {target} ({header}); see {TABLE}"
    return None


def check(root, house, findings):
    circle = house.circle()
    if circle:
        findings.add(TABLE, 1, f"the layers go round in a circle: {circle}")
    for name in tree.files(root):
        if not name.endswith((".h", ".cc")):
            continue
        if house.layer_of(name) is None:
            findings.add(name, 1, f"its folder is no layer of {TABLE}")
            continue
        for number, line in enumerate(tree.lines(root, name), 1):
            include = INCLUDE.match(line)
            wrong = include and fault(house, name, include[1], include[2])
            if wrong:
                findings.add(name, number, wrong)


def main():
    root = tree.root_from_arguments(__doc__)
    findings = tree.Findings()
    check(root, House(tree.table("layers.toml")), findings)
    findings.exit()


if __name__ == "__main__":
    main()
