// Reads a bundle: first all of it is checked, then its entries are handed out. README.md has the layout.
//
//   BundleReadOptions options;
//   options.identity = &my_key;                // for sealed bundles
//   options.trusted = {{server_key}};          // or leave it out, and judge reader->signer()
//   options.now_ms = clock.NowMs();
//   DAFTAR_ASSIGN_OR_RETURN(const std::vector<std::string> files, FilesOfBundle("week.daftar"));
//   DAFTAR_ASSIGN_OR_RETURN(auto reader, BundleReader::Open(files, options));
//   while (true) {
//     DAFTAR_ASSIGN_OR_RETURN(const std::optional<Entry> entry, reader->Next());
//     if (!entry) break;
//     …
//   }
//
// Open reads all bytes: sizes, hashes, signature. Before the signature is proven nothing is parsed or decompressed, and
// if anything is wrong, no entry is ever handed out. Next reads the file once more and compares it with what was
// checked, so that a file that changes in between is noticed before its bytes are used.
//
// What the signer himself did wrong (a block that does not decompress, totals that do not agree) shows in Next, after
// entries were handed out: whoever cannot take back what he applied calls CheckEntries first.
//
// Errors, each with a reason in words: InvalidArgument: not a bundle, or one made wrongly. DataLoss: damaged or cut
// short; another copy may be sound. NotFound: a part is missing. PermissionDenied: forged, signed by a key that is not
// trusted, or not for this identity. FailedPrecondition: expired, or of a newer format.
//
// Memory: at most 16 MiB, and 32 bytes for each block. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daftar/v1/bundle.pb.h"
#include "storage/base/hash.h"
#include "storage/base/signature.h"
#include "storage/base/status.h"
#include "storage/bundle/block.h"
#include "storage/bundle/bundle_writer.h"
#include "storage/bundle/byte_stream.h"
#include "storage/bundle/file_source.h"
#include "storage/bundle/frames.h"

namespace daftar::bundle {

struct BundleReadOptions {
  // Who reads: opens what is sealed for this key, and refuses what is for others. Absent: sealed bundles are refused,
  // open ones are not asked whom they are for. Used during Open alone.
  const KeyPair* identity = nullptr;
  // Whose signature will do. Absent: anybody's; the caller must judge signer() before he uses what the bundle says.
  std::optional<std::vector<PublicKey>> trusted;
  // The time, for bundles that expire, milliseconds since 1970-01-01 UTC. 0: it does not matter, as when one only
  // looks.
  int64_t now_ms = 0;
};

// What a bundle shows to anybody, without a key; nothing of it is proven.
struct BundleOutside {
  uint64_t bytes = 0;       // of all its files, less what makes them parts
  size_t parts = 0;         // files
  uint32_t recipients = 0;  // who can open it; 0: it is not sealed
};

// For looking at a bundle that one cannot open. Fails as Open does on parts that are missing or damaged.
StatusOr<BundleOutside> LookAtOutside(const std::vector<std::string>& files);

class BundleReader {
 public:
  // The file of a bundle, or all its parts in any order (FilesOfBundle finds them).
  static StatusOr<std::unique_ptr<BundleReader>> Open(const std::vector<std::string>& files,
                                                      const BundleReadOptions& options);
  // The same from any source, for a relay.
  static StatusOr<std::unique_ptr<BundleReader>> OpenFrom(std::unique_ptr<ByteSource> source,
                                                          const BundleReadOptions& options);
  BundleReader(const BundleReader&) = delete;
  BundleReader& operator=(const BundleReader&) = delete;

  const v1::BundleHeader& header() const { return header_; }
  const PublicKey& signer() const { return signer_; }
  // As the signer counted them; CheckEntries, or reading to the end, proves the number of entries.
  const BundleTotals& totals() const { return totals_; }

  // The next entry, valid until the next call; nullopt after the last one. After an error the same error again.
  StatusOr<std::optional<Entry>> Next();
  // Next gives the first entry again.
  Status Rewind();
  // Decodes all entries without giving them to anybody, then rewinds.
  Status CheckEntries();

 private:
  explicit BundleReader(std::unique_ptr<ByteSource> source) : source_(std::move(source)) {}
  Status CheckAll(std::string& header, std::string& end);
  Status ParseChecked(const std::string& header, const std::string& end, bool sealed);
  Status CheckReader(const BundleReadOptions& options) const;
  StatusOr<std::optional<Entry>> NextEntry();
  Status OpenBlock();

  const std::unique_ptr<ByteSource> source_;
  v1::BundleHeader header_;
  PublicKey signer_;
  BundleTotals totals_;
  uint64_t raw_bytes_ = 0;       // claimed by the blocks, as they were checked
  Hash256 header_chain_{};       // after the header, as it was checked
  std::vector<Hash256> chains_;  // after each block, as they were checked

  std::optional<FrameReader> frames_;  // of the reading that hands out entries
  BlockReader block_;
  uint64_t blocks_read_ = 0;
  uint64_t entries_read_ = 0;
  Status broken_;  // the first error
};

}  // namespace daftar::bundle
