"""Rivers that are a border: the two come from surveys that differ by a kilometre, and would lie beside each other. Where a
river keeps close to a border for long, it takes the very points of the border.
"""

import math

from rivers import Network, length_of

CLOSE = 2.0  # kilometres from a border within which a river may be that border
SHORTEST = 25.0  # kilometres of a river that may be one
ODDEST = 1.6  # so many times longer or shorter than the river, it is not the same
KM_OF_DEGREE = 111.2


class Borders:
    """`arcs`: lists of points, as they are written."""

    def __init__(self, arcs, steps):
        self._steps = steps
        self._net = Network([(1, points) for points in arcs], steps) if arcs else None
        self._cell = round(CLOSE / KM_OF_DEGREE * steps * 2)
        self._cells = {}
        for points in arcs:
            for a, b in zip(points, points[1:]):
                for cell in self._cells_of(a, b):
                    self._cells.setdefault(cell, []).append((a, b))

    def _cells_of(self, a, b):
        for x in range(min(a[0], b[0]) // self._cell, max(a[0], b[0]) // self._cell + 1):
            for y in range(min(a[1], b[1]) // self._cell, max(a[1], b[1]) // self._cell + 1):
                yield x, y

    def _nearest(self, point):
        """The distance in kilometres, and the nearer end of the nearest piece; None beyond some cells."""
        wide = math.cos(math.radians(point[1] / self._steps)) * KM_OF_DEGREE / self._steps
        high = KM_OF_DEGREE / self._steps
        best = None
        x, y = point[0] // self._cell, point[1] // self._cell
        for cell in ((x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for a, b in self._cells.get(cell, ()):
                ax, ay = (a[0] - point[0]) * wide, (a[1] - point[1]) * high
                dx, dy = (b[0] - a[0]) * wide, (b[1] - a[1]) * high
                square = dx * dx + dy * dy
                part = max(0.0, min(1.0, -(ax * dx + ay * dy) / square)) if square else 0.0
                distance = math.hypot(ax + part * dx, ay + part * dy)
                if best is None or distance < best[0]:
                    best = (distance, a if part < 0.5 else b)
        return best

    def follow(self, line):
        """The line, with the points of a border instead of its own where it is one."""
        near = [self._nearest(point) for point in line]
        close = [found is not None and found[0] <= CLOSE for found in near]
        followed, at = [], 0
        while at < len(line):
            end = at
            while end < len(line) and close[end] == close[at]:
                end += 1
            run = line[at:end]
            if close[at]:
                run = self._way(run, near[at][1], near[end - 1][1])
            followed += run
            at = end
        return followed

    def _way(self, run, start, end):
        own = length_of(run) / self._steps * KM_OF_DEGREE
        if own < SHORTEST or start == end:
            return run
        try:
            way = self._net.way(start, end)
        except ValueError:  # two borders that do not meet: the river goes from one to the other
            return run
        along = length_of(way) / self._steps * KM_OF_DEGREE
        return way if own / ODDEST <= along <= own * ODDEST else run
