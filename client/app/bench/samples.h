// Figures of one sort, and what stands in the middle and at the far end of them.
#pragma once

#include <cstddef>
#include <vector>

namespace daftar::app {

class Samples {
 public:
  void Add(double figure);
  size_t size() const { return figures_.size(); }
  // The smallest figure that so many of them, as a part of 1, do not exceed: 0.5 is the median, 1 the largest.
  // REQUIRES: there are any.
  double At(double part) const;

 private:
  std::vector<double> figures_;  // in order
};

}  // namespace daftar::app
