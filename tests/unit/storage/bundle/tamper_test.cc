// Bundles that were damaged, cut, put together from others or signed by somebody else: refused, and nothing handed out.
#include <algorithm>

#include "storage/base/bytes.h"
#include "tests/unit/storage/bundle/bundle_fixture.h"

namespace daftar::bundle {
namespace {

using ::testing::HasSubstr;

class TamperTest : public BundleTest {
 protected:
  // A bundle's frames as it holds them, without magic and signature.
  static std::vector<std::string> FramesOf(const std::string& bundle) {
    std::vector<std::string> frames;
    std::string_view rest(bundle);
    rest.remove_prefix(kMagic.size());
    while (rest.size() > kTailSize) {
      std::string_view sizes = rest.substr(5);
      uint32_t size = 0;
      TakeU32(sizes, size);
      frames.emplace_back(rest.substr(0, 9 + size + 32));
      rest.remove_prefix(frames.back().size());
    }
    return frames;
  }
  static std::string TailOf(const std::string& bundle) { return bundle.substr(bundle.size() - kTailSize); }

  static std::string Join(const std::vector<std::string>& frames, const std::string& tail) {
    std::string bundle(kMagic);
    for (const std::string& frame : frames) bundle += frame;
    return bundle + tail;
  }

  // The same with chain values that are right, as somebody makes them who does not have the key.
  static std::string Rechained(std::vector<std::string> frames, const std::string& tail) {
    Hash256 chain = FirstChain();
    for (std::string& frame : frames) {
      std::string_view sizes = std::string_view(frame).substr(1);
      uint32_t raw_size = 0;
      TakeU32(sizes, raw_size);
      const std::string_view bytes = std::string_view(frame).substr(9, frame.size() - 9 - 32);
      chain = NextChain(chain, static_cast<FrameType>(frame[0]), raw_size, bytes);
      frame.replace(frame.size() - 32, 32, AsBytes(chain));
    }
    return Join(frames, tail);
  }

  std::string Small() { return Write({{1, "an entry"}, {2, "another"}}); }
  // Of three blocks.
  std::string Large(uint64_t seed) {
    return Write({{1, Noise(kBlockTarget, seed)}, {1, Noise(kBlockTarget, seed + 1)}, {1, Noise(100, seed + 2)}});
  }
  StatusCode CodeOf(const std::string& bundle) { return OpenIt(bundle).status().code(); }

  v1::BundleHeader SoundHeader() {
    v1::BundleHeader header = Delta();
    header.set_format(1);
    header.set_signer(std::string(signer_.public_key().bytes()));
    return header;
  }
};

TEST_F(TamperTest, NoByteCanChange) {
  const std::string bundle = Small();
  ASSERT_TRUE(Read(bundle).ok());
  for (size_t at = 0; at < bundle.size(); ++at) {
    for (const int flip : {0x01, 0x20, 0x80, 0xff}) {
      std::string changed = bundle;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      ASSERT_FALSE(OpenIt(changed).ok()) << "byte " << at << " of " << bundle.size() << ", flip " << flip;
    }
  }
}

TEST_F(TamperTest, NoLengthButItsOwnIsTaken) {
  const std::string bundle = Small();
  for (size_t size = 0; size < bundle.size(); ++size) {
    ASSERT_FALSE(OpenIt(bundle.substr(0, size)).ok()) << size << " of " << bundle.size() << " bytes";
  }
}

TEST_F(TamperTest, NothingCanBeAppended) {
  EXPECT_EQ(CodeOf(Small() + '\0'), StatusCode::kDataLoss);
  EXPECT_EQ(CodeOf(Small() + Small()), StatusCode::kDataLoss);
}

TEST_F(TamperTest, DamageIsToldByTheFrameThatHasIt) {
  std::string bundle = Large(1);
  const std::vector<std::string> frames = FramesOf(bundle);
  bundle[kMagic.size() + frames[0].size() + frames[1].size() + 100] ^= 1;
  const Status status = OpenIt(bundle).status();
  EXPECT_EQ(status.code(), StatusCode::kDataLoss);
  EXPECT_THAT(Message(status), HasSubstr("frame 2 is damaged"));
}

TEST_F(TamperTest, BlocksCannotChangePlaces) {
  const std::string bundle = Large(1);
  std::vector<std::string> frames = FramesOf(bundle);
  ASSERT_EQ(frames.size(), 5u);
  std::swap(frames[1], frames[2]);
  EXPECT_EQ(CodeOf(Join(frames, TailOf(bundle))), StatusCode::kDataLoss);
  EXPECT_EQ(CodeOf(Rechained(frames, TailOf(bundle))), StatusCode::kPermissionDenied);
}

TEST_F(TamperTest, ABlockCannotBeLeftOut) {
  const std::string bundle = Large(1);
  std::vector<std::string> frames = FramesOf(bundle);
  frames.erase(frames.begin() + 2);
  EXPECT_EQ(CodeOf(Join(frames, TailOf(bundle))), StatusCode::kDataLoss);
  EXPECT_EQ(CodeOf(Rechained(frames, TailOf(bundle))), StatusCode::kPermissionDenied);
}

TEST_F(TamperTest, ABlockCannotBeRepeated) {
  const std::string bundle = Large(1);
  std::vector<std::string> frames = FramesOf(bundle);
  frames.insert(frames.begin() + 2, frames[1]);
  EXPECT_EQ(CodeOf(Join(frames, TailOf(bundle))), StatusCode::kDataLoss);
  EXPECT_EQ(CodeOf(Rechained(frames, TailOf(bundle))), StatusCode::kPermissionDenied);
}

TEST_F(TamperTest, ABlockOfAnotherBundleDoesNotFit) {
  const std::string bundle = Large(1);
  std::vector<std::string> frames = FramesOf(bundle);
  frames[2] = FramesOf(Large(100))[2];
  EXPECT_EQ(CodeOf(Join(frames, TailOf(bundle))), StatusCode::kDataLoss);
  EXPECT_EQ(CodeOf(Rechained(frames, TailOf(bundle))), StatusCode::kPermissionDenied);
}

TEST_F(TamperTest, TheHeaderOfAnotherBundleDoesNotFit) {
  v1::BundleHeader later = Delta();
  later.set_to_revision(1000);
  const std::string bundle = Small(), other = Write({{1, "x"}}, {}, later);
  std::vector<std::string> frames = FramesOf(bundle);
  frames[0] = FramesOf(other)[0];
  EXPECT_EQ(CodeOf(Join(frames, TailOf(bundle))), StatusCode::kDataLoss);
  EXPECT_EQ(CodeOf(Rechained(frames, TailOf(bundle))), StatusCode::kPermissionDenied);
  EXPECT_EQ(CodeOf(Rechained(frames, TailOf(other))), StatusCode::kPermissionDenied);
}

TEST_F(TamperTest, TheSignatureOfAnotherBundleDoesNotFit) {
  EXPECT_EQ(CodeOf(Join(FramesOf(Small()), TailOf(Large(1)))), StatusCode::kPermissionDenied);
}

TEST_F(TamperTest, ASignatureUnderAnotherDomainDoesNotFit) {
  const std::string bundle = Small();
  const std::vector<std::string> frames = FramesOf(bundle);
  const Signature signature = signer_.Sign("daftar.checkpoint.v1", {frames.back().substr(frames.back().size() - 32)});
  EXPECT_EQ(CodeOf(Join(frames, std::string(signer_.public_key().bytes()).append(AsBytes(signature)))),
            StatusCode::kPermissionDenied);
}

TEST_F(TamperTest, SignedByAKeyThatIsNotTrustedIsRefusedWithItsFingerprint) {
  const std::string bundle = Small();
  BundleReadOptions options;
  options.trusted = {{stranger_.public_key(), second_.public_key()}};
  const Status status = OpenIt(bundle, options).status();
  EXPECT_EQ(status.code(), StatusCode::kPermissionDenied);
  EXPECT_THAT(Message(status), HasSubstr(signer_.public_key().Fingerprint()));
  options.trusted->push_back(signer_.public_key());
  EXPECT_TRUE(OpenIt(bundle, options).ok());
}

TEST_F(TamperTest, WhenNobodyIsTrustedNothingIsRead) {
  BundleReadOptions options;
  options.trusted.emplace();
  EXPECT_EQ(OpenIt(Small(), options).status().code(), StatusCode::kPermissionDenied);
}

TEST_F(TamperTest, AHeaderThatNamesAnotherSignerIsRefused) {
  v1::BundleEnd end;
  const std::string forged = Forge(
      {{FrameType::kHeader, SoundHeader().SerializeAsString()}, {FrameType::kEnd, end.SerializeAsString()}}, stranger_);
  EXPECT_EQ(CodeOf(forged), StatusCode::kPermissionDenied);
}

TEST_F(TamperTest, SizesBeyondTheLimitsAreRefusedBeforeThereIsMemoryForThem) {
  for (const char type : {'H', 'B', 'E', 'X', '\0'}) {
    for (const uint32_t size : {0xffffffffu, 0x7fffffffu, 0x00500000u}) {
      std::string bundle(kMagic);
      bundle += type;
      PutU32(bundle, size);
      PutU32(bundle, size);
      EXPECT_THAT(Message(OpenIt(bundle).status()), HasSubstr("claims a type or a size")) << type << " " << size;
    }
  }
}

TEST_F(TamperTest, AHeaderJustBeyondItsLimitIsRefused) {
  const std::string forged = Forge({{FrameType::kHeader, std::string(kMostHeader + 1, 'x')}}, signer_);
  EXPECT_EQ(CodeOf(forged), StatusCode::kDataLoss);
}

TEST_F(TamperTest, WhatIsNoBundleIsToldSo) {
  for (const char* bytes : {"", "x", "DAFTAR", "SQLite format 3 and more of it"}) {
    EXPECT_EQ(CodeOf(bytes), StatusCode::kInvalidArgument) << bytes;
  }
}

TEST_F(TamperTest, ANewerFormatAsksForANewerProgram) {
  std::string bundle = Small();
  bundle[kMagic.size() - 1] = '2';
  EXPECT_EQ(CodeOf(bundle), StatusCode::kFailedPrecondition);
  v1::BundleHeader header = SoundHeader();
  header.set_format(2);
  EXPECT_EQ(CodeOf(Forge({{FrameType::kHeader, header.SerializeAsString()}, {FrameType::kEnd, ""}}, signer_)),
            StatusCode::kFailedPrecondition);
}

// What follows is signed by the key that is trusted: mistakes of a program, or a key that fell into wrong hands.

class SignedWronglyTest : public TamperTest {
 protected:
  // A bundle of one block that claims to be that long, and of so many entries.
  std::string OneBlock(const std::string& packed, uint32_t raw_size, uint64_t entries) {
    std::string bytes;
    StringSink sink(bytes);
    FrameWriter writer(sink);
    const std::string header = SoundHeader().SerializeAsString();
    v1::BundleEnd end;
    end.set_entries(entries);
    end.set_blocks(1);
    end.set_raw_bytes(raw_size);
    EXPECT_TRUE(writer.Begin().ok());
    EXPECT_TRUE(writer.Write(FrameType::kHeader, static_cast<uint32_t>(header.size()), header).ok());
    EXPECT_TRUE(writer.Write(FrameType::kBlock, raw_size, packed).ok());
    const std::string last = end.SerializeAsString();
    EXPECT_TRUE(writer.Write(FrameType::kEnd, static_cast<uint32_t>(last.size()), last).ok());
    return bytes + SignedTail(signer_, writer.chain());
  }
  std::string Pack(const std::string& raw) {
    std::string packed(ZSTD_compressBound(raw.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), 1));
    return packed;
  }
  std::string RawEntry(uint32_t type, uint32_t size, const std::string& bytes) {
    std::string raw;
    PutU32(raw, type);
    PutU32(raw, size);
    return raw + bytes;
  }
  // Of a bundle with that block and as many entries as it says: opens, and then?
  StatusCode Reading(const std::string& raw, uint64_t entries) {
    const auto reader = OpenIt(OneBlock(Pack(raw), static_cast<uint32_t>(raw.size()), entries));
    EXPECT_TRUE(reader.ok()) << reader.status();
    return reader.ok() ? (*reader)->CheckEntries().code() : StatusCode::kOk;
  }
};

TEST_F(SignedWronglyTest, ASoundBlockIsRead) { EXPECT_EQ(Reading(RawEntry(1, 3, "abc"), 1), StatusCode::kOk); }

TEST_F(SignedWronglyTest, ABlockNeverDecompressesBeyondItsClaim) {
  const std::string packed = Pack(RawEntry(1, 1'000'000, std::string(1'000'000, 'x')));
  const auto reader = OpenIt(OneBlock(packed, 100, 1));
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_THAT(Message((*reader)->Next().status()), HasSubstr("does not decompress to what it claims"));
}

TEST_F(SignedWronglyTest, ABlockThatIsShorterThanItsClaimIsRefused) {
  const auto reader = OpenIt(OneBlock(Pack(RawEntry(1, 3, "abc")), 100, 1));
  EXPECT_EQ((*reader)->Next().status().code(), StatusCode::kInvalidArgument);
}

TEST_F(SignedWronglyTest, ABlockThatIsNotCompressedIsRefused) {
  const auto reader = OpenIt(OneBlock("not zstd", 8, 1));
  EXPECT_EQ((*reader)->Next().status().code(), StatusCode::kInvalidArgument);
}

TEST_F(SignedWronglyTest, AnEntryBeyondItsBlockIsRefused) {
  EXPECT_EQ(Reading(RawEntry(1, 4, "abc"), 1), StatusCode::kInvalidArgument);
  EXPECT_EQ(Reading(RawEntry(1, 0xffffffff, "abc"), 1), StatusCode::kInvalidArgument);
  EXPECT_EQ(Reading("short", 1), StatusCode::kInvalidArgument);
}

TEST_F(SignedWronglyTest, AnEntryWithoutATypeIsRefused) {
  EXPECT_EQ(Reading(RawEntry(0, 3, "abc"), 1), StatusCode::kInvalidArgument);
}

TEST_F(SignedWronglyTest, MoreOrFewerEntriesThanTheEndSaysAreRefused) {
  EXPECT_EQ(Reading(RawEntry(1, 3, "abc"), 0), StatusCode::kInvalidArgument);
  EXPECT_EQ(Reading(RawEntry(1, 3, "abc"), 2), StatusCode::kInvalidArgument);
}

TEST_F(SignedWronglyTest, AnErrorStaysUntilRewind) {
  const auto reader = OpenIt(OneBlock(Pack(RawEntry(1, 4, "abc")), 11, 1));
  EXPECT_FALSE((*reader)->Next().ok());
  EXPECT_FALSE((*reader)->Next().ok());
}

TEST_F(SignedWronglyTest, FramesOutOfPlaceAreRefused) {
  const std::string header = SoundHeader().SerializeAsString();
  EXPECT_EQ(CodeOf(Forge({{FrameType::kEnd, ""}}, signer_)), StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(Forge({{FrameType::kBlock, "x"}, {FrameType::kEnd, ""}}, signer_)), StatusCode::kInvalidArgument);
  EXPECT_EQ(CodeOf(Forge({{FrameType::kHeader, header}, {FrameType::kHeader, header}}, signer_)),
            StatusCode::kInvalidArgument);
}

TEST_F(SignedWronglyTest, TotalsThatDoNotAgreeWithTheBlocksAreRefused) {
  v1::BundleEnd end;
  end.set_blocks(1);
  EXPECT_EQ(CodeOf(Forge(
                {{FrameType::kHeader, SoundHeader().SerializeAsString()}, {FrameType::kEnd, end.SerializeAsString()}},
                signer_)),
            StatusCode::kInvalidArgument);
}

TEST_F(SignedWronglyTest, AHeaderThatIsNoneIsRefused) {
  EXPECT_EQ(CodeOf(Forge({{FrameType::kHeader, "\xff\xff\xff"}, {FrameType::kEnd, ""}}, signer_)),
            StatusCode::kInvalidArgument);
}

TEST_F(SignedWronglyTest, ABundleThatSaysItIsSealedAndLiesOpenIsRefused) {
  v1::BundleHeader header = SoundHeader();
  header.add_recipient(std::string(reader_.public_key().bytes()));
  header.set_sealed(true);
  const Status status =
      OpenIt(Forge({{FrameType::kHeader, header.SerializeAsString()}, {FrameType::kEnd, ""}}, signer_)).status();
  EXPECT_THAT(Message(status), HasSubstr("somebody opened it"));
}

// A source that gives other bytes once it was rewound often enough.
class ChangingSource final : public ByteSource {
 public:
  ChangingSource(std::string before, std::string after, int rewinds)
      : before_(std::move(before)), after_(std::move(after)), rewinds_(rewinds) {}
  StatusOr<size_t> Read(char* to, size_t most) override { return (rewinds_ > 0 ? before_ : after_).Read(to, most); }
  Status Rewind() override {
    --rewinds_;
    DAFTAR_RETURN_IF_ERROR(before_.Rewind());
    return after_.Rewind();
  }

 private:
  StringSource before_, after_;
  int rewinds_;
};

TEST_F(TamperTest, AFileThatChangesAfterItWasCheckedIsNoticed) {
  const std::string checked = Write({{1, "what was checked"}});
  const std::string swapped = Write({{1, "what was brought"}});
  // Rewound once after its magic was looked at, and once after it was checked; then once more by us.
  auto reader = BundleReader::OpenFrom(std::make_unique<ChangingSource>(checked, swapped, 3), {});
  ASSERT_TRUE(reader.ok()) << reader.status();
  ASSERT_TRUE((*reader)->Rewind().ok());
  EXPECT_THAT(Message((*reader)->Next().status()), HasSubstr("changed while it was read"));
}

}  // namespace
}  // namespace daftar::bundle
