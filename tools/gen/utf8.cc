#include "tools/gen/utf8.h"

namespace daftar::gen {
namespace {

// The capital of a letter of two bytes, U+0080 to U+07FF; the letter itself if it is one or has none.
unsigned CapitalOf(unsigned letter) {
  if (letter >= 0x430 && letter <= 0x44f) return letter - 0x20;  // а to я
  if (letter == 0x451) return 0x401;                             // ё
  const bool tajik = letter == 0x493 || letter == 0x49b || letter == 0x4b3 || letter == 0x4b7 || letter == 0x4e3 ||
                     letter == 0x4ef;  // ғ қ ҳ ҷ ӣ ӯ stand behind their capitals
  return tajik ? letter - 1 : letter;
}

}  // namespace

std::string Capitalised(std::string_view text) {
  std::string out(text);
  if (out.empty()) return out;
  if (out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 'a' + 'A');
  if (FirstSize(out) != 2) return out;
  const unsigned letter =
      (static_cast<unsigned char>(out[0]) & 0x1fu) << 6 | (static_cast<unsigned char>(out[1]) & 0x3fu);
  const unsigned capital = CapitalOf(letter);
  out[0] = static_cast<char>(0xc0 | capital >> 6);
  out[1] = static_cast<char>(0x80 | (capital & 0x3f));
  return out;
}

}  // namespace daftar::gen
