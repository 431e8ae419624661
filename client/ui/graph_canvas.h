// The picture of a graph, which `graph_panel` puts on its page.
#pragma once

#include "client/model/graph.h"
#include "client/ui/screen.h"
#include "client/ui/widgets.h"

namespace daftar::ui {

// By what a key or a button makes the picture larger.
inline constexpr float kGraphZoomStep = 1.3f;

// The picture where ImGui stands, over the width that there is. Drag, arrows, wheel, + and − move the camera.
void DrawGraphCanvas(Ui& ui, const Graph& graph, GraphCamera& camera, float height);

}  // namespace daftar::ui
