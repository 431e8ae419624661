// A query made ready for one segment: its words looked up in the dictionary.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "storage/search/index/leaf.h"
#include "storage/search/index/phrase.h"
#include "storage/search/query/query.h"

namespace daftar::search {

// The number of the segment of what is laid over the others; those of a store count from 1.
inline constexpr uint32_t kLaidSegment = UINT32_MAX;

// A record that a query names, with the day that it is sorted under.
struct NamedRecord {
  uint32_t rid = 0;
  int32_t day = INT32_MIN;
  bool laid = false;  // it is in kLaidSegment, with a rid of its own there
};

// What a query's names mean, for the index cannot know: the terms or the records of a node of op kNamed. Filled in by
// whoever holds the records.
struct Meaning {
  std::vector<std::string> terms;    // any of these; class byte and 16 bytes
  std::vector<NamedRecord> records;  // for fields that name records themselves: see NamesDocs
  bool cut = false;                  // there would be more of them
};
// Whether a name in the field stands for the records themselves, not for terms that they have.
inline bool NamesDocs(Field field) {
  return field == Field::kId || field == Field::kNote || field == Field::kIs || field == Field::kTag ||
         field == Field::kChanged;
}
using MeaningOf = std::function<StatusOr<Meaning>(const Node& named)>;

// A word that stands in no segment, with those that were taken instead.
struct Respelling {
  std::string word;
  std::vector<std::string> instead;
};

// One word of a query, over all segments.
struct WordUse {
  std::string folded;
  uint64_t docs = 0;      // that hold it, added up over segments
  bool forgiving = true;  // may be respelt if it stands nowhere
  bool wanted = true;     // not under NOT
};

struct PlanNode {
  Node::Op op = Node::Op::kEverything;
  std::vector<PlanNode> children;
  std::unique_ptr<Leaf> leaf;                                          // any of some terms
  std::unique_ptr<Phrase> phrase;                                      // kPhrase
  const Node* condition = nullptr;                                     // kDays, kNumber, kBox: owned by the query
  std::vector<uint32_t> docs;                                          // kNamed id: ascending
  size_t word = SIZE_MAX;                                              // kWord: its number among the words of the query
  std::vector<std::pair<size_t, std::unique_ptr<Leaf>>> phrase_words;  // kPhrase: for ranking
  uint64_t size = 0;                                                   // about how many documents

  // The leaves that ranking adds up, with the numbers of their words.
  void CollectWords(std::vector<std::pair<size_t, Leaf*>>& out);
};

// Makes the plans of one query for one segment after the other.
class Planner {
 public:
  explicit Planner(MeaningOf meaning_of) : meaning_of_(std::move(meaning_of)) {}

  // `query` must outlive the plan.
  StatusOr<PlanNode> Plan(const Segment& segment, const Node& query);
  // The same after words() has been seen: those that stand nowhere are taken as what is nearest.
  void Forgive(std::vector<Respelling> respellings) { respellings_ = std::move(respellings); }
  // The words of the query, in order, as far as Plan has met them.
  const std::vector<WordUse>& words() const { return words_; }

 private:
  StatusOr<PlanNode> PlanNodeOf(const Segment& segment, const Node& node, bool wanted);
  StatusOr<PlanNode> PlanText(const Segment& segment, const Node& node, bool wanted);
  StatusOr<PlanNode> PlanWord(const Segment& segment, const Node& node, const std::string& folded, bool wanted);
  StatusOr<PlanNode> PlanPhrase(const Segment& segment, const Node& node, const std::vector<std::string>& words,
                                bool wanted);
  StatusOr<PlanNode> PlanCodes(const Segment& segment, const Node& node);
  StatusOr<PlanNode> PlanNamed(const Segment& segment, const Node& node);
  StatusOr<PlanNode> PlanTerms(const Segment& segment, const std::vector<std::string>& terms);
  Status AddForms(const Segment& segment, const Node& node, const std::string& folded, uint8_t levels, Leaf& leaf);
  Status AddBeginning(const Segment& segment, const std::string& folded, uint8_t levels, Leaf& leaf);
  // The number of the next word in this plan.
  size_t NextWord(const std::string& folded, bool forgiving, bool wanted);

  MeaningOf meaning_of_;
  std::vector<WordUse> words_;
  std::vector<Respelling> respellings_;
  size_t next_word_ = 0;
  std::vector<std::pair<const Node*, Meaning>> meanings_;
};

}  // namespace daftar::search
