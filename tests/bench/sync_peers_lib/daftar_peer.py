"""Daftar itself: `daftard serve` behind the link, replicas by sync_driver."""

import json
import time

from sync_peers_lib.peer import Peer

ROWS = 50  # of the first useful screen


class Daftar(Peer):
    name = "daftar"
    carries = "records"

    def words(self):
        return ("daftard and replicas with indexes, history and digests; durable and shown; bytes of a cold session, "
                "with those of HTTP/2")

    def load(self):
        self.records = ["--records", self.lab.arguments.records, "--seed", self.lab.arguments.seed]
        incidents = self.lab.arguments.exported["incidents"]
        data = self.lab.folder / "server"
        self.lab.run([self.lab.programs["daftar-gen"], "--records", incidents, "--seed", self.lab.arguments.seed,
                      "--into", data])
        self.server = self.lab.start([self.lab.programs["daftard"], "serve", "--data", data, "--listen",
                                      "127.0.0.1:0", "--insecure-loopback"], stdout=True)
        address = self.server.stdout.readline().split("listening on ")[-1].strip()
        self.direct = address
        self.link = self.lab.link(int(address.rpartition(":")[2]))
        self.address = f"127.0.0.1:{self.link.port}"
        self.replica, self.editor = self.lab.folder / "replica", self.lab.folder / "editor"
        self.lab.driver("sync", "--server", self.direct, self.editor)

    def _sync(self, *words, replica=None):
        def step():
            said = self.lab.driver("sync", "--server", self.address, *words, replica or self.replica)
            if not said["given_up"] and not said["digest_equal"]:
                said["note"] = "digests differ"
            return {key: said[key] for key in ("seconds", "searchable_s", "screen_s", "records", "note") if key in said}

        return self.lab.measure(self.link, step, servers=[self.server])

    def bootstrap(self):
        return self._sync()

    def no_op(self):
        return self._sync()

    def edits(self, name, count):
        self.lab.driver("edit", "--server", self.direct, *self.records, "--set", name, "--count", count,
                        self.editor)
        return self._sync()

    def new_record(self):
        self.lab.driver("new", "--server", self.direct, *self.records, self.editor)
        return self._sync()

    def _live(self, count, *words):
        live = self.lab.start([self.lab.programs["sync_driver"], "live", "--server", self.address, "--direct", self.direct,
                               *self.records, "--count", count, *words, self.replica, self.editor],
                              stdin=True, stdout=True)
        live.stdout.readline()
        time.sleep(0.3)  # what the connection says of itself

        def step():
            live.stdin.write("go\n")
            live.stdin.flush()
            return json.loads(live.stdout.readline())

        figures = self.lab.measure(self.link, step, servers=[self.server], clients=[live])
        live.wait()
        figures["bytes"] /= count
        return figures

    def live(self):
        figures = self._live(self.lab.arguments.live)
        figures["new_bytes"] = self._live(20, "--new", "--number", 1)["bytes"]
        return figures

    def field_screen(self, limit_s):
        figures = self._sync("--rows", ROWS, "--give-up", limit_s, replica=self.lab.folder / "field")
        figures["seconds"] = figures.pop("screen_s", None)
        if figures["seconds"] is None:
            figures.update(seconds=limit_s, over=True)
            figures["note"] = f"no {ROWS} incidents to show within {limit_s} s"
        return figures
