#include "storage/search/index/searcher.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "storage/search/index/evaluate.h"
#include "storage/search/index/index_doc.h"
#include "storage/search/index/levels.h"
#include "storage/search/index/rank.h"
#include "storage/search/index/second_chance.h"
#include "storage/search/index/segment_builder.h"
#include "storage/search/index/spelling.h"

namespace daftar::search {
namespace {

using Op = Node::Op;

// Longest name that is looked for as a whole.
constexpr size_t kLongestName = 8;

float RarityOf(uint64_t docs, uint64_t all) {
  const double with = static_cast<double>(std::min(docs, all)), rest = static_cast<double>(all) - with;
  return static_cast<float>(std::log(1 + (rest + 0.5) / (with + 0.5)));
}

// Whether a query asks for nothing but words that may be a name.
bool MayBeName(const Node& query, size_t words) {
  const auto is_word = [](const Node& node) {
    return node.op == Op::kWord && (node.field == Field::kAny || node.field == Field::kTitle);
  };
  return words <= kLongestName &&
         (is_word(query) ||
          (query.op == Op::kAnd && std::all_of(query.children.begin(), query.children.end(), is_word)));
}

// The phrase of a whole name. `words`: what the words of the query are in this segment.
StatusOr<std::unique_ptr<Phrase>> WholeName(const Segment& segment, std::vector<std::pair<size_t, Leaf*>> words) {
  if (words.size() < 2) return nullptr;  // a name of one word has a level of its own
  std::sort(words.begin(), words.end());
  // A word that stands in a shorter name too has the level of that one.
  const uint8_t levels = static_cast<uint8_t>(0xff << NameLevel(words.size()));
  std::vector<Phrase::Word> parts;
  for (const auto& [number, leaf] : words) {
    if (leaf->exact_term() == nullptr) return nullptr;
    parts.push_back({*leaf->exact_term(), static_cast<uint32_t>(parts.size()) + 1, levels});
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<TermRef> boundary,
                          segment.Find(std::string(1, term_class::kWord).append(kNameBoundary)));
  if (!boundary) return nullptr;
  parts.push_back({*boundary, 0, kAllLevels});
  parts.push_back({*boundary, static_cast<uint32_t>(words.size()) + 1, kAllLevels});
  return std::make_unique<Phrase>(segment, std::move(parts));
}

class Search {
 public:
  Search(std::span<const Segment* const> segments, const Node& query, const SearchOptions& options)
      : segments_(segments), query_(query), options_(options), planner_(options.meaning_of), top_(options.limit) {}

  // `mend`: which words are taken for others that are near them.
  StatusOr<IndexResult> Run(Mend mend) {
    DAFTAR_RETURN_IF_ERROR(PlanAll());
    DAFTAR_ASSIGN_OR_RETURN(std::vector<Respelling> respellings,
                            Respell(segments_, planner_.words(), mend, options_.go_on));
    if (!respellings.empty()) {
      planner_.Forgive(respellings);
      DAFTAR_RETURN_IF_ERROR(PlanAll());
      result_.respellings = std::move(respellings);
    }
    for (uint32_t i = 0; i < segments_.size(); ++i) DAFTAR_RETURN_IF_ERROR(RunSegment(i));
    for (const Hit& hit : top_.Take()) {
      const Segment& segment = *segments_[hit.segment];
      DAFTAR_ASSIGN_OR_RETURN(const uint32_t rid, segment.RidOf(hit.doc));
      result_.hits.push_back({hit.segment, hit.doc, rid, segment.header().DayOf(hit.doc), hit.key});
    }
    return std::move(result_);
  }

 private:
  Status GoOn() const {
    return options_.go_on == nullptr || options_.go_on() ? OkStatus() : Cancelled("the search was stopped");
  }

  Status PlanAll() {
    plans_.clear();
    for (const Segment* segment : segments_) {
      DAFTAR_RETURN_IF_ERROR(GoOn());
      DAFTAR_ASSIGN_OR_RETURN(PlanNode plan, planner_.Plan(*segment, query_));
      plans_.push_back(std::move(plan));
    }
    return OkStatus();
  }

  StatusOr<Ranker> MakeRanker(uint32_t index) {
    PlanNode& plan = plans_[index];
    std::vector<std::pair<size_t, Leaf*>> leaves;
    plan.CollectWords(leaves);
    uint64_t all = 0;
    for (const Segment* segment : segments_) all += segment->docs();
    std::vector<Ranker::Word> words;
    for (const auto& [number, leaf] : leaves) {
      words.push_back({leaf, RarityOf(planner_.words()[number].docs, all)});
    }
    const bool all_needed =
        plan.op != Op::kOr && std::none_of(plan.children.begin(), plan.children.end(), [](const PlanNode& child) {
          return child.op == Op::kOr || child.op == Op::kAnd;
        });
    std::unique_ptr<Phrase> whole_name;
    if (MayBeName(query_, leaves.size())) {
      DAFTAR_ASSIGN_OR_RETURN(whole_name, WholeName(*segments_[index], leaves));
    }
    return Ranker(*segments_[index], index, std::move(words), all_needed, std::move(whole_name));
  }

  Status RunSegment(uint32_t index) {
    const Segment& segment = *segments_[index];
    PlanNode& plan = plans_[index];
    std::optional<Ranker> ranker;
    if (options_.sort == Sort::kRelevance) {
      DAFTAR_ASSIGN_OR_RETURN(Ranker made, MakeRanker(index));
      ranker.emplace(std::move(made));
    }
    std::optional<FacetCounter> facets;
    if (options_.facets) {
      DAFTAR_ASSIGN_OR_RETURN(FacetCounter made, FacetCounter::Make(segment));
      facets.emplace(std::move(made));
    }
    DocSet docs;
    for (uint32_t chunk = 0; chunk < segment.header().chunks(); ++chunk) {
      DAFTAR_RETURN_IF_ERROR(GoOn());
      DAFTAR_RETURN_IF_ERROR(EvaluateChunk(segment, plan, chunk, docs));
      DAFTAR_ASSIGN_OR_RETURN(const DocSet deleted, segment.Deleted(chunk));
      if (!deleted.empty()) docs.AndNot(deleted);
      if (docs.empty()) continue;
      result_.total += docs.size();
      DAFTAR_RETURN_IF_ERROR(Offer(index, chunk, docs, ranker ? &*ranker : nullptr));
      if (facets) DAFTAR_RETURN_IF_ERROR(facets->Count(chunk, docs));
      if (options_.each) DAFTAR_RETURN_IF_ERROR(options_.each(index, chunk, docs));
      DAFTAR_ASSIGN_OR_RETURN(const bool enough, RestIsKnown(index, chunk));
      if (enough) break;
    }
    return facets ? facets->AddTo(result_.facets) : OkStatus();
  }

  // `ranker`: null unless sorted by relevance.
  Status Offer(uint32_t index, uint32_t chunk, const DocSet& docs, Ranker* ranker) {
    const uint32_t base = chunk * kChunkDocs;
    const SegmentHeader& header = segments_[index]->header();
    switch (options_.sort) {
      case Sort::kRelevance:
        return ranker->Offer(chunk, docs, top_);
      case Sort::kNewest:
        for (const uint16_t doc : docs.First(options_.limit)) {
          if (!top_.Offer({0, header.DayOf(base + doc), index, base + doc})) break;
        }
        return OkStatus();
      case Sort::kOldest:
        OfferOldest(index, chunk, docs);
        return OkStatus();
      case Sort::kSeverity:
        return OfferBySeverity(index, chunk, docs);
    }
    return OkStatus();
  }

  // Dated ones stand at the end of the chunk in the order wanted, turned round; in a day the first of them comes first.
  // Those without a date stand behind all others.
  void OfferOldest(uint32_t index, uint32_t chunk, const DocSet& docs) {
    const SegmentHeader& header = segments_[index]->header();
    const uint32_t base = chunk * kChunkDocs;
    const uint32_t undated = std::clamp(header.DocsOfDays(kNoDay, kNoDay).first, base, base + kChunkDocs) - base;
    DocSet dated = docs, others = docs;
    dated.KeepRange(0, undated);
    others.KeepRange(undated, kChunkDocs);
    if (const std::vector<uint16_t> last = dated.Last(options_.limit); !last.empty()) {
      const int32_t day = header.DayOf(base + last.front());
      const uint32_t first_of_day = std::max(header.DocsOfDays(day, day).first, base) - base;
      dated.KeepRange(first_of_day, kChunkDocs);
      dated.ForEach([&](uint16_t doc) { top_.Offer({0, -int64_t{header.DayOf(base + doc)}, index, base + doc}); });
    }
    for (const uint16_t doc : others.First(options_.limit)) {
      if (!top_.Offer({0, INT64_MIN, index, base + doc})) break;
    }
  }

  // The most that may have been killed; then recency.
  Status OfferBySeverity(uint32_t index, uint32_t chunk, const DocSet& docs) {
    const Segment& segment = *segments_[index];
    const uint32_t base = chunk * kChunkDocs, blocks = kChunkDocs / kColumnDocs;
    DocSet others = docs, counted;
    for (uint32_t block = 0; block < blocks && base + block * kColumnDocs < segment.docs(); ++block) {
      DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes,
                              segment.Numbers(static_cast<uint32_t>(Metric::kKilled), chunk * blocks + block));
      if (bytes.empty()) continue;
      // Documents ascend; one may have several numbers.
      int32_t doc = -1;
      float most = 0;
      const auto offer = [&] {
        if (doc < 0 || !docs.Has(static_cast<uint16_t>(doc))) return;
        counted.Append(static_cast<uint16_t>(doc));
        if (top_.full() && options_.limit > 0 && most < top_.worst().key) return;
        const uint32_t number = base + static_cast<uint32_t>(doc);
        top_.Offer({most, segment.header().DayOf(number), index, number});
      };
      bool ascending = true;
      const bool sound = ForEachValue<float>(bytes, [&](uint16_t at, float, float high) {
        const int32_t next = static_cast<int32_t>(block * kColumnDocs + at);
        ascending = ascending && next >= doc;
        if (next == doc) {
          most = std::max(most, high);
          return;
        }
        offer();
        doc = next;
        most = std::max(0.0f, high);
      });
      if (!sound || !ascending) return DataLoss("a column of the text index is damaged");
      offer();
    }
    others.AndNot(counted);
    for (const uint16_t doc : others.First(options_.limit)) {
      if (!top_.Offer({0, segment.header().DayOf(base + doc), index, base + doc})) break;
    }
    return OkStatus();
  }

  // Newest first by one term, nothing deleted behind this chunk: the dictionary knows how many are still to come.
  StatusOr<bool> RestIsKnown(uint32_t index, uint32_t chunk) {
    const Segment& segment = *segments_[index];
    PlanNode& plan = plans_[index];
    if (options_.sort != Sort::kNewest || options_.facets || options_.each || !top_.full() || plan.leaf == nullptr ||
        chunk > 0 || !plan.leaf->IsOneWholeTerm()) {
      return false;
    }
    if (chunk + 1 < segment.header().chunks()) {
      const int64_t next_day = segment.header().DayOf((chunk + 1) * kChunkDocs);
      if (options_.limit > 0 && next_day > top_.worst().order) return false;
    }
    for (uint32_t behind = chunk + 1; behind < segment.header().chunks(); ++behind) {
      DAFTAR_ASSIGN_OR_RETURN(const DocSet deleted, segment.Deleted(behind));
      if (!deleted.empty()) return false;
    }
    result_.total += plan.leaf->docs() - plan.leaf->any().size();
    return true;
  }

  std::span<const Segment* const> segments_;
  const Node& query_;
  const SearchOptions& options_;
  Planner planner_;
  std::vector<PlanNode> plans_;
  TopHits top_;
  IndexResult result_;
};

}  // namespace

StatusOr<IndexResult> SearchIndex(std::span<const Segment* const> segments, const Node& query,
                                  const SearchOptions& options) {
  DAFTAR_ASSIGN_OR_RETURN(IndexResult result, Search(segments, query, options).Run(Mend::kMissing));
  if (result.total > 0) return result;
  const std::optional<Node> freely = TakenFreely(query);
  if (!freely) return result;
  for (const Mend mend : {Mend::kMissing, Mend::kAll}) {
    DAFTAR_ASSIGN_OR_RETURN(IndexResult second, Search(segments, *freely, options).Run(mend));
    if (second.total > 0) return second;
  }
  return result;
}

}  // namespace daftar::search
