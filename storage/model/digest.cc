#include "storage/model/digest.h"

#include "storage/base/bytes.h"
#include "storage/model/parts.h"

namespace daftar {
namespace {

constexpr size_t kProofBytes = 16;

}  // namespace

void Digest::Add(const Digest& other) {
  unsigned carry = 0;
  for (size_t i = 0; i < sum_.size(); ++i) {
    carry += sum_[i] + other.sum_[i];
    sum_[i] = static_cast<uint8_t>(carry);
    carry >>= 8;
  }
}

void Digest::Subtract(const Digest& other) {
  int borrow = 0;
  for (size_t i = 0; i < sum_.size(); ++i) {
    int difference = sum_[i] - other.sum_[i] - borrow;
    borrow = difference < 0;
    sum_[i] = static_cast<uint8_t>(difference + (borrow << 8));
  }
}

std::string ProofOf(const Digest& sum) {
  return std::string(AsBytes(HashOf("daftar.digest.v2", {sum.bytes()})).substr(0, kProofBytes));
}

Digest PartDigest(const Uuid& id, Kind kind, PartId part, std::string_view bytes) {
  std::string header = id.str();
  PutU32(header, static_cast<uint32_t>(kind));
  PutU32(header, part.first);
  PutU64(header, part.second);
  return Digest(AsBytes(HashOf("daftar.part.v1", {header, bytes})));
}

StatusOr<Digest> BodyDigest(const Uuid& id, Kind kind, std::string_view body) {
  Digest sum;
  DAFTAR_RETURN_IF_ERROR(
      VisitParts(body, [&](PartId part, std::string_view bytes) { sum.Add(PartDigest(id, kind, part, bytes)); }));
  return sum;
}

}  // namespace daftar
