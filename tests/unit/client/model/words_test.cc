#include "client/model/words.h"

#include <gtest/gtest.h>

#include "client/model/values.h"

namespace daftar {
namespace {

v1::Toll Toll(double best) {
  v1::Toll toll;
  toll.set_best(best);
  return toll;
}

TEST(WordsTest, SaysABestFigureWithItsRange) {
  v1::Toll toll = Toll(3);
  toll.set_low(2);
  toll.set_high(5);
  EXPECT_EQ(TollWords(toll), "3 (2–5)");
}

TEST(WordsTest, SaysABound) {
  v1::Toll toll = Toll(15);
  toll.set_bound(v1::Bound::AT_LEAST);
  EXPECT_EQ(TollWords(toll), "at least 15");
}

TEST(WordsTest, SaysThatNoNumberIsGiven) { EXPECT_EQ(TollWords(v1::Toll()), "no number given"); }

v1::Amount Amount(double best, v1::Unit::Code unit) {
  v1::Amount amount;
  amount.set_best(best);
  amount.set_unit(unit);
  return amount;
}

TEST(WordsTest, ChoosesTheUnitBySize) {
  EXPECT_EQ(AmountWords(Amount(5e6, v1::Unit::GRAM)), "5 t");
  EXPECT_EQ(AmountWords(Amount(32000, v1::Unit::METRE)), "32 km");
  EXPECT_EQ(AmountWords(Amount(811, v1::Unit::SECOND)), "13 min 31 s");
  EXPECT_EQ(AmountWords(Amount(22, v1::Unit::PERCENT)), "22%");
}

TEST(WordsTest, NegatesARelation) {
  EXPECT_EQ(RelationWords(v1::RelationType::RECOGNISES, true), "does not recognise");
  EXPECT_EQ(RelationWords(v1::RelationType::MEMBER_OF, false), "member of");
}

v1::FuzzyDate Day(int32_t day) {
  v1::FuzzyDate date;
  date.set_first_day(day);
  date.set_last_day(day);
  date.set_precision(v1::DatePrecision::DAY);
  return date;
}

TEST(WordsTest, SaysTheYearOfDatesInDoubtOnce) {
  EXPECT_EQ(DatesInDoubt({Day(19599), Day(19604)}), "30 Aug or 4 Sep 2023");
}

TEST(WordsTest, SaysBothYearsWhereTheyDiffer) {
  EXPECT_EQ(DatesInDoubt({Day(19599), Day(19970)}), "30 Aug 2023 or 4 Sep 2024");
}

}  // namespace
}  // namespace daftar
