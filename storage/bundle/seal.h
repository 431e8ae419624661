// A seal around a bundle: whoever is not a recipient learns the size and how many can open it, and no more.
//
//   magic       8   "DAFTARs1"
//   salt        16  random
//   recipients  4   how many
//   each        84  hint: 4 bytes of HashOf(domain, salt, public key); then the content key, sealed for that key (80)
//   stream      24  header of crypto_secretstream_xchacha20poly1305
//   chunks          65,536 bytes of the bundle and 17 of proof each; the last one, marked as such, is shorter
//
// Everything before the chunks is authenticated with each of them, so that no byte of it can change unseen. Hints are
// salted: two bundles for one reader have nothing in common; but who knows a public key can see whether it is a
// recipient's. The content key is fresh for each bundle.
#pragma once

#include <sodium.h>

#include <memory>
#include <string>
#include <vector>

#include "storage/base/hash.h"
#include "storage/base/random.h"
#include "storage/base/signature.h"
#include "storage/bundle/byte_stream.h"

namespace daftar::bundle {

inline constexpr std::string_view kSealMagic = "DAFTARs1";

// For how many the bundle is sealed; 0 if it is not. Needs no key, proves nothing, and leaves the source anywhere.
StatusOr<uint32_t> CountRecipients(ByteSource& source);

// Seals what is written to it.
class SealSink final : public ByteSink {
 public:
  // Writes all that comes before the chunks. 1 to kMostRecipients recipients; the content key comes from `random`.
  static StatusOr<std::unique_ptr<SealSink>> Create(std::unique_ptr<ByteSink> inner,
                                                    const std::vector<PublicKey>& recipients, Random& random);
  ~SealSink() override;

  Status Write(std::string_view bytes) override;
  Status Finish() override;

 private:
  explicit SealSink(std::unique_ptr<ByteSink> inner) : inner_(std::move(inner)) {}
  Status WriteChunk(std::string_view bytes, bool last);

  const std::unique_ptr<ByteSink> inner_;
  crypto_secretstream_xchacha20poly1305_state state_;
  Hash256 outside_{};    // of all that comes before the chunks
  std::string pending_;  // less than a chunk, or a whole one of which it is not known whether it is the last
  std::string chunk_;
};

// Gives what was sealed, one chunk in memory at a time; no byte of a chunk before the chunk has proven itself.
class UnsealSource final : public ByteSource {
 public:
  // PermissionDenied if `identity` is not a recipient; InvalidArgument, DataLoss if this is no sound seal.
  static StatusOr<std::unique_ptr<UnsealSource>> Open(std::unique_ptr<ByteSource> inner, const KeyPair& identity);
  ~UnsealSource() override;

  // DataLoss if a chunk is damaged, missing or there is one too many.
  StatusOr<size_t> Read(char* to, size_t most) override;
  Status Rewind() override;

 private:
  explicit UnsealSource(std::unique_ptr<ByteSource> inner) : inner_(std::move(inner)) {}
  StatusOr<std::string> ReadOutside();
  Status FindKey(std::string_view outside, const KeyPair& identity);
  Status BeginStream(std::string_view outside);
  Status OpenChunk();

  const std::unique_ptr<ByteSource> inner_;
  uint32_t recipients_ = 0;
  uint8_t key_[crypto_secretstream_xchacha20poly1305_KEYBYTES] = {};
  crypto_secretstream_xchacha20poly1305_state state_;
  Hash256 outside_{};
  std::string chunk_, sealed_;
  size_t at_ = 0;  // in chunk_
  bool last_ = false;
};

}  // namespace daftar::bundle
