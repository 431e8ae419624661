// Text that was set, kept while it is on the screen: a frame asks for the same lines as the one before. One thread.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "client/ui/text/typesetter.h"

namespace daftar::text {

class LineCache {
 public:
  explicit LineCache(FontSet& fonts) : setter_(fonts) {}

  // As Typesetter has it. What they return stays for this frame and the next.
  const Line& Set(std::string_view text, Face face);
  const Line& SetWithin(std::string_view text, Face face, float width);
  const std::vector<Line>& Wrap(std::string_view text, Face face, float width,
                                SpacesAtEnd spaces = SpacesAtEnd::kDropped);

  // A frame begins: what the last one did not ask for may be forgotten.
  void BeginFrame();
  size_t size() const { return kept_.size(); }
  // Roughly what is kept takes.
  size_t bytes() const { return bytes_; }

  // So many bytes are kept without looking which are still needed.
  static constexpr size_t kMany = 2 << 20;

 private:
  enum class How : char { kSet, kWithin, kWrap, kWrapTyped };
  struct Kept {
    std::vector<Line> lines;
    uint64_t frame = 0;  // that asked for it last
    size_t bytes = 0;
  };
  Kept& Find(std::string_view text, Face face, How how, float width);

  Typesetter setter_;
  std::unordered_map<std::string, Kept> kept_;
  size_t bytes_ = 0;
  uint64_t frame_ = 1;
};

}  // namespace daftar::text
