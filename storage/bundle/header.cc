#include "storage/bundle/header.h"

#include <string>

#include "storage/base/signature.h"
#include "storage/base/uuid.h"
#include "storage/bundle/limits.h"

namespace daftar::bundle {
namespace {

constexpr size_t kEpochSize = 16;

Status CheckRecipients(const v1::BundleHeader& header) {
  if (static_cast<size_t>(header.recipient_size()) > kMostRecipients) {
    return InvalidArgument("a bundle is for at most " + std::to_string(kMostRecipients) + " recipients");
  }
  for (int i = 0; i < header.recipient_size(); ++i) {
    if (header.recipient(i).size() != PublicKey::kSize) return InvalidArgument("a recipient is not a public key");
    if (i > 0 && header.recipient(i - 1) >= header.recipient(i)) {
      return InvalidArgument("the recipients are not sorted, or one stands there twice");
    }
  }
  if (header.sealed() && header.recipient_size() == 0) {
    return InvalidArgument("a sealed bundle needs a recipient who can open it");
  }
  return OkStatus();
}

}  // namespace

Status CheckHeader(const v1::BundleHeader& header) {
  const v1::BundleKind::Code kind = header.kind();
  if (header.format() != kFormat) {
    return FailedPrecondition("the bundle is of format " + std::to_string(header.format()) +
                              "; update this program to read it");
  }
  if (!v1::BundleKind::Code_IsValid(kind)) {
    return FailedPrecondition("the bundle is of a kind that this program does not know; update it");
  }
  if (kind == v1::BundleKind::UNSET) return InvalidArgument("the bundle does not say of what kind it is");
  const bool epoch_may_be_empty = kind == v1::BundleKind::OUTBOX;
  if (header.epoch().size() != kEpochSize && !(epoch_may_be_empty && header.epoch().empty())) {
    return InvalidArgument("the bundle does not say to which epoch it belongs");
  }
  if (kind != v1::BundleKind::OUTBOX && header.from_revision() > header.to_revision()) {
    return InvalidArgument("the bundle leads from a later revision to an earlier one");
  }
  if (header.signer().size() != PublicKey::kSize) return InvalidArgument("the bundle does not say who signed it");
  if (!header.client().empty() && header.client().size() != Uuid::kSize) {
    return InvalidArgument("the bundle names a client whose id is not one");
  }
  if (header.expiry_ms() < 0) return InvalidArgument("the bundle expires before there was time");
  return CheckRecipients(header);
}

}  // namespace daftar::bundle
