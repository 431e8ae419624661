#include "client/language/countries.h"

#include <gtest/gtest.h>

#include "tests/unit/client/language/in_language.h"

namespace daftar {
namespace {

TEST(CountriesTest, ACountryIsSaidInTheReadersLanguage) {
  EXPECT_EQ(SayCountry("TJ"), "Tajikistan");
  const InLanguage russian(Language::kRussian);
  EXPECT_EQ(SayCountry("TJ"), "Таджикистан");
}

TEST(CountriesTest, ALanguageIsSaidInTheReadersLanguage) {
  EXPECT_EQ(SayLanguage("tg"), "Tajik");
  const InLanguage tajik(Language::kTajik);
  EXPECT_EQ(SayLanguage("tg"), "тоҷикӣ");
}

TEST(CountriesTest, DariIsThePersianOfAfghanistanByEitherCode) {
  EXPECT_EQ(SayLanguage("fa-AF"), "Persian (Afghanistan)");
  EXPECT_EQ(SayLanguage("prs"), SayLanguage("fa-AF"));
}

TEST(CountriesTest, WhatIsNoCodeIsSaidAsItIs) {
  EXPECT_EQ(SayCountry("Q1"), "Q1");
  EXPECT_EQ(SayLanguage("zz-zz-@@"), "zz-zz-@@");
}

}  // namespace
}  // namespace daftar
