// Messages as the buffers that gRPC carries. Streams are opened untyped, since gRPC itself would parse whatever comes,
// and a few million bytes of empty messages take thirty times that in memory.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>

#include "storage/base/status.h"

namespace daftar {

grpc::ByteBuffer ToBuffer(const google::protobuf::Message& message);
// Foreign bytes: InvalidArgument if they are not that message's, or it would take too much memory (bounded_parse.h).
// Lets go of the buffer. `message` holds nothing of use after an error.
Status FromBuffer(grpc::ByteBuffer& buffer, google::protobuf::Message& message);

}  // namespace daftar
