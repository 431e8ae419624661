// A line as carets and selections see it: one cluster for each character that a reader counts, from left to right.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "client/ui/text/boundaries.h"
#include "client/ui/text/line_map.h"
#include "client/ui/text/typesetter.h"

namespace daftar::text {

struct Cluster {
  size_t begin = 0, end = 0;  // bytes
  float left = 0, right = 0;  // pixels from the line's left end
  bool right_to_left = false;

  // Where a reader comes to it, and where he leaves it.
  float front() const { return right_to_left ? right : left; }
  float back() const { return right_to_left ? left : right; }
  // The carets at its two sides.
  Caret AtLeft() const { return right_to_left ? Caret{end, true} : Caret{begin, false}; }
  Caret AtRight() const { return right_to_left ? Caret{begin, false} : Caret{end, true}; }
};

// `text`: what the line was set from. Letters that share a glyph share its room.
std::vector<Cluster> ClustersOf(const Line& line, std::string_view text, Boundaries& characters);

// How many clusters stand left of a caret in that line. 0 where there are none.
size_t EdgeOf(const std::vector<Cluster>& clusters, Caret caret);
// How far from the line's left end that is.
float XOf(const std::vector<Cluster>& clusters, Caret caret);
// The caret that is seen nearest to `x`. nullopt: there are no clusters.
std::optional<Caret> CaretNear(const std::vector<Cluster>& clusters, float x);

}  // namespace daftar::text
