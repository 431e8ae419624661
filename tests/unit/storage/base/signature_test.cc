// Keys, signatures under a domain, and sealing.
#include "storage/base/signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/bytes.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kDomain = "daftar.test.v1";

// The first key of RFC 8032, section 7.1.
constexpr std::string_view kSeed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
constexpr std::string_view kPublic = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

KeyPair Pair(uint64_t seed) {
  SeededRandom random(seed);
  return KeyPair::Generate(random);
}

TEST(KeyPairTest, DerivesThePublicKeyThatTheStandardGives) {
  EXPECT_EQ(KeyPair::FromSeed(*FromHex(kSeed))->public_key().ToString(), kPublic);
}

TEST(KeyPairTest, IsAnotherOneEachTime) {
  SeededRandom random(1);
  const KeyPair first = KeyPair::Generate(random), second = KeyPair::Generate(random);
  EXPECT_NE(first.public_key(), second.public_key());
}

TEST(KeyPairTest, ComesBackFromItsSeed) {
  const KeyPair pair = Pair(1);
  EXPECT_EQ(KeyPair::FromSeed(pair.seed())->public_key(), pair.public_key());
}

TEST(KeyPairTest, RefusesASeedOfAnotherLength) {
  EXPECT_EQ(KeyPair::FromSeed(std::string(31, 'x')).status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(KeyPair::FromSeed(std::string(33, 'x')).status().code(), StatusCode::kInvalidArgument);
}

TEST(KeyPairTest, SignsAfterItWasMoved) {
  KeyPair pair = Pair(1);
  const PublicKey key = pair.public_key();
  KeyPair moved = std::move(pair);
  KeyPair assigned = Pair(2);
  assigned = std::move(moved);
  EXPECT_TRUE(key.Verify(assigned.Sign(kDomain, {"bytes"}), kDomain, {"bytes"}).ok());
}

TEST(PublicKeyTest, ComesBackFromItsText) {
  const PublicKey key = Pair(1).public_key();
  EXPECT_EQ(PublicKey::Parse(key.ToString()), key);
  EXPECT_EQ(PublicKey::FromBytes(key.bytes()), key);
}

TEST(PublicKeyTest, IsNotParsedFromAnythingElse) {
  const std::string text = Pair(1).public_key().ToString();
  EXPECT_EQ(PublicKey::Parse(text.substr(1)), std::nullopt);
  EXPECT_EQ(PublicKey::Parse(text + "00"), std::nullopt);
  EXPECT_EQ(PublicKey::Parse("z" + text.substr(1)), std::nullopt);
  EXPECT_EQ(PublicKey::FromBytes("short"), std::nullopt);
}

TEST(PublicKeyTest, HasAFingerprintThatStays) {
  EXPECT_EQ(PublicKey::Parse(kPublic)->Fingerprint(), "4334-adcb-1c3f-b6a8-a270");
}

TEST(SignatureTest, IsThatOfItsPieces) {
  const KeyPair pair = Pair(1);
  EXPECT_TRUE(pair.public_key().Verify(pair.Sign(kDomain, {"a", "b"}), kDomain, {"a", "b"}).ok());
}

TEST(SignatureTest, StaysTheSameFromVersionToVersion) {
  const Signature signature = KeyPair::FromSeed(*FromHex(kSeed))->Sign(kDomain, {"a", "b"});
  EXPECT_EQ(ToHex(AsBytes(signature)),
            "a3af82f987e94dff92be853788f6881b0b65f65ef1afe03d814c33236e5ccb921cdd6daae3a2660ced4bbd982ca943b7"
            "972a09b55459b0e0331f1ca2ae175601");
}

TEST(SignatureTest, IsWorthlessUnderAnotherDomain) {
  const KeyPair pair = Pair(1);
  const Status status = pair.public_key().Verify(pair.Sign(kDomain, {"a"}), "daftar.other.v1", {"a"});
  EXPECT_EQ(status.code(), StatusCode::kPermissionDenied);
}

TEST(SignatureTest, KnowsWhereAPieceEnds) {
  const KeyPair pair = Pair(1);
  const Signature signature = pair.Sign(kDomain, {"ab", "c"});
  EXPECT_FALSE(pair.public_key().Verify(signature, kDomain, {"a", "bc"}).ok());
  EXPECT_FALSE(pair.public_key().Verify(signature, kDomain, {"abc"}).ok());
  EXPECT_FALSE(pair.public_key().Verify(signature, "daftar.test.v1ab", {"c"}).ok());
}

TEST(SignatureTest, OfAnotherKeyIsRefusedWithTheFingerprintOfTheOneWanted) {
  const PublicKey wanted = Pair(2).public_key();
  EXPECT_THAT(Message(wanted.Verify(Pair(1).Sign(kDomain, {"a"}), kDomain, {"a"})), HasSubstr(wanted.Fingerprint()));
}

TEST(SignatureTest, IsRefusedWithAnyBitFlipped) {
  const KeyPair pair = Pair(1);
  Signature signature = pair.Sign(kDomain, {"a"});
  for (size_t bit = 0; bit < 8 * signature.size(); ++bit) {
    signature[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
    ASSERT_FALSE(pair.public_key().Verify(signature, kDomain, {"a"}).ok()) << "bit " << bit;
    signature[bit / 8] ^= static_cast<uint8_t>(1 << bit % 8);
  }
}

TEST(SignatureTest, OfAnotherLengthIsRefused) {
  const KeyPair pair = Pair(1);
  const std::string signature(AsBytes(pair.Sign(kDomain, {"a"})));
  EXPECT_TRUE(pair.public_key().Verify(signature, kDomain, {"a"}).ok());
  EXPECT_FALSE(pair.public_key().Verify(signature + "x", kDomain, {"a"}).ok());
  EXPECT_FALSE(pair.public_key().Verify(signature.substr(1), kDomain, {"a"}).ok());
  EXPECT_FALSE(pair.public_key().Verify("", kDomain, {"a"}).ok());
}

TEST(SignatureTest, IsNeverThatOfAKeyThatWasNotSet) {
  EXPECT_FALSE(PublicKey().Verify(Signature{}, kDomain, {"a"}).ok());
}

TEST(SealTest, IsOpenedByItsOwner) {
  const KeyPair pair = Pair(1);
  auto sealed = pair.public_key().Seal("a message");
  ASSERT_TRUE(sealed.ok()) << sealed.status();
  EXPECT_EQ(sealed->size(), 9 + PublicKey::kSealBytes);
  EXPECT_EQ(*pair.Unseal(*sealed), "a message");
}

TEST(SealTest, OfNothingIsOpenedToo) {
  const KeyPair pair = Pair(1);
  EXPECT_EQ(*pair.Unseal(*pair.public_key().Seal("")), "");
}

TEST(SealTest, IsOpenedByNobodyElse) {
  EXPECT_EQ(Pair(2).Unseal(*Pair(1).public_key().Seal("a message")).status().code(), StatusCode::kPermissionDenied);
}

TEST(SealTest, IsRefusedWithAnyByteChangedOrCut) {
  const KeyPair pair = Pair(1);
  const std::string sealed = *pair.public_key().Seal("a message");
  for (size_t at = 0; at < sealed.size(); ++at) {
    std::string changed = sealed;
    changed[at] ^= 1;
    ASSERT_FALSE(pair.Unseal(changed).ok()) << "byte " << at;
    ASSERT_FALSE(pair.Unseal(sealed.substr(0, at)).ok()) << "cut at " << at;
  }
}

TEST(SealTest, IsNotMadeForAKeyThatIsNone) {
  EXPECT_EQ(PublicKey().Seal("a message").status().code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace daftar
