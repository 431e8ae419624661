// What a page draws; each figure says in words, too, what it shows.
#include "client/model/page_figures.h"

#include <algorithm>
#include <cmath>

#include "client/language/dates.h"
#include "client/language/say.h"
#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

constexpr float kWho = 110, kScale = 300, kTollLine = 24, kIndent = 24;
constexpr float kYears = 120, kWidestYear = 44, kDay = 30;

void FigureHeading(Ui& ui, const char* key) {
  ImGui::Dummy({0, ui.Px(12)});
  ui.Heading(Say(key));
  ImGui::Dummy({0, ui.Px(2)});
}

// A line from the lowest figure to the highest, a dot at the best; an arrow where there is no highest.
void DrawToll(Ui& ui, const TollLine& line, double most) {
  const Theme& theme = ui.theme();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float begin = at.x + ui.Px(kWho), middle = at.y + ui.Px(kTollLine) / 2;
  const auto place = [&](double figure) { return begin + static_cast<float>(figure / most) * ui.Px(kScale); };
  const ImU32 ink = ImGui::GetColorU32(theme.accent);
  ui.TextAt({at.x, at.y + ui.Px(3)}, line.who, {Face::kSmall, &theme.muted}, ui.Px(kWho - 10));
  draw->AddLine({begin, middle}, {begin + ui.Px(kScale), middle}, ImGui::GetColorU32(theme.line), 1);
  const double low = line.low.value_or(line.best.value_or(0));
  const double high = line.high.value_or(line.best.value_or(low));
  if (high > low) draw->AddLine({place(low), middle}, {place(high), middle}, ink, ui.Px(5));
  const bool given = line.low || line.best || line.high;
  if (given) draw->AddCircleFilled({place(line.best.value_or(low)), middle}, ui.Px(5), ink);
  if (line.no_end) {
    const float x = place(high) + ui.Px(8), size = ui.Px(4);
    draw->AddTriangleFilled({x, middle - size}, {x + 2 * size, middle}, {x, middle + size}, ink);
  }
  const float words = begin + ui.Px(kScale + 24);
  const float room = at.x + ImGui::GetContentRegionAvail().x - words;
  ui.TextAt({words, at.y + ui.Px(3)}, line.words, {Face::kSmall}, std::max(room, ui.Px(40)));
  ImGui::Dummy({ImGui::GetContentRegionAvail().x, ui.Px(kTollLine)});
  ui.Record(Role::kText, line.who + ": " + line.words, "");
}

void DrawTolls(Ui& ui, const PageFigures& figures) {
  if (figures.tolls.empty()) return;
  FigureHeading(ui, "figures.tolls");
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (const TollChart& chart : figures.tolls) {
    ui.Text(chart.label, {Face::kBold});
    for (const TollLine& line : chart.lines) DrawToll(ui, line, chart.most);
    ImGui::Dummy({0, ui.Px(6)});
  }
  ImGui::PopStyleVar();
}

void DrawLineage(Ui& ui, const PageFigures& figures) {
  if (figures.lineage.empty()) return;
  FigureHeading(ui, "figures.lineage");
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, ui.Px(3)});
  for (const LineageLine& line : figures.lineage) {
    const float indent = ui.Px(kIndent) * static_cast<float>(line.depth);
    if (indent > 0) ImGui::Indent(indent);
    std::string words = (line.depth == 0 ? "◆ " : "└ ") + line.text.text;
    if (!line.how.empty()) words += " — " + line.how;
    if (!line.accounts.empty()) words += " — " + LineageAccounts(line);
    ui.Rich(words, std::span(&line.text, line.text.address.empty() ? 0 : 1),
            {line.depth == 0 ? Face::kBold : Face::kBody});
    if (indent > 0) ImGui::Unindent(indent);
  }
  ImGui::PopStyleVar();
}

void DrawYear(Ui& ui, const YearBar& bar, double most, float width) {
  const Theme& theme = ui.theme();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImVec2 size{width, ui.Px(kYears)};
  const std::string words = SayYear(bar.year) + ": " + SayNumber(static_cast<double>(bar.count));
  if (bar.address.empty()) {
    ImGui::Dummy(size);
    ui.Record(Role::kText, words, "");
  } else {
    ImGui::PushID(bar.year);
    if (ImGui::InvisibleButton("year", size)) ui.Open(bar.address);
    ImGui::PopID();
    ui.FocusRing();
    ui.Record(Role::kLink, words, bar.address);
    if (ImGui::IsItemHovered()) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    ui.Help(words);
  }
  const float foot = at.y + size.y - ui.Px(20), most_high = size.y - ui.Px(40);
  const float high = static_cast<float>(static_cast<double>(bar.count) / most) * most_high;
  ImDrawList* draw = ImGui::GetWindowDrawList();
  const ImVec4& ink = ImGui::IsItemHovered() && !bar.address.empty() ? theme.link : theme.accent;
  if (bar.count > 0)
    draw->AddRectFilled({at.x + 1, foot - std::max(high, 1.0f)}, {at.x + width - 1, foot}, ImGui::GetColorU32(ink));
  draw->AddLine({at.x, foot}, {at.x + width, foot}, ImGui::GetColorU32(theme.line));
}

void DrawYears(Ui& ui, const PageFigures& figures) {
  if (figures.years.empty()) return;
  FigureHeading(ui, "figures.years");
  uint64_t most = 1;
  for (const YearBar& bar : figures.years) most = std::max(most, bar.count);
  const float room = ImGui::GetContentRegionAvail().x;
  const float width = std::min(room / static_cast<float>(figures.years.size()), ui.Px(kWidestYear));
  const float label = ui.Measure(SayYear(figures.years.back().year), Face::kSmall).x + ui.Px(8);
  const auto every = static_cast<size_t>(std::max(1.0f, std::ceil(label / width)));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  for (size_t i = 0; i < figures.years.size(); ++i) {
    const YearBar& bar = figures.years[i];
    if (i > 0) ImGui::SameLine(0, 0);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    DrawYear(ui, bar, static_cast<double>(most), width);
    if (i % every == 0)
      ui.TextAt({at.x, at.y + ui.Px(kYears - 17)}, SayYear(bar.year), {Face::kSmall, &ui.theme().muted}, 0);
    if (bar.count > 0 && width >= ui.Px(20))
      ui.TextAt({at.x + ui.Px(2), at.y}, SayNumber(static_cast<double>(bar.count)), {Face::kSmall, &ui.theme().muted},
                width);
  }
  ImGui::PopStyleVar();
  if (figures.undated > 0)
    ui.Text(Say("figures.undated", {{"count", figures.undated}}), {Face::kSmall, &ui.theme().muted});
}

void DrawMonth(Ui& ui, const CalendarMonth& month) {
  const Theme& theme = ui.theme();
  ImGui::BeginGroup();
  ui.Line(month.title, {Face::kBold}, ui.Px(kDay * 7));
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* draw = ImGui::GetWindowDrawList();
  for (size_t i = 0; i < month.days.size(); ++i) {
    const size_t cell = static_cast<size_t>(month.first_weekday) + i;
    const ImVec2 low{at.x + static_cast<float>(cell % 7) * ui.Px(kDay),
                     at.y + static_cast<float>(cell / 7) * ui.Px(kDay)};
    const ImVec2 high{low.x + ui.Px(kDay) - 2, low.y + ui.Px(kDay) - 2};
    const bool holds = month.days[i] == CalendarMonth::Day::kHolds;
    if (holds) draw->AddRectFilled(low, high, ImGui::GetColorU32(theme.accent), ui.Px(4));
    // Perhaps: a frame only, which is told from a filled one without its colour.
    if (month.days[i] == CalendarMonth::Day::kPerhaps)
      draw->AddRect(low, high, ImGui::GetColorU32(theme.accent), ui.Px(4), 0, ui.Px(2));
    ui.TextAt({low.x + ui.Px(6), low.y + ui.Px(6)}, SayNumber(static_cast<double>(i + 1)),
              {Face::kSmall, holds ? &theme.accent_text : &theme.muted}, 0);
  }
  ImGui::Dummy({ui.Px(kDay * 7), ui.Px(kDay * 6)});
  ImGui::EndGroup();
}

void DrawCalendar(Ui& ui, const PageFigures& figures) {
  if (figures.calendar.empty()) return;
  FigureHeading(ui, "figures.calendar");
  const float room = ImGui::GetContentRegionAvail().x, month = ui.Px(kDay * 7 + 24);
  const auto across = static_cast<size_t>(std::max(1.0f, std::floor(room / month)));
  for (size_t i = 0; i < figures.calendar.size(); ++i) {
    if (i % across != 0) ImGui::SameLine(0, ui.Px(24));
    DrawMonth(ui, figures.calendar[i]);
  }
  ui.Text(Say("figures.calendar_key"), {Face::kSmall, &ui.theme().muted});
  if (figures.calendar_more) ui.Text(Say("figures.calendar_more"), {Face::kSmall, &ui.theme().muted});
}

}  // namespace

void DrawFigures(Ui& ui, const Page& page) {
  DrawTolls(ui, page.figures);
  DrawLineage(ui, page.figures);
  DrawYears(ui, page.figures);
  DrawCalendar(ui, page.figures);
}

}  // namespace daftar::ui
