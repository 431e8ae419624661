"""PostgreSQL's logical replication: a table of records, a subscription through the link."""

import os
import pathlib
import shutil
import statistics
import subprocess
import time

from sync_peers_lib.lab import Failed, answers, free_port, read_records, wait_for
from sync_peers_lib.peer import Missing, Peer

BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
LOGICAL = "wal_level = logical\n"


class Session:
    """A psql that stays connected."""

    def __init__(self, lab, port):
        self._process = lab.start(["psql", "-XAtq", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "postgres"],
                                  stdin=True, stdout=True)
        self._asked = 0

    def ask(self, sql):
        """Rows as lines."""
        self._asked += 1
        end = f"END {self._asked}"
        self._process.stdin.write(f"{sql};\n\\echo {end}\n")
        self._process.stdin.flush()
        rows = []
        for line in self._process.stdout:
            if line.rstrip("\n") == end:
                return rows
            rows.append(line.rstrip("\n"))
        raise Failed(f"psql ended at: {sql[:200]}; see psql.log")


def _as_postgres():
    """PostgreSQL refuses to run as root."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


class Postgres(Peer):
    name = "postgres"

    @classmethod
    def check(cls):
        if not (BIN / "initdb").exists() or not shutil.which("psql"):
            raise Missing("PostgreSQL 15 is not installed")

    def words(self):
        version = subprocess.run([BIN / "postgres", "--version"], capture_output=True, text=True, check=True).stdout.split()[2]
        return (f"PostgreSQL {version}, logical replication, binary; bytea by uuid, committed and flushed at both ends; "
                "the first copy is text in 15, two letters a byte")

    def _cluster(self, name, settings):
        data, port = self.lab.folder / name, free_port()
        data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(data, "postgres", "postgres")
        subprocess.run([*_as_postgres(), BIN / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8",
                        "--locale=C"], check=True, stdout=subprocess.DEVNULL, cwd="/")
        with open(data / "postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write(f"port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\n{settings}")
        process = self.lab.start([*_as_postgres(), BIN / "postgres", "-D", data], cwd="/")
        wait_for(lambda: answers(port), 30, f"PostgreSQL's {name} listens")
        time.sleep(0.5)  # it may still answer that it starts
        return process, port, Session(self.lab, port)

    def load(self):
        for folder in (self.lab.folder, self.lab.folder.parent):
            folder.chmod(folder.stat().st_mode | 0o111)  # the user postgres must get to its data
        self.server, port, self.publisher = self._cluster("publisher", LOGICAL)
        self.client, _, self.subscriber = self._cluster("subscriber", LOGICAL + "wal_retrieve_retry_interval = '50ms'\n")
        for session in (self.publisher, self.subscriber):
            session.ask("create table record(id uuid primary key, body bytea not null)")
        records = read_records(self.lab.export / "records.bin")
        for at in range(0, len(records), 1000):
            self.publisher.ask("insert into record values " + ",".join(
                f"('{record_id.hex()}', '\\x{body.hex()}')" for record_id, body in records[at:at + 1000]))
        self.publisher.ask("create publication p for table record")
        self.publisher.ask("checkpoint")
        self.link = self.lab.link(port)

    def _measure(self, step):
        return self.lab.measure(self.link, step, servers=[self.server], clients=[self.client])

    def bootstrap(self):
        connection = f"host=127.0.0.1 port={self.link.port} user=postgres dbname=postgres"

        def step():
            self.subscriber.ask(f"create subscription s connection '{connection}' publication p "
                                "with (binary = true, synchronous_commit = on)")
            wait_for(lambda: self.subscriber.ask("select srsubstate in ('f', 's', 'r') from pg_subscription_rel") == ["t"],
                     900, "the first copy")

        figures = self._measure(step)
        wait_for(lambda: self.subscriber.ask("select srsubstate from pg_subscription_rel") == ["r"], 60, "it is live")
        self._disconnect()
        return figures

    def _disconnect(self):
        self.subscriber.ask("alter subscription s disable")
        wait_for(lambda: not self.publisher.ask("select 1 from pg_stat_replication"), 60, "the subscription has ended")

    def _catch_up(self):
        """Seconds until what the publisher has now is flushed by the subscriber."""
        (position,) = self.publisher.ask("select pg_current_wal_lsn()")

        def step():
            self.subscriber.ask("alter subscription s enable")
            wait_for(lambda: self.publisher.ask(
                f"select flush_lsn >= '{position}' from pg_stat_replication where state = 'streaming'") == ["t"], 300,
                "the subscriber has all", pause=0.002)

        figures = self._measure(step)
        self._disconnect()
        return figures

    def no_op(self):
        return self._catch_up()

    def _update(self, path):
        self.publisher.ask("begin;" + ";".join(self._upsert(*record) for record in read_records(path)) + "; commit")

    @staticmethod
    def _upsert(record_id, body):
        return (f"insert into record values ('{record_id.hex()}', '\\x{body.hex()}') "
                "on conflict (id) do update set body = excluded.body")

    def edits(self, name, count):
        self._update(self.lab.export / f"{name}.bin")
        return self._catch_up()

    def new_record(self):
        self._update(self.lab.export / "new.bin")
        return self._catch_up()

    def live(self):
        """A commit that waits for the subscriber's flush: durable at both ends when it returns."""
        self.subscriber.ask("alter subscription s enable")
        self.publisher.ask("alter system set synchronous_standby_names = 's'")
        self.publisher.ask("select pg_reload_conf()")
        wait_for(lambda: self.publisher.ask("select sync_state from pg_stat_replication") == ["sync"], 60, "it is synchronous")
        records = read_records(self.lab.export / "live.bin")[:self.lab.arguments.live]
        times = []

        def step():
            for record in records:
                sql = self._upsert(*record)
                begin = time.monotonic()
                self.publisher.ask(sql)
                times.append((time.monotonic() - begin) * 1000)

        figures = self._measure(step)
        self.publisher.ask("alter system reset synchronous_standby_names")
        self.publisher.ask("select pg_reload_conf()")
        self._disconnect()
        return {**figures, "bytes": figures["bytes"] / len(records), "median_ms": statistics.median(times)}
