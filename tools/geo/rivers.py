"""Puts the pieces of rivers together: a river with a name is the shortest way through the network between points that
rivers.tsv gives; all others are joined end to end and stay without one.
"""

import heapq

import gshhg
from simplify import simplify

# By level; what is not here is left out: canals, and rivers that are dry for a part of the year.
RANKS = {gshhg.DOUBLE: 0, gshhg.LARGEST: 0, gshhg.LARGE: 1, gshhg.MEDIUM: 2, gshhg.SMALL: 3}
WIDEST = 0.05  # degrees between the end of a piece and the one that goes on, where they do not meet
BRIDGE = 4  # how much longer such a gap counts than it is
FARTHEST = 0.1  # degrees from a point of the table to the river that it means


def table(path, steps):
    """rivers.tsv: (rank, names, reaches), a reach being points in steps."""
    rows = []
    for line in path.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        rank, english, russian, tajik, persian, ways = line.split("\t")
        reaches = []
        for way in ways.split(";"):
            places = [tuple(float(number) for number in place.split(",")) for place in way.split()]
            reaches.append([(round(longitude * steps), round(latitude * steps)) for latitude, longitude in places])
        names = {"en": english, "ru": russian, "tg": tajik, "fa": persian}
        rows.append((int(rank), names, reaches))
    return rows


def _length(a, b):
    return ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5


def length_of(line):
    return sum(_length(a, b) for a, b in zip(line, line[1:]))


class Near:
    """Points in cells of a grid: the nearest one, looked for in the cell and its neighbours."""

    def __init__(self, points, cell):
        self._cell = cell
        self._cells = {}
        for point in points:
            self._cells.setdefault((point[0] // cell, point[1] // cell), []).append(point)

    def nearest(self, place, wanted):
        x, y = place[0] // self._cell, place[1] // self._cell
        around = (self._cells.get((x + i, y + j), []) for i in (-1, 0, 1) for j in (-1, 0, 1))
        near = [point for cell in around for point in cell if wanted(point)]
        found = min(near, key=lambda point: (_length(point, place), point), default=None)
        return found if found is not None and _length(found, place) <= self._cell else None


def _edge(a, b):
    return (a, b) if a < b else (b, a)


class Network:
    """Pieces as a net of points; what a river with a name has taken is taken from the rest."""

    def __init__(self, pieces, steps):
        self._steps = steps
        self._pieces = [(RANKS[level], points) for level, points in pieces if level in RANKS]
        self._next = {}
        self._taken = set()
        for rank, points in self._pieces:
            for a, b in zip(points, points[1:]):
                self._next.setdefault(a, []).append((b, rank))
                self._next.setdefault(b, []).append((a, rank))
        self._near = Near(self._next, round(FARTHEST * steps))
        self._bridge(Near(self._next, round(WIDEST * steps)))

    def _bridge(self, near):
        """A way on from each end that meets nothing: to the nearest point of another piece."""
        for _, points in self._pieces:
            own = set(points)
            for end in (points[0], points[-1]):
                if len(self._next[end]) > 1:
                    continue
                other = near.nearest(end, lambda point: point not in own)
                if other is not None:
                    self._next[end].append((other, BRIDGE))
                    self._next[other].append((end, BRIDGE))

    def _nearest(self, place):
        found = self._near.nearest(place, lambda point: True)
        if found is None:
            raise ValueError(f"no river near {place[1] / self._steps},{place[0] / self._steps}")
        return found

    def way(self, start, end):
        """Points from one to the other; an arm of a larger rank is shorter than it looks."""
        best, queue = {start: (0, None)}, [(0, start)]
        while queue:
            cost, at = heapq.heappop(queue)
            if at == end:
                way = [at]
                while best[way[-1]][1] is not None:
                    way.append(best[way[-1]][1])
                return way[::-1]
            if cost > best[at][0]:
                continue
            for after, rank in self._next[at]:
                total = cost + _length(at, after) * (1 + rank)
                if after not in best or total < best[after][0]:
                    best[after] = (total, at)
                    heapq.heappush(queue, (total, after))
        raise ValueError(f"no river leads from {start} to {end}")

    def take(self, reach):
        """The line through the points of a reach."""
        places = [self._nearest(place) for place in reach]
        line = [places[0]]
        for start, end in zip(places, places[1:]):
            line += self.way(start, end)[1:]
        self._taken.update(_edge(a, b) for a, b in zip(line, line[1:]))
        return line

    def rest(self, rank):
        """What no river has taken, as lines as long as can be."""
        runs = []
        for own, points in self._pieces:
            if own != rank:
                continue
            run = [points[0]]
            for a, b in zip(points, points[1:]):
                if _edge(a, b) in self._taken:
                    runs.append(run)
                    run = [b]
                else:
                    run.append(b)
            runs.append(run)
        return join([run for run in runs if len(run) > 1])


def join(runs):
    """Joins lines where exactly two of them end."""
    ends = {}
    for number, run in enumerate(runs):
        for point in {run[0], run[-1]}:
            ends.setdefault(point, []).append(number)
    used, joined = set(), []
    for number, run in enumerate(runs):
        if number in used:
            continue
        used.add(number)
        line = list(run)
        for _ in range(2):  # on from its end, and then from its beginning
            while True:
                others = ends[line[-1]]
                after = [other for other in others if other not in used]
                if len(others) != 2 or len(after) != 1:
                    break
                used.add(after[0])
                piece = runs[after[0]]
                line += (piece if piece[0] == line[-1] else piece[::-1])[1:]
            line.reverse()
        joined.append(line)
    return joined


def inside(points, window):
    west, south, east, north = window
    return any(west <= x <= east and south <= y <= north for x, y in points)


def build(pieces, rows, window, follow, fine, coarse, steps):
    """[(rank, names, lines)]: first those of the table, then, a rank each, those without a name; beyond the window
    the largest alone, coarsely. `follow`: gives a line that has a name the course of a border where it is one."""
    network = Network(pieces, steps)
    built = []
    for rank, names, reaches in rows:
        lines = [follow(simplify(network.take(reach), fine, steps)) for reach in reaches]
        built.append((rank, names, lines))
    for rank in sorted(set(RANKS.values())):
        lines = []
        for line in network.rest(rank):
            near = inside(line, window)
            if near or rank == 0:
                lines.append(simplify(line, fine if near else coarse, steps))
        built.append((rank, {"en": ""}, lines))
    return [river for river in built if river[2]]
