#include "storage/bundle/seal.h"

#include <algorithm>
#include <cstring>

#include "storage/base/bytes.h"
#include "storage/base/sodium.h"
#include "storage/bundle/limits.h"

namespace daftar::bundle {
namespace {

constexpr size_t kChunk = 64 << 10;
constexpr size_t kProof = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr size_t kStreamHeader = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr size_t kKey = crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr size_t kSalt = 16;
constexpr size_t kHint = 4;
constexpr size_t kBox = kKey + PublicKey::kSealBytes;
constexpr size_t kBeforeRecipients = kSealMagic.size() + kSalt + 4;
constexpr std::string_view kCopyAgain = "; copy it again, or ask for another copy";

uint8_t* Data(std::string& bytes) { return reinterpret_cast<uint8_t*>(bytes.data()); }
const uint8_t* Data(std::string_view bytes) { return reinterpret_cast<const uint8_t*>(bytes.data()); }

std::string HintOf(std::string_view salt, const PublicKey& key) {
  return std::string(AsBytes(HashOf("daftar.bundle.hint.v1", {salt, key.bytes()})).substr(0, kHint));
}

Hash256 HashOfOutside(std::string_view outside) { return HashOf("daftar.bundle.seal.v1", {outside}); }

}  // namespace

StatusOr<std::unique_ptr<SealSink>> SealSink::Create(std::unique_ptr<ByteSink> inner,
                                                     const std::vector<PublicKey>& recipients, Random& random) {
  if (recipients.empty() || recipients.size() > kMostRecipients) {
    return InvalidArgument("a bundle is sealed for 1 to " + std::to_string(kMostRecipients) + " recipients");
  }
  PrepareSodium();
  std::string salt, key;
  key.reserve(kKey);  // so that no other copy of it lies about
  for (size_t i = 0; i < kSalt; i += 8) PutU64(salt, random.Next());
  for (size_t i = 0; i < kKey; i += 8) PutU64(key, random.Next());
  std::vector<std::string> boxes;
  Status sealed;
  for (const PublicKey& recipient : recipients) {
    StatusOr<std::string> box = recipient.Seal(key);
    if (!box.ok()) sealed = box.status();
    if (box.ok()) boxes.push_back(HintOf(salt, recipient).append(*box));
  }
  // In the order of the hints: the order of the recipients says something about them.
  std::sort(boxes.begin(), boxes.end());

  std::unique_ptr<SealSink> sink(new SealSink(std::move(inner)));
  std::string stream(kStreamHeader, '\0');
  crypto_secretstream_xchacha20poly1305_init_push(&sink->state_, Data(stream), Data(std::string_view(key)));
  sodium_memzero(key.data(), key.size());
  DAFTAR_RETURN_IF_ERROR(sealed);

  std::string outside(kSealMagic);
  outside += salt;
  PutU32(outside, static_cast<uint32_t>(boxes.size()));
  for (const std::string& box : boxes) outside += box;
  outside += stream;
  sink->outside_ = HashOfOutside(outside);
  DAFTAR_RETURN_IF_ERROR(sink->inner_->Write(outside));
  return sink;
}

SealSink::~SealSink() {
  sodium_memzero(&state_, sizeof state_);
  sodium_memzero(pending_.data(), pending_.size());
}

Status SealSink::WriteChunk(std::string_view bytes, bool last) {
  chunk_.resize(bytes.size() + kProof);
  crypto_secretstream_xchacha20poly1305_push(
      &state_, Data(chunk_), nullptr, Data(bytes), bytes.size(), outside_.data(), outside_.size(),
      last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  return inner_->Write(chunk_);
}

Status SealSink::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (pending_.size() == kChunk) {
      DAFTAR_RETURN_IF_ERROR(WriteChunk(pending_, false));
      pending_.clear();
    }
    const size_t now = std::min(kChunk - pending_.size(), bytes.size());
    pending_.append(bytes.substr(0, now));
    bytes.remove_prefix(now);
  }
  return OkStatus();
}

Status SealSink::Finish() {
  DAFTAR_RETURN_IF_ERROR(WriteChunk(pending_, true));
  return inner_->Finish();
}

StatusOr<uint32_t> CountRecipients(ByteSource& source) {
  std::string begin(kBeforeRecipients, '\0');
  DAFTAR_RETURN_IF_ERROR(source.Rewind());
  DAFTAR_ASSIGN_OR_RETURN(const size_t n, ReadFully(source, begin.data(), begin.size()));
  std::string_view rest = std::string_view(begin).substr(0, n);
  std::string_view magic, salt;
  uint32_t count = 0;
  if (!TakeBytes(rest, kSealMagic.size(), magic) || magic != kSealMagic) return count;
  if (!TakeBytes(rest, kSalt, salt) || !TakeU32(rest, count)) {
    return DataLoss("its seal is cut short" + std::string(kCopyAgain));
  }
  if (count == 0 || count > kMostRecipients) {
    return DataLoss("its seal claims " + std::to_string(count) + " recipients" + std::string(kCopyAgain));
  }
  return count;
}

StatusOr<std::unique_ptr<UnsealSource>> UnsealSource::Open(std::unique_ptr<ByteSource> inner, const KeyPair& identity) {
  PrepareSodium();
  std::unique_ptr<UnsealSource> source(new UnsealSource(std::move(inner)));
  DAFTAR_ASSIGN_OR_RETURN(const std::string outside, source->ReadOutside());
  DAFTAR_RETURN_IF_ERROR(source->FindKey(outside, identity));
  source->outside_ = HashOfOutside(outside);
  DAFTAR_RETURN_IF_ERROR(source->BeginStream(outside));
  return source;
}

UnsealSource::~UnsealSource() {
  sodium_memzero(key_, sizeof key_);
  sodium_memzero(&state_, sizeof state_);
  sodium_memzero(chunk_.data(), chunk_.size());
}

StatusOr<std::string> UnsealSource::ReadOutside() {
  DAFTAR_ASSIGN_OR_RETURN(recipients_, CountRecipients(*inner_));
  if (recipients_ == 0) return InvalidArgument("it is not a sealed bundle");
  DAFTAR_RETURN_IF_ERROR(inner_->Rewind());
  std::string outside(kBeforeRecipients + recipients_ * (kHint + kBox) + kStreamHeader, '\0');
  DAFTAR_ASSIGN_OR_RETURN(const size_t n, ReadFully(*inner_, outside.data(), outside.size()));
  if (n < outside.size()) return DataLoss("its seal is cut short" + std::string(kCopyAgain));
  return outside;
}

Status UnsealSource::FindKey(std::string_view outside, const KeyPair& identity) {
  const std::string hint = HintOf(outside.substr(kSealMagic.size(), kSalt), identity.public_key());
  outside.remove_prefix(kBeforeRecipients);
  for (uint32_t i = 0; i < recipients_; ++i) {
    std::string_view its_hint, box;
    TakeBytes(outside, kHint, its_hint);
    TakeBytes(outside, kBox, box);
    if (its_hint != hint) continue;
    StatusOr<std::string> key = identity.Unseal(box);
    if (!key.ok()) continue;  // a hint of four bytes may be another's by chance
    std::memcpy(key_, key->data(), kKey);
    sodium_memzero(key->data(), key->size());
    return OkStatus();
  }
  return PermissionDenied("it is sealed for " + std::to_string(recipients_) +
                          (recipients_ == 1 ? " recipient" : " recipients") + ", and the key " +
                          identity.public_key().Fingerprint() + " is none of them");
}

Status UnsealSource::BeginStream(std::string_view outside) {
  chunk_.clear();
  at_ = 0;
  last_ = false;
  const std::string_view header = outside.substr(outside.size() - kStreamHeader);
  crypto_secretstream_xchacha20poly1305_init_pull(&state_, Data(header), key_);
  return OkStatus();
}

Status UnsealSource::OpenChunk() {
  const Status damaged = DataLoss("its sealed content is damaged or cut short" + std::string(kCopyAgain));
  sealed_.resize(kChunk + kProof);
  DAFTAR_ASSIGN_OR_RETURN(const size_t n, ReadFully(*inner_, sealed_.data(), sealed_.size()));
  if (n < kProof) return damaged;
  chunk_.resize(n - kProof);
  at_ = 0;
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_, Data(chunk_), nullptr, &tag, Data(std::string_view(sealed_)),
                                                 n, outside_.data(), outside_.size()) != 0) {
    chunk_.clear();
    return damaged;
  }
  last_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  if (!last_ && n < sealed_.size()) return damaged;
  if (!last_) return OkStatus();
  char byte;
  DAFTAR_ASSIGN_OR_RETURN(const size_t more, inner_->Read(&byte, 1));
  return more == 0 ? OkStatus() : DataLoss("there are bytes after its sealed content" + std::string(kCopyAgain));
}

StatusOr<size_t> UnsealSource::Read(char* to, size_t most) {
  while (at_ == chunk_.size()) {
    if (last_) return size_t{0};
    DAFTAR_RETURN_IF_ERROR(OpenChunk());
  }
  const size_t n = std::min(most, chunk_.size() - at_);
  std::memcpy(to, chunk_.data() + at_, n);
  at_ += n;
  return n;
}

Status UnsealSource::Rewind() {
  DAFTAR_ASSIGN_OR_RETURN(const std::string outside, ReadOutside());
  if (HashOfOutside(outside) != outside_) return DataLoss("it changed while it was read" + std::string(kCopyAgain));
  return BeginStream(outside);
}

}  // namespace daftar::bundle
