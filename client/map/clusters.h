// Points that would stand on each other as one mark. The cells of a grid that lies still under the map decide what goes
// together, so a cluster is the same wherever the map is dragged, and one step of zoom cuts each into four. Pure
// function: the work is by what can be seen, not by how many points there are.
#pragma once

#include <vector>

#include "client/map/map_view.h"
#include "client/map/point_index.h"

namespace daftar {

struct Cluster {
  CellId cell;
  PointIndex::Run points;
  WorldPoint at;           // the middle of its points, far enough from its cell's edge not to touch its neighbours
  bool one_place = false;  // all of them on one spot: no zoom tells them apart
};

// What the view shows, and a cell around it: from north to south, then west to east. Cells are `spacing` points wide at
// least and less than twice that; marks of more than one point keep `margin` points from the edge of their cell.
std::vector<Cluster> ClustersIn(const PointIndex& points, const MapView& view, double spacing, double margin);

}  // namespace daftar
