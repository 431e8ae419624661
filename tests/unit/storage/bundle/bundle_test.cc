// What is written is read: entries, header, totals, limits.
#include "tests/unit/storage/bundle/bundle_fixture.h"

namespace daftar::bundle {
namespace {

TEST_F(BundleTest, GivesBackItsEntriesInOrder) {
  const Entries entries = {{1, "first"}, {2, ""}, {4'000'000'000u, std::string("a\0b", 3)}, {1, "first"}};
  EXPECT_EQ(*Read(Write(entries)), entries);
}

TEST_F(BundleTest, WithoutEntriesIsABundle) { EXPECT_EQ(*Read(Write({})), Entries()); }

TEST_F(BundleTest, GivesBackItsHeaderAndSaysWhoSigned) {
  const auto reader = OpenIt(Write({}));
  ASSERT_TRUE(reader.ok()) << reader.status();
  v1::BundleHeader expected = Delta();
  expected.set_format(1);
  expected.set_signer(signer_.public_key().bytes().data(), PublicKey::kSize);
  EXPECT_EQ((*reader)->header().SerializeAsString(), expected.SerializeAsString());
  EXPECT_EQ((*reader)->signer(), signer_.public_key());
}

TEST_F(BundleTest, SpreadsManyEntriesOverBlocks) {
  Entries entries;
  for (uint32_t i = 1; i <= 300; ++i) entries.emplace_back(i, Noise(5000, i));
  const auto reader = OpenIt(Write(entries));
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_EQ((*reader)->totals().entries, 300u);
  EXPECT_EQ((*reader)->totals().raw_bytes, 300u * 5008);
  EXPECT_EQ((*reader)->totals().blocks, 6u);
  EXPECT_EQ(*ReadAll(**reader), entries);
}

TEST_F(BundleTest, IsSmallerThanWhatItCarries) { EXPECT_LT(Write({{1, std::string(100'000, 'x')}}).size(), 1000u); }

TEST_F(BundleTest, CarriesTheLargestEntryAmongSmallOnes) {
  const Entries entries = {{1, "before"}, {2, Noise(kMostEntry, 1)}, {3, "after"}};
  EXPECT_EQ(*Read(Write(entries)), entries);
}

TEST_F(BundleTest, RefusesALargerEntryAndNeverFinishesThen) {
  std::string bytes;
  auto writer = BundleWriter::CreateOn(std::make_unique<StringSink>(bytes), Delta(), signer_, {}, random_);
  EXPECT_EQ((*writer)->Add(1, std::string(kMostEntry + 1, 'x')).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ((*writer)->Add(1, "small").code(), StatusCode::kInvalidArgument);
  EXPECT_EQ((*writer)->Finish().status().code(), StatusCode::kInvalidArgument);
}

TEST_F(BundleTest, RefusesAnEntryWithoutAType) {
  std::string bytes;
  auto writer = BundleWriter::CreateOn(std::make_unique<StringSink>(bytes), Delta(), signer_, {}, random_);
  EXPECT_EQ((*writer)->Add(0, "bytes").code(), StatusCode::kInvalidArgument);
}

TEST_F(BundleTest, TakesNothingAfterItIsFinished) {
  std::string bytes;
  auto writer = BundleWriter::CreateOn(std::make_unique<StringSink>(bytes), Delta(), signer_, {}, random_);
  ASSERT_TRUE((*writer)->Finish().ok());
  EXPECT_EQ((*writer)->Add(1, "late").code(), StatusCode::kFailedPrecondition);
}

TEST_F(BundleTest, IsReadAgainAfterRewind) {
  const Entries entries = {{1, "a"}, {2, Noise(kBlockTarget, 1)}, {3, "c"}};
  const auto reader = OpenIt(Write(entries));
  ASSERT_TRUE(reader.ok()) << reader.status();
  ASSERT_TRUE((*reader)->Next().ok());
  ASSERT_TRUE((*reader)->Next().ok());
  ASSERT_TRUE((*reader)->Rewind().ok());
  EXPECT_EQ(*ReadAll(**reader), entries);
}

TEST_F(BundleTest, IsReadFromTheBeginningAfterItsEntriesWereChecked) {
  const auto reader = OpenIt(Write({{1, "a"}, {2, "b"}}));
  ASSERT_TRUE((*reader)->CheckEntries().ok());
  EXPECT_EQ(*ReadAll(**reader), (Entries{{1, "a"}, {2, "b"}}));
}

TEST_F(BundleTest, StaysAtItsEnd) {
  const auto reader = OpenIt(Write({{1, "a"}}));
  ASSERT_TRUE(ReadAll(**reader).ok());
  EXPECT_EQ(*(*reader)->Next(), std::nullopt);
}

TEST_F(BundleTest, OpenAndUnsplitHasTheSameBytesEachTime) { EXPECT_EQ(Write({{1, "a"}}), Write({{1, "a"}})); }

struct BadHeader {
  const char* name;
  void (*spoil)(v1::BundleHeader&);
};

class BundleHeaderTest : public BundleTest, public ::testing::WithParamInterface<BadHeader> {};

TEST_P(BundleHeaderTest, IsNotWritten) {
  v1::BundleHeader header = Delta();
  GetParam().spoil(header);
  std::string bytes;
  const auto writer = BundleWriter::CreateOn(std::make_unique<StringSink>(bytes), header, signer_, {}, random_);
  EXPECT_EQ(writer.status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(bytes, "");
}

INSTANTIATE_TEST_SUITE_P(
    All, BundleHeaderTest,
    ::testing::Values(BadHeader{"WithoutKind", [](v1::BundleHeader& h) { h.clear_kind(); }},
                      BadHeader{"WithoutEpoch", [](v1::BundleHeader& h) { h.clear_epoch(); }},
                      BadHeader{"WithAShortEpoch", [](v1::BundleHeader& h) { h.set_epoch("short"); }},
                      BadHeader{"LeadingBackwards", [](v1::BundleHeader& h) { h.set_to_revision(6); }},
                      BadHeader{"OfAStrangeClient", [](v1::BundleHeader& h) { h.set_client("me"); }},
                      BadHeader{"ExpiredBeforeTime", [](v1::BundleHeader& h) { h.set_expiry_ms(-1); }},
                      BadHeader{"TooLarge", [](v1::BundleHeader& h) { h.set_scope(std::string(kMostHeader, 'x')); }}),
    [](const auto& it) { return it.param.name; });

TEST_F(BundleTest, OfAnOutboxNeedsNoEpoch) {
  v1::BundleHeader header = Delta();
  header.set_kind(v1::BundleKind::OUTBOX);
  header.clear_epoch();
  EXPECT_TRUE(Read(Write({}, {}, header)).ok());
}

TEST_F(BundleTest, IsReadBeforeItExpiresAndNotAfter) {
  v1::BundleHeader header = Delta();
  header.set_expiry_ms(1000);
  const std::string bytes = Write({{1, "a"}}, {}, header);
  BundleReadOptions options;
  options.now_ms = 1000;
  EXPECT_TRUE(Read(bytes, options).ok());
  options.now_ms = 1001;
  EXPECT_EQ(Read(bytes, options).status().code(), StatusCode::kFailedPrecondition);
  options.now_ms = 0;
  EXPECT_TRUE(Read(bytes, options).ok());
}

TEST_F(BundleTest, OpenForSomebodyIsNotAppliedByAnother) {
  BundleOptions options;
  options.recipients = {reader_.public_key(), second_.public_key()};
  options.open = true;
  const std::string bytes = Write({{1, "a"}}, options);
  EXPECT_TRUE(Read(bytes).ok());
  EXPECT_TRUE(Read(bytes, {.identity = &second_}).ok());
  EXPECT_EQ(Read(bytes, {.identity = &stranger_}).status().code(), StatusCode::kPermissionDenied);
}

TEST_F(BundleTest, ForOneRecipientTwiceIsNotWritten) {
  BundleOptions options;
  options.recipients = {reader_.public_key(), reader_.public_key()};
  std::string bytes;
  const auto writer = BundleWriter::CreateOn(std::make_unique<StringSink>(bytes), Delta(), signer_, options, random_);
  EXPECT_EQ(writer.status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace daftar::bundle
