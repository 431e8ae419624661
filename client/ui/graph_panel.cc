// The page of a graph: what is to be seen of it, the picture, and the same as a list.
#include <algorithm>
#include <string>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/ui/graph_canvas.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kBetween = 8, kSlider = 300, kRowHeight = 28, kLeastPicture = 320, kOfWindow = 0.6f, kIndent = 26;
constexpr int kMostSources = 4;
constexpr size_t kShortList = 100;

void Beside(Ui& ui, float gap = kBetween) { ImGui::SameLine(0, ui.Px(gap)); }

// On the next line, if what follows is too wide for this one.
void Wrap(Ui& ui, float width) {
  const float end = ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x;
  if (ImGui::GetItemRectMax().x + ui.Px(kBetween) + width < end) Beside(ui);
}

// One of several; the chosen one carries a sign.
bool Option(Ui& ui, const std::string& words, bool chosen) {
  const std::string label = (chosen ? "✓ " : "") + words;
  Wrap(ui, ui.Measure(label).x + ui.Px(26));
  return ui.Button(label);
}

// What a line of controls is about, at the height of their words.
void Caption(Ui& ui, const char* key) {
  const float top = ImGui::GetCursorPosY();
  ImGui::SetCursorPosY(top + ui.Px(8));
  ui.Line(Say(key), {Face::kSmall, &ui.theme().muted}, 0);
  ImGui::SameLine(0, ui.Px(kBetween));
  ImGui::SetCursorPosY(top);
  ImGui::Dummy({0, 0});
}

void DrawHops(Ui& ui, const Graph& graph, Wishes& wishes) {
  GraphOptions options = OptionsOf(graph);
  for (int hops = 1; hops <= kMostHops; ++hops) {
    if (hops > 1) Beside(ui);
    const std::string words = Say("graph.hops", {{"hops", hops}});
    if (!ui.Button((hops == graph.hops ? "✓ " : "") + words) || hops == graph.hops) continue;
    options.hops = hops;
    wishes.Replace(GraphAddress(graph.id, options));
  }
}

void DrawCameraButtons(Ui& ui, GraphCamera& camera, Wishes& wishes) {
  const auto button = [&](const std::string& words) {
    Wrap(ui, ui.Measure(words).x + ui.Px(26));
    return ui.Button(words);
  };
  if (button(Say("graph.whole"))) camera.whole = true;
  const auto zoom = [&](float by) {
    camera.zoom = std::clamp(camera.zoom * by, 0.1f, 3.0f);
    camera.whole = false;
  };
  if (button(Say("graph.larger"))) zoom(kGraphZoomStep);
  if (button(Say("graph.smaller"))) zoom(1 / kGraphZoomStep);
  if (button(Say("graph.export"))) wishes.SavePicture();
}

// The day: all of them, the one before at which something changes, a slider, the one behind.
void DrawDay(Ui& ui, const Graph& graph, Wishes& wishes) {
  if (!graph.first_day || graph.days.empty()) return;
  const GraphOptions options = OptionsOf(graph);
  const auto go = [&](std::optional<int32_t> day) {
    GraphOptions other = options;
    other.as_of = day;
    wishes.Replace(GraphAddress(graph.id, other));
  };
  Caption(ui, "graph.day");
  Beside(ui);
  const bool any = !graph.as_of;
  if (ui.Button((any ? "✓ " : "") + Say("graph.all_days")) && !any) go(std::nullopt);
  int day = graph.as_of.value_or(*graph.last_day);
  const auto& days = graph.days;
  const auto before = std::lower_bound(days.begin(), days.end(), graph.as_of ? day : day + 1);
  Beside(ui);
  if (ui.Button("‹ " + Say("graph.earlier"), before != days.begin())) go(*(before - 1));
  Beside(ui);
  ImGui::SetNextItemWidth(ui.Px(kSlider));
  ImGui::PushID("day");
  const bool moved = ImGui::SliderInt("##day", &day, *graph.first_day, std::max(*graph.last_day, *graph.first_day + 1),
                                      "", ImGuiSliderFlags_AlwaysClamp);
  ImGui::PopID();
  ui.FocusRing();
  ui.Record(Role::kChoice, Say("graph.day"), SayDay(day));
  if (moved && day != graph.as_of) go(day);
  const auto behind = std::upper_bound(days.begin(), days.end(), day);
  Beside(ui);
  if (ui.Button(Say("graph.later") + " ›", graph.as_of.has_value() && behind != days.end())) go(*behind);
  Beside(ui);
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + ui.Px(6));
  ui.Line(graph.as_of ? SayDay(*graph.as_of) : "", {Face::kBold}, 0);
}

void DrawSources(Ui& ui, const Graph& graph, Wishes& wishes) {
  Caption(ui, "graph.sources");
  for (int least = 1; least <= kMostSources; ++least) {
    const bool chosen = least == graph.min_sources;
    if (!Option(ui, Say("graph.at_least", {{"count", least}}), chosen) || chosen) continue;
    GraphOptions options = OptionsOf(graph);
    options.min_sources = least;
    wishes.Replace(GraphAddress(graph.id, options));
  }
}

void DrawTypes(Ui& ui, const Graph& graph, Wishes& wishes) {
  if (graph.types.empty()) return;
  Caption(ui, "graph.types");
  GraphOptions options = OptionsOf(graph);
  const bool all = options.types.empty();
  if (Option(ui, Say("graph.all_types"), all) && !all) {
    options.types.clear();
    wishes.Replace(GraphAddress(graph.id, options));
  }
  for (const GraphType& type : graph.types) {
    const bool on = !all && type.on;
    const std::string words = Say("graph.type_count", {{"type", type.words}, {"count", type.count}});
    if (!Option(ui, words, on)) continue;
    if (on) {
      std::erase(options.types, type.key);
    } else {
      options.types.push_back(type.key);
    }
    wishes.Replace(GraphAddress(graph.id, options));
  }
}

// A line of the list: a box, or a strand of a line.
void DrawLine(Ui& ui, const std::string& id, const std::string& address, const std::string& words, float indent,
              bool bold) {
  const auto place = ui.Row(id, words, ui.Px(kRowHeight), false);
  if (place.chosen && !address.empty()) ui.Open(address);
  const float left = place.top_left.x + ui.Px(indent + 8);
  ui.TextAt({left, place.top_left.y + ui.Px(5)}, words, {bold ? Face::kBold : Face::kBody},
            place.top_left.x + place.size.x - left);
}

struct ListLine {
  const GraphNode* node = nullptr;  // either of these
  const GraphStrand* strand = nullptr;
};

void DrawListLine(Ui& ui, const ListLine& line) {
  if (line.node != nullptr) {
    DrawLine(ui, "n" + line.node->id, line.node->address, line.node->sentence, 0, true);
  } else {
    DrawLine(ui, "s" + line.strand->display_id + line.strand->sentence, line.strand->address, line.strand->sentence,
             kIndent, false);
  }
}

void DrawTwin(Ui& ui, const Graph& graph) {
  std::vector<ListLine> lines;
  for (const GraphRow& row : graph.rows) {
    if (row.is_node) {
      lines.push_back({&graph.nodes[row.index], nullptr});
      continue;
    }
    for (const GraphStrand& strand : graph.edges[row.index].strands) lines.push_back({nullptr, &strand});
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 1});
  if (lines.size() <= kShortList) {
    for (const ListLine& line : lines) DrawListLine(ui, line);
  } else {
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(lines.size()), ui.Px(kRowHeight) + 1);
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) DrawListLine(ui, lines[static_cast<size_t>(i)]);
    }
  }
  ImGui::PopStyleVar();
}

}  // namespace

void DrawGraph(Ui& ui, const Graph& graph, GraphCamera& camera, Wishes& wishes) {
  const TextStyle muted{Face::kSmall, &ui.theme().muted};
  ui.Heading(Say("graph.title", {{"name", graph.title}}), Face::kTitle);
  ui.Text(graph.words, muted);
  for (const std::string& said : graph.said) ui.Text("⚠ " + said, {Face::kSmall, &ui.theme().amber});
  ImGui::Dummy({0, ui.Px(4)});
  DrawHops(ui, graph, wishes);
  DrawCameraButtons(ui, camera, wishes);
  DrawDay(ui, graph, wishes);
  DrawSources(ui, graph, wishes);
  DrawTypes(ui, graph, wishes);
  ImGui::Dummy({0, ui.Px(4)});
  // What the window has left where the page is not scrolled.
  const float top = ImGui::GetCursorScreenPos().y + ImGui::GetScrollY();
  const float window = ImGui::GetIO().DisplaySize.y;
  DrawGraphCanvas(ui, graph, camera, std::max({window - top - ui.Px(110), window * kOfWindow, ui.Px(kLeastPicture)}));
  ui.Text(Say("graph.picture_help"), muted);
  ImGui::Dummy({0, ui.Px(8)});
  ui.Heading(Say("graph.list"));
  DrawTwin(ui, graph);
}

}  // namespace daftar::ui
