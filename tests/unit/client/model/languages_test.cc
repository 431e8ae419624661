// All that the models say of the sample, in every language: nothing is left as a key, nothing in English.
#include <algorithm>
#include <regex>
#include <set>

#include "client/language/catalogue.h"
#include "client/model/content.h"
#include "client/model/scope_words.h"
#include "client/model/search_help.h"
#include "client/model/sync_state.h"
#include "tests/unit/client/language/in_language.h"
#include "tests/unit/client/model/sample_view.h"

namespace daftar {
namespace {

using model_test::Day;
using model_test::PageOf;
using model_test::Sample;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int64_t kNow = 1795203000000;  // 20 Nov 2026 19:30 UTC

std::string TextOf(const std::string& address) {
  const StatusOr<Content> content = BuildContent({.view = Sample(), .now_ms = kNow + kHourMs}, *ParseAddress(address));
  if (!content.ok()) {
    ADD_FAILURE() << address << ": " << content.status();
    return "";
  }
  return TitleOf(*content) + "\n" + ContentAsText(*content, {.width = 1000, .ids = false, .columns = false});
}

std::string SyncText() {
  SyncFacts facts{.last_success_ms = kNow - 3 * kDayMs, .last_attempt_ms = kNow - kHourMs, .outbox = 2, .now_ms = kNow};
  std::string text = SyncAsText(MakeSyncPill(facts), {});
  facts.retry_ms = kNow + 5000;
  facts.conflicts = 5;
  text += SyncAsText(MakeSyncPill(facts), {});
  facts.paused = true;
  facts.last_success_ms = 0;
  return text + SyncAsText(MakeSyncPill(facts), {});
}

// Every page of the sample, one below the other, without what the records themselves say that cannot be told apart.
std::string AllText() {
  std::string text = TextOf("daftar:home") + TextOf("daftar:keys") + SearchHelpAsText() + SyncText();
  for (const Kind kind : AllKinds()) {
    const std::string word(KindWord(kind));
    text += TextOf("daftar:list/" + word + "?as_of=2024-10-02");
    ListOptions options;
    options.with_retired = true;
    const List list = BuildList(Sample(), word, options).value();
    text += ListAsText(list, {.width = 1000});
    for (const ListRow& row : list.rows) text += TextOf(row.address);
  }
  return text;
}

class LanguagesTest : public ::testing::TestWithParam<Language> {};

TEST_P(LanguagesTest, ShowNoKeyInsteadOfItsMessage) {
  const InLanguage language(GetParam());
  std::set<std::string> families;
  for (const auto& [key, message] : MessagesOf(Language::kEnglish)) families.insert(key.substr(0, key.find('.')));
  std::string any;
  for (const std::string& family : families) any += (any.empty() ? "" : "|") + family;
  const std::regex key("(^|[\\s(\\[])(" + any + ")\\.[a-zA-Z_]+\\b");
  std::vector<std::string> shown;
  const std::string text = AllText();
  for (auto at = std::sregex_iterator(text.begin(), text.end(), key); at != std::sregex_iterator(); ++at) {
    shown.push_back(at->str());
  }
  EXPECT_THAT(shown, IsEmpty());
}

bool IsSentence(const std::string& message) {
  return std::count(message.begin(), message.end(), ' ') >= 2 && message.find('{') == std::string::npos;
}

// All that the records themselves say.
std::string DataText() {
  std::string text;
  for (const Kind kind : AllKinds()) {
    const std::vector<Uuid> ids = Sample().List(kind, 10'000, true).value();
    for (const Uuid& id : ids) {
      text += Sample().Get(id).value()->message().Utf8DebugString();
    }
  }
  return text;
}

TEST_P(LanguagesTest, LeaveNoSentenceOfTheProgramInEnglish) {
  if (GetParam() == Language::kEnglish) return;
  const InLanguage language(GetParam());
  const std::string text = AllText(), data = DataText();
  std::vector<std::string> left;
  for (const auto& entry : MessagesOf(Language::kEnglish)) {
    const std::string &key = entry.first, &message = entry.second;
    if (!IsSentence(message) || MessagesOf(GetParam()).at(key) == message) continue;
    const auto stands_in = [&](const std::string& words) { return words.find(message) != std::string::npos; };
    if (stands_in(text) && !stands_in(data)) left.push_back(key);
  }
  EXPECT_THAT(left, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(AllLanguages, LanguagesTest, testing::ValuesIn(AllLanguages()),
                         [](const auto& of) { return std::string(LanguageCode(of.param)); });

TEST(RussianTest, SaysThePageOfAnIncident) {
  const InLanguage russian(Language::kRussian);
  const Page page = PageOf("sample:I01");
  EXPECT_EQ(page.kind_words, "проникновение, столкновение");
  EXPECT_EQ(page.facts[0].label, "Дата");
  EXPECT_EQ(page.facts[0].value.text, "30 авг. или 4 сент. 2023*");
  EXPECT_EQ(page.facts[0].how, "самое достоверное сообщение (S2)");
  EXPECT_EQ(page.facts[0].disagreement, "2 значения, не решено");
  EXPECT_EQ(page.roots, "3 статьи, не более 2 корней");
  EXPECT_THAT(PageAsText(page, {}), AllOf(HasSubstr("Кто участвовал"), Not(HasSubstr("Who took part"))));
}

TEST(RussianTest, CountsAsRussianCounts) {
  const InLanguage russian(Language::kRussian);
  SyncFacts facts{.last_success_ms = kNow, .outbox = 1, .conflicts = 5, .now_ms = kNow};
  EXPECT_EQ(MakeSyncPill(facts).words, "синхронизировано только что, 1 ожидает, 5 конфликтов");
  facts.conflicts = 22;
  EXPECT_THAT(MakeSyncPill(facts).words, HasSubstr("22 конфликта"));
  facts.conflicts = 21;
  EXPECT_THAT(MakeSyncPill(facts).words, HasSubstr("21 конфликт"));
}

TEST(DariTest, SaysThePageOfAnIncidentInItsOwnDigits) {
  const InLanguage dari(Language::kDari);
  const Page page = PageOf("sample:I01");
  EXPECT_EQ(page.kind_words, "نفوذ، درگیری");
  EXPECT_EQ(page.facts[0].label, "تاریخ");
  EXPECT_EQ(page.facts[0].value.text, "۳۰ آگست یا ۴ سپتمبر ۲۰۲۳*");
  EXPECT_EQ(page.roots, "۳ مقاله، حداکثر ۲ ریشه");
}

TEST(TajikTest, NamesPlacesByTheirStanding) {
  const InLanguage tajik(Language::kTajik);
  EXPECT_EQ(PageOf("sample:Darvoz").kind_words, "ноҳия");
}

constexpr const char* kTwoNames = R"(
  place { external { system: "t" id: "P" } kind: ADM2
          name { text: "Darvoz" lang: "en" } name { text: "Дарвоз" lang: "tg" } }
)";

std::string TitleOfPlace(const ReadView& view, const std::string& language) {
  ListOptions options;
  options.language = language;
  const StatusOr<List> list = BuildList(view, "place", options);
  return list.ok() && !list->rows.empty() ? list->rows.front().title : "no such place";
}

TEST(NamesInTheReadersLanguageTest, AreTakenWhereNobodyAsksForAnother) {
  const auto view = FakeView::OfText(kTwoNames);
  const InLanguage tajik(Language::kTajik);
  EXPECT_EQ(TitleOfPlace(*view, ""), "Дарвоз");
  EXPECT_EQ(TitleOfPlace(*view, "en"), "Darvoz");
}

TEST(NamesInTheReadersLanguageTest, AreTheFirstNameWhereThereIsNone) {
  const auto view = FakeView::OfText(kTwoNames);
  const InLanguage russian(Language::kRussian);
  EXPECT_EQ(TitleOfPlace(*view, ""), "Darvoz");
}

}  // namespace
}  // namespace daftar
