#include "storage/view/columns.h"

#include <gtest/gtest.h>

#include "storage/base/random.h"

namespace daftar {
namespace {

using Column = std::vector<uint64_t>;

Column RoundTrip(const Column& column) {
  std::string bytes;
  PutColumn(bytes, column);
  std::string_view rest = bytes;
  StatusOr<Column> back = TakeColumn(rest, column.size());
  EXPECT_TRUE(back.ok());
  EXPECT_TRUE(rest.empty());
  ColumnReader reader = *ColumnReader::Open(bytes, column.size());
  uint64_t value = 0;
  for (const uint64_t number : column) EXPECT_TRUE(reader.Next(value) && value == number);
  EXPECT_FALSE(reader.Next(value));
  return back.value_or(Column());
}

size_t SizeOf(const Column& column) {
  std::string bytes;
  PutColumn(bytes, column);
  return bytes.size();
}

TEST(ColumnsTest, AColumnGivesBackWhatWentIn) {
  SeededRandom random(1);
  for (int i = 0; i < 500; ++i) {
    Column column(random.Below(40));
    const uint64_t width = 1 + random.Below(63);
    for (uint64_t& value : column) value = random.Below(uint64_t{1} << width);
    if (random.Below(4) == 0) std::sort(column.begin(), column.end());
    if (random.Below(8) == 0 && !column.empty()) column.back() = UINT64_MAX;
    EXPECT_EQ(RoundTrip(column), column);
  }
}

TEST(ColumnsTest, WhatIsEqualIsSaidOnce) { EXPECT_EQ(SizeOf(Column(10'000, 300)), 3u); }

TEST(ColumnsTest, WhatRisesEvenlyIsKeptAsSteps) {
  Column column;
  for (uint64_t i = 0; i < 1000; ++i) column.push_back(1'000'000 + i);
  EXPECT_LE(SizeOf(column), 1005u);  // a byte each, and they are equal
}

TEST(ColumnsTest, WhatIsSpreadEvenlyIsPacked) {
  SeededRandom random(1);
  Column column(1000);
  for (uint64_t& value : column) value = random.Below(100'000);
  EXPECT_LE(SizeOf(column), 1000u * 17 / 8 + 8);
}

TEST(ColumnsTest, AColumnCutShortAnywhereIsRefused) {
  for (const Column& column : {Column{1, 2, 300}, Column(5, 700), Column{1u << 20, 5, 77'777, 3, 999'999}}) {
    std::string bytes;
    PutColumn(bytes, column);
    for (size_t size = 0; size < bytes.size(); ++size) {
      std::string_view rest = std::string_view(bytes).substr(0, size);
      EXPECT_FALSE(TakeColumn(rest, column.size()).ok()) << size;
    }
  }
}

TEST(ColumnsTest, AVarintLongerThanANumberIsRefused) {
  const std::string bytes(11, '\xff');
  std::string_view rest = bytes;
  uint64_t value = 0;
  EXPECT_FALSE(TakeVarint(rest, value));
}

}  // namespace
}  // namespace daftar
