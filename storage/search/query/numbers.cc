#include "storage/search/query/numbers.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "storage/search/query/script.h"

namespace daftar::search::query {
namespace {

constexpr double kNoMost = 1e300;
constexpr size_t kMostDigits = 9;
constexpr int64_t kE7 = 10'000'000;
constexpr int32_t kPole = 90 * kE7, kDateLine = 180 * kE7;
constexpr double kKilometresADegree = 6371.0088 * M_PI / 180;  // of the mean sphere
constexpr double kMostKilometres = 20'040;                     // half way around

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Whole numbers only: what is counted are people and accounts.
std::optional<double> ReadCount(std::string_view text) {
  if (text.empty() || text.size() > kMostDigits || !std::all_of(text.begin(), text.end(), IsDigit)) return std::nullopt;
  double number = 0;
  for (char c : text) number = number * 10 + (c - '0');
  return number;
}

// "-12.3456789" as 1e-7; further digits are cut.
std::optional<int64_t> ReadE7(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || whole.size() > 5 || fraction.size() > 20) return std::nullopt;
  int64_t number = 0;
  for (char c : whole) {
    if (!IsDigit(c)) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  for (size_t i = 0; i < std::max<size_t>(fraction.size(), 7); ++i) {
    const char c = i < fraction.size() ? fraction[i] : '0';
    if (!IsDigit(c)) return std::nullopt;
    if (i < 7) number = number * 10 + (c - '0');
  }
  return negative ? -number : number;
}

std::string E7Text(int32_t e7) {
  const int64_t size = std::abs(int64_t{e7});
  std::string fraction = std::to_string(kE7 + size % kE7).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return (e7 < 0 ? "-" : "") + std::to_string(size / kE7) + (fraction.empty() ? "" : "." + fraction);
}

// The numbers between commas, if there are `count` of them.
std::optional<std::vector<int64_t>> ReadE7List(std::string_view value, size_t count) {
  const std::string text = PlainNumber(value);
  std::vector<int64_t> numbers;
  for (size_t begin = 0; begin <= text.size();) {
    size_t end = std::min(text.find(',', begin), text.size());
    std::string_view piece(text.data() + begin, end - begin);
    while (piece.starts_with(' ')) piece.remove_prefix(1);
    while (piece.ends_with(' ')) piece.remove_suffix(1);
    std::optional<int64_t> number = ReadE7(piece);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
    begin = end + 1;
  }
  if (numbers.size() != count) return std::nullopt;
  return numbers;
}

}  // namespace

std::optional<Complaint> ReadNumber(std::string_view value, Node* node) {
  const std::string plain = PlainNumber(value);
  std::string_view text = plain;
  const Complaint wrong{"\"" + std::string(value) + "\" is not a number: write 3, >=3, <5 or 3..10", {}};
  auto take = [&text](std::string_view sign) {
    if (!text.starts_with(sign)) return false;
    text.remove_prefix(sign.size());
    return true;
  };
  double least = 0, most = kNoMost;
  if (const size_t range = text.find(".."); range != std::string_view::npos) {
    const std::string_view left = text.substr(0, range), right = text.substr(range + 2);
    std::optional<double> from = ReadCount(left), to = ReadCount(right);
    if ((!from && !left.empty()) || (!to && !right.empty()) || (!from && !to)) return wrong;
    least = from.value_or(0);
    most = to.value_or(kNoMost);
  } else {
    const bool at_least = take(">="), at_most = !at_least && take("<=");
    const bool more = !at_least && take(">"), less = !at_most && take("<");
    if (!at_least && !at_most && !more && !less) take("=");
    std::optional<double> number = ReadCount(text);
    if (!number || (more && less)) return wrong;
    if (less && *number == 0) return Complaint{"no number is below 0: write 0, >=3, <5 or 3..10", {}};
    least = at_least ? *number : more ? *number + 1 : at_most || less ? 0 : *number;
    most = at_most ? *number : less ? *number - 1 : at_least || more ? kNoMost : *number;
  }
  if (most < least) {
    const size_t range = plain.find("..");
    return Complaint{"\"" + std::string(value) + "\" ends before it begins: the smaller number comes first",
                     plain.substr(range + 2) + ".." + plain.substr(0, range)};
  }
  node->op = Node::Op::kNumber;
  node->least = least;
  node->most = most;
  return std::nullopt;
}

std::optional<Complaint> ReadBox(std::string_view value, Node* node) {
  constexpr std::string_view kRight = "write south,west,north,east in degrees, as in box:36.6,67.3,41.1,75.2";
  std::optional<std::vector<int64_t>> sides = ReadE7List(value, 4);
  if (!sides) return Complaint{"\"" + std::string(value) + "\" is not a box: " + std::string(kRight), {}};
  const int64_t south = (*sides)[0], west = (*sides)[1], north = (*sides)[2], east = (*sides)[3];
  if (south < -kPole || north > kPole || std::abs(west) > kDateLine || std::abs(east) > kDateLine) {
    return Complaint{"latitudes are -90 to 90, longitudes -180 to 180: " + std::string(kRight), {}};
  }
  if (south > north) return Complaint{"the box has its south above its north: " + std::string(kRight), {}};
  node->op = Node::Op::kBox;
  node->box = {static_cast<int32_t>(south), static_cast<int32_t>(west), static_cast<int32_t>(north),
               static_cast<int32_t>(east)};
  return std::nullopt;
}

std::optional<Complaint> ReadNear(std::string_view value, Node* node) {
  constexpr std::string_view kRight = "write latitude,longitude,kilometres, as in near:38.46,70.88,50";
  std::string_view plain = value;
  if (plain.ends_with("km")) plain.remove_suffix(2);
  std::optional<std::vector<int64_t>> numbers = ReadE7List(plain, 3);
  if (!numbers) return Complaint{"\"" + std::string(value) + "\" is not a point: " + std::string(kRight), {}};
  const int64_t latitude = (*numbers)[0], longitude = (*numbers)[1];
  const double kilometres = static_cast<double>((*numbers)[2]) / static_cast<double>(kE7);
  if (std::abs(latitude) > kPole || std::abs(longitude) > kDateLine) {
    return Complaint{"latitudes are -90 to 90, longitudes -180 to 180: " + std::string(kRight), {}};
  }
  if (kilometres <= 0 || kilometres > kMostKilometres) {
    return Complaint{"the distance is more than 0 and at most 20040 km: " + std::string(kRight), {}};
  }
  const double angle = kilometres / kKilometresADegree;  // degrees
  const int64_t reach = static_cast<int64_t>(std::ceil(angle * static_cast<double>(kE7)));
  Node::Box box{static_cast<int32_t>(std::max<int64_t>(latitude - reach, -kPole)), -kDateLine,
                static_cast<int32_t>(std::min<int64_t>(latitude + reach, kPole)), kDateLine};
  // A circle that holds a pole has points at every longitude.
  if (box.south_e7 > -kPole && box.north_e7 < kPole) {
    const double latitude_degrees = static_cast<double>(latitude) / static_cast<double>(kE7);
    const double sine = std::sin(angle * M_PI / 180) / std::cos(latitude_degrees * M_PI / 180);
    const double width = std::asin(std::clamp(sine, -1.0, 1.0)) * 180 / M_PI;
    const int64_t side = static_cast<int64_t>(std::ceil(width * static_cast<double>(kE7)));
    auto wrapped = [](int64_t e7) {
      return static_cast<int32_t>(e7 < -kDateLine  ? e7 + 2 * int64_t{kDateLine}
                                  : e7 > kDateLine ? e7 - 2 * int64_t{kDateLine}
                                                   : e7);
    };
    box.west_e7 = wrapped(longitude - side);
    box.east_e7 = wrapped(longitude + side);
  }
  node->op = Node::Op::kBox;
  node->box = box;
  return std::nullopt;
}

std::string NumberText(const Node& node) {
  auto text = [](double number) { return std::to_string(static_cast<int64_t>(number)); };
  if (node.least == node.most) return text(node.least);
  if (node.most >= kNoMost) return ">=" + text(node.least);
  if (node.least <= 0) return "<=" + text(node.most);
  return text(node.least) + ".." + text(node.most);
}

std::string BoxText(const Node::Box& box) {
  return E7Text(box.south_e7) + "," + E7Text(box.west_e7) + "," + E7Text(box.north_e7) + "," + E7Text(box.east_e7);
}

}  // namespace daftar::search::query
