#include <array>

#include "storage/search/analysis/fold.h"

// Sounds are written as one ASCII letter each; several that newspapers confuse are one. A letter that is dropped is a
// vowel to all rules: it parts the letters beside it.
namespace daftar::search {
namespace {

constexpr char kVowel = '\0';

enum class Script { kOther, kLatin, kCyrillic, kArabic };

struct Sound {
  char32_t letter;
  char sound;
};

constexpr Sound kCyrillic[] = {
    // Russian
    {U'б', 'b'},
    {U'г', 'g'},
    {U'д', 'd'},
    {U'ж', 'z'},
    {U'з', 'z'},
    {U'к', 'k'},
    {U'л', 'l'},
    {U'м', 'm'},
    {U'н', 'n'},
    {U'п', 'p'},
    {U'р', 'r'},
    {U'с', 's'},
    {U'т', 't'},
    {U'ф', 'f'},
    {U'х', 'h'},
    {U'ц', 's'},
    {U'ч', 'c'},
    {U'ш', 's'},
    {U'щ', 's'},
    // Tajik, Uzbek, Kyrgyz, Kazakh, Uyghur
    {U'ғ', 'g'},
    {U'қ', 'k'},
    {U'ҳ', 'h'},
    {U'ҷ', 'j'},
    {U'һ', 'h'},
    {U'җ', 'j'},
    {U'ң', 'n'},
    {U'ґ', 'g'},
};

constexpr Sound kArabic[] = {
    // Arabic, Persian
    {U'ب', 'b'},
    {U'پ', 'p'},
    {U'ت', 't'},
    {U'ث', 's'},
    {U'ج', 'j'},
    {U'چ', 'c'},
    {U'ح', 'h'},
    {U'خ', 'h'},
    {U'د', 'd'},
    {U'ذ', 'z'},
    {U'ر', 'r'},
    {U'ز', 'z'},
    {U'ژ', 'z'},
    {U'س', 's'},
    {U'ش', 's'},
    {U'ص', 's'},
    {U'ض', 'z'},
    {U'ط', 't'},
    {U'ظ', 'z'},
    {U'غ', 'g'},
    {U'ف', 'f'},
    {U'ق', 'k'},
    {U'ك', 'k'},
    {U'گ', 'g'},
    {U'ل', 'l'},
    {U'م', 'm'},
    {U'ن', 'n'},
    {U'ه', 'h'},
    // Pashto, Urdu, Uyghur
    {U'ټ', 't'},
    {U'ځ', 'z'},
    {U'څ', 's'},
    {U'ډ', 'd'},
    {U'ړ', 'r'},
    {U'ږ', 'z'},
    {U'ښ', 's'},
    {U'ڼ', 'n'},
    {U'ٹ', 't'},
    {U'ڈ', 'd'},
    {U'ڑ', 'r'},
    {U'ڭ', 'n'},
};

// Sounds by letter, for U+0400–06FF.
struct Sounds {
  std::array<char, 0x300> of{};
  constexpr Sounds() {
    for (const Sound& sound : kCyrillic) of[sound.letter - 0x400] = sound.sound;
    for (const Sound& sound : kArabic) of[sound.letter - 0x400] = sound.sound;
  }
};
constexpr Sounds kSounds;

// What the press writes with several letters, longest first. Russian дж and Latin dj, dzh are ҷ.
constexpr std::pair<std::u32string_view, char> kSpellings[] = {
    {U"dzh", 'j'}, {U"tch", 'c'}, {U"kh", 'h'}, {U"gh", 'g'}, {U"sh", 's'}, {U"zh", 'z'}, {U"ch", 'c'}, {U"ph", 'f'},
    {U"dh", 'd'},  {U"th", 't'},  {U"dj", 'j'}, {U"ck", 'k'}, {U"ts", 's'}, {U"дж", 'j'}, {U"ий", 0},   {U"لل", 'l'},
};

Script ScriptOf(char32_t c) {
  if (c < 0x80) return Script::kLatin;
  if (0x400 <= c && c < 0x530) return Script::kCyrillic;
  if (0x600 <= c && c < 0x700) return Script::kArabic;
  return Script::kOther;
}

char SoundOf(char32_t c) {
  if (c < 0x80) {
    switch (c) {
      case 'a':
      case 'e':
      case 'i':
      case 'o':
      case 'u':
      case 'v':
      case 'w':
      case 'y':
        return kVowel;
      case 'q':
        return 'k';
      case 'x':
        return 'h';
      default:
        return static_cast<char>(c);
    }
  }
  return 0x400 <= c && c < 0x700 ? kSounds.of[c - 0x400] : kVowel;
}

// The letters of a folded word, which is valid UTF-8; of other bytes something harmless.
std::u32string Letters(std::string_view utf8) {
  std::u32string letters;
  for (size_t i = 0; i < utf8.size();) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    const size_t size = byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    char32_t c = size == 1 ? byte : byte & (0x7f >> size);
    for (size_t k = 1; k < size && i + k < utf8.size(); ++k) c = c << 6 | (utf8[i + k] & 0x3f);
    letters += c;
    i += size;
  }
  return letters;
}

// Whether a word begins with a vowel in every script: that is heard by all who write it down, though not which one.
// Russian е, ё, ю, я begin with a glide, and so does what others write of them.
bool BeginsWithVowel(std::u32string_view word) {
  return !word.empty() && std::u32string_view(U"aeiouаиоуыэәөүұіاع").find(word[0]) != std::u32string_view::npos;
}

bool StartsWith(std::u32string_view text, std::u32string_view start) { return text.substr(0, start.size()) == start; }
bool EndsWith(std::u32string_view text, std::u32string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// The Arabic article is written, but its l not spoken, before letters of the tongue: سراج الدین is Sirajuddin,
// عبدالرحمن Abdurrahman. At the beginning it is dropped whole, as التحریر is Tahrir; within a word its l, where no root
// is likely: خالد is Khalid.
std::u32string WithoutSilentArticle(std::u32string word) {
  constexpr std::u32string_view kArticle = U"ال", kTongue = U"تثدذرزسشصضطظلن";
  // الاسلامیه is Islamiya.
  if (StartsWith(word, U"الا") && word.size() >= 6) word.erase(0, 2);
  auto is_silent = [&](size_t at) { return at + 2 < word.size() && kTongue.find(word[at + 2]) != kTongue.npos; };
  if (StartsWith(word, kArticle) && word.size() >= 5 && is_silent(0)) word.erase(0, 2);
  for (size_t at = word.find(kArticle); at != std::u32string::npos; at = word.find(kArticle, at + 1)) {
    const std::u32string_view rest = std::u32string_view(word).substr(at + 2);
    const bool is_servant = at == 3 && StartsWith(word, U"عبد");
    if (is_silent(at) && (is_servant || rest == U"دين" || rest == U"له")) word.erase(at + 1, 1);
  }
  return word;
}

// A last h is not heard: Abdullah is Abdullo. Russian writes it х where Tajik has ҳ, but х and kh are heard elsewhere,
// as in Balkh, so that they go only after l and a vowel.
std::u32string WithoutLastH(std::u32string word) {
  for (std::u32string_view end : {U"lokh", U"lakh"}) {
    if (EndsWith(word, end)) word.resize(word.size() - 2);
  }
  const bool mute = EndsWith(word, U"лох") || EndsWith(word, U"лах") || EndsWith(word, U"ҳ") || EndsWith(word, U"ه") ||
                    (EndsWith(word, U"h") && word.size() > 1 && SoundOf(word[word.size() - 2]) == kVowel);
  if (mute) word.pop_back();
  return word;
}

}  // namespace

std::string Skeleton(std::string_view folded_word) {
  std::u32string word = Letters(folded_word);
  for (char32_t c : word) {
    if ('0' <= c && c <= '9') return "";
  }
  word = WithoutLastH(WithoutSilentArticle(std::move(word)));
  // Russian has no h: Герат is Herat, Гиссар Hisor.
  if (StartsWith(word, U"ге") || StartsWith(word, U"ги")) word[0] = U'х';
  // Khumb is Khum.
  for (std::u32string_view end : {U"mb", U"мб", U"مب"}) {
    if (EndsWith(word, end)) word.pop_back();
  }
  std::string skeleton;
  char before = kVowel;
  for (std::u32string_view rest = word; !rest.empty();) {
    char sound = SoundOf(rest[0]);
    size_t size = 1;
    for (const auto& [spelling, meant] : kSpellings) {
      if (!StartsWith(rest, spelling)) continue;
      sound = meant;
      size = spelling.size();
      break;
    }
    // Doubles are one sound, but where the vowels between are not written.
    if (sound != kVowel && (sound != before || ScriptOf(rest[0]) == Script::kArabic)) skeleton += sound;
    before = sound;
    rest.remove_prefix(size);
  }
  if (skeleton.size() < 3) return "";
  // Cities end in -kent or -kand: Tashkent is Тошканд.
  if (skeleton.size() > 3 && skeleton.compare(skeleton.size() - 3, 3, "knt") == 0) skeleton.back() = 'd';
  return BeginsWithVowel(word) ? "a" + skeleton : skeleton;
}

}  // namespace daftar::search
