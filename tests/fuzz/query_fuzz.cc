// A query as somebody typed it: what is understood must be written so that it is understood alike, and what is not must
// be refused with a place in the text.
#include <algorithm>

#include "storage/search/query/query.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daftar::search;
  constexpr int32_t kToday = 19858;  // 2024-05-15
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  daftar::StatusOr<Query> query = ParseQuery(text, kToday);
  std::optional<QueryError> error = CheckQuery(text, kToday);
  DAFTAR_CHECK(query.ok() == !error.has_value());
  if (error) {
    DAFTAR_CHECK(error->column >= 1 && error->column <= size + 1 && !error->message.empty());
    return 0;
  }
  DAFTAR_CHECK(query->root.op != Node::Op::kNot);
  const std::string written = ToText(*query);
  daftar::StatusOr<Query> again = ParseQuery(written, kToday);
  DAFTAR_CHECK(again.ok() && SameQuery(*again, *query) && ToText(*again) == written);
  return 0;
}
