// The keys that work everywhere, and what is done with the records and the text that were drawn: see shell.h.
#include <algorithm>
#include <utility>

#include "client/model/address.h"
#include "client/ui/keys.h"
#include "client/ui/shell.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

bool Pressed(int key) { return ImGui::IsKeyPressed(key); }

}  // namespace

void Shell::OpenOrBeside(const Ui::Opened& opened, Wishes& wishes) {
  if (opened.beside) {
    wishes.OpenBeside(opened.address);
  } else {
    wishes.Open(opened.address);
  }
}

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
  if (io.KeyCtrl && Pressed(keys::kH)) wishes.Open(HistoryTurn(screen.content));
  if (io.KeyCtrl && Pressed(keys::kN) && std::holds_alternative<Page>(screen.content)) wishes.AddAccount();
  if (const Page* page = std::get_if<Page>(&screen.content); io.KeyCtrl && Pressed(keys::kE) && page != nullptr)
    wishes.BeginForm({forms::Wish::What::kEdit, page->id});
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
  if (Pressed(keys::kF7)) wishes.ToggleSide();
  // One level at a time: what was sought, the panel at the side.
  const bool seeking = find_.open();
  find_.HandleKeys();
  if (seeking || !Pressed(keys::kEscape) || ImGui::IsAnyItemActive()) return;
  if (screen.side.open) wishes.ToggleSide();
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

void Shell::HandleRecords(const Screen& screen, Wishes& wishes) {
  const bool moved = std::exchange(focused_record_, ui_.focused_record()) != focused_record_;
  if (const auto previewed = ui_.TakePreviewed()) {
    wishes.Preview(*previewed);
  } else if (moved && screen.side.open && !focused_record_.empty() && focused_record_ != screen.side.address) {
    wishes.Preview(focused_record_);
  } else if (focused_record_.empty() && !ui_.hovered_record().empty() && !ImGui::GetIO().WantTextInput &&
             ImGui::IsKeyPressed(keys::kSpace, false)) {
    wishes.Preview(ui_.hovered_record());
  }
}

void Shell::HandleSelection() {
  TextMarks& marks = ui_.marks();
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsMouseClicked(0)) marks.Clear();
  if (!ImGui::IsMouseDown(0)) marks.Release();
  if (!io.KeyCtrl || !Pressed(keys::kC) || io.WantTextInput) return;
  if (const std::string selected = marks.selected(); !selected.empty()) ImGui::SetClipboardText(selected.c_str());
}

}  // namespace daftar::ui
