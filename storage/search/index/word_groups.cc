#include "storage/search/index/word_groups.h"

namespace daftar::search {
namespace {

constexpr uint64_t kLongestWord = 1024;

}  // namespace

size_t BeginningBytes(std::string_view word, int letters) {
  size_t at = 0;
  while (letters > 0 && at < word.size()) {
    ++at;
    while (at < word.size() && (static_cast<unsigned char>(word[at]) & 0xc0) == 0x80) ++at;
    --letters;
  }
  return letters == 0 ? at : 0;
}

bool BeginningCollector::EndsBefore(std::string_view word, std::string* beginning, std::vector<Posting>* out) {
  const std::string_view next = word.substr(0, BeginningBytes(word, letters_));
  if (words_ == 0 || next == beginning_) return false;
  const bool many = words_ >= kManyWords;
  if (many) *beginning = beginning_;
  Take(many ? out : nullptr);
  words_ = 0;
  return many;
}

void BeginningCollector::Add(std::string_view word, std::span<const Posting> postings) {
  const size_t bytes = BeginningBytes(word, letters_);
  if (bytes == 0) return;
  beginning_ = word.substr(0, bytes);
  ++words_;
  for (const Posting& posting : postings) {
    const uint8_t kind = posting.level >= kFirstNameLevel ? 2 : 1;
    uint8_t& best = best_[posting.doc];
    if (best == 0) touched_.push_back(posting.doc);
    best = std::max(best, kind);
  }
}

void BeginningCollector::Take(std::vector<Posting>* out) {
  const auto put = [&](uint32_t doc) {
    if (out != nullptr) out->push_back({doc, static_cast<uint8_t>(best_[doc] == 2 ? kFirstNameLevel : 0)});
    best_[doc] = 0;
  };
  if (out != nullptr) out->clear();
  // Sorting few is cheaper than looking at all.
  constexpr size_t kFew = 16;
  if (out != nullptr && touched_.size() > best_.size() / kFew) {
    for (uint32_t doc = 0; doc < best_.size(); ++doc) {
      if (best_[doc] != 0) put(doc);
    }
  } else {
    if (out != nullptr) std::sort(touched_.begin(), touched_.end());
    for (const uint32_t doc : touched_) put(doc);
  }
  touched_.clear();
}

std::string EncodeWords(std::span<const std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) {
    PutVarint(out, word.size());
    out += word;
  }
  return out;
}

StatusOr<std::vector<std::string>> DecodeWords(std::string_view bytes) {
  std::vector<std::string> words;
  Reader in(bytes);
  while (!in.done()) {
    words.emplace_back(in.Bytes(in.Varint(kLongestWord)));
    if (!in.ok()) return DataLoss("a list of words in the text index is damaged");
  }
  return words;
}

}  // namespace daftar::search
