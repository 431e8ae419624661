"""Leaves out points of a line that lie closer to it than a tolerance (Douglas and Peucker)."""

import math


def _farthest(points, first, last, squeeze):
    """The point farthest from the line between two, and the square of its distance; east-west is squeezed."""
    ax, ay = points[first][0] * squeeze, points[first][1]
    dx, dy = points[last][0] * squeeze - ax, points[last][1] - ay
    length = dx * dx + dy * dy
    best, most = first, -1.0
    for at in range(first + 1, last):
        x, y = points[at][0] * squeeze - ax, points[at][1] - ay
        along = max(0.0, min(1.0, (x * dx + y * dy) / length)) if length else 0.0
        ex, ey = x - along * dx, y - along * dy
        distance = ex * ex + ey * ey
        if distance > most:
            best, most = at, distance
    return best, most


def simplify(points, tolerance, steps):
    """Both ends stay. `tolerance` in degrees of latitude; a degree of longitude counts for less towards the poles."""
    if len(points) <= 2:
        return points
    middle = sum(point[1] for point in points) / len(points) / steps
    squeeze = math.cos(math.radians(min(abs(middle), 85)))
    limit = (tolerance * steps) ** 2
    keep = {0, len(points) - 1}
    ranges = [(0, len(points) - 1)]
    if points[0] == points[-1]:  # a closed line has no direction: its farthest point gives it two halves
        best, _ = _farthest(points, 0, len(points) - 1, squeeze)
        keep.add(best)
        ranges = [(0, best), (best, len(points) - 1)]
    while ranges:
        first, last = ranges.pop()
        if last - first < 2:
            continue
        best, distance = _farthest(points, first, last, squeeze)
        if distance > limit:
            keep.add(best)
            ranges += [(first, best), (best, last)]
    return [points[at] for at in sorted(keep)]
