#include "storage/bundle/bundle_reader.h"

#include <algorithm>

#include "storage/base/sodium.h"
#include "storage/bundle/header.h"
#include "storage/bundle/limits.h"
#include "storage/bundle/part.h"
#include "storage/bundle/seal.h"
#include "storage/bundle/signing.h"

namespace daftar::bundle {
namespace {

Status Changed() { return DataLoss("the bundle changed while it was read; copy it to this machine and begin again"); }

Status MadeWrongly(std::string_view what) {
  return InvalidArgument(std::string(what) + "; the program that made the bundle is at fault");
}

bool IsFor(const v1::BundleHeader& header, const PublicKey& key) {
  return std::binary_search(header.recipient().begin(), header.recipient().end(), key.bytes());
}

// Opens the seal, if there is one.
StatusOr<std::unique_ptr<ByteSource>> WithoutSeal(std::unique_ptr<ByteSource> source, const KeyPair* identity,
                                                  bool& sealed) {
  std::string magic(kSealMagic.size(), '\0');
  DAFTAR_ASSIGN_OR_RETURN(const size_t n, ReadFully(*source, magic.data(), magic.size()));
  magic.resize(n);
  DAFTAR_RETURN_IF_ERROR(source->Rewind());
  if (magic == kPartMagic) return InvalidArgument("it is a part of a bundle; all parts are needed");
  sealed = magic == kSealMagic;
  if (!sealed) return source;
  if (identity == nullptr) return PermissionDenied("it is sealed; it can be opened with the key of a recipient only");
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<UnsealSource> inside, UnsealSource::Open(std::move(source), *identity));
  return std::unique_ptr<ByteSource>(std::move(inside));
}

}  // namespace

StatusOr<BundleOutside> LookAtOutside(const std::vector<std::string>& files) {
  DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<FileSource> source, FileSource::Open(files));
  BundleOutside outside;
  outside.bytes = source->size();
  outside.parts = source->pieces();
  DAFTAR_ASSIGN_OR_RETURN(outside.recipients, CountRecipients(*source));
  return outside;
}

StatusOr<std::unique_ptr<BundleReader>> BundleReader::Open(const std::vector<std::string>& files,
                                                           const BundleReadOptions& options) {
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<FileSource> source, FileSource::Open(files));
  StatusOr<std::unique_ptr<BundleReader>> reader = OpenFrom(std::move(source), options);
  if (!reader.ok()) return WithContext(reader.status(), files.front());
  return reader;
}

StatusOr<std::unique_ptr<BundleReader>> BundleReader::OpenFrom(std::unique_ptr<ByteSource> source,
                                                               const BundleReadOptions& options) {
  PrepareSodium();
  bool sealed = false;
  DAFTAR_ASSIGN_OR_RETURN(source, WithoutSeal(std::move(source), options.identity, sealed));
  std::unique_ptr<BundleReader> reader(new BundleReader(std::move(source)));
  std::string header, end;
  DAFTAR_RETURN_IF_ERROR(reader->CheckAll(header, end));
  if (options.trusted && !std::count(options.trusted->begin(), options.trusted->end(), reader->signer_)) {
    return PermissionDenied("it is signed by the key " + reader->signer_.Fingerprint() +
                            ", which is not trusted here; ask who that is before you trust it");
  }
  DAFTAR_RETURN_IF_ERROR(reader->ParseChecked(header, end, sealed));
  DAFTAR_RETURN_IF_ERROR(reader->CheckReader(options));
  DAFTAR_RETURN_IF_ERROR(reader->Rewind());
  return reader;
}

Status BundleReader::CheckAll(std::string& header, std::string& end) {
  FrameReader frames(*source_);
  DAFTAR_RETURN_IF_ERROR(frames.Begin());
  DAFTAR_ASSIGN_OR_RETURN(Frame frame, frames.Next());
  if (frame.type != FrameType::kHeader) return MadeWrongly("it does not begin with a header");
  header = frame.bytes;
  header_chain_ = frame.chain;
  while (true) {
    DAFTAR_ASSIGN_OR_RETURN(frame, frames.Next());
    if (frame.type != FrameType::kBlock) break;
    if (chains_.size() == kMostBlocks) return MadeWrongly("it has more blocks than a bundle may have");
    chains_.push_back(frame.chain);
    raw_bytes_ += frame.raw_size;
  }
  if (frame.type != FrameType::kEnd) return MadeWrongly("it has a second header");
  end = frame.bytes;
  char tail[kTailSize];
  DAFTAR_RETURN_IF_ERROR(frames.Take(tail, kTailSize));
  DAFTAR_RETURN_IF_ERROR(frames.ExpectEnd());
  DAFTAR_ASSIGN_OR_RETURN(signer_, CheckTail({tail, kTailSize}, frame.chain));
  return OkStatus();
}

Status BundleReader::ParseChecked(const std::string& header, const std::string& end, bool sealed) {
  v1::BundleEnd totals;
  if (!header_.ParseFromString(header) || !totals.ParseFromString(end)) {
    return MadeWrongly("its header or its end cannot be read");
  }
  DAFTAR_RETURN_IF_ERROR(CheckHeader(header_));
  if (header_.signer() != signer_.bytes()) return PermissionDenied("it is signed by another key than its header says");
  if (header_.sealed() != sealed) {
    return PermissionDenied(sealed ? "somebody sealed it who did not sign it"
                                   : "it was sealed, and somebody opened it");
  }
  if (totals.blocks() != chains_.size() || totals.raw_bytes() != raw_bytes_) {
    return MadeWrongly("it does not hold what its end says");
  }
  totals_ = {totals.entries(), totals.blocks(), totals.raw_bytes()};
  return OkStatus();
}

Status BundleReader::CheckReader(const BundleReadOptions& options) const {
  if (options.identity != nullptr && header_.recipient_size() > 0 && !IsFor(header_, options.identity->public_key())) {
    return PermissionDenied("it is for others than the key " + options.identity->public_key().Fingerprint());
  }
  if (options.now_ms != 0 && header_.expiry_ms() != 0 && options.now_ms > header_.expiry_ms()) {
    return FailedPrecondition("it has expired; ask for a newer one, or check the clock of this machine");
  }
  return OkStatus();
}

StatusOr<std::optional<Entry>> BundleReader::Next() {
  DAFTAR_RETURN_IF_ERROR(broken_);
  StatusOr<std::optional<Entry>> entry = NextEntry();
  broken_ = entry.status();
  return entry;
}

StatusOr<std::optional<Entry>> BundleReader::NextEntry() {
  while (true) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Entry> entry, block_.Next());
    if (entry) {
      if (++entries_read_ > totals_.entries) return MadeWrongly("it holds more entries than its end says");
      return entry;
    }
    if (blocks_read_ == chains_.size()) break;
    DAFTAR_RETURN_IF_ERROR(OpenBlock());
  }
  if (entries_read_ != totals_.entries) return MadeWrongly("it holds fewer entries than its end says");
  return std::optional<Entry>();
}

Status BundleReader::OpenBlock() {
  DAFTAR_ASSIGN_OR_RETURN(const Frame frame, frames_->Next());
  if (frame.type != FrameType::kBlock || frame.chain != chains_[blocks_read_]) return Changed();
  ++blocks_read_;
  return block_.Open(frame.bytes, frame.raw_size);
}

Status BundleReader::Rewind() {
  block_.Clear();
  blocks_read_ = entries_read_ = 0;
  broken_ = source_->Rewind();
  DAFTAR_RETURN_IF_ERROR(broken_);
  frames_.emplace(*source_);
  DAFTAR_RETURN_IF_ERROR(broken_ = frames_->Begin());
  StatusOr<Frame> frame = frames_->Next();
  if (frame.ok() && frame->chain != header_chain_) frame = Changed();
  return broken_ = frame.status();
}

Status BundleReader::CheckEntries() {
  DAFTAR_RETURN_IF_ERROR(Rewind());
  while (true) {
    DAFTAR_ASSIGN_OR_RETURN(const std::optional<Entry> entry, Next());
    if (!entry) return Rewind();
  }
}

}  // namespace daftar::bundle
