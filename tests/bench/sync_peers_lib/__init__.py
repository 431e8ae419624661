"""The peers of tests/bench/sync_peers, a file each, and what they share (lab.py, table.py)."""
