#include "client/ui/text/clusters.h"

#include <algorithm>

namespace daftar::text {
namespace {

// What begins at one byte, as it was shaped.
struct Piece {
  size_t begin = 0;
  float left = 0, right = 0;
  bool right_to_left = false;
  size_t place = 0;  // among the glyphs from left to right
};

// In the order of the text; marks are one with their letter.
std::vector<Piece> PiecesOf(const Line& line) {
  std::vector<Piece> pieces;
  pieces.reserve(line.glyphs.size());
  for (const PlacedGlyph& glyph : line.glyphs)
    pieces.push_back({glyph.byte, glyph.left, glyph.right, glyph.right_to_left, pieces.size()});
  std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.begin < b.begin; });
  size_t kept = 0;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (kept > 0 && pieces[kept - 1].begin == pieces[i].begin) {
      Piece& piece = pieces[kept - 1];
      piece.left = std::min(piece.left, pieces[i].left);
      piece.right = std::max(piece.right, pieces[i].right);
    } else {
      pieces[kept++] = pieces[i];
    }
  }
  pieces.resize(kept);
  return pieces;
}

struct Placed {
  Cluster cluster;
  size_t place = 0, part = 0;
};

// The characters [first, last) of `ends` that share the room of a piece.
void Share(const Piece& piece, const std::vector<size_t>& ends, size_t first, size_t last, std::vector<Placed>& out) {
  const size_t count = last - first;
  const float each = (piece.right - piece.left) / static_cast<float>(count);
  for (size_t i = 0; i < count; ++i) {
    const size_t part = piece.right_to_left ? count - 1 - i : i;
    const float left = piece.left + each * static_cast<float>(part);
    out.push_back({{ends[first + i], ends[first + i + 1], left, part + 1 == count ? piece.right : left + each,
                    piece.right_to_left},
                   piece.place,
                   part});
  }
}

// The cluster to which a caret belongs: the one before it, or behind it, or the other if there is none in this line.
const Cluster* Holding(const std::vector<Cluster>& clusters, Caret caret) {
  const Cluster *before = nullptr, *next = nullptr;
  for (const Cluster& cluster : clusters) {
    if (cluster.end == caret.byte) before = &cluster;
    if (cluster.begin <= caret.byte && caret.byte < cluster.end) next = &cluster;
  }
  if (caret.behind) return before != nullptr ? before : next;
  return next != nullptr ? next : before;
}

}  // namespace

std::vector<Cluster> ClustersOf(const Line& line, std::string_view text, Boundaries& characters) {
  std::vector<Piece> pieces = PiecesOf(line);
  if (pieces.empty()) return {};
  pieces.front().begin = line.begin;
  const std::vector<size_t> ends = characters.All(text, line.begin, line.end);
  std::vector<Placed> placed;
  placed.reserve(ends.size());
  size_t first = 0;
  for (size_t i = 0; i < pieces.size();) {
    Piece piece = pieces[i++];
    // A joiner that was shaped by itself belongs to the letter before it.
    while (i < pieces.size() && !std::binary_search(ends.begin(), ends.end(), pieces[i].begin)) {
      piece.left = std::min(piece.left, pieces[i].left);
      piece.right = std::max(piece.right, pieces[i].right);
      piece.place = std::min(piece.place, pieces[i++].place);
    }
    const size_t end = i < pieces.size() ? pieces[i].begin : line.end;
    size_t last = first;
    while (last + 1 < ends.size() && ends[last] < end) ++last;
    if (last > first) Share(piece, ends, first, last, placed);
    first = last;
  }
  std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return a.place != b.place ? a.place < b.place : a.part < b.part;
  });
  std::vector<Cluster> clusters;
  clusters.reserve(placed.size());
  for (const Placed& each : placed) clusters.push_back(each.cluster);
  return clusters;
}

size_t EdgeOf(const std::vector<Cluster>& clusters, Caret caret) {
  const Cluster* holding = Holding(clusters, caret);
  if (holding == nullptr) return 0;
  const auto place = static_cast<size_t>(holding - clusters.data());
  const bool at_end = holding->end == caret.byte;
  return place + (at_end != holding->right_to_left ? 1 : 0);
}

float XOf(const std::vector<Cluster>& clusters, Caret caret) {
  const Cluster* holding = Holding(clusters, caret);
  if (holding == nullptr) return 0;
  return holding->end == caret.byte ? holding->back() : holding->front();
}

std::optional<Caret> CaretNear(const std::vector<Cluster>& clusters, float x) {
  std::optional<Caret> nearest;
  float distance = 0;
  const auto try_place = [&](float at, Caret caret) {
    const float own = x < at ? at - x : x - at;
    if (nearest && own >= distance) return;
    nearest = caret;
    distance = own;
  };
  // The half of a letter that was clicked on says at which of its sides.
  for (const Cluster& cluster : clusters) {
    if (x < cluster.left || x >= cluster.right) continue;
    return x - cluster.left < cluster.right - x ? cluster.AtLeft() : cluster.AtRight();
  }
  for (const Cluster& cluster : clusters) {
    try_place(cluster.left, cluster.AtLeft());
    try_place(cluster.right, cluster.AtRight());
  }
  return nearest;
}

}  // namespace daftar::text
