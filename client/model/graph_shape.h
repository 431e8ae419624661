// What the boxes of a graph look like: one outline for each sort of record, so that none is known by its colour alone.
// Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace daftar {

enum class GraphShape {
  kState,         // a rectangle
  kStateBody,     // a rectangle with cut corners: offices, security forces
  kArmedGroup,    // pointed on both sides
  kPerson,        // round ends
  kOrganisation,  // rounded corners: IGOs, media, movements, populations
  kPlace,         // slanted
  kIncident,      // broader at its foot
  kSource,        // one corner folded
  kOther,         // little rounded corners
};
inline constexpr int kGraphShapes = 9;

// "state", "security_force"…: for JSON and for whoever styles the picture.
std::string_view GraphShapeWord(GraphShape shape);

// The outline of a box with its middle at 0, 0, which is convex: its corners, clockwise from the top left. `radius`:
// that they are rounded by.
struct GraphOutline {
  struct Point {
    double x, y;
  };
  std::vector<Point> corners;
  double radius = 0;
};
GraphOutline OutlineOf(GraphShape shape, double width, double height);
// Where a ray from the middle in this direction leaves the box. REQUIRES: not both 0.
GraphOutline::Point RimOf(GraphShape shape, double width, double height, double dx, double dy);

// How wide the text is about, at this size of letters: for boxes that are laid out without a font. Never less than half
// of what it takes, hardly ever less than all.
double AboutWidth(std::string_view text, double letter_size);
// As much of the text as is about that wide, with an ellipsis where it is cut; never inside of a character.
std::string CutToWidth(std::string_view text, double letter_size, double width);

}  // namespace daftar
