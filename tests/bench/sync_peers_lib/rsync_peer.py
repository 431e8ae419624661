"""rsync: one SQLite file of all records, fetched from a daemon."""

import filecmp
import shutil
import sqlite3
import subprocess

from sync_peers_lib.lab import Failed, answers, free_port, read_records, wait_for
from sync_peers_lib.peer import Missing, Peer


class Rsync(Peer):
    name = "rsync"

    @classmethod
    def check(cls):
        if not shutil.which("rsync"):
            raise Missing("rsync is not installed")

    def words(self):
        version = subprocess.run(["rsync", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
        return f"rsync {version} -z --inplace --fsync of one SQLite file; queryable once it is complete; no-op by size and time"

    def load(self):
        folder = self.lab.folder
        (folder / "data").mkdir()
        (folder / "copy").mkdir()
        self.file = folder / "data" / "records.sqlite"
        self._store(self.lab.export / "records.bin")
        port = free_port()
        config = folder / "rsyncd.conf"
        config.write_text(f"port = {port}\naddress = 127.0.0.1\nuse chroot = no\npid file = {folder}/rsyncd.pid\n"
                          f"log file = {folder}/rsyncd.log\n[data]\npath = {folder}/data\n", encoding="utf-8")
        self.server = self.lab.start(["rsync", "--daemon", "--no-detach", f"--config={config}"])
        wait_for(lambda: answers(port), 10, "rsync's daemon listens")
        self.link = self.lab.link(port)

    def _store(self, path):
        database = sqlite3.connect(self.file)
        database.execute("create table if not exists record(id blob primary key, body blob) without rowid")
        database.executemany("insert or replace into record values(?, ?)", read_records(path))
        database.commit()
        database.close()

    def _fetch(self):
        # Client processes of a step are counted by Lab.run; the daemon's, which end with the connection, by sampling.
        figures = self.lab.measure(
            self.link,
            lambda: self.lab.run(["rsync", "-tz", "--inplace", "--no-whole-file", "--fsync", "--modify-window=-1",
                                  f"rsync://127.0.0.1:{self.link.port}/data/records.sqlite",
                                  f"{self.lab.folder}/copy/"]) and None,
            servers=[self.server])
        if not filecmp.cmp(self.file, self.lab.folder / "copy" / self.file.name, shallow=False):
            raise Failed("the copy is not equal")
        return figures

    def bootstrap(self):
        return self._fetch()

    def no_op(self):
        return self._fetch()

    def edits(self, name, count):
        self._store(self.lab.export / f"{name}.bin")
        return self._fetch()

    def new_record(self):
        self._store(self.lab.export / "new.bin")
        return self._fetch()
