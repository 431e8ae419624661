// What the reader keeps of one record: for its page. Plain values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "storage/base/status.h"

namespace daftar {

class PrivateStore;

struct OwnPart {
  std::string record;  // UUID
  bool pinned = false;
  std::vector<std::string> tags;
  std::string note;
};

// `id`: a UUID; InvalidArgument for anything else.
StatusOr<OwnPart> ReadOwnPart(const PrivateStore& store, std::string_view id);

}  // namespace daftar
