#!/usr/bin/env python3
"""Makes the map that the window draws: from Natural Earth's borders, as QGIS packs them, GeoNames' cities and the rivers
of GSHHG.

The field (40 to 90 degrees east, 22 to 50 north) keeps its provinces and all detail; of the rest of the world remain
coarse countries and the largest rivers. What borders share stays shared. The same input gives the same bytes.

usage: make_map.py WORLD_MAP.gpkg MAP
"""

import difflib
import pathlib
import sys
import unicodedata

import geonames
import gshhg
import map_file
import rivers
from along_borders import Borders
from geopackage import STEPS, World
from simplify import simplify
from topology import Arcs, area, outline

WEST, SOUTH, EAST, NORTH = FIELD = tuple(degrees * STEPS for degrees in (40, 22, 90, 50))
WORLD = tuple(degrees * STEPS for degrees in (-180, -90, 180, 90))
FINE, COARSE = 0.0015, 0.04  # degrees
SMALLEST = (0.15 * STEPS) ** 2  # of an island beyond the field, square steps
CORE = {"TJ", "AF", "UZ", "KG", "TM"}
PEOPLE_IN_FIELD, PEOPLE_BEYOND = 50_000, 1_500_000

# Where Natural Earth's FIPS code is not that of the province itself: country and local name → GeoNames' code.
CODES = {
    ("AF", "Panjshir"): "AF.42",
    ("AF", "Wilayat-e Daykundi"): "AF.41",
    ("TJ", "Region of Republican Subordination"): "TJ.RR",
    ("KG", "Chuy Oblasty"): "KG.02",
    ("UZ", "Toshkent Shahri"): "UZ.13",
}


def table(path):
    """names.tsv: names by key."""
    rows = [line.split("\t") for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return {row[0]: dict(zip(map_file.LANGUAGES, row[1:], strict=True)) for row in rows}


def plain(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if c.isalpha()).lower()


class Names:
    """Names in four languages: our own table first, then GeoNames."""

    def __init__(self, own):
        self._own = own
        self._known = {language: geonames.catalogue(language) for language in map_file.LANGUAGES}

    def of(self, key, english):
        if key in self._own:
            return self._own[key]
        names = {"en": english}
        for language in map_file.LANGUAGES[1:]:
            name = self._known[language].get(key, "").split("،")[0].split(",")[0]
            # GeoNames has Latin names under other languages, too.
            if name and "LATIN" not in unicodedata.name(name[0], "LATIN"):
                names[language] = name.replace("ي", "ی").replace("ك", "ک") if language == "fa" else name
        return names

    def same(self, key, english):
        """Whether GeoNames means this province by the key: the codes of the two are not always the same."""
        known = self._known["en"].get(key, "")
        return key in self._own or difflib.SequenceMatcher(None, plain(known), plain(english)).ratio() > 0.6


def in_field(province):
    points = [point for rings in province["polygons"] for point in rings[0]]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    return east >= WEST and west <= EAST and north >= SOUTH and south <= NORTH


def kind_of(users, provinces):
    if len(users) == 1:
        return map_file.COAST
    return map_file.PROVINCE if len({provinces[user]["area"] for user in users}) == 1 else map_file.BORDER


class Builder:
    def __init__(self, world, names):
        self._names = names
        self._provinces = [province for province in world.provinces() if province["polygons"]]
        self._field = [in_field(province) for province in self._provinces]
        self._arcs = Arcs([ring for p in self._provinces for rings in p["polygons"] for ring in rings])
        self._numbers = {}  # of the arcs that are written, by their number here
        self._countries = {}
        self.content = {"arcs": [], "areas": [], "disputed": []}
        self._add_areas()
        for claim, country, line in world.disputed():
            self.content["disputed"].append((claim, country, len(self.content["arcs"])))
            self.content["arcs"].append((map_file.DISPUTED, simplify(line, FINE, STEPS)))

    def country(self, province):
        code, name = province["country"], province["admin"]
        return self._countries.setdefault((code, name), len(self._countries) + 1)

    def country_of_code(self, code):
        return next((number for (known, _), number in self._countries.items() if known == code), 0)

    def countries(self):
        return list(self._countries)

    def _ring(self, references):
        """The ring by the numbers of the written arcs."""
        written = []
        for reference in references:
            arc = reference >> 1
            if arc not in self._numbers:
                users = self._arcs.users[arc]
                fine = any(self._field[user] for user in users)
                points = simplify(self._arcs.points[arc], FINE if fine else COARSE, STEPS)
                self._numbers[arc] = len(self.content["arcs"])
                self.content["arcs"].append((kind_of(users, self._provinces), points))
            written.append(2 * self._numbers[arc] + (reference & 1))
        return written

    def _points(self, references):
        points = []
        for reference in references:
            arc = self._arcs.points[reference >> 1]
            points += (arc[::-1] if reference & 1 else arc)[:-1]
        return points

    def _add_areas(self):
        beyond = {}
        rings_of = []
        for number, province in enumerate(self._provinces):
            rings_of.append([[self._arcs.references(r, number) for r in rings] for rings in province["polygons"]])
        for number, province in enumerate(self._provinces):
            if not self._field[number]:
                beyond.setdefault((province["country"], province["area"], province["admin"]), []).append(number)
                continue
            key = CODES.get((province["country"], province["local"]), province["country"] + "." + province["fips"][2:])
            if not self._names.same(key, province["name"]):
                key = ""
            names = self._names.of(key, province["name"])
            polygons = [[self._ring(ring) for ring in rings] for rings in rings_of[number]]
            self.content["areas"].append((self.country(province), key, names, polygons))
        for (_, _, admin), numbers in beyond.items():
            self._add_beyond(admin, numbers, rings_of)

    def _add_beyond(self, admin, numbers, rings_of):
        """What of a country lies beyond the field, as one area: its larger pieces without their holes."""
        joined = outline(self._arcs, [ring for n in numbers for rings in rings_of[n] for ring in rings])
        pieces = sorted(((abs(area(self._points(ring))), ring) for ring in joined), reverse=True)
        # A hole is another country or a lake; it lies inside of the first piece and would be filled by itself.
        large = [ring for at, (size, ring) in enumerate(pieces) if at == 0 or size >= SMALLEST]
        outer = [ring for ring in large if (area(self._points(ring)) > 0) == (area(self._points(large[0])) > 0)]
        polygons = [[self._ring(ring)] for ring in outer]
        if polygons:
            country = self.country(self._provinces[numbers[0]])
            self.content["areas"].append((country, "", {"en": ""}, polygons))


def add_cities(builder, names):
    cities = []
    found = geonames.cities()
    for city in found or []:
        x, y = round(city["longitude"] * STEPS), round(city["latitude"] * STEPS)
        field = WEST <= x <= EAST and SOUTH <= y <= NORTH
        people = city["people"]
        if city["country"] in CORE or people >= (PEOPLE_IN_FIELD if field else PEOPLE_BEYOND):
            country = builder.country_of_code(city["country"])
            cities.append((country, people, y, x, names.of(city["id"], city["name"])))
    builder.content["cities"] = sorted(cities, key=lambda city: (-city[1], city[2], city[3]))
    return found is not None


def add_rivers(builder):
    """The source; None without the packages that have them."""
    builder.content["rivers"] = []
    if not gshhg.available():
        return None
    version = gshhg.version()
    rows = rivers.table(pathlib.Path(__file__).with_name("rivers.tsv"), STEPS)
    borders = [points for kind, points in builder.content["arcs"] if kind == map_file.BORDER]
    follow = Borders([points for points in borders if rivers.inside(points, FIELD)], STEPS).follow
    found = rivers.build(gshhg.rivers(WORLD), rows, FIELD, follow, FINE, COARSE, STEPS)
    builder.content["rivers"] = found
    return ("rivers", f"GSHHG {version}, of World Data Bank II", "LGPL 3 or later", gshhg.DATES.get(version, ""))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    world = World(sys.argv[1])
    names = Names(table(pathlib.Path(__file__).with_name("names.tsv")))
    builder = Builder(world, names)
    sources = [("borders", "Natural Earth 4.1.0, 1:10m, with QGIS", "public domain", world.date())]
    if add_cities(builder, names):
        sources.append(("cities", "GeoNames (geonames.org)", "CC BY 4.0", ""))
    source = add_rivers(builder)
    if source:
        sources.append(source)
    builder.content["sources"] = sources
    builder.content["countries"] = builder.countries()
    data = map_file.encode(builder.content)
    pathlib.Path(sys.argv[2]).write_bytes(data)
    points = sum(len(points) for _, points in builder.content["arcs"])
    print(
        f"map: {len(data)} bytes, {len(builder.content['areas'])} areas, {len(builder.content['arcs'])} arcs of {points} "
        f"points, {len(builder.content['cities'])} cities, "
        f"{sum(len(line) for _, _, lines in builder.content['rivers'] for line in lines)} points of rivers"
    )


if __name__ == "__main__":
    main()
