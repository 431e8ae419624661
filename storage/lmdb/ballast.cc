#include "storage/lmdb/ballast.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <limits>

#include "storage/base/files.h"

namespace daftar::lmdb {
namespace {

std::string FileOf(const std::string& folder) { return folder + "/ballast"; }

}  // namespace

uint64_t FreeBytesUnder(const std::string& folder) {
  struct statvfs info;
  if (::statvfs(folder.c_str(), &info) != 0) return std::numeric_limits<uint64_t>::max();
  return uint64_t{info.f_bavail} * info.f_frsize;
}

bool Ballast::Restore() {
  if (bytes_ == 0) return true;
  MutexLock lock(mutex_);
  const std::string path = FileOf(folder_);
  if (const StatusOr<uint64_t> size = FileSize(path); size.ok() && *size >= bytes_) return true;
  if (FreeBytesUnder(folder_) / 2 < bytes_) return false;
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  const bool made = ::posix_fallocate(fd, 0, static_cast<off_t>(bytes_)) == 0;
  ::close(fd);
  if (!made) ::unlink(path.c_str());
  return made;
}

bool Ballast::Release() {
  MutexLock lock(mutex_);
  return bytes_ != 0 && ::unlink(FileOf(folder_).c_str()) == 0;
}

}  // namespace daftar::lmdb
