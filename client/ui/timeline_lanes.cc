// The lanes of a timeline: bars and blocks under an axis. The wheel zooms where the mouse is, dragging moves, a click
// opens a record or looks into a block.
#include <algorithm>
#include <cmath>

#include "client/ui/keys.h"
#include "client/ui/timeline_parts.h"
#include "imgui_internal.h"

namespace daftar::ui {
namespace {

constexpr float kAxis = 24, kLaneHead = 24, kLaneFoot = 8, kRow = 22, kBar = 16, kHatch = 7, kReadable = 44,
                kArrow = 16;
constexpr double kWheel = 1.25;
constexpr std::array<int, kLanes> kShares = {4, 1, 2, 1};
constexpr int kLeastRows = 2;

// Stripes, closer together than any frame: what is only possible.
void Hatch(Ui& ui, ImVec2 low, ImVec2 high, ImU32 colour) {
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const float height = high.y - low.y, step = ui.Px(kHatch);
  draw->PushClipRect(low, high, true);
  // Of a bar that is cut, only what is seen.
  for (float x = low.x - height; x < high.x; x += step) draw->AddLine({x, high.y}, {x + height, low.y}, colour);
  draw->PopClipRect();
}

void DrawBar(Ui& ui, const TimelineBox& box, ImVec2 low, ImVec2 high, bool lasts) {
  const Theme& theme = ui.theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImU32 line = ImGui::GetColorU32(theme.accent);
  if (box.uncertain) {
    draw->AddRectFilled(low, high, ImGui::GetColorU32(theme.raised));
    Hatch(ui, low, high, line);
  } else {
    draw->AddRectFilled(low, high, lasts ? ImGui::GetColorU32(theme.selected) : line, lasts ? 0 : ui.Px(2));
  }
  draw->AddRect(low, high, line, lasts || box.uncertain ? 0 : ui.Px(2));
  // Open where it goes on.
  const float tip = ui.Px(5), middle = (low.y + high.y) / 2;
  if (box.cut_before) draw->AddTriangleFilled({low.x, middle}, {low.x + tip, low.y}, {low.x + tip, high.y}, line);
  if (box.cut_after) draw->AddTriangleFilled({high.x, middle}, {high.x - tip, high.y}, {high.x - tip, low.y}, line);
}

void DrawBlock(Ui& ui, const TimelineBox& box, ImVec2 low, ImVec2 high) {
  const Theme& theme = ui.theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 inner{std::max(low.x + 1, high.x - 1), high.y};
  draw->AddRectFilled(low, inner, ImGui::GetColorU32(theme.selected), ui.Px(4));
  draw->AddRect(low, inner, ImGui::GetColorU32(theme.muted), ui.Px(4));
  const std::string count = (box.earlier ? "‹ " : "") + SayNumber(static_cast<double>(box.count));
  const ImVec2 size = ui.Measure(count, Face::kSmall);
  if (size.x > inner.x - low.x) return;
  ui.TextAt({(low.x + inner.x - size.x) / 2, (low.y + high.y - size.y) / 2}, count, {Face::kSmall, &theme.text}, 0);
}

// From its end on, as far as there is room: it goes on.
void DrawGoingOn(Ui& ui, const TimelineBox& box, ImVec2 low, ImVec2 high) {
  if (box.cut_after || box.room < ui.Px(kArrow)) return;
  const ImU32 line = ImGui::GetColorU32(ui.theme().accent);
  const float middle = (low.y + high.y) / 2, tip = high.x + ui.Px(kArrow), head = ui.Px(4);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->AddLine({high.x, middle}, {tip - head, middle}, line, ui.Px(2));
  draw->AddTriangleFilled({tip, middle}, {tip - head, middle - head}, {tip - head, middle + head}, line);
}

// The title beside the bar, or on it where it is plain.
void DrawTitle(Ui& ui, const Timeline& timeline, const TimelineBox& box, ImVec2 low, ImVec2 high, bool lasts) {
  const auto row = timeline.rows.find(box.item);
  if (row == timeline.rows.end()) return;
  const std::string title = (timeline.data->spread.in_doubt[box.item] != 0 ? "≠ " : "") + row->second.title;
  const float top = low.y + (high.y - low.y - ui.Measure(title, Face::kSmall).y) / 2;
  const float pad = ui.Px(row->second.goes_on ? kArrow + 4 : 5);
  if (row->second.goes_on) DrawGoingOn(ui, box, low, high);
  if (box.room >= ui.Px(kReadable)) {
    ui.TextAt({high.x + pad, top}, title, {Face::kSmall}, box.room - pad);
  } else if (high.x - low.x >= ui.Px(2 * kReadable)) {
    // On paper of its own, for stripes cannot be read through.
    const ImVec2 text{low.x + 2 * ui.Px(5), top};
    const float room = high.x - low.x - 4 * ui.Px(5), width = std::min(room, ui.Measure(title, Face::kSmall).x);
    ImGui::GetWindowDrawList()->AddRectFilled({text.x - ui.Px(3), low.y + 1}, {text.x + width + ui.Px(3), high.y - 1},
                                              ImGui::GetColorU32(lasts ? ui.theme().selected : ui.theme().raised));
    ui.TextAt(text, title, {Face::kSmall}, room);
  }
}

std::string OneLine(std::string words) {
  std::replace(words.begin(), words.end(), '\n', ',');
  size_t at = 0;
  while ((at = words.find(',', at)) != std::string::npos) {
    if (at + 1 < words.size() && words[at + 1] != ' ') words.insert(at + 1, " ");
    ++at;
  }
  return words;
}

bool WasDragged() { return ImGui::GetIO().MouseDragMaxDistanceSqr[0] > 16; }

}  // namespace

std::array<int, kLanes> RowsOfLanes(const Ui& ui, const Timeline& timeline, float height) {
  std::array<int, kLanes> rows = {};
  int shares = 0, lanes = 0;
  for (size_t lane = 0; lane < kLanes; ++lane) {
    if (timeline.data->lanes[lane].size() == 0) continue;
    shares += kShares[lane];
    ++lanes;
  }
  const float heads = static_cast<float>(lanes) * (kLaneHead + kLaneFoot) + kAxis;
  const int all = static_cast<int>((height / ui.Px(1) - heads) / kRow);
  for (size_t lane = 0; lane < kLanes && shares > 0; ++lane) {
    if (timeline.data->lanes[lane].size() > 0) rows[lane] = std::max(kLeastRows, all * kShares[lane] / shares);
  }
  return rows;
}

float HeightOfLanes(const Ui& ui, const std::array<int, kLanes>& rows) {
  float height = kAxis;
  for (const int own : rows) height += own > 0 ? kLaneHead + kLaneFoot + static_cast<float>(own) * kRow : 0;
  return ui.Px(height);
}

LanesDrawing::LanesDrawing(Ui& ui, Timeline& timeline, ImVec2 at, ImVec2 size)
    : ui_(ui), timeline_(timeline), at_(at), size_(size), wish_(timeline.window) {}

TimeWindow LanesDrawing::Draw(int step) {
  const TimelineLayout& layout = timeline_.view.layout();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const Theme& theme = ui_.theme();
  const ImVec2 end{at_.x + size_.x, at_.y + size_.y};
  draw->AddRectFilled(at_, end, ImGui::GetColorU32(theme.raised));
  draw->PushClipRect(at_, end, true);
  for (const TimelineTick& tick : layout.ticks) {
    const float x = at_.x + tick.x;
    draw->AddLine({x, at_.y}, {x, end.y}, ImGui::GetColorU32(theme.line));
    if (x + ui_.Px(5) + ui_.Measure(tick.words, Face::kSmall).x > end.x) continue;
    ui_.TextAt({x + ui_.Px(5), at_.y + ui_.Px(4)}, tick.words, {Face::kSmall, &theme.muted}, 0);
  }
  Choose(step);
  float top = at_.y + ui_.Px(kAxis);
  for (size_t lane = 0; lane < kLanes; ++lane) {
    const int rows = timeline_.data->lanes[lane].size() > 0 ? rows_[lane] : 0;
    if (rows == 0) continue;
    draw->AddLine({at_.x, top}, {end.x, top}, ImGui::GetColorU32(theme.line));
    ImGui::SetCursorScreenPos({at_.x + ui_.Px(8), top + ui_.Px(4)});
    ui_.Heading(timeline_.view.lane_words(lane), Face::kSmall);
    DrawLane(lane, top + ui_.Px(kLaneHead));
    top += ui_.Px(kLaneHead + kLaneFoot + static_cast<float>(rows) * kRow);
  }
  draw->PopClipRect();
  draw->AddRect(at_, end, ImGui::GetColorU32(theme.line));
  // Behind the boxes, which have the mouse first.
  ImGui::SetCursorScreenPos(at_);
  ImGui::InvisibleButton("time", size_, ImGuiButtonFlags_MouseButtonLeft);
  ImGui::SetItemUsingMouseWheel();
  FollowMouse();
  return wish_;
}

void LanesDrawing::DrawLane(size_t lane, float top) {
  const TimelineLayout::Lane& own = timeline_.view.layout().lanes[lane];
  ImGui::PushID(static_cast<int>(lane));
  for (size_t i = 0; i < own.boxes.size(); ++i) {
    DrawBox(lane, own.boxes[i], timeline_.view.words(lane)[i],
            top + static_cast<float>(own.boxes[i].row) * ui_.Px(kRow));
  }
  ImGui::PopID();
}

void LanesDrawing::DrawBox(size_t lane, const TimelineBox& box, const std::string& words, float top) {
  const bool lasts =
      static_cast<LaneKind>(lane) == LaneKind::kAlerts || static_cast<LaneKind>(lane) == LaneKind::kRelations;
  const float height = ui_.Px(kBar), inset = (ui_.Px(kRow) - height) / 2;
  const ImVec2 low{at_.x + box.left, top + inset},
      high{at_.x + std::max(box.right, box.left + 1), top + inset + height};
  // The whole row can be hit.
  ImGui::SetCursorScreenPos({low.x, top});
  ImGui::PushID(box.is_block() ? "block" : "bar");
  ImGui::PushID(box.is_block() ? static_cast<int>(box.from) : static_cast<int>(box.item));
  ImGui::PushID(box.row);
  const bool pressed = ImGui::InvisibleButton("box", {high.x - low.x, ui_.Px(kRow)});
  ImGui::SetItemUsingMouseWheel();
  const Timeline::Choice own{lane, box.is_block(), box.item, box.from};
  if (move_to_ == own) ui_.tab_order().TakeKeyboard();
  const bool focused = ImGui::IsItemFocused() && ImGui::GetIO().NavVisible;
  if (focused) timeline_.chosen = own;
  if (box.is_block()) {
    DrawBlock(ui_, box, low, high);
  } else {
    DrawBar(ui_, box, low, high, lasts);
    DrawTitle(ui_, timeline_, box, low, high, lasts);
  }
  ui_.FocusRing();
  const auto row = timeline_.rows.find(box.item);
  const bool leads = !box.is_block() && row != timeline_.rows.end();
  ui_.Record(box.is_block() ? Role::kButton : Role::kRow, OneLine(words), leads ? row->second.address : "");
  if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  ui_.Help(words);
  if (focused && !ImGui::IsItemHovered()) focus_words_ = words;
  ImGui::PopID();
  ImGui::PopID();
  ImGui::PopID();
  if (!pressed || WasDragged()) return;
  if (leads) ui_.Open(row->second.address);
  if (!box.is_block()) return;
  if (box.one_day) {
    ui_.Open(ListAddressOf(timeline_, {std::max(box.from, kFirstTime), box.to}));
  } else {
    wish_ = WindowInto(box, timeline_);
  }
}

// J and K: the next box of the lane, then those of the next lane.
void LanesDrawing::Choose(int step) {
  if (step == 0) return;
  std::vector<Timeline::Choice> all;
  for (size_t lane = 0; lane < kLanes; ++lane) {
    for (const TimelineBox& box : timeline_.view.layout().lanes[lane].boxes)
      all.push_back({lane, box.is_block(), box.item, box.from});
  }
  if (all.empty()) return;
  const auto at = timeline_.chosen ? std::find(all.begin(), all.end(), *timeline_.chosen) : all.end();
  if (at == all.end()) {
    move_to_ = step > 0 ? all.front() : all.back();
  } else {
    const auto next = (at - all.begin()) + step;
    move_to_ = all[static_cast<size_t>(std::clamp<std::ptrdiff_t>(next, 0, std::ssize(all) - 1))];
  }
  timeline_.chosen = move_to_;
}

void LanesDrawing::FollowMouse() {
  const ImGuiIO& io = ImGui::GetIO();
  const ImVec2 end{at_.x + size_.x, at_.y + size_.y};
  const auto inside = [&](ImVec2 p) { return p.x >= at_.x && p.x < end.x && p.y >= at_.y && p.y < end.y; };
  if (!ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) return;
  if (io.MouseWheel != 0 && !io.KeyCtrl && inside(io.MousePos)) {
    const double where = static_cast<double>((io.MousePos.x - at_.x) / size_.x);
    wish_ = Zoomed(wish_, where, std::pow(kWheel, static_cast<double>(io.MouseWheel)), timeline_.whole);
  }
  if (io.MouseDown[0] && WasDragged() && inside(io.MouseClickedPos[0]) && io.MouseDelta.x != 0) {
    wish_ = Moved(wish_, -static_cast<double>(io.MouseDelta.x / size_.x), timeline_.whole);
  }
}

}  // namespace daftar::ui
