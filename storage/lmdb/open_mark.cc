#include "storage/lmdb/open_mark.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "storage/base/files.h"

namespace daftar::lmdb {
namespace {

std::string MarkOf(const std::string& folder) { return folder + "/open"; }

std::string HolderOf(int fd) {
  char id[32] = {};
  const ssize_t size = ::pread(fd, id, sizeof id - 1, 0);
  return size > 0 ? "process " + std::string(id) : "another process";
}

// False if the file was removed between opening and locking it.
bool IsStillThere(int fd, const std::string& path) {
  struct stat opened, named;
  return ::fstat(fd, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino;
}

}  // namespace

StatusOr<OpenMark> OpenMark::Set(const std::string& folder) {
  const std::string path = MarkOf(folder);
  while (true) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return ErrnoStatus(errno, "opening " + path);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
      const int error = errno;
      const std::string holder = HolderOf(fd);
      ::close(fd);
      if (error != EWOULDBLOCK) return ErrnoStatus(error, "claiming " + path);
      return FailedPrecondition("the database in " + folder + " is open in " + holder + "; close that program first");
    }
    if (!IsStillThere(fd, path)) {
      ::close(fd);
      continue;
    }
    struct stat info;
    const bool left_behind = ::fstat(fd, &info) == 0 && info.st_size > 0;
    OpenMark mark(path, fd, left_behind);
    const std::string self = std::to_string(::getpid());
    if (::ftruncate(fd, 0) != 0 || ::pwrite(fd, self.data(), self.size(), 0) < 0) {
      return ErrnoStatus(errno, "writing " + path);
    }
    return mark;
  }
}

OpenMark::OpenMark(std::string path, int fd, bool left_behind)
    : path_(std::move(path)), fd_(fd), process_(::getpid()), left_behind_(left_behind) {}

OpenMark::OpenMark(OpenMark&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      process_(other.process_),
      left_behind_(other.left_behind_),
      settled_(other.settled_) {}

OpenMark::~OpenMark() {
  if (fd_ < 0) return;
  if (process_ == ::getpid() && (!left_behind_ || settled_)) ::unlink(path_.c_str());
  ::close(fd_);
}

std::optional<std::string> ProcessThatHasOpen(const std::string& folder) {
  const int fd = ::open(MarkOf(folder).c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  std::optional<std::string> holder;
  if (::flock(fd, LOCK_SH | LOCK_NB) != 0) holder = HolderOf(fd);
  ::close(fd);
  return holder;
}

bool WasNotClosed(const std::string& folder) {
  const StatusOr<uint64_t> size = FileSize(MarkOf(folder));
  return size.ok() && *size > 0 && !ProcessThatHasOpen(folder);
}

}  // namespace daftar::lmdb
