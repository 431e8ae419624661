#include "client/model/search_model.h"

#include "client/model/names.h"
#include "client/model/rows.h"
#include "client/model/values.h"
#include "client/model/words.h"

namespace daftar {
namespace {

std::string FoundWords(const SearchPage& page) {
  if (page.total == 0) return "nothing found for \"" + page.query + "\"";
  std::string total = NumberWords(static_cast<double>(page.total));
  if (page.rows.size() >= page.total) return total + " found";
  return NumberWords(static_cast<double>(page.rows.size())) + " of " + total + " found";
}

StatusOr<SearchRequest> RequestOf(std::string_view query, std::string_view kind, size_t limit) {
  SearchRequest request;
  request.query = query;
  request.limit = limit;
  if (kind.empty()) return request;
  request.kind = KindFromWord(kind);
  if (!request.kind) return InvalidArgument("\"" + std::string(kind) + "\" is no kind of record");
  return request;
}

}  // namespace

StatusOr<SearchPage> BuildSearch(const ReadView& view, std::string_view query, const SearchOptions& options) {
  DAFTAR_ASSIGN_OR_RETURN(SearchRequest request, RequestOf(query, options.kind, options.limit));
  request.stop = options.stop;
  SearchPage page;
  page.query = query;
  if (query.find_first_not_of(" \t\n") != std::string_view::npos) {
    DAFTAR_ASSIGN_OR_RETURN(SearchResult result, view.Search(request));
    Names names(view, options.language);
    page.total = result.total;
    for (const SearchHit& hit : result.hits) {
      if (options.stop != nullptr && options.stop->load()) return Cancelled("the search was stopped");
      const Record* record = names.Find(hit.id);
      if (record == nullptr) continue;
      page.rows.push_back(MakeRow(*record, names));
      page.rows.back().why = hit.why;
    }
    if (!names.status().ok()) return names.status();
  }
  page.words = FoundWords(page);
  return page;
}

StatusOr<std::vector<PageLink>> Suggest(const ReadView& view, std::string_view kind, std::string_view typed,
                                        size_t limit) {
  std::vector<PageLink> links;
  if (typed.find_first_not_of(" \t\n") == std::string_view::npos) return links;
  DAFTAR_ASSIGN_OR_RETURN(SearchRequest request, RequestOf(typed, kind, limit));
  DAFTAR_ASSIGN_OR_RETURN(SearchResult result, view.Search(request));
  Names names(view, "en");
  for (const SearchHit& hit : result.hits) {
    const Record* record = names.Find(hit.id);
    if (record == nullptr) continue;
    PageLink link = names.LinkTo(*record);
    if (record->kind() == v1::RecordKind::PLACE) link.text = PlaceChain(record->id().bytes(), names).text;
    links.push_back(std::move(link));
  }
  if (!names.status().ok()) return names.status();
  return links;
}

}  // namespace daftar
