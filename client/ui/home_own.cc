// What belongs to the reader alone on the home page: what changed since the last visit, saved searches, bookmarks,
// what was read lately.
#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

// A heading, with a link to all of it at its side.
void HeadingWithLink(Ui& ui, const std::string& heading, const std::string& link, const std::string& address) {
  ImGui::Dummy({0, ui.Px(16)});
  ui.Heading(heading);
  ImGui::SameLine(0, ui.Px(16));
  if (ui.LinkText(link, address, {Face::kSmall})) ui.Open(address);
  ImGui::Dummy({0, ui.Px(2)});
}

void DrawSince(Ui& ui, const OwnHome& own, Wishes& wishes) {
  if (!own.since) {
    ImGui::Dummy({0, ui.Px(16)});
    ui.Heading(Say("changes.since_title"));
    return ui.Text(own.since_words, {Face::kBody, &ui.theme().muted});
  }
  const ChangesPage& since = *own.since;
  if (since.total == 0) {
    ImGui::Dummy({0, ui.Px(16)});
    ui.Heading(Say("changes.since_title"));
    ui.Text(since.words, {Face::kBody, &ui.theme().muted});
    if (ui.LinkText(Say("changes.none_action"), "")) wishes.SyncNow();
    return;
  }
  HeadingWithLink(ui, Say("changes.since_title"), Say("changes.all"), ChangesAddress("last"));
  ui.Text(since.words, {Face::kSmall, &ui.theme().muted});
  DrawChangedKinds(ui, since);
  DrawChangedRows(ui, since.rows);
  ImGui::Dummy({0, ui.Px(4)});
  if (ui.Button(Say("changes.mark_read"), true, false, Say("changes.mark_read_help")))
    wishes.Keep({.what = OwnChange::What::kRead, .number = since.revision});
}

void DrawRecent(Ui& ui, const std::vector<RecentLine>& recent) {
  const Theme& theme = ui.theme();
  ImGui::PushID("recent");
  for (const RecentLine& line : recent) {
    const auto row = ui.Row(line.address, line.title, ui.Px(30), false);
    if (row.chosen) ui.Open(line.address);
    const float top = row.top_left.y + ui.Px(5), age = ui.Measure(line.age, Face::kSmall).x;
    const float right = row.top_left.x + row.size.x - ui.Px(14), left = row.top_left.x + ui.Px(14);
    ui.TextAt({left, top}, line.title, {}, right - left - age - ui.Px(20));
    ui.TextAt({right - age, top + ui.Px(2)}, line.age, {Face::kSmall, &theme.muted}, 0);
  }
  ImGui::PopID();
}

}  // namespace

void DrawOwnHome(Ui& ui, const OwnHome& own, Wishes& wishes) {
  DrawSince(ui, own, wishes);
  if (!own.saved.empty()) {
    HeadingWithLink(ui, Say("saved.title"), Say("saved.all"), SavedAddress());
    for (const SavedLine& line : own.saved) DrawSavedLine(ui, line);
  }
  HeadingWithLink(ui, Say("own.bookmarks"), Say("own.mine_all"), MineAddress());
  if (own.pinned.empty()) ui.Text(Say("own.no_bookmarks"), {Face::kBody, &ui.theme().muted});
  ImGui::PushID("pinned");
  DrawRows(ui, own.pinned, SIZE_MAX);
  ImGui::PopID();
  if (own.recent.empty()) return;
  ImGui::Dummy({0, ui.Px(16)});
  ui.Heading(Say("own.recent"));
  DrawRecent(ui, own.recent);
}

}  // namespace daftar::ui
