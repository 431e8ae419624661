"""git: a file a record, fetched from its daemon."""

import os
import shutil
import subprocess

from sync_peers_lib.lab import Failed, answers, free_port, read_records, wait_for
from sync_peers_lib.peer import Missing, Peer


class Git(Peer):
    name = "git"

    @classmethod
    def check(cls):
        if not shutil.which("git"):
            raise Missing("git is not installed")

    def words(self):
        version = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
        return f"git {version}, a file a record, clone and pull; objects synced, the checkout not; no index but names"

    def load(self):
        self.env = {**os.environ, "HOME": str(self.lab.folder), "GIT_CONFIG_NOSYSTEM": "1"}
        self.repository = self.lab.folder / "served" / "records.git"
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", self.repository], env=self.env, check=True)
        self.commits = 0
        self._commit(self.lab.export / "records.bin")
        # With bitmaps, git sends whole trees instead of what changed in them.
        subprocess.run(["git", "-C", self.repository, "-c", "repack.writeBitmaps=false", "repack", "-adq"], env=self.env,
                       check=True)
        port = free_port()
        self.server = self.lab.start(["git", "daemon", "--reuseaddr", "--listen=127.0.0.1", f"--port={port}", "--export-all",
                                      f"--base-path={self.repository.parent}"], env=self.env)
        wait_for(lambda: answers(port), 10, "git's daemon listens")
        self.link = self.lab.link(port)
        self.copy = self.lab.folder / "copy"

    def _commit(self, path):
        """All of a file as one commit on top of what there is."""
        lines = [b"commit refs/heads/main\ncommitter bench <bench> %d +0000\ndata 1\nx\n" % (1_800_000_000 + self.commits)]
        if self.commits:
            lines.append(b"from refs/heads/main^0\n")
        for record_id, body in read_records(path):
            name = record_id.hex().encode()
            # The end of an id is random, so that folders are alike in size.
            lines.append(b"M 100644 inline %s/%s\ndata %d\n%s\n" % (name[-2:], name, len(body), body))
        subprocess.run(["git", "-C", self.repository, "fast-import", "--quiet"], input=b"".join(lines), env=self.env,
                       check=True)
        self.commits += 1

    def _git(self, *words):
        figures = self.lab.measure(
            self.link, lambda: self.lab.run(["git", "-c", "core.fsync=all", "-c", "gc.auto=0", *words], env=self.env) and None,
            servers=[self.server])
        if self._head(self.repository) != self._head(self.copy):
            raise Failed("the copy is not equal")
        return figures

    def _head(self, repository):
        return subprocess.run(["git", "-C", repository, "rev-parse", "main"], env=self.env, check=True,
                              capture_output=True).stdout

    def bootstrap(self):
        return self._git("clone", "-q", f"git://127.0.0.1:{self.link.port}/records.git", self.copy)

    def _pull(self):
        return self._git("-C", self.copy, "pull", "-q", "--ff-only")

    def no_op(self):
        return self._pull()

    def edits(self, name, count):
        self._commit(self.lab.export / f"{name}.bin")
        return self._pull()

    def new_record(self):
        self._commit(self.lab.export / "new.bin")
        return self._pull()
