// A bundle's bytes from a file, or from its parts in any order. One descriptor at a time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "storage/bundle/byte_stream.h"

namespace daftar::bundle {

// The files that make up the bundle of that name: `path` itself; else its parts path.001, path.002 … that are there, by
// number; else, if path is one part (name.daftar.003), all parts beside it. Empty if there is no such file.
StatusOr<std::vector<std::string>> FilesOfBundle(const std::string& path);

class FileSource final : public ByteSource {
 public:
  // Checks parts against each other and each against its hash, so that the one that is wrong is named. NotFound: a part
  // is missing, the message says which. InvalidArgument: files that do not belong together. DataLoss: a part is
  // damaged.
  static StatusOr<std::unique_ptr<FileSource>> Open(const std::vector<std::string>& paths);
  ~FileSource() override;

  StatusOr<size_t> Read(char* to, size_t most) override;
  Status Rewind() override;

  // Bytes of all pieces together.
  uint64_t size() const;
  size_t pieces() const { return pieces_.size(); }

 private:
  // A file or part, and where in it the bundle's bytes lie.
  struct Piece {
    std::string path;
    uint64_t begin = 0;
    uint64_t size = 0;
  };

  explicit FileSource(std::vector<Piece> pieces) : pieces_(std::move(pieces)) {}
  static StatusOr<std::vector<Piece>> Arrange(const std::vector<std::string>& paths);
  Status OpenPiece();
  void ClosePiece();

  const std::vector<Piece> pieces_;  // in order
  size_t piece_ = 0;
  uint64_t at_ = 0;  // within the piece
  int fd_ = -1;      // of the piece, if it is open
};

}  // namespace daftar::bundle
