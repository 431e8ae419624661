// Record ids: their order, their text and the names they come from.
#include "storage/base/uuid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <unordered_set>

#include "storage/base/bytes.h"

namespace daftar {
namespace {

using ::testing::Optional;
using ::testing::StartsWith;

constexpr int64_t kNowMs = 1'698'742'800'000;

TEST(UuidTest, IsNilUntilMade) {
  EXPECT_TRUE(Uuid().is_nil());
  EXPECT_EQ(Uuid().ToString(), "00000000-0000-0000-0000-000000000000");
}

TEST(UuidTest, BeginsWithItsTime) {
  SeededRandom random(1);
  EXPECT_THAT(ToHex(Uuid::Make(0x0123456789ab, random).bytes()), StartsWith("0123456789ab"));
}

TEST(UuidTest, SaysThatItIsOfVersionSeven) {
  SeededRandom random(1);
  for (int i = 0; i < 100; ++i) {
    const std::string text = Uuid::Make(kNowMs, random).ToString();
    EXPECT_EQ(text[14], '7');
    EXPECT_THAT(std::string("89ab"), ::testing::Contains(text[19]));
  }
}

TEST(UuidTest, IsOrderedByTheTimeItWasMade) {
  SeededRandom random(1);
  Uuid before = Uuid::Make(kNowMs, random);
  for (int later = 1; later < 1000; ++later) {
    const Uuid after = Uuid::Make(kNowMs + later, random);
    EXPECT_LT(before, after);
    EXPECT_LT(before.bytes(), after.bytes());
    before = after;
  }
}

TEST(UuidTest, IsAnotherEachTimeInTheSameMillisecond) {
  SeededRandom random(1);
  std::unordered_set<Uuid, UuidHash> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(Uuid::Make(kNowMs, random));
  EXPECT_EQ(ids.size(), 1000u);
}

TEST(UuidTest, ReadsBackItsText) {
  SeededRandom random(1);
  const Uuid id = Uuid::Make(kNowMs, random);
  EXPECT_THAT(Uuid::Parse(id.ToString()), Optional(id));
}

TEST(UuidTest, ReadsBackItsBytes) {
  SeededRandom random(1);
  const Uuid id = Uuid::Make(kNowMs, random);
  EXPECT_THAT(Uuid::FromBytes(id.str()), Optional(id));
}

TEST(UuidTest, ReadsCapitalsAndNoHyphens) {
  const auto id = Uuid::Parse("018f4d2e-0000-7abc-8def-0123456789ab");
  ASSERT_TRUE(id);
  EXPECT_EQ(Uuid::Parse("018F4D2E-0000-7ABC-8DEF-0123456789AB"), id);
  EXPECT_EQ(Uuid::Parse("018f4d2e00007abc8def0123456789ab"), id);
}

TEST(UuidTest, RefusesTextThatIsNotAWholeId) {
  EXPECT_EQ(Uuid::Parse(""), std::nullopt);
  EXPECT_EQ(Uuid::Parse("018f4d2e-0000-7abc-8def-0123456789"), std::nullopt);
  EXPECT_EQ(Uuid::Parse("018f4d2e-0000-7abc-8def-0123456789abcd"), std::nullopt);
  EXPECT_EQ(Uuid::Parse("018f4d2e-0000-7abc-8def-0123456789ag"), std::nullopt);
}

TEST(UuidTest, RefusesBytesOfAnotherNumber) {
  EXPECT_EQ(Uuid::FromBytes("fifteen bytes.."), std::nullopt);
  EXPECT_EQ(Uuid::FromBytes("seventeen bytes.."), std::nullopt);
}

// These ids are stored and exchanged: a change here would give every imported record a second id.
TEST(UuidTest, OfANameNeverChanges) {
  EXPECT_EQ(Uuid::FromName("sample:I01").ToString(), "00000000-0000-737d-8a88-9323b4be9fe1");
}

TEST(UuidTest, OfAnotherNameIsAnother) { EXPECT_NE(Uuid::FromName("sample:I01"), Uuid::FromName("sample:I02")); }

TEST(UuidTest, OfANameIsOlderThanAnyMade) {
  SeededRandom random(1);
  EXPECT_LT(Uuid::FromName("sample:I01"), Uuid::Make(1, random));
}

}  // namespace
}  // namespace daftar
