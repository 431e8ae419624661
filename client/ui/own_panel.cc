// "Yours, never sent": the bookmark, the tags and the note of the record that is shown, edited in place.
#include <optional>

#include "client/language/say.h"
#include "client/model/address.h"
#include "client/ui/keys.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

using What = OwnChange::What;

constexpr float kPad = 16, kTagField = 220, kNoteInLine = 320;

bool Cross(Ui& ui, const std::string& label) {
  const ImVec2 at = ImGui::GetCursorScreenPos(), size{ui.Px(24), ui.Px(24)};
  ImGui::PushID(label.c_str());
  const bool chosen = ImGui::InvisibleButton("cross", size);
  ImGui::PopID();
  const ImVec4& ink = ImGui::IsItemHovered() ? ui.theme().text : ui.theme().muted;
  ui.TextAt({at.x + ui.Px(7), at.y}, "×", {Face::kBody, &ink}, 0);
  ui.FocusRing();
  ui.Record(Role::kButton, label, "");
  ui.Help(label);
  return chosen;
}

// Each tag leads to all that have it, and has a cross that takes it away. The one that was taken away.
std::optional<std::string> DrawTags(Ui& ui, const OwnPart& own) {
  std::optional<std::string> removed;
  for (const std::string& tag : own.tags) {
    const std::string address = SearchAddress("tag:\"" + tag + "\"");
    if (ui.LinkText("# " + tag, address)) ui.Open(address);
    ImGui::SameLine(0, ui.Px(4));
    if (Cross(ui, Say("own.tag_remove", {{"tag", tag}}))) removed = tag;
    ImGui::SameLine(0, ui.Px(12));
  }
  if (!own.tags.empty()) ImGui::NewLine();
  return removed;
}

// What is to be kept, once it is all drawn.
std::optional<OwnChange> DrawTagField(Ui& ui, OwnEditor& editor) {
  FieldOptions options{.hint = Say("own.tag_hint"), .width = ui.Px(kTagField)};
  options.generation = static_cast<int>(editor.part.tags.size());
  ui.Field(Say("own.tag_label"), editor.new_tag, options);
  const bool entered = ImGui::IsItemDeactivated() && ImGui::IsKeyPressed(keys::kEnter);
  ImGui::SameLine(0, ui.Px(8));
  const bool pressed = ui.Button(Say("own.tag_add"), !editor.new_tag.empty());
  if ((!entered && !pressed) || editor.new_tag.empty()) return std::nullopt;
  OwnChange change{.what = What::kTag, .record = editor.part.record, .text = editor.new_tag};
  editor.new_tag.clear();
  return change;
}

void DrawNote(Ui& ui, OwnEditor& editor, float width, Wishes& wishes) {
  FieldOptions options{.hint = Say("own.note_hint"), .long_text = true, .width = width};
  options.generation = editor.generation;
  if (ui.Field(Say("own.note_label"), editor.part.note, options)) wishes.NoteTyped();
  if (ImGui::IsItemDeactivated()) wishes.NoteLeft();
}

bool PinButton(Ui& ui, const OwnPart& own) {
  const std::string pin = Say(own.pinned ? "own.unpin" : "own.pin");
  return ui.Button((own.pinned ? "★ " : "☆ ") + pin, true, false, Say("own.pin_help"));
}

OwnChange PinChange(const OwnPart& own) {
  return {.what = own.pinned ? What::kUnpin : What::kPin, .record = own.record};
}

// What there is, in a line: it takes no more room than that from the page.
void DrawOwnLine(Ui& ui, OwnEditor& editor, Wishes& wishes) {
  const TextStyle quiet{Face::kSmall, &ui.theme().muted};
  const OwnPart& own = editor.part;
  std::optional<OwnChange> change;
  ImGui::PushID(own.record.c_str());
  if (PinButton(ui, own)) change = PinChange(own);
  ui.Beside(ui.ButtonWidth(Say("own.open")));
  if (ui.Button(Say("own.open"), true, false, Say("own.explain"))) editor.open = true;
  for (const std::string& tag : own.tags) {
    const std::string address = SearchAddress("tag:\"" + tag + "\""), words = "# " + tag;
    ui.Beside(ui.Measure(words, Face::kSmall).x, 12);
    if (ui.LinkText(words, address, {Face::kSmall})) ui.Open(address);
  }
  const std::string first = own.note.substr(0, own.note.find('\n'));
  for (const std::string& words : {first, editor.state}) {
    if (words.empty()) continue;
    const float wide = std::min(ui.Measure(words, Face::kSmall).x, ui.Px(kNoteInLine));
    ui.Beside(wide, 14);
    ui.Line(words, quiet, std::min(wide + 1, ImGui::GetContentRegionAvail().x));
  }
  ImGui::PopID();
  ImGui::Dummy({0, ui.Px(4)});
  if (change) wishes.Keep(*change);
}

void DrawOwnBox(Ui& ui, OwnEditor& editor, Wishes& wishes) {
  const Theme& theme = ui.theme();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, pad = ui.Px(kPad);
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->ChannelsSplit(2);
  draw->ChannelsSetCurrent(1);
  ImGui::SetCursorScreenPos({at.x + pad, at.y + ui.Px(12)});
  ImGui::PushID(editor.part.record.c_str());
  ImGui::BeginGroup();
  std::optional<OwnChange> change;

  ui.Heading(Say("own.heading"), Face::kBold);
  ui.Help(Say("own.explain"));
  ImGui::SameLine(0, ui.Px(14));
  if (PinButton(ui, editor.part)) change = PinChange(editor.part);
  ui.Beside(ui.ButtonWidth(Say("own.close")));
  if (ui.Button(Say("own.close"))) editor.open = false;
  if (!editor.state.empty()) {
    ImGui::SameLine(0, ui.Px(14));
    ui.Line(editor.state, {Face::kSmall, &theme.muted}, width / 2);
  }
  if (const auto removed = DrawTags(ui, editor.part))
    change = {.what = What::kUntag, .record = editor.part.record, .text = *removed};
  if (auto added = DrawTagField(ui, editor)) change = std::move(added);
  DrawNote(ui, editor, width - 2 * pad, wishes);
  ImGui::EndGroup();
  ImGui::PopID();

  const float bottom = ImGui::GetItemRectMax().y + ui.Px(10);
  draw->ChannelsSetCurrent(0);
  draw->AddRectFilled(at, {at.x + width, bottom}, ImGui::GetColorU32(theme.raised), ui.Px(8));
  draw->AddRect(at, {at.x + width, bottom}, ImGui::GetColorU32(theme.line), ui.Px(8));
  draw->ChannelsMerge();
  ImGui::SetCursorScreenPos({at.x, bottom});
  ImGui::Dummy({width, ui.Px(10)});
  if (change) wishes.Keep(*change);
}

}  // namespace

void DrawOwn(Ui& ui, OwnEditor& editor, Wishes& wishes) {
  if (editor.open) {
    DrawOwnBox(ui, editor, wishes);
  } else {
    DrawOwnLine(ui, editor, wishes);
  }
}

}  // namespace daftar::ui
