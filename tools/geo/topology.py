"""Cuts rings into arcs, so that a border which two areas share is kept, simplified and drawn once.

A point where rings part company is a node; an arc runs from node to node. A ring is then a list of references: number
of the arc doubled, plus one where the arc is walked backwards.
"""


def _nodes(rings):
    """Points whose neighbours are not the same in all rings that pass through them."""
    neighbours = {}
    nodes = set()
    for ring in rings:
        before = ring[-1]
        for at, point in enumerate(ring):
            after = ring[(at + 1) % len(ring)]
            pair = (before, after) if before < after else (after, before)
            if neighbours.setdefault(point, pair) != pair:
                nodes.add(point)
            before = point
    return nodes


def _pieces(ring, nodes):
    """The ring from node to node; whole, from its smallest point on, where it has none."""
    starts = [at for at, point in enumerate(ring) if point in nodes]
    if not starts:
        at = ring.index(min(ring))
        yield tuple(ring[at:] + ring[: at + 1])
        return
    for at, end in zip(starts, starts[1:] + [starts[0] + len(ring)]):
        yield tuple(ring[i % len(ring)] for i in range(at, end + 1))


class Arcs:
    """All arcs of the given rings, each once."""

    def __init__(self, rings):
        self.points = []
        self.users = []  # by arc: numbers of those that own rings along it
        self._known = {}
        self._nodes = _nodes(rings)

    def references(self, ring, user):
        """The ring as references; the arcs remember the user."""
        found = []
        for piece in _pieces(ring, self._nodes):
            backwards = piece[::-1]
            reverse = backwards < piece
            key = backwards if reverse else piece
            number = self._known.get(key)
            if number is None:
                number = self._known[key] = len(self.points)
                self.points.append(list(key))
                self.users.append(set())
            self.users[number].add(user)
            found.append(2 * number + reverse)
        return found

    def ends(self, reference):
        points = self.points[reference >> 1]
        return (points[-1], points[0]) if reference & 1 else (points[0], points[-1])


def outline(arcs, rings):
    """The outline of several areas together, from their rings as references: what two of them share falls away."""
    left = {}
    for ring in rings:
        for reference in ring:
            if left.pop(reference ^ 1, None) is None:
                left[reference] = True
    leaving = {}
    for reference in left:
        leaving.setdefault(arcs.ends(reference)[0], []).append(reference)
    joined = []
    for first in list(left):
        if first not in left:
            continue
        ring, at = [], first
        begin = arcs.ends(first)[0]
        while at is not None:
            del left[at]
            ring.append(at)
            end = arcs.ends(at)[1]
            if end == begin:
                joined.append(ring)
                break
            at = next((way for way in leaving.get(end, []) if way in left), None)
    return joined


def area(points):
    """Of a ring, in square steps; positive where it runs counter-clockwise."""
    total = 0
    before = points[-1]
    for point in points:
        total += before[0] * point[1] - point[0] * before[1]
        before = point
    return total / 2
