"""Reads the layers of a GeoPackage: an SQLite file whose geometries are WKB behind a header of their own.

Coordinates come out as whole numbers of 1/10,000 degree, so that a border which two provinces share has the very same
points on both sides.
"""

import sqlite3
import struct

STEPS = 10_000  # per degree

POLYGON, MULTI_LINE, MULTI_POLYGON = 3, 5, 6
# Length of the envelope by the header's indicator (OGC 12-128r15, 2.1.3).
ENVELOPE = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


class Reader:
    """Well-known binary, from the front."""

    def __init__(self, data, at):
        self._data = data
        self._at = at
        self._order = "<"

    def take(self, form):
        value = struct.unpack_from(self._order + form, self._data, self._at)
        self._at += struct.calcsize(self._order + form)
        return value

    def header(self):
        """The type of the geometry that follows."""
        self._order = "<"
        (order,) = self.take("B")
        self._order = "<" if order else ">"
        return self.take("I")[0]

    def points(self):
        (count,) = self.take("I")
        numbers = self.take(f"{2 * count}d")
        points = []
        for x, y in zip(numbers[::2], numbers[1::2]):
            point = (round(x * STEPS), round(y * STEPS))
            if not points or points[-1] != point:
                points.append(point)
        return points

    def parts(self, expected):
        """A multi-geometry: for each part its lists of points."""
        kind = self.header()
        if kind != expected:
            raise ValueError(f"geometry of type {kind} where {expected} was expected")
        (count,) = self.take("I")
        parts = []
        for _ in range(count):
            if self.header() == POLYGON:
                (rings,) = self.take("I")
                parts.append([self.points() for _ in range(rings)])
            else:
                parts.append([self.points()])
        return parts


def geometry(blob, expected):
    if blob[:2] != b"GP":
        raise ValueError("not the geometry of a GeoPackage")
    return Reader(blob, 8 + ENVELOPE[(blob[3] >> 1) & 7]).parts(expected)


def rings_of(polygon):
    """Rings without the point that closes them; nothing that has no area."""
    rings = [ring[:-1] if ring[0] == ring[-1] else ring for ring in polygon if ring]
    if not rings or len(rings[0]) < 3:
        return []
    return [ring for ring in rings if len(ring) >= 3]


class World:
    """The three layers of QGIS's world_map.gpkg."""

    def __init__(self, path):
        self._file = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)

    def date(self):
        """The day on which its newest layer was changed."""
        (last,) = self._file.execute("SELECT max(last_change) FROM gpkg_contents WHERE data_type = 'features'").fetchone()
        return last[:10]

    def countries(self):
        """Name by ISO 3166-1 alpha-3 code."""
        return dict(self._file.execute("SELECT ISO_A3, NAME FROM countries"))

    def provinces(self):
        """Dictionaries: name, fips, country (alpha-2, '' if it has none), sovereign (alpha-3), polygons."""
        rows = self._file.execute(
            "SELECT name, gn_name, fips, iso_a2, adm0_a3, admin, geom FROM states_provinces ORDER BY fid"
        )
        for name, local, fips, country, area, admin, geom in rows:
            polygons = [rings for rings in map(rings_of, geometry(geom, MULTI_POLYGON)) if rings]
            yield {
                "name": name or local or "",
                "local": local or "",
                "fips": fips or "",
                "country": country if country and len(country) == 2 and country.isalpha() else "",
                "area": area,
                "admin": admin or "",
                "polygons": polygons,
            }

    def disputed(self):
        """Names and lines."""
        for name, country, geom in self._file.execute("SELECT name, adm0_left, geom FROM disputed_borders ORDER BY fid"):
            for line in geometry(geom, MULTI_LINE):
                if len(line[0]) >= 2:
                    yield name, country, line[0]
