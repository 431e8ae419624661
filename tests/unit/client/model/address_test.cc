#include "client/model/address.h"

#include <gtest/gtest.h>

namespace daftar {
namespace {

TEST(AddressTest, ReadsKindIdAndParameters) {
  auto address = ParseAddress("daftar:incident/018f4d2e?tab=sources&as_of=2024-10-02");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->word, "incident");
  EXPECT_EQ(address->id, "018f4d2e");
  EXPECT_EQ(address->Param("tab"), "sources");
  EXPECT_EQ(address->Param("as_of"), "2024-10-02");
}

TEST(AddressTest, KeepsTheColonOfADisplayId) {
  EXPECT_EQ(RecordAddress("incident", "sample:I01"), "daftar:incident/sample:I01");
}

TEST(AddressTest, GivesBackAQueryInAnyScript) {
  std::string query = "Ансоруллоҳ & 50% = انصارالله?";
  auto address = ParseAddress(SearchAddress(query));
  ASSERT_TRUE(address);
  EXPECT_EQ(address->Param("q"), query);
}

TEST(AddressTest, ASearchCarriesItsKindAndOrder) {
  EXPECT_EQ(SearchAddress("clash", "incident", "newest"), "daftar:search?kind=incident&q=clash&sort=newest");
}

TEST(AddressTest, ASearchInTheUsualOrderDoesNotNameIt) {
  EXPECT_EQ(SearchAddress("clash", "", "relevance"), SearchAddress("clash"));
}

TEST(AddressTest, EqualsItselfAfterBeingWritten) {
  Address address{"list", "incident", {{"as_of", "2020-12-31"}, {"sort", "newest"}}};
  EXPECT_EQ(ParseAddress(address.ToString()), address);
}

TEST(AddressTest, AcceptsTheSlashesThatSchemeHandlersAdd) {
  auto address = ParseAddress("daftar://home");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->word, "home");
}

TEST(AddressTest, RefusesAnotherScheme) { EXPECT_FALSE(ParseAddress("https://home")); }
TEST(AddressTest, RefusesAnEmptyWord) { EXPECT_FALSE(ParseAddress("daftar:")); }
TEST(AddressTest, TakesAPercentSignThatBeginsNoEscapeAsItself) {
  EXPECT_EQ(ParseAddress("daftar:search?q=50%")->Param("q"), "50%");
}

}  // namespace
}  // namespace daftar
