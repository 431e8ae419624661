// The desk: from page to page and from tab to tab, and what is done by name. See desk.h.
#include <utility>

#include "client/app/desk.h"

namespace daftar::app {

void Desk::Open(const std::string& address) {
  if (address.empty() || address == history().current().address) return;
  history().Go(address);
  Load(true);
}

void Desk::Replace(const std::string& address) {
  if (address.empty() || address == history().current().address) return;
  history().Replace(address);
  Load(false);
}

void Desk::OpenBeside(const std::string& address) {
  if (address.empty()) return;
  if (!tabs_.Open(address)) Open(address);
  ShowTabs();
}

void Desk::NewTab() {
  if (tabs_.Open(HomeAddress()) && tabs_.Go(tabs_.at() + 1)) Load(true);
}

void Desk::GoToTab(size_t tab) {
  if (tabs_.Go(tab)) Load(true);
}

void Desk::CycleTabs(bool back) {
  if (tabs_.all().size() == 1) return;
  tabs_.Cycle(back);
  Load(true);
}

void Desk::CloseTab(size_t tab) {
  const bool shown = tab == tabs_.at();
  if (!tabs_.Close(tab)) return;
  ShowTabs();
  if (shown) Load(true);
}

void Desk::ReopenTab() {
  if (tabs_.Reopen()) Load(true);
}

void Desk::Back() {
  if (history().Back()) Load(true);
}

void Desk::Forward() {
  if (history().Forward()) Load(true);
}

void Desk::SyncNow() { hooks_.sync_now(); }

void Desk::Run(CommandId command) {
  screen_.commands.clear();
  screen_.search_text.clear();
  ++screen_.search_turns;
  switch (command) {
    case CommandId::kSync:
      return SyncNow();
    case CommandId::kNewTab:
      return NewTab();
    case CommandId::kReopenTab:
      return ReopenTab();
    case CommandId::kCloseTab:
      return CloseTab(tabs_.at());
    case CommandId::kBack:
      return Back();
    case CommandId::kForward:
      return Forward();
    case CommandId::kAddAccount:
      return AddAccount();
    case CommandId::kMirror:
      return ToggleMirror();
    case CommandId::kSide:
      return ToggleSide();
    case CommandId::kTheme:
      return ToggleTheme();
    case CommandId::kLarger:
      return Scale(1);
    case CommandId::kSmaller:
      return Scale(-1);
    case CommandId::kUsualSize:
      return Scale(0);
    case CommandId::kHome:
      return Open(HomeAddress());
    case CommandId::kPin:
      return TogglePin();
    case CommandId::kHistory:
      return Open(HistoryTurn(screen_.content));
    case CommandId::kChanges:
      return Open(ChangesAddress("last"));
    case CommandId::kSaved:
      return Open(SavedAddress());
    case CommandId::kMine:
      return Open(MineAddress());
    case CommandId::kKeys:
      return Open("daftar:keys");
    case CommandId::kWork:
      return Open(WorkAddress());
    case CommandId::kEdit:
      if (const Page* page = std::get_if<Page>(&screen_.content)) BeginForm({forms::Wish::What::kEdit, page->id});
      return;
    case CommandId::kNewIncident:
      return BeginForm({forms::Wish::What::kNew, "incident"});
    case CommandId::kNewActor:
      return BeginForm({forms::Wish::What::kNew, "actor"});
    case CommandId::kNewPlace:
      return BeginForm({forms::Wish::What::kNew, "place"});
    case CommandId::kNewSource:
      return BeginForm({forms::Wish::What::kNew, "source"});
    case CommandId::kNewRelation:
      return BeginForm({forms::Wish::What::kNew, "relation"});
    case CommandId::kNewAlert:
      return BeginForm({forms::Wish::What::kNew, "alert_period"});
  }
}

void Desk::TogglePin() {
  if (!screen_.own) return;
  using What = OwnChange::What;
  Keep({.what = screen_.own->part.pinned ? What::kUnpin : What::kPin, .record = screen_.own->part.record});
}

}  // namespace daftar::app
