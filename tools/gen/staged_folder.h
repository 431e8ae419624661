// A folder that appears under its name whole or not at all.
#pragma once

#include <string>

#include "storage/base/status.h"

namespace daftar::gen {

// Work happens in FOLDER.partial beside the target, which is removed with all in it unless Publish succeeds. One
// thread.
class StagedFolder {
 public:
  // AlreadyExists, in words, if there is something at the target or at FOLDER.partial; nothing is touched then.
  static StatusOr<StagedFolder> Begin(const std::string& target);
  ~StagedFolder();
  StagedFolder(StagedFolder&& other) noexcept;
  StagedFolder& operator=(StagedFolder&&) = delete;

  const std::string& path() const { return partial_; }
  // Syncs files and folders, then renames. REQUIRES: whatever was open in it is closed.
  Status Publish();

 private:
  StagedFolder(std::string target, std::string partial) : target_(std::move(target)), partial_(std::move(partial)) {}

  std::string target_;
  std::string partial_;  // empty: nothing to remove any more
};

// AlreadyExists if there is something at the path.
Status RefuseExisting(const std::string& path);
// Makes what was written to the file or folder durable.
Status SyncPath(const std::string& path);
// Renames and makes that durable.
Status RenameDurably(const std::string& from, const std::string& to);

}  // namespace daftar::gen
