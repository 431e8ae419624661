// What text may hold: see TextProblem in validate.h.
#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

#include <cstdio>
#include <limits>

#include "storage/model/validate.h"

namespace daftar {
namespace {

bool IsControl(UChar32 c) { return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c <= 0x9f); }

// Embeddings and overrides: they make text read as something it is not. Isolates and marks are harmless.
bool IsBidiOverride(UChar32 c) { return c >= 0x202a && c <= 0x202e; }

std::string Named(UChar32 c) {
  char text[16];
  std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(c));
  return text;
}

bool IsNfc(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) return false;
  return nfc->isNormalizedUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), error) &&
         U_SUCCESS(error);
}

}  // namespace

std::optional<std::string> TextProblem(std::string_view text) {
  if (text.size() > static_cast<size_t>(std::numeric_limits<int32_t>::max())) return "is longer than 2 GiB";
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  int32_t size = static_cast<int32_t>(text.size());
  bool ascii = true;
  for (int32_t at = 0; at < size;) {
    int32_t start = at;
    UChar32 c;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) return "is not valid UTF-8 at byte " + std::to_string(start);
    if (IsControl(c)) return "holds the control character " + Named(c) + " at byte " + std::to_string(start);
    if (IsBidiOverride(c)) {
      return "holds the direction override " + Named(c) + " at byte " + std::to_string(start) + ": remove it";
    }
    ascii = ascii && c < 0x80;
  }
  if (!ascii && !IsNfc(text)) return "is not in Unicode normal form C: compose the accents";
  return std::nullopt;
}

std::vector<FieldProblem> ValidatePush(const v1::Mutation& mutation) {
  std::vector<FieldProblem> problems;
  auto check = [&problems](const char* path, const std::string& text, size_t most) {
    if (text.size() > most) {
      problems.push_back({path, "takes " + std::to_string(text.size()) + " bytes; at most " + std::to_string(most)});
    } else if (std::optional<std::string> problem = TextProblem(text)) {
      problems.push_back({path, *problem});
    }
  };
  check("author", mutation.author(), kMaxAuthorBytes);
  check("reason", mutation.reason(), kMaxReasonBytes);
  return problems;
}

}  // namespace daftar
