// LmdbReadView::Search: the query is read, its names are looked up, the index is asked, the hits are explained.
#include <algorithm>

#include "storage/model/derived.h"
#include "storage/search/analysis/fold.h"
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
using search::Segment;

// Records that one name in a query may stand for.
constexpr size_t kMostNamed = 50;
// A name fits if its score is at least this share of the best one's.
constexpr float kFits = 0.75f;

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

}  // namespace

StatusOr<std::optional<search::NamedRecord>> LmdbReadView::NamedRecordOf(const Uuid& id) const {
  Rid rid = 0;
  DAFTAR_ASSIGN_OR_RETURN(const std::optional<v1::StoredRecord> stored, Stored(id, &rid));
  if (!stored) return std::optional<search::NamedRecord>();
  DAFTAR_ASSIGN_OR_RETURN(const Record record, Record::FromStored(*stored));
  return std::optional<search::NamedRecord>({rid, SortDay(record).value_or(search::kNoDay)});
}

StatusOr<std::vector<Uuid>> LmdbReadView::IdsOf(std::string_view id, bool prefix) const {
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Uuid> ids, ByExternal(id));
  if (ids.empty() || prefix) {
    DAFTAR_ASSIGN_OR_RETURN(const std::vector<Uuid> more, ByUuidPrefix(id));
    ids.insert(ids.end(), more.begin(), more.end());
  }
  if (const std::optional<Uuid> whole = Uuid::Parse(id); whole && ids.empty()) ids.push_back(*whole);
  return ids;
}

StatusOr<std::vector<search::NamedRecord>> LmdbReadView::DocsOf(std::span<const Uuid> ids,
                                                                const SearchOverlay* overlay) const {
  std::map<Uuid, search::NamedRecord> laid;
  for (size_t i = 0; overlay != nullptr && i < overlay->laid.size(); ++i) {
    const SearchOverlay::Laid& each = overlay->laid[i];
    laid[each.id] = {each.doc.rid, each.doc.day, true};
  }
  std::vector<search::NamedRecord> docs;
  for (const Uuid& id : ids) {
    if (const auto at = laid.find(id); at != laid.end()) {
      docs.push_back(at->second);
      continue;
    }
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<search::NamedRecord> record, NamedRecordOf(id));
    if (record) docs.push_back(*record);
  }
  return docs;
}

StatusOr<search::Meaning> LmdbReadView::MeaningOf(const Node& named, const SearchRequest& request,
                                                  const search::SearchOptions& options,
                                                  std::span<const Segment* const> segments) const {
  search::Meaning meaning;
  if (search::NamesDocs(named.field)) {
    std::vector<Uuid> records;
    if (named.field == Field::kId) {
      DAFTAR_ASSIGN_OR_RETURN(records, IdsOf(named.text, named.prefix));
    } else if (named.field == Field::kChanged) {
      DAFTAR_ASSIGN_OR_RETURN(const ChangedRecords changed, ChangedSince(*request.changed_since, kMostChangesSearched));
      for (const ChangedRecord& record : changed.records) records.push_back(record.id);
      meaning.cut = changed.total > changed.records.size();
    } else if (request.own_of) {
      DAFTAR_ASSIGN_OR_RETURN(records, request.own_of(named));
    }
    DAFTAR_ASSIGN_OR_RETURN(meaning.records, DocsOf(records, request.overlay));
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

StatusOr<std::unique_ptr<SearchRun>> LmdbReadView::OpenRun(const SearchRequest& request) const {
  return SearchRun::Open(env_, txn_, cache_.get(), request, [this](const Uuid& id) { return NamedRecordOf(id); });
}

StatusOr<SearchResult> LmdbReadView::Search(const SearchRequest& request) const {
  DAFTAR_ASSIGN_OR_RETURN(const auto run, OpenRun(request));
  search::SearchOptions options;
  options.limit = request.limit;
  options.sort = request.sort;
  options.facets = request.facets;
  options.go_on = [&run] { return run->GoOn(); };
  bool changes_cut = false;
  options.meaning_of = [&](const Node& named) -> StatusOr<search::Meaning> {
    DAFTAR_ASSIGN_OR_RETURN(search::Meaning meaning, MeaningOf(named, request, options, run->segments()));
    changes_cut = changes_cut || meaning.cut;
    return meaning;
  };
  StatusOr<search::IndexResult> found = search::SearchIndex(run->segments(), run->query(), options);
  if (found.status().code() == StatusCode::kCancelled) return run->Stopped();
  DAFTAR_RETURN_IF_ERROR(found.status());

  SearchResult result;
  result.total = found->total;
  result.respellings = found->respellings;
  DAFTAR_ASSIGN_OR_RETURN(result.behind, txn_.Count(table(tables::kBehind)));
  result.changes_cut = changes_cut;
  if (request.facets) {
    DAFTAR_ASSIGN_OR_RETURN(result.facets, FacetsOf(found->facets));
  }
  search::Explainer explainer(run->query(), found->respellings);
  for (const search::IndexHit& hit : found->hits) {
    if (!run->GoOn()) return run->Stopped();
    DAFTAR_ASSIGN_OR_RETURN(const std::string_view bytes, run->segments()[hit.segment]->RowOf(hit.doc));
    DAFTAR_ASSIGN_OR_RETURN(const search::RowView row, search::DecodeRow(bytes));
    SearchHit& shown = result.hits.emplace_back();
    shown.id = row.id;
    shown.kind = row.kind;
    shown.score = hit.score;
    shown.title = row.title;
    const bool laid = run->IsLaid(hit.segment);
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
