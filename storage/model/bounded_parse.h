// Parsing foreign bytes into messages, once it is known what these would take in memory.
//
// A message of many empty ones takes thirty times its bytes on the wire: a limit of bytes alone bounds nothing. So the
// bytes are walked first, by the schema and without allocating, and what parsing them would allocate is added up.
#pragma once

#include <google/protobuf/io/zero_copy_stream.h>
#include <google/protobuf/message.h>

#include <cstddef>
#include <string_view>

#include "storage/base/status.h"

namespace daftar {

// What one message from elsewhere may take in memory, beside its bytes.
inline constexpr size_t kMaxMessageMemory = 12 << 20;

// InvalidArgument if the bytes are not the wire form of a message of that type, or if the message would take more than
// `most` bytes: an estimate from above, of a share of what it takes really. Reads `bytes` to the end or to the finding.
Status CheckMemory(const google::protobuf::Descriptor& type, google::protobuf::io::ZeroCopyInputStream& bytes,
                   size_t most = kMaxMessageMemory);

// Parses after that check. `message` is cleared first and holds nothing of use after an error.
Status ParseBounded(std::string_view bytes, google::protobuf::Message& message, size_t most = kMaxMessageMemory);

}  // namespace daftar
