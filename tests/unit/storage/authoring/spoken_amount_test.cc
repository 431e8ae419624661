// Figures as people write them.
#include "storage/authoring/spoken_amount.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "storage/base/random.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;
using v1::Bound;
using v1::Unit;

// "4 of 3 to 5", "≥20", with the unit: what was understood, in one form.
std::string Read(std::string_view said, Unit::Code unit = Unit::COUNT) {
  const StatusOr<v1::Amount> amount = ReadAmount(said, unit);
  return amount.ok() ? amount->ShortDebugString() : std::string(Message(amount.status()));
}

struct Phrase {
  const char* said;
  Unit::Code unit;
  const char* means;
};

class SpokenAmountTest : public testing::TestWithParam<Phrase> {};

TEST_P(SpokenAmountTest, IsReadAsItIsMeant) {
  EXPECT_EQ(Read(GetParam().said, GetParam().unit), GetParam().means) << GetParam().said;
}

INSTANTIATE_TEST_SUITE_P(
    Phrases, SpokenAmountTest,
    testing::Values(
        Phrase{"four", Unit::COUNT, "best: 4"}, Phrase{"Двух", Unit::COUNT, "best: 2"},
        Phrase{"at least панҷ", Unit::COUNT, "low: 5 bound: AT_LEAST"}, Phrase{"سه", Unit::COUNT, "best: 3"},
        Phrase{"3", Unit::COUNT, "best: 3"}, Phrase{" 10,000 ", Unit::COUNT, "best: 10000"},
        Phrase{"10 000", Unit::COUNT, "best: 10000"}, Phrase{"2.5", Unit::COUNT, "best: 2.5"},
        Phrase{"3-5", Unit::COUNT, "low: 3 high: 5"}, Phrase{"3 to 5", Unit::COUNT, "low: 3 high: 5"},
        Phrase{"between 3 and 5", Unit::COUNT, "low: 3 high: 5"}, Phrase{"between 3–5", Unit::COUNT, "low: 3 high: 5"},
        Phrase{"4 (3–5)", Unit::COUNT, "low: 3 best: 4 high: 5"},
        Phrase{"about 100", Unit::COUNT, "best: 100 bound: ABOUT"},
        Phrase{"~100", Unit::COUNT, "best: 100 bound: ABOUT"},
        Phrase{"at least 20", Unit::COUNT, "low: 20 bound: AT_LEAST"},
        Phrase{">= 20", Unit::COUNT, "low: 20 bound: AT_LEAST"}, Phrase{"≤7", Unit::COUNT, "high: 7 bound: AT_MOST"},
        Phrase{"up to 7", Unit::COUNT, "high: 7 bound: AT_MOST"}, Phrase{"not given", Unit::COUNT, "bound: NOT_GIVEN"},
        Phrase{"5 kg", Unit::COUNT, "best: 5000 unit: GRAM"}, Phrase{"about five", Unit::COUNT, "best: 5 bound: ABOUT"},
        Phrase{"about fiev", Unit::COUNT,
               "\"about fiev\": \"fiev\" was not understood; write 3, 3–5, 4 (3–5), about 100, at least 20, not given"},
        Phrase{"~ 5 t", Unit::GRAM, "best: 5000000 unit: GRAM bound: ABOUT"},
        Phrase{"20 km", Unit::METRE, "best: 20000 unit: METRE"},
        Phrase{"USD 10,000", Unit::COUNT, "best: 1000000 unit: CURRENCY_MINOR currency: \"USD\""},
        Phrase{"$10,000", Unit::COUNT, "best: 1000000 unit: CURRENCY_MINOR currency: \"USD\""},
        Phrase{"не менее 15", Unit::COUNT, "low: 15 bound: AT_LEAST"},
        Phrase{"около 5 тонн", Unit::GRAM, "best: 5000000 unit: GRAM bound: ABOUT"},
        Phrase{"тақрибан 30", Unit::COUNT, "best: 30 bound: ABOUT"},
        Phrase{"حدود ۲۰۰", Unit::COUNT, "best: 200 bound: ABOUT"},
        Phrase{"low 1 high 9 at least", Unit::COUNT, "low: 1 high: 9 bound: AT_LEAST"}));

class RefusedAmountTest : public testing::TestWithParam<const char*> {};

TEST_P(RefusedAmountTest, IsAnsweredWithWhatWouldBeRight) { EXPECT_THAT(Read(GetParam()), HasSubstr("write 3")); }

INSTANTIATE_TEST_SUITE_P(Texts, RefusedAmountTest,
                         testing::Values("", "several", "3 5", "3 4 5", "5-3", "(3)", "3)", "4 (3–5",
                                         "about at least 3", "5 kg m", "low", "low 3 low 4", "low 3 4", "abc 3", "-"));

TEST(SpokenAmount, RefusesAUnitThatMeasuresSomethingElse) {
  EXPECT_THAT(Read("5 kg", Unit::METRE), HasSubstr("its unit measures something else"));
  EXPECT_THAT(Read("USD 5", Unit::GRAM), HasSubstr("its unit measures something else"));
}

TEST(SpokenAmount, WritesShortlyWhatIsUsual) {
  for (const char* text :
       {"3", "4 (3–5)", "3–5", "~ 100", "≥ 20", "≤ 7", "not given", "5 kg", "~ 5 t", "20 km", "USD 10000"}) {
    const StatusOr<v1::Amount> amount = ReadAmount(text);
    ASSERT_TRUE(amount.ok()) << text;
    EXPECT_EQ(WriteAmount(*amount), text);
  }
  EXPECT_EQ(WriteAmount({}), "");
}

TEST(SpokenAmount, ReadsBackWhateverItWrites) {
  SeededRandom random(7);
  for (int round = 0; round < 20'000; ++round) {
    v1::Amount amount;
    amount.set_unit(static_cast<Unit::Code>(random.Below(6)));
    amount.set_bound(static_cast<Bound::Code>(random.Below(5)));
    const double step = random.Below(2) == 0 ? 1 : 0.125;
    double figure = static_cast<double>(random.Below(100'000)) * step;
    if (random.Below(2) == 0) amount.set_low(figure);
    figure += static_cast<double>(random.Below(1000)) * step;
    if (random.Below(2) == 0) amount.set_best(figure);
    figure += static_cast<double>(random.Below(1000)) * step;
    if (random.Below(2) == 0) amount.set_high(figure);
    if (amount.unit() == Unit::CURRENCY_MINOR) {
      for (auto* one : {&amount}) {
        if (one->has_low()) one->set_low(std::floor(one->low()));
        if (one->has_best()) one->set_best(std::floor(one->best()));
        if (one->has_high()) one->set_high(std::floor(one->high()));
      }
      if (random.Below(2) == 0) amount.set_currency("AFN");
    }
    const std::string text = WriteAmount(amount);
    if (text.empty()) continue;
    const StatusOr<v1::Amount> back = ReadAmount(text, amount.unit());
    ASSERT_TRUE(back.ok()) << text << ": " << Message(back.status());
    ASSERT_EQ(back->ShortDebugString(), amount.ShortDebugString()) << text;
  }
}

}  // namespace
}  // namespace daftar
