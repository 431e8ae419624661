#include "server/rpc/translate.h"

#include <string>

namespace daftar {
namespace {

// A client takes 8 KiB of headers, in which each byte that is not ASCII becomes three.
constexpr size_t kMaxMessageBytes = 2000;

// At most so many bytes, ending between characters.
std::string Cut(std::string text) {
  if (text.size() <= kMaxMessageBytes) return text;
  size_t size = kMaxMessageBytes;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size) + "…";
}

}  // namespace

grpc::Status ToGrpc(const Status& status) {
  if (status.ok()) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), Cut(Message(status)));
}

}  // namespace daftar
