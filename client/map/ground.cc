#include "client/map/ground.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "client/map/line_detail.h"
#include "client/map/triangulate.h"

namespace daftar {
namespace {

constexpr int kCells = 512;  // of the grid, along each side
constexpr double kWorldPoints = 256;

// What a step may leave out.
double ToleranceOf(int step) {
  if (step + 1 == Ground::kSteps) return 0;
  return 1.5 / (kWorldPoints * std::exp2(Ground::kFirstZoom + step));
}

int CellOf(double along) { return std::clamp(static_cast<int>(along * kCells), 0, kCells - 1); }

struct Rings {
  std::vector<WorldPoint> points;
  std::vector<uint32_t> starts;
};

// The corners of a ring at one step, joined from the thinned arcs.
std::vector<WorldPoint> RingOf(const std::vector<Ground::Line>& lines, const Geodata::Ring& ring, int step) {
  std::vector<WorldPoint> corners;
  for (const Geodata::ArcUse& use : ring) {
    const std::vector<WorldPoint>& arc = lines[use.arc].points[static_cast<size_t>(step)];
    // The last point of an arc is the first one of the next.
    if (use.backwards) {
      corners.insert(corners.end(), arc.rbegin(), arc.rend() - 1);
    } else {
      corners.insert(corners.end(), arc.begin(), arc.end() - 1);
    }
  }
  return corners;
}

Rings RingsOf(const std::vector<Ground::Line>& lines, const Geodata::Polygon& polygon, int step) {
  Rings rings;
  for (const Geodata::Ring& ring : polygon) {
    const std::vector<WorldPoint> corners = RingOf(lines, ring, step);
    if (corners.size() < 3) {
      if (rings.starts.empty()) return {};  // too small an outline for this step
      continue;
    }
    rings.starts.push_back(static_cast<uint32_t>(rings.points.size()));
    rings.points.insert(rings.points.end(), corners.begin(), corners.end());
  }
  return rings;
}

// Where a name stands best: in the middle of the widest stretch of land at one of a few latitudes.
WorldPoint MiddleOf(std::span<const WorldPoint> outline) {
  WorldBox box;
  for (const WorldPoint at : outline) box.Add(at);
  WorldPoint best{(box.left + box.right) / 2, (box.top + box.bottom) / 2};
  double widest = 0;
  for (const double part : {0.5, 0.4, 0.6, 0.3, 0.7}) {
    const double y = box.top + (box.bottom - box.top) * part;
    std::vector<double> crossings;
    for (size_t i = 0; i < outline.size(); ++i) {
      const WorldPoint a = outline[i], b = outline[i + 1 == outline.size() ? 0 : i + 1];
      if ((a.y > y) != (b.y > y)) crossings.push_back(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x));
    }
    std::sort(crossings.begin(), crossings.end());
    for (size_t i = 0; i + 1 < crossings.size(); i += 2) {
      // A place off the middle has to be clearly better.
      const double width = (crossings[i + 1] - crossings[i]) * (part == 0.5 ? 1.2 : 1);
      if (width <= widest) continue;
      widest = width;
      best = {(crossings[i] + crossings[i + 1]) / 2, y};
    }
  }
  return best;
}

// By the scale at its middle latitude.
double SquareKm(std::span<const WorldPoint> ring) {
  WorldBox box;
  for (const WorldPoint at : ring) box.Add(at);
  const double unit_km = 1 / UnitsOfMetre(Unproject({box.left, (box.top + box.bottom) / 2}).latitude) / 1000;
  return std::abs(SignedArea(ring)) / 2 * unit_km * unit_km;
}

}  // namespace

int Ground::StepOf(double zoom) { return std::clamp(static_cast<int>(std::ceil(zoom - kFirstZoom)), 0, kSteps - 1); }

Ground::Ground(Geodata data) : countries_(std::move(data.countries)), sources_(std::move(data.sources)) {
  for (const Geodata::Arc& arc : data.arcs) {
    Line line{.kind = arc.kind, .box = {}, .points = {}};
    std::vector<WorldPoint> points;
    for (const LatLon at : arc.points) {
      points.push_back(Project(at));
      line.box.Add(points.back());
    }
    const std::vector<double> detail = DetailOf(points);
    for (int step = 0; step < kSteps; ++step) {
      for (size_t i = 0; i < points.size(); ++i) {
        if (detail[i] >= ToleranceOf(step)) line.points[static_cast<size_t>(step)].push_back(points[i]);
      }
    }
    lines_.push_back(std::move(line));
  }
  for (const Geodata::Area& area : data.areas) AddArea(area);
  IndexAreas();
  for (Geodata::City& city : data.cities) {
    cities_.push_back({Project(city.at), city.people, std::move(city.names)});
  }
}

void Ground::AddArea(const Geodata::Area& from) {
  Area area{.country = from.country,
            .key = from.key,
            .names = from.names,
            .box = {},
            .middle = {},
            .square_km = 0,
            .fills = {}};
  std::vector<Edge> edges;
  double largest = 0;
  for (const Geodata::Polygon& polygon : from.polygons) {
    for (const Geodata::Ring& ring : polygon) {
      const std::vector<WorldPoint> corners = RingOf(lines_, ring, kSteps - 1);
      for (size_t i = 0; i < corners.size(); ++i) {
        area.box.Add(corners[i]);
        edges.push_back({corners[i], corners[i + 1 == corners.size() ? 0 : i + 1]});
      }
      if (&ring != &polygon.front() || corners.size() < 3) continue;
      const double size = std::abs(SignedArea(corners));
      area.square_km += SquareKm(corners);
      if (size <= largest) continue;
      largest = size;
      area.middle = MiddleOf(corners);
    }
    for (int step = 0; step < kSteps; ++step) {
      const Rings rings = RingsOf(lines_, polygon, step);
      Fill& fill = area.fills[static_cast<size_t>(step)];
      const auto base = static_cast<uint32_t>(fill.points.size());
      for (const auto& [a, b, c] : Triangulate(rings.points, rings.starts)) {
        fill.triangles.push_back({base + a, base + b, base + c});
      }
      fill.points.insert(fill.points.end(), rings.points.begin(), rings.points.end());
    }
  }
  areas_.push_back(std::move(area));
  edges_.push_back(std::move(edges));
}

void Ground::IndexAreas() {
  cells_.resize(static_cast<size_t>(kCells) * kCells);
  for (uint32_t i = 0; i < areas_.size(); ++i) {
    const WorldBox& box = areas_[i].box;
    if (box.empty()) continue;
    for (int y = CellOf(box.top); y <= CellOf(box.bottom); ++y) {
      for (int x = CellOf(box.left); x <= CellOf(box.right); ++x) {
        cells_[static_cast<size_t>(y * kCells + x)].push_back(i);
      }
    }
  }
}

bool Ground::Holds(uint32_t area, WorldPoint at) const {
  if (!areas_[area].box.Contains(at)) return false;
  // Edges of outline and holes together: in, if a line to the east meets an odd number of them.
  bool inside = false;
  for (const Edge& edge : edges_[area]) {
    if ((edge.from.y > at.y) == (edge.to.y > at.y)) continue;
    const double x = edge.from.x + (at.y - edge.from.y) / (edge.to.y - edge.from.y) * (edge.to.x - edge.from.x);
    if (at.x < x) inside = !inside;
  }
  return inside;
}

std::optional<uint32_t> Ground::AreaAt(WorldPoint at) const {
  if (cells_.empty()) return std::nullopt;
  for (const uint32_t area : cells_[static_cast<size_t>(CellOf(at.y) * kCells + CellOf(at.x))]) {
    if (Holds(area, at)) return area;
  }
  return std::nullopt;
}

double Ground::CountrySquareKm(uint32_t country) const {
  double sum = 0;
  for (const Area& area : areas_) {
    if (country != 0 && area.country == country && !area.names.texts[0].empty()) sum += area.square_km;
  }
  return sum;
}

std::shared_ptr<const Ground> Ground::BuiltIn() {
  static const std::shared_ptr<const Ground> ground = [] {
    auto made = std::make_shared<Ground>(Geodata{});
    if (BuiltInGeodata().empty()) return made;
    StatusOr<Geodata> data = ReadGeodata(BuiltInGeodata());
    if (data.ok()) return std::make_shared<Ground>(*std::move(data));
    made->trouble_ = Message(data.status());
    return made;
  }();
  return ground;
}

}  // namespace daftar
