#include "storage/search/analysis/stem.h"

#include <gmock/gmock.h>

#include <thread>

#include "storage/search/analysis/fold.h"
#include "tests/unit/storage/search/analysis/random_text.h"

namespace daftar::search {
namespace {

std::string StemOf(std::string_view word) { return Stem(FoldedWords(word).at(0)); }

using Forms = std::vector<std::string>;

void ExpectOneStem(const std::vector<Forms>& words) {
  for (const Forms& forms : words) {
    for (const std::string& form : forms) EXPECT_EQ(StemOf(form), StemOf(forms[0])) << form << " and " << forms[0];
  }
}

TEST(StemTest, FormsOfAnEnglishWordMeet) {
  ExpectOneStem({{"attack", "attacks", "attacked", "attacking"},
                 {"militant", "militants", "Militant’s"},
                 {"border", "borders", "bordering"},
                 {"cross", "crossed", "crossing", "crossings", "crosses"},
                 {"infiltrate", "infiltrated", "infiltrating", "infiltration"},
                 {"kill", "killed", "killing", "kills"},
                 {"drone", "drones"},
                 {"smuggler", "smugglers"}});
}

TEST(StemTest, FormsOfARussianWordMeet) {
  ExpectOneStem({{"граница", "границы", "границе", "границу", "границей", "границ"},
                 {"боевик", "боевики", "боевиков", "боевиками"},
                 {"нападение", "нападения", "нападений", "нападению"},
                 {"убитый", "убитые", "убитых", "убитого"},
                 {"пограничник", "пограничники", "пограничников", "пограничникам"},
                 {"афганский", "афганская", "афганского", "афганской"},
                 {"талиб", "талибы", "талибов", "талибами"},
                 {"перестрелка", "перестрелки", "перестрелке", "перестрелку"}});
}

TEST(StemTest, RussianYoIsYe) { EXPECT_EQ(StemOf("перестрелён"), StemOf("перестрелен")); }

TEST(StemTest, FormsOfATajikWordMeet) {
  ExpectOneStem({{"муҷоҳид", "муҷоҳидон", "муҷоҳидонро", "муҷоҳиди"},
                 {"роҳ", "роҳҳо", "роҳҳои", "роҳи", "роҳро"},
                 {"гурӯҳ", "гурӯҳҳо", "гурӯҳҳои", "гурӯҳи", "гурӯҳро", "гурӯҳҳояш"},
                 {"тоҷик", "тоҷикон", "тоҷикӣ", "тоҷикиён"},
                 {"ҳукумат", "ҳукумати", "ҳукуматро", "ҳукуматҳо"},
                 {"Қундуз", "Қундузи", "Қундузро"},
                 {"ҷанг", "ҷангҳо", "ҷангӣ", "ҷанги"},
                 {"қалъа", "қалъаи", "қалъаҳо"}});
}

TEST(StemTest, ATajikEndingIsTakenOffAWordThatRussianCouldHave) {
  ExpectOneStem({{"китоб", "китобҳо", "китобҳои"}, {"хона", "хонаҳо", "хонаҳои"}, {"толиб", "толибҳо", "толибонро"}});
}

TEST(StemTest, ARussianWordWithTajikLookingEndingIsRussian) {
  EXPECT_EQ(StemOf("полигоны"), StemOf("полигон"));
  EXPECT_EQ(StemOf("район"), StemOf("району"));
  EXPECT_EQ(StemOf("метро"), "метр");
}

TEST(StemTest, FormsOfAPersianWordMeet) {
  ExpectOneStem({{"شهر", "شهرها", "شهرهای", "شهر‌هایی", "شهرهایشان"},
                 {"طالب", "طالبان", "طالبانی"},
                 {"مرز", "مرزها", "مرزی", "مرزهای"},
                 {"کودک", "کودکان", "کودکی"},
                 {"نظامی", "نظامیان", "نظامی‌ها"},
                 {"ولسوالی", "ولسوالی‌ها", "ولسوالی‌های"},
                 {"راننده", "رانندگان", "راننده‌ی"},
                 {"انتخاب", "انتخابات"},
                 {"بزرگ", "بزرگتر", "بزرگترین"},
                 {"شود", "می‌شود", "نمی‌شود"},
                 {"کند", "می‌کند", "نمی‌کند"}});
}

TEST(StemTest, FormsOfAnArabicWordMeet) {
  ExpectOneStem({{"تحریر", "التحریر", "والتحرير"}, {"شباب", "الشباب"}, {"حزب", "الحزب"}, {"مجاهد", "المجاهدين"}});
}

TEST(StemTest, FormsOfAPashtoWordMeet) { ExpectOneStem({{"کلی", "کلي", "کلې"}, {"سیند", "سیندونه", "سیندونو"}}); }

TEST(StemTest, WordsThatLookInflectedStay) {
  for (std::string_view word : {"علي", "دختر", "شورا", "تنها", "جوان", "زبان", "وزير", "ولايت", "ميدان", "ميلاد",
                                "ميوند", "افغانستان", "تاجيكستان", "الله", "ايران", "خالد"}) {
    EXPECT_EQ(StemOf(word), FoldedName(word));
  }
  for (std::string_view word : {"тоҷикистон", "ҳиндустон", "ҷавон"}) EXPECT_EQ(StemOf(word), word);
}

TEST(StemTest, DigitsAndMixedWordsStay) {
  for (std::string_view word : {"2023", "m16s", "ak47", "aбcs", "طالبانs", "ᄒs"}) EXPECT_EQ(StemOf(word), word);
}

TEST(StemTest, IsNeverEmpty) {
  RandomText random(4);
  for (int i = 0; i < 20000; ++i) {
    for (const std::string& word : FoldedWords(random.Next(16))) ASSERT_NE(Stem(word), "") << word;
  }
  EXPECT_EQ(Stem(""), "");
}

TEST(StemTest, ThreadsDoNotDisturbEachOther) {
  auto stems = [] {
    std::string all;
    for (int i = 0; i < 2000; ++i) all += Stem("attacks") + Stem("боевиков") + Stem("borders");
    return all;
  };
  const std::string expected = stems();
  std::string other;
  std::thread thread([&] { other = stems(); });
  EXPECT_EQ(stems(), expected);
  thread.join();
  EXPECT_EQ(other, expected);
}

}  // namespace
}  // namespace daftar::search
