// The pages "yours alone" and "saved searches".
#include <optional>

#include "client/language/say.h"
#include "client/model/address.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using What = OwnChange::What;

void Section(Ui& ui, const std::string& heading, const std::vector<ListRow>& rows, const std::string& more) {
  if (rows.empty()) return;
  ui.Heading(heading);
  ImGui::Dummy({0, ui.Px(2)});
  ImGui::PushID(heading.c_str());
  DrawRows(ui, rows, SIZE_MAX);
  ImGui::PopID();
  if (!more.empty()) ui.Text("… " + more, {Face::kSmall, &ui.theme().muted});
  ImGui::Dummy({0, ui.Px(14)});
}

void Empty(Ui& ui, const std::string& why, const std::string& action, const std::string& address) {
  ui.Text(why, {Face::kBody, &ui.theme().muted}, ui.Px(720));
  ImGui::Dummy({0, ui.Px(6)});
  if (ui.LinkText(action, address)) ui.Open(address);
}

}  // namespace

void DrawMine(Ui& ui, const MinePage& mine) {
  ui.Heading(Say("own.mine"), Face::kTitle);
  if (mine.empty()) return Empty(ui, Say("own.empty"), Say("own.empty_action"), ListAddress("incident"));
  ui.Text(Say("own.explain"), {Face::kSmall, &ui.theme().muted});
  ImGui::Dummy({0, ui.Px(8)});
  Section(ui, Say("own.bookmarks"), mine.pinned, mine.pinned_more);
  if (!mine.tags.empty()) ui.Heading(Say("own.tags_heading"));
  for (const MinePage::Tag& tag : mine.tags) {
    if (ui.LinkText("# " + tag.tag, tag.address)) ui.Open(tag.address);
    ImGui::SameLine(0, ui.Px(10));
    ui.Line(Say("own.tag_count", {{"count", tag.count}}), {Face::kSmall, &ui.theme().muted}, 0);
  }
  if (!mine.tags.empty()) ImGui::Dummy({0, ui.Px(14)});
  Section(ui, Say("own.notes"), mine.notes, mine.notes_more);
}

void DrawSavedLine(Ui& ui, const SavedLine& line) {
  const Theme& theme = ui.theme();
  ImGui::PushID(static_cast<int>(line.number));
  if (ui.LinkText(line.name, line.address)) ui.Open(line.address);
  ImGui::SameLine(0, ui.Px(14));
  ui.Line(line.count_words, {Face::kSmall, line.counted ? &theme.muted : &theme.amber}, 0);
  if (line.counted) {
    ImGui::SameLine(0, ui.Px(14));
    if (line.fresh == 0) {
      ui.Line(Say("saved.nothing_new"), {Face::kSmall, &theme.muted}, 0);
    } else if (ui.LinkText("+ " + line.fresh_words, line.fresh_address, {Face::kBold})) {
      ui.Open(line.fresh_address);
    }
  }
  ImGui::PopID();
}

void DrawSaved(Ui& ui, const SavedPage& saved, Wishes& wishes) {
  ui.Heading(Say("saved.title"), Face::kTitle);
  ImGui::Dummy({0, ui.Px(6)});
  if (saved.lines.empty()) return Empty(ui, Say("saved.empty"), Say("saved.empty_action"), SearchAddress(""));
  std::optional<OwnChange> change;
  for (const SavedLine& line : saved.lines) {
    DrawSavedLine(ui, line);
    if (line.words != line.name) ui.Text(line.words, {Face::kSmall, &ui.theme().muted});
    ImGui::PushID(static_cast<int>(line.number));
    const std::string pin = Say(line.pinned ? "saved.unpin_label" : "saved.pin_label", {{"name", line.name}});
    if (ui.LinkText(Say(line.pinned ? "saved.unpin" : "saved.pin"), pin, {Face::kSmall}))
      change = {.what = line.pinned ? What::kUnpinSearch : What::kPinSearch, .number = line.number};
    ImGui::SameLine(0, ui.Px(16));
    if (ui.LinkText(Say("saved.remove"), Say("saved.remove_label", {{"name", line.name}}), {Face::kSmall}))
      change = {.what = What::kForgetSearch, .number = line.number};
    ImGui::PopID();
    ImGui::Dummy({0, ui.Px(10)});
  }
  if (change) wishes.Keep(*change);
}

}  // namespace daftar::ui
