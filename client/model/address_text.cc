#include "client/model/address_text.h"

#include "client/model/home.h"
#include "client/model/list.h"
#include "client/model/page.h"
#include "client/model/search_model.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

StatusOr<std::string> SearchText(const ReadView& view, const Address& address, const TextOptions& options) {
  SearchOptions search;
  search.kind = address.Param("kind");
  search.sort = address.Param("sort");
  search.facets = true;
  DAFTAR_ASSIGN_OR_RETURN(const SearchPage page, BuildSearch(view, address.Param("q"), search));
  return SearchAsText(page, options);
}

}  // namespace

StatusOr<std::string> AddressAsText(const ReadView& view, const Address& address, int64_t now_ms,
                                    const TextOptions& options) {
  std::optional<int32_t> as_of;
  if (const std::string day = address.Param("as_of"); !day.empty()) {
    DAFTAR_ASSIGN_OR_RETURN(as_of, ParseIsoDay(day));
  }
  if (address.word == "search") return SearchText(view, address, options);
  if (address.word == "home") {
    DAFTAR_ASSIGN_OR_RETURN(const Home home, BuildHome(view, now_ms));
    return HomeAsText(home, options);
  }
  if (address.word == "list") {
    ListOptions wish;
    wish.as_of = as_of;
    DAFTAR_ASSIGN_OR_RETURN(const List list, BuildList(view, address.id, wish));
    return ListAsText(list, options);
  }
  if (address.id.empty()) return NotFound("there is no page " + address.ToString());
  PageOptions wish;
  wish.as_of = as_of;
  DAFTAR_ASSIGN_OR_RETURN(const Page page, BuildPage(view, address.id, wish));
  return PageAsText(page, options);
}

}  // namespace daftar
