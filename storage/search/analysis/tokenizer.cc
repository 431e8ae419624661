#include "storage/search/analysis/tokenizer.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <bitset>
#include <cstring>

#include "storage/search/analysis/fold.h"

namespace daftar::search {
namespace {

enum class Byte : uint8_t { kOfWord, kParts, kMayPart };

// What parts words, by bytes. Sequences of two bytes are all looked up, of three those of the blocks of general
// punctuation and of CJK punctuation; what is not found here stays within its run, and folding finds it.
struct Cuts {
  std::array<Byte, 256> byte{};
  std::bitset<0x800> two;          // by code point
  std::bitset<0x80> general, cjk;  // from U+2000, from U+3000

  Cuts() {
    for (char32_t c = 0; c < 0x80; ++c) byte[c] = PartsWords(c) ? Byte::kParts : Byte::kOfWord;
    for (char32_t c = 0x80; c < 0x800; ++c) {
      two[c] = PartsWords(c);
      if (two[c]) byte[0xc0 | (c >> 6)] = Byte::kMayPart;
    }
    for (char32_t c = 0; c < 0x80; ++c) {
      general[c] = PartsWords(0x2000 + c);
      cjk[c] = PartsWords(0x3000 + c);
    }
    byte[0xe2] = byte[0xe3] = Byte::kMayPart;
  }

  // The length of the character that parts words at `at`, which begins with a byte of kMayPart; 0: none.
  size_t Length(const uint8_t* at, size_t left) const {
    auto trails = [&](size_t i) { return i < left && (at[i] & 0xc0) == 0x80; };
    if (!trails(1)) return 0;
    if (at[0] < 0xe0) return two[(at[0] & 0x1f) << 6 | (at[1] & 0x3f)] ? 2 : 0;
    if (!trails(2) || at[1] > 0x81) return 0;
    const size_t low = (at[1] & 1) << 6 | (at[2] & 0x3f);
    return (at[0] == 0xe2 ? general : cjk)[low] ? 3 : 0;
  }
};

const Cuts& TheCuts() {
  static const Cuts& cuts = *new Cuts;
  return cuts;
}

uint64_t Load(const char* bytes, size_t size) {
  uint64_t value = 0;
  std::memcpy(&value, bytes, size);
  return value;
}

uint32_t Hash(std::string_view bytes) {
  constexpr uint64_t kOdd = 0x9e3779b97f4a7c15;
  uint64_t hash = bytes.size() * kOdd;
  auto mix = [&hash](uint64_t word) {
    hash = (hash ^ word) * kOdd;
    hash ^= hash >> 32;
  };
  const char* at = bytes.data();
  size_t left = bytes.size();
  for (; left >= 8; at += 8, left -= 8) mix(Load(at, 8));
  if (left >= 4) {
    mix(Load(at, 4) | Load(at + left - 4, 4) << 32);
  } else if (left > 0) {
    mix(static_cast<uint8_t>(at[0]) | static_cast<uint64_t>(static_cast<uint8_t>(at[left / 2])) << 8 |
        static_cast<uint64_t>(static_cast<uint8_t>(at[left - 1])) << 16);
  }
  return static_cast<uint32_t>(hash ^ hash >> 29);
}

bool IsAsciiWord(std::string_view run) {
  for (char c : run) {
    if (!(('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9'))) return false;
  }
  return true;
}

// Whether a run that folds to one word is that word from its first byte to its last: nothing at its ends is dropped.
bool BeginsAndEndsWithLetters(std::string_view run) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(run.data());
  int32_t at = 0, end = static_cast<int32_t>(run.size());
  UChar32 first = 0, last = 0;
  U8_NEXT_OR_FFFD(bytes, at, end, first);
  U8_PREV_OR_FFFD(bytes, 0, end, last);
  return u_isalpha(first) && (u_isalnum(last) || u_charType(last) == U_NON_SPACING_MARK);
}

}  // namespace

Tokenizer::Tokenizer(size_t max_spellings) : max_spellings_(max_spellings), slots_(1 << 10) {}

void Tokenizer::Tokenize(std::string_view text, std::vector<Token>* out) {
  out->clear();
  const Cuts& cuts = TheCuts();
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const size_t size = text.size();
  for (size_t at = 0; at < size;) {
    const size_t begin = at;
    size_t cut = 0;
    for (; at < size; ++at) {
      const Byte kind = cuts.byte[bytes[at]];
      if (kind == Byte::kOfWord) continue;
      cut = kind == Byte::kParts ? 1 : cuts.Length(bytes + at, size - at);
      if (cut > 0) break;
    }
    if (at > begin) AddRun(text, begin, at, out);
    at += cut;
  }
}

void Tokenizer::AddRun(std::string_view text, size_t begin, size_t end, std::vector<Token>* out) {
  const std::string_view run = text.substr(begin, end - begin);
  const uint32_t base = static_cast<uint32_t>(begin);
  const Token* tokens = nullptr;
  size_t count = 0;
  if (run.size() <= kMaxCachedBytes) {
    const Folded folded = Remember(run);
    if ((folded & kIsList) == 0) {
      out->push_back({folded, base, static_cast<uint32_t>(end)});
      return;
    }
    if (folded != ~Folded{0}) {
      tokens = &lists_[folded & ~kIsList] + 1;
      count = tokens[-1].word;
    }
  } else {
    Fold(run, &scratch_);
  }
  if (tokens == nullptr) {
    tokens = scratch_.data();
    count = scratch_.size();
  }
  for (size_t i = 0; i < count; ++i) {
    out->push_back({tokens[i].word, base + tokens[i].begin, base + tokens[i].end});
  }
}

// ~0 when the table is full; then scratch_ holds the tokens.
Tokenizer::Folded Tokenizer::Remember(std::string_view run) {
  const uint32_t hash = Hash(run);
  size_t mask = slots_.size() - 1;
  size_t i = hash & mask;
  for (; slots_[i].length != 0; i = (i + 1) & mask) {
    const Slot& slot = slots_[i];
    if (slot.hash == hash && slot.length == run.size() &&
        std::memcmp(keys_.data() + slot.key, run.data(), run.size()) == 0) {
      return slot.folded;
    }
  }
  const bool whole = Fold(run, &scratch_);
  if (used_ >= max_spellings_) return whole ? scratch_[0].word : ~Folded{0};
  Folded folded = 0;
  if (whole) {
    folded = scratch_[0].word;
  } else {
    folded = kIsList | static_cast<Folded>(lists_.size());
    lists_.push_back({static_cast<uint32_t>(scratch_.size()), 0, 0});
    lists_.insert(lists_.end(), scratch_.begin(), scratch_.end());
  }
  slots_[i] = {hash, static_cast<uint32_t>(keys_.size()), static_cast<uint32_t>(run.size()), folded};
  keys_.append(run);
  if (++used_ * 2 > slots_.size()) Grow();
  return folded;
}

bool Tokenizer::Fold(std::string_view run, std::vector<Token>* tokens) {
  tokens->clear();
  const uint32_t size = static_cast<uint32_t>(run.size());
  if (run.size() <= kMaxWordBytes && IsAsciiWord(run)) {
    char lower[kMaxWordBytes];
    for (size_t i = 0; i < run.size(); ++i) lower[i] = 'A' <= run[i] && run[i] <= 'Z' ? run[i] + 'a' - 'A' : run[i];
    tokens->push_back({Intern({lower, run.size()}), 0, size});
    return true;
  }
  if (BeginsAndEndsWithLetters(run)) {
    std::vector<std::string> words = FoldedWords(run);
    if (words.size() == 1) {
      tokens->push_back({Intern(words[0]), 0, size});
      return true;
    }
  }
  for (const FoldedSpan& span : FoldedSpans(run)) tokens->push_back({Intern(span.word), span.begin, span.end});
  return tokens->size() == 1 && tokens->front().begin == 0 && tokens->front().end == size;
}

void Tokenizer::Grow() {
  std::vector<Slot> slots(slots_.size() * 2);
  const size_t mask = slots.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.length == 0) continue;
    size_t i = slot.hash & mask;
    while (slots[i].length != 0) i = (i + 1) & mask;
    slots[i] = slot;
  }
  slots_ = std::move(slots);
}

uint32_t Tokenizer::Intern(std::string_view folded) {
  if (auto at = numbers_.find(folded); at != numbers_.end()) return at->second;
  const uint32_t number = static_cast<uint32_t>(words_.size());
  words_.emplace_back(folded);
  numbers_.emplace(words_.back(), number);
  return number;
}

}  // namespace daftar::search
