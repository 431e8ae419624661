#include "storage/bundle/file_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <map>

#include "storage/base/files.h"
#include "storage/base/sodium.h"
#include "storage/bundle/limits.h"
#include "storage/bundle/part.h"

namespace daftar::bundle {
namespace {

constexpr size_t kReadSize = 64 << 10;
constexpr std::string_view kCopyAgain = "; copy it again, or ask for another copy";

// A file that closes itself.
class OpenFile {
 public:
  explicit OpenFile(std::string path)
      : path_(std::move(path)), fd_(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~OpenFile() {
    if (fd_ >= 0) ::close(fd_);
  }
  OpenFile(const OpenFile&) = delete;

  // The size of a plain file that could be opened.
  StatusOr<uint64_t> Size() const {
    if (fd_ < 0) return ErrnoStatus(errno, "opening " + path_);
    struct stat info;
    if (::fstat(fd_, &info) != 0) return ErrnoStatus(errno, "looking at " + path_);
    if (!S_ISREG(info.st_mode)) return InvalidArgument(path_ + " is not a plain file; copy the bundle into one first");
    return static_cast<uint64_t>(info.st_size);
  }
  StatusOr<size_t> ReadAt(uint64_t at, char* to, size_t most) const {
    while (true) {
      const ssize_t n = ::pread(fd_, to, most, static_cast<off_t>(at));
      if (n >= 0) return static_cast<size_t>(n);
      if (errno != EINTR) return ErrnoStatus(errno, "reading " + path_);
    }
  }
  int Release() { return std::exchange(fd_, -1); }

 private:
  const std::string path_;
  int fd_;
};

StatusOr<Hash256> HashOfPiece(const OpenFile& file, const std::string& path, uint64_t size) {
  RunningHash hash;
  std::string buffer(kReadSize, '\0');
  for (uint64_t at = 0; at < size;) {
    const size_t most = static_cast<size_t>(std::min<uint64_t>(buffer.size(), size - at));
    DAFTAR_ASSIGN_OR_RETURN(const size_t n, file.ReadAt(kPartHeaderSize + at, buffer.data(), most));
    if (n == 0) return DataLoss(path + " became shorter while it was read" + std::string(kCopyAgain));
    hash.Add(std::string_view(buffer).substr(0, n));
    at += n;
  }
  return hash.Final();
}

// The header of a part that is as it was written.
StatusOr<PartHeader> CheckPart(const OpenFile& file, const std::string& path, std::string_view bytes,
                               uint64_t file_size) {
  std::string_view claimed;
  StatusOr<PartHeader> header = DecodePartHeader(bytes, claimed);
  if (!header.ok()) return WithContext(header.status(), path);
  const uint64_t size = file_size - kPartHeaderSize;
  if (header->size != size) {
    return DataLoss(path + " should hold " + std::to_string(header->size) + " bytes of the bundle and holds " +
                    std::to_string(size) + std::string(kCopyAgain));
  }
  DAFTAR_ASSIGN_OR_RETURN(const Hash256 piece, HashOfPiece(file, path, size));
  if (AsBytes(PartHash(*header, piece)) != claimed) return DataLoss(path + " is damaged" + std::string(kCopyAgain));
  return header;
}

// ".007" at the end of a name; parts are counted from 1.
bool IsPartName(std::string_view path) {
  return path.size() > 4 && path[path.size() - 4] == '.' && !path.ends_with(".000") &&
         path.find_first_not_of("0123456789", path.size() - 3) == std::string_view::npos;
}

std::string NameMissing(const std::map<uint32_t, PartHeader>& there, uint32_t parts) {
  std::string missing;
  size_t count = 0;
  for (uint32_t number = 1; number <= parts; ++number) {
    if (there.contains(number)) continue;
    if (++count > 10) return missing + " and others";
    missing += (missing.empty() ? "" : ", ") + std::to_string(number);
  }
  return missing;
}

}  // namespace

StatusOr<std::vector<std::string>> FilesOfBundle(const std::string& path) {
  const bool is_part = IsPartName(path);
  if (!is_part && Exists(path)) return std::vector<std::string>{path};
  const std::string stem = is_part ? path.substr(0, path.size() - 4) : path;
  std::vector<std::string> files;
  for (uint32_t number = 1; number <= kMostParts; ++number) {
    const std::string name = PartName(stem, number);
    if (Exists(name)) files.push_back(name);
  }
  return files;
}

StatusOr<std::vector<FileSource::Piece>> FileSource::Arrange(const std::vector<std::string>& paths) {
  if (paths.empty()) return InvalidArgument("no file was given");
  if (paths.size() > kMostParts)
    return InvalidArgument("a bundle has at most " + std::to_string(kMostParts) + " parts");
  std::map<uint32_t, PartHeader> headers;
  std::map<uint32_t, Piece> pieces;
  for (const std::string& path : paths) {
    const OpenFile file(path);
    DAFTAR_ASSIGN_OR_RETURN(const uint64_t size, file.Size());
    std::string begin(kPartHeaderSize, '\0');
    DAFTAR_ASSIGN_OR_RETURN(const size_t n, file.ReadAt(0, begin.data(), begin.size()));
    begin.resize(n);
    if (!begin.starts_with(kPartMagic)) {
      if (paths.size() == 1) return std::vector<Piece>{{path, 0, size}};
      return InvalidArgument(path + " is not a part of a bundle; give the parts of one bundle and nothing else");
    }
    if (n < kPartHeaderSize) return DataLoss(path + " is cut short" + std::string(kCopyAgain));
    DAFTAR_ASSIGN_OR_RETURN(const PartHeader header, CheckPart(file, path, begin, size));
    const bool first = headers.empty();
    if (!first && (header.set != headers.begin()->second.set || header.parts != headers.begin()->second.parts)) {
      return InvalidArgument(path + " belongs to another bundle than " + pieces.begin()->second.path);
    }
    if (!headers.emplace(header.number, header).second) {
      return InvalidArgument("part " + std::to_string(header.number) +
                             " was given twice: " + pieces[header.number].path + " and " + path);
    }
    pieces[header.number] = {path, kPartHeaderSize, header.size};
  }
  const uint32_t parts = headers.begin()->second.parts;
  if (headers.size() < parts) {
    return NotFound("missing of " + std::to_string(parts) + " parts: " + NameMissing(headers, parts) +
                    "; nothing of the bundle can be used without");
  }
  std::vector<Piece> sorted;
  uint64_t offset = 0;
  for (const auto& [number, piece] : pieces) {
    if (headers[number].offset != offset) {
      return DataLoss(piece.path + " does not begin where the part before it ends" + std::string(kCopyAgain));
    }
    offset += piece.size;
    sorted.push_back(piece);
  }
  return sorted;
}

StatusOr<std::unique_ptr<FileSource>> FileSource::Open(const std::vector<std::string>& paths) {
  PrepareSodium();
  DAFTAR_ASSIGN_OR_RETURN(std::vector<Piece> pieces, Arrange(paths));
  return std::unique_ptr<FileSource>(new FileSource(std::move(pieces)));
}

FileSource::~FileSource() { ClosePiece(); }

uint64_t FileSource::size() const {
  uint64_t size = 0;
  for (const Piece& piece : pieces_) size += piece.size;
  return size;
}

Status FileSource::OpenPiece() {
  OpenFile file(pieces_[piece_].path);
  DAFTAR_RETURN_IF_ERROR(file.Size().status());
  fd_ = file.Release();
  return OkStatus();
}

void FileSource::ClosePiece() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

StatusOr<size_t> FileSource::Read(char* to, size_t most) {
  while (piece_ < pieces_.size()) {
    const Piece& piece = pieces_[piece_];
    if (at_ == piece.size) {
      ClosePiece();
      ++piece_;
      at_ = 0;
      continue;
    }
    if (fd_ < 0) DAFTAR_RETURN_IF_ERROR(OpenPiece());
    most = static_cast<size_t>(std::min<uint64_t>(most, piece.size - at_));
    const ssize_t n = ::pread(fd_, to, most, static_cast<off_t>(piece.begin + at_));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return ErrnoStatus(errno, "reading " + piece.path);
    if (n == 0) return DataLoss(piece.path + " became shorter while it was read" + std::string(kCopyAgain));
    at_ += static_cast<uint64_t>(n);
    return static_cast<size_t>(n);
  }
  return size_t{0};
}

Status FileSource::Rewind() {
  if (piece_ != 0) ClosePiece();
  piece_ = 0;
  at_ = 0;
  return OkStatus();
}

}  // namespace daftar::bundle
