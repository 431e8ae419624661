#include "client/ui/shell.h"

#include <algorithm>
#include <type_traits>

#include "client/language/say.h"
#include "client/model/address.h"
#include "client/ui/keys.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kTopBar = 56, kTabs = 36, kStatusBar = 30, kRail = 190, kForm = 420, kMargin = 32, kWidest = 1240;

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

void OpenOrBeside(const Ui::Opened& opened, Wishes& wishes) {
  if (opened.beside) {
    wishes.OpenBeside(opened.address);
  } else {
    wishes.Open(opened.address);
  }
}

// What the reader keeps of the record that is drawn; nullptr while another one is on its way.
OwnEditor* OwnOf(Screen& screen, const Page& page) {
  return screen.own && screen.own->part.record == page.id ? &*screen.own : nullptr;
}

bool Pressed(int key) { return ImGui::IsKeyPressed(key); }

}  // namespace

void Shell::HandleKeys(Screen& screen, Wishes& wishes) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyCtrl && (Pressed(keys::kK) || Pressed(keys::kL))) screen.focus_search = true;
  if (io.KeyCtrl && io.KeyShift && Pressed(keys::kP)) {
    screen.search_text = ">";
    ++screen.search_turns;
    screen.focus_search = true;
    wishes.Search(screen.search_text);
  }
  if (io.KeyCtrl && Pressed(keys::kD)) wishes.TogglePin();
  if (io.KeyCtrl && Pressed(keys::kN) && std::holds_alternative<Page>(screen.content)) wishes.AddAccount();
  if (io.KeyCtrl && (Pressed(keys::kEqual) || Pressed(keys::kPadPlus))) wishes.Scale(1);
  if (io.KeyCtrl && (Pressed(keys::kMinus) || Pressed(keys::kPadMinus))) wishes.Scale(-1);
  if (io.KeyCtrl && (Pressed(keys::kZero) || Pressed(keys::kPadZero))) wishes.Scale(0);
  // Back is where its arrow points: see Sides.
  if ((io.KeyAlt && Pressed(keys::kLeft)) || ImGui::IsMouseClicked(keys::kMouseBack)) wishes.Back();
  if ((io.KeyAlt && Pressed(keys::kRight)) || ImGui::IsMouseClicked(keys::kMouseForward)) wishes.Forward();
  if (io.KeyCtrl && Pressed(keys::kComma)) wishes.Open(SettingsAddress());
  if (Pressed(keys::kF1)) wishes.Open("daftar:keys");
  if (Pressed(keys::kF5)) wishes.SyncNow();
  if (Pressed(keys::kF8)) wishes.ToggleMirror();
  if (Pressed(keys::kF9)) wishes.ToggleTheme();
  if (Pressed(keys::kEscape) && !ImGui::IsAnyItemActive() && screen.form && !screen.form->form.touched()) {
    wishes.CloseForm();
  }
}

void Shell::HandleTabKeys(const Screen& screen, Wishes& wishes) {
  if (!ImGui::GetIO().KeyCtrl) return;
  if (Pressed(keys::kT)) {
    if (ImGui::GetIO().KeyShift) {
      wishes.ReopenTab();
    } else {
      wishes.NewTab();
    }
  }
  if (Pressed(keys::kW)) wishes.CloseTab(screen.tab);
  if (Pressed(keys::kPageUp)) wishes.CycleTabs(true);
  if (Pressed(keys::kPageDown)) wishes.CycleTabs(false);
  for (int i = 0; i < 9; ++i) {
    if (Pressed(keys::kOne + i)) wishes.GoToTab(static_cast<size_t>(i));
  }
}

void Shell::HandleCommandKeys(const Screen& screen, Wishes& wishes) {
  if (!searching_ || !WantsCommands(screen.search_text) || screen.commands.empty()) return;
  if (selected_in_ != screen.search_text) selected_ = 0;
  selected_in_ = screen.search_text;
  if (Pressed(keys::kDown)) selected_ = std::min(selected_ + 1, screen.commands.size() - 1);
  if (Pressed(keys::kUp) && selected_ > 0) --selected_;
  if (Pressed(keys::kEnter)) wishes.Run(screen.commands[selected_].id);
}

void Shell::HandleSearchKeys(const Screen& screen, Wishes& wishes) {
  const SearchPage* search = std::get_if<SearchPage>(&screen.content);
  if (search == nullptr || WantsCommands(screen.search_text)) return;
  if (selected_in_ != search->query) selected_ = 0;
  selected_in_ = search->query;
  if (!searching_ || search->rows.empty()) return;
  if (Pressed(keys::kDown)) selected_ = std::min(selected_ + 1, search->rows.size() - 1);
  if (Pressed(keys::kUp) && selected_ > 0) --selected_;
  if (!Pressed(keys::kEnter)) return;
  OpenOrBeside({search->rows[std::min(selected_, search->rows.size() - 1)].address, ImGui::GetIO().KeyCtrl}, wishes);
}

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
        if constexpr (std::is_same_v<Content, Page>) DrawPage(ui_, content, OwnOf(screen, content), wishes);
        if constexpr (std::is_same_v<Content, Graph>) DrawGraph(ui_, content, screen.camera, wishes);
        if constexpr (std::is_same_v<Content, Timeline>) DrawTimeline(ui_, content, wishes);
        if constexpr (std::is_same_v<Content, ChangesPage>) DrawChanges(ui_, content, wishes);
        if constexpr (std::is_same_v<Content, MinePage>) DrawMine(ui_, content);
        if constexpr (std::is_same_v<Content, SavedPage>) DrawSaved(ui_, content, wishes);
        if constexpr (std::is_same_v<Content, KeysPage>) DrawKeys(ui_, content);
        if constexpr (std::is_same_v<Content, GuidePage>) DrawGuide(ui_, content);
        if constexpr (std::is_same_v<Content, SettingsPage>) DrawSettings(ui_, content, wishes);
        if constexpr (std::is_same_v<Content, SyncPage>) DrawSync(ui_, content, screen, wishes);
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
  ui_.Beside(ui_.Measure(Say("window.dismiss"), Face::kSmall).x);
  if (ui_.LinkText(Say("window.dismiss"), "", {Face::kSmall})) wishes.DismissNotice();
  ImGui::Dummy({0, ui_.Px(4)});
}

void Shell::Draw(Screen& screen, Wishes& wishes) {
  ui_.BeginFrame();
  HandleKeys(screen, wishes);
  HandleTabKeys(screen, wishes);
  HandleSearchKeys(screen, wishes);
  HandleCommandKeys(screen, wishes);

  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const Theme& theme = ui_.theme();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::Begin("daftar", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus);
  const float bar = ui_.Px(kTopBar), top = bar + (screen.tabs.size() > 1 ? ui_.Px(kTabs) : 0);
  float foot = size.y - ui_.Px(kStatusBar), height = foot - top;
  float left = size.x > ui_.Px(820) ? ui_.Px(kRail) : 0;
  float form = screen.form ? std::min(ui_.Px(kForm), size.x * 0.5f) : 0;
  {
    ui_.tab_order().BeginRegion();
    Part part("top", {0, 0}, {size.x, bar}, theme.panel, ImGuiWindowFlags_NoScrollbar, {0, 0});
    DrawTopBar(ui_, screen, wishes);
    const Widget* box = ui_.registry().Find(Role::kField, Say("window.search"));
    searching_ = box != nullptr && box->focused;
  }
  if (top > bar) {
    ui_.tab_order().BeginRegion();
    Part part("tabs", {0, bar}, {size.x, top - bar}, theme.panel, ImGuiWindowFlags_NoScrollbar, {0, 0});
    DrawTabs(ui_, screen, wishes);
  }
  if (left > 0) {
    ui_.tab_order().BeginRegion();
    Part part("rail", {0, top}, {left, height}, theme.panel, ImGuiWindowFlags_NoScrollbar, {0, 0});
    DrawRail(ui_, screen);
  }
  {
    float room = size.x - left - form - 2 * ui_.Px(kMargin) - ImGui::GetStyle().ScrollbarSize;
    // Lines longer than this are hard to read; a map has none.
    const bool whole = std::holds_alternative<MapPage>(screen.content) && !screen.mirror;
    ImGui::SetNextWindowContentSize({whole ? room : std::min(room, ui_.Px(kWidest)), 0});
    ui_.tab_order().BeginRegion();
    Part part("page", {left, top}, {size.x - left - form, height}, theme.paper, ImGuiWindowFlags_None,
              {ui_.Px(kMargin), ui_.Px(22)});
    DrawContent(screen, wishes);
  }
  if (screen.form) {
    ui_.tab_order().BeginRegion();
    Part part("form", {size.x - form, top}, {form, height}, theme.panel, ImGuiWindowFlags_None,
              {ui_.Px(22), ui_.Px(20)});
    DrawForm(ui_, *screen.form, wishes);
  }
  {
    ui_.tab_order().BeginRegion();
    Part part("status", {0, foot}, {size.x, size.y - foot}, theme.panel, ImGuiWindowFlags_NoScrollbar, {0, 0});
    DrawStatusBar(ui_, screen);
  }
  Hairline(ui_, {0, top}, {size.x, top});
  Hairline(ui_, {0, foot}, {size.x, foot});
  if (left > 0) Hairline(ui_, {left, top}, {left, foot});
  if (screen.form) Hairline(ui_, {size.x - form, top}, {size.x - form, foot});
  ImGui::End();
  if (const auto opened = ui_.TakeOpened()) OpenOrBeside(*opened, wishes);
}

}  // namespace daftar::ui
