// Where the lines of a graph begin and end, and where their labels stand: for this folder alone. Pure.
#pragma once

namespace daftar {

struct Graph;

// Of a line's label.
inline constexpr double kEdgeLabelSize = 11;
inline constexpr int kEdgeLabelHeight = 14;

// Sets the places and labels of all edges. REQUIRES: the nodes have theirs. A label stands on its line where it is
// least in the way of boxes and of labels before it.
void DrawEdges(Graph& graph);

}  // namespace daftar
