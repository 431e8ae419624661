"""etcd: a key a record; etcdctl is the copy, which keeps what it receives in a file."""

import base64
import http.client
import json
import os
import shutil
import statistics
import subprocess
import time

from sync_peers_lib.lab import Failed, answers, free_port, read_records, wait_for
from sync_peers_lib.peer import Missing, Peer

A_TRANSACTION = 100  # puts; etcd takes 128 operations at most
PREFIX = "r/"


def _key(record_id):
    return PREFIX.encode() + record_id.hex().encode()


def _text(value):
    return base64.b64encode(value).decode()


class Etcd(Peer):
    name = "etcd"

    @classmethod
    def check(cls):
        for program in ("etcd", "etcdctl"):
            if not shutil.which(program):
                raise Missing(f"{program} is not installed")

    def words(self):
        version = subprocess.run(["etcd", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
        return (f"etcd {version}, range read and watch by etcdctl; the copy is a file that we sync, which nobody can query; "
                "times begin with starting etcdctl")

    def load(self):
        port, peers = free_port(), free_port()
        self.server = self.lab.start([
            "etcd", "--data-dir", self.lab.folder / "data", "--listen-client-urls", f"http://127.0.0.1:{port}",
            "--advertise-client-urls", f"http://127.0.0.1:{port}", "--listen-peer-urls", f"http://127.0.0.1:{peers}",
            "--initial-advertise-peer-urls", f"http://127.0.0.1:{peers}", "--initial-cluster",
            f"default=http://127.0.0.1:{peers}"])
        wait_for(lambda: answers(port), 20, "etcd listens")
        self.http = http.client.HTTPConnection("127.0.0.1", port)
        wait_for(self._healthy, 20, "etcd has a leader")
        self.revision = self._put(read_records(self.lab.export / "records.bin"))
        self.link = self.lab.link(port)
        self.env = {**os.environ, "ETCDCTL_API": "3", "ETCDCTL_ENDPOINTS": f"127.0.0.1:{self.link.port}"}

    def _healthy(self):
        try:
            return "revision" in self._post("kv/range", {"key": _text(b"x")}).get("header", {})
        except (Failed, OSError, http.client.HTTPException):
            self.http.close()
            return False

    def _post(self, path, body):
        self.http.request("POST", f"/v3/{path}", json.dumps(body))
        answer = self.http.getresponse()
        text = answer.read()
        if answer.status != 200:
            raise Failed(f"etcd refused {path}: {text[:300]}")
        return json.loads(text)

    def _put(self, records):
        """In transactions, directly; the revision then."""
        revision = 0
        for at in range(0, len(records), A_TRANSACTION):
            puts = [{"requestPut": {"key": _text(_key(record_id)), "value": _text(body)}}
                    for record_id, body in records[at:at + A_TRANSACTION]]
            revision = int(self._post("kv/txn", {"success": puts})["header"]["revision"])
        return revision

    def _read(self, *words):
        """A range read into a file that is synced."""
        with open(self.lab.folder / "copy", "wb") as copy:
            ran = self.lab.run(["etcdctl", "get", PREFIX, "-w", "protobuf", *words], stdout=copy, env=self.env)
            os.fsync(copy.fileno())
        return ran

    def bootstrap(self):
        return self.lab.measure(self.link, lambda: self._read("--prefix") and None, servers=[self.server])

    def no_op(self):
        def step():
            said = self.lab.run(["etcdctl", "get", "none", "-w", "json"], env=self.env).out
            if json.loads(said)["header"]["revision"] != self.revision:
                raise Failed("etcd has another revision than it should have")

        return self.lab.measure(self.link, step, servers=[self.server])

    def _watch(self, revision):
        return self.lab.start(["etcdctl", "watch", "--prefix", PREFIX, "--rev", str(revision), "-w", "json"], stdout=True,
                              env=self.env)

    def _catch_up(self, path):
        records = read_records(path)
        since = self.revision + 1
        self.revision = self._put(records)
        watches = []

        def step():
            watches.append(self._watch(since))
            with open(self.lab.folder / "changes", "ab") as changes:
                left = len(records)
                while left > 0:
                    line = watches[0].stdout.readline()
                    if not line:
                        raise Failed("etcdctl watch ended")
                    changes.write(line.encode())
                    left -= len(json.loads(line)["Events"])
                changes.flush()
                os.fsync(changes.fileno())

        figures = self.lab.measure(self.link, step, servers=[self.server])
        watches[0].terminate()
        # It started within the step, and was not there for the meter.
        _, _, usage = os.wait4(watches[0].pid, 0)
        watches[0].returncode = 0
        return {**figures, "client_cpu_s": usage.ru_utime + usage.ru_stime, "client_mb": usage.ru_maxrss / 1024}

    def edits(self, name, count):
        return self._catch_up(self.lab.export / f"{name}.bin")

    def new_record(self):
        return self._catch_up(self.lab.export / "new.bin")

    def live(self):
        records = read_records(self.lab.export / "live.bin")[:self.lab.arguments.live]
        watch = self._watch(self.revision + 1)
        time.sleep(1)  # until it watches; etcdctl does not say so
        times = []

        def step():
            with open(self.lab.folder / "changes", "ab") as changes:
                for record_id, body in records:
                    begin = time.monotonic()
                    self._post("kv/put", {"key": _text(_key(record_id)), "value": _text(body)})
                    changes.write(watch.stdout.readline().encode())
                    changes.flush()
                    os.fdatasync(changes.fileno())
                    times.append((time.monotonic() - begin) * 1000)

        figures = self.lab.measure(self.link, step, servers=[self.server], clients=[watch])
        self.revision += len(records)
        watch.terminate()
        watch.wait()
        return {**figures, "bytes": figures["bytes"] / len(records), "median_ms": statistics.median(times)}

    def field_screen(self, limit_s):
        # The newest, which are incidents.
        newest = ("--prefix", "--sort-by", "key", "--order", "descend", "--limit", "50")
        return self.lab.measure(self.link, lambda: self._read(*newest) and None, servers=[self.server])
