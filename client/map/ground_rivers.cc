// Rivers of the ground: from which zoom they are shown, and where along them their names may stand.
#include <algorithm>
#include <cmath>
#include <utility>

#include "client/map/ground.h"

namespace daftar {
namespace {

constexpr double kSpotsApart = 1.0 / 2048;  // of the square: 15 km at 38 degrees north
constexpr int kMostHalvings = 6;
constexpr double kRound = 0.25;  // the stretch round a spot that tells its direction, in distances of spots

// A river's reaches as one line, without what lies between them.
class Course {
 public:
  explicit Course(const Ground::River& river) {
    for (const Ground::River::Reach& reach : river.reaches) {
      const std::vector<GridPoint>& points = reach.outline.points;
      for (size_t i = 0; i + 1 < points.size(); ++i) {
        const WorldPoint from = FromGrid(points[i]), to = FromGrid(points[i + 1]);
        pieces_.push_back({from, to, length_});
        length_ += std::hypot(to.x - from.x, to.y - from.y);
      }
    }
  }
  double length() const { return length_; }
  // `along`: 0 … length; there must be a piece.
  WorldPoint At(double along) const {
    const auto after = std::upper_bound(pieces_.begin() + 1, pieces_.end(), along,
                                        [](double wanted, const Piece& piece) { return wanted < piece.begin; });
    const Piece& piece = *(after - 1);
    const double length = std::hypot(piece.to.x - piece.from.x, piece.to.y - piece.from.y);
    const double part = length > 0 ? std::clamp((along - piece.begin) / length, 0.0, 1.0) : 0;
    return {piece.from.x + (piece.to.x - piece.from.x) * part, piece.from.y + (piece.to.y - piece.from.y) * part};
  }

 private:
  struct Piece {
    WorldPoint from, to;
    double begin;  // along the course
  };
  std::vector<Piece> pieces_;
  double length_ = 0;
};

std::vector<Ground::River::Spot> SpotsOf(const Ground::River& river) {
  std::vector<Ground::River::Spot> spots;
  const Course course(river);
  if (!(course.length() > 0)) return spots;
  double apart = course.length();
  for (int halving = 0; halving < kMostHalvings && (halving == 0 || apart > kSpotsApart); ++halving) {
    for (double along = apart / 2; along < course.length(); along += apart) {
      const double round = std::min(apart, kSpotsApart) * kRound;
      const WorldPoint before = course.At(along - round), after = course.At(along + round);
      const bool flat = std::abs(after.x - before.x) > std::abs(after.y - before.y);
      spots.push_back({course.At(along), flat});
    }
    apart /= 2;
  }
  return spots;
}

}  // namespace

double Ground::RiverZoom(int rank) {
  constexpr double kFrom[River::kRanks] = {2.5, 4, 5, 6};
  return kFrom[rank];
}

void Ground::AddRiver(const Geodata::River& from) {
  River river{.rank = from.rank, .names = from.names, .reaches = {}, .spots = {}};
  river.reaches.reserve(from.lines.size());
  for (const std::vector<LatLon>& line : from.lines) {
    River::Reach reach;
    reach.outline = Thin(line, reach.box);
    river.reaches.push_back(std::move(reach));
  }
  if (!river.names.texts[0].empty()) river.spots = SpotsOf(river);
  river.spots.shrink_to_fit();
  rivers_.push_back(std::move(river));
}

}  // namespace daftar
