// Where a bundle's bytes go and come from: a file, several parts, a seal around another stream, memory.
//
// A sink takes bytes in order and is finished once; a source gives them in order and can begin again, because a bundle
// is checked as a whole before anything of it is used. Not thread-safe.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "storage/base/status.h"

namespace daftar::bundle {

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual Status Write(std::string_view bytes) = 0;
  // After the last byte: makes what was written durable and visible. Without it nothing is.
  virtual Status Finish() = 0;
};

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // At most `most` bytes into `to`; how many. 0 only at the end, if most > 0.
  virtual StatusOr<size_t> Read(char* to, size_t most) = 0;
  // The next read is from the beginning.
  virtual Status Rewind() = 0;
};

// Exactly `size` bytes; fewer only at the end of the source.
inline StatusOr<size_t> ReadFully(ByteSource& source, char* to, size_t size) {
  size_t read = 0;
  while (read < size) {
    DAFTAR_ASSIGN_OR_RETURN(const size_t n, source.Read(to + read, size - read));
    if (n == 0) break;
    read += n;
  }
  return read;
}

// Into a string that the caller owns and that outlives the sink.
class StringSink final : public ByteSink {
 public:
  explicit StringSink(std::string& to) : to_(to) {}
  Status Write(std::string_view bytes) override {
    to_.append(bytes);
    return OkStatus();
  }
  Status Finish() override { return OkStatus(); }

 private:
  std::string& to_;
};

// From a string of its own.
class StringSource final : public ByteSource {
 public:
  explicit StringSource(std::string bytes) : bytes_(std::move(bytes)) {}
  StatusOr<size_t> Read(char* to, size_t most) override {
    const size_t n = std::min(most, bytes_.size() - at_);
    std::memcpy(to, bytes_.data() + at_, n);
    at_ += n;
    return n;
  }
  Status Rewind() override {
    at_ = 0;
    return OkStatus();
  }

 private:
  std::string bytes_;
  size_t at_ = 0;
};

}  // namespace daftar::bundle
