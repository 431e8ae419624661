// What lies under the records: lines, areas and rivers projected, thinned for each step of zoom and cut into triangles,
// ready to be drawn; and which province a point lies in. Built once, off the drawing thread (some tenths of a second),
// and not changed after that: any thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "client/map/geodata.h"
#include "client/map/grid_point.h"
#include "client/map/mercator.h"

namespace daftar {

class Ground {
 public:
  // Steps of detail, the coarsest first; step s serves up to zoom kFirstZoom + s, where its tolerance is a point and a
  // half.
  static constexpr int kSteps = 8;
  static constexpr double kFirstZoom = 2;
  static int StepOf(double zoom);

  // Whatever is in the geodata is drawn; nothing is checked here.
  explicit Ground(Geodata data);
  // What was built into the program: an empty ground if there was nothing to build in, or if it is damaged, which
  // trouble() then tells.
  static std::shared_ptr<const Ground> BuiltIn();

  // Places, each with the coarsest step that shows it: a step has those of all coarser ones, in the same order.
  struct Outline {
    std::vector<GridPoint> points;
    std::vector<uint8_t> from_step;  // of each point; kSteps: no step shows it
    void Add(WorldPoint at, int step);
    bool Shows(size_t point, int step) const { return from_step[point] <= step; }
    size_t CountOf(int step) const;
  };
  struct Line {
    LineKind kind = LineKind::kCoast;
    WorldBox box;
    Outline outline;
  };
  // The corners of an area's rings, one ring after the other, and the triangles of each step: positions among the
  // corners that the step shows. What no list of ImGui could hold, more than 65,536 corners, has no triangles.
  struct Fill {
    using Triangle = std::array<uint16_t, 3>;
    Outline corners;
    std::array<std::vector<Triangle>, kSteps> triangles;
  };
  struct Area {
    uint32_t country = 0;  // in countries(), from 1; 0: none
    std::string key;
    MapNames names;  // empty: it has no name and is no province
    WorldBox box;
    WorldPoint middle;     // where its name stands
    double square_km = 0;  // about that
    Fill fill;
  };
  struct City {
    WorldPoint at;
    uint32_t people = 0;
    MapNames names;
  };
  struct River {
    static constexpr int kRanks = Geodata::River::kRanks;
    struct Reach {
      WorldBox box;
      Outline outline;
    };
    // Where its name may stand, at its side.
    struct Spot {
      WorldPoint at;
      bool flat = false;  // it runs more from west to east there than from north to south
    };
    uint8_t rank = 0;
    MapNames names;  // empty: rivers without one
    std::vector<Reach> reaches;
    std::vector<Spot> spots;  // the middle first, then those of its halves, and so on; none without a name
  };
  // The zoom from which rivers of a rank are shown.
  static double RiverZoom(int rank);

  const std::vector<Line>& lines() const { return lines_; }
  const std::vector<Area>& areas() const { return areas_; }
  const std::vector<City>& cities() const { return cities_; }  // largest first
  const std::vector<River>& rivers() const { return rivers_; }
  const std::vector<Geodata::Country>& countries() const { return countries_; }
  const std::vector<Geodata::Source>& sources() const { return sources_; }
  bool empty() const { return areas_.empty(); }
  // What is wrong with the built-in map; empty: nothing.
  const std::string& trouble() const { return trouble_; }

  // The area that a point lies in.
  std::optional<uint32_t> AreaAt(WorldPoint at) const;
  // The country's extent, from those of its areas that have names.
  double CountrySquareKm(uint32_t country) const;

 private:
  // Each point with the step that shows it; `box` grows by them.
  static Outline Thin(std::span<const LatLon> line, WorldBox& box);
  void AddArea(const Geodata::Area& from);
  void AddRiver(const Geodata::River& from);
  static void AddTriangles(std::span<const Outline> rings, Fill& fill);
  void IndexAreas();
  bool Holds(uint32_t area, WorldPoint at) const;

  std::vector<Line> lines_;
  std::vector<Area> areas_;
  std::vector<City> cities_;
  std::vector<River> rivers_;
  std::vector<Geodata::Country> countries_;
  std::vector<Geodata::Source> sources_;
  std::string trouble_;
  // For AreaAt: where the rings of each area end among its corners, and by cell of a grid over the world the areas
  // whose box meets it: of cell c those from cell_begins_[c] on.
  std::vector<std::vector<uint32_t>> ring_ends_;
  std::vector<uint32_t> cell_begins_, cell_areas_;
};

}  // namespace daftar
