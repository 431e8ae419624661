// What lies in a folder, kept in memory and laid down elsewhere as often as wanted: much quicker than to copy files.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "storage/base/status.h"

namespace daftar::sim {

class FolderImage {
 public:
  // Of a folder that no program has open. LMDB makes its lock files again, so they are left out.
  static StatusOr<FolderImage> Of(const std::string& folder);

  // REQUIRES: there is no such folder yet, but the one that it is to lie in.
  Status LayDown(const std::string& folder) const;

 private:
  // By paths within the folder; what a folder lies in stands before it.
  std::vector<std::string> folders_;
  std::vector<std::pair<std::string, std::string>> files_;
};

}  // namespace daftar::sim
