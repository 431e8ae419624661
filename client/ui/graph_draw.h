// Lines and boxes of a graph, as ImGui draws them: for `graph_canvas` alone. On the list of the window at hand.
#pragma once

#include "client/model/graph.h"
#include "client/ui/widgets.h"
#include "imgui.h"

namespace daftar::ui {

// From rim to rim, whole, dotted or dashed; a pointed one stands out. `scale`: pixels of a unit of the picture.
void DrawGraphLine(const Ui& ui, const GraphEdge& edge, ImVec2 from, ImVec2 to, float scale, bool pointed);
// The words of a line round their middle.
void DrawGraphLabel(const Ui& ui, const GraphEdge& edge, ImVec2 at);
// The outline of a box round its middle; that of the record itself stands out.
void DrawGraphShape(const Ui& ui, const GraphNode& node, ImVec2 at, float scale, bool pointed);
// How far a place is from a line.
float DistanceToLine(ImVec2 place, ImVec2 from, ImVec2 to);

}  // namespace daftar::ui
