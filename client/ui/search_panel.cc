// A search: what was found, in which order, and what would narrow it.
#include <algorithm>

#include "client/language/say.h"
#include "client/model/map_page.h"
#include "client/model/search_help.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr size_t kValuesShown = 6;
constexpr float kSide = 236, kSideGap = 28, kWideEnough = 760, kValueHeight = 23;

// Those of a group that narrow the search, as many as are shown.
std::vector<const SearchFacetValue*> ShownOf(const SearchFacetGroup& group) {
  std::vector<const SearchFacetValue*> shown;
  for (const SearchFacetValue& value : group.values) {
    if (value.narrows && shown.size() < kValuesShown) shown.push_back(&value);
  }
  return shown;
}

bool HasFacets(const SearchPage& search) {
  return std::any_of(search.facets.begin(), search.facets.end(),
                     [](const SearchFacetGroup& group) { return !ShownOf(group).empty(); });
}

// A value with its count at the right, a link as a whole; a long name is cut.
void DrawValue(Ui& ui, const SearchFacetValue& value, float width) {
  const Theme& theme = ui.theme();
  ImVec2 at = ImGui::GetCursorScreenPos();
  ImVec2 size{width, ui.Px(kValueHeight)};
  ImGui::PushID(value.address.c_str());
  bool chosen = ImGui::InvisibleButton("value", size);
  ui.FocusRing();
  ImGui::PopID();
  if (chosen) ui.Open(value.address);
  ui.Record(Role::kLink, value.label, value.address);
  if (ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    ImGui::GetWindowDrawList()->AddRectFilled({at.x - ui.Px(6), at.y}, {at.x + size.x + ui.Px(6), at.y + size.y},
                                              ImGui::GetColorU32(theme.hover), ui.Px(4));
  }
  const std::string count = SayNumber(static_cast<double>(value.count));
  float number = ui.Measure(count, Face::kSmall).x;
  ui.TextAt({at.x, at.y + ui.Px(3)}, value.label, {Face::kSmall, &theme.link}, width - number - ui.Px(10));
  ui.TextAt({at.x + width - number, at.y + ui.Px(3)}, count, {Face::kSmall, &theme.muted}, 0);
}

void DrawFacetsAtSide(Ui& ui, const SearchPage& search, float width) {
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (const SearchFacetGroup& group : search.facets) {
    const auto shown = ShownOf(group);
    if (shown.empty()) continue;
    ui.Text(group.label, {Face::kSmall, &ui.theme().muted});
    ImGui::Dummy({0, ui.Px(2)});
    for (const SearchFacetValue* value : shown) DrawValue(ui, *value, width);
    ImGui::Dummy({0, ui.Px(12)});
  }
  ImGui::PopStyleVar();
}

// In a narrow window: "Type  clash 9  infiltration 4", a line for each field.
void DrawFacetsAbove(Ui& ui, const SearchPage& search) {
  float room = ImGui::GetContentRegionAvail().x;
  for (const SearchFacetGroup& group : search.facets) {
    const auto shown = ShownOf(group);
    if (shown.empty()) continue;
    ui.Line(group.label, {Face::kSmall, &ui.theme().muted}, room);
    float used = ui.Measure(group.label, Face::kSmall).x;
    for (const SearchFacetValue* value : shown) {
      const std::string count = SayNumber(static_cast<double>(value->count));
      float gap = ui.Px(12), between = ui.Px(4);
      used += gap + ui.Measure(value->label, Face::kSmall).x + between + ui.Measure(count, Face::kSmall).x;
      if (used > room) break;
      ImGui::SameLine(0, gap);
      if (ui.LinkText(value->label, value->address, {Face::kSmall})) ui.Open(value->address);
      ImGui::SameLine(0, between);
      ui.Line(count, {Face::kSmall, &ui.theme().muted}, 0);
    }
  }
  ImGui::Dummy({0, ui.Px(8)});
}

// What is wrong with the query: advice, for it is perhaps only half typed.
void DrawProblem(Ui& ui, const SearchProblem& problem) {
  ui.Text(problem.words, {Face::kBody, &ui.theme().amber});
  if (problem.suggestion.empty()) return;
  ui.Line(Say("window.did_you_mean"), {Face::kBody, &ui.theme().muted}, 0);
  ImGui::SameLine(0, ui.Px(6));
  if (ui.LinkText(problem.suggestion, problem.address)) ui.Open(problem.address);
}

void DrawSorts(Ui& ui, const SearchPage& search) {
  for (const SearchPage::SortLink& sort : search.sorts) {
    ui.Beside(ui.Measure(sort.label, Face::kSmall).x, 14);
    if (sort.chosen) {
      ui.Line(sort.label, {Face::kSmall}, 0);
    } else if (ui.LinkText(sort.label, sort.address, {Face::kSmall})) {
      ui.Open(sort.address);
    }
  }
}

// The search among the reader's saved ones, or on its way there.
void DrawSave(Ui& ui, const SearchPage& search, Wishes& wishes) {
  if (search.saved != 0) {
    if (ui.LinkText(Say("saved.is_saved"), SavedAddress(), {Face::kSmall})) ui.Open(SavedAddress());
    return;
  }
  if (!ui.Button(Say("saved.save"), true, false, Say("saved.save_help"))) return;
  wishes.Keep({.what = OwnChange::What::kSaveSearch, .address = SearchAddress(search.query, search.kind, search.sort)});
}

// The kinds that were found.
std::vector<std::string> KindsOf(const SearchPage& search) {
  std::vector<std::string> kinds;
  for (const SearchFacetGroup& group : search.facets) {
    for (const SearchFacetValue& value : group.values) {
      if (group.field == "kind" && value.count > 0) kinds.push_back(value.value);
    }
  }
  // Not counted yet.
  for (const ListRow& row : search.rows) {
    if (std::find(kinds.begin(), kinds.end(), row.kind) == kinds.end()) kinds.push_back(row.kind);
  }
  return kinds;
}

// Ways to change all that was found, of one kind.
void DrawChangeMany(Ui& ui, const SearchPage& search, Wishes& wishes) {
  const std::vector<std::string> kinds = KindsOf(search);
  if (kinds.empty()) return;
  ui.Line(Say("bulk.change"), {Face::kSmall, &ui.theme().muted}, 0);
  for (const std::string& kind : kinds) {
    const std::string label = KindsLabel(kind);
    ui.Beside(ui.Measure(label, Face::kSmall).x, 10);
    ImGui::PushID(kind.c_str());
    if (ui.LinkText(label, "", {Face::kSmall}))
      wishes.BeginForm({.what = forms::Wish::What::kBulk, .id = kind, .query = search.query});
    ImGui::PopID();
  }
}

// Hits in the reader's own notes and tags, in a group of their own.
void DrawOwnHits(Ui& ui, const SearchPage& search) {
  if (search.own_rows.empty()) return;
  ui.Heading(search.own_words);
  if (!search.own_address.empty() && ui.LinkText(Say("own.search_notes"), search.own_address, {Face::kSmall}))
    ui.Open(search.own_address);
  ImGui::Dummy({0, ui.Px(4)});
  ImGui::PushID("own");
  DrawRows(ui, search.own_rows, SIZE_MAX);
  ImGui::PopID();
  ImGui::Dummy({0, ui.Px(14)});
}

// How many were found, and everything that qualifies it.
void DrawFindings(Ui& ui, const SearchPage& search) {
  const Theme& theme = ui.theme();
  if (search.problem) {
    DrawProblem(ui, *search.problem);
  } else {
    ui.Line(search.words, {Face::kSmall, search.late ? &theme.amber : &theme.muted}, 0);
    DrawSorts(ui, search);
    if (!search.timeline_address.empty()) {
      ImGui::SameLine(0, ui.Px(24));
      if (ui.LinkText(Say("timeline.link"), search.timeline_address, {Face::kSmall})) ui.Open(search.timeline_address);
    }
    if (search.total > 0) {
      ImGui::SameLine(0, ui.Px(14));
      const std::string map = MapAddress(search.query, search.kind);
      if (ui.LinkText(Say("map.on_map"), map, {Face::kSmall})) ui.Open(map);
    }
  }
  if (search.late) {
    ui.Beside(ui.Measure(Say("window.search_on"), Face::kSmall).x, 14);
    if (ui.LinkText(Say("window.search_on"), search.patient_address, {Face::kSmall})) {
      ui.Open(search.patient_address);
    }
  }
  if (!search.kind.empty()) {
    ui.Line(Say("window.only_kind", {{"kind", KindLabel(search.kind)}}), {Face::kSmall, &theme.muted}, 0);
    ui.Beside(ui.Measure(Say("window.all_kinds"), Face::kSmall).x, 14);
    if (ui.LinkText(Say("window.all_kinds"), search.all_kinds_address, {Face::kSmall}))
      ui.Open(search.all_kinds_address);
  }
  if (!search.changed_words.empty()) {
    ui.Line(search.changed_words, {Face::kSmall, &theme.muted}, 0);
    ImGui::SameLine(0, ui.Px(14));
    if (ui.LinkText(Say("saved.whole"), search.whole_address, {Face::kSmall})) ui.Open(search.whole_address);
  }
  if (!search.respelt_words.empty()) ui.Text(search.respelt_words, {Face::kSmall, &theme.text});
  if (!search.behind_words.empty()) ui.Text(search.behind_words, {Face::kSmall, &theme.amber});
}

// The hits, and behind them the way to more: pressed, or scrolled to.
void DrawHits(Ui& ui, const SearchPage& search, size_t selected, Wishes& wishes) {
  DrawRows(ui, search.rows, selected);
  if (!search.cut_words.empty()) ui.Text(search.cut_words, {Face::kSmall, &ui.theme().muted});
  if (search.more_words.empty() || search.rows.empty()) return;
  ImGui::Dummy({0, ui.Px(6)});
  const bool pressed = ui.Button(search.more_words);
  const float scroll = ImGui::GetScrollY();
  const bool at_end = scroll > 0 && scroll >= ImGui::GetScrollMaxY() - 1 && ImGui::IsItemVisible();
  if (pressed || at_end) wishes.MoreHits();
}

void DrawSearchHelp(Ui& ui) {
  ui.Text(Say("window.search_advice"), {Face::kSmall, &ui.theme().muted});
  ImGui::Dummy({0, ui.Px(8)});
  if (!ImGui::BeginTable("help", 2, ImGuiTableFlags_BordersInnerH)) return;
  ImGui::TableSetupColumn("written", ImGuiTableColumnFlags_WidthFixed, ui.Px(330));
  ImGui::TableSetupColumn("means");
  for (const SearchHelpLine& line : SearchHelp()) {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    ui.Text(line.written, {Face::kBold});
    ImGui::TableNextColumn();
    ui.Text(line.means);
  }
  ImGui::EndTable();
}

}  // namespace

void DrawSearch(Ui& ui, const SearchPage& search, size_t selected, Wishes& wishes) {
  ui.Heading(search.query.empty() ? Say("window.search") : Say("window.search_for", {{"query", search.query}}),
             Face::kTitle);
  if (search.query.empty()) return DrawSearchHelp(ui);
  DrawFindings(ui, search);
  if (!search.problem) {
    DrawChangeMany(ui, search, wishes);
    ImGui::Dummy({0, ui.Px(4)});
    DrawSave(ui, search, wishes);
  }
  ImGui::Dummy({0, ui.Px(8)});
  DrawOwnHits(ui, search);
  // While they are being counted, their place is kept: rows that become narrower a moment later would be hard to read.
  if (!search.uncounted && !HasFacets(search)) return DrawHits(ui, search, selected, wishes);
  float room = ImGui::GetContentRegionAvail().x;
  if (room < ui.Px(kWideEnough)) {
    DrawFacetsAbove(ui, search);
    return DrawHits(ui, search, selected, wishes);
  }
  ImGui::Columns(2, "found", false);
  ImGui::SetColumnWidth(0, room - ui.Px(kSide));
  DrawHits(ui, search, selected, wishes);
  ImGui::NextColumn();
  ImGui::Indent(ui.Px(kSideGap));
  DrawFacetsAtSide(ui, search, ui.Px(kSide - kSideGap) - ui.Px(8));
  ImGui::Unindent(ui.Px(kSideGap));
  ImGui::Columns(1);
}

}  // namespace daftar::ui
