#include "storage/view/read_view.h"

#include <algorithm>

namespace daftar {

StatusOr<std::vector<ListedRecord>> ReadView::Rows(Kind kind, const ListWindow& window) const {
  const size_t enough = window.first + window.limit + window.without.size();
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Uuid> ids, List(kind, enough, window.with_retired));
  std::erase_if(ids, [&](const Uuid& id) {
    return std::find(window.without.begin(), window.without.end(), id) != window.without.end();
  });
  const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(std::min(window.first, ids.size()));
  const auto end = begin + static_cast<std::ptrdiff_t>(std::min<size_t>(window.limit, ids.end() - begin));
  return WithoutRows({begin, end});
}

}  // namespace daftar
