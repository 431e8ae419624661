// Roots: how many independent tellings stand behind a record. Articles that rest on one text count once.
#pragma once

#include <span>
#include <string>

#include "daftar/v1/account.pb.h"
#include "storage/base/status.h"
#include "storage/model/compare.h"

namespace daftar {

// Where an account's lineage ends.
struct Root {
  std::string key;     // equal keys, one root
  bool known = false;  // false: the end of the chain may itself rest on something else
};

// Follows the account's lineage, else that of its source, to the end. Chains longer than 16 steps, or in a circle, end
// there.
StatusOr<Root> RootOf(const v1::Account& account, const RecordLookup& lookup);

struct RootCount {
  int articles = 0;        // different sources that were read
  int roots_at_most = 0;   // different ends of lineage
  int roots_at_least = 0;  // those known to be their own origin; unknown lineage never counts as independent
};
StatusOr<RootCount> CountRoots(std::span<const v1::Account* const> accounts, const RecordLookup& lookup);

}  // namespace daftar
