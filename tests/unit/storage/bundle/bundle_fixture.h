// Bundles in memory, keys that are always the same, and bundles that are put together by hand.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/bundle/bundle_reader.h"
#include "storage/bundle/bundle_writer.h"
#include "storage/bundle/signing.h"

namespace daftar::bundle {

using Entries = std::vector<std::pair<uint32_t, std::string>>;

inline KeyPair Key(uint64_t seed) {
  SeededRandom random(seed);
  return KeyPair::Generate(random);
}

inline v1::BundleHeader Delta() {
  v1::BundleHeader header;
  header.set_kind(v1::BundleKind::DELTA);
  header.set_epoch("an epoch of 16 b");
  header.set_from_revision(7);
  header.set_to_revision(9);
  header.set_created_ms(1'700'000'000'000);
  header.set_scope("north");
  return header;
}

// Bytes that do not compress.
inline std::string Noise(size_t size, uint64_t seed) {
  SeededRandom random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.Next());
  return bytes;
}

class BundleTest : public ::testing::Test {
 protected:
  static Status AddAll(BundleWriter& writer, const Entries& entries) {
    for (const auto& [type, bytes] : entries) DAFTAR_RETURN_IF_ERROR(writer.Add(type, bytes));
    return writer.Finish().status();
  }

  // A bundle by `signer_`.
  std::string Write(const Entries& entries, const BundleOptions& options = {},
                    const v1::BundleHeader& header = Delta()) {
    std::string bytes;
    auto writer = BundleWriter::CreateOn(std::make_unique<StringSink>(bytes), header, signer_, options, random_);
    EXPECT_TRUE(writer.ok()) << writer.status();
    if (!writer.ok()) return "";
    const Status added = AddAll(**writer, entries);
    EXPECT_TRUE(added.ok()) << added;
    return bytes;
  }

  // What Write makes, of frames that are given, with a signature that is right.
  std::string Forge(const std::vector<std::pair<FrameType, std::string>>& frames, const KeyPair& signer) {
    std::string bytes;
    StringSink sink(bytes);
    FrameWriter writer(sink);
    EXPECT_TRUE(writer.Begin().ok());
    for (const auto& [type, frame] : frames) {
      EXPECT_TRUE(writer.Write(type, static_cast<uint32_t>(frame.size()), frame).ok());
    }
    return bytes + SignedTail(signer, writer.chain());
  }

  static StatusOr<std::unique_ptr<BundleReader>> OpenIt(std::string bytes, const BundleReadOptions& options = {}) {
    return BundleReader::OpenFrom(std::make_unique<StringSource>(std::move(bytes)), options);
  }

  static StatusOr<Entries> ReadAll(BundleReader& reader) {
    Entries entries;
    while (true) {
      DAFTAR_ASSIGN_OR_RETURN(const std::optional<Entry> entry, reader.Next());
      if (!entry) return entries;
      entries.emplace_back(entry->type, entry->bytes);
    }
  }

  // Opens and reads it all, or says why not.
  static StatusOr<Entries> Read(std::string bytes, const BundleReadOptions& options = {}) {
    DAFTAR_ASSIGN_OR_RETURN(const std::unique_ptr<BundleReader> reader, OpenIt(std::move(bytes), options));
    return ReadAll(*reader);
  }

  // A fresh source of randomness each time, so that bundles of one test differ.
  SeededRandom random_{1};
  const KeyPair signer_ = Key(10);
  const KeyPair reader_ = Key(11);
  const KeyPair second_ = Key(12);
  const KeyPair stranger_ = Key(13);
};

}  // namespace daftar::bundle
