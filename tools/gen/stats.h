// Figures of a generated dataset and of what a load cost.
#pragma once

#include <cstdint>
#include <ostream>

#include "storage/base/clock.h"
#include "storage/log/bulk_load.h"
#include "storage/view/view.h"
#include "tools/gen/generator.h"

namespace daftar::gen {

// Wall and processor time from its making on. Processor time is that of the whole process.
class Stopwatch {
 public:
  explicit Stopwatch(const Clock& clock);
  double WallSeconds() const;
  double CpuSeconds() const;

 private:
  const Clock& clock_;
  const int64_t wall_ms_;
  const double cpu_seconds_;
};

// Generates everything once, and tells counts and mean sizes by kind, and what it took. Cancelled if `progress` says
// so.
Status TellGenerated(const GeneratorOptions& options, const Clock& clock, const Progress& progress, std::ostream& out);
// What a load took, records a second, and the file by table.
void TellLoaded(const BulkLoaded& loaded, const Stopwatch& watch, std::ostream& out);

}  // namespace daftar::gen
