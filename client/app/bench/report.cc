#include "client/app/bench/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <ostream>

#include "storage/base/status.h"

namespace daftar::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kColumns[] = {"p50", "p95", "p99", "max"};
constexpr const char* kValue = "value";

double FigureOf(const Row& row, const std::string& name) {
  const auto found =
      std::find_if(row.figures.begin(), row.figures.end(), [&](const auto& f) { return f.first == name; });
  DAFTAR_CHECK(found != row.figures.end());
  return found->second;
}

double MissedBy(const Row& row, const Goal& goal) { return std::max(0.0, FigureOf(row, goal.figure) - goal.most); }

// Three digits that say something, and no fewer than there are before the point.
std::string Number(double number) {
  const double size = std::fabs(number);
  const int places = number == std::floor(number) ? 0 : size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
  char text[64];
  std::snprintf(text, sizeof(text), "%.*f", places, number);
  return text;
}

// "p99 at most 8: met".
std::string Verdict(const Row& row) {
  std::string out;
  for (const Goal& goal : row.goals) {
    if (!out.empty()) out += "; ";
    if (goal.figure != kValue) out += goal.figure + " ";
    const double missed = MissedBy(row, goal);
    out += "at most " + Number(goal.most) + ": " + (missed > 0 ? "missed by " + Number(missed) : "met");
  }
  return out;
}

std::string Padded(std::string text, size_t width, bool right) {
  if (text.size() >= width) return text;
  return right ? std::string(width - text.size(), ' ') + text : text + std::string(width - text.size(), ' ');
}

void PrintLine(std::ostream& out, const std::string& what, const std::string& count, const std::string (&cells)[4],
               const std::string& unit, const std::string& verdict) {
  std::string line = Padded(what, 46, false) + Padded(count, 7, true);
  for (const std::string& cell : cells) line += Padded(cell, 10, true);
  line += " " + Padded(unit, 4, false) + " " + verdict;
  out << line.substr(0, line.find_last_not_of(' ') + 1) << "\n";
}

}  // namespace

Row SpreadRow(std::string what, std::string unit, const Samples& samples, std::vector<Goal> goals) {
  Row row{.what = std::move(what), .unit = std::move(unit), .count = samples.size(), .goals = std::move(goals)};
  row.figures = {
      {"p50", samples.At(0.5)}, {"p95", samples.At(0.95)}, {"p99", samples.At(0.99)}, {"max", samples.At(1)}};
  return row;
}

Row ValueRow(std::string what, std::string unit, double value, std::optional<double> most) {
  Row row{.what = std::move(what), .unit = std::move(unit), .figures = {{kValue, value}}};
  if (most) row.goals.push_back({kValue, *most});
  return row;
}

bool Report::met() const {
  for (const Row& row : rows_) {
    for (const Goal& goal : row.goals) {
      if (MissedBy(row, goal) > 0) return false;
    }
  }
  return true;
}

void Report::PrintTable(std::ostream& out) const {
  for (const auto& [name, words] : head_) out << name << ": " << words << "\n";
  out << "\n";
  PrintLine(out, "", "count", {"value,p50", "p95", "p99", "max"}, "", "goal");
  for (const Row& row : rows_) {
    std::string cells[4];
    if (row.count == 0) {
      cells[0] = Number(FigureOf(row, kValue));
    } else {
      std::transform(std::begin(kColumns), std::end(kColumns), cells,
                     [&](const char* column) { return Number(FigureOf(row, column)); });
    }
    PrintLine(out, row.what, row.count == 0 ? "" : std::to_string(row.count), cells, row.unit, Verdict(row));
  }
  if (!remarks_.empty()) out << "\n";
  for (const std::string& words : remarks_) out << words << "\n";
}

void Report::PrintJson(std::ostream& out) const {
  Json json = {{"schema", "daftar.bench_ui/1"}, {"met", met()}, {"head", Json::object()}, {"rows", Json::array()}};
  for (const auto& [name, words] : head_) json["head"][name] = words;
  for (const Row& row : rows_) {
    Json figures = Json::object(), goals = Json::array();
    for (const auto& [name, figure] : row.figures) figures[name] = figure;
    for (const Goal& goal : row.goals) {
      const double missed = MissedBy(row, goal);
      goals.push_back({{"figure", goal.figure}, {"most", goal.most}, {"met", missed <= 0}, {"missed_by", missed}});
    }
    json["rows"].push_back(
        {{"what", row.what}, {"unit", row.unit}, {"count", row.count}, {"figures", figures}, {"goals", goals}});
  }
  json["remarks"] = remarks_;
  out << json.dump(2) << "\n";
}

}  // namespace daftar::app
