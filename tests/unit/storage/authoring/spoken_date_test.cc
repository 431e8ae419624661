// Dates as people say them: each phrase is the date that EDTF says beside it.
#include "storage/authoring/spoken_date.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/base/random.h"
#include "storage/model/date.h"

namespace daftar {
namespace {

using ::testing::HasSubstr;

struct Phrase {
  const char* said;
  const char* edtf;
};

std::string Edtf(std::string_view said) {
  const StatusOr<v1::FuzzyDate> date = ReadDate(said);
  return date.ok() ? ToEdtf(*date) : std::string(Message(date.status()));
}

class SpokenDateTest : public testing::TestWithParam<Phrase> {};

TEST_P(SpokenDateTest, IsReadAsItIsMeant) {
  EXPECT_EQ(Edtf(GetParam().said), ToEdtf(*ParseEdtf(GetParam().edtf))) << GetParam().said;
}

INSTANTIATE_TEST_SUITE_P(English, SpokenDateTest,
                         testing::Values(Phrase{"4 Sep 2023", "2023-09-04"}, Phrase{"September 4, 2023", "2023-09-04"},
                                         Phrase{"4th of september 2023", "2023-09-04"}, Phrase{"Sep 2023", "2023-09"},
                                         Phrase{"2023", "2023"}, Phrase{"2023?", "2023?"},
                                         Phrase{"4.9.2023", "2023-09-04"}, Phrase{"04/09/2023", "2023-09-04"},
                                         Phrase{"2023-9-4", "2023-09-04"},
                                         Phrase{"night of 30 Aug 2023", "2023-08-30TNIGHT"},
                                         Phrase{"30 Aug 2023 in the morning", "2023-08-30TMORNING"},
                                         Phrase{"mid-September 2024", "2024-09-11/2024-09-20"},
                                         Phrase{"early Sep 2024", "2024-09-01/2024-09-10"},
                                         Phrase{"end of February 2024", "2024-02-21/2024-02-29"},
                                         Phrase{"late 2024", "2024-09/2024-12"}, Phrase{"about 2010", "2010~"},
                                         Phrase{"probably May 2023", "2023-05?"}, Phrase{"4 Sep 2023*", "(2023)-09-04"},
                                         Phrase{"before 4 Sep 2023", "../2023-09-04"},
                                         Phrase{"after May 2023", "2023-05/.."}, Phrase{"since 2020", "2020/.."}));

INSTANTIATE_TEST_SUITE_P(SomeDays, SpokenDateTest,
                         testing::Values(Phrase{"30 Aug – 4 Sep 2023", "2023-08-30/2023-09-04"},
                                         Phrase{"4-7 Sep 2023", "2023-09-04/2023-09-07"},
                                         Phrase{"between 4 and 7 September 2023", "2023-09-04/2023-09-07"},
                                         Phrase{"from 30 Dec 2022 to 2 Jan 2023", "2022-12-30/2023-01-02"},
                                         Phrase{"30 Aug until 4 Sep 2023", "2023-08-30/2023-09-04"},
                                         Phrase{"Aug–Sep 2023", "2023-08/2023-09"},
                                         Phrase{"late August – early September 2023", "2023-08-21/2023-09-10"}));

INSTANTIATE_TEST_SUITE_P(
    OtherLanguages, SpokenDateTest,
    testing::Values(Phrase{"30 августа 2023 г.", "2023-08-30"}, Phrase{"ночь на 30 августа 2023", "2023-08-30TNIGHT"},
                    Phrase{"в середине сентября 2024 года", "2024-09-11/2024-09-20"},
                    Phrase{"с 30 августа по 4 сентября 2023", "2023-08-30/2023-09-04"},
                    Phrase{"30-го августа 2023", "2023-08-30"}, Phrase{"шаби 30 августи соли 2023", "2023-08-30TNIGHT"},
                    Phrase{"охири моҳи сентябри 2024", "2024-09-21/2024-09-30"},
                    Phrase{"пеш аз 4 сентябри 2023", "../2023-09-04"}, Phrase{"۴ سپتمبر ۲۰۲۳", "2023-09-04"},
                    Phrase{"شب ۳۰ آگست ۲۰۲۳", "2023-08-30TNIGHT"}, Phrase{"اواسط سپتمبر ۲۰۲۴", "2024-09-11/2024-09-20"},
                    Phrase{"پیش از ۴ سپتمبر ۲۰۲۳", "../2023-09-04"}, Phrase{"после 4 сентября 2023", "2023-09-04/.."},
                    Phrase{"пас аз 4 сентябри 2023", "2023-09-04/.."}, Phrase{"پس از ۴ سپتمبر ۲۰۲۳", "2023-09-04/.."},
                    Phrase{"از ۲۰۲۰", "2020/.."}, Phrase{"حدود ۲۰۱۰", "2010~"}, Phrase{"۴ جولاي ۲۰۲۳", "2023-07-04"},
                    Phrase{"۲۰۲۳؟", "2023?"}));

struct Wrong {
  const char* said;
  const char* why;
};

class WrongDateTest : public testing::TestWithParam<Wrong> {};

TEST_P(WrongDateTest, IsRefusedInWordsThatSayWhatIsWrong) {
  EXPECT_THAT(Edtf(GetParam().said), HasSubstr(GetParam().why)) << GetParam().said;
}

INSTANTIATE_TEST_SUITE_P(
    Phrases, WrongDateTest,
    testing::Values(Wrong{"30 Aug", "the year is missing"}, Wrong{"yesterday", "\"yesterday\" is not understood"},
                    Wrong{"4 4 Sep 2023", "\"4\" is not understood"}, Wrong{"31 Feb 2023", "day 31 does not exist"},
                    Wrong{"4.13.2023", "month 13 does not exist"}, Wrong{"early 4 Sep 2023", "neither early nor late"},
                    Wrong{"before 4 Sep – 7 Sep 2023", "two dates"}, Wrong{"after 30 Aug – 4 Sep 2023", "two dates"},
                    Wrong{"после 30 августа – 4 сентября 2023", "two dates"},
                    Wrong{"пас аз 30 августи – 4 сентябри 2023", "two dates"}, Wrong{"night", "the year is missing"},
                    Wrong{"7 Sep – 4 Sep 2023", "ends before it starts"},
                    Wrong{"2023-13-01", "month 13 does not exist"}, Wrong{"", "is not a date"},
                    Wrong{"4 Sep 20233", "too long"}, Wrong{"the 4th 2023", "the month is missing"},
                    Wrong{"😀", "is not a date"}));

// Whatever is shown of a date can be typed.
TEST(SpokenDate, WhatIsShownOfADateIsReadAsTheSameDate) {
  SeededRandom random(7);
  for (const char* form : {"%Y-%m-%d", "%Y-%m", "%Y", "%Y-%m-%dTNIGHT", "%Y-%m-%d~", "%Y-%m?", "../%Y-%m-%d",
                           "%Y-%m-%d/..", "(%Y)-%m-%d", "%Y-%m-%d/%Y-%m-28"}) {
    for (int i = 0; i < 200; ++i) {
      std::string edtf = form;
      const auto put = [&edtf](const char* mark, uint64_t number, size_t digits) {
        std::string text = std::to_string(number);
        text.insert(0, digits - std::min(digits, text.size()), '0');
        for (size_t at; (at = edtf.find(mark)) != std::string::npos;) edtf.replace(at, 2, text);
      };
      put("%Y", 1900 + random.Below(150), 4);
      put("%m", 1 + random.Below(12), 2);
      put("%d", 1 + random.Below(27), 2);
      const v1::FuzzyDate date = *ParseEdtf(edtf);
      EXPECT_EQ(Edtf(DateWords(date)), ToEdtf(date)) << edtf << ": " << DateWords(date);
    }
  }
}

TEST(SpokenDate, AnyBytesAreADateOrRefused) {
  SeededRandom random(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes(random.Below(40), '\0');
    for (char& byte : bytes)
      byte = random.Below(2) == 0 ? static_cast<char>(random.Below(256)) : "Sep 2023-/.?*мид"[random.Below(16)];
    const StatusOr<v1::FuzzyDate> date = ReadDate(bytes);
    if (!date.ok()) {
      EXPECT_EQ(date.status().code(), StatusCode::kInvalidArgument);
    }
  }
}

TEST(SpokenDate, WritesWhateverADateHoldsSoThatItIsReadBack) {
  SeededRandom random(5);
  for (int round = 0; round < 5000; ++round) {
    v1::FuzzyDate date;
    date.set_first_day(static_cast<int32_t>(random.Below(20'000)));
    date.set_last_day(date.first_day() + static_cast<int32_t>(random.Below(400) * random.Below(2)));
    date.set_precision(static_cast<v1::DatePrecision::Code>(1 + random.Below(7)));
    date.set_part(static_cast<v1::DayPart::Code>(random.Below(6)));
    date.set_approximate(random.Below(2) == 0);
    date.set_uncertain(random.Below(2) == 0);
    date.set_year_inferred(random.Below(2) == 0);
    const StatusOr<v1::FuzzyDate> back = ReadDate(WriteDate(date));
    ASSERT_TRUE(back.ok()) << WriteDate(date);
    ASSERT_EQ(back->ShortDebugString(), date.ShortDebugString()) << WriteDate(date);
  }
  EXPECT_EQ(WriteDate({}), "");
}

}  // namespace
}  // namespace daftar
