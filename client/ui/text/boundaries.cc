#include "client/ui/text/boundaries.h"

#include <unicode/utext.h>

#include "storage/base/status.h"

namespace daftar::text {
namespace {

// UTF-8 as ICU walks it, without a copy.
class Walked {
 public:
  Walked(UBreakIterator* breaks, std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    utext_openUTF8(&text_, text.data(), static_cast<int64_t>(text.size()), &error);
    ubrk_setUText(breaks, &text_, &error);
    DAFTAR_CHECK(U_SUCCESS(error));
  }
  ~Walked() { utext_close(&text_); }
  Walked(const Walked&) = delete;
  Walked& operator=(const Walked&) = delete;

 private:
  UText text_ = UTEXT_INITIALIZER;
};

}  // namespace

UBreakIterator* Boundaries::Breaks() {
  if (breaks_ == nullptr) {
    UErrorCode error = U_ZERO_ERROR;
    breaks_.reset(ubrk_open(what_ == Of::kWords ? UBRK_WORD : UBRK_CHARACTER, "", nullptr, 0, &error));
    DAFTAR_CHECK(U_SUCCESS(error));  // ICU comes with them
  }
  return breaks_.get();
}

template <typename Answer>
Answer Boundaries::Ask(std::string_view text, Answer (*question)(UBreakIterator*, size_t), size_t byte) {
  const Walked walked(Breaks(), text);
  return question(breaks_.get(), byte);
}

size_t Boundaries::After(std::string_view text, size_t byte) {
  if (byte >= text.size()) return text.size();
  const auto after = [](UBreakIterator* breaks, size_t at) { return ubrk_following(breaks, static_cast<int32_t>(at)); };
  const int32_t found = Ask<int32_t>(text, after, byte);
  return found == UBRK_DONE ? text.size() : static_cast<size_t>(found);
}

size_t Boundaries::Before(std::string_view text, size_t byte) {
  if (byte == 0) return 0;
  const auto before = [](UBreakIterator* breaks, size_t at) {
    return ubrk_preceding(breaks, static_cast<int32_t>(at));
  };
  const int32_t found = Ask<int32_t>(text, before, byte);
  return found == UBRK_DONE ? 0 : static_cast<size_t>(found);
}

bool Boundaries::At(std::string_view text, size_t byte) {
  if (byte == 0 || byte >= text.size()) return byte == 0 || byte == text.size();
  const auto at = [](UBreakIterator* breaks, size_t here) {
    return ubrk_isBoundary(breaks, static_cast<int32_t>(here)) != 0;
  };
  return Ask<bool>(text, at, byte);
}

std::vector<size_t> Boundaries::All(std::string_view text, size_t begin, size_t end) {
  std::vector<size_t> all{begin};
  const Walked walked(Breaks(), text);
  while (all.back() < end) {
    const int32_t next = ubrk_following(breaks_.get(), static_cast<int32_t>(all.back()));
    if (next == UBRK_DONE || static_cast<size_t>(next) >= end) break;
    all.push_back(static_cast<size_t>(next));
  }
  if (all.back() < end) all.push_back(end);
  return all;
}

}  // namespace daftar::text
