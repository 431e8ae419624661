// LmdbReadView::Search: the query is read, its names are looked up, the index is asked, the hits are explained.
#include <algorithm>

#include "storage/model/derived.h"
#include "storage/search/analysis/fold.h"
#include "storage/search/index/segment_builder.h"
#include "storage/search/record_doc.h"
#include "storage/search/why.h"
#include "storage/view/lmdb_read_view.h"
#include "storage/view/tables.h"
#include "storage/view/text_index.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

using search::Field;
using search::Node;
using search::Section;
using search::Segment;

constexpr int64_t kMsPerDay = 86'400'000;
// Records that one name in a query may stand for.
constexpr size_t kMostNamed = 50;
// A name fits if its score is at least this share of the best one's.
constexpr float kFits = 0.75f;
// The segment of edits that wait; segments of the store count from 1.
constexpr uint32_t kLaidSegment = UINT32_MAX;

// Blocks of the store, with some more documents deleted, and those of one segment in memory.
class LaidBlocks final : public search::BlockSource {
 public:
  explicit LaidBlocks(const search::BlockSource& store) : store_(store) {}

  search::MemoryBlocks& own() { return own_; }
  Status Hide(const Segment& segment, uint32_t doc) {
    const std::pair key(segment.number(), doc / search::kChunkDocs);
    auto at = hidden_.find(key);
    if (at == hidden_.end()) {
      DAFTAR_ASSIGN_OR_RETURN(search::DocSet deleted, segment.Deleted(key.second));
      at = hidden_.emplace(key, std::pair(std::move(deleted), std::string())).first;
    }
    search::DocSet one;
    one.Append(static_cast<uint16_t>(doc % search::kChunkDocs));
    at->second.first.Or(one);
    return OkStatus();
  }
  void Seal() {
    for (auto& [key, hidden] : hidden_) hidden.first.Encode(hidden.second);
  }
  StatusOr<std::string_view> Read(uint32_t segment, Section section, uint32_t number) const override {
    if (segment == kLaidSegment) return own_.Read(segment, section, number);
    const auto at = section == Section::kDeleted ? hidden_.find({segment, number}) : hidden_.end();
    return at == hidden_.end() || at->second.second.empty() ? store_.Read(segment, section, number)
                                                            : StatusOr<std::string_view>(at->second.second);
  }

 private:
  const search::BlockSource& store_;
  search::MemoryBlocks own_;
  std::map<std::pair<uint32_t, uint32_t>, std::pair<search::DocSet, std::string>> hidden_;
};

char TermClassOf(Field field) {
  switch (field) {
    case Field::kActor:
      return search::term_class::kActor;
    case Field::kPlace:
      return search::term_class::kPlace;
    case Field::kProvince:
      return search::term_class::kProvince;
    default:
      return search::term_class::kSource;
  }
}

// Whether the terms of a class are ids of records.
bool NamesRecords(char term_class) {
  return term_class == search::term_class::kActor || term_class == search::term_class::kSource ||
         term_class == search::term_class::kProvince;
}

const char* KindOfField(Field field) {
  if (field == Field::kActor) return "ACTOR";
  return field == Field::kSource ? "SOURCE" : "PLACE";
}

Node CodeNode(Field field, std::string code) {
  Node node;
  node.op = Node::Op::kCode;
  node.field = field;
  node.codes = {std::move(code)};
  return node;
}

// What answers both: as flat as can be, which is what the index is fastest with.
Node AndNode(Node first, Node second) {
  if (first.op == Node::Op::kEverything) return second;
  if (first.op == Node::Op::kAnd) {
    first.children.push_back(std::move(second));
    return first;
  }
  Node node;
  node.op = Node::Op::kAnd;
  node.children = {std::move(first), std::move(second)};
  return node;
}

}  // namespace

StatusOr<std::optional<search::NamedRecord>> LmdbReadView::NamedRecordOf(const Uuid& id) const {
  Rid rid = 0;
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredRecord> stored, Stored(id, &rid));
  if (!stored) return std::optional<search::NamedRecord>();
  DAFTAR_ASSIGN_OR_RETURN(const Record record, Record::FromStored(*stored));
  return std::optional<search::NamedRecord>({rid, SortDay(record).value_or(search::kNoDay)});
}

StatusOr<std::vector<search::NamedRecord>> LmdbReadView::RecordsOf(std::string_view id, bool prefix) const {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Uuid> ids, ByExternal(id));
  if (ids.empty() || prefix) {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> more, ByUuidPrefix(id));
    ids.insert(ids.end(), more.begin(), more.end());
  }
  std::vector<search::NamedRecord> records;
  for (const Uuid& found : ids) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<search::NamedRecord> record, NamedRecordOf(found));
    if (record) records.push_back(*record);
  }
  return records;
}

StatusOr<search::Meaning> LmdbReadView::MeaningOf(const Node& named, const search::SearchOptions& options,
                                                  std::span<const Segment* const> segments) const {
  search::Meaning meaning;
  if (named.field == Field::kId) {
    DAFTAR_ASSIGN_OR_RETURN(meaning.records, RecordsOf(named.text, named.prefix));
    return meaning;
  }
  const char term_class = TermClassOf(named.field);
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Uuid> ids, ByExternal(named.text));
  if (ids.empty() && Uuid::Parse(named.text)) ids.push_back(*Uuid::Parse(named.text));
  for (const Uuid& id : ids) meaning.terms.push_back(term_class + id.str());
  if (!ids.empty()) return meaning;

  Node name;
  name.op = Node::Op::kAnd;
  for (const std::string& folded : search::FoldedWords(named.text)) {
    Node word;
    word.op = Node::Op::kWord;
    word.field = Field::kTitle;
    word.text = folded;
    name.children.push_back(std::move(word));
  }
  if (name.children.empty()) return meaning;
  name.children.back().prefix = named.prefix;
  name.children.push_back(CodeNode(Field::kKind, KindOfField(named.field)));
  search::SearchOptions own;
  own.limit = kMostNamed;
  own.go_on = options.go_on;
  DAFTAR_ASSIGN_OR_RETURN(const search::IndexResult found, search::SearchIndex(segments, name, own));
  for (const search::IndexHit& hit : found.hits) {
    if (!named.prefix && hit.score < kFits * found.hits[0].score) break;
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, segments[hit.segment]->RowOf(hit.doc));
    DAFTAR_ASSIGN_OR_RETURN(const search::RowView row, search::DecodeRow(bytes));
    meaning.terms.push_back(term_class + row.id.str());
  }
  return meaning;
}

StatusOr<SearchResult> LmdbReadView::Search(const SearchRequest& request) const {
  DAFTAR_ASSIGN_OR_RETURN(const v1::StoredHead head, LoadHead(env_, txn_));
  const int32_t today = request.today.value_or(static_cast<int32_t>(head.checkpoint().server_ms() / kMsPerDay));
  DAFTAR_ASSIGN_OR_RETURN(search::Query query, search::ParseQuery(request.query, today));
  if (request.kind) {
    query.root = AndNode(std::move(query.root), CodeNode(Field::kKind, v1::RecordKind::Code_Name(*request.kind)));
  }
  DAFTAR_ASSIGN_OR_RETURN(const v1::IndexManifest manifest, LoadManifest(env_, txn_));
  const TextBlocks stored_blocks(txn_, table(tables::kText), cache_.get());
  LaidBlocks blocks(stored_blocks);
  DAFTAR_ASSIGN_OR_RETURN(auto segments, OpenSegments(manifest, blocks, cache_.get(), request.overlay != nullptr));
  if (request.overlay != nullptr) {
    for (const Uuid& id : request.overlay->hidden) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<search::NamedRecord> record, NamedRecordOf(id));
      for (size_t i = 0; record && i < segments.size(); ++i) {
        DAFTAR_ASSIGN_OR_RETURN(const std::optional<uint32_t> doc, segments[i]->DocOf(record->rid, record->day));
        if (doc) DAFTAR_RETURN_IF_ERROR(blocks.Hide(*segments[i], *doc));
      }
    }
    blocks.Seal();
    search::SegmentBuilder builder;
    for (const SearchOverlay::Laid& laid : request.overlay->laid) builder.Add(laid.doc);
    if (builder.docs() > 0) {
      DAFTAR_RETURN_IF_ERROR(builder.Write(blocks.own(), kLaidSegment).status());
      DAFTAR_ASSIGN_OR_RETURN(Segment laid, Segment::Open(blocks, kLaidSegment));
      segments.push_back(std::make_unique<Segment>(std::move(laid)));
    }
  }
  std::vector<const Segment*> list;
  for (const auto& segment : segments) list.push_back(segment.get());

  search::SearchOptions options;
  options.limit = request.limit;
  options.sort = request.sort;
  options.facets = request.facets;
  bool late = false;
  const auto stopped = [&late]() -> Status {
    if (!late) return Cancelled("the search was stopped");
    return DeadlineExceeded("the search took longer than it was given; narrow it, or give it more time");
  };
  options.go_on = [&request, &late] {
    late = request.clock != nullptr && request.clock->MonotonicMs() > request.deadline_ms;
    return !late && (request.stop == nullptr || !request.stop->load(std::memory_order_relaxed));
  };
  options.meaning_of = [&](const Node& named) { return MeaningOf(named, options, list); };
  StatusOr<search::IndexResult> found = search::SearchIndex(list, query.root, options);
  if (found.status().code() == StatusCode::kCancelled) return stopped();
  DAFTAR_RETURN_IF_ERROR(found.status());

  SearchResult result;
  result.total = found->total;
  result.respellings = found->respellings;
  DAFTAR_ASSIGN_OR_RETURN(result.behind, txn_.Count(table(tables::kBehind)));
  if (request.facets) {
    DAFTAR_ASSIGN_OR_RETURN(result.facets, FacetsOf(found->facets));
  }
  search::Explainer explainer(query.root, found->respellings);
  for (const search::IndexHit& hit : found->hits) {
    if (!options.go_on()) return stopped();
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, list[hit.segment]->RowOf(hit.doc));
    DAFTAR_ASSIGN_OR_RETURN(const search::RowView row, search::DecodeRow(bytes));
    SearchHit& shown = result.hits.emplace_back();
    shown.id = row.id;
    shown.kind = row.kind;
    shown.score = hit.score;
    shown.title = row.title;
    const bool laid = list[hit.segment]->number() == kLaidSegment;
    if (request.rows && !laid && (result.behind == 0 || !txn_.Has(table(tables::kBehind), tables::U32Key(hit.rid)))) {
      DAFTAR_RETURN_IF_ERROR(search::DecodeWholeRow(bytes, shown.row.emplace()));
    }
    if (!request.why || laid) continue;  // whoever laid it has the record
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, records_.LoadRecord(txn_, hit.rid));
    if (!record) return DataLoss("the text index names a record that is not there; `verify` will tell more");
    shown.why = explainer.Why(*record);
  }
  return result;
}

StatusOr<std::vector<SearchFacet>> LmdbReadView::FacetsOf(const search::FacetCounts& counts) const {
  static constexpr std::pair<char, const char*> kFields[] = {{search::term_class::kKind, "kind"},
                                                             {search::term_class::kType, "type"},
                                                             {search::term_class::kYear, "date"},
                                                             {search::term_class::kCountry, "country"},
                                                             {search::term_class::kProvince, "province"},
                                                             {search::term_class::kActor, "actor"},
                                                             {search::term_class::kSource, "source"},
                                                             {search::term_class::kGrade, "grade"},
                                                             {search::term_class::kMarking, "marking"},
                                                             {search::term_class::kReview, "review"},
                                                             {search::term_class::kTag, "tag"}};
  std::map<char, std::vector<std::pair<uint64_t, std::string_view>>> of_class;
  for (const auto& [term, count] : counts) of_class[term[0]].emplace_back(count, std::string_view(term).substr(1));
  std::vector<SearchFacet> facets;
  for (const auto& [term_class, field] : kFields) {
    auto& values = of_class[term_class];
    const size_t shown = std::min(values.size(), kMostFacetValues);
    std::partial_sort(
        values.begin(), values.begin() + static_cast<long>(shown), values.end(),
        [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    values.resize(shown);
    for (const auto& [count, value] : values) {
      SearchFacet facet{field, std::string(value), std::string(value), count};
      if (const auto id = NamesRecords(term_class) ? Uuid::FromBytes(value) : std::nullopt) {
        DAFTAR_ASSIGN_OR_RETURN(const std::optional<Record> record, Get(*id));
        facet.value = id->ToString();
        facet.label = record ? DisplayName(*record) : facet.value;
      }
      facets.push_back(std::move(facet));
    }
  }
  return facets;
}

}  // namespace daftar
