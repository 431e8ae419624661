#include "client/map/geodata.h"

#include <algorithm>
#include <utility>

namespace daftar {
namespace {

constexpr std::string_view kMagic = "DMAP";
constexpr uint64_t kVersion = 2;
constexpr double kStep = 1e-4;                                          // degrees
constexpr int64_t kMostLatitude = 900'000, kMostLongitude = 1'800'000;  // steps
constexpr uint64_t kLongestText = 400;

// Takes the file apart from its front. After the first fault it gives zeros and stays at the end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  uint64_t Number() {
    uint64_t number = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      if (at_ >= bytes_.size()) return Fail("ends in the middle of a number");
      const auto byte = static_cast<uint8_t>(bytes_[at_++]);
      number |= static_cast<uint64_t>(byte & 127) << shift;
      if (byte < 128) return number;
    }
    return Fail("has a number that is too long");
  }
  int64_t Signed() {
    const uint64_t number = Number();
    return static_cast<int64_t>(number >> 1) ^ -static_cast<int64_t>(number & 1);
  }
  // A number of things that take `least` bytes each: no more than can follow.
  size_t Count(size_t least) {
    const uint64_t count = Number();
    if (count > (bytes_.size() - at_) / least) return Fail("counts more than it holds");
    return count;
  }
  // A position in a list of that size.
  uint32_t Below(uint64_t size, const char* what) {
    const uint64_t number = Number();
    if (number >= size) return static_cast<uint32_t>(Fail(what));
    return static_cast<uint32_t>(number);
  }
  std::string Text() {
    const uint64_t length = Number();
    if (length > kLongestText || length > bytes_.size() - at_) {
      Fail("has a text that is too long");
      return "";
    }
    at_ += length;
    return std::string(bytes_.substr(at_ - length, length));
  }
  uint64_t Fail(const char* why) {
    if (why_ == nullptr) {
      why_ = why;
      where_ = at_;
    }
    at_ = bytes_.size();
    return 0;
  }
  bool ok() const { return why_ == nullptr; }
  bool at_end() const { return at_ == bytes_.size(); }
  Status status() const {
    if (ok()) return OkStatus();
    return DataLoss("the map " + std::string(why_) + ", at byte " + std::to_string(where_));
  }

 private:
  const std::string_view bytes_;
  size_t at_ = 0;
  const char* why_ = nullptr;
  size_t where_ = 0;
};

MapNames ReadNames(Reader& reader) {
  MapNames names;
  for (std::string& text : names.texts) text = reader.Text();
  return names;
}

LatLon ReadPoint(Reader& reader, int64_t latitude, int64_t longitude) {
  if (latitude < -kMostLatitude || latitude > kMostLatitude || longitude < -kMostLongitude ||
      longitude > kMostLongitude) {
    reader.Fail("has a point that is not on the earth");
    return {};
  }
  return {static_cast<double>(latitude) * kStep, static_cast<double>(longitude) * kStep};
}

// `too_short`: what is wrong with a line of less than two points.
std::vector<LatLon> ReadLine(Reader& reader, const char* too_short) {
  std::vector<LatLon> line;
  const size_t count = reader.Count(2);
  if (count < 2) reader.Fail(too_short);
  int64_t latitude = 0, longitude = 0;
  line.reserve(count);
  for (size_t i = 0; i < count && reader.ok(); ++i) {
    latitude += reader.Signed();
    longitude += reader.Signed();
    line.push_back(ReadPoint(reader, latitude, longitude));
  }
  return line;
}

Geodata::Arc ReadArc(Reader& reader) {
  Geodata::Arc arc;
  arc.kind = static_cast<LineKind>(reader.Below(4, "has an arc of no known kind"));
  arc.points = ReadLine(reader, "has an arc of less than two points");
  return arc;
}

Geodata::Polygon ReadPolygon(Reader& reader, size_t arcs) {
  Geodata::Polygon polygon(reader.Count(1));
  for (Geodata::Ring& ring : polygon) {
    ring.resize(reader.Count(1));
    for (Geodata::ArcUse& use : ring) {
      const uint64_t reference = reader.Number();
      if ((reference >> 1) >= arcs) reader.Fail("has a ring along an arc that there is not");
      use = {static_cast<uint32_t>(reference >> 1), (reference & 1) != 0};
    }
  }
  return polygon;
}

Geodata::Area ReadArea(Reader& reader, const Geodata& data) {
  Geodata::Area area;
  area.country = reader.Below(data.countries.size() + 1, "has an area of a country that there is not");
  area.key = reader.Text();
  area.names = ReadNames(reader);
  const size_t polygons = reader.Count(1);
  for (size_t i = 0; i < polygons && reader.ok(); ++i) area.polygons.push_back(ReadPolygon(reader, data.arcs.size()));
  return area;
}

Geodata::City ReadCity(Reader& reader, size_t countries) {
  Geodata::City city;
  city.country = reader.Below(countries + 1, "has a city of a country that there is not");
  city.people = static_cast<uint32_t>(std::min<uint64_t>(reader.Number(), UINT32_MAX));
  const int64_t latitude = reader.Signed(), longitude = reader.Signed();
  city.at = ReadPoint(reader, latitude, longitude);
  city.names = ReadNames(reader);
  return city;
}

// As many as the reader counts, while nothing is wrong.
template <typename T, typename Read>
void ReadAll(Reader& reader, size_t least, std::vector<T>& list, Read read) {
  const size_t count = reader.Count(least);
  for (size_t i = 0; i < count && reader.ok(); ++i) list.push_back(read());
}

Geodata::River ReadRiver(Reader& reader) {
  Geodata::River river;
  river.rank = static_cast<uint8_t>(reader.Below(Geodata::River::kRanks, "has a river of no known rank"));
  river.names = ReadNames(reader);
  ReadAll(reader, 5, river.lines, [&] { return ReadLine(reader, "has a river of less than two points"); });
  return river;
}

}  // namespace

const std::string& MapNames::In(std::string_view language) const {
  const size_t at = language == "ru" ? 1 : language == "tg" ? 2 : language == "fa" ? 3 : 0;
  return texts[at].empty() ? texts[0] : texts[at];
}

StatusOr<Geodata> ReadGeodata(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return DataLoss("this is not a map: it does not begin with DMAP");
  Reader reader(bytes.substr(kMagic.size()));
  if (const uint64_t version = reader.Number(); reader.ok() && version != kVersion) {
    return InvalidArgument("the map is of version " + std::to_string(version) + ", which this program does not know");
  }
  Geodata data;
  ReadAll(reader, 4, data.sources, [&] {
    std::string what = reader.Text(), whose = reader.Text(), licence = reader.Text(), date = reader.Text();
    return Geodata::Source{std::move(what), std::move(whose), std::move(licence), std::move(date)};
  });
  ReadAll(reader, 2, data.countries, [&] {
    std::string code = reader.Text(), name = reader.Text();
    return Geodata::Country{std::move(code), std::move(name)};
  });
  ReadAll(reader, 6, data.arcs, [&] { return ReadArc(reader); });
  ReadAll(reader, 7, data.areas, [&] { return ReadArea(reader, data); });
  ReadAll(reader, 3, data.disputed, [&] {
    std::string claim = reader.Text(), country = reader.Text();
    const uint32_t arc = reader.Below(data.arcs.size(), "has a disputed line along an arc that there is not");
    return Geodata::Disputed{std::move(claim), std::move(country), arc};
  });
  ReadAll(reader, 8, data.cities, [&] { return ReadCity(reader, data.countries.size()); });
  ReadAll(reader, 6, data.rivers, [&] { return ReadRiver(reader); });
  if (reader.ok() && !reader.at_end()) reader.Fail("goes on behind its end");
  DAFTAR_RETURN_IF_ERROR(reader.status());
  return data;
}

}  // namespace daftar
