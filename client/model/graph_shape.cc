#include "client/model/graph_shape.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace daftar {
namespace {

// The character at `at`, which is moved behind it. Bytes that are no UTF-8 count one by one.
uint32_t NextCharacter(std::string_view text, size_t& at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  length = std::min(length, text.size() - at);
  uint32_t code = length == 1 ? lead : lead & (0x7Fu >> length);
  for (size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) {
      length = i;
      break;
    }
    code = code << 6 | (byte(at + i) & 0x3F);
  }
  at += length;
  return code;
}

// Of the size of the letters, as sans-serif faces have it at most.
double WidthOf(uint32_t code) {
  if (code < 0x20) return 0;
  if (code >= 0x300 && code < 0x370) return 0;  // set on the letter before
  if (code == ' ' || code == 'i' || code == 'j' || code == 'l' || code == '.' || code == ',' || code == '\'')
    return 0.35;
  if (code == 'm' || code == 'w' || code == 'M' || code == 'W') return 0.95;
  if (code >= 'A' && code <= 'Z') return 0.72;
  if (code < 0x80) return 0.6;
  if (code >= 0x400 && code < 0x530) return 0.72;  // Cyrillic
  if (code >= 0x600 && code < 0x780) return 0.62;  // Arabic
  if (code >= 0x1100) return code >= 0x2000 && code < 0x2100 ? 0.6 : 1.05;
  return 0.68;
}

}  // namespace

std::string_view GraphShapeWord(GraphShape shape) {
  switch (shape) {
    case GraphShape::kState:
      return "state";
    case GraphShape::kStateBody:
      return "state_body";
    case GraphShape::kArmedGroup:
      return "armed_group";
    case GraphShape::kPerson:
      return "person";
    case GraphShape::kOrganisation:
      return "organisation";
    case GraphShape::kPlace:
      return "place";
    case GraphShape::kIncident:
      return "incident";
    case GraphShape::kSource:
      return "source";
    case GraphShape::kOther:
      break;
  }
  return "other";
}

GraphOutline OutlineOf(GraphShape shape, double width, double height) {
  const double x = width / 2, y = height / 2, cut = std::min(x, y) / 2, tip = std::min(x, y);
  switch (shape) {
    case GraphShape::kState:
      return {{{-x, -y}, {x, -y}, {x, y}, {-x, y}}, 0};
    case GraphShape::kStateBody:
      return {{{cut - x, -y},
               {x - cut, -y},
               {x, cut - y},
               {x, y - cut},
               {x - cut, y},
               {cut - x, y},
               {-x, y - cut},
               {-x, cut - y}},
              0};
    case GraphShape::kArmedGroup:
      return {{{cut - x, -y}, {x - cut, -y}, {x, 0}, {x - cut, y}, {cut - x, y}, {-x, 0}}, 0};
    case GraphShape::kPerson:
      return {{{-x, -y}, {x, -y}, {x, y}, {-x, y}}, tip};
    case GraphShape::kOrganisation:
      return {{{-x, -y}, {x, -y}, {x, y}, {-x, y}}, cut};
    case GraphShape::kPlace:
      return {{{cut - x, -y}, {x, -y}, {x - cut, y}, {-x, y}}, 0};
    case GraphShape::kIncident:
      return {{{cut - x, -y}, {x - cut, -y}, {x, y}, {-x, y}}, 0};
    case GraphShape::kSource:
      return {{{-x, -y}, {x - cut, -y}, {x, cut - y}, {x, y}, {-x, y}}, 0};
    case GraphShape::kOther:
      break;
  }
  return {{{-x, -y}, {x, -y}, {x, y}, {-x, y}}, cut / 2};
}

GraphOutline::Point RimOf(GraphShape shape, double width, double height, double dx, double dy) {
  const GraphOutline outline = OutlineOf(shape, width, height);
  const std::vector<GraphOutline::Point>& corners = outline.corners;
  double reach = 0;  // in lengths of (dx, dy)
  for (size_t i = 0; i < corners.size(); ++i) {
    const GraphOutline::Point a = corners[i], b = corners[(i + 1) % corners.size()];
    const double ex = b.x - a.x, ey = b.y - a.y, cross = dx * ey - dy * ex;
    if (cross == 0) continue;
    const double along = (a.x * ey - a.y * ex) / cross, on_side = (a.x * dy - a.y * dx) / cross;
    if (along > 0 && on_side >= 0 && on_side <= 1) reach = std::max(reach, along);
  }
  GraphOutline::Point rim{dx * reach, dy * reach};
  // In a corner, the ray meets the circle that rounds it.
  const double cx = width / 2 - outline.radius, cy = height / 2 - outline.radius;
  if (std::abs(rim.x) <= cx || std::abs(rim.y) <= cy) return rim;
  const double mx = rim.x < 0 ? -cx : cx, my = rim.y < 0 ? -cy : cy;
  const double a = dx * dx + dy * dy, b = dx * mx + dy * my;
  const double inside = b * b - a * (mx * mx + my * my - outline.radius * outline.radius);
  if (inside < 0) return rim;
  const double along = (b + std::sqrt(inside)) / a;
  return {dx * along, dy * along};
}

double AboutWidth(std::string_view text, double letter_size) {
  double width = 0;
  for (size_t at = 0; at < text.size();) width += WidthOf(NextCharacter(text, at));
  return width * letter_size;
}

std::string CutToWidth(std::string_view text, double letter_size, double width) {
  if (AboutWidth(text, letter_size) <= width) return std::string(text);
  double used = letter_size;  // for the ellipsis
  size_t end = 0;
  for (size_t at = 0; at < text.size();) {
    used += WidthOf(NextCharacter(text, at)) * letter_size;
    if (used > width) break;
    end = at;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace daftar
