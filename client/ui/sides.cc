#include "client/ui/sides.h"

#include <algorithm>
#include <utility>

#include "client/ui/keys.h"

namespace daftar::ui {

void Sides::BeginFrame(bool right_to_left) {
  ImGuiIO& io = ImGui::GetIO();
  right_to_left_ = right_to_left;
  width_ = io.DisplaySize.x;
  kept_.clear();
  as_is_.reset();
  if (!right_to_left_) return;
  // An arrow leads to where it points.
  std::swap(io.KeysDown[keys::kLeft], io.KeysDown[keys::kRight]);
  if (ImGui::IsMousePosValid(&io.MousePos)) io.MousePos.x = width_ - io.MousePos.x;
  io.MouseWheelH = -io.MouseWheelH;
}

Sides::Span Sides::OnScreen(float left, float right) const {
  if (!right_to_left_) return {left, right};
  if (as_is_) return {left + Shift(*as_is_), right + Shift(*as_is_)};
  return {width_ - right, width_ - left};
}

void Sides::Reflect(const Box& box) {
  ImGuiIO& io = ImGui::GetIO();
  const auto reflect = [&](ImVec2& at) {
    if (ImGui::IsMousePosValid(&at)) at.x = box.low.x + box.high.x - at.x;
  };
  reflect(io.MousePos);
  for (ImVec2& clicked : io.MouseClickedPos) reflect(clicked);
  io.MouseDelta.x = -io.MouseDelta.x;
  io.MouseWheelH = -io.MouseWheelH;
  std::swap(io.KeysDownDuration[keys::kLeft], io.KeysDownDuration[keys::kRight]);
  std::swap(io.KeysDownDurationPrev[keys::kLeft], io.KeysDownDurationPrev[keys::kRight]);
}

void Sides::BeginAsIs(ImVec2 low, ImVec2 high) {
  if (!right_to_left_) return;
  ImDrawList* const list = ImGui::GetWindowDrawList();
  as_is_ = Box{low, high, list, list->VtxBuffer.Size};
  // What is clipped to the whole box is clipped to the same on the screen.
  ImGui::PushClipRect(low, high, true);
  Reflect(*as_is_);
}

void Sides::EndAsIs() {
  if (!as_is_) return;
  ImGui::PopClipRect();
  kept_.push_back({as_is_->list, as_is_->begin, as_is_->list->VtxBuffer.Size, Shift(*as_is_), false});
  Reflect(*as_is_);
  as_is_.reset();
}

bool Sides::Suspend() {
  if (!as_is_) return false;
  Reflect(*as_is_);
  suspended_ = std::exchange(as_is_, std::nullopt);
  return true;
}

void Sides::Resume() {
  as_is_ = std::exchange(suspended_, std::nullopt);
  if (as_is_) Reflect(*as_is_);
}

void Sides::KeepAsIs(ImDrawList& list) {
  if (as_is_) kept_.push_back({&list, 0, list.VtxBuffer.Size, Shift(*as_is_), true});
}

void Sides::TurnOver(ImDrawList& list) const {
  const auto kept = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& k) { return k.list == &list && k.all; });
  for (ImDrawVert& vertex : list.VtxBuffer) vertex.pos.x = width_ - vertex.pos.x;
  for (const Kept& each : kept_) {
    if (each.list != &list) continue;
    for (int i = each.begin; i < std::min(each.end, list.VtxBuffer.Size); ++i) {
      float& x = list.VtxBuffer[i].pos.x;
      x = width_ - x + each.shift;
    }
  }
  for (ImDrawCmd& command : list.CmdBuffer) {
    ImVec4& clip = command.ClipRect;
    if (kept != kept_.end()) {
      clip.x += kept->shift;
      clip.z += kept->shift;
    } else {
      clip = {width_ - clip.z, clip.y, width_ - clip.x, clip.w};
    }
  }
}

void Sides::EndFrame() {
  if (!right_to_left_) return;
  std::swap(ImGui::GetIO().KeysDown[keys::kLeft], ImGui::GetIO().KeysDown[keys::kRight]);
  const ImDrawData* drawn = ImGui::GetDrawData();
  if (drawn == nullptr) return;
  for (int i = 0; i < drawn->CmdListsCount; ++i) TurnOver(*drawn->CmdLists[i]);
}

}  // namespace daftar::ui
