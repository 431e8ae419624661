"""PouchDB from express-pouchdb, each in a node of its own (pouch_ends.js), over LevelDB."""

import json
import os
import pathlib
import shutil
import statistics
import subprocess

from sync_peers_lib.lab import Failed, answers, free_port, wait_for
from sync_peers_lib.peer import Missing, Peer

PACKAGES = ("pouchdb@9", "express-pouchdb@4", "express@4")
SCRIPT = pathlib.Path(__file__).with_name("pouch_ends.js")


def _packages():
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
    return cache / "daftar_bench" / "npm"


class End:
    """A node that takes orders, a line of JSON each."""

    def __init__(self, lab, role, *words):
        folder = lab.folder / role
        folder.mkdir(exist_ok=True)
        self.process = lab.start(["node", SCRIPT, role, *words], stdin=True, stdout=True, cwd=folder,
                                 env={**os.environ, "NODE_PATH": str(_packages() / "node_modules")})

    def ask(self, **order):
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"error": "it ended; see node.log"}
        if "error" in answer:
            raise Failed(f"PouchDB: {order.get('do')}: {answer['error']}")
        return answer


class Pouch(Peer):
    name = "pouchdb"
    carries = "JSON"
    most_records = 20_000

    @classmethod
    def check(cls):
        for program in ("node", "npm"):
            if not shutil.which(program):
                raise Missing(f"{program} is not installed")
        if not (_packages() / "node_modules" / "express-pouchdb").exists():
            _packages().mkdir(parents=True, exist_ok=True)
            done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--prefix", _packages(), *PACKAGES],
                                  capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise Missing(f"npm cannot install {' '.join(PACKAGES)}: {done.stderr.strip()[-300:]}")

    def words(self):
        versions = [json.loads((_packages() / "node_modules" / name / "package.json").read_text(encoding="utf-8"))["version"]
                    for name in ("pouchdb", "express-pouchdb")]
        return (f"PouchDB {versions[0]} from express-pouchdb {versions[1]}, LevelDB without syncing, JSON documents; sessions "
                "of one running program, which keeps its connections between them")

    def load(self):
        port = free_port()
        self.server = End(self.lab, "server", str(port))
        self.server.ask(do="load", file=str(self.lab.export / "records.jsonl"))
        wait_for(lambda: answers(port), 20, "express-pouchdb listens")
        self.link = self.lab.link(port)
        self.client = End(self.lab, "client", f"http://127.0.0.1:{self.link.port}/records")

    def _pull(self, database="copy", **order):
        def step():
            said = self.client.ask(do="pull", database=database, **order)
            figures = {"seconds": said["ms"] / 1000, "records": said["written"]}
            if "until" in order and not said["enough"]:
                limit_s = order["most_ms"] / 1000
                figures.update(seconds=limit_s, over=True, note=f"no {order['until']} incidents within {limit_s:.0f} s; its "
                               "feed begins with what is older")
            return figures

        return self.lab.measure(self.link, step, servers=[self.server.process], clients=[self.client.process])

    def bootstrap(self):
        return self._pull()

    def no_op(self):
        # A new program, which has no connections yet.
        self.client.ask(do="end")
        self.client.process.wait()
        self.client = End(self.lab, "client", f"http://127.0.0.1:{self.link.port}/records")
        return self._pull()

    def edits(self, name, count):
        self.server.ask(do="load", file=str(self.lab.export / f"{name}.jsonl"))
        return self._pull()

    def new_record(self):
        self.server.ask(do="load", file=str(self.lab.export / "new.jsonl"))
        return self._pull()

    def live(self):
        lines = (self.lab.export / "live.jsonl").read_text(encoding="utf-8").splitlines()[:self.lab.arguments.live]
        self.client.ask(do="watch", database="copy")
        times = []

        def step():
            for line in lines:
                begun = int(self.server.ask(do="put", doc=json.loads(line))["ns"])
                times.append((int(self.client.ask(do="next")["ns"]) - begun) / 1e6)

        figures = self.lab.measure(self.link, step, servers=[self.server.process], clients=[self.client.process])
        self.client.ask(do="unwatch")
        return {**figures, "bytes": figures["bytes"] / len(lines), "median_ms": statistics.median(times)}

    def field_screen(self, limit_s):
        return self._pull(database="field", until=50, most_ms=limit_s * 1000)

    def close(self):
        for end in (self.server, self.client):
            end.process.stdin.close()
