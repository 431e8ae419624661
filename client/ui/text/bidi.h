// The directions of a paragraph, by the Unicode bidirectional algorithm. ICU's.
#pragma once

#include <unicode/ubidi.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace daftar::text {

// Units [begin, end) of a paragraph that run one way.
struct DirectedRun {
  int begin = 0, end = 0;
  bool right_to_left = false;
};

class Bidi {
 public:
  // `units` outlives it. Without `right_to_left` the first letter that has a direction says which way the paragraph
  // runs.
  explicit Bidi(const std::u16string& units, std::optional<bool> right_to_left = std::nullopt);

  bool right_to_left() const { return right_to_left_; }
  // In the order of the text.
  std::vector<DirectedRun> Logical() const;
  // Those of the line [begin, end), from left to right.
  std::vector<DirectedRun> Visual(int begin, int end) const;

 private:
  using Handle = std::unique_ptr<UBiDi, decltype(&ubidi_close)>;
  // Null for text that runs one way, as most does, and where ICU fails: it is then seen from left to right.
  Handle paragraph_{nullptr, &ubidi_close};
  int size_;
  bool right_to_left_ = false;
};

}  // namespace daftar::text
