#include "client/ui/arabic.h"

#include <unicode/ubidi.h>
#include <unicode/ushape.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <memory>

namespace daftar::ui {
namespace {

// Hebrew, Arabic, Syriac, Thaana and N'Ko begin with the bytes D6 … DF in UTF-8; presentation forms with EF.
bool MayRunRightToLeft(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return (byte >= 0xD6 && byte <= 0xDF) || byte == 0xEF;
  });
}

std::u16string ToUtf16(std::string_view text) {
  std::u16string out(text.size(), u'\0');
  int32_t length = 0;
  UErrorCode error = U_ZERO_ERROR;
  u_strFromUTF8(out.data(), static_cast<int32_t>(out.size()), &length, text.data(), static_cast<int32_t>(text.size()),
                &error);
  out.resize(U_SUCCESS(error) ? static_cast<size_t>(length) : 0);
  return out;
}

std::string ToUtf8(const std::u16string& text) {
  std::string out(text.size() * 3, '\0');
  int32_t length = 0;
  UErrorCode error = U_ZERO_ERROR;
  u_strToUTF8(out.data(), static_cast<int32_t>(out.size()), &length, text.data(), static_cast<int32_t>(text.size()),
              &error);
  out.resize(U_SUCCESS(error) ? static_cast<size_t>(length) : 0);
  return out;
}

// Joins the letters, in logical order. Empty on failure.
std::u16string Shape(const std::u16string& logical) {
  std::u16string out(logical.size() * 2 + 1, u'\0');
  UErrorCode error = U_ZERO_ERROR;
  int32_t length =
      u_shapeArabic(logical.data(), static_cast<int32_t>(logical.size()), out.data(), static_cast<int32_t>(out.size()),
                    U_SHAPE_LETTERS_SHAPE | U_SHAPE_TEXT_DIRECTION_LOGICAL | U_SHAPE_LENGTH_GROW_SHRINK, &error);
  out.resize(U_SUCCESS(error) ? static_cast<size_t>(length) : 0);
  return out;
}

// Puts the runs into the order in which they are seen. Empty on failure.
std::u16string Reorder(const std::u16string& shaped) {
  std::unique_ptr<UBiDi, decltype(&ubidi_close)> bidi(ubidi_open(), &ubidi_close);
  std::u16string out(shaped.size() * 2 + 1, u'\0');
  UErrorCode error = U_ZERO_ERROR;
  ubidi_setPara(bidi.get(), shaped.data(), static_cast<int32_t>(shaped.size()), UBIDI_DEFAULT_LTR, nullptr, &error);
  // Without KEEP_BASE_COMBINING a hamza falls on the wrong side of its letter.
  int32_t length = ubidi_writeReordered(bidi.get(), out.data(), static_cast<int32_t>(out.size()),
                                        UBIDI_DO_MIRRORING | UBIDI_KEEP_BASE_COMBINING, &error);
  out.resize(U_SUCCESS(error) ? static_cast<size_t>(length) : 0);
  return out;
}

}  // namespace

std::string Visual(std::string_view logical) {
  if (!MayRunRightToLeft(logical)) return std::string(logical);
  std::string seen = ToUtf8(Reorder(Shape(ToUtf16(logical))));
  return seen.empty() ? std::string(logical) : seen;
}

}  // namespace daftar::ui
