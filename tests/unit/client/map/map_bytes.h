// Writes maps byte by byte, good and bad ones, for tests: see client/map/README.md for the format.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace daftar {

class MapBytes {
 public:
  MapBytes& Number(uint64_t number) {
    for (; number > 127; number >>= 7) bytes_ += static_cast<char>((number & 127) | 128);
    bytes_ += static_cast<char>(number);
    return *this;
  }
  MapBytes& Signed(int64_t number) {
    return Number(number >= 0 ? static_cast<uint64_t>(number) * 2 : static_cast<uint64_t>(-number) * 2 - 1);
  }
  MapBytes& Text(std::string_view text) {
    Number(text.size());
    bytes_ += text;
    return *this;
  }
  MapBytes& Names(std::string_view english) { return Text(english).Text("").Text("").Text(""); }
  MapBytes& Begin(uint64_t version = 2) {
    bytes_ += "DMAP";
    return Number(version);
  }
  // Steps of 1/10,000 degree: latitude and longitude, each less that before.
  MapBytes& Arc(uint64_t kind, std::initializer_list<int64_t> numbers) { return Number(kind).Points(numbers); }
  // Likewise, of a river.
  MapBytes& Points(std::initializer_list<int64_t> numbers) {
    Number(numbers.size() / 2);
    for (const int64_t number : numbers) Signed(number);
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Two provinces side by side, "West" and "East", each two degrees wide, between 30 and 32 degrees north and 60 and 64
// east; they share the arc 0. A disputed line crosses them; one city, "Town", with names; a river, "River", that runs a
// degree to the north and then three to the east.
inline std::string TwoProvinces() {
  constexpr int64_t kDegree = 10'000;
  MapBytes map;
  map.Begin().Number(1).Text("borders").Text("somebody").Text("public domain").Text("2020-06-09");
  map.Number(1).Text("TJ").Text("Tajikistan");
  map.Number(4);
  map.Arc(2, {30 * kDegree, 62 * kDegree, 2 * kDegree, 0});
  map.Arc(0, {32 * kDegree, 62 * kDegree, 0, -2 * kDegree, -2 * kDegree, 0, 0, 2 * kDegree});
  map.Arc(0, {30 * kDegree, 62 * kDegree, 0, 2 * kDegree, 2 * kDegree, 0, 0, -2 * kDegree});
  map.Arc(3, {31 * kDegree, 60 * kDegree, 0, 4 * kDegree});
  map.Number(2);
  map.Number(1).Text("TJ.01").Names("West").Number(1).Number(1).Number(2).Number(0).Number(2);
  map.Number(1).Text("TJ.02").Names("East").Number(1).Number(1).Number(2).Number(4).Number(1);
  map.Number(1).Text("A claim").Text("Tajikistan").Number(3);
  map.Number(1).Number(1).Number(700'000).Signed(31 * kDegree).Signed(61 * kDegree);
  map.Text("Town").Text("Город").Text("").Text("شهر");
  map.Number(1).Number(1).Text("River").Text("Река").Text("").Text("");
  map.Number(1).Points({30 * kDegree, 60 * kDegree, 1 * kDegree, 0, 0, 3 * kDegree});
  return map.bytes();
}

}  // namespace daftar
