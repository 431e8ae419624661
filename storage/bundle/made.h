// How a bundle is to be made, and what became of that.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "daftar/v1/bundle.pb.h"
#include "storage/base/random.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"
#include "storage/bundle/bundle_writer.h"

namespace daftar::bundle {

// Long work: called with what is done and what there is (0: not known); false stops it with Cancelled. May be null.
using Steps = std::function<bool(uint64_t done, uint64_t total)>;
// Calls it; Cancelled if it says so.
Status Step(const Steps& steps, uint64_t done, uint64_t total);

struct MakeOptions {
  BundleOptions bundle;  // recipients, parts
  int64_t now_ms = 0;    // by the maker's clock
  Steps steps;
};

struct Made {
  std::vector<std::string> files;  // one, or the parts in order
  uint64_t bytes = 0;              // of all of them
  uint64_t count = 0;              // records, edits or answers
  uint64_t from = 0, to = 0;       // revisions, as in the header
};

// Who makes a bundle, and where. The key outlives the call.
struct Maker {
  const KeyPair& key;
  Random& random;
  std::string path;
};

// Signs and closes a bundle that has all its entries.
StatusOr<Made> FinishBundle(BundleWriter& writer, const v1::BundleHeader& header, uint64_t count);

}  // namespace daftar::bundle
