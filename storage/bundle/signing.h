// The last 96 bytes of a bundle: the signer's public key, and its signature over the chain of all frames.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/hash.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"

namespace daftar::bundle {

inline constexpr std::string_view kSignatureDomain = "daftar.bundle.v1";
inline constexpr size_t kTailSize = PublicKey::kSize + sizeof(Signature);

inline std::string SignedTail(const KeyPair& signer, const Hash256& chain) {
  const Signature signature = signer.Sign(kSignatureDomain, {AsBytes(chain)});
  return std::string(signer.public_key().bytes()).append(AsBytes(signature));
}

// Who signed; PermissionDenied if it was not who it claims to be. `tail` has kTailSize bytes.
inline StatusOr<PublicKey> CheckTail(std::string_view tail, const Hash256& chain) {
  const PublicKey signer = *PublicKey::FromBytes(tail.substr(0, PublicKey::kSize));
  DAFTAR_RETURN_IF_ERROR(signer.Verify(tail.substr(PublicKey::kSize), kSignatureDomain, {AsBytes(chain)}));
  return signer;
}

}  // namespace daftar::bundle
