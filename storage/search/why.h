// Why a record answers a query: the text that holds its words, cut at words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/model/record.h"
#include "storage/search/analysis/tokenizer.h"
#include "storage/search/index/plan.h"
#include "storage/search/query/query.h"

namespace daftar::search {

// Explains the hits of one query. One thread at a time.
class Explainer {
 public:
  Explainer(const Node& query, const std::vector<Respelling>& respellings);

  // "name: Ансоруллоҳ", "account: … the cordon near Kevron …"; empty if no word of the query stands in a text of the
  // record.
  std::string Why(const Record& record);

 private:
  struct Sought {
    std::string word, stem, skeleton;
    bool prefix = false;
    std::vector<std::string> instead;
  };
  void Collect(const Node& node, const std::vector<Respelling>& respellings);
  // How well the word is met by one of a text: 3 as typed, 2 a beginning, 1 another form; 0 not at all.
  static int Likeness(const Sought& sought, std::string_view word);
  // The same for a word of tokenizer_, remembered.
  int Remembered(size_t sought, uint32_t word);
  // How well the words are met by the text in tokens_, and the place of the first met.
  int Likeness(size_t* first);
  std::string Snippet(std::string_view text, size_t first) const;

  std::vector<Sought> sought_;
  std::optional<Tokenizer> tokenizer_;  // made for the first record
  std::vector<Token> tokens_;
  std::vector<std::vector<int8_t>> remembered_;  // by sought word and number of the word met; -1: not known yet
};

}  // namespace daftar::search
