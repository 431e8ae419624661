// A bundle's bytes into a file, or into parts of at most so many bytes. Nothing has its name before all is durable:
// temporary files beside it (.new), flushed, renamed, the folder flushed. Without Finish the temporary files go.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/random.h"
#include "storage/bundle/byte_stream.h"
#include "storage/bundle/part.h"

namespace daftar::bundle {

class FileSink final : public ByteSink {
 public:
  // `part_bytes` 0: one file of that name; else parts named path.001, path.002 … of at most that size, at least
  // kLeastPartBytes. AlreadyExists if the file, or any such part, is there: a bundle is never overwritten.
  static StatusOr<std::unique_ptr<FileSink>> Create(const std::string& path, uint64_t part_bytes, Random& random);
  ~FileSink() override;

  Status Write(std::string_view bytes) override;
  Status Finish() override;

  // The files, complete after Finish.
  std::vector<std::string> files() const;

 private:
  // One file that is being written or is written.
  struct Piece {
    std::string path;
    PartHeader header;
    Hash256 hash{};
    bool named = false;
  };

  FileSink(const std::string& path, uint64_t part_bytes) : path_(path), part_bytes_(part_bytes) {}
  Status OpenPiece();
  Status ClosePiece();
  Status WriteOut(std::string_view bytes);
  Status CompletePartHeaders();

  const std::string path_;
  const uint64_t part_bytes_;
  std::string set_;
  std::vector<Piece> pieces_;
  RunningHash hash_;  // of the last piece
  int fd_ = -1;       // of the last piece
  bool finished_ = false;
};

}  // namespace daftar::bundle
