// What a search finds in what the reader keeps alone: for this folder alone. One search; one thread.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/model/names.h"
#include "client/model/own_records.h"
#include "client/model/search_model.h"
#include "storage/search/query/query.h"

namespace daftar {

class OwnSearch {
 public:
  // `store`: nullptr for nothing of the reader's own.
  OwnSearch(const PrivateStore* store, const std::atomic<bool>* stop) : store_(store), stop_(stop) {}

  // For SearchRequest::own_of; dies before this.
  std::function<StatusOr<std::vector<Uuid>>(const search::Node&)> Asker();
  // The hits of the query's free words in notes and tags, as a group of their own; and why a row was found that the
  // index has no reason for.
  Status Fill(const search::Query& query, const std::optional<Kind>& kind, Names& names, SearchPage& page);

 private:
  Status Load();

  const PrivateStore* const store_;
  const std::atomic<bool>* const stop_;
  std::optional<OwnRecords> records_;  // read when they are first asked for
};

}  // namespace daftar
