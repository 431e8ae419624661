#include "client/ui/text/bidi.h"

#include <algorithm>

namespace daftar::text {
namespace {

// Hebrew is the first script that runs from right to left; marks and formatting of direction come behind it, too.
constexpr char16_t kFirstRightToLeft = 0x0590;

bool MayRunRightToLeft(const std::u16string& units) {
  return std::any_of(units.begin(), units.end(), [](char16_t unit) { return unit >= kFirstRightToLeft; });
}

}  // namespace

Bidi::Bidi(const std::u16string& units, std::optional<bool> right_to_left) : size_(static_cast<int>(units.size())) {
  if (!right_to_left.value_or(false) && !MayRunRightToLeft(units)) return;
  Handle paragraph(ubidi_open(), &ubidi_close);
  UErrorCode error = U_ZERO_ERROR;
  const UBiDiLevel level = right_to_left ? (*right_to_left ? UBIDI_RTL : UBIDI_LTR) : UBIDI_DEFAULT_LTR;
  ubidi_setPara(paragraph.get(), units.data(), size_, level, nullptr, &error);
  if (U_FAILURE(error)) return;
  right_to_left_ = (ubidi_getParaLevel(paragraph.get()) & 1) != 0;
  paragraph_ = std::move(paragraph);
}

std::vector<DirectedRun> Bidi::Logical() const {
  if (paragraph_ == nullptr) return {{0, size_, false}};
  std::vector<DirectedRun> runs;
  for (int32_t begin = 0, end = 0; begin < size_; begin = end) {
    UBiDiLevel level = 0;
    ubidi_getLogicalRun(paragraph_.get(), begin, &end, &level);
    runs.push_back({begin, end, (level & 1) != 0});
  }
  return runs;
}

std::vector<DirectedRun> Bidi::Visual(int begin, int end) const {
  if (begin >= end) return {};
  const Handle line(paragraph_ == nullptr ? nullptr : ubidi_open(), &ubidi_close);
  if (line == nullptr) return {{begin, end, false}};
  UErrorCode error = U_ZERO_ERROR;
  ubidi_setLine(paragraph_.get(), begin, end, line.get(), &error);
  const int32_t count = ubidi_countRuns(line.get(), &error);
  if (U_FAILURE(error)) return {{begin, end, false}};
  std::vector<DirectedRun> runs;
  for (int32_t i = 0; i < count; ++i) {
    int32_t from = 0, length = 0;
    const UBiDiDirection direction = ubidi_getVisualRun(line.get(), i, &from, &length);
    runs.push_back({begin + from, begin + from + length, direction == UBIDI_RTL});
  }
  return runs;
}

}  // namespace daftar::text
