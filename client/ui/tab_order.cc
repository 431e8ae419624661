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
  // ImGui's own arrows would lead further from here.
  ImGui::NavMoveRequestCancel();
  context.NavInitRequest = false;
  context.NavInitResultId = 0;
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
  if (!wanted_) wanted_ = WantedRow();
  count_ = 0;
  focused_.reset();
  regions_.clear();
  rows_.clear();
  seen_row_.reset();
  walked_ = false;
  ctrl_enter_taken_ = false;
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

std::optional<size_t> TabOrder::WantedRow() const {
  const ImGuiIO& io = ImGui::GetIO();
  if (rows_.empty() || io.KeyCtrl || io.KeyAlt || io.WantTextInput) return std::nullopt;
  const bool on = ImGui::IsKeyPressed(keys::kJ) || ImGui::IsKeyPressed(keys::kDown);
  const bool back = ImGui::IsKeyPressed(keys::kK) || ImGui::IsKeyPressed(keys::kUp);
  if (on == back) return std::nullopt;
  return RowAfter(back);
}

std::optional<size_t> TabOrder::RowAfter(bool back) const {
  const bool inside = focused_ && *focused_ >= rows_.front() && *focused_ <= rows_.back();
  if (!inside) return seen_row_ ? *seen_row_ : rows_.front();
  const auto next = std::upper_bound(rows_.begin(), rows_.end(), *focused_);
  const auto here = std::lower_bound(rows_.begin(), rows_.end(), *focused_);
  if (back) return here == rows_.begin() ? std::nullopt : std::optional(*std::prev(here));
  return next == rows_.end() ? std::nullopt : std::optional(*next);
}

void TabOrder::TakeKeyboard() { FocusLastItem(false); }

void TabOrder::Control(bool field, bool row) {
  const size_t number = count_++;
  if (row && walked_) {
    rows_.push_back(number);
    if (!seen_row_ && ImGui::IsItemVisible()) seen_row_ = number;
  }
  if (wanted_ == number) FocusLastItem(field);
  if (!ImGui::IsItemFocused() && !ImGui::IsItemActive()) return;
  focused_ = number;
  if (ctrl_enter_taken_ && ImGui::GetIO().KeyCtrl) return;
  if (!field && ImGui::IsKeyPressed(keys::kEnter, false)) ImGui::ActivateItem(ImGui::GetItemID());
}

}  // namespace daftar::ui
