// Sealed bundles: opened by each recipient and by nobody else, and telling nothing to others.
#include "storage/bundle/seal.h"

#include <algorithm>

#include "tests/unit/storage/bundle/bundle_fixture.h"

namespace daftar::bundle {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr size_t kChunk = 65'536, kProof = 17;

class SealedBundleTest : public BundleTest {
 protected:
  std::string Sealed(const Entries& entries) {
    BundleOptions options;
    options.recipients = {reader_.public_key(), second_.public_key()};
    return Write(entries, options);
  }
  static size_t Outside(size_t recipients) { return 8 + 16 + 4 + 84 * recipients + 24; }

  const Entries entries_ = {{1, "an entry"}, {2, "another"}};
};

TEST_F(SealedBundleTest, IsOpenedByEachOfItsRecipients) {
  const std::string bundle = Sealed(entries_);
  EXPECT_EQ(*Read(bundle, {.identity = &reader_}), entries_);
  EXPECT_EQ(*Read(bundle, {.identity = &second_}), entries_);
}

TEST_F(SealedBundleTest, IsOpenedByNobodyElse) {
  const std::string bundle = Sealed(entries_);
  EXPECT_EQ(Read(bundle).status().code(), StatusCode::kPermissionDenied);
  EXPECT_EQ(Read(bundle, {.identity = &stranger_}).status().code(), StatusCode::kPermissionDenied);
  EXPECT_EQ(Read(bundle, {.identity = &signer_}).status().code(), StatusCode::kPermissionDenied);
}

TEST_F(SealedBundleTest, NamesItsRecipientsToThoseWhoOpenIt) {
  const auto reader = OpenIt(Sealed(entries_), {.identity = &reader_});
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_TRUE((*reader)->header().sealed());
  EXPECT_EQ((*reader)->header().recipient_size(), 2);
}

TEST_F(SealedBundleTest, ShowsNeitherWhoNorWhatToOthers) {
  const std::string bundle = Sealed({{1, "a word that nobody may see"}});
  for (const std::string& secret :
       {std::string(signer_.public_key().bytes()), std::string(reader_.public_key().bytes()), Delta().epoch(),
        Delta().scope(), std::string("nobody may see"), std::string(kMagic)}) {
    EXPECT_THAT(bundle, Not(HasSubstr(secret)));
  }
}

TEST_F(SealedBundleTest, HasNothingInCommonWithAnotherForTheSameReader) {
  const std::string first = Sealed(entries_), second = Sealed(entries_);
  ASSERT_EQ(first.size(), second.size());
  size_t same = 0;
  for (size_t at = 28; at < first.size(); ++at) same += first[at] == second[at];
  EXPECT_LT(same, first.size() / 20);
}

TEST_F(SealedBundleTest, NoByteCanChangeForAnyRecipient) {
  const std::string bundle = Sealed(entries_);
  for (size_t at = 0; at < bundle.size(); ++at) {
    std::string changed = bundle;
    changed[at] = static_cast<char>(changed[at] ^ 0x01);
    ASSERT_FALSE(OpenIt(changed, {.identity = &reader_}).ok()) << "byte " << at << " of " << bundle.size();
    ASSERT_FALSE(OpenIt(changed, {.identity = &second_}).ok()) << "byte " << at << " of " << bundle.size();
  }
}

TEST_F(SealedBundleTest, NoLengthButItsOwnIsTaken) {
  const std::string bundle = Sealed(entries_);
  for (size_t size = 0; size < bundle.size(); ++size) {
    ASSERT_FALSE(OpenIt(bundle.substr(0, size), {.identity = &reader_}).ok()) << size << " of " << bundle.size();
  }
  EXPECT_FALSE(OpenIt(bundle + '\0', {.identity = &reader_}).ok());
}

TEST_F(SealedBundleTest, IsRefusedCutBetweenChunks) {
  const std::string bundle = Sealed({{1, Noise(3 * kChunk, 1)}});
  for (size_t chunks = 0; chunks <= 3; ++chunks) {
    const std::string cut = bundle.substr(0, Outside(2) + chunks * (kChunk + kProof));
    ASSERT_LT(cut.size(), bundle.size());
    EXPECT_EQ(OpenIt(cut, {.identity = &reader_}).status().code(), StatusCode::kDataLoss) << chunks << " chunks";
  }
}

TEST_F(SealedBundleTest, IsRefusedWithChunksThatChangedPlaces) {
  std::string bundle = Sealed({{1, Noise(3 * kChunk, 1)}});
  const auto first = bundle.begin() + static_cast<std::ptrdiff_t>(Outside(2));
  std::swap_ranges(first, first + kChunk + kProof, first + kChunk + kProof);
  EXPECT_EQ(OpenIt(bundle, {.identity = &reader_}).status().code(), StatusCode::kDataLoss);
}

TEST_F(SealedBundleTest, OfEveryLengthAroundAChunkIsRead) {
  const size_t around = Sealed({{1, ""}}).size() - Outside(2) - kProof;
  for (size_t more = 0; more < 40; ++more) {
    const Entries entries = {{1, Noise(kChunk - around - 30 + more, 1)}};
    ASSERT_EQ(*Read(Sealed(entries), {.identity = &second_}), entries) << more;
  }
}

TEST_F(SealedBundleTest, ClaimingMoreRecipientsThanAllowedIsRefused) {
  std::string bundle = Sealed(entries_);
  bundle[24] = '\x7f';
  EXPECT_THAT(Message(OpenIt(bundle, {.identity = &reader_}).status()), HasSubstr("recipients"));
}

TEST_F(SealedBundleTest, CannotBeSealedAnewForSomebodyElse) {
  // The second recipient opens it and seals what he finds for a stranger.
  auto inside = UnsealSource::Open(std::make_unique<StringSource>(Sealed(entries_)), second_);
  ASSERT_TRUE(inside.ok()) << inside.status();
  std::string open(100'000, '\0');
  open.resize(*ReadFully(**inside, open.data(), open.size()));
  std::string again;
  auto sink = SealSink::Create(std::make_unique<StringSink>(again), {stranger_.public_key()}, random_);
  ASSERT_TRUE(sink.ok() && (*sink)->Write(open).ok() && (*sink)->Finish().ok());
  EXPECT_THAT(Message(OpenIt(again, {.identity = &stranger_}).status()), HasSubstr("is for others"));
  EXPECT_THAT(Message(OpenIt(open).status()), HasSubstr("somebody opened it"));
}

TEST_F(SealedBundleTest, AroundAnOpenOneIsRefused) {
  std::string sealed;
  auto sink = SealSink::Create(std::make_unique<StringSink>(sealed), {reader_.public_key()}, random_);
  ASSERT_TRUE(sink.ok() && (*sink)->Write(Write(entries_)).ok() && (*sink)->Finish().ok());
  EXPECT_THAT(Message(OpenIt(sealed, {.identity = &reader_}).status()), HasSubstr("did not sign it"));
}

TEST_F(SealedBundleTest, IsNotMadeForAKeyThatIsNone) {
  BundleOptions options;
  options.recipients = {reader_.public_key(), PublicKey()};
  std::string bytes;
  const auto writer = BundleWriter::CreateOn(std::make_unique<StringSink>(bytes), Delta(), signer_, options, random_);
  EXPECT_EQ(writer.status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(bytes, "");
}

TEST_F(SealedBundleTest, IsMadeForAsManyAsAllowedAndNotForMore) {
  BundleOptions options;
  for (uint64_t i = 0; i < kMostRecipients; ++i) options.recipients.push_back(Key(1000 + i).public_key());
  const KeyPair last = Key(1000 + kMostRecipients - 1);
  EXPECT_EQ(*Read(Write(entries_, options), {.identity = &last}), entries_);
  options.recipients.push_back(reader_.public_key());
  std::string bytes;
  EXPECT_FALSE(BundleWriter::CreateOn(std::make_unique<StringSink>(bytes), Delta(), signer_, options, random_).ok());
}

}  // namespace
}  // namespace daftar::bundle
