// The map as a part of the program: no path to be wrong, and the window and the command line draw the same one.
#include "client/map/geodata.h"

// clang-format off
__asm__(
    ".section .rodata\n"
    ".balign 8\n"
    ".global daftar_map_begin\n"
    ".hidden daftar_map_begin\n"
    ".global daftar_map_end\n"
    ".hidden daftar_map_end\n"
    "daftar_map_begin:\n"
    ".incbin \"" DAFTAR_MAP_FILE "\"\n"
    "daftar_map_end:\n"
    ".byte 0\n"
    ".previous\n");
// clang-format on

extern "C" {
extern const char daftar_map_begin[];
extern const char daftar_map_end[];
}

namespace daftar {

std::string_view BuiltInGeodata() { return {daftar_map_begin, static_cast<size_t>(daftar_map_end - daftar_map_begin)}; }

}  // namespace daftar
