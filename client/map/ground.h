// What lies under the records: lines and areas projected, thinned for each step of zoom and cut into triangles, ready
// to be drawn; and which province a point lies in. Built once, off the drawing thread (some tenths of a second), and
// not changed after that: any thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/map/geodata.h"
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

  struct Line {
    LineKind kind = LineKind::kCoast;
    WorldBox box;
    std::array<std::vector<WorldPoint>, kSteps> points;
  };
  struct Fill {
    std::vector<WorldPoint> points;
    std::vector<std::array<uint32_t, 3>> triangles;
  };
  struct Area {
    uint32_t country = 0;  // in countries(), from 1; 0: none
    std::string key;
    MapNames names;  // empty: it has no name and is no province
    WorldBox box;
    WorldPoint middle;     // where its name stands
    double square_km = 0;  // about that
    std::array<Fill, kSteps> fills;
  };
  struct City {
    WorldPoint at;
    uint32_t people = 0;
    MapNames names;
  };

  const std::vector<Line>& lines() const { return lines_; }
  const std::vector<Area>& areas() const { return areas_; }
  const std::vector<City>& cities() const { return cities_; }  // largest first
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
  void AddArea(const Geodata::Area& from);
  void IndexAreas();
  bool Holds(uint32_t area, WorldPoint at) const;

  std::vector<Line> lines_;
  std::vector<Area> areas_;
  std::vector<City> cities_;
  std::vector<Geodata::Country> countries_;
  std::vector<Geodata::Source> sources_;
  std::string trouble_;
  // For AreaAt: the edges of each area, and by cell of a grid over the world the areas whose box meets it.
  struct Edge {
    WorldPoint from, to;
  };
  std::vector<std::vector<Edge>> edges_;
  std::vector<std::vector<uint32_t>> cells_;
};

}  // namespace daftar
