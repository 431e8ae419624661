// Wrong input, for every field of all six kinds that the schema has: it is answered at its field, in words, with what
// would be right, in four languages; and what was typed stays as it was typed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "client/forms/labels.h"
#include "client/forms/open_form.h"
#include "client/forms/reach.h"
#include "client/forms/right_words.h"
#include "client/language/say.h"
#include "client/sync/workstation.h"
#include "daftar/v1/values.pb.h"
#include "storage/model/kind.h"
#include "tests/temporary_folder.h"
#include "tests/ui/sample_station.h"
#include "tests/unit/client/language/in_language.h"

namespace daftar::forms {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr Language kLanguages[] = {Language::kEnglish, Language::kRussian, Language::kTajik, Language::kDari};
constexpr size_t kRounds = 3;  // as many as a field has wrong inputs at most

// A field that text is typed into, in the first item of each list on its way.
struct Leaf {
  std::string path;
  const FieldSpec* spec;
};

void CollectOf(const GroupSpec& group, const std::string& path, std::vector<Leaf>& leaves) {
  for (const FieldSpec& field : group.fields) {
    std::string at = path;
    if (field.field != nullptr) at += (path.empty() ? "" : ".") + field.name + (field.list ? "[0]" : "");
    if (field.type == FieldType::kGroup) {
      CollectOf(*field.group, at, leaves);
    } else {
      leaves.push_back({at, field.list ? &field.group->fields.front() : &field});
    }
  }
}

std::vector<Leaf> LeavesOf(std::string_view kind) {
  std::vector<Leaf> leaves;
  CollectOf(SpecOf(kind), "", leaves);
  return leaves;
}

bool IsCalled(const FieldSpec& spec, std::string_view name) {
  return spec.type == FieldType::kText && spec.field->name() == name;
}

// A record of the sample that may not stand there.
std::string OfAnotherKind(const FieldSpec& spec) {
  const std::set<std::string> kinds(spec.refers.begin(), spec.refers.end());
  return kinds.contains("source") ? "sample:Darvoz" : "sample:S1";
}

std::vector<std::string> WrongTexts(const FieldSpec& spec) {
  std::vector<std::string> wrong = {std::string(spec.max_bytes + 1, 'x'), "bell\x07 rings"};
  if (IsCalled(spec, "url")) wrong.push_back("an article that I read");
  if (IsCalled(spec, "lang")) wrong.push_back("Tajik");
  if (IsCalled(spec, "country")) wrong.push_back("tj");
  if (IsCalled(spec, "script")) wrong.push_back("cyrl");
  return wrong;
}

std::vector<std::string> WrongAmounts(const FieldSpec& spec) {
  switch (spec.unit) {
    case v1::Unit::GRAM:
      return {"heavy", "5 km", "5 apples"};
    case v1::Unit::METRE:
      return {"far", "5 kg", "5 apples"};
    case v1::Unit::SECOND:
      return {"long", "5 kg", "5 apples"};
    default:
      return {"many", "5–3", "3 or so many"};
  }
}

// At least one of each sort of mistake.
std::vector<std::string> WrongFor(const FieldSpec& spec) {
  switch (spec.type) {
    case FieldType::kDate:
      return {"31 Feb 2023", "30 Febtober 2023", "2023-13-45"};
    case FieldType::kAmount:
      return WrongAmounts(spec);
    case FieldType::kToll:
      return {"many", "3 kg", "5–3"};
    case FieldType::kPoint:
      return {"95, 10", "near the bridge", "38.45"};
    case FieldType::kWhole:
      return {"some", "1.5", "99999999999"};
    case FieldType::kCode:
      return {"NO_SUCH_CODE"};
    case FieldType::kFlag:
      return {"perhaps"};
    case FieldType::kReference:
      if (spec.refers.empty()) return {"nobody of that name"};
      return {"nobody of that name", OfAnotherKind(spec)};
    default:
      return WrongTexts(spec);
  }
}

// That it says what would be right: a limit, the text mended, or something that may be typed there.
::testing::Matcher<std::string> SaysWhatIsRight(const FieldSpec& spec, const std::string& typed) {
  const std::string example = ExampleOf(spec);
  if (typed.find('\x07') != std::string::npos) return HasSubstr("bell rings");
  if (!example.empty()) return AnyOf(HasSubstr(example), HasSubstr("write "));
  return HasSubstr(SayNumber(static_cast<double>(spec.max_bytes)));
}

class WrongInputTest : public ::testing::Test {
 protected:
  void SetUp() override { station_ = MakeSampleStation(folder_.path(), clock_, random_); }

  // A new record of the kind in which each field holds something wrong.
  OpenForm AllWrong(const std::string& kind, size_t round) {
    OpenForm open = BeginNew(*station_, kind);
    for (const Leaf& leaf : LeavesOf(kind)) {
      const std::vector<std::string> wrong = WrongFor(*leaf.spec);
      Type(open, leaf.path, wrong[round % wrong.size()]);
    }
    return open;
  }
  static void Type(OpenForm& open, const std::string& path, const std::string& text) {
    const StatusOr<Node> node = Reach(open.form, path, 0);
    ASSERT_TRUE(node.ok()) << path << " " << Message(node.status());
    open.form.SetText(*node, text, 0);
  }
  static const Field& At(const OpenForm& open, const std::string& path) {
    return open.form.field(open.form.Find(path));
  }
  // What is told of one field of an otherwise empty record.
  std::vector<std::string> Told(const std::string& kind, const std::string& path, const std::string& text) {
    OpenForm open = BeginNew(*station_, kind);
    Type(open, path, text);
    EXPECT_TRUE(Check(*station_, open).ok());
    return At(open, path).problems;
  }

  TemporaryFolder folder_;
  FakeClock clock_{1795203000000};
  SeededRandom random_{1};
  std::unique_ptr<Workstation> station_;
};

TEST_F(WrongInputTest, OfEveryFieldIsAnsweredThereWithWhatWouldBeRight) {
  size_t answered = 0;
  for (const Language language : kLanguages) {
    const InLanguage speaking(language);
    for (const Kind kind : AllKinds()) {
      for (size_t round = 0; round < kRounds; ++round) {
        const std::string word(KindWord(kind));
        OpenForm open = AllWrong(word, round);
        ASSERT_FALSE(Check(*station_, open).value());
        for (const Leaf& leaf : LeavesOf(word)) {
          const Field& field = At(open, leaf.path);
          ASSERT_THAT(field.problems, Not(IsEmpty())) << word << " " << leaf.path << " " << field.text;
          EXPECT_THAT(field.problems.front(), SaysWhatIsRight(*leaf.spec, field.text))
              << LanguageCode(language) << " " << word << " " << leaf.path;
          ++answered;
        }
      }
    }
  }
  EXPECT_GT(answered, 4000U);
}

TEST_F(WrongInputTest, StaysAsItWasTypedAndIsNotSent) {
  for (const Kind kind : AllKinds()) {
    const std::string word(KindWord(kind));
    OpenForm open = AllWrong(word, 0);
    open.reason = "a test";
    EXPECT_FALSE(Send(*station_, open).ok());
    for (const Leaf& leaf : LeavesOf(word)) EXPECT_EQ(At(open, leaf.path).text, WrongFor(*leaf.spec)[0]) << leaf.path;
  }
}

TEST_F(WrongInputTest, IsAnsweredInTheLanguageOfTheReader) {
  for (const Kind kind : AllKinds()) {
    const std::string word(KindWord(kind));
    OpenForm english = AllWrong(word, 0);
    ASSERT_TRUE(Check(*station_, english).ok());
    for (const Language language : {Language::kRussian, Language::kTajik, Language::kDari}) {
      const InLanguage speaking(language);
      OpenForm open = AllWrong(word, 0);
      ASSERT_TRUE(Check(*station_, open).ok());
      for (const Leaf& leaf : LeavesOf(word))
        EXPECT_NE(At(open, leaf.path).problems.front(), At(english, leaf.path).problems.front()) << leaf.path;
    }
  }
}

// "a, b, c" and "۱، ۲": each that an example offers.
std::vector<std::string> Offered(const FieldSpec& spec) {
  const std::string example = ExampleOf(spec);
  if (spec.type == FieldType::kPoint) return {example};
  std::vector<std::string> offered;
  for (size_t from = 0; from < example.size();) {
    size_t end = example.find(", ", from), step = 2;
    const size_t arabic = example.find("، ", from);
    if (arabic < end) end = arabic, step = 3;
    offered.push_back(example.substr(from, end - from));
    from = end == std::string::npos ? example.size() : end + step;
  }
  return offered;
}

TEST_F(WrongInputTest, WhatIsOfferedAsRightIsRightInEveryLanguage) {
  for (const Language language : kLanguages) {
    const InLanguage speaking(language);
    for (const Kind kind : AllKinds()) {
      const std::string word(KindWord(kind));
      for (size_t round = 0; round < kRounds; ++round) {
        OpenForm open = BeginNew(*station_, word);
        for (const Leaf& leaf : LeavesOf(word)) {
          const std::vector<std::string> offered = Offered(*leaf.spec);
          if (!offered.empty()) Type(open, leaf.path, offered[round % offered.size()]);
        }
        ASSERT_TRUE(Check(*station_, open).ok());
        for (const Leaf& leaf : LeavesOf(word)) {
          // That two ends of one thing agree is another matter.
          const bool second = leaf.path == "to" || leaf.path.ends_with("excerpts[0].of");
          if (Offered(*leaf.spec).empty() || second) continue;
          EXPECT_THAT(At(open, leaf.path).problems, IsEmpty())
              << LanguageCode(language) << " " << leaf.path << " " << At(open, leaf.path).text;
        }
      }
    }
  }
}

TEST_F(WrongInputTest, SaysOfANumberHowLargeItMayBe) {
  EXPECT_THAT(Told("incident", "accounts[0].confidence", "101"), ElementsAre(HasSubstr("from 0 to 100")));
  EXPECT_THAT(Told("incident", "event_clarity", "3"), ElementsAre(HasSubstr("from 0 to 2")));
}

TEST_F(WrongInputTest, SaysWhatKindOfRecordBelongsThere) {
  EXPECT_THAT(Told("incident", "accounts[0].source", "sample:JA"),
              ElementsAre(AllOf(HasSubstr("another kind"), HasSubstr("source"))));
}

TEST_F(WrongInputTest, SaysThatARelationLinksTwoRecords) {
  OpenForm open = BeginNew(*station_, "relation");
  Type(open, "from", "sample:JA");
  Type(open, "to", "sample:JA");
  ASSERT_TRUE(Check(*station_, open).ok());
  EXPECT_THAT(At(open, "to").problems, ElementsAre(HasSubstr("Choose another one")));
}

TEST_F(WrongInputTest, SaysWhatHasToStandWhereNothingDoes) {
  for (const Language language : kLanguages) {
    const InLanguage speaking(language);
    EXPECT_THAT(Told("incident", "accounts[0].source", ""), ElementsAre(HasSubstr("sample:S1")));
    EXPECT_THAT(Told("place", "names[0].text", ""),
                ElementsAre(HasSubstr(HelpOf(*SpecOf("place").Find("names")->group->Find("text")))));
  }
}

}  // namespace
}  // namespace daftar::forms
