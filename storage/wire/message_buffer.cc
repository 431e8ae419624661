#include "storage/wire/message_buffer.h"

#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/proto_buffer_writer.h>

#include "storage/model/bounded_parse.h"

namespace daftar {

grpc::ByteBuffer ToBuffer(const google::protobuf::Message& message) {
  grpc::ByteBuffer buffer;
  const int size = static_cast<int>(message.ByteSizeLong());
  {
    // Gives its last slice to the buffer when it goes.
    grpc::ProtoBufferWriter writer(&buffer, /*block_size=*/1 << 20, size);
    DAFTAR_CHECK(message.SerializeToZeroCopyStream(&writer));
  }
  return buffer;
}

Status FromBuffer(grpc::ByteBuffer& buffer, google::protobuf::Message& message) {
  message.Clear();
  {
    grpc::ProtoBufferReader bytes(&buffer);
    if (!bytes.status().ok()) return InvalidArgument("a frame that does not decompress");
    DAFTAR_RETURN_IF_ERROR(CheckMemory(*message.GetDescriptor(), bytes));
  }
  grpc::ProtoBufferReader bytes(&buffer);
  const bool parsed = message.ParseFromZeroCopyStream(&bytes);
  buffer.Clear();
  if (!parsed) return InvalidArgument("the bytes are not those of a " + message.GetDescriptor()->name());
  return OkStatus();
}

}  // namespace daftar
