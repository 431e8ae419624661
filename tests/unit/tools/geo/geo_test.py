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
import gshhg
import make_map
import map_file
import rivers
from along_borders import Borders
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


class RiversTest(unittest.TestCase):
    """A stem from west to east in two pieces, and a brook that ends a little beside it."""

    def setUp(self):
        self.west = [(0, 0), (5 * STEPS, 0), (10 * STEPS, 0)]
        self.east = [(20 * STEPS, 0), (15 * STEPS, 0), (10 * STEPS, 0)]
        self.brook = [(5 * STEPS, 3 * STEPS), (5 * STEPS, 200)]
        pieces = [(gshhg.LARGEST, self.west), (gshhg.LARGEST, self.east), (gshhg.SMALL, self.brook)]
        self.net = rivers.Network(pieces, STEPS)

    def test_a_river_is_the_way_between_its_points(self):
        line = self.net.take([(100, 100), (20 * STEPS, 0)])
        self.assertEqual(line, self.west + self.east[::-1][1:])

    def test_a_brook_reaches_the_stem_that_it_does_not_quite_touch(self):
        self.assertEqual(self.net.take([(5 * STEPS, 3 * STEPS), (0, 0)])[-2:], [(5 * STEPS, 0), (0, 0)])

    def test_a_place_without_a_river_is_refused(self):
        with self.assertRaisesRegex(ValueError, "no river near 9.0,9.0"):
            self.net.take([(9 * STEPS, 9 * STEPS), (0, 0)])

    def test_rivers_that_do_not_meet_are_refused(self):
        net = rivers.Network([(gshhg.LARGEST, [(0, 0), (1, 1)]), (gshhg.LARGEST, [(9 * STEPS, 0), (9 * STEPS, 9)])], STEPS)
        with self.assertRaisesRegex(ValueError, "no river leads"):
            net.take([(0, 0), (9 * STEPS, 0)])

    def test_what_has_a_name_is_not_drawn_a_second_time(self):
        self.net.take([(0, 0), (10 * STEPS, 0)])
        self.assertEqual(self.net.rest(0), [self.east])

    def test_pieces_that_meet_are_one_line(self):
        (line,) = self.net.rest(0)
        self.assertEqual({line[0], line[-1]}, {(0, 0), (20 * STEPS, 0)})

    def test_lines_are_not_joined_where_three_meet(self):
        runs = [[(0, 0), (1, 0)], [(1, 0), (2, 0)], [(1, 0), (1, 5)]]
        self.assertEqual(len(rivers.join(runs)), 3)

    def test_a_closed_line_is_joined_once(self):
        (line,) = rivers.join([[(0, 0), (1, 0)], [(1, 0), (0, 0)]])
        self.assertEqual(len(line), 3)

    def test_canals_are_left_out(self):
        net = rivers.Network([(gshhg.CANAL, self.west)], STEPS)
        self.assertEqual([line for rank in range(4) for line in net.rest(rank)], [])

    def test_beyond_the_field_are_only_the_largest(self):
        far = [(gshhg.LARGEST, [(-9 * STEPS, 0), (-8 * STEPS, 0)]), (gshhg.SMALL, [(-9 * STEPS, 9), (-8 * STEPS, 9)])]
        built = rivers.build(far, [], (0, -STEPS, STEPS, STEPS), lambda line: line, 0.001, 0.04, STEPS)
        self.assertEqual([rank for rank, _, _ in built], [0])

    def test_each_river_of_the_table_has_a_rank_four_names_and_a_way(self):
        rows = rivers.table(pathlib.Path(rivers.__file__).with_name("rivers.tsv"), STEPS)
        self.assertGreater(len(rows), 20)
        for rank, names, reaches in rows:
            self.assertIn(rank, range(4))
            self.assertTrue(all(names.values()), names)
            self.assertTrue(all(len(reach) > 1 for reach in reaches), names)


class AlongBordersTest(unittest.TestCase):
    def setUp(self):
        self.border = [(x * STEPS, 30 * STEPS) for x in range(60, 64)]
        self.borders = Borders([self.border], STEPS)

    def test_a_river_that_keeps_to_a_border_takes_its_course(self):
        river = [(60 * STEPS, 30 * STEPS + 90), (61 * STEPS + 5000, 30 * STEPS - 90), (63 * STEPS, 30 * STEPS + 90)]
        self.assertEqual(self.borders.follow(river), self.border)

    def test_a_river_that_crosses_a_border_keeps_its_own(self):
        river = [(61 * STEPS, 29 * STEPS), (61 * STEPS, 30 * STEPS), (61 * STEPS, 31 * STEPS)]
        self.assertEqual(self.borders.follow(river), river)

    def test_a_river_far_from_borders_keeps_its_own(self):
        river = [(60 * STEPS, 35 * STEPS), (63 * STEPS, 35 * STEPS)]
        self.assertEqual(self.borders.follow(river), river)

    def test_what_leads_to_a_border_stays(self):
        river = [(60 * STEPS, 31 * STEPS), (60 * STEPS, 30 * STEPS + 90), (63 * STEPS, 30 * STEPS)]
        self.assertEqual(self.borders.follow(river), [river[0], *self.border])

    def test_without_borders_a_river_keeps_its_own(self):
        river = [(60 * STEPS, 30 * STEPS), (63 * STEPS, 30 * STEPS)]
        self.assertEqual(Borders([], STEPS).follow(river), river)


class FakeFile:
    """Two bins of 180 degrees side by side, of which each has a piece."""

    VARIABLES = {
        "Bin_size_in_minutes": [180 * 60],
        "N_bins_in_360_longitude_range": [2],
        "Id_of_first_segment_in_a_bin": [0, 1],
        "N_segments_in_a_bin": [1, 1],
        "Id_of_first_point_in_a_segment": [0, 2],
        "Relative_longitude_from_SW_corner_of_bin": [0, -1, 0, 13107],
        "Relative_latitude_from_SW_corner_of_bin": [0, -1, 0, 13107],
    }

    def variable(self, name):
        return self.VARIABLES[name]


class GshhgTest(unittest.TestCase):
    WORLD = tuple(degrees * STEPS for degrees in (-180, -90, 180, 90))

    def test_points_are_parts_of_their_bin(self):
        found = dict(gshhg.in_bins(FakeFile(), [2, 2], self.WORLD))
        self.assertEqual(found[0], [(0, -90 * STEPS), (180 * STEPS, 90 * STEPS)])

    def test_bins_beyond_180_degrees_are_western_ones(self):
        found = dict(gshhg.in_bins(FakeFile(), [2, 2], self.WORLD))
        self.assertEqual(found[1], [(-180 * STEPS, -90 * STEPS), (-144 * STEPS, -54 * STEPS)])

    def test_bins_outside_of_the_window_are_left_out(self):
        window = (10 * STEPS, 10 * STEPS, 20 * STEPS, 20 * STEPS)
        self.assertEqual([segment for segment, _ in gshhg.in_bins(FakeFile(), [2, 2], window)], [0])

    def test_without_the_package_there_are_none(self):
        self.assertFalse(gshhg.available(pathlib.Path("/nowhere")))

    @unittest.skipUnless(gshhg.available(), "gmt-gshhg-high or libnetcdf19 is not installed")
    def test_the_package_is_read(self):
        pieces = gshhg.rivers((68 * STEPS, 36 * STEPS, 72 * STEPS, 39 * STEPS))
        self.assertIn(gshhg.LARGEST, {level for level, _ in pieces})
        self.assertIn(gshhg.version(), gshhg.DATES)


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
