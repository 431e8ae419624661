"""Where peers are measured: folders, processes, the link between the two ends, and the meter on both."""

import contextlib
import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import threading
import time

TICKS = os.sysconf("SC_CLK_TCK")
SAMPLE_S = 0.2


class Failed(Exception):
    """A step did not work: what and why."""


def free_port():
    with contextlib.closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(condition, seconds, what, pause=0.005):
    """Until the condition holds; what it gave."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Failed(f"{what}: not within {seconds} s")
        time.sleep(pause)


def answers(port):
    """Whether somebody listens there."""
    with contextlib.closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def read_records(path):
    """(id, bytes) of a file that `sync_driver export` wrote."""
    data = pathlib.Path(path).read_bytes()
    at, records = 0, []
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        records.append((data[at + 4:at + 20], data[at + 20:at + 4 + size]))
        at += 4 + size
    return records


class Link:
    """A link_proxy program."""

    def __init__(self, process):
        self._process = process
        self.port = json.loads(process.stdout.readline())["port"]

    def _ask(self, order):
        self._process.stdin.write(order + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def counters(self):
        return self._ask("counters")

    def bytes(self):
        counters = self.counters()
        return counters["up"]["delivered"] + counters["down"]["delivered"]

    @contextlib.contextmanager
    def field(self):
        """Is the field link for new connections inside."""
        self._ask("faults --field")
        try:
            yield
        finally:
            self._ask("faults")


def _tree(roots):
    """The processes and all below them: {pid: processor ticks}, those of children that have ended with their parent's."""
    parents, ticks = {}, {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            fields = pathlib.Path("/proc", entry, "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        parents[int(entry)] = int(fields[1])
        ticks[int(entry)] = sum(map(int, fields[11:15]))
    inside = set(roots)
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in inside} - inside
        inside |= more
        grown = bool(more)
    return {pid: ticks[pid] for pid in inside if pid in ticks}


def _pss_mb(pid):
    try:
        for line in pathlib.Path("/proc", str(pid), "smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass  # it has ended
    return 0.0


class Meter(threading.Thread):
    """Processor time and memory of running processes and those below them, while it runs.

    Memory is the sum of proportional set sizes, sampled; mapped files count where they are in memory.
    """

    def __init__(self, roots):
        super().__init__(daemon=True)
        self._roots = roots
        self._over = threading.Event()
        self._before = self._last = sum(_tree(roots).values())
        self.peak_mb = 0.0

    def _sample(self):
        now = _tree(self._roots)
        self._last = max(self._last, sum(now.values()))
        self.peak_mb = max(self.peak_mb, sum(_pss_mb(pid) for pid in now))

    def run(self):
        while not self._over.wait(SAMPLE_S):
            self._sample()

    def stop(self):
        self._over.set()
        self.join()
        self._sample()

    @property
    def cpu_s(self):
        return (self._last - self._before) / TICKS


def synced_write_ms(folder):
    """What the disk takes at this moment for a small write and its sync: (median, slowest) of 30."""
    times = []
    with open(pathlib.Path(folder) / "probe", "wb") as probe:
        for _ in range(30):
            begin = time.monotonic()
            os.pwrite(probe.fileno(), bytes(4096), 0)
            os.fdatasync(probe.fileno())
            times.append((time.monotonic() - begin) * 1000)
    return sorted(times)[len(times) // 2], max(times)


class Ran:
    """How a program ended."""

    def __init__(self, out, seconds, cpu_s, peak_mb):
        self.out, self.seconds, self.cpu_s, self.peak_mb = out, seconds, cpu_s, peak_mb


class Lab:
    """For one peer: its folder, and all processes that it starts, which end with it."""

    def __init__(self, folder, export, programs, arguments):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.export = pathlib.Path(export)
        self.programs = programs  # of Daftar's build, by name
        self.arguments = arguments
        self._started = []
        self._client_cpu_s = self._client_mb = 0.0

    def start(self, command, stdin=False, stdout=False, **how):
        """A process that goes on; its talk goes to a file."""
        name = pathlib.Path(command[0]).name
        with open(self.folder / f"{name}.log", "ab") as log:
            process = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
                stdout=subprocess.PIPE if stdout else log, stderr=log, text=True, start_new_session=True, **how)
        self._started.append(process)
        return process

    def run(self, command, **how):
        """A program to its end, as a client: it counts in the figures that are being measured."""
        log = self.folder / f"{pathlib.Path(command[0]).name}.err"
        begin = time.monotonic()
        with open(log, "wb") as errors:
            process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
                                       stdout=how.pop("stdout", subprocess.PIPE), stderr=errors, **how)
            out = process.stdout.read() if process.stdout else b""
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begin
        if process.returncode != 0:
            said = log.read_text(encoding="utf-8", errors="replace")[-1500:]
            raise Failed(f"{' '.join(map(str, command))} ended with {process.returncode}: {said}")
        ran = Ran(out, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        self._client_cpu_s += ran.cpu_s
        self._client_mb = max(self._client_mb, ran.peak_mb)
        return ran

    def driver(self, *words):
        """A step of sync_driver; its JSON."""
        ran = self.run([self.programs["sync_driver"], *words])
        return json.loads(ran.out.decode().strip().splitlines()[-1])

    def link(self, port):
        return Link(self.start([self.programs["link_proxy"], f"127.0.0.1:{port}"], stdin=True, stdout=True))

    def measure(self, link, step, servers=(), clients=()):
        """Runs the step; bytes over the link, processor time and memory of both ends, and what the step itself says.

        A step that names no seconds took as long as it took.
        """
        self._client_cpu_s = self._client_mb = 0.0
        meters = [Meter([process.pid for process in processes]) for processes in (servers, clients)]
        before = link.bytes()
        for meter in meters:
            meter.start()
        begin = time.monotonic()
        try:
            said = step() or {}
            seconds = time.monotonic() - begin
        finally:
            for meter in meters:
                meter.stop()
        server, client = meters
        return {"bytes": link.bytes() - before, "seconds": seconds,
                "server_cpu_s": server.cpu_s, "client_cpu_s": client.cpu_s + self._client_cpu_s,
                "server_mb": server.peak_mb, "client_mb": max(client.peak_mb, self._client_mb), **said}

    def close(self):
        for process in reversed(self._started):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._started.clear()
