#!/usr/bin/env python3
"""tools/geo, part by part: on small made-up borders, without the packages that the real ones come in."""

import pathlib
import sqlite3
import struct
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[4] / "tools/geo"))

import geopackage
import make_map
import map_file
from simplify import simplify
from topology import Arcs, area, outline

STEPS = geopackage.STEPS


def square(x, y, side=1):
    """Corners in whole degrees, as steps."""
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    return [(cx * STEPS, cy * STEPS) for cx, cy in corners]


def wkb_polygon(ring):
    points = [*ring, ring[0]]
    numbers = [coordinate / STEPS for point in points for coordinate in point]
    return struct.pack(f"<BIII{len(numbers)}d", 1, geopackage.POLYGON, 1, len(points), *numbers)


def blob(kind, parts):
    header = b"GP\x00\x01" + struct.pack("<i", 4326)
    return header + struct.pack("<BII", 1, kind, len(parts)) + b"".join(parts)


def wkb_line(points):
    numbers = [coordinate / STEPS for point in points for coordinate in point]
    return struct.pack(f"<BII{len(numbers)}d", 1, 2, len(points), *numbers)


class GeopackageTest(unittest.TestCase):
    def test_reads_the_corners_of_a_polygon(self):
        (polygon,) = geopackage.geometry(blob(geopackage.MULTI_POLYGON, [wkb_polygon(square(60, 30))]), 6)
        self.assertEqual(geopackage.rings_of(polygon), [square(60, 30)])

    def test_refuses_another_geometry(self):
        with self.assertRaises(ValueError):
            geopackage.geometry(blob(geopackage.MULTI_LINE, []), geopackage.MULTI_POLYGON)

    def test_leaves_out_rings_without_an_area(self):
        self.assertEqual(geopackage.rings_of([[(0, 0), (1, 1), (0, 0)]]), [])


class TopologyTest(unittest.TestCase):
    def setUp(self):
        self.west, self.east = square(60, 30), square(61, 30)
        self.arcs = Arcs([self.west, self.east])
        self.rings = [self.arcs.references(ring, user) for user, ring in enumerate((self.west, self.east))]

    def test_neighbours_share_an_arc(self):
        shared = [users for users in self.arcs.users if users == {0, 1}]
        self.assertEqual(len(shared), 1)

    def test_a_ring_comes_back_from_its_arcs(self):
        points = []
        for reference in self.rings[1]:
            arc = self.arcs.points[reference >> 1]
            points += (arc[::-1] if reference & 1 else arc)[:-1]
        self.assertEqual(set(points), set(self.east))
        self.assertEqual(abs(area(points)), STEPS * STEPS)

    def test_the_outline_of_both_lacks_what_they_share(self):
        (ring,) = outline(self.arcs, self.rings)
        used = {reference >> 1 for reference in ring}
        self.assertEqual(used, {at for at, users in enumerate(self.arcs.users) if len(users) == 1})

    def test_an_island_is_one_closed_arc(self):
        arcs = Arcs([square(60, 30)])
        self.assertEqual(len(arcs.references(square(60, 30), 0)), 1)
        self.assertEqual(arcs.points[0][0], arcs.points[0][-1])


class SimplifyTest(unittest.TestCase):
    def test_leaves_out_what_lies_on_the_line(self):
        self.assertEqual(simplify([(0, 0), (5, 0), (10, 0)], 0.0001, STEPS), [(0, 0), (10, 0)])

    def test_keeps_what_stands_out(self):
        line = [(0, 0), (STEPS, STEPS), (2 * STEPS, 0)]
        self.assertEqual(simplify(line, 0.5, STEPS), line)

    def test_a_closed_line_keeps_its_farthest_point(self):
        ring = [*square(60, 30), square(60, 30)[0]]
        self.assertIn(square(60, 30)[2], simplify(ring, 100, STEPS))


class MapFileTest(unittest.TestCase):
    def test_numbers_take_seven_bits_a_byte(self):
        out = map_file.Out()
        out.number(300)
        self.assertEqual(bytes(out.data), b"\xac\x02")

    def test_numbers_below_zero_are_the_odd_ones(self):
        out = map_file.Out()
        out.signed(-1)
        self.assertEqual(bytes(out.data), b"\x01")

    def test_a_name_as_in_english_is_left_empty(self):
        out = map_file.Out()
        out.names({"en": "Osh", "ru": "Ош", "tg": "Osh"})
        self.assertEqual(bytes(out.data), b"\x03Osh\x04" + "Ош".encode() + b"\0\0")


class MakeMapTest(unittest.TestCase):
    """Two provinces of the field and one far away, from a GeoPackage to arcs and areas."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "world.gpkg"
        with sqlite3.connect(self.path) as world:
            world.execute("CREATE TABLE gpkg_contents (data_type TEXT, last_change TEXT)")
            world.execute("INSERT INTO gpkg_contents VALUES ('features', '2020-06-09T06:28:03.470Z')")
            world.execute(
                "CREATE TABLE states_provinces (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, gn_name TEXT, fips TEXT, "
                "iso_a2 TEXT, adm0_a3 TEXT, admin TEXT)"
            )
            for name, country, code, ring in (
                ("West", "TJ", "TJK", square(60, 30)),
                ("East", "AF", "AFG", square(61, 30)),
                ("Far", "BR", "BRA", square(-50, -10, 3)),
            ):
                geom = blob(geopackage.MULTI_POLYGON, [wkb_polygon(ring)])
                row = (geom, name, name, country + "01", country, code, country + "land")
                world.execute(
                    "INSERT INTO states_provinces (geom, name, gn_name, fips, iso_a2, adm0_a3, admin) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    row,
                )
            world.execute("CREATE TABLE disputed_borders (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, adm0_left TEXT)")
            line = blob(geopackage.MULTI_LINE, [wkb_line([(60 * STEPS, 30 * STEPS), (61 * STEPS, 31 * STEPS)])])
            world.execute("INSERT INTO disputed_borders (geom, name, adm0_left) VALUES (?, 'A claim', 'TJland')", (line,))
        world.close()
        self.built = make_map.Builder(geopackage.World(self.path), make_map.Names({"TJ.01": {"en": "Own"}}))

    def test_the_border_between_two_countries_is_known_as_such(self):
        kinds = sorted(kind for kind, _ in self.built.content["arcs"])
        coast, border, disputed = map_file.COAST, map_file.BORDER, map_file.DISPUTED
        self.assertEqual(kinds, [coast, coast, coast, border, disputed])

    def test_our_own_names_come_first(self):
        self.assertIn("Own", [names["en"] for _, _, names, _ in self.built.content["areas"]])

    def test_beyond_the_field_there_are_no_provinces(self):
        self.assertEqual(self.built.content["areas"][-1][2], {"en": ""})

    def test_the_date_is_that_of_the_newest_layer(self):
        self.assertEqual(geopackage.World(self.path).date(), "2020-06-09")

    def test_the_table_of_names_has_all_four_languages_in_each_row(self):
        table = make_map.table(pathlib.Path(make_map.__file__).with_name("names.tsv"))
        self.assertGreater(len(table), 100)
        self.assertTrue(all(all(names.values()) for names in table.values()))


if __name__ == "__main__":
    unittest.main()
