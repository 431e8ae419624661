// Where characters and words end in UTF-8, as a reader counts them (ICU): an accent, a joiner, the second half of a
// flag belong to the character before them. Bytes; the text is valid UTF-8. One thread.
#pragma once

#include <unicode/ubrk.h>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace daftar::text {

class Boundaries {
 public:
  enum class Of { kCharacters, kWords };
  explicit Boundaries(Of what) : what_(what), breaks_(nullptr, &ubrk_close) {}

  // The first one behind that byte; at the end of the text, the end.
  size_t After(std::string_view text, size_t byte);
  // The last one before it; at the beginning, the beginning.
  size_t Before(std::string_view text, size_t byte);
  bool At(std::string_view text, size_t byte);
  // Those in [begin, end], both of which are among them.
  std::vector<size_t> All(std::string_view text, size_t begin, size_t end);

 private:
  template <typename Answer>
  Answer Ask(std::string_view text, Answer (*question)(UBreakIterator*, size_t), size_t byte);

  // Opened when it is first needed: a form has many fields, and few are edited.
  UBreakIterator* Breaks();

  const Of what_;
  std::unique_ptr<UBreakIterator, decltype(&ubrk_close)> breaks_;
};

}  // namespace daftar::text
