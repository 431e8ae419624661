#include "client/ui/text/clean_text.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/utf8.h>

#include "storage/base/status.h"

namespace daftar::text {
namespace {

constexpr UChar32 kNextLine = 0x85, kLineSeparator = 0x2028, kParagraphSeparator = 0x2029, kByteOrderMark = 0xFEFF;

bool IsControl(UChar32 c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }
// Embeddings and overrides, which can make a text read otherwise than it is written.
bool IsOverride(UChar32 c) { return c >= 0x202A && c <= 0x202E; }

const icu::Normalizer2& Nfc() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  DAFTAR_CHECK(U_SUCCESS(error) && nfc != nullptr);  // ICU comes with it
  return *nfc;
}

void Append(std::string& out, UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out.append(bytes, static_cast<size_t>(size));
}

// False at what is not UTF-8, if that is not replaced.
bool Clean(std::string_view text, bool replace, std::string& out) {
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, size, c);
    if (c < 0 && !replace) return false;
    if (c < 0) c = 0xFFFD;
    if (c == '\r' && at < size && text[static_cast<size_t>(at)] == '\n') continue;
    if (c == '\r' || c == kNextLine || c == kLineSeparator || c == kParagraphSeparator) c = '\n';
    if ((IsControl(c) && c != '\n' && c != '\t') || IsOverride(c) || c == kByteOrderMark) continue;
    Append(out, c);
  }
  return true;
}

bool BeginsAnew(UChar32 c) { return Nfc().hasBoundaryBefore(c) != 0; }

}  // namespace

std::optional<std::string> CleanText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  if (!Clean(text, false, out)) return std::nullopt;
  return out;
}

std::string ShownText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  Clean(text, true, out);
  return Composed(out);
}

std::string Composed(std::string_view text) {
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  UErrorCode error = U_ZERO_ERROR;
  if (Nfc().isNormalizedUTF8(piece, error) && U_SUCCESS(error)) return std::string(text);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  error = U_ZERO_ERROR;
  Nfc().normalizeUTF8(0, piece, sink, nullptr, error);
  DAFTAR_CHECK(U_SUCCESS(error));  // it fails for lack of memory alone
  return out;
}

size_t ComposingBegin(std::string_view text, size_t byte) {
  auto at = static_cast<int32_t>(byte);
  while (at > 0) {
    UChar32 c = 0;
    U8_PREV(text.data(), 0, at, c);
    if (BeginsAnew(c)) break;
  }
  return static_cast<size_t>(at);
}

size_t ComposingEnd(std::string_view text, size_t byte) {
  auto at = static_cast<int32_t>(byte);
  const auto size = static_cast<int32_t>(text.size());
  while (at < size) {
    int32_t next = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), next, size, c);
    if (BeginsAnew(c)) break;
    at = next;
  }
  return static_cast<size_t>(at);
}

bool ComposesBackwards(std::string_view text) { return ComposingEnd(text, 0) > 0; }

}  // namespace daftar::text
