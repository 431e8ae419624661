#include "client/map/ground.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "client/map/line_detail.h"
#include "client/map/triangulate.h"

namespace daftar {
namespace {

constexpr int kCells = 256;  // of the grid, along each side
constexpr double kWorldPoints = 256;
constexpr size_t kMostCorners = 65'536;  // of what 16 bits can name

// What a step may leave out.
double ToleranceOf(int step) {
  if (step + 1 == Ground::kSteps) return 0;
  return 1.5 / (kWorldPoints * std::exp2(Ground::kFirstZoom + step));
}

int CellOf(double along) { return std::clamp(static_cast<int>(along * kCells), 0, kCells - 1); }

// The corners of a ring at the finest step, joined from the arcs.
Ground::Outline RingOf(const std::vector<Ground::Line>& lines, const Geodata::Ring& ring) {
  Ground::Outline corners;
  for (const Geodata::ArcUse& use : ring) {
    const Ground::Outline& arc = lines[use.arc].outline;
    // The last point of an arc is the first one of the next.
    for (size_t i = 0; i + 1 < arc.points.size(); ++i) {
      const size_t at = use.backwards ? arc.points.size() - 1 - i : i;
      corners.points.push_back(arc.points[at]);
      corners.from_step.push_back(arc.from_step[at]);
    }
  }
  return corners;
}

std::vector<WorldPoint> PlacesOf(const Ground::Outline& outline) {
  std::vector<WorldPoint> places;
  for (const GridPoint at : outline.points) places.push_back(FromGrid(at));
  return places;
}

// The corners are not shown at steps before that.
void HideBefore(int step, Ground::Outline& outline) {
  for (uint8_t& from : outline.from_step) from = std::max(from, static_cast<uint8_t>(step));
}

// The first step at which a ring has three corners, from which on it can be filled.
int FirstStepOf(const Ground::Outline& ring) {
  int step = 0;
  while (step < Ground::kSteps && ring.CountOf(step) < 3) ++step;
  return step;
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

void Ground::Outline::Add(WorldPoint at, int step) {
  points.push_back(ToGrid(at));
  from_step.push_back(static_cast<uint8_t>(step));
}

size_t Ground::Outline::CountOf(int step) const {
  return static_cast<size_t>(
      std::count_if(from_step.begin(), from_step.end(), [step](uint8_t from) { return from <= step; }));
}

Ground::Ground(Geodata data) : countries_(std::move(data.countries)), sources_(std::move(data.sources)) {
  lines_.reserve(data.arcs.size());
  for (const Geodata::Arc& arc : data.arcs) {
    Line line{.kind = arc.kind, .box = {}, .outline = {}};
    line.outline = Thin(arc.points, line.box);
    lines_.push_back(std::move(line));
  }
  areas_.reserve(data.areas.size());
  for (const Geodata::Area& area : data.areas) AddArea(area);
  IndexAreas();
  for (Geodata::City& city : data.cities) {
    cities_.push_back({Project(city.at), city.people, std::move(city.names)});
  }
  rivers_.reserve(data.rivers.size());
  for (const Geodata::River& river : data.rivers) AddRiver(river);
}

Ground::Outline Ground::Thin(std::span<const LatLon> line, WorldBox& box) {
  std::vector<WorldPoint> points;
  points.reserve(line.size());
  for (const LatLon at : line) {
    points.push_back(Project(at));
    box.Add(points.back());
  }
  const std::vector<double> detail = DetailOf(points);
  Outline outline;
  outline.points.reserve(points.size());
  outline.from_step.reserve(points.size());
  for (size_t i = 0; i < points.size(); ++i) {
    int step = 0;
    while (step < kSteps && detail[i] < ToleranceOf(step)) ++step;
    outline.Add(points[i], step);
  }
  return outline;
}

void Ground::AddArea(const Geodata::Area& from) {
  Area area{.country = from.country,
            .key = from.key,
            .names = from.names,
            .box = {},
            .middle = {},
            .square_km = 0,
            .fill = {}};
  std::vector<uint32_t> ring_ends;
  double largest = 0;
  for (const Geodata::Polygon& polygon : from.polygons) {
    std::vector<Outline> rings;
    int first_step = 0;
    for (const Geodata::Ring& ring : polygon) {
      Outline corners = RingOf(lines_, ring);
      const std::vector<WorldPoint> places = PlacesOf(corners);
      for (const WorldPoint at : places) area.box.Add(at);
      const bool is_outline = rings.empty();
      if (is_outline && places.size() >= 3) {
        const double size = std::abs(SignedArea(places));
        area.square_km += SquareKm(places);
        if (size > largest) area.middle = MiddleOf(places);
        largest = std::max(largest, size);
      }
      // Where the outline is too small for a step, so is what lies in it.
      const int own_step = FirstStepOf(corners);
      if (is_outline) first_step = own_step;
      HideBefore(std::max(first_step, own_step), corners);
      rings.push_back(std::move(corners));
    }
    AddTriangles(rings, area.fill);
    for (const Outline& ring : rings) {
      Outline& all = area.fill.corners;
      all.points.insert(all.points.end(), ring.points.begin(), ring.points.end());
      all.from_step.insert(all.from_step.end(), ring.from_step.begin(), ring.from_step.end());
      ring_ends.push_back(static_cast<uint32_t>(all.points.size()));
    }
  }
  area.fill.corners.points.shrink_to_fit();
  area.fill.corners.from_step.shrink_to_fit();
  for (std::vector<Fill::Triangle>& triangles : area.fill.triangles) triangles.shrink_to_fit();
  areas_.push_back(std::move(area));
  ring_ends_.push_back(std::move(ring_ends));
}

// Of a polygon, whose corners come behind those that the fill has already.
void Ground::AddTriangles(std::span<const Outline> rings, Fill& fill) {
  for (int step = 0; step < kSteps; ++step) {
    std::vector<WorldPoint> corners;
    std::vector<uint32_t> starts;
    for (const Outline& ring : rings) {
      const auto start = static_cast<uint32_t>(corners.size());
      for (size_t i = 0; i < ring.points.size(); ++i) {
        if (ring.Shows(i, step)) corners.push_back(FromGrid(ring.points[i]));
      }
      if (corners.size() > start) starts.push_back(start);
    }
    if (starts.empty()) continue;
    const size_t base = fill.corners.CountOf(step);
    if (base + corners.size() > kMostCorners) continue;
    for (const auto& [a, b, c] : Triangulate(corners, starts)) {
      fill.triangles[static_cast<size_t>(step)].push_back(
          {static_cast<uint16_t>(base + a), static_cast<uint16_t>(base + b), static_cast<uint16_t>(base + c)});
    }
  }
}

// Counts what each cell holds, and then puts it there.
void Ground::IndexAreas() {
  const auto for_each_cell = [this](const auto& visit) {
    for (uint32_t i = 0; i < areas_.size(); ++i) {
      const WorldBox& box = areas_[i].box;
      if (box.empty()) continue;
      for (int y = CellOf(box.top); y <= CellOf(box.bottom); ++y) {
        for (int x = CellOf(box.left); x <= CellOf(box.right); ++x) visit(static_cast<size_t>(y * kCells + x), i);
      }
    }
  };
  cell_begins_.assign(static_cast<size_t>(kCells) * kCells + 1, 0);
  for_each_cell([this](size_t cell, uint32_t) { ++cell_begins_[cell + 1]; });
  std::partial_sum(cell_begins_.begin(), cell_begins_.end(), cell_begins_.begin());
  cell_areas_.resize(cell_begins_.back());
  std::vector<uint32_t> next(cell_begins_.begin(), cell_begins_.end() - 1);
  for_each_cell([&](size_t cell, uint32_t area) { cell_areas_[next[cell]++] = area; });
}

bool Ground::Holds(uint32_t area, WorldPoint at) const {
  if (!areas_[area].box.Contains(at)) return false;
  // Edges of outline and holes together: in, if a line to the east meets an odd number of them.
  bool inside = false;
  const std::vector<GridPoint>& corners = areas_[area].fill.corners.points;
  size_t begin = 0;
  for (const uint32_t end : ring_ends_[area]) {
    for (size_t i = begin; i < end; ++i) {
      const WorldPoint from = FromGrid(corners[i]), to = FromGrid(corners[i + 1 == end ? begin : i + 1]);
      if ((from.y > at.y) == (to.y > at.y)) continue;
      const double x = from.x + (at.y - from.y) / (to.y - from.y) * (to.x - from.x);
      if (at.x < x) inside = !inside;
    }
    begin = end;
  }
  return inside;
}

std::optional<uint32_t> Ground::AreaAt(WorldPoint at) const {
  const auto cell = static_cast<size_t>(CellOf(at.y) * kCells + CellOf(at.x));
  for (uint32_t i = cell_begins_[cell]; i < cell_begins_[cell + 1]; ++i) {
    if (Holds(cell_areas_[i], at)) return cell_areas_[i];
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
