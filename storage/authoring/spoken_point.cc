#include "storage/authoring/spoken_point.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

namespace daftar {
namespace {

constexpr size_t kMostBytes = 100;
constexpr double kE7 = 1e7;

// One of the two: its parts (degrees, minutes, seconds), and what letters say of it.
struct Angle {
  std::vector<double> parts;
  bool negative = false;
  char side = 0;  // N, S, E or W; 0: not said

  double degrees() const {
    double sum = 0, weight = 1;
    for (const double part : parts) {
      sum += part / weight;
      weight *= 60;
    }
    return negative || side == 'S' || side == 'W' ? -sum : sum;
  }
  bool is_longitude() const { return side == 'E' || side == 'W'; }
};

Status Bad(std::string_view text, const std::string& why) {
  return InvalidArgument("\"" + std::string(text) + "\": " + why +
                         "; write latitude and longitude in degrees, such as 38.45, 70.81");
}

// The side that a letter names, in English and Russian; 0: none.
char SideOf(UChar32 c) {
  switch (u_toupper(c)) {
    case 'N':
    case 0x0421:  // С
      return 'N';
    case 'S':
    case 0x042E:  // Ю
      return 'S';
    case 'E':
    case 0x0412:  // В
      return 'E';
    case 'W':
    case 0x0417:  // З
      return 'W';
    default:
      return 0;
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text)
      : text_(text),
        letters_(icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())))) {}

  StatusOr<SpokenPoint> Run() {
    for (at_ = 0; at_ < letters_.length();) {
      const UChar32 c = letters_.char32At(at_);
      if (u_charDigitValue(c) >= 0) {
        DAFTAR_RETURN_IF_ERROR(Number());
        continue;
      }
      DAFTAR_RETURN_IF_ERROR(Sign(c));
      at_ = letters_.moveIndex32(at_, 1);
    }
    return Finish();
  }

 private:
  // A new angle begins with the first number, behind a comma or a letter, and with a number that stands alone.
  Angle& Current() {
    if (angles_.empty() || ended_) angles_.emplace_back();
    ended_ = false;
    return angles_.back();
  }

  Status Number() {
    std::string digits;
    for (; at_ < letters_.length(); at_ = letters_.moveIndex32(at_, 1)) {
      const UChar32 c = letters_.char32At(at_);
      const int digit = u_charDigitValue(c);
      const bool point = c == '.' || c == 0x66B;
      if (digit < 0 && !point) break;
      digits += point ? '.' : static_cast<char>('0' + digit);
    }
    if (!angles_.empty() && !in_parts_) ended_ = true;
    Angle& angle = Current();
    if (angle.parts.size() == 3) return Bad(text_, "an angle has too many parts");
    angle.parts.push_back(std::strtod(digits.c_str(), nullptr));
    if (minus_) angle.negative = true;
    if (angle.parts.size() > 1 && !(angle.parts.back() < 60)) return Bad(text_, "minutes and seconds are below 60");
    minus_ = in_parts_ = false;
    return OkStatus();
  }

  Status Sign(UChar32 c) {
    if (u_isUWhiteSpace(c) || c == 0x200E || c == 0x200F) return OkStatus();
    if (c == ',' || c == ';' || c == '/' || c == 0x60C) {
      ended_ = true;
      in_parts_ = false;
    } else if (c == '-' || c == 0x2212) {
      minus_ = true;
    } else if (c == 0xB0 || c == '\'' || c == 0x2032 || c == '"' || c == 0x2033) {  // ° ' ′ " ″
      in_parts_ = c == 0xB0 || c == '\'' || c == 0x2032;
    } else if (const char side = SideOf(c); side != 0) {
      if (angles_.empty()) return Bad(text_, "the letter of a side stands behind its number");
      if (angles_.back().side == 0) angles_.back().side = side;
      in_parts_ = false;
    } else if (c != '.' && u_toupper(c) != 0x0428 && u_toupper(c) != 0x0414) {  // "с.ш.", "в.д."
      std::string sign;
      icu::UnicodeString(c).toUTF8String(sign);
      return Bad(text_, "\"" + sign + "\" was not understood");
    }
    return OkStatus();
  }

  StatusOr<SpokenPoint> Finish() const {
    if (angles_.size() != 2) return Bad(text_, "two numbers are needed");
    Angle lat = angles_[0], lon = angles_[1];
    if (lat.side != 0 && lon.side != 0 && lat.is_longitude() == lon.is_longitude())
      return Bad(text_, "both are said to be of one direction");
    if (lat.is_longitude() || (lat.side == 0 && lon.side != 0 && !lon.is_longitude())) std::swap(lat, lon);
    if (std::abs(lat.degrees()) > 90) return Bad(text_, "a latitude is between -90 and 90");
    if (std::abs(lon.degrees()) > 180) return Bad(text_, "a longitude is between -180 and 180");
    return SpokenPoint{static_cast<int32_t>(std::llround(lat.degrees() * kE7)),
                       static_cast<int32_t>(std::llround(lon.degrees() * kE7))};
  }

  const std::string_view text_;
  const icu::UnicodeString letters_;
  int32_t at_ = 0;
  std::vector<Angle> angles_;
  bool minus_ = false, ended_ = false, in_parts_ = false;
};

}  // namespace

StatusOr<SpokenPoint> ReadPoint(std::string_view text) {
  if (text.size() > kMostBytes) return InvalidArgument("a point has at most " + std::to_string(kMostBytes) + " bytes");
  return Reader(text).Run();
}

std::string WritePoint(SpokenPoint point) {
  const auto degrees = [](int32_t e7) {
    char text[24];
    std::snprintf(text, sizeof text, "%.7f", e7 / kE7);
    std::string shortest = text;
    shortest.erase(shortest.find_last_not_of('0') + 1);
    if (shortest.back() == '.') shortest.pop_back();
    return shortest;
  };
  return degrees(point.lat_e7) + ", " + degrees(point.lon_e7);
}

}  // namespace daftar
