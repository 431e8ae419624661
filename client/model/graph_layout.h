// Where the boxes of a graph stand: for this folder alone.
//
// A force-directed picture: boxes that are joined pull each other, all push each other away, and each keeps somewhat to
// the place where its id alone puts it. So a further box moves those near it and leaves the rest about where it was.
// The same input gives the same places on every machine: it is made of additions, multiplications, divisions and square
// roots, which IEEE 754 rounds everywhere alike, without fused operations (see CMakeLists.txt), and the outcome is
// whole units. It does not depend on the order of boxes and links either.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace daftar {

struct LayoutBox {
  std::string id;  // each its own
  int hop = 0;     // 0: the one in the middle; exactly one box has it
  int width = 0, height = 0;
};
struct LayoutLink {
  size_t one, other;  // boxes
};
struct LayoutPlace {
  int x = 0, y = 0;  // of the middle of the box
};

// Between boxes that stand beside or below each other: so that a short line between them can be seen.
inline constexpr int kLayoutGapX = 44, kLayoutGapY = 28;

// A place for each box, so that none overlaps another, with a gap between them. The one of hop 0 is at 0, 0. Pure; for
// 300 boxes some tens of milliseconds.
std::vector<LayoutPlace> LayOut(const std::vector<LayoutBox>& boxes, const std::vector<LayoutLink>& links);

}  // namespace daftar
