// Keys and signatures: Ed25519 by libsodium. One key pair is the identity of a server, a device or a person; with it
// one signs, and others seal messages that only its owner can open (X25519, derived from the same key).
//
//   KeyPair server = KeyPair::Generate(random);
//   Signature proof = server.Sign("daftar.checkpoint.v1", {epoch, chain, digest});
//   DAFTAR_RETURN_IF_ERROR(pinned_key.Verify(proof, "daftar.checkpoint.v1", {epoch, chain, digest}));
//
// What is signed is a hash over a domain and the length-prefixed pieces (hash.h): a signature made for one use is
// worthless for another, and "ab","c" is not "a","bc". Domains and the way they are hashed outlive the process; a
// change is a change of format. Secret halves are wiped when they are destroyed. All types are values; const calls may
// come from any thread. For key files see key_file.h.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "storage/base/random.h"
#include "storage/base/status.h"

namespace daftar {

// Sixty-four bytes.
using Signature = std::array<uint8_t, 64>;

inline std::string_view AsBytes(const Signature& signature) {
  return {reinterpret_cast<const char*>(signature.data()), signature.size()};
}

// The half of a key pair that everybody may know: 32 bytes. A value that was never set, all zeros, verifies nothing.
class PublicKey {
 public:
  static constexpr size_t kSize = 32;
  // How much longer a sealed message is than the message.
  static constexpr size_t kSealBytes = 48;

  PublicKey() : bytes_{} {}

  // Thirty-two raw bytes; nullopt for any other length. Whether they are a sound key is seen when they verify or seal.
  static std::optional<PublicKey> FromBytes(std::string_view bytes);
  // Sixty-four hex digits, any case; nullopt if it is anything else.
  static std::optional<PublicKey> Parse(std::string_view text);

  std::string_view bytes() const { return {reinterpret_cast<const char*>(bytes_.data()), kSize}; }
  // Sixty-four hex digits, lower case: for files and for flags of commands.
  std::string ToString() const;
  // "9f3c-12ab-77e0-41d5-0a1b": 80 bits of a hash of the key, for people who compare it by eye or by voice.
  std::string Fingerprint() const;

  // OK if the key's owner signed those pieces under that domain; else PermissionDenied. Takes a signature as bytes, as
  // it comes from a message: one of a wrong length is refused in the same way.
  Status Verify(std::string_view signature, std::string_view domain,
                std::initializer_list<std::string_view> pieces) const;
  Status Verify(const Signature& signature, std::string_view domain,
                std::initializer_list<std::string_view> pieces) const;

  // The message so that only the key's owner can open it (KeyPair::Unseal), and does not learn who sealed it. Draws
  // from the system's generator. InvalidArgument if these bytes are not a sound key.
  StatusOr<std::string> Seal(std::string_view message) const;

  friend auto operator<=>(const PublicKey&, const PublicKey&) = default;

 private:
  std::array<uint8_t, kSize> bytes_;
};

// Both halves. Moved, never copied, so that the secret lies in one place; a moved-from pair must not be used.
class KeyPair {
 public:
  static constexpr size_t kSeedSize = 32;

  // A fresh pair. The secret is as good as `random`: SystemRandom, but in tests.
  static KeyPair Generate(Random& random);
  // Always the same pair for the same seed, the 32 bytes that a key file keeps; InvalidArgument for another length.
  static StatusOr<KeyPair> FromSeed(std::string_view seed);

  KeyPair(KeyPair&& other) noexcept;
  KeyPair& operator=(KeyPair&& other) noexcept;
  KeyPair(const KeyPair&) = delete;
  KeyPair& operator=(const KeyPair&) = delete;
  ~KeyPair();

  const PublicKey& public_key() const { return public_; }
  // The secret: 32 bytes, valid as long as the pair.
  std::string_view seed() const { return {reinterpret_cast<const char*>(secret_.data()), kSeedSize}; }

  // The same signature for the same pieces, always.
  Signature Sign(std::string_view domain, std::initializer_list<std::string_view> pieces) const;

  // What PublicKey::Seal sealed for this pair; PermissionDenied if it was sealed for another or is damaged.
  StatusOr<std::string> Unseal(std::string_view sealed) const;

 private:
  KeyPair() : secret_{} {}
  void Derive(const uint8_t* seed);

  PublicKey public_;
  std::array<uint8_t, 64> secret_;  // seed, then public key, as libsodium keeps it
};

}  // namespace daftar
