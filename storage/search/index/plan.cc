#include "storage/search/index/plan.h"

#include <algorithm>

#include "storage/search/analysis/fold.h"
#include "storage/search/analysis/stem.h"
#include "storage/search/index/index_doc.h"
#include "storage/search/index/levels.h"
#include "storage/search/index/word_groups.h"

namespace daftar::search {
namespace {

using Op = Node::Op;

// A beginning is joined from its words up to so many; above it the segment has its postings ready for two or three
// letters.
constexpr int kReadyLetters = 3;

std::string Term(char term_class, std::string_view rest) {
  std::string term(1, term_class);
  term += rest;
  return term;
}

uint8_t LevelsOf(Field field) {
  if (field == Field::kTitle) return kNameLevels;
  return field == Field::kText ? kTextLevels : kAllLevels;
}

char ClassOf(Field field) {
  switch (field) {
    case Field::kCountry:
      return term_class::kCountry;
    case Field::kKind:
      return term_class::kKind;
    case Field::kType:
      return term_class::kType;
    case Field::kTag:
      return term_class::kTag;
    case Field::kGrade:
      return term_class::kGrade;
    case Field::kMarking:
      return term_class::kMarking;
    case Field::kReview:
      return term_class::kReview;
    default:
      return term_class::kHas;
  }
}

uint64_t SizeOfAnd(const PlanNode& node) {
  uint64_t size = UINT64_MAX;
  for (const PlanNode& child : node.children) {
    if (child.op != Op::kNot) size = std::min(size, child.size);
  }
  return size;
}

}  // namespace

void PlanNode::CollectWords(std::vector<std::pair<size_t, Leaf*>>& out) {
  if (op == Op::kNot) return;
  if (op == Op::kWord && leaf != nullptr) out.push_back({word, leaf.get()});
  for (auto& [number, own] : phrase_words) out.push_back({number, own.get()});
  for (PlanNode& child : children) child.CollectWords(out);
}

StatusOr<PlanNode> Planner::Plan(const Segment& segment, const Node& query) {
  next_word_ = 0;
  return PlanNodeOf(segment, query, true);
}

size_t Planner::NextWord(const std::string& folded, bool forgiving, bool wanted) {
  const size_t number = next_word_++;
  if (number == words_.size()) words_.push_back({folded, 0, forgiving, wanted});
  return number;
}

StatusOr<PlanNode> Planner::PlanNodeOf(const Segment& segment, const Node& node, bool wanted) {
  PlanNode plan;
  plan.op = node.op;
  switch (node.op) {
    case Op::kEverything:
      plan.size = segment.docs();
      return plan;
    case Op::kAnd:
    case Op::kOr:
    case Op::kNot:
      for (const Node& child : node.children) {
        DAFTAR_ASSIGN_OR_RETURN(PlanNode own, PlanNodeOf(segment, child, wanted && node.op != Op::kNot));
        plan.size += own.size;
        plan.children.push_back(std::move(own));
      }
      if (node.op == Op::kAnd) {
        plan.size = SizeOfAnd(plan);
        // The rarest first; what is taken away last.
        std::stable_sort(plan.children.begin(), plan.children.end(), [](const PlanNode& a, const PlanNode& b) {
          return std::pair(a.op == Op::kNot, a.size) < std::pair(b.op == Op::kNot, b.size);
        });
      }
      return plan;
    case Op::kWord:
    case Op::kPhrase:
      return PlanText(segment, node, wanted);
    case Op::kNamed:
      return PlanNamed(segment, node);
    case Op::kCode:
      return PlanCodes(segment, node);
    case Op::kDays:
    case Op::kNumber:
    case Op::kBox:
      plan.condition = &node;
      // Asked last: a column is scanned only where the words have left something.
      plan.size = segment.docs();
      return plan;
  }
  return Internal("a query has a node of an unknown sort");
}

StatusOr<PlanNode> Planner::PlanText(const Segment& segment, const Node& node, bool wanted) {
  const std::vector<std::string> words = FoldedWords(node.text);
  if (words.size() == 1) return PlanWord(segment, node, words[0], wanted);
  if (!words.empty()) return PlanPhrase(segment, node, words, wanted);
  PlanNode everything;  // signs alone say nothing
  everything.size = segment.docs();
  return everything;
}

StatusOr<PlanNode> Planner::PlanWord(const Segment& segment, const Node& node, const std::string& folded, bool wanted) {
  const bool exact = node.exact || node.op == Op::kPhrase;
  PlanNode plan;
  plan.op = Op::kWord;
  plan.word = NextWord(folded, !exact, wanted);
  plan.leaf = std::make_unique<Leaf>(segment);
  const uint8_t levels = LevelsOf(node.field);
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<TermRef> own, segment.Find(Term(term_class::kWord, folded)));
  if (own) plan.leaf->Add(*own, Meeting::kExact, levels);
  if (!exact) DAFTAR_RETURN_IF_ERROR(AddForms(segment, node, folded, levels, *plan.leaf));
  plan.size = plan.leaf->docs();
  const uint64_t exact_docs = plan.leaf->exact_docs();
  words_[plan.word].docs += exact_docs > 0 ? exact_docs : plan.size;
  return plan;
}

Status Planner::AddForms(const Segment& segment, const Node& node, const std::string& folded, uint8_t levels,
                         Leaf& leaf) {
  const auto add_words = [&](const std::vector<std::string>& words, Meeting meeting, uint8_t own_levels) -> Status {
    for (const std::string& word : words) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<TermRef> ref, segment.Find(Term(term_class::kWord, word)));
      if (ref) leaf.Add(*ref, meeting, own_levels);
    }
    return OkStatus();
  };
  const std::string stem = Stem(folded);
  DAFTAR_ASSIGN_OR_RETURN(std::vector<std::string> inflected, segment.WordsOf(term_class::kStem, stem));
  if (stem != folded) inflected.push_back(stem);
  DAFTAR_RETURN_IF_ERROR(add_words(inflected, Meeting::kStem, levels));
  if ((levels & kNameLevels) != 0) {
    if (const std::string skeleton = Skeleton(folded); !skeleton.empty()) {
      DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string> names, segment.WordsOf(term_class::kSkeleton, skeleton));
      DAFTAR_RETURN_IF_ERROR(add_words(names, Meeting::kSkeleton, levels & kNameLevels));
    }
  }
  if (node.prefix) DAFTAR_RETURN_IF_ERROR(AddBeginning(segment, folded, levels, leaf));
  for (const Respelling& respelling : respellings_) {
    if (respelling.word == folded) DAFTAR_RETURN_IF_ERROR(add_words(respelling.instead, Meeting::kTypo, levels));
  }
  return OkStatus();
}

Status Planner::AddBeginning(const Segment& segment, const std::string& folded, uint8_t levels, Leaf& leaf) {
  for (int letters = 2; letters <= kReadyLetters; ++letters) {
    if (BeginningBytes(folded, letters) != folded.size()) continue;
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<TermRef> ready, segment.Find(Term(term_class::kBeginning, folded)));
    if (!ready) break;
    leaf.Add(*ready, Meeting::kBeginning, levels);
    return OkStatus();
  }
  const std::string prefix = Term(term_class::kWord, folded);
  DictionaryCursor words = segment.Terms();
  DAFTAR_RETURN_IF_ERROR(words.Seek(prefix));
  while (words.valid() && words.term().starts_with(prefix)) {
    leaf.Add(words.ref(), Meeting::kBeginning, levels);
    DAFTAR_RETURN_IF_ERROR(words.Next());
  }
  return OkStatus();
}

StatusOr<PlanNode> Planner::PlanPhrase(const Segment& segment, const Node& node, const std::vector<std::string>& words,
                                       bool wanted) {
  PlanNode plan;
  plan.op = Op::kPhrase;
  std::vector<Phrase::Word> parts;
  const uint8_t levels = LevelsOf(node.field);
  bool complete = true;
  for (uint32_t i = 0; i < words.size(); ++i) {
    const size_t number = NextWord(words[i], false, wanted);
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<TermRef> ref, segment.Find(Term(term_class::kWord, words[i])));
    complete = complete && ref.has_value();
    if (!ref) continue;
    words_[number].docs += ref->docs;
    parts.push_back({*ref, i, levels});
    auto leaf = std::make_unique<Leaf>(segment);
    leaf->Add(*ref, Meeting::kExact, levels);
    plan.phrase_words.emplace_back(number, std::move(leaf));
  }
  if (!complete) {
    plan.phrase_words.clear();
    return plan;  // no document has it
  }
  plan.phrase = std::make_unique<Phrase>(segment, std::move(parts));
  plan.size = plan.phrase->docs();
  return plan;
}

StatusOr<PlanNode> Planner::PlanTerms(const Segment& segment, const std::vector<std::string>& terms) {
  PlanNode plan;
  plan.op = Op::kCode;
  plan.leaf = std::make_unique<Leaf>(segment);
  for (const std::string& term : terms) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<TermRef> ref, segment.Find(term));
    if (ref) plan.leaf->Add(*ref, Meeting::kExact, kAllLevels);
  }
  plan.size = plan.leaf->docs();
  return plan;
}

StatusOr<PlanNode> Planner::PlanCodes(const Segment& segment, const Node& node) {
  std::vector<std::string> terms;
  for (const std::string& code : node.codes) terms.push_back(Term(ClassOf(node.field), code));
  return PlanTerms(segment, terms);
}

StatusOr<PlanNode> Planner::PlanNamed(const Segment& segment, const Node& node) {
  auto known = std::find_if(meanings_.begin(), meanings_.end(), [&](const auto& pair) { return pair.first == &node; });
  if (known == meanings_.end()) {
    DAFTAR_ASSIGN_OR_RETURN(Meaning meaning, meaning_of_(node));
    meanings_.emplace_back(&node, std::move(meaning));
    known = std::prev(meanings_.end());
  }
  DAFTAR_ASSIGN_OR_RETURN(PlanNode plan, PlanTerms(segment, known->second.terms));
  if (!NamesDocs(node.field)) return plan;
  plan.op = Op::kNamed;
  plan.leaf.reset();  // it has documents and no terms, and is not to be taken for a word that stands nowhere
  for (const NamedRecord& record : known->second.records) {
    if (record.laid != (segment.number() == kLaidSegment)) continue;
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<uint32_t> doc, segment.DocOf(record.rid, record.day));
    if (doc) plan.docs.push_back(*doc);
  }
  std::sort(plan.docs.begin(), plan.docs.end());
  plan.size = plan.docs.size();
  return plan;
}

}  // namespace daftar::search
