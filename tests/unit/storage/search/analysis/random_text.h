// Random texts that are hard to take apart: scripts mixed, marks in any order, joiners, full-width forms, ligatures,
// Hangul, emoji, punctuation of all kinds, and bytes that are no UTF-8.
#pragma once

#include <random>
#include <string>

namespace daftar::search {

class RandomText {
 public:
  explicit RandomText(uint32_t seed) : random_(seed) {}

  // Of at most `characters` characters.
  std::string Next(size_t characters) {
    std::string text;
    for (size_t left = Below(characters + 1); left > 0; --left) Put(&text);
    return text;
  }
  size_t Below(size_t limit) { return random_() % limit; }

  static void PutUtf8(char32_t c, std::string* out) {
    if (c < 0x80) {
      *out += static_cast<char>(c);
    } else if (c < 0x800) {
      *out += static_cast<char>(0xc0 | c >> 6);
      *out += static_cast<char>(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      *out += static_cast<char>(0xe0 | c >> 12);
      *out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
      *out += static_cast<char>(0x80 | (c & 0x3f));
    } else {
      *out += static_cast<char>(0xf0 | c >> 18);
      *out += static_cast<char>(0x80 | (c >> 12 & 0x3f));
      *out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
      *out += static_cast<char>(0x80 | (c & 0x3f));
    }
  }

 private:
  void Put(std::string* out) {
    static constexpr char32_t kOdd[] = {
        U'и',   U'е',   U'\'',  U'`',    0x0306,  0x0304,  0x0308,  0x0338, 0x0323, 0x0345, 0x0327, 0x200c, 0x200d,
        0x0640, 0x200e, 0x200f, 0x202e,  0xfeff,  0x00ad,  0x0653,  0x0654, 0x064b, 0x0670, 0x0649, 0x06c0, 0x06d5,
        0x0621, 0xfdf2, 0xfb01, 0xff21,  0xff07,  0xff11,  0x00bd,  0x00b4, 0x00a8, 0x2026, 0x2047, 0x1112, 0x1161,
        0x11ab, 0xac00, 0xd4db, 0x1f600, 0x1f1e6, 0x20e3,  0x302e,  0x3099, 0x304b, 0x0903, 0x093f, 0x0915, 0x2018,
        0x2019, 0x02bb, 0x2014, 0x00a0,  0x3000,  0x3002,  0x060c,  0x061b, 0x06f3, 0x0130, 0x0131, 0x1e9b, 0x00df,
        0x212b, 0x1fbe, 0x037a, 0x0f73,  0x16fe0, 0x1d165, 0xe0100, 0x2f800};
    static constexpr std::string_view kSigns = " .,-=<>/()\"';:!?\n_0aZ";
    switch (Below(12)) {
      case 0:
      case 1:
        *out += static_cast<char>('a' + Below(26));
        break;
      case 2:
        *out += kSigns[Below(kSigns.size())];
        break;
      case 3:
        PutUtf8(0x0410 + Below(0x60), out);
        break;
      case 4:
        PutUtf8(0x0600 + Below(0x100), out);
        break;
      case 5:
        PutUtf8(0x00a0 + Below(0x360), out);
        break;
      case 6:
        PutUtf8(0x2000 + Below(0x80), out);
        break;
      case 7:
        PutUtf8(Below(0xd800), out);
        break;
      case 8:
        *out += Below(4) == 0 ? std::string(1, static_cast<char>(0x80 + Below(0x80))) : " ";
        break;
      case 9:
        PutUtf8(Below(8) == 0 ? 0x10000 + Below(0x30000) : 0xe000 + Below(0x2000), out);
        break;
      default:
        PutUtf8(kOdd[Below(std::size(kOdd))], out);
    }
  }

  std::mt19937 random_;
};

}  // namespace daftar::search
