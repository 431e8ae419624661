#include "client/ui/shell.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kTopBar = 56, kTabs = 36, kStatusBar = 30, kRail = 190, kMargin = 32, kWidest = 1240;
// In a narrower window nothing is shown beside the page.
constexpr float kWideEnoughForSide = 1000;

// Paper for a part of the window, and a hairline where it meets the next.
struct Part {
  Part(const char* id, ImVec2 at, ImVec2 size, const ImVec4& paper, ImGuiWindowFlags flags, ImVec2 padding) {
    ImGui::SetCursorPos(at);
    ImGui::PushStyleColor(ImGuiCol_ChildBg, paper);
    ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
    ImGui::BeginChild(id, size, false, flags | ImGuiWindowFlags_AlwaysUseWindowPadding);
  }
  ~Part() {
    ImGui::EndChild();
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor();
  }
};

void Hairline(Ui& ui, ImVec2 from, ImVec2 to) {
  ImGui::GetForegroundDrawList()->AddLine(from, to, ImGui::GetColorU32(ui.theme().line));
}

// What the reader keeps of the record that is drawn; nullptr while another one is on its way.
OwnEditor* OwnOf(Screen& screen, const Page& page) {
  return screen.own && screen.own->part.record == page.id ? &*screen.own : nullptr;
}

// What is being decided on the page of the record; of another one, nothing yet.
ReviewScreen& ReviewOf(Screen& screen, const std::string& record) {
  if (screen.review.record != record) screen.review = {.record = record};
  return screen.review;
}

}  // namespace

void Shell::Scroll(Screen& screen, Wishes& wishes) {
  // A new page has its full height only in its second frame, so a scroll set once would be cut short.
  if (screen.turned) restoring_ = 2;
  screen.turned = false;
  if (restoring_ > 0) {
    --restoring_;
    ImGui::SetScrollY(screen.scroll);
  } else {
    wishes.KeepScroll(ImGui::GetScrollY());
  }
}

void Shell::DrawBody(Screen& screen, Wishes& wishes) {
  std::visit(
      [&](auto& content) {
        using Content = std::decay_t<decltype(content)>;
        if constexpr (std::is_same_v<Content, Home>) DrawHome(ui_, content, wishes);
        if constexpr (std::is_same_v<Content, List>) DrawList(ui_, content, wishes);
        if constexpr (std::is_same_v<Content, SearchPage>) DrawSearch(ui_, content, Selected(), wishes);
        if constexpr (std::is_same_v<Content, MapPage>) DrawMap(ui_, content, screen.map, wishes);
        if constexpr (std::is_same_v<Content, Page>)
          DrawPage(ui_, content, OwnOf(screen, content), ReviewOf(screen, content.id), wishes);
        if constexpr (std::is_same_v<Content, Graph>) DrawGraph(ui_, content, screen.camera, wishes);
        if constexpr (std::is_same_v<Content, Timeline>) DrawTimeline(ui_, content, wishes);
        if constexpr (std::is_same_v<Content, ChangesPage>) DrawChanges(ui_, content, wishes);
        if constexpr (std::is_same_v<Content, RecordHistory>)
          DrawRecordHistory(ui_, content, ReviewOf(screen, content.id), wishes);
        if constexpr (std::is_same_v<Content, MinePage>) DrawMine(ui_, content);
        if constexpr (std::is_same_v<Content, SavedPage>) DrawSaved(ui_, content, wishes);
        if constexpr (std::is_same_v<Content, KeysPage>) DrawKeys(ui_, content);
        if constexpr (std::is_same_v<Content, GuidePage>) DrawGuide(ui_, content);
        if constexpr (std::is_same_v<Content, SettingsPage>) DrawSettings(ui_, content, wishes);
        if constexpr (std::is_same_v<Content, SyncPage>) DrawSync(ui_, content, screen, wishes);
        if constexpr (std::is_same_v<Content, WorkPage>) DrawWork(ui_, content, screen, wishes);
        if constexpr (std::is_same_v<Content, FormPage>) {
          if (screen.editor && screen.editor->open.number == content.number) DrawFormPage(ui_, *screen.editor, wishes);
        }
        if constexpr (std::is_same_v<Content, Trouble>) {
          ui_.Heading(Say("window.trouble"));
          ui_.Text(content.words);
        }
      },
      screen.content);
}

void Shell::DrawContent(Screen& screen, Wishes& wishes) {
  DrawNotice(screen, wishes);
  DrawCommands(ui_, screen, selected_, wishes);
  if (screen.mirror) {
    DrawMirror(ui_, screen, wishes);
  } else {
    DrawBody(screen, wishes);
  }
  ImGui::Dummy({0, ui_.Px(28)});
  Scroll(screen, wishes);
}

void Shell::DrawNotice(Screen& screen, Wishes& wishes) {
  if (screen.notice.empty()) return;
  ui_.Mark(screen.notice, ui_.theme().text, ui_.theme().selected);
  if (screen.may_take_back) {
    ui_.Beside(ui_.Measure(Say("review.take_back"), Face::kSmall).x, 14);
    if (ui_.LinkText(Say("review.take_back"), "", {Face::kSmall})) wishes.TakeBack();
  }
  ui_.Beside(ui_.Measure(Say("window.dismiss"), Face::kSmall).x, 14);
  if (ui_.LinkText(Say("window.dismiss"), "", {Face::kSmall})) wishes.DismissNotice();
  ImGui::Dummy({0, ui_.Px(4)});
}

Shell::Frame Shell::FrameOf(const Screen& screen) const {
  Frame frame{};
  frame.size = ImGui::GetIO().DisplaySize;
  frame.bar = ui_.Px(kTopBar);
  frame.tabs = screen.tabs.size() > 1 ? ui_.Px(kTabs) : 0;
  frame.top = frame.bar + frame.tabs + find_.height(ui_);
  frame.foot = frame.size.y - ui_.Px(kStatusBar);
  frame.left = frame.size.x > ui_.Px(820) ? ui_.Px(kRail) : 0;
  if (screen.side.open && frame.size.x > ui_.Px(kWideEnoughForSide))
    frame.side = std::min(ui_.Px(screen.side.width), (frame.size.x - frame.left) * 0.55f);
  return frame;
}

void Shell::DrawAbove(const Frame& frame, Screen& screen, Wishes& wishes) {
  const Theme& theme = ui_.theme();
  {
    ui_.tab_order().BeginRegion();
    Part part("top", {0, 0}, {frame.size.x, frame.bar}, theme.panel, ImGuiWindowFlags_NoScrollbar, {0, 0});
    DrawTopBar(ui_, screen, wishes);
    const Widget* box = ui_.registry().Find(Role::kField, Say("window.search"));
    searching_ = box != nullptr && box->focused;
  }
  if (frame.tabs > 0) {
    ui_.tab_order().BeginRegion();
    Part part("tabs", {0, frame.bar}, {frame.size.x, frame.tabs}, theme.panel, ImGuiWindowFlags_NoScrollbar, {0, 0});
    DrawTabs(ui_, screen, wishes);
  }
  if (find_.open()) {
    ui_.tab_order().BeginRegion();
    Part part("find", {frame.left, frame.bar + frame.tabs}, {frame.size.x - frame.left, find_.height(ui_)}, theme.panel,
              ImGuiWindowFlags_NoScrollbar, {0, 0});
    find_.Draw(ui_);
  }
}

void Shell::DrawMiddle(const Frame& frame, Screen& screen, Wishes& wishes) {
  const Theme& theme = ui_.theme();
  if (frame.left > 0) {
    const float top = frame.bar + frame.tabs;
    ui_.tab_order().BeginRegion();
    Part part("rail", {0, top}, {frame.left, frame.foot - top}, theme.panel, ImGuiWindowFlags_NoScrollbar, {0, 0});
    DrawRail(ui_, screen);
  }
  const float room = frame.page() - 2 * ui_.Px(kMargin) - ImGui::GetStyle().ScrollbarSize;
  const bool picture = std::holds_alternative<MapPage>(screen.content) ||
                       std::holds_alternative<Timeline>(screen.content) ||
                       std::holds_alternative<Graph>(screen.content);
  // Lines longer than this are hard to read; pictures have none.
  ImGui::SetNextWindowContentSize({picture && !screen.mirror ? room : std::min(room, ui_.Px(kWidest)), 0});
  // Pictures have the arrows and letters for themselves.
  ui_.tab_order().BeginRegion(!picture);
  Part part("page", {frame.left, frame.top}, {frame.page(), frame.height()}, theme.paper, ImGuiWindowFlags_None,
            {ui_.Px(kMargin), ui_.Px(22)});
  find_.BeginPage(ui_);
  DrawContent(screen, wishes);
  find_.EndPage(ui_);
}

void Shell::DrawBeside(const Frame& frame, Screen& screen, Wishes& wishes) {
  const Theme& theme = ui_.theme();
  if (frame.side > 0) {
    ui_.tab_order().BeginRegion();
    Part part("side", {frame.size.x - frame.side, frame.top}, {frame.side, frame.height()}, theme.panel,
              ImGuiWindowFlags_NoScrollbar, {0, 0});
    DrawSide(ui_, screen.side, wishes);
  }
  ui_.tab_order().BeginRegion();
  Part part("status", {0, frame.foot}, {frame.size.x, frame.size.y - frame.foot}, theme.panel,
            ImGuiWindowFlags_NoScrollbar, {0, 0});
  DrawStatusBar(ui_, screen);
}

void Shell::DrawLines(const Frame& frame) {
  const ImVec2& size = frame.size;
  const float top = frame.bar + frame.tabs, beside = size.x - frame.side;
  if (frame.top > top) Hairline(ui_, {frame.left, frame.top}, {size.x, frame.top});
  if (beside < size.x) Hairline(ui_, {beside, frame.top}, {beside, frame.foot});
  Hairline(ui_, {0, top}, {size.x, top});
  Hairline(ui_, {0, frame.foot}, {size.x, frame.foot});
  if (frame.left > 0) Hairline(ui_, {frame.left, top}, {frame.left, frame.foot});
}

void Shell::Draw(Screen& screen, Wishes& wishes) {
  ui_.BeginFrame();
  HandleKeys(screen, wishes);
  HandleTabKeys(screen, wishes);
  HandleSearchKeys(screen, wishes);
  HandleCommandKeys(screen, wishes);
  HandleSelection();

  const Frame frame = FrameOf(screen);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(frame.size);
  ImGui::Begin("daftar", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus);
  DrawAbove(frame, screen, wishes);
  DrawMiddle(frame, screen, wishes);
  DrawBeside(frame, screen, wishes);
  DrawLines(frame);
  ImGui::End();
  HandleRecords(screen, wishes);
  if (const auto opened = ui_.TakeOpened()) OpenOrBeside(*opened, wishes);
}

}  // namespace daftar::ui
