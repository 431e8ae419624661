// A bundle from a stick that anybody may have written. The first byte of the input chooses what the rest is, since a
// signature would stop every other input at the door:
//   0 raw      the file itself, open or sealed for a key that is known here
//   1 frames   type, size and bytes of frames, which the target chains and signs
//   2 block    the inside of a block, which the target compresses, with a sound header and totals that agree
//   3 inside   frames as in 1, which the target also seals
//   4 flip     entries of a sound bundle, and one change to its bytes: without it all comes back, with it nothing does
//   5 part     the header of a part
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/bytes.h"
#include "storage/bundle/bundle_reader.h"
#include "storage/bundle/bundle_writer.h"
#include "storage/bundle/part.h"
#include "storage/bundle/seal.h"
#include "storage/bundle/signing.h"

namespace daftar::bundle {
namespace {

using Entries = std::vector<std::pair<uint32_t, std::string>>;

KeyPair Key(uint64_t seed) {
  SeededRandom random(seed);
  return KeyPair::Generate(random);
}

// Who signs and who reads; made once, since that is slow.
struct Keys {
  KeyPair signer = Key(1);
  KeyPair reader = Key(2);
};

const Keys& AllKeys() {
  static const Keys& keys = *new Keys();
  return keys;
}

v1::BundleHeader SoundHeader() {
  v1::BundleHeader header;
  header.set_format(1);
  header.set_kind(v1::BundleKind::DELTA);
  header.set_epoch("an epoch of 16 b");
  header.set_to_revision(9);
  header.set_signer(std::string(AllKeys().signer.public_key().bytes()));
  return header;
}

v1::BundleHeader SealedHeader() {
  v1::BundleHeader header = SoundHeader();
  header.add_recipient(std::string(AllKeys().reader.public_key().bytes()));
  header.set_sealed(true);
  return header;
}

// All entries, or nullopt if they are not handed out; whatever is, is within the limits.
std::optional<Entries> ReadAll(std::string bundle, const KeyPair* identity) {
  BundleReadOptions options;
  options.identity = identity;
  options.now_ms = 1000;
  auto reader = BundleReader::OpenFrom(std::make_unique<StringSource>(std::move(bundle)), options);
  if (!reader.ok()) {
    DAFTAR_CHECK(!reader.status().message().empty() && reader.status().code() != StatusCode::kInternal);
    return std::nullopt;
  }
  DAFTAR_CHECK((*reader)->header().signer() == (*reader)->signer().bytes());
  const bool sound = (*reader)->CheckEntries().ok();
  DAFTAR_CHECK(sound || (*reader)->Rewind().ok());
  Entries entries;
  uint64_t bytes = 0;
  while (true) {
    auto entry = (*reader)->Next();
    DAFTAR_CHECK(entry.ok() || !sound);
    if (!entry.ok()) return std::nullopt;
    if (!*entry) break;
    DAFTAR_CHECK((*entry)->type != 0 && (*entry)->bytes.size() <= kMostEntry);
    entries.emplace_back((*entry)->type, (*entry)->bytes);
    bytes += (*entry)->bytes.size() + 8;
  }
  const BundleTotals& totals = (*reader)->totals();
  DAFTAR_CHECK(totals.entries == entries.size() && totals.raw_bytes == bytes);
  return entries;
}

std::string Pack(std::string_view raw) {
  std::string packed(ZSTD_compressBound(raw.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 1));
  return packed;
}

// Magic, what `write` writes, and a signature that is right.
template <typename Write>
std::string Signed(Write write) {
  std::string bundle;
  StringSink sink(bundle);
  FrameWriter frames(sink);
  DAFTAR_CHECK(frames.Begin().ok());
  write(frames);
  return bundle + SignedTail(AllKeys().signer, frames.chain());
}

void WriteWhole(FrameWriter& frames, FrameType type, std::string_view bytes) {
  DAFTAR_CHECK(frames.Write(type, static_cast<uint32_t>(bytes.size()), bytes).ok());
}

// Each frame: type, raw size (2 bytes; 0xffff: that of the bytes), size (2 bytes), bytes. 'h' is a sound header and 'p'
// a block that the target compresses.
std::string FromFrames(std::string_view script, const v1::BundleHeader& header) {
  return Signed([&](FrameWriter& frames) {
    std::string_view type, bytes;
    uint16_t raw_size = 0, size = 0;
    while (TakeBytes(script, 1, type) && TakeU16(script, raw_size) && TakeU16(script, size)) {
      bytes = script.substr(0, size);
      script.remove_prefix(bytes.size());
      const uint32_t claim = raw_size == 0xffff ? static_cast<uint32_t>(bytes.size()) : raw_size;
      if (type == "h") {
        WriteWhole(frames, FrameType::kHeader, header.SerializeAsString());
      } else if (type == "p") {
        DAFTAR_CHECK(frames.Write(FrameType::kBlock, claim, Pack(bytes)).ok());
      } else {
        DAFTAR_CHECK(frames.Write(static_cast<FrameType>(type[0]), claim, bytes).ok());
      }
    }
  });
}

// The first byte is the number of entries that the end claims.
std::string FromBlock(std::string_view input) {
  const uint64_t entries = input.empty() ? 0 : static_cast<uint8_t>(input[0]);
  const std::string_view raw = input.substr(input.empty() ? 0 : 1);
  return Signed([&](FrameWriter& frames) {
    WriteWhole(frames, FrameType::kHeader, SoundHeader().SerializeAsString());
    DAFTAR_CHECK(frames.Write(FrameType::kBlock, static_cast<uint32_t>(raw.size()), Pack(raw)).ok());
    v1::BundleEnd end;
    end.set_entries(entries);
    end.set_blocks(1);
    end.set_raw_bytes(raw.size());
    WriteWhole(frames, FrameType::kEnd, end.SerializeAsString());
  });
}

std::string SealFor(const KeyPair& reader, std::string_view inside) {
  SeededRandom random(3);
  std::string sealed;
  auto sink = SealSink::Create(std::make_unique<StringSink>(sealed), {reader.public_key()}, random);
  DAFTAR_CHECK(sink.ok() && (*sink)->Write(inside).ok() && (*sink)->Finish().ok());
  return sealed;
}

// Where (2 bytes), how (1 byte: a bit pattern; 0: not at all), sealed (1 byte), then entries: size (1 byte) and bytes.
void CheckFlip(std::string_view input) {
  uint16_t where = 0;
  std::string_view how, sealed;
  if (!TakeU16(input, where) || !TakeBytes(input, 1, how) || !TakeBytes(input, 1, sealed)) return;
  const Keys& keys = AllKeys();
  BundleOptions options;
  if ((sealed[0] & 1) != 0) options.recipients = {keys.reader.public_key()};
  SeededRandom random(4);
  std::string bundle;
  auto writer =
      BundleWriter::CreateOn(std::make_unique<StringSink>(bundle), SoundHeader(), keys.signer, options, random);
  DAFTAR_CHECK(writer.ok());
  Entries entries;
  while (!input.empty()) {
    const size_t size = static_cast<uint8_t>(input[0]);
    const std::string_view bytes = input.substr(1, size);
    input.remove_prefix(1 + bytes.size());
    entries.emplace_back(static_cast<uint32_t>(entries.size() + 1), bytes);
    DAFTAR_CHECK((*writer)->Add(entries.back().first, bytes).ok());
  }
  DAFTAR_CHECK((*writer)->Finish().ok());
  char& changed = bundle[where % bundle.size()];
  changed = static_cast<char>(changed ^ how[0]);
  const std::optional<Entries> read = ReadAll(bundle, &keys.reader);
  DAFTAR_CHECK(how[0] == 0 ? read == entries : !read);
}

void CheckPart(std::string_view bytes) {
  std::string_view hash;
  const auto header = DecodePartHeader(bytes, hash);
  if (!header.ok()) return;
  DAFTAR_CHECK(hash.size() == sizeof(Hash256) && header->number > 0 && header->number <= header->parts);
  const std::string again = EncodePartHeader(*header, Hash256{});
  DAFTAR_CHECK(again.size() == kPartHeaderSize && again.substr(0, 48) == bytes.substr(0, 48));
}

}  // namespace
}  // namespace daftar::bundle

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace daftar::bundle;
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Keys& keys = AllKeys();
  switch (data[0] % 6) {
    case 0:
      (void)ReadAll(std::string(input), &keys.reader);
      break;
    case 1:
      (void)ReadAll(FromFrames(input, SoundHeader()), &keys.reader);
      break;
    case 2:
      (void)ReadAll(FromBlock(input), nullptr);
      break;
    case 3:
      (void)ReadAll(SealFor(keys.reader, FromFrames(input, SealedHeader())), &keys.reader);
      break;
    case 4:
      CheckFlip(input);
      break;
    case 5:
      CheckPart(input);
      break;
  }
  return 0;
}
