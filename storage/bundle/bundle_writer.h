// Writes a bundle: a signed file, sealed for its recipients, with any number of entries. README.md has the layout.
//
//   v1::BundleHeader header;                 // kind, epoch, revisions, created_ms …
//   BundleOptions options;
//   options.recipients = {station_key};      // sealed for that key
//   DAFTAR_ASSIGN_OR_RETURN(auto writer, BundleWriter::Create("week.daftar", header, server_key, options, random));
//   for (…) DAFTAR_RETURN_IF_ERROR(writer->Add(type, bytes));
//   DAFTAR_RETURN_IF_ERROR(writer->Finish().status());
//
// Memory: one block, at most 10 MiB, whatever the bundle. One thread. After an error the writer gives that error again,
// and nothing is left of the file when the writer goes.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "daftar/v1/bundle.pb.h"
#include "storage/base/random.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"
#include "storage/bundle/block.h"
#include "storage/bundle/byte_stream.h"
#include "storage/bundle/frames.h"

namespace daftar::bundle {

struct BundleOptions {
  // Whom it is for. Not empty: the bundle is sealed, and nobody else can read it or see what it is. In any order.
  std::vector<PublicKey> recipients;
  // Not sealed although it has recipients: others can read it, and are asked not to apply it.
  bool open = false;
  // Above 0: in parts FILE.001, FILE.002 … of at most so many bytes; at least kLeastPartBytes.
  uint64_t part_bytes = 0;
  // Of zstd, 1 (fast) to 19 (small).
  int compression_level = 3;
};

// What a bundle holds.
struct BundleTotals {
  uint64_t entries = 0;
  uint64_t blocks = 0;
  uint64_t raw_bytes = 0;  // of the blocks, before they were compressed

  friend bool operator==(const BundleTotals&, const BundleTotals&) = default;
};

class BundleWriter {
 public:
  // A bundle of that name, or parts of it; they have their names when Finish returns, and not before. Of the header,
  // the caller sets kind, epoch, revisions, times, scope and client; the rest is overwritten. `signer` outlives the
  // writer. AlreadyExists if there is such a file; InvalidArgument if header or options are not sound.
  static StatusOr<std::unique_ptr<BundleWriter>> Create(const std::string& path, v1::BundleHeader header,
                                                        const KeyPair& signer, const BundleOptions& options,
                                                        Random& random);
  // The same into any sink, for a relay; options.part_bytes has no meaning there.
  static StatusOr<std::unique_ptr<BundleWriter>> CreateOn(std::unique_ptr<ByteSink> sink, v1::BundleHeader header,
                                                          const KeyPair& signer, const BundleOptions& options,
                                                          Random& random);
  BundleWriter(const BundleWriter&) = delete;
  BundleWriter& operator=(const BundleWriter&) = delete;

  // One more entry. `type` says what it is, in the words of those who make and apply bundles, and is not 0; at most
  // kMostEntry bytes. Entries are read in the order in which they were written.
  Status Add(uint32_t type, std::string_view bytes);

  // Signs, makes durable, gives the files their names. Once; nothing may be added afterwards.
  StatusOr<BundleTotals> Finish();

  // What has its name after Finish: one file, or the parts in order. Empty for a sink of another kind.
  const std::vector<std::string>& files() const { return files_; }

 private:
  BundleWriter(std::unique_ptr<ByteSink> sink, const KeyPair& signer, int compression_level)
      : signer_(signer), sink_(std::move(sink)), frames_(*sink_), block_(compression_level) {}
  Status Begin(const v1::BundleHeader& header);
  Status AddEntry(uint32_t type, std::string_view bytes);
  Status WriteBlock();
  Status WriteEnd();

  const KeyPair& signer_;
  const std::unique_ptr<ByteSink> sink_;
  FrameWriter frames_;
  BlockBuilder block_;
  BundleTotals totals_;
  std::vector<std::string> files_;
  class FileSink* file_sink_ = nullptr;  // within sink_, if that is where the bytes go
  Status broken_;                        // the first error
  bool finished_ = false;
};

}  // namespace daftar::bundle
