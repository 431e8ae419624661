// The digest: equal digests, equal data. A sum over all parts of a hash, so that it follows every change at once and
// does not depend on order, on rids or on revisions.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/hash.h"
#include "storage/base/status.h"
#include "storage/model/record.h"

namespace daftar {

// A sum mod 2^256. The width makes it hopeless to craft two collections with one sum.
class Digest {
 public:
  Digest() : sum_{} {}
  explicit Digest(std::string_view bytes) : sum_(ToHash256(bytes)) {}

  void Add(const Digest& other);
  void Subtract(const Digest& other);
  std::string_view bytes() const { return AsBytes(sum_); }

  friend bool operator==(const Digest&, const Digest&) = default;

 private:
  Hash256 sum_;  // little-endian number
};

// What two sides compare, 16 bytes: a hash of the sum.
std::string ProofOf(const Digest& sum);

// What one part contributes.
Digest PartDigest(const Uuid& id, Kind kind, PartId part, std::string_view bytes);
// What a record contributes: the sum over its parts. InvalidArgument if the body is malformed.
StatusOr<Digest> BodyDigest(const Uuid& id, Kind kind, std::string_view body);

}  // namespace daftar
