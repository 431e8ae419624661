// What was measured, each figure beside its goal: as a table for people, and as JSON.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/app/bench/samples.h"

namespace daftar::app {

// What a figure of a row may be at most.
struct Goal {
  std::string figure;  // its name
  double most = 0;
};

struct Row {
  std::string what;                                     // "frame of a list"
  std::string unit;                                     // "ms", "%"; empty: a number
  size_t count = 0;                                     // of what was measured; 0: it is one figure
  std::vector<std::pair<std::string, double>> figures;  // "p50", "p95", "p99" and "max", or "value"
  std::vector<Goal> goals;                              // empty: it stands there for comparison
};

// p50, p95, p99 and max of the figures; REQUIRES: there are any. One figure.
Row SpreadRow(std::string what, std::string unit, const Samples& samples, std::vector<Goal> goals = {});
Row ValueRow(std::string what, std::string unit, double value, std::optional<double> most = {});

class Report {
 public:
  // Said above the table: where and on what it was measured.
  void Say(const std::string& name, const std::string& words) { head_.emplace_back(name, words); }
  void Add(Row row) { rows_.push_back(std::move(row)); }
  // Said below it: single cases that the figures come from.
  void Remark(std::string words) { remarks_.push_back(std::move(words)); }

  // Every goal was met.
  bool met() const;
  void PrintTable(std::ostream& out) const;
  // {"schema": "daftar.bench_ui/1", "met": true, "head": {…}, "rows": [{"what", "unit", "count", "figures": {"p50": …},
  // "goals": [{"figure", "most", "met", "missed_by"}]}], "remarks": ["…"]}
  void PrintJson(std::ostream& out) const;

 private:
  std::vector<std::pair<std::string, std::string>> head_;
  std::vector<Row> rows_;
  std::vector<std::string> remarks_;
};

}  // namespace daftar::app
