#include "client/model/search_model.h"

#include <algorithm>
#include <array>
#include <utility>

#include "client/language/lists.h"
#include "client/language/say.h"
#include "client/model/address.h"
#include "client/model/layout.h"
#include "client/model/names.h"
#include "client/model/rows.h"
#include "client/model/search_facets.h"
#include "client/model/search_own.h"
#include "client/model/timeline.h"
#include "client/model/values.h"
#include "client/model/words.h"
#include "storage/search/analysis/fold.h"
#include "storage/search/query/query.h"

namespace daftar {
namespace {

constexpr int64_t kMsPerDay = 86'400'000;

constexpr std::array kSorts = {SearchSort{"relevance", "search.sort_relevance"},
                               SearchSort{"newest", "search.sort_newest"}, SearchSort{"oldest", "search.sort_oldest"},
                               SearchSort{"severity", "search.sort_severity"}};
constexpr std::array kStorageSorts = {search::Sort::kRelevance, search::Sort::kNewest, search::Sort::kOldest,
                                      search::Sort::kSeverity};

bool Blank(std::string_view text) { return text.find_first_not_of(" \t\n") == std::string_view::npos; }

std::string FoundWords(const SearchPage& page) {
  if (page.total == 0) return Say("search.nothing", {{"query", page.query}});
  if (page.rows.size() >= page.total) return Say("search.found", {{"count", page.total}});
  return Say("search.some_found", {{"shown", page.rows.size()}, {"count", page.total}});
}

std::string RespeltWords(const std::vector<SearchRespelling>& respellings) {
  std::vector<std::string> each;
  for (const SearchRespelling& respelling : respellings) {
    std::vector<std::string> instead;
    for (const std::string& word : respelling.instead) instead.push_back(Say("search.quoted", {{"word", word}}));
    if (instead.empty()) continue;
    each.push_back(Say("search.instead", {{"words", SayList(instead)}, {"word", respelling.word}}));
  }
  return each.empty() ? "" : Say("search.shown_for", {{"words", SayList(each, Joint::kComma)}});
}

// What storage says in English about a text of a record, with the key of the same in the reader's language.
constexpr std::array kTexts = {
    std::pair<std::string_view, const char*>{"name", "why.name"},
    std::pair<std::string_view, const char*>{"id", "why.id"},
    std::pair<std::string_view, const char*>{"tag", "why.tag"},
    std::pair<std::string_view, const char*>{"notes", "why.notes"},
    std::pair<std::string_view, const char*>{"name in an account", "why.account_name"},
    std::pair<std::string_view, const char*>{"account", "why.account"},
    std::pair<std::string_view, const char*>{"wording", "why.wording"},
    std::pair<std::string_view, const char*>{"note", "why.note"},
    std::pair<std::string_view, const char*>{"seized", "why.seized"},
    std::pair<std::string_view, const char*>{"measure", "why.measure"},
    std::pair<std::string_view, const char*>{"trend", "why.trend"},
    std::pair<std::string_view, const char*>{"author", "why.author"},
    std::pair<std::string_view, const char*>{"kind", "why.kind"},
};

// "ARMED CLASH", as storage tells it, is ARMED_CLASH.
std::string Constant(std::string words) {
  std::replace(words.begin(), words.end(), ' ', '_');
  return words;
}

// "wording: … border …", with the text as it is, but for a kind, which is a code.
std::string WhyWords(const std::string& why) {
  const size_t end = why.find(": ");
  if (end == std::string::npos) return why;
  const std::string of = why.substr(0, end), said = why.substr(end + 2);
  for (const auto& [text, key] : kTexts) {
    if (text == of) return Say(key, {{"text", of == "kind" ? SayCode(Constant(said)) : said}});
  }
  return why;
}

std::string BehindWords(uint64_t behind) { return behind == 0 ? "" : Say("search.behind", {{"count", behind}}); }

StatusOr<SearchRequest> RequestOf(std::string_view query, std::string_view kind, std::string_view sort, size_t limit) {
  SearchRequest request;
  request.query = query;
  request.limit = limit;
  if (!kind.empty()) {
    request.kind = KindFromWord(kind);
    if (!request.kind) return InvalidArgument(Say("search.no_kind", {{"word", kind}}));
  }
  if (sort.empty()) return request;
  const auto at = std::find_if(kSorts.begin(), kSorts.end(), [&](const SearchSort& each) { return each.word == sort; });
  if (at == kSorts.end()) {
    return InvalidArgument(Say("search.no_order", {{"word", sort}}));
  }
  request.sort = kStorageSorts[static_cast<size_t>(at - kSorts.begin())];
  return request;
}

SearchProblem ProblemOf(const search::QueryError& error, const SearchPage& page) {
  SearchProblem problem;
  problem.words = error.message;
  problem.column = error.column;
  size_t before = 0;  // bytes of the query before the column
  for (uint32_t column = 1; column < error.column && before < page.query.size(); ++column) {
    do ++before;
    while (before < page.query.size() && (page.query[before] & 0xC0) == 0x80);
  }
  problem.mark = std::string(DisplayWidth(std::string_view(page.query).substr(0, before)), ' ') + "^";
  problem.suggestion = error.suggestion;
  if (!error.suggestion.empty()) problem.address = SearchAddress(error.suggestion, page.kind, page.sort);
  return problem;
}

void AddSorts(SearchPage& page) {
  if (page.total < 2) return;
  for (const SearchSort& sort : kSorts) {
    page.sorts.push_back({Say(sort.label), SearchAddress(page.query, page.kind, sort.word), sort.word == page.sort});
  }
}

// Says that only what changed was sought, and leads to the whole search.
void TellChanged(uint64_t since, bool cut, SearchPage& page) {
  page.changed_words = Say(cut ? "saved.only_latest_changes" : "saved.only_changes",
                           {{"revision", SayNumber(static_cast<double>(since))}});
  page.whole_address = SearchAddress(page.query, page.kind, page.sort);
}

// The saved search that this one is.
StatusOr<uint64_t> NumberOf(const SearchPage& page, const PrivateStore& store) {
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<v1::SavedSearch> searches, store.Searches());
  const v1::SavedSearch asked = SavedOf(page.query, page.kind, page.sort);
  const auto at = std::find_if(searches.begin(), searches.end(),
                               [&asked](const v1::SavedSearch& saved) { return IsSameSearch(saved, asked); });
  return at == searches.end() ? 0 : at->number();
}

// Runs the query, and shows what answers.
Status Run(const ReadView& view, SearchRequest& request, const SearchOptions& options, SearchPage& page) {
  OwnSearch own(options.mine, options.stop);
  request.own_of = own.Asker();
  StatusOr<SearchResult> result = view.Search(request);
  const bool stopped = options.stop != nullptr && options.stop->load();
  const StatusCode code = result.status().code();
  // Cancelled by nobody: the time was over while the hits were being explained.
  if (code == StatusCode::kDeadlineExceeded || (code == StatusCode::kCancelled && !stopped)) {
    page.late = true;
    Address patient = *ParseAddress(SearchAddress(page.query, page.kind, page.sort));
    patient.params["wait"] = "1";
    page.patient_address = patient.ToString();
    return OkStatus();
  }
  if (!result.ok()) return result.status();
  Names names(view, options.language);
  page.total = result->total;
  page.behind = result->behind;
  for (search::Respelling& respelling : result->respellings) {
    page.respellings.push_back({std::move(respelling.word), std::move(respelling.instead)});
  }
  for (const SearchHit& hit : result->hits) {
    if (options.stop != nullptr && options.stop->load()) return Cancelled(Say("search.stopped"));
    std::optional<ListRow> row = MakeRow(hit.id, hit.row, names);
    if (!row) continue;
    row->why = WhyWords(hit.why);
    page.rows.push_back(*std::move(row));
  }
  page.facets = FacetGroups(result->facets, page, *request.today, names);
  AddSorts(page);
  DAFTAR_ASSIGN_OR_RETURN(const search::Query query, search::ParseQuery(request.query, *request.today));
  DAFTAR_RETURN_IF_ERROR(own.Fill(query, request.kind, names, page));
  if (request.changed_since) TellChanged(*request.changed_since, result->changes_cut, page);
  if (page.total > 0) page.timeline_address = TimelineAddress(page.query, page.kind);
  return names.status();
}

}  // namespace

std::span<const SearchSort> SearchSorts() { return kSorts; }

StatusOr<SearchPage> BuildSearch(const ReadView& view, std::string_view query, const SearchOptions& options) {
  DAFTAR_ASSIGN_OR_RETURN(SearchRequest request, RequestOf(query, options.kind, options.sort, options.limit));
  SearchPage page;
  page.query = query;
  page.kind = options.kind;
  page.sort = options.sort.empty() ? kSorts[0].word : options.sort;
  if (!page.kind.empty()) page.all_kinds_address = SearchAddress(query, "", page.sort);
  DAFTAR_ASSIGN_OR_RETURN(const v1::Checkpoint head, view.Head());
  request.today = static_cast<int32_t>(head.server_ms() / kMsPerDay);
  request.facets = options.facets;
  request.changed_since = options.changed_since;
  request.rows = true;
  request.stop = options.stop;
  if (options.clock != nullptr) {
    request.clock = options.clock;
    request.deadline_ms = options.clock->MonotonicMs() + options.patience_ms;
  }
  if (const auto error = search::CheckQuery(query, *request.today)) {
    page.problem = ProblemOf(*error, page);
    page.words = Say("search.not_runnable");
    return page;
  }
  if (!Blank(query)) DAFTAR_RETURN_IF_ERROR(Run(view, request, options, page));
  if (options.mine != nullptr && !Blank(query)) {
    DAFTAR_ASSIGN_OR_RETURN(page.saved, NumberOf(page, *options.mine));
  }
  page.words = page.late ? Say("search.late") : FoundWords(page);
  if (page.rows.size() < page.total) {
    const bool most = page.rows.size() >= kMostHits;
    const char* key = most ? "search.cut" : "search.show_more";
    (most ? page.cut_words : page.more_words) = Say(key, {{"shown", page.rows.size()}, {"count", page.total}});
  }
  page.respelt_words = RespeltWords(page.respellings);
  page.behind_words = BehindWords(page.behind);
  return page;
}

StatusOr<std::vector<PageLink>> Suggest(const ReadView& view, std::string_view kind, std::string_view typed,
                                        size_t limit) {
  std::vector<PageLink> links;
  // Folded words are neither operators nor fields; the last one may go on.
  const std::vector<std::string> words = search::FoldedWords(typed);
  if (words.empty()) return links;
  std::string query;
  for (const std::string& word : words) query += (query.empty() ? "title:(" : " ") + word;
  DAFTAR_ASSIGN_OR_RETURN(SearchRequest request, RequestOf(query + "*)", kind, "", limit));
  request.why = false;
  request.rows = true;
  DAFTAR_ASSIGN_OR_RETURN(SearchResult result, view.Search(request));
  Names names(view);
  for (const SearchHit& hit : result.hits) {
    const std::optional<ListRow> row = MakeRow(hit.id, hit.row, names);
    if (!row) continue;
    const bool in_places = hit.kind == v1::RecordKind::PLACE && !row->place.empty();
    const std::string text =
        in_places ? Say("search.suggested_place", {{"place", row->title}, {"inside", row->place}}) : row->title;
    links.push_back({text, row->address, row->display_id});
  }
  if (!names.status().ok()) return names.status();
  return links;
}

}  // namespace daftar
