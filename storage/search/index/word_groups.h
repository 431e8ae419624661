// What a segment says of its words besides their postings: which begin alike, which have one stem, which one skeleton.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/search/index/postings.h"

namespace daftar::search {

// A beginning of two or three letters gets postings of its own in a segment with at least so many words that begin so;
// with fewer, a query walks the words.
inline constexpr uint32_t kManyWords = 24;

// The first `letters` letters of a UTF-8 word, in bytes; 0 if it has fewer.
size_t BeginningBytes(std::string_view word, int letters);

// Joins the postings of words that begin alike. Names stand in level kFirstNameLevel, texts in level 0.
class BeginningCollector {
 public:
  BeginningCollector(int letters, uint32_t docs) : letters_(letters), best_(docs, 0) {}

  // The beginning that ends with this word, if it had many words: true, and its postings in `out`. REQUIRES: words
  // ascending.
  bool EndsBefore(std::string_view word, std::string* beginning, std::vector<Posting>* out);
  // Adds the word's postings.
  void Add(std::string_view word, std::span<const Posting> postings);

 private:
  void Take(std::vector<Posting>* out);

  const int letters_;
  std::vector<uint8_t> best_;  // per document: 0 none, 1 text, 2 name
  std::vector<uint32_t> touched_;
  std::string beginning_;
  uint32_t words_ = 0;
};

// Groups words by a key: stems, skeletons.
class WordGroups {
 public:
  void Add(std::string key, std::string_view word) { pairs_.emplace_back(std::move(key), word); }
  // Calls write(key, words) for each key, ascending; words as EncodeWords made them.
  template <typename Write>
  Status ForEach(Write write);

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

// The stored form of a list of words: varint length and bytes of each.
std::string EncodeWords(std::span<const std::string_view> words);
// DataLoss if the bytes are not that.
StatusOr<std::vector<std::string>> DecodeWords(std::string_view bytes);

template <typename Write>
Status WordGroups::ForEach(Write write) {
  std::sort(pairs_.begin(), pairs_.end());
  for (size_t begin = 0; begin < pairs_.size();) {
    std::vector<std::string_view> words;
    size_t end = begin;
    for (; end < pairs_.size() && pairs_[end].first == pairs_[begin].first; ++end) words.push_back(pairs_[end].second);
    DAFTAR_RETURN_IF_ERROR(write(pairs_[begin].first, words));
    begin = end;
  }
  return OkStatus();
}

}  // namespace daftar::search
