#include "storage/bundle/file_sink.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "storage/base/bytes.h"
#include "storage/base/files.h"
#include "storage/bundle/file_source.h"
#include "storage/bundle/limits.h"

namespace daftar::bundle {
namespace {

std::string Temporary(const std::string& path) { return path + ".new"; }

Status WriteError(int error, const std::string& path) {
  if (error == EFBIG) {
    return ResourceExhausted(path + " is larger than a file may be there; split the bundle into parts");
  }
  return ErrnoStatus(error, "writing " + path);
}

Status FlushFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool flushed = fd >= 0 && ::fsync(fd) == 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  return flushed ? OkStatus() : ErrnoStatus(error, "flushing the folder of " + path);
}

}  // namespace

StatusOr<std::unique_ptr<FileSink>> FileSink::Create(const std::string& path, uint64_t part_bytes, Random& random) {
  if (part_bytes != 0 && part_bytes < kLeastPartBytes) {
    return InvalidArgument("a part holds at least " + std::to_string(kLeastPartBytes) + " bytes");
  }
  DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string> there, FilesOfBundle(path));
  if (!there.empty()) {
    return AlreadyExists(there.front() + " exists; choose another name, or move it away first");
  }
  std::unique_ptr<FileSink> sink(new FileSink(path, part_bytes));
  PutU64(sink->set_, random.Next());
  PutU64(sink->set_, random.Next());
  DAFTAR_RETURN_IF_ERROR(sink->OpenPiece());
  return sink;
}

FileSink::~FileSink() {
  if (fd_ >= 0) ::close(fd_);
  if (finished_) return;
  for (const Piece& piece : pieces_) ::unlink(piece.named ? piece.path.c_str() : Temporary(piece.path).c_str());
}

Status FileSink::OpenPiece() {
  Piece piece;
  piece.path = path_;
  if (part_bytes_ != 0) {
    if (pieces_.size() == kMostParts) {
      return ResourceExhausted("the bundle would have more than " + std::to_string(kMostParts) +
                               " parts; allow larger ones");
    }
    piece.header.set = set_;
    piece.header.number = static_cast<uint32_t>(pieces_.size() + 1);
    piece.path = PartName(path_, piece.header.number);
    if (!pieces_.empty()) piece.header.offset = pieces_.back().header.offset + pieces_.back().header.size;
  }
  const std::string name = Temporary(piece.path);
  fd_ = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd_ < 0) return ErrnoStatus(errno, "making " + name);
  pieces_.push_back(std::move(piece));
  hash_ = RunningHash();
  // Room for the header of a part, which is known when all parts are.
  if (part_bytes_ != 0) return WriteOut(std::string(kPartHeaderSize, '\0'));
  return OkStatus();
}

Status FileSink::ClosePiece() {
  pieces_.back().hash = hash_.Final();
  const bool flushed = part_bytes_ != 0 || ::fsync(fd_) == 0;  // parts are flushed with their headers
  const int error = errno;
  const bool closed = ::close(fd_) == 0;
  fd_ = -1;
  if (!flushed || !closed) return WriteError(flushed ? errno : error, pieces_.back().path);
  return OkStatus();
}

Status FileSink::WriteOut(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd_, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return WriteError(errno, pieces_.back().path);
    bytes.remove_prefix(static_cast<size_t>(n));
  }
  return OkStatus();
}

Status FileSink::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    size_t now = bytes.size();
    if (part_bytes_ != 0) {
      uint64_t room = part_bytes_ - kPartHeaderSize - pieces_.back().header.size;
      if (room == 0) {
        DAFTAR_RETURN_IF_ERROR(ClosePiece());
        DAFTAR_RETURN_IF_ERROR(OpenPiece());
        room = part_bytes_ - kPartHeaderSize;
      }
      now = static_cast<size_t>(std::min<uint64_t>(room, now));
    }
    DAFTAR_RETURN_IF_ERROR(WriteOut(bytes.substr(0, now)));
    if (part_bytes_ != 0) hash_.Add(bytes.substr(0, now));
    pieces_.back().header.size += now;
    bytes.remove_prefix(now);
  }
  return OkStatus();
}

Status FileSink::CompletePartHeaders() {
  for (Piece& piece : pieces_) {
    piece.header.parts = static_cast<uint32_t>(pieces_.size());
    const std::string bytes = EncodePartHeader(piece.header, piece.hash);
    const int fd = ::open(Temporary(piece.path).c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) return ErrnoStatus(errno, "opening " + Temporary(piece.path));
    const bool written = ::pwrite(fd, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size());
    const bool flushed = written && ::fsync(fd) == 0;
    const int error = errno;
    ::close(fd);
    if (!flushed) return WriteError(error, piece.path);
  }
  return OkStatus();
}

Status FileSink::Finish() {
  DAFTAR_RETURN_IF_ERROR(ClosePiece());
  if (part_bytes_ != 0) DAFTAR_RETURN_IF_ERROR(CompletePartHeaders());
  for (Piece& piece : pieces_) {
    if (::rename(Temporary(piece.path).c_str(), piece.path.c_str()) != 0) {
      return ErrnoStatus(errno, "renaming to " + piece.path);
    }
    piece.named = true;
  }
  DAFTAR_RETURN_IF_ERROR(FlushFolderOf(path_));
  finished_ = true;
  return OkStatus();
}

std::vector<std::string> FileSink::files() const {
  std::vector<std::string> files;
  files.reserve(pieces_.size());
  for (const Piece& piece : pieces_) files.push_back(piece.path);
  return files;
}

}  // namespace daftar::bundle
