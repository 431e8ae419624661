#include "storage/lmdb/swap.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "storage/base/files.h"
#include "storage/lmdb/file_tail.h"

namespace daftar::lmdb {
namespace {

std::string DataFile(const std::string& folder) { return folder + "/data.mdb"; }
std::string Copy(const std::string& folder) { return folder + "/data.mdb.new"; }
std::string Note(const std::string& folder) { return folder + "/compacted"; }

Status Flush(const std::string& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool flushed = fd >= 0 && ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  return flushed ? OkStatus() : ErrnoStatus(error, "flushing " + path);
}

Status Move(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return ErrnoStatus(errno, "renaming " + from);
  return OkStatus();
}

// True if the copy was made of the last transaction of the file.
bool IsCurrent(const std::string& folder) {
  constexpr uint64_t kMostDigits = 20;
  const StatusOr<std::string> note = ReadFile(Note(folder), kMostDigits);
  const std::optional<uint64_t> last = LastTransactionOf(DataFile(folder));
  return note.ok() && last && *note == std::to_string(*last);
}

}  // namespace

std::string CompactFolder(const std::string& folder) { return folder + "/compact"; }

Status PlaceCompacted(const std::string& folder, uint64_t transaction) {
  const std::string made = DataFile(CompactFolder(folder));
  DAFTAR_RETURN_IF_ERROR(Flush(made, O_RDWR));
  DAFTAR_RETURN_IF_ERROR(WriteFileAtomically(Note(folder), std::to_string(transaction)));
  DAFTAR_RETURN_IF_ERROR(Move(made, Copy(folder)));
  return Flush(folder, O_RDONLY | O_DIRECTORY);
}

bool WouldTakeCompacted(const std::string& folder) { return Exists(Copy(folder)) && IsCurrent(folder); }

Status TakeCompacted(const std::string& folder) {
  if (WouldTakeCompacted(folder)) {
    DAFTAR_RETURN_IF_ERROR(Move(Copy(folder), DataFile(folder)));
    DAFTAR_RETURN_IF_ERROR(Flush(folder, O_RDONLY | O_DIRECTORY));
  }
  RemoveCompactRemains(folder);
  return OkStatus();
}

void RemoveCompactRemains(const std::string& folder) {
  // What cannot be removed now is removed at the next open; it harms nobody.
  std::error_code ignored;
  std::filesystem::remove(Copy(folder), ignored);
  std::filesystem::remove(Note(folder), ignored);
  std::filesystem::remove_all(CompactFolder(folder), ignored);
}

}  // namespace daftar::lmdb
