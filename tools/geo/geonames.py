"""Cities, and names in several languages, from Debian's libgeonames0 and libgeonames-common (GeoNames, CC BY 4.0).

The library keeps its cities as GLib variants in a resource: (id, name, code and name of the province, code and name of the
country, time zone, population, latitude, longitude). The names are gettext catalogues by GeoNames id, and by "TJ.02" for
a province.
"""

import ast
import ctypes
import pathlib
import re
import struct

LIBRARIES = ("libgeonames.so.0", "libglib-2.0.so.0")
CATALOGUE = "/usr/share/locale/{}/LC_MESSAGES/geonames.mo"
MAGIC = 0x950412DE
FIELDS = 10
MARKS = re.compile("[\u200e\u200f\u064b-\u0652]")  # direction marks, vowel signs


def catalogue(language):
    """Names by id; empty where Debian's package is not installed."""
    path = pathlib.Path(CATALOGUE.format(language))
    if not path.exists():
        return {}
    data = path.read_bytes()
    magic, _, count, keys, values = struct.unpack_from("<5I", data)
    if magic != MAGIC:
        raise ValueError(f"{path}: not a gettext catalogue")

    def text(table, number):
        length, at = struct.unpack_from("<2I", data, table + 8 * number)
        return data[at : at + length].decode()

    return {text(keys, i): MARKS.sub("", text(values, i)) for i in range(count)}


def cities():
    """Dictionaries of all cities of 15,000 people and more; None where the library is not installed."""
    try:
        names, glib = (ctypes.CDLL(library) for library in LIBRARIES)
    except OSError:
        return None
    names.geonames_get_city.restype = ctypes.c_void_p
    names.geonames_get_city.argtypes = [ctypes.c_int]
    names.geonames_city_free.argtypes = [ctypes.c_void_p]
    glib.g_variant_print.restype = ctypes.c_void_p
    glib.g_variant_print.argtypes = [ctypes.c_void_p, ctypes.c_int]
    glib.g_free.argtypes = [ctypes.c_void_p]
    found = []
    for number in range(names.geonames_get_n_cities()):
        city = names.geonames_get_city(number)
        printed = glib.g_variant_print(city, 0)
        fields = ast.literal_eval(ctypes.string_at(printed).decode())
        glib.g_free(printed)
        names.geonames_city_free(city)
        if len(fields) != FIELDS or not fields[0].isdigit():
            raise ValueError(f"libgeonames of another version: a city is {fields!r}")
        found.append(
            {
                "id": fields[0],
                "name": fields[1],
                "country": fields[4],
                "people": fields[7],
                "latitude": fields[8],
                "longitude": fields[9],
            }
        )
    return found
