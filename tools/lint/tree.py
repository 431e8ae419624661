"""What every lint shares: the files of the tree, and findings printed as file:line: rule."""

import argparse
import pathlib
import subprocess
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent


def root_from_arguments(description):
    """The tree to look at: --root, or the repository that this script stands in."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--root", type=pathlib.Path, default=REPOSITORY, help="the tree to look at")
    return parser.parse_args().root.resolve()


def table(name):
    """A table of rules that stands beside the lints."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def files(root):
    """Paths relative to root of all tracked files that exist, sorted; of all files where there is no repository."""
    if (root / ".git").exists():
        # safe.directory: the tree may belong to another user than the one who runs the lint, as in a container.
        command = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z"]
        listed = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
        names = [name for name in listed if name and (root / name).is_file()]
    else:
        names = [str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()]
    return sorted(names)


def lines(root, name):
    """The lines of a text file; an empty list for a file that is not text."""
    data = (root / name).read_bytes()
    if b"\0" in data:
        return []
    return data.decode("utf-8", errors="replace").splitlines()


class Findings:
    """Collects what is wrong and becomes the exit code."""

    def __init__(self):
        self._count = 0

    def add(self, name, line, rule):
        print(f"{name}:{line}: {rule}")
        self._count += 1

    def exit(self):
        if self._count:
            print(f"{self._count} finding{'s' if self._count > 1 else ''}")
        sys.exit(1 if self._count else 0)
