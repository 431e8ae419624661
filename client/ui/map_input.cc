// The reader's hand on the map: dragging, wheel, clicks and keys. Changes the MapScreen; says in a tip what is under
// the pointer or at the keyboard.
#include <algorithm>
#include <cmath>

#include "client/language/say.h"
#include "client/ui/keys.h"
#include "client/ui/map_parts.h"
#include "imgui.h"
#include "imgui_internal.h"

namespace daftar::ui {
namespace {

constexpr float kClick = 4;  // how far the mouse may stray in a click
constexpr double kWheelStep = 0.5, kKeyStep = 1, kArrow = 90, kFitMargin = 60;
constexpr double kSpot = 1e-7;  // half the side of a spot, in sides of the world: two metres

bool Pressed(int key) { return ImGui::IsKeyPressed(key); }

class Hand {
 public:
  Hand(Ui& ui, const MapPage& map, MapScreen& screen, const MapCanvas& canvas, const std::vector<MapMark>& marks,
       Wishes& wishes)
      : ui_(ui), map_(map), screen_(screen), canvas_(canvas), marks_(marks), wishes_(wishes) {}

  void Mouse(bool hovered);
  void Keys(bool focused);
  void Tip(bool hovered);

 private:
  CanvasPoint Pointer() const {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    return {mouse.x - canvas_.at.x, mouse.y - canvas_.at.y};
  }
  const MapMark* Chosen() const {
    const auto at = std::find_if(marks_.begin(), marks_.end(), [&](const MapMark& mark) {
      return screen_.chosen && mark.cluster.cell == *screen_.chosen;
    });
    return at == marks_.end() ? nullptr : &*at;
  }
  void Choose(int step);
  void Activate(const MapMark& mark, bool beside);
  void Click(CanvasPoint at, bool beside);
  void Release();
  void DrawBox() const;
  void ShowAll() { screen_.view.Fit(map_.records->box(), ui_.Px(kFitMargin), MapView::kMostZoom - 5); }

  Ui& ui_;
  const MapPage& map_;
  MapScreen& screen_;
  const MapCanvas& canvas_;
  const std::vector<MapMark>& marks_;
  Wishes& wishes_;
};

void Hand::Activate(const MapMark& mark, bool beside) {
  if (mark.record) return wishes_.OpenFromMap(*mark.record, beside);
  const WorldBox box = map_.scene->index.BoxOf(mark.cluster.points);
  if (mark.cluster.one_place || screen_.view.zoom >= MapView::kMostZoom) {
    screen_.spot = WorldBox{box.left - kSpot, box.top - kSpot, box.right + kSpot, box.bottom + kSpot};
    screen_.chosen = mark.cluster.cell;
    return;
  }
  const double before = screen_.view.zoom;
  screen_.view.Fit(box, ui_.Px(kFitMargin), MapView::kMostZoom);
  if (screen_.view.zoom < before + kKeyStep) screen_.view.zoom = before + kKeyStep;
  screen_.view.Clamp();
  screen_.chosen.reset();
}

void Hand::Click(CanvasPoint at, bool beside) {
  if (!screen_.picking.empty()) return wishes_.PickedOnMap(Unproject(canvas_.view.ToWorld(at)));
  const ImVec2 mouse{canvas_.at.x + static_cast<float>(at.x), canvas_.at.y + static_cast<float>(at.y)};
  if (const MapMark* mark = MarkAt(ui_, marks_, mouse)) return Activate(*mark, beside);
  screen_.spot.reset();
  const std::optional<uint32_t> area = map_.records->ground().AreaAt(canvas_.view.ToWorld(at));
  const bool named = area && !map_.records->ground().areas()[*area].names.texts[0].empty();
  screen_.area = named ? area : std::nullopt;
}

void Hand::Release() {
  const MapScreen::Press press = *screen_.press;
  screen_.press.reset();
  const CanvasPoint to = Pointer();
  if (!press.moved) return Click(press.at, ImGui::GetIO().KeyCtrl);
  if (!press.boxing) return;
  WorldBox box;
  box.Add(canvas_.view.ToWorld(press.at));
  box.Add(canvas_.view.ToWorld(to));
  ui_.Open(MapBoxAddress(map_, screen_.span, box));
}

void Hand::DrawBox() const {
  const CanvasPoint to = Pointer();
  const ImVec2 one{canvas_.at.x + static_cast<float>(screen_.press->at.x),
                   canvas_.at.y + static_cast<float>(screen_.press->at.y)};
  const ImVec2 other{canvas_.at.x + static_cast<float>(to.x), canvas_.at.y + static_cast<float>(to.y)};
  ImVec4 veil = ui_.theme().accent;
  veil.w = 0.12f;
  ImGui::GetWindowDrawList()->AddRectFilled(one, other, ImGui::GetColorU32(veil));
  ImGui::GetWindowDrawList()->AddRect(one, other, ImGui::GetColorU32(ui_.theme().accent), 0, 0, ui_.Px(1.5f));
}

void Hand::Mouse(bool hovered) {
  const ImGuiIO& io = ImGui::GetIO();
  if (hovered) {
    ImGui::SetItemUsingMouseWheel();
    if (io.MouseWheel != 0) screen_.view.ZoomAt(Pointer(), io.MouseWheel * kWheelStep);
    if (ImGui::IsMouseDoubleClicked(0) && MarkAt(ui_, marks_, io.MousePos) == nullptr) {
      screen_.view.ZoomAt(Pointer(), kKeyStep);
    }
    if (ImGui::IsMouseClicked(0)) screen_.press = MapScreen::Press{.at = Pointer(), .boxing = io.KeyShift};
    if (ImGui::IsMouseClicked(2)) Click(Pointer(), true);
  }
  if (!screen_.press) return;
  const CanvasPoint now = Pointer();
  if (std::hypot(now.x - screen_.press->at.x, now.y - screen_.press->at.y) > ui_.Px(kClick))
    screen_.press->moved = true;
  if (!ImGui::IsMouseDown(0)) return Release();
  if (screen_.press->boxing) return DrawBox();
  if (screen_.press->moved) screen_.view.PanBy(-io.MouseDelta.x, -io.MouseDelta.y);
}

void Hand::Choose(int step) {
  if (marks_.empty()) return;
  const MapMark* chosen = Chosen();
  const auto count = static_cast<int>(marks_.size());
  const int at = chosen == nullptr ? (step > 0 ? 0 : count - 1)
                                   : (static_cast<int>(chosen - marks_.data()) + step + count) % count;
  screen_.chosen = marks_[static_cast<size_t>(at)].cluster.cell;
}

void Hand::Keys(bool focused) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.WantTextInput || io.KeyCtrl || io.KeyAlt) return;
  const CanvasPoint middle{canvas_.view.width / 2, canvas_.view.height / 2};
  if (Pressed(keys::kEqual) || Pressed(keys::kPadPlus)) screen_.view.ZoomAt(middle, kKeyStep);
  if (Pressed(keys::kMinus) || Pressed(keys::kPadMinus)) screen_.view.ZoomAt(middle, -kKeyStep);
  if (Pressed(keys::kHome)) ShowAll();
  if (Pressed(keys::kJ)) Choose(1);
  if (Pressed(keys::kK)) Choose(-1);
  if (!screen_.picking.empty()) {
    if (ImGui::IsKeyPressed(keys::kEnter, false)) wishes_.PickedOnMap(Unproject(canvas_.view.ToWorld(middle)));
    if (ImGui::IsKeyPressed(keys::kEscape, false)) wishes_.GiveUpPicking();
  }
  if (!focused) return;
  const double step = ui_.Px(kArrow);
  if (Pressed(keys::kLeft)) screen_.view.PanBy(-step, 0);
  if (Pressed(keys::kRight)) screen_.view.PanBy(step, 0);
  if (Pressed(keys::kUp)) screen_.view.PanBy(0, -step);
  if (Pressed(keys::kDown)) screen_.view.PanBy(0, step);
  const MapMark* chosen = Chosen();
  if (chosen != nullptr && screen_.picking.empty() && ImGui::IsKeyPressed(keys::kEnter, false))
    Activate(*chosen, false);
}

void Hand::Tip(bool hovered) {
  const MapMark* mark = hovered ? MarkAt(ui_, marks_, ImGui::GetIO().MousePos) : nullptr;
  const bool by_mouse = mark != nullptr;
  if (mark == nullptr) mark = Chosen();
  if (mark == nullptr || (screen_.press && screen_.press->moved)) return;
  if (by_mouse) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  std::string words;
  if (!mark->record) {
    const size_t count = mark->cluster.points.size();
    words = Say(mark->cluster.one_place ? "map.spot_help" : "map.cluster_help", {{"count", count}});
  } else {
    if (screen_.looked_at != mark->record) {
      screen_.looked_at = mark->record;
      screen_.looked_at_words.clear();
      wishes_.LookAtMap(*mark->record);
    }
    words = screen_.looked_at_words.empty() ? Say("map.loading") : screen_.looked_at_words;
  }
  if (!by_mouse) ImGui::SetNextWindowPos({mark->at.x + mark->radius + ui_.Px(8), mark->at.y + ui_.Px(4)});
  ui_.Tooltip(words, {}, ui_.Px(360));
}

}  // namespace

bool MapItemHasKeyboard() { return ImGui::IsItemFocused() && !ImGui::GetCurrentContext()->NavDisableHighlight; }

void HandleMap(Ui& ui, const MapPage& map, MapScreen& screen, const MapCanvas& canvas,
               const std::vector<MapMark>& marks, Wishes& wishes) {
  const bool hovered = ImGui::IsItemHovered(), focused = ImGui::IsItemFocused();
  Hand hand(ui, map, screen, canvas, marks, wishes);
  hand.Mouse(hovered);
  hand.Keys(focused);
  hand.Tip(hovered);
}

}  // namespace daftar::ui
