#include <string_view>
#include <utility>

#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

// Rows so few that those out of sight need not be left out.
constexpr size_t kShortList = 100;
// Rows that are read above those that are seen, and as many below.
constexpr size_t kRowsAround = 90;
constexpr float kRowHeight = 56;

// "clash · Darvoz · expected only": what stands below a title.
std::string SecondLine(const ListRow& row) {
  std::string out;
  auto add = [&](const std::string& text) {
    if (text.empty()) return;
    if (!out.empty()) out += "  ·  ";
    out += text;
  };
  // Only a search mixes kinds.
  if (!row.why.empty() && row.kind_words != row.kind) add(KindLabel(row.kind));
  add(row.kind_words);
  add(row.place);
  add(row.note);
  add(row.happened_words);
  add(row.why);
  return out;
}

// The signs of a row with their words; empty: nothing to mark.
std::string Signs(const Marks& marks) {
  std::string out;
  auto add = [&](bool holds, std::string_view key) {
    if (!holds) return;
    if (!out.empty()) out += "   ";
    out += Say(key);
  };
  add(marks.open, "window.mark.open");
  add(marks.disagrees && !marks.open, "window.mark.settled");
  add(marks.denied, "window.mark.denied");
  add(marks.retired, "window.mark.retired");
  add(marks.pending, "window.mark.pending");
  return out;
}

// Whether a row that would stand here is seen, or stands beside one that is, where the keyboard goes next.
bool InSight(float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  return ImGui::IsRectVisible({at.x, at.y - height - 2}, {at.x + 1, at.y + 2 * height + 2});
}

void DrawRow(Ui& ui, const ListRow& row, bool selected) {
  const Theme& theme = ui.theme();
  auto place = ui.Row(row.address, row.title, ui.Px(kRowHeight), selected);
  if (place.chosen) ui.Open(row.address);
  float left = place.top_left.x + ui.Px(14), top = place.top_left.y + ui.Px(9);
  float right = place.top_left.x + place.size.x - ui.Px(14);

  float date = ui.Measure(row.date).x;
  ui.TextAt({right - date, top}, row.date, {Face::kBody, &theme.muted}, 0);
  std::string signs = Signs(row.marks);
  float signs_width = signs.empty() ? 0 : ui.Measure(signs, Face::kSmall).x;
  ui.TextAt({right - signs_width, top + ui.Px(21)}, signs, {Face::kSmall, &theme.amber}, 0);

  float room = right - left - ui.Px(24);
  ui.TextAt({left, top}, row.title, {Face::kBold}, room - date);
  ui.TextAt({left, top + ui.Px(21)}, SecondLine(row), {Face::kSmall, &theme.muted}, room - signs_width);
  ImVec2 end{place.top_left.x + place.size.x, place.top_left.y + place.size.y};
  ImGui::GetWindowDrawList()->AddLine({place.top_left.x, end.y}, end, ImGui::GetColorU32(theme.line));
}

}  // namespace

std::string KindLabel(const std::string& kind) {
  static constexpr std::pair<std::string_view, std::string_view> kKeys[] = {
      {"incident", "window.kind.incident"}, {"actor", "window.kind.actor"},
      {"place", "window.kind.place"},       {"source", "window.kind.source"},
      {"relation", "window.kind.relation"}, {"alert_period", "window.kind.alert_period"},
  };
  for (const auto& [word, key] : kKeys) {
    if (word == kind) return Say(key);
  }
  return kind;
}

std::string KindsLabel(std::string kind) {
  for (char& letter : kind) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return SayCode("kinds", kind);
}

void DrawRows(Ui& ui, const std::vector<ListRow>& rows, size_t selected) {
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 1});
  // By hand: in a column, a clipper would move what is beside it.
  const bool whole = rows.size() <= kShortList;
  const float height = ui.Px(kRowHeight);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (whole || InSight(height)) {
      DrawRow(ui, rows[i], i == selected);
    } else {
      ImGui::Dummy({1, height});
    }
  }
  ImGui::PopStyleVar();
}

namespace {

// What stands in the place of a row that is being read.
void DrawUnread(Ui& ui, size_t number) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ui.TextAt({at.x + ui.Px(14), at.y + ui.Px(9)}, SayNumber(static_cast<double>(number + 1)) + " …",
            {Face::kBody, &ui.theme().muted}, 0);
  ImGui::Dummy({ImGui::GetContentRegionAvail().x, ui.Px(kRowHeight)});
}

// A list of any length, of which the model holds the rows round those that are seen.
void DrawLongList(Ui& ui, const List& list, Wishes& wishes) {
  size_t first = list.total, last = 0;
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(list.total), ui.Px(kRowHeight) + 1);
  while (clipper.Step()) {
    for (auto i = static_cast<size_t>(clipper.DisplayStart); i < static_cast<size_t>(clipper.DisplayEnd); ++i) {
      first = std::min(first, i);
      last = std::max(last, i);
      if (i >= list.first && i - list.first < list.rows.size()) {
        DrawRow(ui, list.rows[i - list.first], false);
      } else {
        DrawUnread(ui, i);
      }
    }
  }
  const bool before = first < list.first, behind = last >= list.first + list.rows.size();
  if (first <= last && (before || behind)) wishes.NeedRows(first > kRowsAround ? first - kRowsAround : 0);
}

}  // namespace

void DrawList(Ui& ui, const List& list, Wishes& wishes) {
  ui.Heading(list.title, Face::kTitle);
  const bool counted = list.total > list.rows.size() || !list.more;
  const std::string count = counted ? Say("window.list_count", {{"count", list.total}})
                                    : Say("window.list_more", {{"count", list.rows.size()}});
  ui.Text(list.total == 0 ? Say("window.list_empty") : count, {Face::kSmall, &ui.theme().muted});
  ImGui::Dummy({0, ui.Px(4)});
  const std::string add = Say("form.new_of", {{"kind", KindLabel(list.kind)}});
  if (ui.Button(add)) wishes.BeginForm({forms::Wish::What::kNew, list.kind});
  ImGui::Dummy({0, ui.Px(8)});
  if (list.total <= kShortList) {
    DrawRows(ui, list.rows, list.rows.size());
    return;
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 1});
  DrawLongList(ui, list, wishes);
  ImGui::PopStyleVar();
}

}  // namespace daftar::ui
