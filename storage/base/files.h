// Files and folders: the few calls that storage needs beyond LMDB, with errors in words.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "storage/base/status.h"

namespace daftar {

// Makes the folder and those above it, mode 0700. Fine if it exists.
Status MakeFolder(const std::string& path);
bool Exists(const std::string& path);
StatusOr<uint64_t> FileSize(const std::string& path);
// The whole file; InvalidArgument if it is larger than `limit` bytes.
StatusOr<std::string> ReadFile(const std::string& path, uint64_t limit);
// Everything from standard input; InvalidArgument beyond `limit` bytes.
StatusOr<std::string> ReadStdin(uint64_t limit);
// Replaces the file at once: temporary file, fsync, rename, fsync of the folder. Mode 0600.
Status WriteFileAtomically(const std::string& path, std::string_view bytes);
// FailedPrecondition if the folder lies on a network file system, whose locks and mappings LMDB cannot trust.
Status RefuseNetworkFileSystem(const std::string& path);
// The error of a system call, from errno, in words.
Status ErrnoStatus(int error, std::string_view doing);

// An exclusive claim on a folder by this process, through a lock file in it. Released when destroyed or when the
// process dies.
class FolderLock {
 public:
  // FailedPrecondition if another process holds it; the message names its process id.
  static StatusOr<std::unique_ptr<FolderLock>> Acquire(const std::string& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace daftar
