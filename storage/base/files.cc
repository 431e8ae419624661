#include "storage/base/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace daftar {
namespace {

// A descriptor that closes itself.
struct Descriptor {
  explicit Descriptor(int descriptor) : fd(descriptor) {}
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
  Descriptor(const Descriptor&) = delete;
  int fd;
};

StatusOr<std::string> ReadAll(int fd, uint64_t limit, std::string_view name) {
  std::string bytes;
  char buffer[1 << 16];
  while (true) {
    ssize_t n = ::read(fd, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return ErrnoStatus(errno, "reading " + std::string(name));
    if (n == 0) return bytes;
    bytes.append(buffer, static_cast<size_t>(n));
    if (bytes.size() > limit) {
      return InvalidArgument(std::string(name) + " is larger than the limit of " + std::to_string(limit) + " bytes");
    }
  }
}

Status WriteAll(int fd, std::string_view bytes, const std::string& name) {
  while (!bytes.empty()) {
    ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return ErrnoStatus(errno, "writing " + name);
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return OkStatus();
}

}  // namespace

Status ErrnoStatus(int error, std::string_view doing) {
  std::string message = std::string(doing) + ": " + std::strerror(error);
  switch (error) {
    case ENOENT:
      return NotFound(message);
    case EEXIST:
      return AlreadyExists(message);
    case EACCES:
    case EPERM:
    case EROFS:
      return PermissionDenied(message);
    case ENOSPC:
    case EDQUOT:
    case EMFILE:
    case ENFILE:
      return ResourceExhausted(message);
    case EIO:
      return DataLoss(message);
    default:
      return FailedPrecondition(message);
  }
}

Status MakeFolder(const std::string& path) {
  std::error_code unknown;
  if (std::filesystem::is_directory(path, unknown)) return OkStatus();
  std::string sofar;
  for (const auto& piece : std::filesystem::path(path)) {
    sofar = sofar.empty() ? piece.string() : (std::filesystem::path(sofar) / piece).string();
    if (sofar.empty() || ::mkdir(sofar.c_str(), 0700) == 0 || errno == EEXIST || errno == EISDIR) continue;
    return ErrnoStatus(errno, "making the folder " + sofar);
  }
  if (!std::filesystem::is_directory(path, unknown)) return FailedPrecondition(path + " exists and is not a folder");
  return OkStatus();
}

bool Exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

StatusOr<uint64_t> FileSize(const std::string& path) {
  struct stat info;
  if (::stat(path.c_str(), &info) != 0) return ErrnoStatus(errno, "looking at " + path);
  return static_cast<uint64_t>(info.st_size);
}

StatusOr<std::string> ReadFile(const std::string& path, uint64_t limit) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd < 0) return ErrnoStatus(errno, "opening " + path);
  return ReadAll(file.fd, limit, path);
}

StatusOr<std::string> ReadStdin(uint64_t limit) { return ReadAll(STDIN_FILENO, limit, "standard input"); }

Status WriteFileAtomically(const std::string& path, std::string_view bytes) {
  std::string temporary = path + ".new";
  {
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.fd < 0) return ErrnoStatus(errno, "making " + temporary);
    DAFTAR_RETURN_IF_ERROR(WriteAll(file.fd, bytes, temporary));
    if (::fsync(file.fd) != 0) return ErrnoStatus(errno, "flushing " + temporary);
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return ErrnoStatus(errno, "renaming to " + path);
  std::string folder = std::filesystem::path(path).parent_path().string();
  Descriptor parent(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent.fd < 0 || ::fsync(parent.fd) != 0) return ErrnoStatus(errno, "flushing the folder of " + path);
  return OkStatus();
}

Status RefuseNetworkFileSystem(const std::string& path) {
  struct statfs info;
  if (::statfs(path.c_str(), &info) != 0) return ErrnoStatus(errno, "looking at " + path);
  // Magic numbers of linux/magic.h and their manual page statfs(2): NFS, SMB, CIFS, SMB2, Ceph, 9p, AFS.
  switch (static_cast<unsigned long>(info.f_type) & 0xffffffffUL) {
    case 0x6969UL:
    case 0x517bUL:
    case 0xff534d42UL:
    case 0xfe534d42UL:
    case 0x00c36400UL:
    case 0x01021997UL:
    case 0x5346414fUL:
      return FailedPrecondition(path +
                                " is on a network file system, where the database is not safe; choose a local folder");
    default:
      return OkStatus();
  }
}

StatusOr<std::unique_ptr<FolderLock>> FolderLock::Acquire(const std::string& folder) {
  std::string path = folder + "/lock";
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (file.fd < 0) return ErrnoStatus(errno, "opening " + path);
  if (::flock(file.fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return ErrnoStatus(errno, "claiming " + folder);
    char owner[32] = {};
    ssize_t n = ::pread(file.fd, owner, sizeof owner - 1, 0);
    return FailedPrecondition(folder + " is in use by " +
                              (n > 0 ? "process " + std::string(owner) : "another process") +
                              "; close that program first");
  }
  std::string self = std::to_string(::getpid());
  if (::ftruncate(file.fd, 0) != 0 || ::pwrite(file.fd, self.data(), self.size(), 0) < 0) {
    return ErrnoStatus(errno, "writing " + path);
  }
  int fd = file.fd;
  file.fd = -1;
  return std::unique_ptr<FolderLock>(new FolderLock(fd));
}

FolderLock::~FolderLock() { ::close(fd_); }

}  // namespace daftar
