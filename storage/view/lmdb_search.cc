// LmdbReadView::Search: one walk over the text index for each word, then the intersection.
#include <algorithm>

#include "storage/search/analysis/fold.h"
#include "storage/search/terms.h"
#include "storage/view/lmdb_read_view.h"
#include "storage/view/tables.h"
#include "storage/view/view_writer.h"

namespace daftar {
namespace {

constexpr size_t kShortestPrefix = 2;
constexpr size_t kRowsBetweenStopChecks = 1024;

bool Stopped(const SearchRequest& request) {
  return request.stop != nullptr && request.stop->load(std::memory_order_relaxed);
}

}  // namespace

Status LmdbReadView::Collect(const SearchRequest& request, const std::string& term, bool prefix,
                             search::Meeting meeting, Candidates& out) const {
  std::string start = term;
  if (!prefix) start += '\0';
  size_t rows = 0;
  lmdb::Cursor cursor = txn_.SeekPrefix(table(tables::kText), start);
  for (; cursor.valid(); cursor.Next()) {
    if (++rows % kRowsBetweenStopChecks == 0 && Stopped(request)) return Cancelled("the search was stopped");
    std::string_view value = cursor.value();
    if (value.size() != 2 || cursor.key().size() < 5) return DataLoss("a row of the text index is damaged");
    Kind kind = static_cast<Kind>(value[1]);
    if (request.kind && *request.kind != kind) continue;
    Candidate& candidate = out[tables::RidOf(cursor.key())];
    candidate.kind = kind;
    candidate.score = std::max(candidate.score, search::Score(meeting, static_cast<uint8_t>(value[0])));
  }
  return cursor.status();
}

StatusOr<LmdbReadView::Candidates> LmdbReadView::MatchWord(const SearchRequest& request, const search::Query& query,
                                                           size_t word) const {
  Candidates found;
  const std::string& text = query.words[word];
  bool prefix = query.last_is_prefix && word + 1 == query.words.size() && text.size() >= kShortestPrefix;
  if (prefix) DAFTAR_RETURN_IF_ERROR(Collect(request, search::kWordTerm + text, true, search::Meeting::kPrefix, found));
  DAFTAR_RETURN_IF_ERROR(Collect(request, search::kWordTerm + text, false, search::Meeting::kExact, found));
  std::string skeleton = search::Skeleton(text);
  if (!skeleton.empty()) {
    DAFTAR_RETURN_IF_ERROR(
        Collect(request, search::kSkeletonTerm + skeleton, false, search::Meeting::kSkeleton, found));
  }
  return found;
}

StatusOr<SearchResult> LmdbReadView::Search(const SearchRequest& request) const {
  search::Query query = search::ParseQuery(request.query);
  SearchResult result;
  if (query.words.empty()) return result;

  DAFTAR_ASSIGN_OR_RETURN(Candidates all, MatchWord(request, query, 0));
  for (size_t word = 1; word < query.words.size() && !all.empty(); ++word) {
    DAFTAR_ASSIGN_OR_RETURN(Candidates next, MatchWord(request, query, word));
    for (auto at = all.begin(); at != all.end();) {
      auto also = next.find(at->first);
      if (also != next.end()) at->second.score += also->second.score;
      at = also == next.end() ? all.erase(at) : std::next(at);
    }
  }
  Candidates named;
  std::string name_term = (search::kNameTerm + query.name).substr(0, search::kMaxTermBytes);
  DAFTAR_RETURN_IF_ERROR(Collect(request, name_term, false, search::Meeting::kExact, named));

  std::vector<std::pair<double, Rid>> ranked;
  for (const auto& [rid, candidate] : all) {
    double score =
        candidate.score + search::KindScore(candidate.kind) + (named.contains(rid) ? search::kWholeNameScore : 0);
    ranked.push_back({-score, rid});
  }
  result.total = ranked.size();
  size_t shown = std::min(request.limit, ranked.size());
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<long>(shown), ranked.end());
  ranked.resize(shown);
  for (const auto& [negative, rid] : ranked) {
    if (Stopped(request)) return Cancelled("the search was stopped");
    DAFTAR_ASSIGN_OR_RETURN(std::optional<v1::StoredRecord> stored, LoadRecord(env_, txn_, rid));
    if (!stored) return DataLoss("the text index names a record that is not there; `verify` will tell more");
    DAFTAR_ASSIGN_OR_RETURN(Record record, Record::FromStored(*stored));
    result.hits.push_back({record.id(), record.kind(), -negative, search::Why(query, record)});
  }
  return result;
}

}  // namespace daftar
