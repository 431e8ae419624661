#include "client/ui/tab_order.h"

#include <algorithm>

#include "client/ui/keys.h"
#include "imgui_internal.h"

namespace daftar::ui {
namespace {

void FocusLastItem(bool field) {
  ImGuiContext& context = *ImGui::GetCurrentContext();
  ImGuiWindow* const window = context.CurrentWindow;
  const ImGuiID id = context.LastItemData.ID;
  if (id == 0) return;
  ImGui::ClearActiveID();
  ImGui::FocusWindow(window);
  ImGui::SetFocusID(id, window);
  context.NavDisableHighlight = false;
  context.NavDisableMouseHover = true;
  ImGui::ScrollToBringRectIntoView(window, context.LastItemData.Rect);
  if (!field) return;
  context.NavInputSource = ImGuiInputSource_Keyboard;
  ImGui::ActivateItem(id);
}

}  // namespace

void TabOrder::BeginFrame() {
  const ImGuiIO& io = ImGui::GetIO();
  wanted_.reset();
  if (count_ > 0 && !io.KeyCtrl && !io.KeyAlt) {
    if (ImGui::IsKeyPressed(keys::kTab)) wanted_ = After(io.KeyShift);
    if (ImGui::IsKeyPressed(keys::kF6)) wanted_ = RegionAfter(io.KeyShift);
  }
  count_ = 0;
  focused_.reset();
  regions_.clear();
}

size_t TabOrder::After(bool back) const {
  if (!focused_) return back ? count_ - 1 : 0;
  return (*focused_ + (back ? count_ - 1 : 1)) % count_;
}

size_t TabOrder::RegionAfter(bool back) const {
  // Those that hold a control.
  std::vector<size_t> regions = regions_;
  regions.erase(std::unique(regions.begin(), regions.end()), regions.end());
  std::erase_if(regions, [this](size_t first) { return first >= count_; });
  if (regions.empty()) return 0;
  if (!focused_) return back ? regions.back() : regions.front();
  const auto behind = std::upper_bound(regions.begin(), regions.end(), *focused_);
  const auto here = static_cast<size_t>(behind - regions.begin()) + regions.size() - 1;
  return regions[(here + (back ? regions.size() - 1 : 1)) % regions.size()];
}

void TabOrder::TakeKeyboard() { FocusLastItem(false); }

void TabOrder::Control(bool field) {
  const size_t number = count_++;
  if (wanted_ == number) FocusLastItem(field);
  if (!ImGui::IsItemFocused() && !ImGui::IsItemActive()) return;
  focused_ = number;
  if (!field && ImGui::IsKeyPressed(keys::kEnter, false)) ImGui::ActivateItem(ImGui::GetItemID());
}

}  // namespace daftar::ui
