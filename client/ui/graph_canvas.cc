// The picture of a graph: boxes and lines, moved and made larger with the mouse and the keyboard.
#include "client/ui/graph_canvas.h"

#include <algorithm>
#include <cmath>

#include "client/language/say.h"
#include "client/ui/graph_draw.h"
#include "client/ui/keys.h"
#include "imgui_internal.h"

namespace daftar::ui {
namespace {

constexpr float kLeastZoom = 0.1f, kMostZoom = 3, kWheel = 1.15f, kStep = 40, kMargin = 24, kMostOfWhole = 1.25f;
// From these zooms on, boxes say what they are, and lines what they mean.
constexpr float kKindZoom = 0.7f, kNameZoom = 0.5f, kLabelZoom = 0.6f;
constexpr float kNear = 6;  // to a line, for the mouse

class Canvas {
 public:
  Canvas(Ui& ui, const Graph& graph, GraphCamera& camera) : ui_(ui), graph_(graph), camera_(camera) {}

  void Draw(float height);

 private:
  float Scale() const { return camera_.zoom * ui_.Px(1); }
  ImVec2 Place(int x, int y) const {
    return {middle_.x + (static_cast<float>(x) - camera_.x) * Scale(),
            middle_.y + (static_cast<float>(y) - camera_.y) * Scale()};
  }
  void ShowWhole();
  void Zoom(float factor, ImVec2 about);
  void HandleMouse();
  void HandleKeys();
  void DrawNode(const GraphNode& node);
  void DrawWords(const GraphNode& node, ImVec2 at, ImVec2 size);
  const GraphEdge* PointedEdge() const;
  void ExplainEdge(const GraphEdge& edge);

  Ui& ui_;
  const Graph& graph_;
  GraphCamera& camera_;
  ImVec2 top_left_, size_, middle_;
  std::vector<ImRect> words_;  // below boxes, as far as they are drawn
  bool over_node_ = false, over_canvas_ = false;
};

void Canvas::ShowWhole() {
  const float width = static_cast<float>(graph_.right - graph_.left) + 2 * kMargin;
  const float height = static_cast<float>(graph_.bottom - graph_.top) + 2 * kMargin;
  const float fits = std::min(size_.x / ui_.Px(width), size_.y / ui_.Px(height));
  camera_.zoom = std::clamp(fits, kLeastZoom, kMostOfWhole);
  camera_.x = static_cast<float>(graph_.left + graph_.right) / 2;
  camera_.y = static_cast<float>(graph_.top + graph_.bottom) / 2;
}

// What is at that place on the screen stays there.
void Canvas::Zoom(float factor, ImVec2 about) {
  const float before = Scale();
  camera_.zoom = std::clamp(camera_.zoom * factor, kLeastZoom, kMostZoom);
  camera_.x += (about.x - middle_.x) * (1 / before - 1 / Scale());
  camera_.y += (about.y - middle_.y) * (1 / before - 1 / Scale());
  camera_.whole = false;
}

void Canvas::HandleMouse() {
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsItemActive() && ImGui::IsMouseDragging(0, 2) && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
    camera_.x -= io.MouseDelta.x / Scale();
    camera_.y -= io.MouseDelta.y / Scale();
    camera_.whole = false;
  }
  if (ImGui::IsWindowHovered() && io.MouseWheel != 0 && !io.KeyCtrl) Zoom(std::pow(kWheel, io.MouseWheel), io.MousePos);
}

void Canvas::HandleKeys() {
  const ImGuiIO& io = ImGui::GetIO();
  if (!ImGui::IsWindowFocused() || io.KeyCtrl || io.KeyAlt) return;
  // Here the arrows move the picture; Tab leads from box to box.
  ImGui::NavMoveRequestCancel();
  const auto move = [&](float x, float y) {
    camera_.x += x * kStep / camera_.zoom;
    camera_.y += y * kStep / camera_.zoom;
    camera_.whole = false;
  };
  if (ImGui::IsKeyPressed(keys::kLeft)) move(-1, 0);
  if (ImGui::IsKeyPressed(keys::kRight)) move(1, 0);
  if (ImGui::IsKeyPressed(keys::kUp)) move(0, -1);
  if (ImGui::IsKeyPressed(keys::kDown)) move(0, 1);
  if (ImGui::IsKeyPressed(keys::kEqual) || ImGui::IsKeyPressed(keys::kPadPlus)) Zoom(kGraphZoomStep, middle_);
  if (ImGui::IsKeyPressed(keys::kMinus) || ImGui::IsKeyPressed(keys::kPadMinus)) Zoom(1 / kGraphZoomStep, middle_);
}

// In the box while it is large enough; else below it, where no other words are.
void Canvas::DrawWords(const GraphNode& node, ImVec2 at, ImVec2 size) {
  const bool inside = camera_.zoom >= kNameZoom, two_lines = camera_.zoom >= kKindZoom;
  const Face face = two_lines ? Face::kBold : Face::kSmall;
  const ImVec2 name = ui_.Measure(inside ? node.name : node.label, face);
  if (!inside) {
    const ImRect area{at.x - name.x / 2, at.y + size.y / 2, at.x + name.x / 2, at.y + size.y / 2 + name.y};
    const auto taken = [&](const ImRect& other) { return other.Overlaps(area); };
    if (std::any_of(words_.begin(), words_.end(), taken)) return;
    words_.push_back(area);
    ImGui::GetWindowDrawList()->AddRectFilled(area.Min, area.Max, ImGui::GetColorU32(ui_.theme().panel));
    ui_.TextAt(area.Min, node.label, {face}, 0);
    return;
  }
  const float room = size.x - ui_.Px(22);
  const ImVec2 kind = ui_.Measure(node.kind_words, Face::kSmall);
  const float y = at.y - (name.y + (two_lines ? kind.y : 0)) / 2;
  ui_.TextAt({at.x - std::min(name.x, room) / 2, y}, node.name, {face}, room);
  const TextStyle muted{Face::kSmall, &ui_.theme().muted};
  if (two_lines) ui_.TextAt({at.x - std::min(kind.x, room) / 2, y + name.y}, node.kind_words, muted, room);
}

void Canvas::DrawNode(const GraphNode& node) {
  const ImVec2 at = Place(node.x, node.y);
  const ImVec2 size{static_cast<float>(node.width) * Scale(), static_cast<float>(node.height) * Scale()};
  ImGui::SetCursorScreenPos({at.x - size.x / 2, at.y - size.y / 2});
  ImGui::PushID(node.id.c_str());
  const bool chosen = ImGui::InvisibleButton("node", {std::max(size.x, ui_.Px(6)), std::max(size.y, ui_.Px(6))});
  ImGui::PopID();
  const bool pointed = ImGui::IsItemHovered();
  over_node_ = over_node_ || pointed;
  DrawGraphShape(ui_, node, at, Scale(), pointed);
  DrawWords(node, at, size);
  ui_.FocusRing();
  // What is being looked for with Tab comes into view.
  const ImVec2 end{top_left_.x + size_.x, top_left_.y + size_.y};
  const bool outside = at.x < top_left_.x || at.y < top_left_.y || at.x > end.x || at.y > end.y;
  if (ImGui::IsItemFocused() && outside && ImGui::IsKeyPressed(keys::kTab)) {
    camera_.x = static_cast<float>(node.x);
    camera_.y = static_cast<float>(node.y);
    camera_.whole = false;
  }
  ui_.Record(Role::kLink, node.name, node.address);
  if (pointed && !node.address.empty()) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (pointed) ui_.Help(node.sentence);
  if (chosen && !node.address.empty()) ui_.Open(node.address);
}

const GraphEdge* Canvas::PointedEdge() const {
  if (!over_canvas_ || over_node_) return nullptr;
  const GraphEdge* nearest = nullptr;
  float least = ui_.Px(kNear);
  for (const GraphEdge& edge : graph_.edges) {
    const float distance = DistanceToLine(ImGui::GetIO().MousePos, Place(edge.x1, edge.y1), Place(edge.x2, edge.y2));
    if (distance >= least) continue;
    least = distance;
    nearest = &edge;
  }
  return nearest;
}

// Its relations with days and sources; a click opens the first.
void Canvas::ExplainEdge(const GraphEdge& edge) {
  constexpr size_t kMostTold = 8;
  std::string words;
  for (size_t i = 0; i < std::min(edge.strands.size(), kMostTold); ++i) {
    const GraphStrand& strand = edge.strands[i];
    words += (i > 0 ? "\n" : "") + strand.sentence + (strand.note.empty() ? "" : "\n   " + strand.note);
  }
  if (edge.strands.size() > kMostTold) words += "\n" + Say("graph.more", {{"count", edge.strands.size() - kMostTold}});
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  ui_.Tooltip(words, {Face::kSmall}, ui_.Px(460));
}

void Canvas::Draw(float height) {
  const Theme& theme = ui_.theme();
  // With something to scroll, the wheel stays here; nothing in it is drawn where it is scrolled to.
  ImGui::SetNextWindowContentSize({0, height * 3});
  ImGui::PushStyleColor(ImGuiCol_ChildBg, theme.panel);
  // What is padded is not drawn into.
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::BeginChild("picture", {0, height}, true, ImGuiWindowFlags_NoScrollbar);
  ImGui::SetScrollY(height);
  top_left_ = ImGui::GetWindowPos();
  size_ = ImGui::GetWindowSize();
  middle_ = {top_left_.x + size_.x / 2, top_left_.y + size_.y / 2};
  if (camera_.whole) ShowWhole();

  ImGui::SetCursorScreenPos(top_left_);
  ImGui::SetItemAllowOverlap();
  const bool pressed = ImGui::InvisibleButton("canvas", size_);
  ImGui::SetItemAllowOverlap();
  ui_.FocusRing();
  over_canvas_ = ImGui::IsWindowHovered();
  const bool dragged = ImGui::GetMouseDragDelta(0, 0).x != 0 || ImGui::GetMouseDragDelta(0, 0).y != 0;
  const bool clicked = pressed && !dragged;
  HandleMouse();
  ui_.Record(Role::kButton, Say("graph.picture"), graph_.words);
  HandleKeys();

  ImDrawList& draw = *ImGui::GetWindowDrawList();
  draw.ChannelsSplit(2);
  draw.ChannelsSetCurrent(1);
  for (const GraphNode& node : graph_.nodes) DrawNode(node);
  draw.ChannelsSetCurrent(0);
  const GraphEdge* const pointed = PointedEdge();
  for (const GraphEdge& edge : graph_.edges) {
    DrawGraphLine(ui_, edge, Place(edge.x1, edge.y1), Place(edge.x2, edge.y2), Scale(), &edge == pointed);
  }
  for (const GraphEdge& edge : graph_.edges) {
    const bool labelled = camera_.zoom >= kLabelZoom || &edge == pointed;
    if (labelled) DrawGraphLabel(ui_, edge, Place(edge.label_x, edge.label_y));
  }
  draw.ChannelsMerge();
  ImGui::EndChild();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
  if (pointed == nullptr) return;
  ExplainEdge(*pointed);
  if (clicked) ui_.Open(pointed->strands.front().address);
}

}  // namespace

void DrawGraphCanvas(Ui& ui, const Graph& graph, GraphCamera& camera, float height) {
  const std::string picture = graph.id + " " + std::to_string(graph.hops);
  if (camera.picture != picture) camera = {.picture = picture};
  Canvas(ui, graph, camera).Draw(height);
}

}  // namespace daftar::ui
