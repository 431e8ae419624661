// Any bytes as a map: refused, or drawn and searched without a fault.
#include "client/map/ground.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daftar;
  if (size > 4096) return 0;  // cutting into triangles takes the square of what there is
  StatusOr<Geodata> map = ReadGeodata({reinterpret_cast<const char*>(data), size});
  if (!map.ok()) return 0;
  const Ground ground(*std::move(map));
  for (const Ground::Area& area : ground.areas()) static_cast<void>(ground.AreaAt(area.middle));
  return 0;
}
