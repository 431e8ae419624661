#include <gmock/gmock.h>

#include <map>

#include "storage/search/analysis/fold.h"

namespace daftar::search {
namespace {

std::string SkeletonOf(std::string_view name) { return Skeleton(FoldedWords(name).at(0)); }

// One name a line, as Latin, Cyrillic and Arabic letters of the press write it.
const std::vector<std::vector<std::string>>& Names() {
  static const auto& names = *new std::vector<std::vector<std::string>>{
      // places
      {"Darvoz", "Darwaz", "Darvaz", "Дарвоз", "Дарваз", "درواز"},
      {"Khujand", "Khojand", "Khudzhand", "Хуҷанд", "Худжанд", "خجند"},
      {"Badakhshan", "Badakhshon", "Бадахшон", "Бадахшан", "بدخشان"},
      {"Kunduz", "Qunduz", "Kondoz", "Қундуз", "Кундуз", "کندز", "قندوز"},
      {"Mazar", "Мазор", "Мазар", "مزار"},
      {"Sharif", "Шариф", "شریف"},
      {"Panjshir", "Panjsher", "Panjshēr", "Панҷшер", "Панджшер", "پنجشیر"},
      {"Ishkashim", "Eshkashem", "Ishkoshim", "Ишкошим", "Ишкашим", "اشکاشم"},
      {"Chubek", "Çubek", "Чубек", "چوبک"},
      {"Kalaikhumb", "Qalaikhum", "Калайхумб", "Калаихум"},
      {"Tajikistan", "Tojikiston", "Tadzhikistan", "Tadjikistan", "Тоҷикистон", "Таджикистан", "تاجیکستان"},
      {"Afghanistan", "Afgonistan", "Афғонистон", "Афганистан", "افغانستان"},
      {"Uzbekistan", "Oʻzbekiston", "Ўзбекистон", "Ӯзбекистон", "Узбекистан", "ازبکستان"},
      {"Dushanbe", "Душанбе", "دوشنبه"},
      {"Isfara", "Исфара", "اسفره"},
      {"Faizabad", "Fayzabad", "Feyzabad", "Fayzobod", "Файзобод", "Файзабад", "فیض‌آباد"},
      {"Kulob", "Kulyab", "Кӯлоб", "Куляб", "کولاب"},
      {"Panj", "Pyanj", "Pyandzh", "Панҷ", "Пяндж", "پنج"},
      {"Khorog", "Khorugh", "Хоруғ", "Хорог", "خاروغ"},
      {"Murghab", "Murgab", "Murghob", "Мурғоб", "Мургаб", "مرغاب"},
      {"Shughnan", "Shugnan", "Shughnon", "Шуғнон", "Шугнан", "شغنان"},
      {"Takhar", "Takhor", "Тахор", "Тахар", "تخار"},
      {"Baghlan", "Baglan", "Бағлон", "Баглан", "بغلان"},
      {"Samangan", "Самангон", "Саманган", "سمنگان"},
      {"Jawzjan", "Jowzjan", "Ҷавзҷон", "Джаузджан", "جوزجان"},
      {"Faryab", "Фарёб", "Фарьяб", "فاریاب"},
      {"Badghis", "Бодғис", "Бадгис", "بادغیس"},
      {"Nangarhar", "Нангарҳор", "Нангархар", "ننگرهار", "ننګرهار"},
      {"Kandahar", "Qandahar", "Қандаҳор", "قندهار", "کندهار"},
      {"Herat", "Hirot", "Ҳирот", "Герат", "هرات"},
      {"Helmand", "Hilmand", "Ҳилманд", "Гильменд", "هلمند"},
      {"Hisor", "Hissar", "Ҳисор", "Гиссар", "حصار"},
      {"Balkh", "Балх", "بلخ"},
      {"Khatlon", "Khatlan", "Хатлон", "ختلان"},
      {"Sughd", "Sogd", "Суғд", "Согд", "سغد"},
      {"Roghun", "Rogun", "Роғун", "Рогун", "راغون"},
      {"Batken", "Боткен", "Баткен", "بتکن"},
      {"Konibodom", "Kanibadam", "Конибодом", "Канибадам", "کانی‌بادام"},
      {"Istaravshan", "Istarawshan", "Истаравшан", "استروشن"},
      {"Panjakent", "Penjikent", "Panjikent", "Панҷакент", "Пенджикент", "پنجکنت"},
      {"Langar", "Лангар", "لنگر"},
      {"Farkhor", "Farkhar", "Фархор", "فرخار"},
      {"Hamadoni", "Ҳамадонӣ", "Хамадони", "همدانی"},
      {"Qabodiyon", "Kabodiyon", "Қубодиён", "Кабодиён", "قبادیان"},
      {"Jayhun", "Джайхун", "Ҷайҳун", "جیحون"},
      {"Zebak", "Зебок", "Зебак", "زیباک"},
      {"Munjan", "Мунҷон", "Мунджан", "منجان"},
      {"Warduj", "Varduj", "Вардуҷ", "Вардудж", "وردوج"},
      {"Raghistan", "Ragistan", "Роғистон", "Рагистан", "راغستان"},
      {"Termez", "Tirmiz", "Термез", "Тирмиз", "ترمذ"},
      {"Hairatan", "Hayraton", "Ҳайратон", "Хайратон", "حیرتان"},
      {"Rushan", "Rushon", "Рӯшон", "Рушан", "روشان"},
      {"Shurobod", "Shuroabad", "Шӯробод", "Шуроабад", "شورآباد"},
      {"Chitral", "Читрол", "Читрал", "چترال"},
      {"Peshawar", "Пешовар", "Пешавар", "پشاور", "پیشاور"},
      {"Khwarezm", "Xorazm", "Khorezm", "Хоразм", "Хорезм", "خوارزم"},
      {"Tashkent", "Toshkent", "Ташкент", "Тошканд", "تاشکند"},
      {"Samarkand", "Samarqand", "Самарканд", "Самарқанд", "سمرقند"},
      {"Nurek", "Norak", "Норак", "Нурек", "نارک"},
      // people
      {"Rahmon", "Rakhmon", "Rahman", "Раҳмон", "Рахмон", "رحمان", "رحمٰن"},
      {"Muhammad", "Mohammad", "Muhammed", "Mohamed", "Муҳаммад", "Мухаммед", "محمد"},
      {"Massoud", "Masood", "Masud", "Масъуд", "Масуд", "مسعود"},
      {"Haqqani", "Hakkani", "Ҳаққонӣ", "Хаккани", "حقانی"},
      {"Hekmatyar", "Hikmatyor", "Ҳикматёр", "Хекматияр", "حکمتیار"},
      {"Abdullah", "Abdullo", "Abdulloh", "Абдуллоҳ", "Абдулло", "Абдуллох", "عبدالله"},
      {"Abdurrahman", "Abdurahmon", "Абдураҳмон", "Абдуррахман", "عبدالرحمن", "عبدالرحمان"},
      {"Abdulhamid", "Абдулҳамид", "Абдулхамид", "عبدالحمید"},
      {"Sirojiddin", "Sirajuddin", "Сироҷиддин", "Сираджуддин", "سراج‌الدین"},
      {"Nizomiddin", "Nizamuddin", "Низомиддин", "Низамуддин", "نظام‌الدین"},
      {"Mujahid", "Mudzhakhid", "Муҷоҳид", "Муджахид", "مجاهد"},
      {"Akhundzada", "Oxundzoda", "Охундзода", "Ахундзада", "آخندزاده"},
      {"Tursunzoda", "Tursunzade", "Турсунзода", "تورسون‌زاده"},
      {"Khalid", "Xolid", "Холид", "Халид", "خالد"},
      {"Jalol", "Jalal", "Ҷалол", "Джалал", "جلال"},
      {"Emomali", "Imomali", "Эмомалӣ", "Имомали", "امامعلی"},
      {"Farrukh", "Farrux", "Фаррух", "فرخ"},
      // groups
      {"Tolibon", "Taliban", "Taleban", "Толибон", "Талибан", "طالبان"},
      {"Ansarullah", "Ansorulloh", "Ansarullo", "Ансоруллоҳ", "Ансарулла", "Ансаруллох", "انصارالله"},
      {"Jamaat", "Jamoat", "Dzhamaat", "Ҷамоат", "Джамаат", "جماعت"},
      {"Khorasan", "Khurasan", "Xuroson", "Хуросон", "Хорасан", "خراسان"},
      {"Hizb", "Ҳизб", "Хизб", "حزب"},
      {"Tahrir", "Taxrir", "Таҳрир", "Тахрир", "تحریر", "التحریر"},
      {"Islamiya", "Исломия", "Исламия", "اسلامیه", "الاسلامیه"},
  };
  return names;
}

TEST(SkeletonTest, OneNameInThreeScriptsHasOneSkeleton) {
  EXPECT_EQ(SkeletonOf("Ansarullah"), "ansrl");
  EXPECT_EQ(SkeletonOf("Ансоруллоҳ"), "ansrl");
  EXPECT_EQ(SkeletonOf("انصارالله"), "ansrl");
}

TEST(SkeletonTest, PressSpellingsOfANameMeet) {
  for (const std::vector<std::string>& spellings : Names()) {
    for (const std::string& spelling : spellings) {
      EXPECT_EQ(SkeletonOf(spelling), SkeletonOf(spellings[0])) << spelling << " and " << spellings[0];
      EXPECT_NE(SkeletonOf(spelling), "") << spelling;
    }
  }
}

TEST(SkeletonTest, DifferentNamesOfTheTableStayApart) {
  std::map<std::string, std::string> seen;
  for (const std::vector<std::string>& spellings : Names()) {
    auto [at, fresh] = seen.emplace(SkeletonOf(spellings[0]), spellings[0]);
    EXPECT_TRUE(fresh) << spellings[0] << " and " << at->second << ": " << at->first;
  }
}

TEST(SkeletonTest, OtherNamesStayApart) {
  static constexpr std::pair<std::string_view, std::string_view> kApart[] = {
      {"Taliban", "Tajik"},       {"Kunduz", "Kandahar"},      {"Darvoz", "Dushanbe"},    {"Herat", "Hairatan"},
      {"Baghlan", "Balkh"},       {"Khatlon", "Khujand"},      {"Panjshir", "Panjakent"}, {"Rahmon", "Rahim"},
      {"Rahmon", "Ramazon"},      {"Abdullah", "Abdulhamid"},  {"Murghab", "Marghilan"},  {"Samangan", "Samarkand"},
      {"Nangarhar", "Nuristan"},  {"Badghis", "Badakhshan"},   {"Faryab", "Farkhor"},     {"Jawzjan", "Jalalabad"},
      {"Takhar", "Tahrir"},       {"Isfara", "Isfana"},        {"Batken", "Bartang"},     {"Rushan", "Roshtqala"},
      {"Kulob", "Kabul"},         {"Mazar", "Mansur"},         {"Massoud", "Mahmud"},     {"Hamadoni", "Haqqani"},
      {"Mujahid", "Munjan"},      {"Ansarullah", "Nasrullah"}, {"Khorasan", "Khorasmia"}, {"Islam", "Salim"},
      {"Uzbekistan", "Pakistan"}, {"Tajikistan", "Turkistan"}, {"Langar", "Laghman"},     {"Sirojiddin", "Saduddin"},
      {"Mamadov", "Mahmadov"},    {"Jalol", "Jamol"},          {"Chitral", "Central"},    {"Zebak", "Uzbek"},
      {"Tashkent", "Toshkon"},    {"Khalid", "Khodi"},         {"Almaty", "Matay"},
  };
  for (const auto& [a, b] : kApart) EXPECT_NE(SkeletonOf(a), SkeletonOf(b)) << a << " and " << b;
}

TEST(SkeletonTest, DoublesAreOneButNotAcrossAVowel) {
  EXPECT_EQ(SkeletonOf("Karroor"), "krr");
  EXPECT_EQ(SkeletonOf("Tatar"), SkeletonOf("تتار"));
}

TEST(SkeletonTest, AWordWithDigitsHasNone) {
  EXPECT_EQ(SkeletonOf("2023"), "");
  EXPECT_EQ(SkeletonOf("PKM7kdr"), "");
}

TEST(SkeletonTest, TooFewConsonantsAreNoSkeleton) {
  EXPECT_EQ(SkeletonOf("Iran"), "");
  EXPECT_EQ(SkeletonOf("Амин"), "");
  EXPECT_EQ(SkeletonOf("امین"), "");
}

TEST(SkeletonTest, BytesThatAreNoFoldedWordAreHarmless) {
  EXPECT_EQ(Skeleton(""), "");
  EXPECT_EQ(Skeleton("\xd8"), "");
  EXPECT_EQ(Skeleton("\xf0\x9f\x98\xff\xc0"), "");
}

}  // namespace
}  // namespace daftar::search
