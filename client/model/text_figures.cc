#include "client/model/text_figures.h"

#include "client/language/dates.h"
#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/layout.h"
#include "client/model/text_rows.h"
#include "client/model/words.h"

namespace daftar {
namespace {

constexpr size_t kWho = 14;

std::string TollsAsText(const PageFigures& figures, size_t width) {
  if (figures.tolls.empty()) return "";
  std::string out = Heading(Say("figures.tolls"));
  for (const TollChart& chart : figures.tolls) {
    out += chart.label + "\n";
    for (const TollLine& line : chart.lines) out += Hanging("  " + Pad(line.who, kWho), line.words, width);
  }
  return out;
}

std::string LineageAsText(const PageFigures& figures, size_t width) {
  if (figures.lineage.empty()) return "";
  std::string out = Heading(Say("figures.lineage"));
  for (const LineageLine& line : figures.lineage) {
    std::string text = line.text.text;
    if (!line.how.empty()) text += " — " + line.how;
    if (!line.accounts.empty()) text += " — " + LineageAccounts(line);
    const auto indent = static_cast<size_t>(line.depth) * 3;
    out += Hanging(std::string(indent, ' ') + (line.depth == 0 ? "◆ " : "└ "), text, width);
  }
  return out;
}

std::string YearsAsText(const PageFigures& figures, size_t width) {
  if (figures.years.empty()) return "";
  std::vector<std::string> years;
  for (const YearBar& bar : figures.years)
    years.push_back(SayYear(bar.year) + ": " + SayNumber(static_cast<double>(bar.count)));
  if (figures.undated > 0) years.push_back(Say("figures.undated", {{"count", figures.undated}}));
  return Heading(Say("figures.years")) + Hanging("", SayList(years, Joint::kSemicolon), width);
}

}  // namespace

std::string LineageAccounts(const LineageLine& line) {
  std::vector<std::string> numbers;
  for (const int account : line.accounts) numbers.push_back(SayNumber(account));
  return Say("figures.accounts", {{"count", numbers.size()}, {"numbers", SayList(numbers, Joint::kComma)}});
}

// The days of an alert are its period, which its facts say.
std::string FiguresAsText(const PageFigures& figures, const TextOptions& options) {
  const size_t width = TextWidth(options);
  return TollsAsText(figures, width) + LineageAsText(figures, width) + YearsAsText(figures, width);
}

}  // namespace daftar
