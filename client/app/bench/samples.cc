#include "client/app/bench/samples.h"

#include <algorithm>
#include <cmath>

#include "storage/base/status.h"

namespace daftar::app {

void Samples::Add(double figure) {
  figures_.insert(std::upper_bound(figures_.begin(), figures_.end(), figure), figure);
}

double Samples::At(double part) const {
  DAFTAR_CHECK(!figures_.empty());
  // A part such as 0.99 is a little more or less than it says.
  const double rank = std::ceil(part * static_cast<double>(figures_.size()) - 1e-9);
  return figures_[static_cast<size_t>(std::clamp(rank, 1.0, static_cast<double>(figures_.size()))) - 1];
}

}  // namespace daftar::app
