#include "storage/base/signature.h"

#include <sodium.h>

#include <cstring>

#include "storage/base/bytes.h"
#include "storage/base/hash.h"
#include "storage/base/sodium.h"

namespace daftar {
namespace {

static_assert(PublicKey::kSize == crypto_sign_PUBLICKEYBYTES && PublicKey::kSize == crypto_box_PUBLICKEYBYTES);
static_assert(PublicKey::kSealBytes == crypto_box_SEALBYTES);
static_assert(KeyPair::kSeedSize == crypto_sign_SEEDBYTES);
static_assert(sizeof(Signature) == crypto_sign_BYTES);

const uint8_t* Data(std::string_view bytes) { return reinterpret_cast<const uint8_t*>(bytes.data()); }

// A secret on the stack that is wiped when it goes out of scope.
template <size_t kSize>
struct Secret {
  ~Secret() { sodium_memzero(bytes, kSize); }
  uint8_t bytes[kSize] = {};
};

}  // namespace

std::optional<PublicKey> PublicKey::FromBytes(std::string_view bytes) {
  if (bytes.size() != kSize) return std::nullopt;
  PublicKey key;
  std::memcpy(key.bytes_.data(), bytes.data(), kSize);
  return key;
}

std::optional<PublicKey> PublicKey::Parse(std::string_view text) {
  std::optional<std::string> bytes = FromHex(text);
  return bytes ? FromBytes(*bytes) : std::nullopt;
}

std::string PublicKey::ToString() const { return ToHex(bytes()); }

std::string PublicKey::Fingerprint() const {
  Hash256 hash = HashOf("daftar.fingerprint.v1", {bytes()});
  std::string text = ToHex(AsBytes(hash).substr(0, 10));
  for (size_t at : {4, 9, 14, 19}) text.insert(at, 1, '-');
  return text;
}

Status PublicKey::Verify(std::string_view signature, std::string_view domain,
                         std::initializer_list<std::string_view> pieces) const {
  PrepareSodium();
  Hash256 hash = HashOf(domain, pieces);
  if (signature.size() != sizeof(Signature) ||
      crypto_sign_verify_detached(Data(signature), hash.data(), hash.size(), bytes_.data()) != 0) {
    return PermissionDenied("the signature is not that of the key " + Fingerprint() + " over these bytes");
  }
  return OkStatus();
}

Status PublicKey::Verify(const Signature& signature, std::string_view domain,
                         std::initializer_list<std::string_view> pieces) const {
  return Verify(AsBytes(signature), domain, pieces);
}

StatusOr<std::string> PublicKey::Seal(std::string_view message) const {
  PrepareSodium();
  uint8_t curve[crypto_box_PUBLICKEYBYTES];
  std::string sealed(message.size() + kSealBytes, '\0');
  if (crypto_sign_ed25519_pk_to_curve25519(curve, bytes_.data()) != 0 ||
      crypto_box_seal(reinterpret_cast<uint8_t*>(sealed.data()), Data(message), message.size(), curve) != 0) {
    return InvalidArgument("nothing can be sealed for the key " + Fingerprint() + ": it is not a sound key");
  }
  return sealed;
}

KeyPair KeyPair::Generate(Random& random) {
  Secret<kSeedSize> seed;
  for (size_t i = 0; i < kSeedSize; i += sizeof(uint64_t)) {
    uint64_t number = random.Next();
    std::memcpy(seed.bytes + i, &number, sizeof number);
  }
  KeyPair pair;
  pair.Derive(seed.bytes);
  return pair;
}

StatusOr<KeyPair> KeyPair::FromSeed(std::string_view seed) {
  if (seed.size() != kSeedSize) {
    return InvalidArgument("a secret key has 32 bytes, not " + std::to_string(seed.size()));
  }
  KeyPair pair;
  pair.Derive(Data(seed));
  return pair;
}

void KeyPair::Derive(const uint8_t* seed) {
  PrepareSodium();
  uint8_t derived[PublicKey::kSize];
  DAFTAR_CHECK(crypto_sign_seed_keypair(derived, secret_.data(), seed) == 0);
  public_ = *PublicKey::FromBytes({reinterpret_cast<const char*>(derived), sizeof derived});
}

KeyPair::KeyPair(KeyPair&& other) noexcept : public_(other.public_), secret_(other.secret_) {
  sodium_memzero(other.secret_.data(), other.secret_.size());
}

KeyPair& KeyPair::operator=(KeyPair&& other) noexcept {
  if (this == &other) return *this;
  public_ = other.public_;
  secret_ = other.secret_;
  sodium_memzero(other.secret_.data(), other.secret_.size());
  return *this;
}

KeyPair::~KeyPair() { sodium_memzero(secret_.data(), secret_.size()); }

Signature KeyPair::Sign(std::string_view domain, std::initializer_list<std::string_view> pieces) const {
  Hash256 hash = HashOf(domain, pieces);
  Signature signature;
  DAFTAR_CHECK(crypto_sign_detached(signature.data(), nullptr, hash.data(), hash.size(), secret_.data()) == 0);
  return signature;
}

StatusOr<std::string> KeyPair::Unseal(std::string_view sealed) const {
  uint8_t curve[crypto_box_PUBLICKEYBYTES];
  Secret<crypto_box_SECRETKEYBYTES> secret;
  DAFTAR_CHECK(crypto_sign_ed25519_sk_to_curve25519(secret.bytes, secret_.data()) == 0);
  DAFTAR_CHECK(crypto_scalarmult_base(curve, secret.bytes) == 0);
  if (sealed.size() >= PublicKey::kSealBytes) {
    std::string message(sealed.size() - PublicKey::kSealBytes, '\0');
    if (crypto_box_seal_open(reinterpret_cast<uint8_t*>(message.data()), Data(sealed), sealed.size(), curve,
                             secret.bytes) == 0) {
      return message;
    }
  }
  return PermissionDenied("this was not sealed for the key " + public_.Fingerprint() + ", or it is damaged");
}

}  // namespace daftar
