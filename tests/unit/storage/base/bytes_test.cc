// Hex, and numbers whose byte order is their order.
#include "storage/base/bytes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/random.h"

namespace daftar {
namespace {

using ::testing::Optional;

TEST(HexTest, WritesLowerCase) { EXPECT_EQ(ToHex(std::string_view("\x00\xaf\xff", 3)), "00afff"); }

TEST(HexTest, ReadsEitherCase) {
  EXPECT_THAT(FromHex("00aFFf"), Optional(std::string("\x00\xaf\xff", 3)));
  EXPECT_THAT(FromHex(""), Optional(std::string()));
}

TEST(HexTest, RefusesHalfAByte) { EXPECT_EQ(FromHex("abc"), std::nullopt); }

TEST(HexTest, RefusesForeignCharacters) {
  EXPECT_EQ(FromHex("0g"), std::nullopt);
  EXPECT_EQ(FromHex(" 0"), std::nullopt);
}

TEST(NumbersTest, AreBigEndian) {
  std::string bytes;
  PutU16(bytes, 0x0102);
  PutU32(bytes, 0x03040506);
  PutU64(bytes, 0x0708090a0b0c0d0e);
  EXPECT_EQ(ToHex(bytes), "0102030405060708090a0b0c0d0e");
}

TEST(NumbersTest, AreReadBackInTurn) {
  std::string bytes;
  PutU16(bytes, 0xfedc);
  PutU32(bytes, 0x80000001);
  PutU64(bytes, ~uint64_t{0});
  std::string_view rest = bytes;
  uint16_t a = 0;
  uint32_t b = 0;
  uint64_t c = 0;
  ASSERT_TRUE(TakeU16(rest, a) && TakeU32(rest, b) && TakeU64(rest, c));
  EXPECT_EQ(a, 0xfedc);
  EXPECT_EQ(b, 0x80000001);
  EXPECT_EQ(c, ~uint64_t{0});
  EXPECT_TRUE(rest.empty());
}

TEST(NumbersTest, HaveTheOrderOfTheirBytes) {
  SeededRandom random(1);
  for (int i = 0; i < 1000; ++i) {
    const uint64_t a = random.Next() >> random.Below(64), b = random.Next() >> random.Below(64);
    std::string bytes_of_a, bytes_of_b;
    PutU64(bytes_of_a, a);
    PutU64(bytes_of_b, b);
    EXPECT_EQ(a < b, bytes_of_a < bytes_of_b) << a << " and " << b;
  }
}

TEST(NumbersTest, TakeNothingFromTooFewBytes) {
  std::string_view rest = "1234567";
  uint64_t value = 9;
  EXPECT_FALSE(TakeU64(rest, value));
  EXPECT_EQ(rest, "1234567");
  EXPECT_EQ(value, 9u);
}

TEST(TakeBytesTest, TakesFromTheFront) {
  std::string_view rest = "abcdef", front;
  ASSERT_TRUE(TakeBytes(rest, 4, front));
  EXPECT_EQ(front, "abcd");
  EXPECT_EQ(rest, "ef");
}

TEST(TakeBytesTest, TakesNothingIfThereAreTooFew) {
  std::string_view rest = "abc", front;
  EXPECT_FALSE(TakeBytes(rest, 4, front));
  EXPECT_EQ(rest, "abc");
}

TEST(HumanBytesTest, RoundsToWhatAPersonReads) {
  EXPECT_EQ(HumanBytes(0), "0 B");
  EXPECT_EQ(HumanBytes(999), "999 B");
  EXPECT_EQ(HumanBytes(1000), "1.0 kB");
  EXPECT_EQ(HumanBytes(345'000), "345 kB");
  EXPECT_EQ(HumanBytes(1'200'000), "1.2 MB");
  EXPECT_EQ(HumanBytes(16'000'000'000), "16.0 GB");
}

TEST(HumanBytesTest, StaysWithTheLargestUnit) { EXPECT_EQ(HumanBytes(5'000'000'000'000'000), "5000 TB"); }

}  // namespace
}  // namespace daftar
