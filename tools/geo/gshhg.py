"""Rivers from Debian's gmt-gshhg-high: GSHHG 2.3.7, by P. Wessel and W. H. F. Smith, which has them
from the CIA's World Data Bank II. LGPL 3 and later.

They lie in netCDF files, in square bins, numbered from the North-West corner of the world on, and are cut
at their edges; a point is so many 65,535ths of a side from the South-West corner of its bin. Read by libnetcdf19.
"""

import ctypes
import pathlib

from geopackage import STEPS

FOLDER = pathlib.Path("/usr/share/gmt-gshhg")
RIVERS = "binned_river_h.nc"
LIBRARY = "libnetcdf.so.19"
SIDE = 65_535

DATES = {"2.3.7": "2017-06-15"}  # of its README, by its version

# Levels of rivers. Of a double one, both banks are there.
DOUBLE, LARGEST, LARGE, MEDIUM, SMALL, DRY_LARGE, DRY_MEDIUM, DRY_SMALL, CANAL, SMALL_CANAL, DITCH = range(11)


class File:
    """Variables of a netCDF file, as lists of numbers."""

    def __init__(self, path):
        self._library = ctypes.CDLL(LIBRARY)
        self._library.nc_strerror.restype = ctypes.c_char_p
        self._id = ctypes.c_int()
        self._path = path
        self._check(self._library.nc_open(str(path).encode(), 0, ctypes.byref(self._id)))

    def _check(self, code):
        if code:
            raise ValueError(f"{self._path}: {self._library.nc_strerror(code).decode()}")

    def variable(self, name):
        number, dimension, length = ctypes.c_int(), ctypes.c_int(), ctypes.c_size_t()
        self._check(self._library.nc_inq_varid(self._id, name.encode(), ctypes.byref(number)))
        dimensions = ctypes.c_int()
        self._check(self._library.nc_inq_varndims(self._id, number, ctypes.byref(dimensions)))
        if dimensions.value != 1:
            raise ValueError(f"{self._path}: {name} has {dimensions.value} dimensions")
        self._check(self._library.nc_inq_vardimid(self._id, number, ctypes.byref(dimension)))
        self._check(self._library.nc_inq_dimlen(self._id, dimension, ctypes.byref(length)))
        values = (ctypes.c_int * length.value)()
        self._check(self._library.nc_get_var_int(self._id, number, values))
        return list(values)

    def version(self):
        text = ctypes.create_string_buffer(64)
        length = ctypes.c_size_t()
        self._check(self._library.nc_inq_attlen(self._id, -1, b"version", ctypes.byref(length)))
        if length.value >= len(text):
            raise ValueError(f"{self._path}: a version of {length.value} bytes")
        self._check(self._library.nc_get_att_text(self._id, -1, b"version", text))
        return text.value.decode()

    def close(self):
        self._library.nc_close(self._id)


def available(folder=FOLDER):
    """Whether both the data and the library that reads it are on this machine."""
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        return False
    return (folder / RIVERS).exists()


def in_bins(file, counts, window):
    """(segment, its points in steps) of all bins that meet the window (west, south, east, north, in steps)."""
    (minutes,), (across,) = file.variable("Bin_size_in_minutes"), file.variable("N_bins_in_360_longitude_range")
    side = minutes / 60 * STEPS
    firsts, in_bin = file.variable("Id_of_first_segment_in_a_bin"), file.variable("N_segments_in_a_bin")
    starts = file.variable("Id_of_first_point_in_a_segment")
    x = file.variable("Relative_longitude_from_SW_corner_of_bin")
    y = file.variable("Relative_latitude_from_SW_corner_of_bin")
    west, south, east, north = window
    for number, (first, count) in enumerate(zip(firsts, in_bin, strict=True)):
        column, row = number % across, number // across
        left, below = (column if 2 * column < across else column - across) * side, 90 * STEPS - (row + 1) * side
        if left > east or left + side < west or below > north or below + side < south:
            continue
        for segment in range(first, first + count):
            places = range(starts[segment], starts[segment] + counts[segment])
            # Numbers without sign, which the file keeps as such with one.
            yield segment, [
                (round(left + (x[i] & 65_535) * side / SIDE), round(below + (y[i] & 65_535) * side / SIDE))
                for i in places
            ]


def rivers(window, folder=FOLDER):
    """(level, points) of each piece in the bins that meet the window."""
    file = File(folder / RIVERS)
    counts, levels = file.variable("N_points_for_a_segment"), file.variable("Hierarchial_level_of_a_segment")
    found = [(levels[segment], points) for segment, points in in_bins(file, counts, window) if len(points) > 1]
    file.close()
    return found


def version(folder=FOLDER):
    file = File(folder / RIVERS)
    found = file.version()
    file.close()
    return found
