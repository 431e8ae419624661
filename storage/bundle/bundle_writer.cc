#include "storage/bundle/bundle_writer.h"

#include <algorithm>

#include "storage/base/sodium.h"
#include "storage/bundle/file_sink.h"
#include "storage/bundle/header.h"
#include "storage/bundle/limits.h"
#include "storage/bundle/seal.h"
#include "storage/bundle/signing.h"

namespace daftar::bundle {
namespace {

// Fills in what the writer knows, and checks all.
Status CompleteHeader(v1::BundleHeader& header, const KeyPair& signer, const BundleOptions& options) {
  std::vector<PublicKey> recipients = options.recipients;
  std::sort(recipients.begin(), recipients.end());
  header.set_format(kFormat);
  header.set_signer(std::string(signer.public_key().bytes()));
  header.set_sealed(!recipients.empty() && !options.open);
  header.clear_recipient();
  for (const PublicKey& recipient : recipients) header.add_recipient(std::string(recipient.bytes()));
  DAFTAR_RETURN_IF_ERROR(CheckHeader(header));
  if (header.ByteSizeLong() > kMostHeader) {
    return InvalidArgument("the header takes " + std::to_string(header.ByteSizeLong()) + " bytes; at most " +
                           std::to_string(kMostHeader) + " are allowed");
  }
  return OkStatus();
}

}  // namespace

StatusOr<std::unique_ptr<BundleWriter>> BundleWriter::Create(const std::string& path, v1::BundleHeader header,
                                                             const KeyPair& signer, const BundleOptions& options,
                                                             Random& random) {
  // Before there is a file.
  DAFTAR_RETURN_IF_ERROR(CompleteHeader(header, signer, options));
  DAFTAR_ASSIGN_OR_RETURN(std::unique_ptr<FileSink> sink, FileSink::Create(path, options.part_bytes, random));
  FileSink* const file_sink = sink.get();
  DAFTAR_ASSIGN_OR_RETURN(auto writer, CreateOn(std::move(sink), std::move(header), signer, options, random));
  writer->file_sink_ = file_sink;
  return writer;
}

StatusOr<std::unique_ptr<BundleWriter>> BundleWriter::CreateOn(std::unique_ptr<ByteSink> sink, v1::BundleHeader header,
                                                               const KeyPair& signer, const BundleOptions& options,
                                                               Random& random) {
  PrepareSodium();
  DAFTAR_RETURN_IF_ERROR(CompleteHeader(header, signer, options));
  if (header.sealed()) {
    DAFTAR_ASSIGN_OR_RETURN(sink, SealSink::Create(std::move(sink), options.recipients, random));
  }
  std::unique_ptr<BundleWriter> writer(new BundleWriter(std::move(sink), signer, options.compression_level));
  DAFTAR_RETURN_IF_ERROR(writer->Begin(header));
  return writer;
}

Status BundleWriter::Begin(const v1::BundleHeader& header) {
  DAFTAR_RETURN_IF_ERROR(frames_.Begin());
  const std::string bytes = header.SerializeAsString();
  return frames_.Write(FrameType::kHeader, static_cast<uint32_t>(bytes.size()), bytes);
}

Status BundleWriter::Add(uint32_t type, std::string_view bytes) {
  DAFTAR_RETURN_IF_ERROR(broken_);
  return broken_ = AddEntry(type, bytes);
}

Status BundleWriter::AddEntry(uint32_t type, std::string_view bytes) {
  if (finished_) return FailedPrecondition("the bundle is finished; nothing can be added to it");
  if (type == 0) return InvalidArgument("an entry of a bundle needs a type");
  if (bytes.size() > kMostEntry) {
    return InvalidArgument("an entry of " + std::to_string(bytes.size()) + " bytes does not fit; at most " +
                           std::to_string(kMostEntry) + " are allowed");
  }
  if (block_.IsFullFor(bytes.size())) DAFTAR_RETURN_IF_ERROR(WriteBlock());
  block_.Add({type, bytes});
  ++totals_.entries;
  return OkStatus();
}

Status BundleWriter::WriteBlock() {
  if (totals_.blocks == kMostBlocks) {
    return ResourceExhausted("this is more than one bundle can hold; make several, for slices of the data");
  }
  const size_t raw_size = block_.raw().size();
  DAFTAR_ASSIGN_OR_RETURN(const std::string_view packed, block_.Pack());
  ++totals_.blocks;
  totals_.raw_bytes += raw_size;
  return frames_.Write(FrameType::kBlock, static_cast<uint32_t>(raw_size), packed);
}

Status BundleWriter::WriteEnd() {
  if (!block_.raw().empty()) DAFTAR_RETURN_IF_ERROR(WriteBlock());
  v1::BundleEnd end;
  end.set_entries(totals_.entries);
  end.set_blocks(totals_.blocks);
  end.set_raw_bytes(totals_.raw_bytes);
  const std::string bytes = end.SerializeAsString();
  DAFTAR_RETURN_IF_ERROR(frames_.Write(FrameType::kEnd, static_cast<uint32_t>(bytes.size()), bytes));
  DAFTAR_RETURN_IF_ERROR(sink_->Write(SignedTail(signer_, frames_.chain())));
  return sink_->Finish();
}

StatusOr<BundleTotals> BundleWriter::Finish() {
  DAFTAR_RETURN_IF_ERROR(broken_);
  if (finished_) return FailedPrecondition("the bundle is finished already");
  DAFTAR_RETURN_IF_ERROR(broken_ = WriteEnd());
  finished_ = true;
  if (file_sink_ != nullptr) files_ = file_sink_->files();
  return totals_;
}

}  // namespace daftar::bundle
