#include <gtest/gtest.h>

#include <memory>

#include "storage/model/record.h"

namespace daftar {
namespace {

class DisplayNameTest : public ::testing::Test {
 protected:
  void Name(const std::string& text, const std::string& lang, v1::NameKind::Code kind = v1::NameKind::PREFERRED) {
    v1::Name& name = *actor_.add_name();
    name.set_key(static_cast<uint64_t>(actor_.name_size()));
    name.set_text(text);
    name.set_lang(lang);
    name.set_kind(kind);
  }
  std::string Shown(std::string_view lang) const {
    return DisplayName(Record(Uuid::FromName("a"), v1::RecordKind::ACTOR, std::make_shared<v1::Actor>(actor_)), lang);
  }
  v1::Actor actor_;
};

TEST_F(DisplayNameTest, ThePreferredNameInTheReadersLanguageIsShown) {
  Name("Khorog", "en");
  Name("Хоруғ", "tg");
  EXPECT_EQ(Shown("tg"), "Хоруғ");
  EXPECT_EQ(Shown("en"), "Khorog");
}

TEST_F(DisplayNameTest, AnotherFullNameInTheReadersLanguageComesBeforeAForeignOne) {
  Name("Jamaat Ansarullah", "en");
  Name("Ансоруллоҳ", "tg", v1::NameKind::ALIAS);
  EXPECT_EQ(Shown("tg"), "Ансоруллоҳ");
}

TEST_F(DisplayNameTest, AnAbbreviationOrAMisspellingDoesNot) {
  Name("Jamaat Ansarullah", "en");
  Name("ҶА", "tg", v1::NameKind::ABBREVIATION);
  Name("Ансарулох", "tg", v1::NameKind::MISSPELLING);
  EXPECT_EQ(Shown("tg"), "Jamaat Ansarullah");
}

TEST_F(DisplayNameTest, DariAndPersianReadEachOthersNames) {
  Name("Darvoz", "en");
  Name("درواز", "prs", v1::NameKind::ALIAS);
  EXPECT_EQ(Shown("fa"), "درواز");
}

TEST_F(DisplayNameTest, OfTwoAlikeTheFirstIsShown) {
  Name("first", "ru");
  Name("second", "ru");
  EXPECT_EQ(Shown("en"), "first");
}

TEST_F(DisplayNameTest, ARecordWithoutANameSaysSo) { EXPECT_EQ(Shown("en"), "(no name)"); }

}  // namespace
}  // namespace daftar
