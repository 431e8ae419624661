#include "tools/gen/staged_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "storage/base/files.h"

namespace daftar::gen {
namespace {

namespace fs = std::filesystem;

std::string ParentOf(const std::string& path) {
  const std::string parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

std::string WithoutLastSlash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

Status RefuseExisting(const std::string& path) {
  std::error_code ignored_since_absence_is_the_question;
  if (!fs::exists(fs::symlink_status(path, ignored_since_absence_is_the_question))) return OkStatus();
  return AlreadyExists("there is something at " + path + " already; it is untouched. Choose another name or remove it");
}

Status SyncPath(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return ErrnoStatus(errno, "opening " + path);
  const int failed = fsync(fd) == 0 ? 0 : errno;
  close(fd);
  return failed == 0 ? OkStatus() : ErrnoStatus(failed, "syncing " + path);
}

Status RenameDurably(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return ErrnoStatus(errno, "renaming " + from + " to " + to);
  return SyncPath(ParentOf(to));
}

StatusOr<StagedFolder> StagedFolder::Begin(const std::string& target) {
  const std::string name = WithoutLastSlash(target);
  if (name.empty()) return InvalidArgument("the folder has no name");
  DAFTAR_RETURN_IF_ERROR(RefuseExisting(name));
  const std::string partial = name + ".partial";
  if (!RefuseExisting(partial).ok()) {
    return AlreadyExists(partial + " is left from a load that was killed, or another one is at work there; remove it");
  }
  DAFTAR_RETURN_IF_ERROR(MakeFolder(partial));
  return StagedFolder(name, partial);
}

StagedFolder::StagedFolder(StagedFolder&& other) noexcept
    : target_(std::move(other.target_)), partial_(std::exchange(other.partial_, "")) {}

StagedFolder::~StagedFolder() {
  if (partial_.empty()) return;
  std::error_code ignored_since_the_name_says_that_it_is_partial;
  fs::remove_all(partial_, ignored_since_the_name_says_that_it_is_partial);
}

Status StagedFolder::Publish() {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(partial_, error)) {
    DAFTAR_RETURN_IF_ERROR(SyncPath(entry.path().string()));
  }
  if (error) return ErrnoStatus(error.value(), "listing " + partial_);
  DAFTAR_RETURN_IF_ERROR(SyncPath(partial_));
  DAFTAR_RETURN_IF_ERROR(RefuseExisting(target_));
  DAFTAR_RETURN_IF_ERROR(RenameDurably(partial_, target_));
  partial_.clear();
  return OkStatus();
}

}  // namespace daftar::gen
