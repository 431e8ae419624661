// Rows of records: what is packed comes back, and what is damaged says so.
#include "storage/view/record_codec.h"

#include <gmock/gmock.h>

#include <thread>

#include "storage/model/validate.h"

namespace daftar {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;

constexpr Kind kKind = v1::RecordKind::INCIDENT;
constexpr uint8_t kNumber = 1;

const std::string& Dictionary() {
  static const auto& text = *new std::string(
      "A clash near the border post of Darvoz, said the State Committee; shots were heard at night. Nobody was hurt, "
      "and "
      "the patrol went back to the river in the morning. ");
  return text;
}

std::string RecordText(const std::string& about = "Kevron") {
  return "The State Committee said that shots were heard at night near the border post of " + about + ".";
}

class RecordCodecTest : public ::testing::Test {
 protected:
  void AddDictionary() { ASSERT_TRUE(codec.Add(kNumber, kKind, Dictionary()).ok()); }
  std::string Decoded(const std::string& row) {
    std::string scratch;
    const auto plain = codec.Decode(row, &scratch);
    return plain.ok() ? std::string(*plain) : "error: " + Message(plain.status());
  }
  StatusCode CodeOf(const std::string& row) {
    std::string scratch;
    return codec.Decode(row, &scratch).status().code();
  }

  RecordCodec codec;
};

TEST_F(RecordCodecTest, WithoutADictionaryARowIsPlain) {
  const std::string row = codec.Encode(kKind, RecordText());
  EXPECT_EQ(row, std::string(1, '\0') + RecordText());
  EXPECT_EQ(Decoded(row), RecordText());
}

TEST_F(RecordCodecTest, WithADictionaryARowIsSmallerAndComesBack) {
  AddDictionary();
  const std::string row = codec.Encode(kKind, RecordText());
  EXPECT_LT(row.size(), RecordText().size() / 2);
  EXPECT_EQ(row[0], kNumber);
  EXPECT_EQ(Decoded(row), RecordText());
}

TEST_F(RecordCodecTest, RecordsOfAnotherKindStayPlain) {
  AddDictionary();
  EXPECT_EQ(codec.Encode(v1::RecordKind::PLACE, RecordText())[0], '\0');
  EXPECT_FALSE(codec.Packs(v1::RecordKind::PLACE));
  EXPECT_TRUE(codec.Packs(kKind));
}

TEST_F(RecordCodecTest, WhatDoesNotGetSmallerStaysPlain) {
  AddDictionary();
  for (const std::string& plain : {std::string(), std::string("x"), std::string("\x01\xfe\x80\x7f\x33\x92", 6)}) {
    const std::string row = codec.Encode(kKind, plain);
    EXPECT_EQ(row.size(), plain.size() + 1);
    EXPECT_EQ(Decoded(row), plain);
  }
}

TEST_F(RecordCodecTest, ARowFromBeforeTheDictionaryIsReadStill) {
  const std::string row = codec.Encode(kKind, RecordText());
  AddDictionary();
  EXPECT_EQ(Decoded(row), RecordText());
}

TEST_F(RecordCodecTest, RowsOfAnOlderDictionaryAreReadBesideThoseOfTheNewest) {
  AddDictionary();
  const std::string old = codec.Encode(kKind, RecordText());
  ASSERT_TRUE(codec.Add(kNumber + 1, kKind, "Other words, and then the same: " + Dictionary()).ok());
  const std::string now = codec.Encode(kKind, RecordText());
  EXPECT_EQ(now[0], kNumber + 1);
  EXPECT_EQ(Decoded(old), RecordText());
  EXPECT_EQ(Decoded(now), RecordText());
}

TEST_F(RecordCodecTest, ADictionaryIsNeverReplaced) {
  AddDictionary();
  EXPECT_EQ(codec.Add(kNumber, kKind, "others").code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(codec.Add(0, kKind, "others").code(), StatusCode::kInvalidArgument);
}

TEST_F(RecordCodecTest, BytesThatAreNoDictionaryAreRefused) {
  EXPECT_EQ(codec.Add(kNumber, kKind, "").code(), StatusCode::kDataLoss);
  // They begin as a trained one does.
  EXPECT_EQ(codec.Add(kNumber, kKind, "\x37\xa4\x30\xec and then nothing of use").code(), StatusCode::kDataLoss);
  EXPECT_FALSE(codec.Packs(kKind));
}

TEST_F(RecordCodecTest, AnUnknownDictionaryIsDamage) {
  AddDictionary();
  std::string row = codec.Encode(kKind, RecordText());
  row[0] = 7;
  EXPECT_EQ(CodeOf(row), StatusCode::kDataLoss);
  EXPECT_THAT(Decoded(row), HasSubstr("dictionary 7"));
}

TEST_F(RecordCodecTest, AnEmptyRowIsDamage) { EXPECT_EQ(CodeOf(""), StatusCode::kDataLoss); }

TEST_F(RecordCodecTest, ARowCutAnywhereIsDamage) {
  AddDictionary();
  const std::string row = codec.Encode(kKind, RecordText());
  for (size_t size = 0; size < row.size(); ++size)
    EXPECT_EQ(CodeOf(row.substr(0, size)), StatusCode::kDataLoss) << size;
}

TEST_F(RecordCodecTest, ARowThatClaimsToBeHugeIsDamageBeforeAnythingIsAllocated) {
  AddDictionary();
  // Frame header: one segment, size in eight bytes.
  const std::string row = std::string(1, kNumber) + '\xe0' + std::string(7, '\xff') + '\x00' + "whatever";
  std::string scratch;
  EXPECT_EQ(codec.Decode(row, &scratch).status().code(), StatusCode::kDataLoss);
  EXPECT_LT(scratch.capacity(), RecordCodec::kMostPacked);
}

TEST_F(RecordCodecTest, TheLargestRecordsStayPlain) {
  AddDictionary();
  const std::string large(RecordCodec::kMostPacked + 1, 'a'), fits(RecordCodec::kMostPacked, 'a');
  EXPECT_EQ(codec.Encode(kKind, large)[0], '\0');
  EXPECT_LT(codec.Encode(kKind, fits).size(), 1000u);
  EXPECT_EQ(Decoded(codec.Encode(kKind, fits)), fits);
  EXPECT_GT(RecordCodec::kMostPacked, kMaxRecordBytes);
}

TEST_F(RecordCodecTest, ManyThreadsReadAndWriteWhileDictionariesAreAdded) {
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([&, number] {
      std::string scratch;
      for (int i = 0; i < 2000; ++i) {
        const std::string text = RecordText(std::to_string(i * 4 + number));
        const std::string row = codec.Encode(kKind, text);
        const auto plain = codec.Decode(row, &scratch);
        wrong[static_cast<size_t>(number)] += !plain.ok() || *plain != text;
      }
    });
  }
  for (uint8_t number = 1; number <= 20; ++number)
    EXPECT_TRUE(codec.Add(number, kKind, Dictionary() + std::to_string(number)).ok());
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(wrong, Each(0));
}

}  // namespace
}  // namespace daftar
