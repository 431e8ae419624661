"""The rows of the table: what is read from the steps of every peer, and what Daftar is to reach."""

# A figure of a peer that was measured with fewer records is scaled to the others' number where it grows with it.
GROWS = True


class Row:
    """A line: how its figure is read from a peer's steps, and the goal.

    The goal is a figure, or a factor of what `zstd -19` makes of all records; goals are those of the sync protocol.
    """

    def __init__(self, name, step, read, grows=False, goal=None, of_zstd=None):
        self.name, self.step, self.read, self.grows, self.goal, self.of_zstd = name, step, read, grows, goal, of_zstd


def _key(key, factor=1.0):
    return lambda figures: None if figures.get(key) is None else figures[key] * factor


def _cpu(figures):
    parts = [figures.get("server_cpu_s"), figures.get("client_cpu_s")]
    return None if None in parts else sum(parts)


def _per(count):
    return lambda figures: figures["bytes"] / count


ROWS = [
    Row("bootstrap, bytes a record", "bootstrap", lambda figures: figures["bytes"] / figures["of"], of_zstd=1.09),
    Row("bootstrap, s", "bootstrap", _key("seconds"), GROWS),
    Row("bootstrap, s, searchable", "bootstrap", _key("searchable_s"), GROWS),
    Row("bootstrap, processor s, both ends", "bootstrap", _cpu, GROWS),
    Row("bootstrap, sender's peak MB", "bootstrap", _key("server_mb")),
    Row("bootstrap, copy's peak MB", "bootstrap", _key("client_mb")),
    Row("no-op, bytes", "no_op", _key("bytes"), goal=120),
    Row("no-op, ms", "no_op", _key("seconds", 1000)),
    Row("1 edit, bytes", "edits_1", _key("bytes")),
    Row("1 edit, ms", "edits_1", _key("seconds", 1000)),
    Row("100 edits, bytes an edit", "edits_100", _per(100)),
    Row("100 edits, ms", "edits_100", _key("seconds", 1000)),
    Row("1,000 edits, bytes an edit", "edits_1000", _per(1000), goal=6),
    Row("1,000 edits, ms", "edits_1000", _key("seconds", 1000)),
    Row("1,000 edits, processor s, both ends", "edits_1000", _cpu),
    Row("one new record, bytes", "new_record", _key("bytes")),
    Row("one new record, ms", "new_record", _key("seconds", 1000)),
    Row("live, edit to durable and shown, ms", "live", _key("median_ms"), goal=2.0),
    Row("live, bytes an edit", "live", _key("bytes"), goal=60),
    Row("live, bytes a new record", "live", _key("new_bytes"), goal=260),
    Row("field link: no-op, s", "field_no_op", _key("seconds"), goal=1.3),
    Row("field link: one edit, s", "field_edit", _key("seconds"), goal=1.4),
    Row("field link: 50 incidents to show, s", "field_screen", _key("seconds"), goal=4),
    Row("field link: 50 incidents to show, kB", "field_screen", _key("bytes", 0.001), goal=64),
]


def rows_of(results, floor):
    """The table from what each peer's steps gave; `floor` is what bare_stream said, or None."""
    rows = []
    for row in ROWS:
        cells = {}
        for peer, result in results.items():
            figures = result["steps"].get(row.step)
            value = None if not figures or "failed" in figures else row.read(figures)
            if value is None:
                continue
            scale = result["of_all"] / result["records"] if row.grows else 1
            mark = ">" if figures.get("over") else "~" if scale > 1 else ""
            cells[peer] = {"value": value * scale, "mark": mark}
        own = cells.get("daftar", {}).get("value")
        others = {peer: cell["value"] for peer, cell in cells.items() if peer != "daftar"}
        best = min(others, key=others.get, default=None)
        goal = row.goal
        if row.of_zstd and floor and "zstd_19" in floor:
            goal = floor["zstd_19"]["bytes"] / floor["records"] * row.of_zstd
        rows.append({"name": row.name, "cells": cells, "best_peer": best,
                     "ratio": own / others[best] if own is not None and best and others[best] > 0 else None,
                     "goal": goal, "met": None if goal is None or own is None else own <= goal})
    return rows


def number(value):
    if value is None:
        return "-"
    return f"{value:.3f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def _notes(results):
    for peer, result in results.items():
        for step, figures in result["steps"].items():
            if figures.get("failed"):
                yield f"{peer}, {step}: failed: {figures['failed']}"
            elif figures.get("note"):
                yield f"{peer}, {step}: {figures['note']}"


def tell(rows, results, missing, floor, exported):
    """Prints it all."""
    print(f"{exported['records']:,} records, {exported['bytes'] / exported['records']:.0f} bytes each as protobuf, "
          f"{exported['json_bytes'] / exported['json_records']:.0f} as JSON; TCP payload of both ways; "
          "ratio = Daftar / best peer")
    for peer, result in results.items():
        capped = "" if result["records"] == result["of_all"] else (
            f"; {result['records']:,} records: what is marked ~ is scaled to {result['of_all']:,}")
        print(f"  {peer} ({result['carries']}): {result['words']}{capped}")
    for peer, why in missing.items():
        print(f"  {peer}: left out: {why}")
    peers = list(results)
    line = "{:<38}" + "{:>13}" * len(peers) + "{:>9}  {:<10}{:>10}  {}"
    print(line.format("", *peers, "ratio", "to", "goal", ""))
    for row in rows:
        cells = [row["cells"][peer]["mark"] + number(row["cells"][peer]["value"]) if peer in row["cells"] else "-"
                 for peer in peers]
        verdict = {True: "held", False: "MISSED", None: ""}[row["met"]]
        print(line.format(row["name"], *cells, number(row["ratio"]), row["best_peer"] or "-", number(row["goal"]),
                          verdict).rstrip())
    disk = [f"{peer} {number(median)} / {number(slowest)}" for peer, result in results.items()
            for median, slowest in [result.get("synced_write_ms", (None, None))] if median is not None]
    print("disk: a synced write just before the row `live`, ms, median / slowest: " + ", ".join(disk))
    if floor:
        records = floor["records"]
        zstd = ", ".join(f"zstd -{level} of all records {floor[f'zstd_{level}']['bytes'] / records:.0f} B a record"
                         for level in (3, 19) if f"zstd_{level}" in floor)
        print(f"floor: bare gRPC stream into LMDB append, decoded, an index by date: {floor['stream_s']:.3f} s, "
              f"{floor['wire_bytes'] / records:.0f} B a record; bare question with two syncs: {floor['unary_ms']:.2f} ms; {zstd}")
    for note in _notes(results):
        print(f"  {note}")
